"""Hours of own and adapted work by week: one object for the chart and for the table beside it.

Must never: draw a week of which nothing is known as nought. Read next: `../templates/hervat/_hours.html`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from hervat.course.queries.course import CourseView
from hervat.course.queries.reading import FactView
from hervat.course.rules.vocabulary import Kind
from hervat.register.cells import Hidden
from hervat.web.presenters.course_line import value_of
from hervat.web.presenters.words import day_text

WEEKS: Final = 26
_WIDTH, _HEIGHT, _LEFT, _FOOT = 640, 150, 34, 22
_QUARTERS: Final = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a week in the chart."""

    css: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Week:
    """A week in the table: nothing known is a dash."""

    label: str
    own: str
    adapted: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A number along the side, or a day along the foot."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursView:
    """The chart and its table; `hidden` is why there is none."""

    width: int
    height: int
    foot: int
    left: int
    bars: tuple[Bar, ...]
    sides: tuple[Mark, ...]
    feet: tuple[Mark, ...]
    weeks: tuple[Week, ...]
    about: str
    now: str
    hidden: str


def present_hours(view: CourseView) -> HoursView:
    """Format the hours of the last half year."""
    own, adapted = view.facts[Kind.OWN_HOURS], view.facts[Kind.ADAPTED_HOURS]
    hidden = own.reason.text if isinstance(own, Hidden) and isinstance(adapted, Hidden) else ""
    by_week = {
        "own": _quarters(value_of(own) or ()),
        "adapted": _quarters(value_of(adapted) or ()),
    }
    mondays = _mondays(view.on, {*by_week["own"], *by_week["adapted"]})
    most = max([8 * _QUARTERS, *(_sum(by_week, monday) for monday in mondays)])
    weeks = tuple(
        Week(
            day_text(monday),
            hours_text(by_week["own"].get(monday)),
            hours_text(by_week["adapted"].get(monday)),
        )
        for monday in reversed(mondays)
    )
    return HoursView(
        width=_WIDTH,
        height=_HEIGHT,
        foot=_HEIGHT - _FOOT,
        left=_LEFT,
        bars=tuple(_bars(mondays, by_week, most)),
        sides=tuple(Mark(_LEFT - 6, _y(part, most) + 4, hours_text(part)) for part in (0, most // 2, most)),
        feet=tuple(_feet(mondays)),
        weeks=weeks,
        about=_("Uren per week over %(weeks)s weken; dezelfde getallen staan in de tabel.")
        % {"weeks": len(mondays)},
        now=_now(by_week, mondays),
        hidden=hidden,
    )


def _quarters(facts: Iterable[FactView]) -> dict[date, int]:
    return {fact.happened_on: fact.detail for fact in facts if isinstance(fact.detail, int)}


def _mondays(on: date, known: set[date]) -> list[date]:
    """The weeks from the first that is known, at most half a year of them, to the last that is known."""
    if not known:
        return []
    last = max(known)
    first = max(min(known), last - timedelta(weeks=WEEKS - 1))
    return [first + timedelta(weeks=number) for number in range((last - first).days // 7 + 1)]


def _sum(by_week: dict[str, dict[date, int]], monday: date) -> int:
    return sum(part.get(monday, 0) for part in by_week.values())


def _y(quarters: int, most: int) -> int:
    room = _HEIGHT - _FOOT - 10
    return _HEIGHT - _FOOT - round(quarters * room / most)


def _bars(mondays: list[date], by_week: dict[str, dict[date, int]], most: int) -> Iterable[Bar]:
    step = (_WIDTH - _LEFT) // max(len(mondays), 8)
    for number, monday in enumerate(mondays):
        x, base = _LEFT + 4 + number * step, 0
        for css in ("own", "adapted"):
            quarters = by_week[css].get(monday, 0)
            top, foot = _y(base + quarters, most), _y(base, most)
            if quarters:
                yield Bar(css, x, top, max(step - 6, 4), foot - top)
            base += quarters


def _feet(mondays: list[date]) -> Iterable[Mark]:
    step = (_WIDTH - _LEFT) // max(len(mondays), 8)
    every = max(1, len(mondays) // 5)
    for number in range(0, len(mondays), every):
        if _LEFT + number * step < _WIDTH - 60:
            yield Mark(_LEFT + 4 + number * step, _HEIGHT - 6, day_text(mondays[number]).rsplit(" ", 1)[0])


def _now(by_week: dict[str, dict[date, int]], mondays: list[date]) -> str:
    if not mondays:
        return ""
    last = mondays[-1]
    words = {
        "own": hours_text(by_week["own"].get(last)),
        "adapted": hours_text(by_week["adapted"].get(last)),
        "week": day_text(last),
    }
    return _("Week van %(week)s: %(own)s uur eigen werk en %(adapted)s uur aangepast werk.") % words


def hours_text(quarters: int | None) -> str:
    """Return hours a week; what is not known is a dash.

    >>> hours_text(49), hours_text(48), hours_text(None)
    ('12,25', '12', '–')
    """
    if quarters is None:
        return "–"
    return f"{quarters / _QUARTERS:g}".replace(".", ",")
