"""What changes between two timelines: for the what-if, and for telling people what a report did.

Only what differs comes back, each with the reasons that are new, so that a page can say why a date
moved. Must never: hide a date that disappeared. Read next: `timeline.py`, `why.py`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from hervat.law.milestones import Milestone
from hervat.law.steps import Step
from hervat.law.timeline import CaseTimeline, Timeline
from hervat.law.vocabulary import Status
from hervat.law.why import Reason

FIRST_SICK_DAY = "first_sick_day"


@dataclass(frozen=True, slots=True)
class Day:
    """A date of a timeline under its name, with how it stands and why."""

    name: str
    on: date
    status: Status | None = None
    why: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One date that moved, appeared (`before` is None), disappeared (`after` is None) or stands otherwise."""

    id: str
    name: str
    before: date | None
    after: date | None
    status_before: Status | None
    status_after: Status | None
    because: tuple[Reason, ...]

    @property
    def days(self) -> int:
        """How many days later; 0 where there is nothing to compare with."""
        if self.before is None or self.after is None:
            return 0
        return (self.after - self.before).days


def compare(before: Timeline, after: Timeline) -> tuple[Difference, ...]:
    """Return what differs between the latest cases of two timelines, in the order of the steps.

    >>> from hervat.law.facts import Situation, Spell
    >>> from hervat.law.timeline import timeline
    >>> sick, later = (
    ...     timeline(Situation((Spell(day),)), on=day) for day in (date(2023, 1, 2), date(2023, 1, 9))
    ... )
    >>> [difference.days for difference in compare(sick, later)][:3]
    [7, 7, 7]
    >>> compare(sick, sick)
    ()
    """
    return tuple(_differences(_days(before.latest), _days(after.latest)))


def _differences(before: Mapping[str, Day], after: Mapping[str, Day]) -> Iterator[Difference]:
    for name in (*before, *(name for name in after if name not in before)):
        was, becomes = before.get(name), after.get(name)
        if was is not None and becomes is not None and (was.on, was.status) == (becomes.on, becomes.status):
            continue
        yield _difference(name, was, becomes)


def _difference(name: str, was: Day | None, becomes: Day | None) -> Difference:
    known = becomes or was
    assert known is not None  # noqa: S101 - the name came from one of the two
    return Difference(
        id=name,
        name=known.name,
        before=None if was is None else was.on,
        after=None if becomes is None else becomes.on,
        status_before=None if was is None else was.status,
        status_after=None if becomes is None else becomes.status,
        because=_new(was, becomes),
    )


def _new(was: Day | None, becomes: Day | None) -> tuple[Reason, ...]:
    if becomes is None:
        return ()
    known = frozenset(reason.text for reason in was.why) if was is not None else frozenset()
    return tuple(reason for reason in becomes.why if reason.text not in known)


def _days(one: CaseTimeline) -> dict[str, Day]:
    first = {FIRST_SICK_DAY: Day("Eerste ziektedag", one.first_sick_day)}
    steps = {step.id.value: _of_step(step) for step in one.steps}
    return first | steps | {stone.id.value: _of_milestone(stone) for stone in one.milestones}


def _of_step(step: Step) -> Day:
    return Day(step.rule.name, step.due_on, step.status, step.why)


def _of_milestone(milestone: Milestone) -> Day:
    return Day(milestone.rule.name, milestone.last_day, None, milestone.why)
