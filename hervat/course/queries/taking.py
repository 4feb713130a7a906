"""A list of courses to take along, whole: the same choice and order as on the page, up to a bound.

More than the bound is refused and not cut off: half a list that looks whole is worse than none. Must never:
give a row without its line in the log. Read next: `caseload.py`.
"""

from typing import Final

from hervat.course.queries.caseload import (
    CaseRow,
    Filters,
    Sort,
    demand_choosable,
    page_of,
    seen_of,
    views_of,
)
from hervat.course.queries.lists import rows_by_id
from hervat.dossiers.queries.chosen import reach_of
from hervat.dossiers.queries.lines import met
from hervat.dossiers.queries.permitted import permitted
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record as record_lines
from hervat.journal.rules.line import Effect, Manner
from hervat.register.permit import Permit
from hervat.register.vocabulary import Operation

MOST_TAKEN: Final = 5_000


class TooMany(ValueError):  # noqa: N818 - it names the situation, as the caller meets it
    """There are more courses than may be taken along at once."""

    def __init__(self, most: int) -> None:
        super().__init__(f"Dit zijn meer dan {most} dossiers. Kies met de filters minder dossiers.")


def take_along(
    permit: Permit, *, filters: Filters, sort: Sort, most: int = MOST_TAKEN
) -> tuple[CaseRow, ...]:
    """Return every course of a permit's list that is chosen, and log of each that it was taken along.

    Raises `NotPermitted` as the list does, and `TooMany`.
    """
    demand_choosable(permit, filters, sort)
    act = act_of(permit, Operation.LIST_CASELOAD, Effect.READ)
    with permitted(permit):
        reach = reach_of(permit)
        found = page_of(permit, reach, filters, sort, None, most + 1 + reach.own)
        rows, items = rows_by_id(permit, [one[0] for one in found])
        there = [one for one in found if one[0] in rows]
        if len(there) > most:
            raise TooMany(most)
        seen = items | seen_of(permit)
        views = views_of(permit, there, rows)
        record_lines(act, [met(one.row.person, one.row.dossier, seen, Manner.EXPORTED) for one in views])
    return views
