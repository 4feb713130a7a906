"""What lists of courses have in common: how far they go, which codes a reader may know, and the rows.

A list is sorted and cut off here, along an index of this room; who a row is about comes from the dossiers by
id. Must never: choose or sort by what the permit hides. Read next: `caseload.py`, `due.py`.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from hervat.course.queries.reading import why_not
from hervat.course.rules.acting import ACTING, RESTS_ON, items_of
from hervat.course.rules.knowing import DATES
from hervat.course.rules.vocabulary import DueKind, SignalId
from hervat.dossiers.queries.chosen import Reach, chosen
from hervat.dossiers.queries.rows import Row
from hervat.dossiers.rules.vocabulary import Field
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item

LISTED: Final = (Field.NAME, Field.EMPLOYEE_ID, Field.SERVICE_BRANCH)
STEPS: Final = (*(step.value for step in ACTING), DueKind.OWN.value)
ALL_STEPS: Final = frozenset({DATES}).union(*(items_of(code) for code in STEPS))
"""What the next thing to do tells of: whether each step was done, and when."""


def codes_known(permit: Permit) -> tuple[str, ...]:
    """Return the steps of which the permit lets it be known, in any form, whether they were done."""
    return tuple(code for code in STEPS if why_not(permit, items_of(code)) is None)


def standings(permit: Permit, reach: Reach) -> tuple[str, str, dict[str, Any]]:
    """Return `standing`, a condition on it and their values: of each dossier in reach, by what may be known.

    Who may know of every step reads the table as it is, along its indexes. For others what comes next is
    made of the steps that they may know of: neither order nor filter tells them of another.
    """
    condition, (scope,) = scoped(reach, table="standing")
    within, codes = condition.replace("%s", "%(scope)s"), codes_known(permit)
    if set(codes) == set(STEPS):
        return "course_standing AS standing", within, {"scope": scope}
    due_within = within.replace("standing.", "due.")
    known = _KNOWN.format(due_within=due_within, within=within.replace("standing.", "stands."))
    return known, "true", {"scope": scope, "known": list(codes)}


# Raw SQL: under an alias of the table's name, so that whoever sorts and chooses need not know which it is.
_KNOWN: Final = """(
    SELECT stands.dossier_id, stands.unit_id, stands.first_sick_on, stands.counted_from, stands.recovered_on,
        coalesce(known.next_due_on, '9999-12-31') AS next_due_on, known.late_from,
        known.next_code, known.next_role
    FROM course_standing AS stands LEFT JOIN (
        SELECT dossier_id, min(due_on) AS next_due_on, min(coalesce(legal_limit, due_on)) AS late_from,
            (array_agg(code ORDER BY due_on, code))[1] AS next_code,
            (array_agg(role ORDER BY due_on, code))[1] AS next_role
        FROM course_due AS due
        WHERE {due_within} AND state = 'open' AND kind <> 'signaal' AND code = ANY(%(known)s)
        GROUP BY dossier_id
    ) AS known USING (dossier_id)
    WHERE {within}
) AS standing"""


def signals_known(permit: Permit) -> tuple[str, ...]:
    """Return the signals of which the permit shows everything they rest on."""
    return tuple(one.value for one in SignalId if why_not(permit, RESTS_ON[one]) is None)


def scoped(reach: Reach, *, table: str) -> tuple[str, list[Any]]:
    """Return the condition that names how far a list goes, on `unit_id` or `dossier_id`, and its value."""
    if reach.units:
        return f"{table}.unit_id = ANY(%s)", [list(reach.units)]
    return f"{table}.dossier_id = ANY(%s)", [list(reach.dossiers)]


def rows_by_id(
    permit: Permit, dossiers: Iterable[UUID], *, awaiting: bool = False
) -> tuple[Mapping[UUID, Row], frozenset[Item]]:
    """Return the dossiers of a list by their id, and the items they show; runs inside `permitted`.

    `awaiting` brings also those of the list that have no course yet.
    """
    found = chosen(permit, list(dict.fromkeys(dossiers)), LISTED, awaiting=awaiting)
    return {row.dossier: row for row in found.rows}, found.items
