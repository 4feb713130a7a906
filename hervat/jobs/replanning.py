"""Plans the courses again: each night those whose counting turns, all of them after a change of the law.

A few units at a time, so that what a transaction may reach stays short to check. What was planned already
stays as it is, so running it twice, or after it was stopped, does no harm. Must never: record a fact, or ask
for a reason. Read next: `../course/actions/replanning.py`, docs/law-change.md.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from hervat.access.jobs import PLANNING
from hervat.course.actions.replanning import replan, replan_turning
from hervat.course.rules.knowing import DATES
from hervat.jobs.permits import permit_over
from hervat.organisation.queries.standing import unit_tree
from hervat.register.permit import Permit

AT_ONCE: Final = 64


def plan_all(at: datetime) -> int:
    """Plan every open course again; return how many."""
    return sum(max((one.done for one in replan(permit=permit)), default=0) for permit in _permits(at))


def plan_turning(at: datetime) -> int:
    """Plan those again for whom a leave begins or ends; return how many."""
    return sum(max((one.done for one in replan_turning(permit=permit)), default=0) for permit in _permits(at))


def _permits(at: datetime) -> Iterator[Permit]:
    """A permit for some units at a time; none while nobody accepted that absence is kept."""
    units = sorted(unit_tree().units)
    for first in range(0, len(units), AT_ONCE):
        permit = permit_over(PLANNING, at, frozenset(units[first : first + AT_ONCE]))
        if permit.scope(DATES) is not None:
            yield permit
