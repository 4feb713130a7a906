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


def signals_known(permit: Permit) -> tuple[str, ...]:
    """Return the signals of which the permit shows everything they rest on."""
    return tuple(one.value for one in SignalId if why_not(permit, RESTS_ON[one]) is None)


def scoped(reach: Reach, *, table: str) -> tuple[str, list[Any]]:
    """Return the condition that names how far a list goes, on `unit_id` or `dossier_id`, and its value."""
    if reach.units:
        return f"{table}.unit_id = ANY(%s)", [list(reach.units)]
    return f"{table}.dossier_id = ANY(%s)", [list(reach.dossiers)]


def rows_by_id(permit: Permit, dossiers: Iterable[UUID]) -> tuple[Mapping[UUID, Row], frozenset[Item]]:
    """Return the dossiers of a list by their id, and the items they show; runs inside `permitted`."""
    found = chosen(permit, list(dict.fromkeys(dossiers)), LISTED)
    return {row.dossier: row for row in found.rows}, found.items
