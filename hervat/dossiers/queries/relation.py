"""The one question before any permit: how does this user stand to this case today? For the door alone.

It answers with ids and dates, opens nothing and logs nothing: whatever the door decides on it is logged
there. Whether a case exists may be told to nobody by it: `None` is no such case, and the door answers both
alike. Must never: be called by anything but the door (tests/house).
Read next: `hervat/access/`, `../rules/assignments.py`.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hervat.dossiers.models import Assignment, Dossier
from hervat.dossiers.queries.permitted import reaching
from hervat.dossiers.rules.assignments import Assigned, counts_on
from hervat.dossiers.rules.case_number import read_case_number
from hervat.dossiers.rules.scope import Scope
from hervat.dossiers.rules.vocabulary import AssignmentState, CaseGround, Status
from hervat.register.vocabulary import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A case, and what ties one user to it on one day.

    `assignments` are those of the user that count on that day; `proposals` wait for the user's answer.
    """

    dossier: UUID
    person: UUID
    unit: UUID
    status: Status
    closed_on: date | None
    is_own: bool
    assignments: tuple[Assigned, ...]
    proposals: tuple[Assigned, ...]


def relation(user_code: UUID, case_number: str, on: date) -> Relation | None:
    """Return how a user stands to a case on a day, or None when there is no such case."""
    number = read_case_number(case_number)
    if number is None:
        return None
    with reaching(Scope(case=number)):
        dossier = Dossier.objects.select_related("person").filter(case_number=number).first()
        if dossier is None:
            return None
        rows = Assignment.objects.filter(dossier=dossier, user_code=user_code).order_by("first_day", "id")
        assigned = [_assigned(row) for row in rows]
    return Relation(
        dossier=dossier.id,
        person=dossier.person_id,
        unit=dossier.unit_id,
        status=Status(dossier.status),
        closed_on=dossier.closed_on,
        is_own=dossier.person.user_code == user_code,
        assignments=tuple(one for one in assigned if counts_on(one, on)),
        proposals=tuple(one for one in assigned if one.state is AssignmentState.PROPOSED),
    )


def _assigned(row: Assignment) -> Assigned:
    counted = {AssignmentState.ACCEPTED, AssignmentState.ENDED}
    return Assigned(
        id=row.id,
        role=Role(row.role),
        state=AssignmentState(row.state),
        first_day=row.first_day,
        last_day=row.last_day,
        ground=CaseGround(row.ground) if row.ground else None,
        accepted_on=row.decided_on if row.state in counted else None,
        ended_on=row.ended_on,
    )
