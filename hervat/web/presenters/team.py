"""A team in rows: units with their counts, who is off, and the numbers of what lies below.

Must never: say of a number that is kept back which of the two reasons it is, or add up a column of which one
is kept back. Read next: `caseload.py`, `hervat.web.work.team`, docs/organisation.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hervat.course.queries.caseload import LARGEST_PAGE
from hervat.course.queries.team import SMALLEST_TOLD, Member, TeamView, Trend, UnitCounts
from hervat.dossiers.queries.cells import Cell
from hervat.organisation.rules.units import Tree
from hervat.register.cells import Hidden, Shown
from hervat.register.permit import Permit
from hervat.web.presenters.caseload import CaseTable, CaseView, Option, present_courses, role_options
from hervat.web.presenters.caseload_page import colleague_options, kept_in
from hervat.web.presenters.difference import due_name
from hervat.web.presenters.facts import role_name
from hervat.web.presenters.hours import hours_text
from hervat.web.presenters.words import day_text
from hervat.web.work.looking import Looking

_BELOW = ("running", "late", "this_week", "without_contact")
_COLUMNS = ("off", *_BELOW)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a row; `kept` when it is not told because it is small or gives a small one away."""

    text: str
    css: str = ""
    kept: bool = False


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit with its numbers, in the order of the headings; `href` leads to its people."""

    name: str
    full_name: str
    href: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class UnitTable:
    """Units in numbers; `total` is missing where it would give away what is kept back."""

    headings: tuple[str, ...]
    rows: tuple[UnitRow, ...]
    total: tuple[Number, ...]
    quiet: str


@dataclass(frozen=True, slots=True)
class MemberView:
    """Somebody who is off: the row of the list of courses, and what the page of a team adds."""

    case: CaseView
    hours: str
    before: str
    last_contact: str
    signals: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPage:
    """The page. `reaches` is whether there are people at all; `kept_below` is the rule for numbers."""

    role: str
    role_code: str
    roles: tuple[Option, ...]
    colleagues: tuple[Option, ...]
    instead_of: str
    last_day: str
    on: str
    sentence: str
    reaches: bool
    units: UnitTable
    table: CaseTable
    members: tuple[MemberView, ...]
    hours: bool
    contacts: bool
    states: bool
    more: str
    more_href: str
    below: UnitTable
    smallest: int


def present_team(seen: Looking, found: TeamView) -> TeamPage:
    """Format a team."""
    permit, tree = seen.permit, seen.tree
    table = present_courses(permit, [one.case for one in found.members], tree)
    pairs = zip(table.rows, found.members, strict=True)
    href = f"{reverse('caseload')}?{urlencode(kept_in(permit))}"
    off = sum(_value(one.off) or 0 for one in found.units)
    return TeamPage(
        role=role_name(permit.role),
        role_code=permit.role.value if permit.role else "",
        roles=role_options(seen.roles, permit.role),
        colleagues=colleague_options(seen),
        instead_of=seen.instead_of,
        last_day=day_text(seen.last_day) if seen.last_day else "",
        on=day_text(permit.on),
        sentence=_sentence(found.units, reaches=bool(permit.units)),
        reaches=bool(permit.units),
        units=_reached(permit, found.units, tree, href),
        table=table,
        members=tuple(_member(case, one) for case, one in pairs),
        hours=any(not isinstance(one.hours, Hidden) for one in found.members),
        contacts=any(not isinstance(one.last_contact, Hidden) for one in found.members),
        states=table.steps or any(one.signals for one in found.members),
        more=_more(off - len(found.members)) if len(found.members) >= LARGEST_PAGE else "",
        more_href=href,
        below=_below(found.below, tree),
        smallest=SMALLEST_TOLD,
    )


def _sentence(units: Iterable[UnitCounts], *, reaches: bool) -> str:
    counts = tuple(units)
    if not reaches:
        return _("Uw plaatsing reikt niet tot mensen. U ziet getallen van de eenheden daaronder.")
    off, late, week = (
        sum(_value(getattr(one, name)) or 0 for one in counts) for name in ("off", "late", "this_week")
    )
    if not off:
        return _("Niemand in uw team is nu ziek.")
    people = ngettext("%(count)s mens is ziek", "%(count)s mensen zijn ziek", off) % {"count": off}
    if any(isinstance(one.late, Hidden) for one in counts):
        return f"{people}."
    return _("%(people)s. In %(late)s dossiers is een stap te laat, in %(week)s is er deze week een.") % {
        "people": people,
        "late": late,
        "week": week,
    }


def _reached(permit: Permit, units: Iterable[UnitCounts], tree: Tree, href: str) -> UnitTable:
    counted = sorted(units, key=lambda one: _order(one, tree))
    rows = tuple(_row(one, tree, _href(permit, one, tree, href)) for one in counted)
    silent = len(permit.units) - len(counted)
    words = ngettext(
        "In %(count)s andere eenheid loopt geen dossier.",
        "In %(count)s andere eenheden loopt geen dossier.",
        silent,
    )
    quiet = words % {"count": silent} if silent > 0 and counted else ""
    return _table(counted, rows, quiet=quiet, total=len(counted) > 1)


def _below(units: Iterable[UnitCounts], tree: Tree) -> UnitTable:
    counted = sorted(units, key=lambda one: _order(one, tree))
    whole = all(_value(getattr(one, name)) is not None for one in counted for name in _BELOW)
    rows = tuple(_row(one, tree, "", below=True) for one in counted)
    return _table(counted, rows, total=whole and len(counted) > 1, columns=_BELOW)


def _table(
    counted: list[UnitCounts],
    rows: tuple[UnitRow, ...],
    *,
    total: bool,
    quiet: str = "",
    columns: tuple[str, ...] = _COLUMNS,
) -> UnitTable:
    shown = _shown(counted, columns)
    names = {
        "off": _("Nu ziek"),
        "running": _("Lopend dossier"),
        "late": _("Te laat"),
        "this_week": _("Deze week"),
        "without_contact": _("Zes weken zonder contact"),
    }
    sums = (Number(str(sum(_value(getattr(one, name)) or 0 for one in counted))) for name in shown)
    return UnitTable(tuple(names[name] for name in shown), rows, tuple(sums) if total else (), quiet)


def _shown(counted: list[UnitCounts], columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns that the role may see; what is hidden is hidden in every row alike."""
    return tuple(name for name in columns if counted and not isinstance(getattr(counted[0], name), Hidden))


def _row(one: UnitCounts, tree: Tree, href: str, *, below: bool = False) -> UnitRow:
    unit = tree.get(one.unit)
    numbers = tuple(
        _number(name, getattr(one, name), below) for name in _shown([one], _BELOW if below else _COLUMNS)
    )
    return UnitRow(
        name=unit.abbreviation if unit else _("onbekende eenheid"),
        full_name=unit.name if unit else "",
        href=href,
        numbers=numbers,
    )


def _number(name: str, cell: Cell[int], below: bool) -> Number:
    value = _value(cell)
    if value is not None:
        pressing = {"late": "pressing", "this_week": "soon", "without_contact": "soon"}
        return Number(str(value), pressing.get(name, "") if value else "soft")
    if below and name == "running":
        return Number(_("minder dan %(smallest)s") % {"smallest": SMALLEST_TOLD}, kept=True)
    return Number(_("afgeschermd"), kept=True) if below else Number("–", "soft")


def _href(permit: Permit, one: UnitCounts, tree: Tree, href: str) -> str:
    """Where the people of a unit are listed: with all below it, so only where nothing below is reached."""
    unit = tree.get(one.unit)
    if unit is None or tree.below(one.unit) & permit.units:
        return ""
    return f"{href}&{urlencode({'eenheid': unit.abbreviation})}" if len(permit.units) > 1 else href


def _order(one: UnitCounts, tree: Tree) -> tuple[str, ...]:
    """Each unit after the one it stands under."""
    above = (tree.get(unit) for unit in (one.unit, *tree.above(one.unit)))
    return tuple(reversed([unit.abbreviation for unit in above if unit]))


def _member(case: CaseView, one: Member) -> MemberView:
    trend = one.hours.value if isinstance(one.hours, Shown) else None
    contact = one.last_contact.value if isinstance(one.last_contact, Shown) else None
    return MemberView(
        case=case,
        hours=_("%(hours)s uur") % {"hours": hours_text(trend.now)} if trend else "",
        before=_before(trend) if trend else "",
        last_contact=day_text(contact) if contact else "",
        signals=tuple(due_name(signal.value) for signal in one.signals),
    )


def _before(trend: Trend) -> str:
    if trend.before is None:
        return ""
    if trend.before == trend.now:
        return _("gelijk gebleven")
    return _("eerst %(hours)s") % {"hours": hours_text(trend.before)}


def _more(rest: int) -> str:
    return ngettext("en nog %(count)s", "en nog %(count)s", rest) % {"count": rest} if rest > 0 else ""


def _value(cell: Cell[int]) -> int | None:
    return cell.value if isinstance(cell, Shown) else None
