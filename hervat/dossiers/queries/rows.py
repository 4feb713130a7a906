"""Rows of dossiers with the sealed columns that a permit lets see: one statement, whatever is asked.

Every statement names its scope itself, with an index under it; the policy of the table is the net, and
alone would be thirty times slower. A column whose item is not visible is not even fetched.
Must never: build SQL of anything but the fixed parts here. Read next: `caseload.py`, `search.py`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from hervat.dossiers.queries.cells import Cell, FactCell, Opener, Reading, refusal, visible
from hervat.dossiers.rules.scope import scope_of
from hervat.dossiers.rules.vocabulary import FIELDS, Field, Part, Status
from hervat.journal.queries.prepared import ask, ids
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import ActorKind, Authority, Item
from hervat.vault.queries import keys_for
from hervat.vault.rules.sealing import DataKey, Domain

# Raw SQL: the planner needs the page cut off before the joins, which the ORM cannot say.
_ROWS = """
WITH page AS MATERIALIZED ({page})
SELECT page.id, page.person_id, page.version, page.case_number, page.unit_id, page.status,
    page.first_sick_on, page.opened_on, page.closed_on, page.informed_on{columns}
FROM page {joins}
ORDER BY page.opened_on DESC, page.id DESC
"""
# Each row looks its own facts up: without OFFSET 0 the planner may read a whole table under its policy.
_JOIN = """
LEFT JOIN LATERAL (
    SELECT * FROM dossiers_{table} AS facts
    WHERE facts.{own} = page.{of} AND facts.replaced_at IS NULL OFFSET 0
) AS {table} ON true
"""
_TABLES: Final = {
    Part.IDENTITY: ("identity", "person_id", "person_id"),
    Part.APPOINTMENT: ("appointment", "person_id", "person_id"),
    Part.WORK: ("workfacts", "dossier_id", "id"),
    Part.BENEFITS: ("benefitfacts", "dossier_id", "id"),
}
_OF_ASSIGNEE = """
dossier.id IN (
    SELECT dossier_id FROM dossiers_assignment WHERE user_code = %s AND role = %s
    AND state IN ('aanvaard', 'beeindigd') AND decided_on <= %s AND first_day <= %s
    AND coalesce(last_day >= %s, true) AND coalesce(ended_on > %s, true)
)"""
_OF_OWNER = "dossier.person_id = (SELECT id FROM dossiers_person WHERE user_code = %s)"
_NOT_OWN: Final = "dossier.person_id IS DISTINCT FROM (SELECT id FROM dossiers_person WHERE user_code = %s)"
READABLE_ITEMS: Final = (Item.CASE_NUMBER, Item.UNIT, Item.SICKNESS_ABSENCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A dossier under a permit. `version` is what a form sends back, so that a stale one is seen."""

    dossier: UUID
    person: UUID
    version: int
    case_number: Cell[str]
    unit: Cell[UUID]
    status: Cell[Status]
    first_sick_on: Cell[date]
    opened_on: Cell[date]
    closed_on: Cell[date]
    informed_on: Cell[date]
    facts: Mapping[Field, FactCell]


@dataclass(frozen=True, slots=True)
class Found:
    """What one statement gave: the rows, the items they show, and each one's place in the order.

    `keys` are those that opened the rows, for a room that opens more of the same people on the same page.
    """

    rows: tuple[Row, ...]
    items: frozenset[Item]
    places: tuple[tuple[date, UUID], ...]
    keys: Mapping[UUID, DataKey] = field(default_factory=dict, repr=False)


def rows_of(
    permit: Permit,
    page: str,
    params: Iterable[Any],
    fields: Collection[Field],
    *,
    by: Callable[[str, list[Any]], list[tuple[Any, ...]]] = ask,
) -> Found:
    """Return the dossiers that `page` selects, as views; runs inside `permitted`."""
    shown = tuple(field for field in fields if refusal(permit, field.item) is None)
    found = by(_statement(page, shown), list(params))
    keys = keys_for({row[1] for row in found}, Domain.ORDINARY) if shown and found else {}
    opener = Opener(permit, keys)
    readings = {item: Reading.under(permit, item) for item in READABLE_ITEMS}
    rows = tuple(_row(readings, opener, row, shown, fields) for row in found)
    items = visible(permit, (*READABLE_ITEMS, *(field.item for field in fields)))
    return Found(rows, items, tuple((row[7], row[0]) for row in found), keys)


def within(permit: Permit) -> tuple[str, list[Any]]:
    """Return the condition that names a permit's scope, on `dossier`, and its values."""
    scope = scope_of(permit)
    others, oneself = not_own(permit)
    if scope.dossiers:
        return "dossier.id = ANY(%s::uuid[])", [ids(scope.dossiers)]
    if scope.units:
        return f"dossier.unit_id = ANY(%s::uuid[]) AND {others}", [ids(scope.units), *oneself]
    if scope.assignee:
        on = scope.assignee.on
        values = [scope.assignee.user, scope.assignee.role.value, on, on, on, on]
        return f"{_OF_ASSIGNEE} AND {others}", [*values, *oneself]
    if scope.own:
        return _OF_OWNER, [scope.own]
    raise NotPermitted("Deze machtiging geeft geen lijst van dossiers.")


def not_own(permit: Permit) -> tuple[str, list[Any]]:
    """Return the condition that leaves out one's own dossier: to that one comes as re-integrant only.

    For a deputy also that of whose stead it is: they could not reach it either. For a job that counts for a
    user, that user's.
    """
    whose = [permit.actor] if permit.actor_kind is ActorKind.USER else []
    whose += [str(permit.principal)] if permit.principal is not None else []
    if not whose or permit.authority is Authority.OWN:
        return "true", []
    return " AND ".join(_NOT_OWN for _ in whose), whose


def _statement(page: str, shown: tuple[Field, ...]) -> str:
    columns = "".join(f", {_TABLES[field.part][0]}.{field.value}" for field in shown)
    asked = [_TABLES[part] for part, fields in FIELDS.items() if set(fields) & set(shown)]
    joins = "".join(_JOIN.format(table=table, own=own, of=of) for table, own, of in asked)
    return _ROWS.format(page=page, columns=columns, joins=joins)


def _row(
    readings: Mapping[Item, Reading],
    opener: Opener,
    row: tuple[Any, ...],
    shown: tuple[Field, ...],
    fields: Collection[Field],
) -> Row:
    dossier, person, version, case_number, unit, status, first_sick_on, *days = row[:10]
    sealed = dict.fromkeys(fields) | dict(zip(shown, row[10:], strict=True))
    of_case = readings[Item.CASE_NUMBER].of_column
    return Row(
        dossier=dossier,
        person=person,
        version=version,
        case_number=of_case(case_number),
        unit=readings[Item.UNIT].of_column(unit),
        status=of_case(Status(status)),
        first_sick_on=readings[Item.SICKNESS_ABSENCE].of_column(first_sick_on),
        opened_on=of_case(days[0]),
        closed_on=of_case(days[1]),
        informed_on=of_case(days[2]),
        facts=opener.facts(person, dossier, sealed),
    )
