"""Lists of dossiers: those of the units of a permit, of somebody's assignments, or one's own.

A page goes on where the last one ended, by the day of opening and the id, so the last page costs what the
first does. After closing, a dossier is in nobody's list but the re-integrant's and that of somebody with a
ground for it; one's own dossier is in no other list than one's own. Must never: list what the statement does
not name itself, beside the policy.
Read next: `rows.py`, docs/decisions/0013-row-level-security.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from hervat.dossiers.queries.lines import met
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.queries.rows import Found, Row, not_own, rows_of, within
from hervat.dossiers.rules.vocabulary import Field, Status
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.queries.prepared import ask, ask_anew, ids
from hervat.journal.rules.line import Effect, Manner
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Authority, Operation

LARGEST_PAGE: Final = 50
LISTED: Final = (Field.NAME, Field.EMPLOYEE_ID, Field.SERVICE_BRANCH)
# Up to so many units each is walked along its own index; more go along the day of opening.
FEW_UNITS: Final = 64
_AFTER = "AND (dossier.opened_on, dossier.id) < (%s, %s)"
_OF_FEW_UNITS = """
SELECT dossier.* FROM (
    SELECT found.id FROM unnest(%s::uuid[]) AS unit (id) CROSS JOIN LATERAL (
        SELECT dossier.opened_on, dossier.id FROM dossiers_dossier AS dossier
        WHERE dossier.unit_id = unit.id AND dossier.status = %s {after}
        ORDER BY dossier.opened_on DESC, dossier.id DESC LIMIT %s
    ) AS found ORDER BY found.opened_on DESC, found.id DESC LIMIT %s
) AS chosen JOIN dossiers_dossier AS dossier ON dossier.id = chosen.id WHERE {others}
"""
_OF_OTHERS = """
SELECT dossier.* FROM dossiers_dossier AS dossier
WHERE {within} AND dossier.status = %s {after} ORDER BY opened_on DESC, id DESC LIMIT %s
"""
SEE_CLOSED: Final = frozenset({Authority.OWN, Authority.CASE})


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ended: the day of opening and the id of its last dossier."""

    opened_on: date
    dossier: UUID


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list, and where the next begins; None on the last."""

    rows: tuple[Row, ...]
    after: Cursor | None


def caseload(
    permit: Permit,
    *,
    status: Status = Status.OPEN,
    after: Cursor | None = None,
    page_size: int = LARGEST_PAGE,
    fields: tuple[Field, ...] = LISTED,
) -> Page:
    """Return a page of the dossiers of a permit's list, newest first, and log whom it showed.

    Raises `NotPermitted` for a permit without a list, and for closed dossiers where one may not see them.
    """
    _refuse(permit, status)
    size = max(1, min(page_size, LARGEST_PAGE))
    act = act_of(permit, Operation.LIST_CASELOAD, Effect.READ)
    page, params = _page(permit, status, after, size + 1)
    with permitted(permit):
        found = rows_of(permit, page, params, fields, by=_way_of_asking(permit))
        rows = found.rows[:size]
        record(act, [met(row.person, row.dossier, found.items, Manner.LISTED) for row in rows])
    return Page(rows, _next(found, rows))


def _refuse(permit: Permit, status: Status) -> None:
    if permit.dossier is not None:
        raise NotPermitted("Deze machtiging gaat over een dossier en geeft geen lijst.")
    if status is Status.CLOSED and permit.authority not in SEE_CLOSED:
        raise NotPermitted("Na sluiting staat een dossier in geen lijst, behalve per geval met een grond.")


def _page(permit: Permit, status: Status, after: Cursor | None, limit: int) -> tuple[str, list[Any]]:
    place = [after.opened_on, after.dossier] if after else []
    clause = _AFTER if after else ""
    if 0 < len(permit.units) <= FEW_UNITS:
        others, oneself = not_own(permit)
        # One more than asked for, because one's own is left out after the index has been walked.
        limit += len(oneself)
        params = [ids(permit.units), status.value, *place, limit, limit, *oneself]
        return _OF_FEW_UNITS.format(after=clause, others=others), params
    condition, values = within(permit)
    return _OF_OTHERS.format(within=condition, after=clause), [*values, status.value, *place, limit]


def _way_of_asking(permit: Permit) -> Callable[[str, list[Any]], list[tuple[Any, ...]]]:
    """Of many units PostgreSQL must see which: whether to walk them or the days depends on their size."""
    return ask if len(permit.units) <= FEW_UNITS else ask_anew


def _next(found: Found, rows: tuple[Row, ...]) -> Cursor | None:
    if len(rows) == len(found.rows):
        return None
    return Cursor(*found.places[len(rows) - 1])
