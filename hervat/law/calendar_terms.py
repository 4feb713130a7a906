"""Adding years and months to a day, with the ends of months said out loud.

One rule everywhere: a day that does not exist becomes the last day of its month (29 February plus a
year is 28 February; 31 August plus six months is 28 or 29 February), as PostgreSQL's interval does too.
Must never: lose a day silently. Read next: `retention.py`, `rights.py`.
"""

from calendar import monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month.

    >>> add_months(date(2024, 8, 31), 6), add_months(date(2023, 8, 31), 6)
    (datetime.date(2025, 2, 28), datetime.date(2024, 2, 29))
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def add_years(day: date, years: int) -> date:
    """Return the same day so many years later; 29 February becomes 28 where there is none.

    >>> add_years(date(2024, 2, 29), 1), add_years(date(2024, 2, 29), 4)
    (datetime.date(2025, 2, 28), datetime.date(2028, 2, 29))
    """
    return add_months(day, 12 * years)
