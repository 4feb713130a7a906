"""What stands in the address of a list of courses, read into filters, an order and a place.

A value that does not exist, and one by what the role may not see, are each refused in words of their own: a
filter that silently does nothing shows somebody the wrong list. Must never: hold a name or a number of
anybody. Read next: `caseload.py`, `../filters.py`, `../presenters/caseload_filters.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from hervat.course.queries.caseload import Cursor, Filters, Sort, State, chooses_by, sorts_of, steps_of
from hervat.course.rules.knowing import DATES
from hervat.dossiers.queries.caseload import SEE_CLOSED
from hervat.organisation.rules.units import Tree, Unit, UnitKind, branch_of
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item
from hervat.web.filters import HiddenFilter, UnknownFilter, member_of, one_of

LAST_WEEK: Final = 260
_ORDERS: Final = {"termijn": Sort.NEXT_DUE, "eerste-ziektedag": Sort.FIRST_SICK}


class Status(StrEnum):
    """How a course stands, as somebody chooses it."""

    SICK = "ziek"
    PAUSED = "telt-niet"
    RECOVERED = "hersteld"
    CLOSED = "gesloten"


class Pressing(StrEnum):
    """Which next days somebody wants to see."""

    LATE = "te-laat"
    THIS_WEEK = "deze-week"


ADDRESS: Final = ("status", "termijn", "stap", "onderdeel", "eenheid", "van-week", "tot-week", "volgorde")
"""What may stand in an address, beside role, colleague and place."""


@dataclass(frozen=True, slots=True)
class Offered:
    """By what a permit lets a list be chosen and sorted."""

    statuses: tuple[Status, ...]
    pressing: bool
    steps: tuple[str, ...]
    branches: tuple[Unit, ...]
    units: tuple[Unit, ...]
    weeks: bool
    orders: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuery:
    """A question for a list. `order` is None where nothing can be sorted by; `given` is its address."""

    filters: Filters
    closed: bool
    order: str
    given: Mapping[str, str]

    @property
    def sort(self) -> Sort | None:
        """The order, or nothing for a list that has none of its own."""
        return _ORDERS.get(self.order)

    @property
    def filtered(self) -> bool:
        """Whether anything is chosen by."""
        return bool({*self.given} - {"volgorde"})


def offered_to(permit: Permit, tree: Tree) -> Offered:
    """Return by what a permit lets a list be chosen and sorted."""
    dates, sorts = chooses_by(permit, DATES), sorts_of(permit)
    running = (Status.SICK, Status.PAUSED, Status.RECOVERED) if dates else ()
    closed = (Status.CLOSED,) if permit.authority in SEE_CLOSED else ()
    units = _units(permit, tree) if chooses_by(permit, Item.UNIT) else ()
    return Offered(
        statuses=(*running, *closed),
        pressing=Sort.NEXT_DUE in sorts,
        steps=steps_of(permit),
        branches=_branches(permit, units, tree) if chooses_by(permit, Item.UNIT) else (),
        units=units if len(units) > 1 else (),
        weeks=dates,
        orders=tuple(name for name, sort in _ORDERS.items() if sort in sorts),
    )


def read_list(values: Mapping[str, str], offered: Offered, tree: Tree) -> ListQuery:
    """Read the address of a list. Raises `UnknownFilter`, and `HiddenFilter` for what may not be seen."""
    given = {name: values[name].strip() for name in ADDRESS if values.get(name, "").strip()}
    status, pressing = member_of(given, "status", Status), member_of(given, "termijn", Pressing)
    _demand_offered(given, status, offered)
    order = one_of(given, "volgorde", offered.orders) or next(iter(offered.orders), "")
    filters = Filters(
        state=State(status.value) if status and status is not Status.CLOSED else None,
        units=_chosen_units(given, offered, tree),
        step=one_of(given, "stap", offered.steps),
        from_week=_week(given, "van-week"),
        to_week=_week(given, "tot-week"),
        late=pressing is Pressing.LATE,
        this_week=pressing is Pressing.THIS_WEEK,
    )
    return ListQuery(filters=filters, closed=status is Status.CLOSED, order=order, given=given)


def read_place(values: Mapping[str, str]) -> tuple[date, UUID] | None:
    """Return after which row of the list a page begins. What is none raises 404."""
    given = values.get("na", "")
    if not given:
        return None
    day, _dot, dossier = given.partition(".")
    try:
        return date.fromisoformat(day), UUID(dossier)
    except ValueError:
        raise Http404(_("Deze bladzijde van de lijst bestaat niet.")) from None


def place_of(after: Cursor) -> str:
    """Return a place as it stands in an address."""
    return f"{after.day.isoformat()}.{after.dossier}"


def _demand_offered(given: Mapping[str, str], status: Status | None, offered: Offered) -> None:
    hidden = {
        "status": status is not None and status not in offered.statuses,
        "termijn": not offered.pressing,
        "stap": not offered.steps,
        "onderdeel": not offered.branches,
        "van-week": not offered.weeks,
        "tot-week": not offered.weeks,
        "volgorde": given.get("volgorde") in _ORDERS and given["volgorde"] not in offered.orders,
    }
    for name, is_hidden in hidden.items():
        if name in given and is_hidden:
            raise HiddenFilter(name)


def _units(permit: Permit, tree: Tree) -> tuple[Unit, ...]:
    found = (tree.get(unit) for unit in permit.units)
    return tuple(sorted((unit for unit in found if unit), key=lambda unit: unit.abbreviation))


def _branches(permit: Permit, units: Iterable[Unit], tree: Tree) -> tuple[Unit, ...]:
    """The parts of Defence of the units of a list; of assignments, which may lie anywhere, all of them."""
    if not permit.units:
        every = (unit for unit in tree.units.values() if unit.kind is UnitKind.SERVICE_BRANCH)
    else:
        every = (branch for unit in units if (branch := branch_of(unit.id, tree)))
    return tuple(sorted(set(every), key=lambda unit: unit.abbreviation))


def _chosen_units(given: Mapping[str, str], offered: Offered, tree: Tree) -> frozenset[UUID] | None:
    """The units that are chosen, each with all below it; both filters at once leave what fits both."""
    chosen = []
    for name, units in (("onderdeel", offered.branches), ("eenheid", offered.units)):
        known = {unit.abbreviation: unit for unit in units}
        abbreviation = one_of(given, name, known)
        if abbreviation:
            unit = known[abbreviation].id
            chosen.append(frozenset({unit}) | tree.below(unit))
    return frozenset.intersection(*chosen) if chosen else None


def _week(given: Mapping[str, str], name: str) -> int | None:
    text = given.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= LAST_WEEK and len(text) <= 4):
        raise UnknownFilter(name, text, [f"1 – {LAST_WEEK}"])
    return int(text)
