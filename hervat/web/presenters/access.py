"""What a role may do with an item, as the matrix shows it: the decision, never the cell alone.

A cell of the reading counts only when `decide` allows it for some purpose on that day; until then it
is shown as waiting for an open point. Read next: `matrix.py`, `why.py`.
"""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from hervat.register.decisions import Allowed, Decision, Gap
from hervat.register.model import OpenPoint, PurposeId, Reason, Register
from hervat.register.vocabulary import Cell, Item, Role, Use
from hervat.web.filters import Columns, MatrixQuery, Rows
from hervat.web.presenters.words import Chip, cell_chip, gap_chip
from hervat.web.source import OnShow


@dataclass(frozen=True, slots=True)
class Access:
    """What a role may do with an item under the filters: how it looks, and whether it waits."""

    chip: Chip
    allowed: bool
    waits_for: OpenPoint | None


def access(show: OnShow, query: MatrixQuery, role: Role, item: Item) -> Access:
    """Return what the register decides for this role and item, over the purposes asked about."""
    made = [
        show.decisions.decide(role, item, query.use or Use.READ, purpose, show.on)
        for purpose in purposes_of(show.register, query, item)
    ]
    cell = show.register.reading.items[item].cells.get(role, Cell.NOTHING)
    if any(isinstance(decision, Allowed) for decision in made):
        return Access(cell_chip(cell), True, None)
    waits_for = first_gap(made)
    if waits_for is None:
        return Access(cell_chip(Cell.NOTHING), False, None)
    return Access(gap_chip() if cell is Cell.NOTHING else cell_chip(cell), False, waits_for)


def first_gap(made: list[Decision]) -> OpenPoint | None:
    """Return the first open point among decisions."""
    return next((decision.open_point for decision in made if isinstance(decision, Gap)), None)


def purposes_of(register: Register, query: MatrixQuery, item: Item) -> tuple[PurposeId, ...]:
    """Return the purposes asked about: the one of the filter, or all that the item is kept for."""
    return (query.purpose,) if query.purpose else register.group(item).purposes


def reason_for(register: Register, role: Role, item: Item) -> Reason:
    """Return why our reading gives this role this cell."""
    reason = register.reading.items[item].reasons.get(role)
    return reason or register.reading.roles[role].why_not


def columns_of(register: Register, columns: Columns) -> tuple[Role, ...]:
    """Return the roles beside each other: the recipients in the order of the entry, or the others."""
    recipients = tuple(recipient.role for recipient in register.entry.recipients)
    others = tuple(role for role in register.reading.roles if role not in recipients)
    return {
        Columns.RECIPIENTS: recipients,
        Columns.OTHERS: others,
        Columns.ALL: recipients + others,
    }[columns]


def address(query: MatrixQuery, *, role: Role | None, item: Item | None, anchor: str = "") -> str:
    """Return the address of the matrix page with the same filters, for another role or item."""
    values = {
        "rol": role,
        "gegeven": item,
        "klasse": query.item_class,
        "doel": query.purpose,
        "gebruik": query.use,
        "datum": _iso(query.on),
        "toon": query.rows if query.rows is not Rows.ALL else None,
        "rollen": query.columns if query.columns is not Columns.RECIPIENTS else None,
    }
    return "?" + urlencode({name: value for name, value in values.items() if value}) + anchor


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
