"""The sickness clock: on which calendar day the n-th day of incapacity falls.

Days of incapacity count, also partial; days of recovery between merged spells and days of leave do
not (WIA art. 23 lid 3 en 5; ZW art. 38 lid 1). The clock counts on after recovery, as if somebody had
stayed sick, so that every step has a date. Must never: move a day for a weekend or a holiday.
Read next: `cases.py` (what belongs together), `gatekeeper.py` (the steps).
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from hervat.law.cases import Case, Gap, Ground
from hervat.law.facts import Leave
from hervat.law.vocabulary import FactKind


class Pause(NamedTuple):
    """Days that do not count: from a day up to, not including, another; and why.

    Days are day numbers (`date.toordinal`), because the clock adds and compares them all the time.
    """

    start: int
    until: int
    kind: FactKind
    ground: Ground | None = None

    @property
    def days(self) -> int:
        return self.until - self.start


class Clock:
    """Counts the days of incapacity of one case; the first sick day is day 1."""

    __slots__ = ("_start", "first_sick_day", "pauses")

    def __init__(self, first_sick_day: date, pauses: tuple[Pause, ...] = ()) -> None:
        self.first_sick_day = first_sick_day
        self.pauses = pauses
        self._start = first_sick_day.toordinal()

    def nth_day(self, number: int) -> date:
        """Return the date of the n-th counted day.

        Every pause that begins on or before the day reached so far pushes it on by its own length.

        >>> recovered = Pause(date(2023, 5, 1).toordinal(), date(2023, 5, 28).toordinal(), FactKind.RECOVERY)
        >>> Clock(date(2023, 1, 2), (recovered,)).nth_day(295)
        datetime.date(2023, 11, 19)
        """
        day = self._start + number - 1
        for pause in self.pauses:
            if pause.start > day:
                break
            day += pause.until - pause.start
        return date.fromordinal(day)

    def last_day_of(self, days: int) -> date:
        """Return the last day of a term that begins on the first sick day.

        >>> Clock(date(2023, 1, 2)).last_day_of(104 * 7)
        datetime.date(2024, 12, 29)
        """
        return self.nth_day(days)

    def day_after(self, days: int) -> date:
        """Return the first counted day after such a term.

        >>> Clock(date(2023, 1, 2)).day_after(42 * 7)
        datetime.date(2023, 10, 23)
        """
        return self.nth_day(days + 1)

    def after(self, day: date, days: int) -> date:
        """Return the date that lies so many counted days after a day.

        >>> Clock(date(2023, 1, 2)).after(date(2023, 2, 10), 14)
        datetime.date(2023, 2, 24)
        """
        reached = day.toordinal()
        target = reached + days
        for pause in self.pauses:
            if pause.until <= reached + 1:
                continue
            if pause.start > target:
                break
            target += pause.until - max(pause.start, reached + 1)
        return date.fromordinal(target)

    def counted_through(self, day: date) -> int:
        """Return how many days have counted up to and including a day.

        >>> Clock(date(2023, 1, 2)).counted_through(date(2023, 1, 2))
        1
        """
        through = day.toordinal() + 1
        passed = max(0, through - self._start)
        return passed - sum(max(0, min(pause.until, through) - pause.start) for pause in self.pauses)

    def pauses_before(self, day: date) -> tuple[Pause, ...]:
        """Return the pauses that moved a date: those that begin on or before it."""
        reached = day.toordinal()
        return tuple(pause for pause in self.pauses if pause.start <= reached)


def clock_of(case: Case) -> Clock:
    """Return the clock of a case, with its gaps and leave taken out."""
    if not case.gaps and not case.leaves:
        return Clock(case.first_sick_day)
    on_leave = list(_leave_pauses(case.leaves, case.first_sick_day.toordinal()))
    recovered = [piece for gap in case.gaps for piece in _without_leave(_recovery(gap), on_leave)]
    pauses = sorted(on_leave + recovered, key=lambda pause: pause.start)
    return Clock(case.first_sick_day, tuple(pauses))


def _recovery(gap: Gap) -> Pause:
    return Pause(gap.first_fit_day.toordinal(), gap.relapsed_on.toordinal(), FactKind.RECOVERY, gap.ground)


def _leave_pauses(leaves: tuple[Leave, ...], start: int) -> Iterator[Pause]:
    for leave in leaves:
        first, until = max(leave.first_day.toordinal(), start), leave.last_day.toordinal() + 1
        if first < until:
            yield Pause(first, until, FactKind.LEAVE)


def _without_leave(recovery: Pause, on_leave: list[Pause]) -> Iterator[Pause]:
    """What remains of a recovery when the leave in it is taken out; leave is named by itself."""
    start = recovery.start
    for leave in on_leave:
        if leave.until <= start or leave.start >= recovery.until:
            continue
        if leave.start > start:
            yield Pause(start, leave.start, FactKind.RECOVERY, recovery.ground)
        start = leave.until
    if start < recovery.until:
        yield Pause(start, recovery.until, FactKind.RECOVERY, recovery.ground)
