"""The matrix page: who may see what, as one table, with the filters above it.

Formatted once per version, acceptances, day, language and filter; see `OnShow`.
Read next: `access.py` (one cell), `lines.py` (one role or one item), `why.py` (one reason).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hervat.register.model import ItemReading, Register
from hervat.register.vocabulary import Cell, Item, ItemClass, Role
from hervat.web.filters import Columns, MatrixQuery, Rows
from hervat.web.presenters.access import Access, access, address, columns_of
from hervat.web.presenters.why import Why, point_link, present_why
from hervat.web.presenters.words import Chip, Link, cell_chip, class_chip, gap_chip
from hervat.web.source import OnShow

CELL = '<td><a class="chip {}" href="{}"{}>{}{}</a></td>'
EXPANDED = mark_safe(' aria-expanded="true"')
SEAMS = ("deskundige", "arts BMB", "voering")
SPECIAL = {ItemClass.SPECIAL, ItemClass.MEDICAL}


@dataclass(frozen=True, slots=True)
class RowView:
    """An item with its cells, ready to print; `why` is the reason asked for, if it is of this row."""

    code: str
    name: str
    href: str
    chip: Chip | None
    cells: SafeString
    why: Why | None


@dataclass(frozen=True, slots=True)
class SectionView:
    """A group of rows: of whom, and of which kind."""

    title: str
    dutch: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A role: its short and full name, where its own list is, and how much it may."""

    code: str
    short: str
    name: str
    href: str
    counts: tuple[tuple[Chip, int], ...]


@dataclass(frozen=True, slots=True)
class MatrixView:
    """The table."""

    columns: tuple[ColumnView, ...]
    sections: tuple[SectionView, ...]
    items: int
    width: int
    legend: tuple[Chip, ...]
    crowded: bool
    allowed: int
    waiting: int
    waits_for: tuple[tuple[Link, int], ...]


@lru_cache(maxsize=64)
def present_matrix(show: OnShow, query: MatrixQuery) -> MatrixView:
    """Format the table for these filters."""
    roles = columns_of(show.register, query.columns)
    table = {
        item: {role: access(show, query, role, item) for role in roles}
        for item in items_of(show.register, query)
    }
    if query.rows is Rows.VISIBLE:
        table = {item: row for item, row in table.items() if any(_something(cell) for cell in row.values())}
    waiting = [cell.waits_for.id for row in table.values() for cell in row.values() if cell.waits_for]
    by_id = show.register.open_points
    sections = tuple(
        SectionView(kind, subjects, tuple(_row(show, query, item, table[item]) for item in items))
        for (kind, subjects), items in _sections(show.register, table).items()
    )
    return MatrixView(
        columns=tuple(_column(show, query, role, [row[role] for row in table.values()]) for role in roles),
        sections=sections,
        items=len(table),
        width=len(roles) + 1,
        legend=(*(cell_chip(cell) for cell in Cell), gap_chip()),
        crowded=len(roles) > 11,
        allowed=sum(cell.allowed for row in table.values() for cell in row.values()),
        waiting=len(waiting),
        waits_for=tuple((point_link(by_id[code]), count) for code, count in Counter(waiting).most_common(3)),
    )


def items_of(register: Register, query: MatrixQuery) -> tuple[Item, ...]:
    """Return the items the filters leave; those on the users of the system only beside their roles."""
    return tuple(
        item
        for item, reading in register.reading.items.items()
        if (query.item_class is None or reading.item_class is query.item_class)
        and (query.purpose is None or query.purpose in register.group(item).purposes)
        and (query.columns is not Columns.RECIPIENTS or register.entry_of(item) is register.entry)
    )


def _sections(register: Register, items: Iterable[Item]) -> dict[tuple[str, str], list[Item]]:
    found: dict[tuple[str, str], list[Item]] = {}
    ordered = sorted(items, key=lambda item: register.reading.items[item].open_point is not None)
    for item in ordered:
        found.setdefault(_section(register, register.reading.items[item]), []).append(item)
    return found


def _section(register: Register, reading: ItemReading) -> tuple[str, str]:
    if reading.open_point is not None:
        return _("Gegevens achter een open punt: het register noemt ze niet"), ""
    subjects = register.group(reading.item).subjects
    if reading.item_class in SPECIAL:
        return _("Bijzondere gegevens"), subjects
    return _("Gewone gegevens"), subjects


def _row(show: OnShow, query: MatrixQuery, item: Item, row: dict[Role, Access]) -> RowView:
    reading = show.register.reading.items[item]
    asked = query.item is item and query.role is not None
    return RowView(
        code=item.value,
        name=reading.name,
        href=address(query, role=None, item=item),
        chip=class_chip(reading.item_class) if reading.item_class is not ItemClass.BSN else None,
        # Some 470 cells: as template nodes they would be most of the time of the page
        cells=format_html_join("", CELL, (_cell(query, role, item, cell) for role, cell in row.items())),
        why=present_why(show, query, query.role, item) if asked and query.role else None,
    )


def _cell(query: MatrixQuery, role: Role, item: Item, found: Access) -> tuple[str, str, str, str, str]:
    """Return the values of `CELL`; the open cell closes again, and leads back to its row."""
    expanded = query.role is role and query.item is item
    return (
        f"{found.chip.css} waits" if found.waits_for else found.chip.css,
        address(query, role=None, item=None, anchor=f"#{item}")
        if expanded
        else address(query, role=role, item=item, anchor="#waarom"),
        EXPANDED if expanded else "",
        found.chip.text,
        format_html('<span class="sr">, {}</span>', _("wacht")) if found.waits_for else "",
    )


def _column(show: OnShow, query: MatrixQuery, role: Role, cells: list[Access]) -> ColumnView:
    reading = show.register.reading.roles[role]
    counted = Counter(cell.chip for cell in cells if cell.allowed)
    return ColumnView(
        code=role.value,
        short=reading.abbreviation,
        name=_with_seams(reading.name),
        href=address(query, role=role, item=None),
        counts=tuple(counted.most_common()),
    )


def _with_seams(name: str) -> str:
    """Return the name with soft hyphens: browsers seldom know how Dutch compounds break."""
    for part in SEAMS:
        name = name.replace(part, "\u00ad" + part)
    return name


def _something(cell: Access) -> bool:
    return cell.allowed or cell.waits_for is not None
