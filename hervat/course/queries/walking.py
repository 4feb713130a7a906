"""Walking what is due from the first limit on: by role, in units or dossiers, cut off before it is sorted.

Each way to be asked for something (as whoever acts, or acts along; a step, an own task, a signal) is an arm
with an index of its own, of which at most a page is read, in each of few units or along the days. Must never:
be given SQL with a value in it. Read next: `due.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hervat.course.queries.lists import scoped
from hervat.dossiers.queries.chosen import Reach

_COLUMNS: Final = """due.id, due.dossier_id, due.kind, due.code, due.occurrence, due.role, due.also_role,
    due.due_on, due.limit_on, due.reason_missing, due.title"""
# Raw SQL: the planner needs each arm cut off by itself, which the ORM cannot say.
_OF_FEW_UNITS: Final = """(
SELECT found.* FROM unnest(%(scope)s::uuid[]) AS unit (id) CROSS JOIN LATERAL (
    SELECT {columns} FROM course_due AS due WHERE due.unit_id = unit.id AND {arm}
    ORDER BY due.limit_on, due.id LIMIT {limit}
) AS found)"""
_OF_OTHERS: Final = """(
SELECT {columns} FROM course_due AS due WHERE {within} AND {arm}
ORDER BY due.limit_on, due.id LIMIT {limit})"""
_PAGE: Final = "SELECT * FROM ({arms}) AS due ORDER BY due.limit_on, due.id LIMIT {limit}"
# A reason can be missing in a dossier that was closed since; such a one has no standing.
_RUNS: Final = """(due.state = 'open' OR due.reason_missing) AND (due.state = 'open' OR EXISTS (
    SELECT FROM course_standing AS standing WHERE standing.dossier_id = due.dossier_id))"""


@dataclass(frozen=True, slots=True)
class Arm:
    """One way to be asked: in which column the role stands, of which kind, and when."""

    role: str
    kind: str
    moment: str

    @property
    def condition(self) -> str:
        """The condition on `due`."""
        known = "signals" if self.kind == "signaal" else "steps"
        column = self.role.split(" ")[0]
        runs = _RUNS if column == "role" else "due.state = 'open' AND due.also_role <> ''"
        return (
            f"due.{self.role} AND due.kind = '{self.kind}' AND {self.moment}"
            f" AND due.code = ANY(%(known_{known})s) AND {runs}"
        )


MINE: Final = "role = %(role)s"
MINE_TOO: Final = "also_role = %(role)s"
LATE: Final = "due.limit_on < %(on)s"
SOON: Final = "due.limit_on BETWEEN %(on)s AND %(until)s"
BEGUN: Final = "due.limit_on <= %(on)s"
BY_THEN: Final = "due.limit_on <= %(until)s"


def mine_late() -> tuple[Arm, ...]:
    """Return the arms of what is late."""
    return tuple(Arm(role, kind, LATE) for role, kind in _MINE)


def mine_soon() -> tuple[Arm, ...]:
    """Return the arms of what is due this week, and of signals that began, which are never late."""
    return (*(Arm(role, kind, SOON) for role, kind in _MINE), Arm(MINE, "signaal", BEGUN))


def of_others(count: int) -> tuple[Arm, ...]:
    """Return the arms of the steps that wait for so many other roles, where one does not act along."""
    alone = f"{BY_THEN} AND due.also_role <> %(role)s"
    return tuple(Arm(f"role = %(other_{number})s", "stap", alone) for number in range(count))


_MINE: Final = ((MINE, "stap"), (MINE, "eigen"), (MINE_TOO, "stap"))


def page(reach: Reach, arms: Iterable[Arm], limit: int, *, also: str = "true") -> str:
    """Return the statement for the first so many of what arms give; `also` holds for each of them."""
    condition, _ = scoped(reach, table="due")
    one = _OF_FEW_UNITS if reach.units and reach.few_units else _OF_OTHERS
    parts = (
        one.format(
            columns=_COLUMNS,
            within=condition.replace("%s", "%(scope)s"),
            arm=f"{arm.condition} AND {also}",
            limit=limit,
        )
        for arm in arms
    )
    return _PAGE.format(arms=" UNION ALL ".join(parts), limit=limit)
