"""What a change would do, before anybody makes it: every day that would move, and nothing is kept.

The same folding and planning as a real change, over the facts that stand and what somebody thinks of. Must
never: write a fact, a due or a version, or tell of a day what the permit would not show.
Read next: `../actions/recording.py` (the change itself), `course.py`.
"""

from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from hervat.course.actions.dues import read_dues
from hervat.course.actions.keeping import MEDICAL
from hervat.course.queries.reading import knows, read_facts, why_not
from hervat.course.rules.acting import items_of
from hervat.course.rules.difference import Difference, Moved
from hervat.course.rules.faults import CourseFault, Fault
from hervat.course.rules.folding import Happened, demand_leave_of, fold
from hervat.course.rules.knowing import DATES
from hervat.course.rules.planning import plan
from hervat.course.rules.values import NewFact, demand_good
from hervat.dossiers.queries.cells import visible
from hervat.dossiers.queries.chosen import chosen, first_sick_day_of
from hervat.dossiers.queries.lines import met
from hervat.dossiers.queries.permitted import permitted
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record as record_lines
from hervat.journal.rules.line import Effect, Manner
from hervat.law.compare import compare
from hervat.law.timeline import Timeline, timeline
from hervat.law.vocabulary import StepId
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Operation, Use

_WIA_DAYS: Final = frozenset({StepId.WAGE_SANCTION_END.value, StepId.SHORTENED_WAITING_PERIOD.value})


def what_if(permit: Permit, facts: Sequence[NewFact] = (), *, instead_of: UUID | None = None) -> Difference:
    """Return what these facts would change, in place of one that stands or beside all; log it as a look.

    Without facts, what withdrawing that one would change. `moved` names steps and milestones, and the first
    sick day. Raises `CourseFault`, and `NotPermitted` without a dossier or for what may not be seen.
    """
    if permit.dossier is None:
        raise NotPermitted("Deze machtiging gaat niet over een dossier.")
    demand_good(tuple(facts), permit.on)
    permit.demand(DATES, *sorted({one.kind.item for one in facts}), use=Use.READ)
    act = act_of(permit, Operation.READ_DOSSIER, Effect.READ)
    with permitted(permit):
        found = chosen(permit, [permit.dossier], ())
        if not found.rows:
            raise NotPermitted("Het dossier van deze machtiging is er niet.")
        row = found.rows[0]
        known = read_facts(permit, row.dossier, row.person)
        after = _after(permit, known.facts, facts, instead_of)
        difference = _difference(permit, row.dossier, row.version, known.facts, after)
        items = visible(permit, {DATES, *(one.kind.item for one in facts), Item.GATEKEEPER_EMPLOYER})
        lines = [met(row.person, row.dossier, items)]
        if known.worked_with_medical:
            lines.append(met(row.person, row.dossier, MEDICAL, Manner.COMPUTED))
        record_lines(act, lines)
    return difference


def _after(
    permit: Permit, before: Sequence[Happened], facts: Sequence[NewFact], instead_of: UUID | None
) -> tuple[Happened, ...]:
    """The facts as they would stand. Raises `CourseFault` for one that is not there, or of another kind."""
    old = next((one for one in before if one.id == instead_of), None) if instead_of else None
    if instead_of is not None and (old is None or not knows(permit, old.kind.item)):
        raise CourseFault(Fault.NOT_OF_DOSSIER)
    if old is not None and any(one.kind is not old.kind for one in facts):
        raise CourseFault(Fault.OTHER_KIND, old.kind)
    new = [Happened(one.kind, one.happened_on, one.last_day, one.detail) for one in facts]
    after = (*(one for one in before if one is not old), *new)
    demand_leave_of(new, after)
    return after


def _difference(
    permit: Permit, dossier: UUID, version: int, before: Sequence[Happened], after: Sequence[Happened]
) -> Difference:
    since = first_sick_day_of(dossier)
    was = timeline(fold(before, otherwise_sick_since=since).situation, on=permit.on, with_reasons=False)
    folded = fold(after, otherwise_sick_since=since)
    now = timeline(folded.situation, on=permit.on, with_reasons=False)
    made = plan(folded, after, read_dues([dossier])[dossier], on=permit.on)
    return Difference(
        version=version,
        moved=tuple(_moved(permit, was, now)),
        done=_known(permit, made.done),
        opened=_known(permit, made.opened),
        lapsed=_known(permit, made.lapsed),
    )


def _moved(permit: Permit, was: Timeline, now: Timeline) -> Iterator[Moved]:
    for one in compare(was, now):
        if one.id in _WIA_DAYS and not knows(permit, Item.WIA):
            continue
        if one.before is not None and one.after is not None and one.before != one.after:
            yield Moved(one.id, one.before, one.after)


def _known(permit: Permit, codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in codes if why_not(permit, items_of(code)) is None)
