"""What must be done, for whoever asks: late, this week, and what waits for somebody else.

Of a role in units or assignments. A signal is told from the day it begins; a reason that is missing is
something to be done too. Must never: list a step to who may not know whether it was done.
Read next: `lists.py`, `caseload.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection

from hervat.course.actions.dues import place_of_title
from hervat.course.queries.lists import codes_known, rows_by_id, scoped, signals_known
from hervat.course.queries.reading import cell, knows
from hervat.course.queries.walking import Arm, mine_late, mine_soon, of_others, page
from hervat.course.rules.acting import ACTING, items_of
from hervat.course.rules.knowing import DATES
from hervat.course.rules.vocabulary import DueKind
from hervat.course.rules.week import last_of_week
from hervat.dossiers.queries.cells import Cell
from hervat.dossiers.queries.chosen import Reach, reach_of, set_aside
from hervat.dossiers.queries.lines import met
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.queries.rows import Row
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record as record_lines
from hervat.journal.rules.line import Effect, Manner
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Operation, Role, Use
from hervat.vault.queries import keys_for
from hervat.vault.rules.sealing import DataKey, Domain, unseal_text

AT_MOST: Final = 50
COUNTED_TO: Final = 250
"""Where counting stops: who has more to do than this is not helped by the number."""

_NOT_ASIDE: Final = "due.dossier_id <> ALL(%(aside)s::uuid[])"
_COUNT: Final = "SELECT count(*) FROM ({page}) AS page"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """Something to be done in one dossier of a list. `title` is that of an own task."""

    id: UUID
    row: Row
    kind: DueKind
    code: str
    occurrence: int
    role: Role
    also: Role | None
    due_on: Cell[date]
    late: bool
    reason_missing: bool
    title: Cell[str]


@dataclass(frozen=True, slots=True)
class Part:
    """Up to fifty of what must be done, and how many there are in all (counted up to `COUNTED_TO`)."""

    rows: tuple[DueRow, ...]
    count: int


@dataclass(frozen=True, slots=True)
class DueList:
    """What must be done: late, this week, and what somebody else must do by then.

    `awaiting` are dossiers in which nobody recorded yet that somebody fell ill, so that nothing is due.
    """

    late: Part
    this_week: Part
    waiting: Part
    awaiting: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class DueCounts:
    """How much is late, and how much is due this week."""

    late: int
    this_week: int


def due_list(permit: Permit, on: date) -> DueList:
    """Return what must be done by the role of a list's permit, and log whom it showed.

    Raises `NotPermitted` for a permit without a list, or that does not show when somebody is absent.
    """
    permit.demand(DATES, use=Use.READ)
    if permit.role is None:
        raise NotPermitted("Een lijst van wat er moet gebeuren, is die van een rol.")
    act = act_of(permit, Operation.LIST_CASELOAD, Effect.READ)
    with permitted(permit):
        reach = reach_of(permit)
        asked, others = asked_of(permit, permit.role, reach, on, until=last_of_week(on))
        parts = [found_by(reach, arms, asked) for arms in (mine_late(), mine_soon(), of_others(len(others)))]
        every = [one for found, _ in parts for one in found]
        dossiers, shown = rows_by_id(permit, [one[1] for one in every], awaiting=True)
        rows, items = rows_told(permit, on, every, among=(dossiers, shown))
        due_in = {one[1] for one in every}
        without = tuple(row for one, row in dossiers.items() if one not in due_in)
        items += [(row.person, row.dossier, shown | {DATES}) for row in without]
        record_lines(act, [met(person, dossier, seen, Manner.LISTED) for person, dossier, seen in items])
    late, week, waiting = (
        Part(tuple(rows[one[0]] for one in found if one[0] in rows), count) for found, count in parts
    )
    return DueList(late, week, waiting, without)


def due_counts(permit: Permit, on: date) -> DueCounts:
    """Return how much is late and how much is due this week, for whoever a list is of; log the count.

    Of nobody in particular: no row is read. Raises `NotPermitted` as `due_list` does.
    """
    permit.demand(DATES, use=Use.READ)
    if permit.role is None:
        raise NotPermitted("Een lijst van wat er moet gebeuren, is die van een rol.")
    act = act_of(permit, Operation.LIST_CASELOAD, Effect.READ)
    with permitted(permit):
        reach = reach_of(permit)
        asked, _ = asked_of(permit, permit.role, reach, on, until=last_of_week(on))
        asked["aside"] = set_aside(permit)
        late, soon = (_count(reach, arms, asked, also=_NOT_ASIDE) for arms in (mine_late(), mine_soon()))
        record_lines(act)
    return DueCounts(late, soon)


def asked_of(
    permit: Permit, role: Role, reach: Reach, on: date, *, until: date
) -> tuple[dict[str, Any], tuple[Role, ...]]:
    """Return the values of the statements, and whom one may be waiting for."""
    _, (scope,) = scoped(reach, table="due")
    others = tuple(sorted({acting.role for acting in ACTING.values()} - {role}))
    return {
        "scope": scope,
        "role": role.value,
        **{f"other_{number}": other.value for number, other in enumerate(others)},
        "on": on,
        "until": until,
        "known_steps": list(codes_known(permit)),
        "known_signals": list(signals_known(permit)),
    }, others


def found_by(reach: Reach, arms: tuple[Arm, ...], asked: dict[str, Any]) -> tuple[list[Sequence[Any]], int]:
    """Return the first fifty of what arms give, and how many there are; runs inside `permitted`."""
    with connection.cursor() as cursor:
        cursor.execute(page(reach, arms, AT_MOST), asked)
        rows = list(cursor.fetchall())
    return rows, len(rows) if len(rows) < AT_MOST else _count(reach, arms, asked)


def _count(reach: Reach, arms: tuple[Arm, ...], asked: dict[str, Any], *, also: str = "true") -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(page=page(reach, arms, COUNTED_TO, also=also)), asked)
        return int(cursor.fetchone()[0])


Seen = tuple[UUID, UUID, frozenset[Item]]


def rows_told(
    permit: Permit,
    on: date,
    found: list[Sequence[Any]],
    among: tuple[Mapping[UUID, Row], frozenset[Item]] | None = None,
) -> tuple[dict[UUID, DueRow], list[Seen]]:
    """Return the rows by their id, and of whom each told which items; one's own dossier falls out."""
    dossiers, items = among or rows_by_id(permit, [one[1] for one in found])
    titled = {dossiers[one[1]].person for one in found if one[10] is not None and one[1] in dossiers}
    keys = keys_for(titled, Domain.ORDINARY) if titled and knows(permit, Item.GATEKEEPER_EMPLOYER) else {}
    rows: dict[UUID, DueRow] = {}
    seen: list[Seen] = []
    for one in found:
        row = dossiers.get(one[1])
        if row is not None:
            rows[one[0]] = _row(permit, on, row, one, keys.get(row.person))
            seen.append((row.person, row.dossier, items | items_of(one[3])))
    return rows, seen


def _row(permit: Permit, on: date, row: Row, one: Sequence[Any], key: DataKey | None) -> DueRow:
    id, _, kind, code, occurrence, role, also, due_on, limit, reason_missing, sealed = one
    title = unseal_text(key, sealed, place_of_title(id)) if sealed is not None and key else None
    return DueRow(
        id=id,
        row=row,
        kind=DueKind(kind),
        code=code,
        occurrence=occurrence,
        role=Role(role),
        also=Role(also) if also else None,
        due_on=cell(permit, [DATES], due_on),
        late=reason_missing or (limit < on and kind != DueKind.SIGNAL),
        reason_missing=reason_missing,
        title=cell(permit, items_of(code), title),
    )
