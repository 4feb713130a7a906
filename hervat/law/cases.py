"""Spells that belong together: which periods of sickness count as one case (WIA art. 23 lid 3).

Each gap is judged by itself. Where the sources conflict or the cause is not known, the ground says so
and the case provisionally goes on; both outcomes are worked out in `decisions.py`.
Must never: settle a doubt. Read next: `clock.py` (counting days), `facts.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from hervat.law.facts import Leave, Spell
from hervat.law.parameters import law_on
from hervat.law.vocabulary import SameCause


class Ground(StrEnum):
    """Why a gap does or does not end a case."""

    SHORT = "short"
    LEAVE_SAME_CAUSE = "leave_same_cause"
    LEAVE_CAUSE_UNKNOWN = "leave_cause_unknown"
    LEAVE_NOT_ADJACENT = "leave_not_adjacent"
    LEAVE_OTHER_CAUSE = "leave_other_cause"
    LONG = "long"


NEW_CASE = frozenset({Ground.LONG, Ground.LEAVE_OTHER_CAUSE})
DOUBTFUL = frozenset({Ground.LEAVE_CAUSE_UNKNOWN, Ground.LEAVE_NOT_ADJACENT})


@dataclass(frozen=True, slots=True)
class Gap:
    """The days between two spells: from the first fit day up to, not including, the relapse."""

    first_fit_day: date
    relapsed_on: date
    ground: Ground

    @property
    def days(self) -> int:
        return (self.relapsed_on - self.first_fit_day).days


@dataclass(frozen=True, slots=True)
class Case:
    """One case of sickness: its spells, the gaps between them, and the gap before it if there was one."""

    spells: tuple[Spell, ...]
    gaps: tuple[Gap, ...]
    leaves: tuple[Leave, ...]
    before: Gap | None = None

    @property
    def first_sick_day(self) -> date:
        return self.spells[0].first_sick_day

    @property
    def recovered_on(self) -> date | None:
        """The first fit day after the last spell; None while somebody is sick."""
        return self.spells[-1].first_fit_day

    def split_at(self, gap: Gap) -> "Case":
        """Return what the case would be if this gap had ended the one before it."""
        at = self.gaps.index(gap) + 1
        return Case(self.spells[at:], self.gaps[at:], self.leaves, gap)


def gather_cases(spells: Sequence[Spell], leaves: tuple[Leave, ...]) -> tuple[Case, ...]:
    """Return the cases that spells make, the latest last (WIA art. 23 lid 3).

    >>> january, may = Spell(date(2023, 1, 2), date(2023, 5, 1)), date(2023, 5, 28)
    >>> len(gather_cases([january, Spell(may)], ()))
    1
    >>> len(gather_cases([january, Spell(date(2023, 5, 29))], ()))
    2
    """
    if len(spells) == 1:
        return (Case(tuple(spells), (), leaves),)
    cases: list[Case] = []
    since, before, gaps = 0, None, list[Gap]()
    for at, (earlier, later) in enumerate(pairwise(spells), 1):
        gap = judge_gap(earlier, later, leaves)
        if gap.ground not in NEW_CASE:
            gaps.append(gap)
            continue
        cases.append(Case(tuple(spells[since:at]), tuple(gaps), leaves, before))
        since, before, gaps = at, gap, []
    cases.append(Case(tuple(spells[since:]), tuple(gaps), leaves, before))
    return tuple(cases)


def judge_gap(earlier: Spell, later: Spell, leaves: tuple[Leave, ...]) -> Gap:
    """Judge one gap: under four weeks, or around a leave (WIA art. 23 lid 3 onder a en b).

    A leave that fills the gap joins the periods around it whatever its length, unless the cause is
    another. A leave that fills it in part: by one source its days are part of the four weeks, by another
    they are left out; where that makes a difference, the ground says so.

    >>> judge_gap(Spell(date(2023, 1, 2), date(2023, 5, 1)), Spell(date(2023, 5, 28)), ()).ground
    <Ground.SHORT: 'short'>
    """
    fit, relapse = earlier.first_fit_day, later.first_sick_day
    assert fit is not None  # noqa: S101 - a situation has one open spell, the last
    length = (relapse - fit).days
    short = law_on(earlier.first_sick_day).days("merge_gap")
    between = [leave for leave in leaves if leave.last_day >= fit and leave.first_day < relapse]
    on_leave = sum(_days_within(leave, fit, relapse) for leave in between)
    return Gap(fit, relapse, _ground(length, on_leave, short, between))


def _ground(length: int, on_leave: int, short: int, between: Sequence[Leave]) -> Ground:
    if length > 0 and on_leave == length:
        return _ground_of_leave(between)
    if length < short:
        return Ground.SHORT
    if length - on_leave < short:
        return Ground.LEAVE_NOT_ADJACENT
    return Ground.LONG


def _ground_of_leave(leaves: Sequence[Leave]) -> Ground:
    causes = {leave.same_cause for leave in leaves}
    if causes == {SameCause.YES}:
        return Ground.LEAVE_SAME_CAUSE
    if causes == {SameCause.NO}:
        return Ground.LEAVE_OTHER_CAUSE
    return Ground.LEAVE_CAUSE_UNKNOWN


def _days_within(leave: Leave, first: date, until: date) -> int:
    start, end = max(leave.first_day, first), min(leave.last_day.toordinal() + 1, until.toordinal())
    return max(0, end - start.toordinal())
