"""Signals: what may want attention, since when, and on what that rests. They decide nothing.

Those that rest on days alone are planned ahead, on the day they begin; the two that rest on sealed values
are worked out when somebody looks at the dossier. Must never: reach a status, an access right or pay.
Read next: `planning.py`, `acting.py` (who is told), docs/course.md.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from hervat.course.rules.acting import RESTS_ON
from hervat.course.rules.folding import Happened
from hervat.course.rules.vocabulary import Kind, SignalId
from hervat.law.gatekeeper import Course
from hervat.register.vocabulary import Item

WITHOUT_CONTACT: Final = timedelta(weeks=6)
WITHOUT_GROWTH: Final = timedelta(weeks=8)
DCR_BY_WEEK: Final = 40
_DAY: Final = timedelta(days=1)
_HOURS: Final = frozenset({Kind.OWN_HOURS, Kind.ADAPTED_HOURS})


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that may want attention, from a day on."""

    id: SignalId
    since: date

    @property
    def items(self) -> frozenset[Item]:
        """The items it rests on."""
        return RESTS_ON[self.id]


def planned(course: Course, facts: Iterable[Happened], since: date) -> Iterator[Signal]:
    """Return the signals of a course that runs that rest on days alone, each on the day it will begin.

    `since` is the first day of the case; whether DCR was asked is for who plans, who may strike that one.
    """
    of_case = [one for one in facts if one.happened_on >= since]
    contacts = [one.happened_on for one in of_case if one.kind is Kind.CONTACT]
    yield Signal(SignalId.NO_CONTACT, max([since, *contacts]) + WITHOUT_CONTACT)
    if course.facts.second_track_started_on is None:
        yield Signal(SignalId.NO_DCR, course.clock.day_after(DCR_BY_WEEK * 7))
    plan, evaluated = course.facts.plan_agreed_on, course.facts.last_evaluated_on
    if plan is not None and (evaluated is None or evaluated < plan):
        twice = 2 * course.law.days("evaluation")
        yield Signal(SignalId.PLAN_WITHOUT_EVALUATION, course.clock.after(plan, twice) + _DAY)


def hours_not_growing(facts: Iterable[Happened], on: date) -> Signal | None:
    """Return the signal that hours of own and adapted work together did not rise over eight weeks.

    Somebody who is back at their hours is recovered, and then nobody asks. Hours of which one does not know
    how many they are, count for nothing.
    """
    weeks = sorted(_by_week(one for one in facts if one.kind in _HOURS and one.happened_on <= on))
    if not weeks or weeks[0][0] > on - WITHOUT_GROWTH:
        return None
    best, risen_on = weeks[0][1], weeks[0][0]
    for monday, hours in weeks[1:]:
        if hours > best:
            best, risen_on = hours, monday
    begins = risen_on + WITHOUT_GROWTH
    return Signal(SignalId.HOURS_NOT_GROWING, begins) if begins <= on else None


def appointment_ends_first(ends_on: date | None, wait_ends_on: date, on: date) -> Signal | None:
    """Return the signal that an appointment ends before the waiting period does."""
    if ends_on is None or ends_on >= wait_ends_on:
        return None
    return Signal(SignalId.APPOINTMENT_ENDS_FIRST, on)


def _by_week(hours: Iterable[Happened]) -> Iterator[tuple[date, int]]:
    """Return the hours of each week, own and adapted together."""
    known = sorted((one for one in hours if isinstance(one.detail, int)), key=lambda one: one.happened_on)
    for monday, found in groupby(known, key=lambda one: one.happened_on):
        yield monday, sum(one.detail for one in found if isinstance(one.detail, int))
