"""What waits in quarantine: a list with the fault and what to do, and one message, in cells.

Of a line that is no message nothing is shown but that it is none: what stands in it may be anything. What a
member says is shown as far as its item may be read. Must never: show more of a message than of a dossier.
Read next: `../actions/quarantine.py`, `../rules/putting_right.py`.
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from hervat.dossiers.queries.cells import Cell, Reading
from hervat.dossiers.queries.permitted import permitted
from hervat.exchange.actions.quarantine import OBJECT, PLACE, NotWaiting, QuarantineRefused, settled
from hervat.exchange.models import Quarantined
from hervat.exchange.rules.faults import Fault, FaultCode
from hervat.exchange.rules.putting_right import item_of, members_of
from hervat.exchange.rules.vocabulary import NOWHERE, MessageKind, QuarantineState
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.rules.acts import Met
from hervat.journal.rules.line import Effect, Manner
from hervat.register.cells import Hidden, Shown
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item, Operation
from hervat.vault.queries import keys_for
from hervat.vault.rules.sealing import Domain, unseal_text

LARGEST_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A message that waits: what it is, what is wrong in general, for which unit (None: of no unit)."""

    id: UUID
    version: int
    kind: MessageKind | None
    code: FaultCode
    unit: Cell[UUID]
    line: int | None
    received_on: date
    expires_on: date

    @property
    def text(self) -> str:
        """What is wrong and what to do, without what the message says."""
        return Fault(self.code).text


@dataclass(frozen=True, slots=True)
class WaitingList:
    """The messages that wait longest, and how many wait in all."""

    rows: tuple[Waiting, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a message by its path, its item, and what it says."""

    path: str
    item: Item | None
    cell: Cell[str]


@dataclass(frozen=True, slots=True)
class Opened:
    """One message that waits: its fault, with the members it is about, and all its members."""

    waiting: Waiting
    fault: Fault
    members: tuple[Member, ...]


def quarantine(permit: Permit) -> WaitingList:
    """Return what waits in the places of a permit, the oldest first, at most fifty."""
    act = act_of(permit, Operation.REPORT_SICKNESS, Effect.READ)
    with permitted(permit):
        waiting = Quarantined.objects.filter(
            place__in=permit.units, state=QuarantineState.WAITING.value
        ).defer("payload")
        rows = tuple(_waiting(permit, row) for row in waiting.order_by("received_at", "id")[:LARGEST_PAGE])
        total = len(rows) if len(rows) < LARGEST_PAGE else waiting.count()
        record(act, [_met(row.id, Manner.LISTED, {Item.UNIT} & permit.items()) for row in rows])
    return WaitingList(rows, total)


def open_quarantined(permit: Permit, entry: UUID) -> Opened:
    """Return one message that waits. Raises `QuarantineRefused`."""
    act = act_of(permit, Operation.REPORT_SICKNESS, Effect.READ)
    with permitted(permit):
        row = Quarantined.objects.filter(id=entry, place__in=permit.units).first()
        if row is None:
            raise QuarantineRefused(NotWaiting.GONE)
        if row.payload is None:
            raise settled(permit, row)
        opened = _opened(permit, row)
        shown = {one.item for one in opened.members if one.item and not isinstance(one.cell, Hidden)}
        record(act, [_met(entry, Manner.OPENED, shown)])
    return opened


def _opened(permit: Permit, row: Quarantined) -> Opened:
    key = keys_for([row.id], Domain.ORDINARY)[row.id]
    sealed = json.loads(unseal_text(key, row.payload or b"", PLACE))
    members = tuple(_member(permit, path, text) for path, text in members_of(sealed["kept"]))
    fault = Fault(FaultCode(row.code), tuple(sealed["members"]))
    return Opened(_waiting(permit, row), fault, members)


def _member(permit: Permit, path: str, text: str) -> Member:
    item = item_of(path)
    cell: Cell[str] = Shown(text) if item is None else Reading.under(permit, item).of_column(text)
    return Member(path, item, cell)


def _waiting(permit: Permit, row: Any) -> Waiting:
    unit = None if row.place == NOWHERE else row.place
    return Waiting(
        id=row.id,
        version=row.version,
        kind=MessageKind(row.kind) if row.kind else None,
        code=FaultCode(row.code),
        unit=Reading.under(permit, Item.UNIT).of_column(unit),
        line=row.line,
        received_on=row.received_on,
        expires_on=row.expires_on,
    )


def _met(entry: UUID, manner: Manner, items: set[Item] | frozenset[Item]) -> Met:
    return Met(object_kind=OBJECT, object_id=entry, items=frozenset(items), manner=manner)
