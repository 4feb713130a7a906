"""Permits for tests of rooms: as the door would give them, with what a test wants to vary.

Only tests may make one beside the door. By default everything is allowed, so that a test of a refusal has
to name what is refused.
"""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from hervat.register.decisions import ITEMS, Allowed, Decision, Ground, Projection, Refused
from hervat.register.identifiers import activity_id
from hervat.register.model import PurposeId, Reason
from hervat.register.permit import Permit
from hervat.register.vocabulary import (
    ActorKind,
    Authority,
    Certainty,
    Item,
    LegalBasis,
    Operation,
    Role,
    Scope,
    Source,
)

DUTY = PurposeId("wettelijke-plicht")
_GROUND = Ground(DUTY, LegalBasis.LEGAL_OBLIGATION, ("Een wet",), "")
_REFUSED = Refused(Reason("Niet nodig voor deze rol.", "test", Certainty.HIGH))


def allowing(
    items: Collection[Item] = ITEMS, scope: Scope = Scope.FULL, **others: Collection[Item]
) -> Projection:
    """Decisions that allow these items, others in another scope (`outcome=…`), and refuse the rest."""
    scopes = {item: scope for item in items}
    for name, group in others.items():
        scopes |= dict.fromkeys(group, Scope[name.upper()])
    return tuple(_decision(scopes.get(item)) for item in ITEMS)


def _decision(scope: Scope | None) -> Decision:
    return _REFUSED if scope is None else Allowed(scope, _GROUND)


def a_permit(**changes: Any) -> Permit:
    """A permit of a commander for one dossier, who may do everything, with these fields otherwise."""
    fields: dict[str, Any] = {
        "actor_kind": ActorKind.USER,
        "actor": "gebruiker-0001",
        "role": Role.COMMANDER,
        "authority": Authority.POSTING,
        "source": Source.WEB,
        "purpose": DUTY,
        "operations": frozenset(Operation),
        "ground": LegalBasis.LEGAL_OBLIGATION,
        "activity": activity_id("D2599", DUTY),
        "register_version": 1,
        "on": date(2026, 11, 23),
        "dossier": UUID("0f8fad5b-d9cb-469f-a165-70867728950e"),
        "subject": UUID("5a0e6c2e-93a4-4f5c-9d4b-3f1f0b1a7c01"),
        "reads": allowing(),
        "writes": allowing(),
        "trace_id": UUID("4bf92f35-77b3-4da6-a3ce-929d0e0e4736"),
        "span_id": bytes.fromhex("00f067aa0ba902b7"),
    }
    return Permit(**(fields | changes))
