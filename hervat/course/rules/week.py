"""What "this week" means, on every page and in every count: today and the six days after it.

Seven calendar days, today included, so that the same weekday of next week is not in it; whatever day it is,
somebody looks equally far ahead. Must never: be worked out anywhere else, or two pages count differently.
Read next: `../queries/due.py`, `../queries/caseload.py`, `../../web/presenters/urgency.py`.
"""

from datetime import date, timedelta
from typing import Final

_AFTER_TODAY: Final = timedelta(days=6)


def last_of_week(on: date) -> date:
    """Return the last day of the week that begins on a day.

    >>> last_of_week(date(2026, 11, 23))
    datetime.date(2026, 11, 29)
    """
    return on + _AFTER_TODAY


def is_this_week(day: date, on: date) -> bool:
    """Return whether a day is today or one of the six after it; what is past is not of this week.

    >>> monday = date(2026, 11, 23)
    >>> is_this_week(date(2026, 11, 29), monday), is_this_week(date(2026, 11, 30), monday)
    (True, False)
    """
    return on <= day <= last_of_week(on)
