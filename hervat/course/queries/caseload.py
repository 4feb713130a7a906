"""A list of courses that run: by next day, by first sick day or by opening, with filters and counters.

A page goes on where the last one ended, so the last page costs what the first does. What is sorted or chosen
by is shown too, or it is refused: an order tells what stands behind it. Closed dossiers stand in the list of
the dossiers. Must never: sort or choose by what the permit hides. Read next: `lists.py`, `due.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any, Final
from uuid import UUID

from django.db import connection

from hervat.course.queries.lists import ALL_STEPS, codes_known, rows_by_id, standings
from hervat.course.queries.reading import cell, why_not
from hervat.course.rules.knowing import DATES
from hervat.course.rules.week import last_of_week
from hervat.dossiers.queries.cells import Cell
from hervat.dossiers.queries.chosen import Reach, reach_of
from hervat.dossiers.queries.lines import met
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.queries.rows import Row
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record as record_lines
from hervat.journal.rules.line import Effect, Manner
from hervat.register.cells import Hidden
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Operation, Role

LARGEST_PAGE: Final = 50
COUNTED_TO: Final = 1000
_WEEK: Final = 7
_NO_CHOICE: Final = "Op een gegeven dat u niet mag zien, kunt u niet sorteren of kiezen."


class Sort(Enum):
    """By what a list is sorted: the column, and the first first or the last first."""

    NEXT_DUE = ("next_due_on", "ASC")
    FIRST_SICK = ("first_sick_on", "DESC")


class State(Enum):
    """How a course that runs stands; `OFF` is whoever is not fit again, also while nothing counts."""

    SICK = "ziek"
    PAUSED = "telt-niet"
    RECOVERED = "hersteld"
    OFF = "afwezig"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a list is chosen by; None chooses nothing. Weeks are counted, both included."""

    state: State | None = None
    units: frozenset[UUID] | None = None
    step: str | None = None
    role: Role | None = None
    from_week: int | None = None
    to_week: int | None = None
    late: bool = False
    this_week: bool = False


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ended: the day it is sorted by, and the dossier."""

    day: date
    dossier: UUID


@dataclass(frozen=True, slots=True)
class NextStep:
    """What must be done next, by whom, by when; `limit` is the day after which it is late."""

    code: str
    role: Role
    also: Role | None
    due_on: date
    limit: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """A course in a list. `week` is None while nothing counts; `late` is how many steps are."""

    row: Row
    week: Cell[int]
    recovered_on: Cell[date]
    next: Cell[NextStep]
    late: Cell[int]


@dataclass(frozen=True, slots=True)
class Counters:
    """How many courses run, are late, have a step this week, and are fit; each up to a thousand.

    `chosen` is how many the filters of a list leave.
    """

    running: Cell[int]
    late: Cell[int]
    this_week: Cell[int]
    recovered: Cell[int]
    chosen: Cell[int]


@dataclass(frozen=True, slots=True)
class CasePage:
    """A page of a list, where the next begins (None on the last), and the counters where those were asked.

    `awaiting` are dossiers of the list without a course, as no sickness was recorded; with the counters.
    """

    rows: tuple[CaseRow, ...]
    after: Cursor | None
    counters: Counters | None = None
    awaiting: tuple[Row, ...] = ()


_COLUMNS: Final = "standing.dossier_id, standing.{day}, standing.counted_from, standing.recovered_on"
# Raw SQL: up to so many units each is walked along its own index, and cut off before they are merged.
_OF_FEW_UNITS: Final = """
SELECT found.* FROM unnest(%(scope)s::uuid[]) AS unit (id) CROSS JOIN LATERAL (
    SELECT {columns} FROM course_standing AS standing
    WHERE standing.unit_id = unit.id AND {chosen} ORDER BY {order} LIMIT %(limit)s
) AS found ORDER BY {merged} LIMIT %(limit)s
"""
_OF_OTHERS: Final = """
SELECT {columns} FROM {source} WHERE {within} AND {chosen}
ORDER BY {order} LIMIT %(limit)s
"""
_NEXT: Final = """
SELECT page.*, next.* FROM ({page}) AS page LEFT JOIN LATERAL (
    SELECT min(due_on), (array_agg(code ORDER BY due_on, code))[1],
        (array_agg(role ORDER BY due_on, code))[1], (array_agg(also_role ORDER BY due_on, code))[1],
        (array_agg(coalesce(legal_limit, due_on) ORDER BY due_on, code))[1],
        count(*) FILTER (WHERE coalesce(legal_limit, due_on) < %(on)s)
    FROM course_due AS due
    WHERE due.dossier_id = page.dossier_id AND state = 'open' AND kind <> 'signaal' AND code = ANY(%(codes)s)
    OFFSET 0
) AS next ON true ORDER BY page.{day} {way}, page.dossier_id {way}
"""
_COUNT: Final = (
    "(SELECT count(*) FROM (SELECT FROM {source} WHERE {within} AND {chosen} LIMIT {most}) AS found)"
)


def caseload(
    permit: Permit,
    *,
    filters: Filters | None = None,
    sort: Sort = Sort.FIRST_SICK,
    after: Cursor | None = None,
    page_size: int = LARGEST_PAGE,
    counted: bool = False,
) -> CasePage:
    """Return a page of the courses of a permit's list, and log whom it showed; with counters if asked.

    Raises `NotPermitted` for a permit without a list, and for a filter or sort by what it hides.
    """
    chosen = filters or Filters()
    demand_choosable(permit, chosen, sort)
    size = max(1, min(page_size, LARGEST_PAGE))
    act = act_of(permit, Operation.LIST_CASELOAD, Effect.READ)
    with permitted(permit):
        whole = reach_of(permit)
        reach = _within(whole, chosen)
        numbers = _counters(permit, whole, chosen) if counted else None
        found = page_of(permit, reach, chosen, sort, after, size + 1 + reach.own)
        first = counted and after is None and chooses_by(permit, DATES)
        asked = [one[0] for one in found]
        rows, items = rows_by_id(permit, asked, awaiting=first)
        there = [one for one in found if one[0] in rows]
        page = there[:size]
        views = views_of(permit, page, rows)
        seen = items | seen_of(permit)
        without = tuple(row for one, row in rows.items() if one not in asked)
        shown = (*(one.row for one in views), *without)
        record_lines(act, [met(row.person, row.dossier, seen, Manner.LISTED) for row in shown])
    more = len(there) > size
    return CasePage(views, Cursor(page[-1][1], page[-1][0]) if more else None, numbers, without)


def counters(permit: Permit) -> Counters:
    """Return how many courses stand how in a permit's list, and log that it was counted."""
    act = act_of(permit, Operation.LIST_CASELOAD, Effect.READ)
    with permitted(permit):
        reach = reach_of(permit)
        found = _counters(permit, reach, Filters())
        record_lines(act)
    return found


def _counters(permit: Permit, reach: Reach, filters: Filters) -> Counters:
    conditions, asked = _chosen(filters, permit.on)
    source, within, values = standings(permit, reach)
    fit = _OF_STATE[State.RECOVERED]
    counted = ("true", _LATE, _THIS_WEEK, fit, " AND ".join(conditions) or "true")
    parts = [_COUNT.format(source=source, within=within, chosen=one, most=COUNTED_TO) for one in counted]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", asked | values)
        running, late, soon, fit, chosen = cursor.fetchone()
    hidden = _no_steps(permit)
    return Counters(
        running=cell(permit, [Item.CASE_NUMBER], running),
        late=hidden or cell(permit, [DATES], late),
        this_week=hidden or cell(permit, [DATES], soon),
        recovered=cell(permit, [DATES], fit),
        chosen=cell(permit, [Item.CASE_NUMBER], chosen),
    )


def sorts_of(permit: Permit) -> tuple[Sort, ...]:
    """Return the orders that a permit allows: by what it shows of every row."""
    found = [Sort.FIRST_SICK] if why_not(permit, [DATES]) is None else []
    return (*([Sort.NEXT_DUE] if _no_steps(permit) is None else []), *found)


def chooses_by(permit: Permit, *items: Item) -> bool:
    """Return whether a permit lets a list be chosen by what tells of these items."""
    return why_not(permit, items) is None


def demand_choosable(permit: Permit, filters: Filters, sort: Sort) -> None:
    """Raise `NotPermitted` for a filter or sort by what a permit hides."""
    by_next = filters.late or filters.this_week or filters.role is not None
    items: frozenset[Item] = frozenset()
    if filters.state is not None or filters.from_week is not None or filters.to_week is not None:
        items |= {DATES}
    if filters.units is not None:
        items |= {Item.UNIT}
    sorts = sorts_of(permit)
    chooses = filters.step is None or filters.step in steps_of(permit)
    if sort not in sorts or (by_next and Sort.NEXT_DUE not in sorts) or not chooses:
        raise NotPermitted(_NO_CHOICE)
    if not chooses_by(permit, *items):
        raise NotPermitted(_NO_CHOICE)


def steps_of(permit: Permit) -> tuple[str, ...]:
    """Return the steps by which a permit lets a list be chosen: those it lets be known."""
    return codes_known(permit) if chooses_by(permit, DATES) else ()


def _no_steps(permit: Permit) -> Hidden | None:
    """Return why nothing of what comes next may be known, or None where something may."""
    return why_not(permit, [DATES]) or (None if codes_known(permit) else why_not(permit, ALL_STEPS))


def _within(reach: Reach, filters: Filters) -> Reach:
    if filters.units is None or not reach.units:
        return reach
    return Reach(units=tuple(unit for unit in reach.units if unit in filters.units), own=reach.own)


def page_of(
    permit: Permit, reach: Reach, filters: Filters, sort: Sort, after: Cursor | None, limit: int
) -> list[Sequence[Any]]:
    """Return which dossiers a page of a list holds, in its order; runs inside `permitted`."""
    day, way = sort.value
    conditions, asked = _chosen(filters, permit.on)
    if after is not None:
        sign = ">" if way == "ASC" else "<"
        conditions.append(f"(standing.{day}, standing.dossier_id) {sign} (%(day)s, %(dossier)s)")
        asked |= {"day": after.day, "dossier": after.dossier}
    source, within, values = standings(permit, reach)
    by_unit = bool(reach.units) and reach.few_units and "known" not in values
    statement = (_OF_FEW_UNITS if by_unit else _OF_OTHERS).format(
        columns=_COLUMNS.format(day=day),
        source=source,
        within=within,
        chosen=" AND ".join(conditions) or "true",
        order=f"standing.{day} {way}, standing.dossier_id {way}",
        merged=f"found.{day} {way}, found.dossier_id {way}",
    )
    asked |= {"limit": limit, "codes": list(codes_known(permit))}
    with connection.cursor() as cursor:
        cursor.execute(_NEXT.format(page=statement, day=day, way=way), asked | values)
        return list(cursor.fetchall())


def _chosen(filters: Filters, on: date) -> tuple[list[str], dict[str, Any]]:
    """Return the conditions of a filter, on `standing`, and their values."""
    conditions: list[str] = []
    asked: dict[str, Any] = {"on": on, "until": last_of_week(on)}
    if filters.state is not None:
        conditions.append(_OF_STATE[filters.state])
    if filters.step is not None:
        conditions.append("standing.next_code = %(step)s")
    if filters.role is not None:
        conditions.append("standing.next_role = %(next_role)s")
    if filters.late:
        conditions.append(_LATE)
    if filters.this_week:
        conditions.append(_THIS_WEEK)
    if filters.units is not None:
        conditions.append("standing.unit_id = ANY(%(units)s)")
        asked["units"] = list(filters.units)
    if filters.from_week is not None:
        conditions.append("standing.counted_from <= %(from_week)s")
    if filters.to_week is not None:
        conditions.append("standing.counted_from >= %(to_week)s")
    asked |= {"step": filters.step, "next_role": filters.role.value if filters.role else None}
    asked |= {"from_week": _counted_from(on, (filters.from_week or 1) - 1, first=True)}
    asked |= {"to_week": _counted_from(on, filters.to_week or 1, first=False)}
    return conditions, asked


_LATE: Final = "standing.late_from < %(on)s AND standing.next_due_on < %(on)s"
_THIS_WEEK: Final = "standing.next_due_on BETWEEN %(on)s AND %(until)s"
_OF_STATE: Final[Mapping[State, str]] = {
    State.SICK: "standing.counted_from IS NOT NULL",
    State.PAUSED: "standing.counted_from IS NULL AND standing.recovered_on IS NULL",
    State.RECOVERED: "standing.recovered_on IS NOT NULL",
    State.OFF: "standing.recovered_on IS NULL",
}


def _counted_from(on: date, weeks: int, *, first: bool) -> date:
    """Return since when somebody counts who is on the first day after, or the last day of, so many weeks.

    >>> _counted_from(date(2026, 11, 23), 0, first=True), _counted_from(date(2026, 11, 23), 1, first=False)
    (datetime.date(2026, 11, 23), datetime.date(2026, 11, 17))
    """
    days = weeks * _WEEK + (1 if first else 0)
    return on - timedelta(days=days - 1)


def views_of(permit: Permit, page: Sequence[Sequence[Any]], rows: Mapping[UUID, Row]) -> tuple[CaseRow, ...]:
    """Return what a page of a list shows of each dossier; runs inside `permitted`."""
    hidden = _no_steps(permit)
    return tuple(_view(permit, one, rows[one[0]], hidden) for one in page)


def _view(permit: Permit, one: Sequence[Any], row: Row, hidden: Hidden | None) -> CaseRow:
    _, _, counted_from, recovered_on, due_on, code, role, also, limit, late = one
    week = None if counted_from is None else ((permit.on - counted_from).days + _WEEK) // _WEEK
    step = None
    if due_on is not None:
        step = NextStep(code, Role(role), Role(also) if also else None, due_on, limit)
    return CaseRow(
        row=row,
        week=cell(permit, [DATES], week),
        recovered_on=cell(permit, [DATES], recovered_on),
        next=hidden or cell(permit, [DATES], step),
        late=hidden or cell(permit, [DATES], late),
    )


def seen_of(permit: Permit) -> frozenset[Item]:
    """Return the items that what comes next tells of."""
    return frozenset(item for item in ALL_STEPS if why_not(permit, [item]) is None)
