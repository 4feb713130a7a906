"""What stands above a list of courses: the counters, which are filters, and the other filters.

Only what the role may choose by is offered. Must never: put anything of anybody in an address.
Read next: `hervat.web.work.filters` (what each value means), `caseload.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from hervat.course.queries.caseload import COUNTED_TO, Counters
from hervat.law.vocabulary import StepId
from hervat.register.cells import Shown
from hervat.web.presenters.difference import due_name
from hervat.web.presenters.matrix_form import Select
from hervat.web.presenters.points import Option
from hervat.web.work.filters import ListQuery, Offered, Pressing, Status

MOST_UNITS = 200
"""With more units than this somebody types the abbreviation: a page stays small."""


@dataclass(frozen=True, slots=True)
class CounterView:
    """A number that leads to what it counts. `current` as aria-current says it."""

    css: str
    number: str
    text: str
    href: str
    current: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltersView:
    """The filters; `more` are the seldom used ones. `kept` goes along unseen."""

    selects: tuple[Select, ...]
    more: tuple[Select, ...]
    more_used: bool
    types_unit: bool
    unit: str
    weeks: bool
    from_week: str
    to_week: str
    kept: Mapping[str, str]
    filtered: bool
    clear_href: str


def present_counters(numbers: Counters, asked: ListQuery, kept: Mapping[str, str]) -> tuple[CounterView, ...]:
    """Format the counters that the role may see, each with a link to what it counts."""
    counted: tuple[tuple[str, object, str, dict[str, str]], ...] = (
        ("bad", numbers.late, _("te laat"), {"termijn": Pressing.LATE.value}),
        ("warn", numbers.this_week, _("deze week"), {"termijn": Pressing.THIS_WEEK.value}),
        ("calm", numbers.running, _("lopend"), {}),
        ("good", numbers.recovered, _("hersteld"), {"status": Status.RECOVERED.value}),
    )
    chosen = {name: value for name, value in asked.given.items() if name != "volgorde"}
    return tuple(
        CounterView(css, number_text(cell.value), text, address(kept, by), "true" if chosen == by else "")
        for css, cell, text, by in counted
        if isinstance(cell, Shown) and cell.value is not None
    )


def number_text(number: int) -> str:
    """Return a number, or that there are more than were counted."""
    return _("meer dan %(most)s") % {"most": number - 1} if number >= COUNTED_TO else str(number)


def present_filters(asked: ListQuery, offered: Offered, kept: Mapping[str, str]) -> FiltersView:
    """Format the filters that a role has."""
    given = asked.given
    types_unit = len(offered.units) > MOST_UNITS
    more = (_steps(asked, offered), _orders(asked, offered))
    return FiltersView(
        selects=_with_options(
            _statuses(asked, offered),
            _pressing(asked, offered),
            _of_units(asked, offered, "onderdeel", _("Defensieonderdeel")),
            *([] if types_unit else [_of_units(asked, offered, "eenheid", _("Eenheid"))]),
        ),
        more=_with_options(*more),
        more_used=any(name in given for name in ("stap", "van-week", "tot-week", "volgorde")),
        types_unit=types_unit,
        unit=given.get("eenheid", ""),
        weeks=offered.weeks,
        from_week=given.get("van-week", ""),
        to_week=given.get("tot-week", ""),
        kept=kept,
        filtered=bool(given),
        clear_href=address(kept, {}),
    )


def address(kept: Mapping[str, str], given: Mapping[str, str]) -> str:
    """Return the part of an address after the page itself."""
    return f"?{urlencode({**kept, **given})}"


def _with_options(*selects: Select) -> tuple[Select, ...]:
    return tuple(select for select in selects if len(select.options) > (0 if select.empty else 1))


def _statuses(asked: ListQuery, offered: Offered) -> Select:
    words = {
        Status.SICK: _("ziek"),
        Status.PAUSED: _("telt nu niet mee"),
        Status.RECOVERED: _("hersteld"),
        Status.CLOSED: _("gesloten"),
    }
    return _select(
        "status", _("Status"), _("alles wat loopt"), {one: words[one] for one in offered.statuses}, asked
    )


def _pressing(asked: ListQuery, offered: Offered) -> Select:
    words = {Pressing.LATE.value: _("te laat"), Pressing.THIS_WEEK.value: _("deze week")}
    return _select("termijn", _("Termijn"), _("alle"), words if offered.pressing else {}, asked)


def _of_units(asked: ListQuery, offered: Offered, name: str, label: str) -> Select:
    units = offered.branches if name == "onderdeel" else offered.units
    names = {unit.abbreviation: unit.abbreviation for unit in units}
    return _select(name, label, _("alle"), names if len(names) > 1 or name in asked.given else {}, asked)


def _steps(asked: ListQuery, offered: Offered) -> Select:
    chosen = asked.given.get("stap", "")
    options = tuple(
        Option(code, due_name(code), code == chosen, dutch=code in set(StepId)) for code in offered.steps
    )
    return Select("stap", _("Volgende stap"), _("alle"), options)


def _orders(asked: ListQuery, offered: Offered) -> Select:
    words = {"termijn": _("volgende termijn"), "eerste-ziektedag": _("laatst ziek geworden")}
    options = tuple(Option(name, words[name], name == asked.order) for name in offered.orders)
    return Select("volgorde", _("Volgorde"), "", options)


def _select(name: str, label: str, empty: str, words: Mapping[str, str], asked: ListQuery) -> Select:
    chosen = asked.given.get(name, "")
    return Select(
        name, label, empty, tuple(Option(value, text, value == chosen) for value, text in words.items())
    )
