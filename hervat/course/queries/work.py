"""The work list of who comes in by assignment: what is asked of their role, what wants a new look.

Further ahead than "what must I do now", for a doctor plans a consultation weeks before its day. A statement
of capacity says when to look again; the last one of each dossier counts. Must never: tell a day to who may
not know of it, or list a statement to who may not know that there is one. Read next: `due.py`, `walking.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection

from hervat.course.queries.due import AT_MOST, Part, asked_of, found_by, rows_told
from hervat.course.queries.lists import rows_by_id
from hervat.course.queries.reading import knows, why_not
from hervat.course.queries.walking import mine_late, mine_soon
from hervat.course.rules.knowing import DATES
from hervat.dossiers.queries.chosen import Reach, reach_of
from hervat.dossiers.queries.lines import met
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.queries.rows import Row
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record as record_lines
from hervat.journal.rules.line import Effect, Manner
from hervat.register.cells import Hidden
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Operation

AHEAD: Final = timedelta(weeks=13)
"""How far a work list looks: a quarter, in which consultations are planned."""

_STATEMENT: Final = frozenset({DATES, Item.WORK_CAPACITY})
# Raw SQL: the last statement of each dossier, of those that run and are not fit again.
_REVIEWS: Final = """
SELECT dossier_id, happened_on, last_day FROM (
    SELECT DISTINCT ON (fact.dossier_id) fact.dossier_id, fact.happened_on, fact.last_day
    FROM course_fact AS fact JOIN course_standing AS standing USING (dossier_id)
    WHERE fact.dossier_id = ANY(%(scope)s) AND standing.recovered_on IS NULL
        AND fact.kind = 'belastbaarheid' AND fact.replaced_at IS NULL
    ORDER BY fact.dossier_id, fact.happened_on DESC, fact.recorded_at DESC
) AS last WHERE last_day <= %(until)s ORDER BY last_day, dossier_id LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A statement of capacity that wants a new look on a day, in one dossier of a list."""

    row: Row
    given_on: date
    look_again_on: date


@dataclass(frozen=True, slots=True)
class WorkList:
    """What is asked of a role in its dossiers, through `until`; `hidden` is why nothing of it may be told."""

    dues: Part
    reviews: tuple[ReviewRow, ...]
    until: date
    hidden: Hidden | None = None


def work_list(permit: Permit) -> WorkList:
    """Return what is asked of the role of a list's permit in its dossiers, and log whom it showed.

    Raises `NotPermitted` for a permit without a list of assignments.
    """
    if permit.role is None or permit.units:
        raise NotPermitted("Een werklijst is van wie door een toewijzing bij dossiers komt.")
    act = act_of(permit, Operation.LIST_CASELOAD, Effect.READ)
    until = permit.on + AHEAD
    with permitted(permit):
        reach = reach_of(permit)
        hidden = why_not(permit, [DATES])
        found, count = ([], 0) if hidden else _asked(permit, reach, until)
        looks = _reviews(reach, until) if knows(permit, *_STATEMENT) else []
        among = rows_by_id(permit, [*(one[1] for one in found), *(one[0] for one in looks)])
        rows, seen = rows_told(permit, permit.on, found, among)
        reviewed = {one[0]: among[0][one[0]] for one in looks if one[0] in among[0]}
        seen += [(row.person, row.dossier, among[1] | _STATEMENT) for row in reviewed.values()]
        merged = _once(seen)
        record_lines(act, [met(*who, what, Manner.LISTED) for who, what in merged.items()])
    return WorkList(
        dues=Part(tuple(rows[one[0]] for one in found if one[0] in rows), count),
        reviews=tuple(ReviewRow(reviewed[one[0]], one[1], one[2]) for one in looks if one[0] in reviewed),
        until=until,
        hidden=hidden,
    )


def _asked(permit: Permit, reach: Reach, until: date) -> tuple[list[Sequence[Any]], int]:
    if permit.role is None:
        return [], 0
    asked, _ = asked_of(permit, permit.role, reach, permit.on, until=until)
    return found_by(reach, (*mine_late(), *mine_soon()), asked)


def _reviews(reach: Reach, until: date) -> list[tuple[UUID, date, date]]:
    with connection.cursor() as cursor:
        cursor.execute(_REVIEWS, {"scope": list(reach.dossiers), "until": until, "limit": AT_MOST})
        return list(cursor.fetchall())


def _once(
    seen: Sequence[tuple[UUID, UUID, frozenset[Item]]],
) -> dict[tuple[UUID, UUID], frozenset[Item]]:
    """One line for each dossier, though it may stand in the list twice."""
    merged: dict[tuple[UUID, UUID], frozenset[Item]] = {}
    for person, dossier, items in seen:
        merged[person, dossier] = merged.get((person, dossier), frozenset()) | items
    return merged
