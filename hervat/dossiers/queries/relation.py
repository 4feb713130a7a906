"""The questions before any permit, for the door: how does a user stand to a case today, and whose is a case?

They answer with ids and dates, open nothing and log nothing: whatever the door decides on it is logged
there. Whether a case exists may be told to nobody by them: `None` is no such case, and the door answers both
alike. Must never: be called by anything but the door (tests/house).
Read next: `hervat/access/`, `../rules/assignments.py`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from hervat.dossiers.queries.permitted import reaching
from hervat.dossiers.rules.assignments import Assigned, counts_on
from hervat.dossiers.rules.case_number import read_case_number
from hervat.dossiers.rules.scope import Scope
from hervat.dossiers.rules.vocabulary import AssignmentState, CaseGround, Status
from hervat.journal.queries.prepared import ask, ids
from hervat.register.vocabulary import Role

# Asked before every page of a dossier, and the ORM takes longer to write it than PostgreSQL to answer it.
_ASK = """
SELECT dossier.id, dossier.person_id, dossier.unit_id, dossier.status, dossier.closed_on,
    person.user_code, own.user_code,
    own.id, own.role, own.state, own.first_day, own.last_day, own.ground, own.decided_on, own.ended_on
FROM dossiers_dossier AS dossier
JOIN dossiers_person AS person ON person.id = dossier.person_id
LEFT JOIN dossiers_assignment AS own ON own.dossier_id = dossier.id AND own.user_code = ANY(%(users)s::uuid[])
WHERE dossier.case_number = %(case)s
ORDER BY own.first_day, own.id
"""
# Whose a dossier is: by its case number, or by the code that lines of the log have of it.
_WHOSE = """
SELECT person_id, id FROM dossiers_dossier WHERE case_number = %(case)s OR id = %(id)s
"""
# The code of an account is unique, so there is one row or none.
_WHO = """
SELECT person.id FROM dossiers_person AS person
WHERE person.user_code = %s AND EXISTS (SELECT FROM dossiers_dossier AS own WHERE own.person_id = person.id)
"""
_OWN = """
SELECT dossier.id, dossier.person_id, dossier.unit_id, dossier.status, dossier.closed_on, dossier.case_number
FROM dossiers_dossier AS dossier JOIN dossiers_person AS person ON person.id = dossier.person_id
WHERE person.user_code = %s ORDER BY dossier.status <> 'open', dossier.opened_on DESC, dossier.id DESC
"""
# Across dossiers that the policies do not reach yet; whose proposals is what the signed setting says.
_PROPOSED = "SELECT dossier, role, by_case FROM dossiers_proposed()"
_COUNTED = frozenset({AssignmentState.ACCEPTED, AssignmentState.ENDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A case, and what ties one user to it on one day.

    `owner` is the account of whom it is about. `assignments` are those of the user that count on that day,
    `others` those of colleagues in whose stead the user may act; `proposals` wait for the user's answer.
    """

    dossier: UUID
    person: UUID
    unit: UUID
    status: Status
    closed_on: date | None
    is_own: bool
    owner: UUID | None
    assignments: tuple[Assigned, ...]
    proposals: tuple[Assigned, ...]
    others: tuple[tuple[UUID, Assigned], ...] = ()
    case_number: str = ""


def relation(
    user_code: UUID, case_number: str, on: date, *, others: Collection[UUID] = ()
) -> Relation | None:
    """Return how a user stands to a case on a day, or None when there is no such case.

    With the assignments of `others` beside the user's own, for who acts in their stead.
    """
    number = read_case_number(case_number)
    if number is None:
        return None
    with reaching(Scope(case=number)):
        rows = ask(_ASK, {"users": ids((user_code, *others)), "case": number})
    if not rows:
        return None
    dossier, person, unit, status, closed_on, owner = rows[0][:6]
    # Without an assignment there is one row, with nothing in its place.
    everybodys = [(row[6], _assigned(row[7:])) for row in rows if row[6] is not None]
    assigned = [one for whose, one in everybodys if whose == user_code]
    return Relation(
        dossier=dossier,
        person=person,
        unit=unit,
        status=Status(status),
        closed_on=closed_on,
        is_own=owner == user_code,
        owner=owner,
        assignments=tuple(one for one in assigned if counts_on(one, on)),
        proposals=tuple(one for one in assigned if one.state is AssignmentState.PROPOSED),
        others=tuple((whose, one) for whose, one in everybodys if whose != user_code and counts_on(one, on)),
    )


@dataclass(frozen=True, slots=True)
class Whose:
    """A dossier with whose it is, by the codes that the log has of them."""

    person: UUID
    dossier: UUID


def whose(case: str | UUID) -> Whose | None:
    """Return whose a case is, by its number or by the code of the dossier, or None when there is none."""
    id = case if isinstance(case, UUID) else None
    number = None if isinstance(case, UUID) else read_case_number(case)
    if id is None and number is None:
        return None
    scope = Scope(dossiers=frozenset({id})) if id else Scope(case=number or "")
    with reaching(scope):
        rows = ask(_WHOSE, {"case": number, "id": id})
    return Whose(*rows[0]) if rows else None


def person_of(user_code: UUID) -> UUID | None:
    """Return the person whose account this is, or None for who has no dossier."""
    with reaching(Scope(own=str(user_code))):
        rows = ask(_WHO, (user_code,))
    return rows[0][0] if rows else None


def own_cases(user_code: UUID) -> tuple[Relation, ...]:
    """Return the dossiers about a user, open ones first, the newest first."""
    with reaching(Scope(own=str(user_code))):
        rows = ask(_OWN, (user_code,))
    return tuple(
        Relation(
            dossier=dossier,
            person=person,
            unit=unit,
            status=Status(status),
            closed_on=closed_on,
            is_own=True,
            owner=user_code,
            assignments=(),
            proposals=(),
            case_number=case_number,
        )
        for dossier, person, unit, status, closed_on, case_number in rows
    )


@dataclass(frozen=True, slots=True)
class Proposed:
    """An open dossier of another for which somebody was proposed, and whether for one case with a ground."""

    dossier: UUID
    role: Role
    by_case: bool


def proposed(user_code: UUID) -> tuple[Proposed, ...]:
    """Return what waits for the answer of a user, whatever roles they hold."""
    with reaching(Scope(own=str(user_code))):
        rows = ask(_PROPOSED)
    return tuple(Proposed(dossier, Role(role), by_case) for dossier, role, by_case in rows)


def _assigned(row: tuple[Any, ...]) -> Assigned:
    id, role, state, first_day, last_day, ground, decided_on, ended_on = row
    return Assigned(
        id=id,
        role=Role(role),
        state=AssignmentState(state),
        first_day=first_day,
        last_day=last_day,
        ground=CaseGround(ground) if ground else None,
        accepted_on=decided_on if state in _COUNTED else None,
        ended_on=ended_on,
    )
