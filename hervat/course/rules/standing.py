"""How a dossier stands on a day, in the few columns that lists sort and choose by.

Pure. What changes with the day alone (a leave begins or ends) is named in `turns_on`, so that a list need
not be made again every night. Must never: hold what lists do not need. Read next: `planning.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from hervat.course.rules.planning import Plan, Planned
from hervat.course.rules.vocabulary import DueKind, DueState
from hervat.law.clock import Clock
from hervat.register.vocabulary import Role

NOTHING_DUE: Final = date.max
"""In place of a next day, so that a list by next day ends with whom nothing is due of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """How a dossier stands; the columns of `models.Standing` say what each means."""

    first_sick_on: date
    counted_from: date | None
    recovered_on: date | None
    turns_on: date | None
    wait_ends_on: date
    next_due_on: date = NOTHING_DUE
    next_code: str = ""
    next_role: Role | None = None
    late_from: date | None = None


def standing_of(plan: Plan, *, on: date) -> Stands:
    """Return how a dossier stands, by what is planned."""
    first, fit = plan.case.first_sick_day, plan.case.recovered_on
    counted_from, turns_on = (None, None) if fit is not None else counting(plan.course.clock, on)
    waiting = list(_waiting(plan.dues))
    following = min(waiting, key=lambda one: (one.due_on, one.key.code), default=None)
    return Stands(
        first_sick_on=first,
        counted_from=counted_from,
        recovered_on=fit,
        turns_on=turns_on,
        wait_ends_on=plan.course.ending.wait_last_day,
        next_due_on=following.due_on if following else NOTHING_DUE,
        next_code=following.key.code if following else "",
        next_role=following.role if following else None,
        late_from=min((one.limit for one in waiting), default=None),
    )


def counting(clock: Clock, on: date) -> tuple[date | None, date | None]:
    """Return from which day the counted days through a day run without a break, and until when that holds.

    >>> from hervat.law.clock import Pause
    >>> from hervat.law.vocabulary import FactKind
    >>> leave = Pause(date(2023, 5, 1).toordinal(), date(2023, 5, 11).toordinal(), FactKind.LEAVE)
    >>> clock = Clock(date(2023, 1, 2), (leave,))
    >>> counting(clock, date(2023, 5, 11))
    (datetime.date(2023, 1, 12), None)
    >>> counting(clock, date(2023, 5, 3))
    (None, datetime.date(2023, 5, 11))
    """
    left_out, today = 0, on.toordinal()
    for pause in clock.pauses:
        if pause.start > today:
            return clock.first_sick_day + timedelta(left_out), date.fromordinal(pause.start)
        if today < pause.until:
            return None, date.fromordinal(pause.until)
        left_out += pause.days
    return clock.first_sick_day + timedelta(left_out), None


def _waiting(dues: Iterable[Planned]) -> Iterable[Planned]:
    """What is still to be done; a signal is nothing to be done."""
    return (one for one in dues if one.state is DueState.OPEN and one.key.kind is not DueKind.SIGNAL)
