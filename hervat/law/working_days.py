"""Weekends and holidays, for the few terms that move off them.

Almost no date of the sickness clock moves; only the four weeks of WIA art. 64 lid 6 (Algemene
termijnenwet) and the terms for requests of data subjects (Regulation 1182/71) do. Holidays come from
a library. Must never: be used for a week term of the gatekeeper act. Read next: `application.py`,
`rights.py`.
"""

from datetime import date, timedelta
from functools import lru_cache

_SATURDAY = 5
_LIBERATION_DAY = (5, 5)


def working_day_from(day: date, *, liberation_day_every_year: bool = False) -> date:
    """Return the day, or the first day after it that is no Saturday, Sunday or holiday.

    The Algemene termijnenwet counts 5 May every year (art. 3 lid 1); the library only when it is a day off.

    >>> working_day_from(date(2024, 12, 25)), working_day_from(date(2026, 5, 5))
    (datetime.date(2024, 12, 27), datetime.date(2026, 5, 5))
    >>> working_day_from(date(2026, 5, 5), liberation_day_every_year=True)
    datetime.date(2026, 5, 6)
    """
    while _is_off(day, liberation_day_every_year):
        day += timedelta(days=1)
    return day


def _is_off(day: date, liberation_day_every_year: bool) -> bool:
    if day.weekday() >= _SATURDAY:
        return True
    if liberation_day_every_year and (day.month, day.day) == _LIBERATION_DAY:
        return True
    return day in _holidays(day.year)


@lru_cache(maxsize=32)
def _holidays(year: int) -> frozenset[date]:
    # imported late: most timelines never ask, and the library takes its time
    import holidays

    return frozenset(holidays.country_holidays("NL", years=[year]))
