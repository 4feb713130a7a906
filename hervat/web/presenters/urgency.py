"""How pressing something is: one chip and one phrase for a day, the same on every page.

A colour, a symbol and a word say it together. Must never: call something late that waits for somebody else,
or count a day as late before it is over. Read next: `words.py`, `static/hervat/hervat.css`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hervat.course.rules.week import is_this_week
from hervat.web.presenters.spoken import once_per_language
from hervat.web.presenters.words import Chip, day_text

_WEEK = 7
_FORTNIGHT = 14


class Urgency(StrEnum):
    """How pressing something is."""

    LATE = "te-laat"
    NO_REASON = "reden-ontbreekt"
    THIS_WEEK = "deze-week"
    SIGNAL = "let-op"
    WAITING = "wacht"
    ON_TRACK = "op-schema"
    PLANNED = "gepland"
    SKIPPED = "overgeslagen"
    UNKNOWN = "onbekend"
    DONE = "gedaan"


@dataclass(frozen=True, slots=True)
class When:
    """A day in full, and how far off it is."""

    day: str
    away: str
    late: bool


def urgency_of(due_on: date, on: date) -> Urgency:
    """Return how pressing something is that is due on a day, and not done.

    >>> urgency_of(date(2026, 11, 22), date(2026, 11, 23)).value
    'te-laat'
    >>> urgency_of(date(2026, 11, 23), date(2026, 11, 23)).value
    'deze-week'
    """
    if due_on < on:
        return Urgency.LATE
    return Urgency.THIS_WEEK if is_this_week(due_on, on) else Urgency.ON_TRACK


@once_per_language
def urgency_chip(urgency: Urgency) -> Chip:
    """Return the chip of an urgency."""
    return {
        Urgency.LATE: Chip("bad i-alert", _("te laat")),
        Urgency.NO_REASON: Chip("bad i-ask", _("reden ontbreekt")),
        Urgency.THIS_WEEK: Chip("warn i-soon", _("deze week")),
        Urgency.SIGNAL: Chip("warn i-open", _("let op")),
        Urgency.WAITING: Chip("calm i-pause", _("wacht op ander")),
        Urgency.ON_TRACK: Chip("good i-yes", _("op schema")),
        Urgency.PLANNED: Chip("calm i-later", _("gepland")),
        Urgency.SKIPPED: Chip("case i-none", _("overgeslagen")),
        Urgency.UNKNOWN: Chip("calm i-lock", _("stand niet zichtbaar")),
        Urgency.DONE: Chip("good i-yes", _("gedaan")),
    }[urgency]


def when(due_on: date, on: date) -> When:
    """Return a day with how far off it is, in words."""
    return When(day_text(due_on), away_text(due_on, on), due_on < on)


def since(day: date) -> When:
    """Return since when something is there that is not due."""
    return When(day_text(day), _("sinds die dag"), late=False)


@once_per_language
def away_text(day: date, on: date) -> str:
    """Return how far a day is from another: days up to a fortnight, then weeks."""
    days = (day - on).days
    if days < 0:
        return ngettext("%(count)s dag te laat", "%(count)s dagen te laat", -days) % {"count": -days}
    if days <= 1:
        return _("morgen") if days else _("vandaag")
    if days < _FORTNIGHT:
        return ngettext("over %(count)s dag", "over %(count)s dagen", days) % {"count": days}
    weeks = days // _WEEK
    return ngettext("over %(count)s week", "over %(count)s weken", weeks) % {"count": weeks}


def week_text(counted_days: int, most: int) -> str:
    """Return in which week of sickness somebody is, of how many.

    >>> week_text(302, 104)
    'week 44 van 104'
    """
    week = max(1, -(-counted_days // _WEEK))
    return _("week %(week)s van %(most)s") % {"week": week, "most": most}
