"""The permit: what one actor may do now, decided at the door and handed down to the rooms.

A room receives a permit and asks it; it never asks who somebody is. A permit is frozen and made in one
place only, `access/door.py` (tests/house/test_calls.py). Must never: say yes to what `decide()` refused.
Read next: `decisions.py`, `cells.py` (how a value crosses), `hervat/access/`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from ipaddress import IPv4Address, IPv6Address
from uuid import UUID

from hervat.register.decisions import ITEMS, PLACE, Allowed, Decision, Projection
from hervat.register.model import PurposeId
from hervat.register.vocabulary import (
    ActorKind,
    Authority,
    Item,
    LegalBasis,
    Operation,
    Role,
    Scope,
    Source,
    Use,
)


class NotPermitted(Exception):  # noqa: N818 - it names the situation
    """A room was asked for what its permit does not hold: a fault in the code above it, never of a user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """Who acts, in which role, for which purpose, on which dossier or scope, and with which items.

    `actor` is an opaque code. `dossier` is the one dossier it is for; `units` are the units of a list,
    `dossiers` a list that the door knows beforehand. With none of these it is for no dossier at all (users,
    the log). `principal` is for whom a deputy acts: whose posting
    or assignments these are. `numbers_below` are the units of postings of what stands under which numbers may
    be told, and no people. `operations` is what may be done under it: what the register names for the
    purpose, or less. `reads` and `writes` are the decisions on every item, in the order of `ITEMS`, already
    narrowed by the door.
    """

    actor_kind: ActorKind
    actor: str
    role: Role | None
    unit: UUID | None = None
    authority: Authority
    source: Source
    purpose: PurposeId
    operations: frozenset[Operation]
    ground: LegalBasis
    activity: UUID
    register_version: int
    on: date
    dossier: UUID | None = None
    dossiers: frozenset[UUID] = frozenset()
    subject: UUID | None = None
    principal: UUID | None = None
    units: frozenset[UUID] = frozenset()
    numbers_below: frozenset[UUID] = frozenset()
    reads: Projection = field(repr=False)
    writes: Projection = field(repr=False)
    trace_id: UUID
    span_id: bytes
    caller: str | None = None
    address: IPv4Address | IPv6Address | None = field(default=None, repr=False)

    def decision(self, item: Item, use: Use = Use.READ) -> Decision:
        """Return what was decided on one item, with its reason when it is not allowed."""
        return (self.reads if use is Use.READ else self.writes)[PLACE[item]]

    def scope(self, item: Item, use: Use = Use.READ) -> Scope | None:
        """Return how much of an item the permit allows, or None when it allows nothing of it."""
        decision = self.decision(item, use)
        return decision.scope if isinstance(decision, Allowed) else None

    def items(self, use: Use = Use.READ) -> frozenset[Item]:
        """Return the items that the permit allows in any form."""
        return frozenset(item for item in ITEMS if self.scope(item, use) is not None)

    def demand(self, *items: Item, use: Use) -> None:
        """Raise `NotPermitted` unless every item is allowed: the last net, after the door has said no."""
        missing = self._missing(items, use)
        if missing:
            raise NotPermitted(f"Deze machtiging geeft geen recht op {use}: {', '.join(missing)}.")

    def demand_operation(self, operation: Operation) -> None:
        """Raise `NotPermitted` for what is not done under this permit: the log would say another purpose."""
        if operation not in self.operations:
            raise NotPermitted(f"Deze machtiging, voor het doel '{self.purpose}', is niet voor: {operation}.")

    def _missing(self, items: Iterable[Item], use: Use) -> list[Item]:
        return [item for item in items if self.scope(item, use) is None]
