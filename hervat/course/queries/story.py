"""What happened to a course, in the order in which it was recorded, the newest first: typed events.

Facts, corrections with their reason, withdrawals, closings and who came to help. Each is a sentence for a
presenter to make. Must never: tell of a fact whose item the permit hides, or name who recorded it.
Read next: `reading.py`, `../../dossiers/queries/chosen.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from hervat.course.actions.keeping import MEDICAL
from hervat.course.queries.reading import FactView, Known, Stored, cell, knows, read_facts
from hervat.course.rules.vocabulary import Kind
from hervat.dossiers.queries.cells import Cell, visible
from hervat.dossiers.queries.chosen import Closed, Guided, chosen, closings_of, guided
from hervat.dossiers.queries.lines import met
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.rules.vocabulary import AssignmentState, Closing, ClosingReason, CorrectionReason
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record as record_lines
from hervat.journal.rules.line import Effect, Manner
from hervat.register.cells import Shown
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Operation, Role


class Told(Enum):
    """What sort of thing happened."""

    RECORDED = "vastgelegd"
    CORRECTED = "verbeterd"
    WITHDRAWN = "ingetrokken"
    CLOSED = "gesloten"
    REOPENED = "heropend"
    PROPOSED = "voorgesteld"
    ACCEPTED = "aanvaard"
    REJECTED = "afgewezen"
    ENDED = "beeindigd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened: what, when it was recorded, by which role (None: a system), and why.

    `fact` is what was recorded, `was` what stood there before. Of an assignment `of_role` is the role.
    """

    told: Told
    at: datetime
    role: Role | None = None
    on: date | None = None
    fact: FactView | None = None
    was: FactView | None = None
    why: CorrectionReason | ClosingReason | None = None
    of_role: Role | None = None


@dataclass(frozen=True, slots=True)
class StoryView:
    """What happened, the newest first; `hidden` are the kinds of fact that may not be told of."""

    events: tuple[Event, ...]
    hidden: tuple[tuple[Kind, Cell[str]], ...]


def story(permit: Permit) -> StoryView:
    """Return what happened to a permit's dossier, and log it. Raises `NotPermitted` without one."""
    if permit.dossier is None:
        raise NotPermitted("Deze machtiging gaat niet over een dossier.")
    act = act_of(permit, Operation.READ_DOSSIER, Effect.READ)
    with permitted(permit):
        found = chosen(permit, [permit.dossier], ())
        if not found.rows:
            raise NotPermitted("Het dossier van deze machtiging is er niet.")
        row = found.rows[0]
        known = read_facts(permit, row.dossier, row.person, replaced=True)
        events = [*_of_facts(permit, known), *_of_case(permit, row.dossier)]
        items = visible(permit, {*(kind.item for kind in Kind), Item.CASE_NUMBER})
        lines = [met(row.person, row.dossier, items)]
        if known.worked_with_medical:
            lines.append(met(row.person, row.dossier, MEDICAL, Manner.COMPUTED))
        record_lines(act, lines)
    newest = tuple(sorted(events, key=lambda event: event.at, reverse=True))
    return StoryView(newest, tuple(_hidden(permit)))


def _of_facts(permit: Permit, known: Known) -> Iterator[Event]:
    views = {row.view.id: row.view for row in known.rows}
    for row in known.rows:
        if knows(permit, row.view.kind.item):
            yield _of_fact(row, views.get(row.replaces) if row.replaces else None)


def _of_fact(row: Stored, was: FactView | None) -> Event:
    told = Told.RECORDED if was is None else Told.WITHDRAWN if row.withdraws else Told.CORRECTED
    return Event(
        told=told,
        at=row.view.recorded_at,
        role=row.view.recorded_role,
        on=row.view.happened_on,
        fact=None if row.withdraws else row.view,
        was=was,
        why=CorrectionReason(row.reason) if row.reason else None,
    )


def _of_case(permit: Permit, dossier: UUID) -> Iterator[Event]:
    if not knows(permit, Item.CASE_NUMBER):
        return
    yield from (_of_closing(one) for one in closings_of(dossier))
    yield from (_of_guide(one) for one in guided(dossier))


def _of_closing(one: Closed) -> Event:
    told = Told.CLOSED if one.kind is Closing.CLOSED else Told.REOPENED
    return Event(told=told, at=one.recorded_at, role=one.role, on=one.happened_on, why=one.reason)


_OF_STATE = {
    AssignmentState.PROPOSED: Told.PROPOSED,
    AssignmentState.ACCEPTED: Told.ACCEPTED,
    AssignmentState.REJECTED: Told.REJECTED,
    AssignmentState.ENDED: Told.ENDED,
}


def _of_guide(one: Guided) -> Event:
    return Event(told=_OF_STATE[one.state], at=one.at, of_role=one.role)


def _hidden(permit: Permit) -> Iterator[tuple[Kind, Cell[str]]]:
    for kind in Kind:
        found: Cell[str] = cell(permit, [kind.item], "")
        if not isinstance(found, Shown):
            yield kind, found
