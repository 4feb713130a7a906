"""The list of dossiers of a role: one row each, and once for the whole list what is not visible and why.

Must never: link to a dossier by anything but its case number. Read next: `facts.py`, `dossier.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from hervat.dossiers.queries.caseload import Cursor
from hervat.dossiers.queries.rows import Row
from hervat.dossiers.rules.case_number import show_case_number
from hervat.dossiers.rules.vocabulary import Field
from hervat.organisation.queries.standing import unit_tree
from hervat.organisation.rules.units import Tree
from hervat.register.cells import Hidden, Shown
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item, Role, Scope
from hervat.web.presenters.facts import Said, role_name, say
from hervat.web.presenters.words import certainty_text


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
class CaseRow:
    """A dossier of the list."""

    number: str
    href: str
    name: Said
    unit: Said
    branch: Said
    first_sick: Said
    opened: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Caseload:
    """The page. `found` is what was looked for; empty for the list itself."""

    role: str
    role_code: str
    roles: tuple[Option, ...]
    searches: tuple[Option, ...]
    rows: tuple[CaseRow, ...]
    closed: tuple[Closed, ...]
    next_href: str
    later: bool
    searched: bool
    fault: str
    by_assignment: bool


_SEARCHED = {Scope.FULL, Scope.CASE}


def present_caseload(
    permit: Permit,
    roles: Iterable[Role],
    rows: Iterable[Row],
    *,
    after: Cursor | None = None,
    later: bool = False,
    searched: str = "",
    fault: str = "",
) -> Caseload:
    """Format a page of the list, or what a search found."""
    found, units = tuple(rows), unit_tree()
    role = permit.role.value if permit.role else ""
    return Caseload(
        role=role_name(permit.role),
        role_code=role,
        roles=tuple(Option(one.value, role_name(one), one is permit.role) for one in roles),
        searches=search_options(permit, searched),
        rows=tuple(_row(row, units) for row in found),
        closed=_closed(found),
        next_href=f"?rol={role}&na={after.opened_on.isoformat()}.{after.dossier}" if after else "",
        later=later,
        searched=bool(searched),
        fault=fault,
        by_assignment=not permit.units,
    )


def search_options(permit: Permit, chosen: str = "") -> tuple[Option, ...]:
    """Return by what somebody may search: only what may be seen in full."""
    offered = (
        (Item.NAME_AND_ADDRESS, _("naam")),
        (Item.EMPLOYEE_ID, _("werknemersnummer")),
        (Item.BSN, _("BSN")),
    )
    return tuple(
        Option(item.value, text, item.value == chosen)
        for item, text in offered
        if permit.scope(item) in _SEARCHED
    )


def _row(row: Row, units: Tree) -> CaseRow:
    number = row.case_number.value if isinstance(row.case_number, Shown) else None
    shown = show_case_number(number) if number else ""
    return CaseRow(
        number=shown,
        href=reverse("dossier", args=[shown]) if shown else "",
        name=say(row.facts.get(Field.NAME)),
        unit=say(row.unit, units),
        branch=say(row.facts.get(Field.SERVICE_BRANCH)),
        first_sick=say(row.first_sick_on),
        opened=say(row.opened_on),
    )


def _closed(rows: tuple[Row, ...]) -> tuple[Closed, ...]:
    """What is hidden is hidden in every row alike: the permit is one."""
    if not rows:
        return ()
    first = rows[0]
    cells = (
        (_("Naam"), first.facts.get(Field.NAME)),
        (_("Eenheid"), first.unit),
        (_("Casenummer"), first.case_number),
        (_("Eerste ziektedag"), first.first_sick_on),
        (_("Defensieonderdeel"), first.facts.get(Field.SERVICE_BRANCH)),
    )
    return tuple(
        Closed(name, cell.reason.text, cell.reason.source, certainty_text(cell.reason.certainty))
        for name, cell in cells
        if isinstance(cell, Hidden)
    )
