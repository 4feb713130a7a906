"""The list of courses of a role: one row each, and once for the whole list what is not visible and why.

Must never: link to a dossier by anything but its case number. Read next: `caseload_filters.py`, `urgency.py`,
`hervat.web.work.caseload`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from hervat.course.queries.caseload import CaseRow, NextStep
from hervat.dossiers.queries.rows import Row
from hervat.dossiers.rules.case_number import show_case_number
from hervat.dossiers.rules.vocabulary import Field
from hervat.law.vocabulary import StepId
from hervat.organisation.rules.units import Tree, branch_of
from hervat.register.cells import Hidden, Shown
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item, Role, Scope
from hervat.web.presenters.difference import due_name
from hervat.web.presenters.facts import Said, role_name, say
from hervat.web.presenters.spoken import once_per_language
from hervat.web.presenters.urgency import Urgency, When, urgency_chip, urgency_of, when
from hervat.web.presenters.words import Chip, certainty_text, day_text

WEEKS = 104
_SEARCHED = {Scope.FULL, Scope.CASE}


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a switch."""

    value: str
    text: str
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Closed:
    """A column that is not visible in this role, and why."""

    name: str
    text: str
    source: str
    certainty: str


@dataclass(frozen=True, slots=True)
class WeekView:
    """In which counted week somebody is; `text` instead of it while nothing counts. `bar` goes to `WEEKS`."""

    week: str = ""
    of: str = ""
    bar: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class StepView:
    """What must be done next, who acts, and by when."""

    name: str
    dutch: bool
    who: str
    when: When


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A course of the list. What is hidden in every row alike is None here, and told of once."""

    number: str
    href: str
    name: Said | None
    place: str
    first_sick: Said
    week: WeekView | None
    step: StepView | None
    chip: Chip | None

    @property
    def plain_name(self) -> str:
        """The name where it is one line and all of it, as nearly always; or nothing."""
        said = self.name
        return said.lines[0] if said and len(said.lines) == 1 and not (said.hidden or said.outcome) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTable:
    """The rows, which columns they have, and what stands in none of them."""

    rows: tuple[CaseView, ...]
    named: bool
    weeks: bool
    steps: bool
    closed: tuple[Closed, ...]


def present_courses(permit: Permit, rows: Iterable[CaseRow], units: Tree) -> CaseTable:
    """Format a page of a list of courses."""
    found = tuple(rows)
    first = found[0] if found else None
    return _table(
        tuple(_course(permit, row, units) for row in found),
        (*_columns(first.row), (_("Volgende stap"), first.next)) if first else (),
    )


def present_rows(permit: Permit, rows: Iterable[Row], units: Tree) -> CaseTable:
    """Format dossiers of which the list tells no course: what a search found, or what is closed."""
    found = tuple(rows)
    views = tuple(_bare(row, units) for row in found)
    return _table(views, _columns(found[0]) if found else ())


def search_options(permit: Permit, chosen: str = "") -> tuple[Option, ...]:
    """Return by what somebody may search: only what may be seen in full."""
    usual = [
        *([_("naam")] if may_search(permit, Item.NAME_AND_ADDRESS) else []),
        _("casenummer"),
        *([_("werknemersnummer")] if may_search(permit, Item.EMPLOYEE_ID) else []),
    ]
    both = _(" of ").join([", ".join(usual[:-1]), usual[-1]]) if len(usual) > 1 else usual[0]
    bsn = [Option(Item.BSN.value, _("BSN"), chosen == Item.BSN)]
    return (Option("", both, not chosen), *(bsn if may_search(permit, Item.BSN) else []))


def may_search(permit: Permit, item: Item) -> bool:
    """Return whether somebody may search by an item: only what may be seen in full."""
    return permit.scope(item) in _SEARCHED


def who_acts(step: NextStep) -> str:
    """Return who acts on a step, always as the register calls them."""
    return _who_acts(step.role, step.also)


@once_per_language
def _who_acts(role: Role, also: Role | None) -> str:
    return _(" en ").join(role_name(one) for one in (role, also) if one)


def place_text(unit: UUID, units: Tree) -> str:
    """Return where somebody belongs: the part of Defence and the unit."""
    found = units.get(unit)
    if found is None:
        return _("onbekende eenheid")
    part = branch_of(unit, units)
    return found.abbreviation if part in {None, found} else f"{part.abbreviation} · {found.abbreviation}"


def row_chip(row: CaseRow, permit: Permit) -> Chip | None:
    """Return how pressing a course is: late before this week before who it waits for."""
    step = row.next.value if isinstance(row.next, Shown) else None
    if isinstance(row.late, Shown) and row.late.value:
        return urgency_chip(Urgency.LATE)
    if isinstance(row.recovered_on, Shown) and row.recovered_on.value and step is None:
        return Chip("good i-yes", _("hersteld"))
    if isinstance(row.next, Hidden):
        return None
    if step is None:
        return urgency_chip(Urgency.ON_TRACK)
    if urgency_of(step.due_on, permit.on) is not Urgency.ON_TRACK:
        return urgency_chip(Urgency.THIS_WEEK)
    mine = permit.role in {step.role, step.also}
    return urgency_chip(Urgency.ON_TRACK if mine else Urgency.WAITING)


def present_week(row: CaseRow) -> WeekView | None:
    """Return in which week somebody is, or None where that may not be seen."""
    if not isinstance(row.week, Shown) or not isinstance(row.recovered_on, Shown):
        return None
    if row.recovered_on.value is not None:
        return WeekView(text=_("hersteld op %(day)s") % {"day": day_text(row.recovered_on.value)})
    if row.week.value is None:
        return WeekView(text=_("telt nu niet mee"))
    return WeekView(str(row.week.value), _("van %(most)s") % {"most": WEEKS}, min(row.week.value, WEEKS))


def _table(views: tuple[CaseView, ...], columns: Iterable[tuple[str, object]]) -> CaseTable:
    return CaseTable(
        rows=views,
        named=any(view.name is not None for view in views),
        weeks=any(view.week is not None for view in views),
        steps=any(view.step is not None or view.chip is not None for view in views),
        closed=_closed(columns),
    )


def _course(permit: Permit, one: CaseRow, units: Tree) -> CaseView:
    step = one.next.value if isinstance(one.next, Shown) else None
    return _bare(
        one.row,
        units,
        week=present_week(one),
        step=_step(step, permit) if step else None,
        chip=row_chip(one, permit),
    )


def _bare(
    row: Row,
    units: Tree,
    *,
    week: WeekView | None = None,
    step: StepView | None = None,
    chip: Chip | None = None,
) -> CaseView:
    number = row.case_number.value if isinstance(row.case_number, Shown) else None
    shown = show_case_number(number) if number else ""
    name = say(row.facts.get(Field.NAME))
    unit = row.unit.value if isinstance(row.unit, Shown) else None
    return CaseView(
        number=shown,
        href=reverse("dossier", args=[shown]) if shown else "",
        name=None if name.hidden or name.empty else name,
        place=place_text(unit, units) if unit else "",
        first_sick=say(row.first_sick_on),
        week=week,
        step=step,
        chip=chip,
    )


def _step(step: NextStep, permit: Permit) -> StepView:
    return StepView(
        due_name(step.code), step.code in set(StepId), who_acts(step), when(step.due_on, permit.on)
    )


def _columns(row: Row) -> tuple[tuple[str, object], ...]:
    return (
        (_("Naam"), row.facts.get(Field.NAME)),
        (_("Eenheid"), row.unit),
        (_("Casenummer"), row.case_number),
        (_("Eerste ziektedag"), row.first_sick_on),
    )


def _closed(columns: Iterable[tuple[str, object]]) -> tuple[Closed, ...]:
    """What is hidden is hidden in every row alike: the permit is one."""
    return tuple(
        Closed(name, cell.reason.text, cell.reason.source, certainty_text(cell.reason.certainty))
        for name, cell in columns
        if isinstance(cell, Hidden)
    )


def role_options(roles: Iterable[Role], chosen: Role | None) -> tuple[Option, ...]:
    """Return the roles between which somebody switches."""
    return tuple(Option(one.value, role_name(one), one is chosen) for one in roles)
