"""What stands in the address after the question mark, read into values.

An unknown value is never ignored: a filter that silently does nothing shows somebody the wrong page.
Read next: `views.py`, `presenters/matrix.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from hervat.register.model import PurposeId, Register
from hervat.register.vocabulary import Item, ItemClass, Meanwhile, Role, Use

Closed = TypeVar("Closed", bound=StrEnum)


class Rows(StrEnum):
    """Which rows a visitor wants."""

    ALL = "alles"
    VISIBLE = "toegang"


class Columns(StrEnum):
    """Which roles a visitor wants beside each other."""

    RECIPIENTS = "ontvangers"
    OTHERS = "overige"
    ALL = "alle"


class State(StrEnum):
    """Whether an open point was accepted."""

    OPEN = "open"
    ACCEPTED = "aanvaard"


class UnknownFilter(ValueError):  # noqa: N818 - it names the situation, as the visitor meets it
    """The address names a value that does not exist; carries the ones that do."""

    def __init__(self, name: str, value: str, allowed: Iterable[str]) -> None:
        super().__init__(f"{name}={value}")
        self.name = name
        self.value = value[:60]
        self.allowed = tuple(allowed)


class HiddenFilter(ValueError):  # noqa: N818 - it names the situation, as the visitor meets it
    """The address chooses or sorts by something that the role may not see; carries what that is."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class MatrixQuery:
    """The filters of the matrix page; None means: not filtered."""

    role: Role | None = None
    item: Item | None = None
    item_class: ItemClass | None = None
    purpose: PurposeId | None = None
    use: Use | None = None
    on: date | None = None
    rows: Rows = Rows.ALL
    columns: Columns = Columns.RECIPIENTS


@dataclass(frozen=True, slots=True)
class PointsQuery:
    """The filters of the page with open points."""

    state: State | None = None
    meanwhile: Meanwhile | None = None
    owner: str | None = None


def read_day(values: Mapping[str, str]) -> date | None:
    """Return the day in the address. Raises `UnknownFilter`."""
    given = values.get("datum", "").strip()
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise UnknownFilter("datum", given, ["jjjj-mm-dd"]) from None


def read_matrix_query(values: Mapping[str, str], register: Register, on: date | None) -> MatrixQuery:
    """Read the filters of the matrix page. Raises `UnknownFilter`."""
    purpose = one_of(values, "doel", register.reading.purposes)
    return MatrixQuery(
        role=_role(values, register),
        item=_item(values, register),
        item_class=member_of(values, "klasse", ItemClass),
        purpose=PurposeId(purpose) if purpose else None,
        use=member_of(values, "gebruik", Use),
        on=on,
        rows=member_of(values, "toon", Rows) or Rows.ALL,
        columns=member_of(values, "rollen", Columns) or Columns.RECIPIENTS,
    )


def read_points_query(values: Mapping[str, str], register: Register) -> PointsQuery:
    """Read the filters of the page with open points. Raises `UnknownFilter`."""
    return PointsQuery(
        state=member_of(values, "stand", State),
        meanwhile=member_of(values, "intussen", Meanwhile),
        owner=one_of(values, "wie", owners(register)),
    )


def owners(register: Register) -> tuple[str, ...]:
    """Return who must decide on open points, each once."""
    return tuple(sorted({point.owner for point in register.open_points.values()}))


def _role(values: Mapping[str, str], register: Register) -> Role | None:
    found = one_of(values, "rol", [role.value for role in register.reading.roles])
    return Role(found) if found else None


def _item(values: Mapping[str, str], register: Register) -> Item | None:
    found = one_of(values, "gegeven", [item.value for item in register.reading.items])
    return Item(found) if found else None


def member_of(values: Mapping[str, str], name: str, closed: type[Closed]) -> Closed | None:
    """Return the member that the address names, if any. Raises `UnknownFilter`."""
    found = one_of(values, name, [member.value for member in closed])
    return closed(found) if found else None


def one_of(values: Mapping[str, str], name: str, allowed: Iterable[str]) -> str | None:
    """Return the value in the address, if any. Raises `UnknownFilter`."""
    given = values.get(name, "").strip()
    known = tuple(allowed)
    if not given:
        return None
    if given not in known:
        raise UnknownFilter(name, given, known)
    return given
