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

from hervat.course.queries.lists import ALL_STEPS, codes_known, rows_by_id, scoped
from hervat.course.queries.reading import cell, why_not
from hervat.course.rules.knowing import DATES
from hervat.dossiers.queries.cells import Cell
from hervat.dossiers.queries.chosen import Reach, reach_of
from hervat.dossiers.queries.lines import met
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.queries.rows import Row
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record as record_lines
from hervat.journal.rules.line import Effect, Manner
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Operation, Role

LARGEST_PAGE: Final = 50
COUNTED_TO: Final = 1000
_WEEK: Final = 7


class Sort(Enum):
    """By what a list is sorted: the column, and the first first or the last first."""

    NEXT_DUE = ("next_due_on", "ASC")
    FIRST_SICK = ("first_sick_on", "DESC")


class State(Enum):
    """How a course that runs stands."""

    SICK = "ziek"
    PAUSED = "telt-niet"
    RECOVERED = "hersteld"


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


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ended: the day it is sorted by, and the dossier."""

    day: date
    dossier: UUID


@dataclass(frozen=True, slots=True)
class NextStep:
    """What must be done next, by whom, by when."""

    code: str
    role: Role
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """A course in a list. `week` is None while nothing counts; `late` is how many steps are."""

    row: Row
    week: Cell[int]
    recovered_on: Cell[date]
    next: Cell[NextStep]
    late: Cell[int]


@dataclass(frozen=True, slots=True)
class CasePage:
    """A page of a list, and where the next begins; None on the last."""

    rows: tuple[CaseRow, ...]
    after: Cursor | None


@dataclass(frozen=True, slots=True)
class Counters:
    """How many courses run, are late, have a step within a week, and are fit; each up to a thousand."""

    running: Cell[int]
    late: Cell[int]
    this_week: Cell[int]
    recovered: Cell[int]


_FROM: Final = "course_standing AS standing"
_COLUMNS: Final = "standing.dossier_id, standing.{day}, standing.counted_from, standing.recovered_on"
# Raw SQL: up to so many units each is walked along its own index, and cut off before they are merged.
_OF_FEW_UNITS: Final = """
SELECT found.* FROM unnest(%(scope)s::uuid[]) AS unit (id) CROSS JOIN LATERAL (
    SELECT {columns} FROM course_standing AS standing
    WHERE standing.unit_id = unit.id AND {chosen} ORDER BY {order} LIMIT %(limit)s
) AS found ORDER BY {merged} LIMIT %(limit)s
"""
_OF_OTHERS: Final = """
SELECT {columns} FROM course_standing AS standing WHERE {within} AND {chosen}
ORDER BY {order} LIMIT %(limit)s
"""
_NEXT: Final = """
SELECT dossier_id, min(due_on), (array_agg(code ORDER BY due_on, code))[1],
    (array_agg(role ORDER BY due_on, code))[1], count(*) FILTER (WHERE coalesce(legal_limit, due_on) < %s)
FROM course_due WHERE dossier_id = ANY(%s) AND state = 'open' AND kind <> 'signaal' AND code = ANY(%s)
GROUP BY dossier_id
"""
_COUNT: Final = (
    "(SELECT count(*) FROM (SELECT FROM {table} WHERE {within} AND {chosen} LIMIT {most}) AS found)"
)


def caseload(
    permit: Permit,
    *,
    filters: Filters | None = None,
    sort: Sort = Sort.FIRST_SICK,
    after: Cursor | None = None,
    page_size: int = LARGEST_PAGE,
) -> CasePage:
    """Return a page of the courses of a permit's list, and log whom it showed.

    Raises `NotPermitted` for a permit without a list, and for a filter or sort by what it hides.
    """
    chosen = filters or Filters()
    if sort not in sorts_of(permit) or not _may_choose(permit, chosen):
        raise NotPermitted("Op een gegeven dat u niet mag zien, kunt u niet sorteren of kiezen.")
    size = max(1, min(page_size, LARGEST_PAGE))
    act = act_of(permit, Operation.LIST_CASELOAD, Effect.READ)
    with permitted(permit):
        reach = _within(reach_of(permit), chosen)
        found = _page(permit.on, reach, chosen, sort, after, size + 1 + reach.own)
        rows, items = rows_by_id(permit, [one[0] for one in found])
        there = [one for one in found if one[0] in rows]
        page = there[:size]
        views = _views(permit, page, rows)
        seen = items | _seen(permit)
        record_lines(act, [met(one.row.person, one.row.dossier, seen, Manner.LISTED) for one in views])
    more = len(there) > size
    return CasePage(views, Cursor(page[-1][1], page[-1][0]) if more else None)


def counters(permit: Permit) -> Counters:
    """Return how many courses stand how in a permit's list, and log that it was counted."""
    act = act_of(permit, Operation.LIST_CASELOAD, Effect.READ)
    late = "standing.late_from < %(on)s AND standing.next_due_on < %(on)s"
    counted = ("true", late, "standing.next_due_on <= %(until)s", "standing.recovered_on IS NOT NULL")
    with permitted(permit), connection.cursor() as cursor:
        reach = reach_of(permit)
        condition, (scope,) = scoped(reach, table="standing")
        within = condition.replace("%s", "%(scope)s")
        parts = [_COUNT.format(table=_FROM, within=within, chosen=one, most=COUNTED_TO) for one in counted]
        until = permit.on + timedelta(days=_WEEK)
        cursor.execute(f"SELECT {', '.join(parts)}", {"scope": scope, "on": permit.on, "until": until})
        running, is_late, soon, fit = cursor.fetchone()
        record_lines(act)
    return Counters(
        running=cell(permit, [Item.CASE_NUMBER], running),
        late=cell(permit, ALL_STEPS, is_late),
        this_week=cell(permit, ALL_STEPS, soon),
        recovered=cell(permit, [DATES], fit),
    )


def sorts_of(permit: Permit) -> tuple[Sort, ...]:
    """Return the orders that a permit allows: by what it shows of every row."""
    found = [Sort.FIRST_SICK] if why_not(permit, [DATES]) is None else []
    return (*([Sort.NEXT_DUE] if why_not(permit, ALL_STEPS) is None else []), *found)


def _may_choose(permit: Permit, filters: Filters) -> bool:
    items: frozenset[Item] = frozenset()
    if filters.step is not None or filters.role is not None or filters.late:
        items |= ALL_STEPS
    if filters.state is not None or filters.from_week is not None or filters.to_week is not None:
        items |= {DATES}
    return why_not(permit, items) is None


def _within(reach: Reach, filters: Filters) -> Reach:
    if filters.units is None or not reach.units:
        return reach
    return Reach(units=tuple(unit for unit in reach.units if unit in filters.units), own=reach.own)


def _page(
    on: date, reach: Reach, filters: Filters, sort: Sort, after: Cursor | None, limit: int
) -> list[Sequence[Any]]:
    day, way = sort.value
    conditions, asked = _chosen(filters, on)
    if after is not None:
        sign = ">" if way == "ASC" else "<"
        conditions.append(f"(standing.{day}, standing.dossier_id) {sign} (%(day)s, %(dossier)s)")
        asked |= {"day": after.day, "dossier": after.dossier}
    within, (scope,) = scoped(reach, table="standing")
    by_unit = bool(reach.units) and reach.few_units
    statement = (_OF_FEW_UNITS if by_unit else _OF_OTHERS).format(
        columns=_COLUMNS.format(day=day),
        within=within.replace("%s", "%(scope)s"),
        chosen=" AND ".join(conditions) or "true",
        order=f"standing.{day} {way}, standing.dossier_id {way}",
        merged=f"found.{day} {way}, found.dossier_id {way}",
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {**asked, "scope": scope, "limit": limit})
        return list(cursor.fetchall())


def _chosen(filters: Filters, on: date) -> tuple[list[str], dict[str, Any]]:
    """Return the conditions of a filter, on `standing`, and their values."""
    conditions: list[str] = []
    asked: dict[str, Any] = {"on": on}
    if filters.state is not None:
        conditions.append(_OF_STATE[filters.state])
    if filters.step is not None:
        conditions.append("standing.next_code = %(step)s")
    if filters.role is not None:
        conditions.append("standing.next_role = %(next_role)s")
    if filters.late:
        conditions.append("standing.late_from < %(on)s")
    if filters.from_week is not None:
        conditions.append("standing.counted_from <= %(from_week)s")
    if filters.to_week is not None:
        conditions.append("standing.counted_from >= %(to_week)s")
    asked |= {"step": filters.step, "next_role": filters.role.value if filters.role else None}
    asked |= {"from_week": _counted_from(on, (filters.from_week or 1) - 1, first=True)}
    asked |= {"to_week": _counted_from(on, filters.to_week or 1, first=False)}
    return conditions, asked


_OF_STATE: Final[Mapping[State, str]] = {
    State.SICK: "standing.counted_from IS NOT NULL",
    State.PAUSED: "standing.counted_from IS NULL AND standing.recovered_on IS NULL",
    State.RECOVERED: "standing.recovered_on IS NOT NULL",
}


def _counted_from(on: date, weeks: int, *, first: bool) -> date:
    """Return since when somebody counts who is on the first day after, or the last day of, so many weeks.

    >>> _counted_from(date(2026, 11, 23), 0, first=True), _counted_from(date(2026, 11, 23), 1, first=False)
    (datetime.date(2026, 11, 23), datetime.date(2026, 11, 17))
    """
    days = weeks * _WEEK + (1 if first else 0)
    return on - timedelta(days=days - 1)


def _views(permit: Permit, page: Sequence[Sequence[Any]], rows: Mapping[UUID, Row]) -> tuple[CaseRow, ...]:
    codes = codes_known(permit)
    following: dict[UUID, Sequence[Any]] = {}
    if codes and page:
        with connection.cursor() as cursor:
            cursor.execute(_NEXT, [permit.on, [one[0] for one in page], list(codes)])
            following = {one[0]: one[1:] for one in cursor.fetchall()}
    hidden = None if codes else why_not(permit, ALL_STEPS)
    return tuple(_view(permit, one, rows[one[0]], following.get(one[0]), hidden) for one in page)


def _view(
    permit: Permit, one: Sequence[Any], row: Row, following: Sequence[Any] | None, hidden: Any
) -> CaseRow:
    _, _, counted_from, recovered_on = one
    week = None if counted_from is None else ((permit.on - counted_from).days + _WEEK) // _WEEK
    due_on, code, role, late = following or (None, "", "", 0)
    step = NextStep(code, Role(role), due_on) if due_on is not None else None
    return CaseRow(
        row=row,
        week=cell(permit, [DATES], week),
        recovered_on=cell(permit, [DATES], recovered_on),
        next=hidden or cell(permit, [DATES], step),
        late=hidden or cell(permit, [DATES], late),
    )


def _seen(permit: Permit) -> frozenset[Item]:
    return frozenset(item for item in ALL_STEPS if why_not(permit, [item]) is None)
