"""One course: which week it is, what happened, each step with its day and why, what is due, and signals.

Every date is worked out from all that is known; what is shown of it is what the permit allows, cell by cell.
Must never: show that a step was done, or why a day is what it is, to who may not know the fact behind it.
Read next: `reading.py`, `steps.py`, `dues.py`, docs/course.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from hervat.course.actions.keeping import MEDICAL
from hervat.course.queries.dues import DueView, dues_of
from hervat.course.queries.reading import (
    FactView,
    Known,
    cell,
    knows,
    read_facts,
    situation_of,
    why_not,
)
from hervat.course.queries.steps import MilestoneView, PointView, StepView, milestones, points, steps
from hervat.course.rules.acting import RESTS_ON
from hervat.course.rules.knowing import DATES
from hervat.course.rules.signals import Signal, appointment_ends_first, hours_not_growing, planned
from hervat.course.rules.standing import counting
from hervat.course.rules.vocabulary import Kind, SignalId
from hervat.dossiers.queries.assignments import Here, Involved, here, people_of
from hervat.dossiers.queries.cells import Cell, visible
from hervat.dossiers.queries.chosen import chosen
from hervat.dossiers.queries.lines import met
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.queries.rows import Row
from hervat.dossiers.rules.vocabulary import Field
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record as record_lines
from hervat.journal.actions.append import record_all
from hervat.journal.rules.acts import Met
from hervat.journal.rules.line import Effect, Manner
from hervat.law.facts import Leave, Situation, Spell
from hervat.law.timeline import CaseTimeline, latest_course, timeline
from hervat.register.cells import Shown
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Operation, Role
from hervat.vault.rules.sealing import DataKey

_FIELDS: Final = (Field.ENDS_ON,)


@dataclass(frozen=True, slots=True)
class SignalView:
    """Something that may want attention, since when, and the items it rests on. It decides nothing."""

    id: SignalId
    since: date
    items: frozenset[Item]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseView:
    """The course of one dossier on a day, as one reader may know it.

    `week` is None while nothing counts: on leave, or fit again. `facts` holds each kind that can be recorded.
    """

    row: Row
    version: int
    on: date
    first_sick_on: Cell[date]
    recovered_on: Cell[date]
    week: Cell[int]
    of_weeks: int
    counted_days: Cell[int]
    wait_ends_on: Cell[date]
    spells: Cell[tuple[Spell, ...]]
    leaves: Cell[tuple[Leave, ...]]
    facts: Mapping[Kind, Cell[tuple[FactView, ...]]]
    steps: tuple[StepView, ...]
    milestones: tuple[MilestoneView, ...]
    points: tuple[PointView, ...]
    dues: tuple[DueView, ...]
    signals: tuple[SignalView, ...]


def course(permit: Permit, fields: tuple[Field, ...] = ()) -> CourseView:
    """Return the course of a permit's dossier today, with these fields of the dossier, and log it.

    Raises `NotPermitted` without a dossier.
    """
    act = act_of(permit, Operation.READ_DOSSIER, Effect.READ)
    with permitted(permit):
        view, _, lines = _opened(permit, fields)
        record_lines(act, lines)
    return view


def course_and_people(
    permit: Permit, of_users: Permit | None, fields: tuple[Field, ...] = (), *, by_name: bool = False
) -> tuple[CourseView, tuple[Involved, ...]]:
    """Return what `course` does, and who works on the dossier as far as the door's other permit shows.

    Two acts, each for its own purpose, in one transaction: the second is about those who work there, so that
    whom the dossier is about finds one line of one look. `by_name` is whether the organisation tells a
    re-integrant names. Raises `NotPermitted` for two permits that are not for one dossier.
    """
    if of_users is not None and (of_users.dossier, of_users.actor) != (permit.dossier, permit.actor):
        raise NotPermitted("Deze machtigingen gaan niet over hetzelfde dossier.")
    act = act_of(permit, Operation.READ_DOSSIER, Effect.READ)
    beside = act_of(of_users, Operation.REFER, Effect.READ) if of_users else None
    with permitted(permit):
        view, found, lines = _opened(permit, fields)
        people, shown = people_of(of_users, found, by_name=by_name) if of_users else ((), [])
        record_all([(act, lines), *([(beside, shown)] if beside else [])])
    return view, people


def _opened(permit: Permit, fields: tuple[Field, ...]) -> tuple[CourseView, Here, list[Met]]:
    """Return a course, the assignments of its dossier, and what must be logged; runs inside `permitted`."""
    if permit.dossier is None:
        raise NotPermitted("Deze machtiging gaat niet over een dossier.")
    row, known, key = _read(permit, permit.dossier, (*_FIELDS, *fields))
    found = here(row.dossier)
    view = _view(permit, row, known, key, found)
    shown = {*_items(permit), *visible(permit, [field.item for field in fields])}
    lines = [met(row.person, row.dossier, shown)]
    if known.worked_with_medical:
        lines.append(met(row.person, row.dossier, MEDICAL, Manner.COMPUTED))
    return view, found, lines


def _read(permit: Permit, dossier: UUID, fields: tuple[Field, ...]) -> tuple[Row, Known, DataKey | None]:
    found = chosen(permit, [dossier], tuple(dict.fromkeys(fields)))
    if not found.rows:
        raise NotPermitted("Het dossier van deze machtiging is er niet.")
    row = found.rows[0]
    # The key that opened the row opens the facts too: asked once for a page.
    key = found.keys.get(row.person)
    return row, read_facts(permit, dossier, row.person, key=key), key


def _view(permit: Permit, row: Row, known: Known, key: DataKey | None, found: Here) -> CourseView:
    situation = situation_of(row.dossier, known)
    case, line = latest_course(situation), timeline(situation, on=permit.on).latest
    cause_known = any(one.kind is Kind.LEAVE_CAUSE for one in known.facts)
    counts = case[0].recovered_on is None and counting(case[1].clock, permit.on)[0] is not None

    def of_absence(value: Any) -> Cell[Any]:
        return cell(permit, [DATES], value)

    return CourseView(
        row=row,
        version=row.version,
        on=permit.on,
        first_sick_on=of_absence(line.first_sick_day),
        recovered_on=of_absence(case[0].recovered_on),
        week=of_absence((line.counted_days + 6) // 7 if counts else None),
        of_weeks=case[1].law.value("waiting_period"),
        counted_days=of_absence(line.counted_days),
        wait_ends_on=of_absence(line.ending.wait_last_day),
        spells=of_absence(situation.spells),
        leaves=of_absence(situation.leaves),
        facts={kind: cell(permit, [kind.item], _of_kind(known, kind)) for kind in Kind},
        steps=steps(permit, line, cause_known=cause_known),
        milestones=milestones(permit, line, cause_known=cause_known),
        points=points(permit, line),
        dues=dues_of(permit, row.dossier, row.person, key=key),
        signals=tuple(_signals(permit, row, found, known, situation, line)),
    )


def _of_kind(known: Known, kind: Kind) -> tuple[FactView, ...] | None:
    """The facts of a kind that stand, or None: a reader of an outcome sees whether there is any."""
    views = (row.view for row in known.rows if row.replaced_at is None and row.view.kind is kind)
    return tuple(views) or None


def _signals(
    permit: Permit,
    row: Row,
    here_now: Here,
    known: Known,
    situation: Situation,
    line: CaseTimeline,
) -> Iterator[SignalView]:
    if line.case.recovered_on is not None:
        return
    for signal in _found(permit, row, here_now, known, situation, line):
        if signal.since <= permit.on and why_not(permit, RESTS_ON[signal.id]) is None:
            yield SignalView(signal.id, signal.since, signal.items)


def _found(
    permit: Permit,
    row: Row,
    here_now: Here,
    known: Known,
    situation: Situation,
    line: CaseTimeline,
) -> Iterator[Signal]:
    since, asked = line.first_sick_day, here_now.was_asked(Role.DCR_GUIDE)
    for signal in planned(latest_course(situation)[1], known.facts, since):
        if signal.id is not SignalId.NO_DCR or not asked:
            yield signal
    if knows(permit, *RESTS_ON[SignalId.HOURS_NOT_GROWING]):
        growing = hours_not_growing((one for one in known.facts if one.happened_on >= since), permit.on)
        if growing is not None:
            yield growing
    ends_on = row.facts[Field.ENDS_ON]
    if isinstance(ends_on, Shown) and isinstance(ends_on.value, date):
        first = appointment_ends_first(ends_on.value, line.ending.wait_last_day, permit.on)
        if first is not None:
            yield first


def _items(permit: Permit) -> frozenset[Item]:
    """What the view showed: every item that a fact of a course is, and the end of the appointment."""
    return visible(permit, {*(kind.item for kind in Kind), Item.CASE_NUMBER, Item.APPOINTMENT_END})
