"""The door, for a page that shows a whole course at once: one's own, and who works on it beside that.

Nobody names the own dossier: the door finds it, the one that runs before those that are closed. Must never:
let in to a dossier about somebody else, or log a refusal of what nobody asked for.
Read next: `door.py` (make_permit, about_users), `../web/dossiers/mine.py`.
"""

from dataclasses import dataclass

from hervat.access.asking import Asked, log_refusal
from hervat.access.door import NoPurpose, about_users, desk_purpose, make_permit
from hervat.access.narrowing import Circumstances
from hervat.access.refusals import Refusal, Why, refusal
from hervat.access.ways import Way
from hervat.dossiers.queries.relation import own_cases
from hervat.dossiers.rules.case_number import read_case_number
from hervat.dossiers.rules.vocabulary import Status
from hervat.organisation.queries.standing import Standing, standing_on
from hervat.register import in_force
from hervat.register.decisions import ITEMS, Allowed
from hervat.register.permit import Permit
from hervat.register.vocabulary import Authority, Item, Operation, Role, Use

_WAY = Way(role=Role.RE_INTEGRANT, authority=Authority.OWN)


@dataclass(frozen=True, slots=True)
class OwnCase:
    """A permit for one's own dossier, how many others there are, and as what one may act beside that."""

    permit: Permit
    others: int
    standing: Standing


def own_case(asked: Asked, case_number: str = "") -> OwnCase | Refusal | None:
    """Let somebody in to their own dossier: the one that is named, or else the one that runs or ran last.

    None for who has no dossier: then nothing was asked for. One that is not theirs is not found.
    """
    standing = standing_on(asked.user, asked.on)
    cases = () if standing.disabled else own_cases(asked.user)
    if not cases and not case_number:
        return None
    number = read_case_number(case_number)
    found = next((one for one in cases if not case_number or one.case_number == number), None)
    register = in_force.history().on(asked.on)
    if found is None:
        return log_refusal(asked, register, refusal(Why.UNKNOWN_CASE), role=Role.RE_INTEGRANT)
    given = Circumstances(Authority.OWN, found.status is Status.CLOSED)
    permit = make_permit(asked, register, _WAY, dossier=found, given=given)
    if isinstance(permit, Refusal):
        return log_refusal(asked, register, permit, role=Role.RE_INTEGRANT)
    return OwnCase(permit, len(cases) - 1, standing)


def who_works_here(asked: Asked, permit: Permit) -> Permit | None:
    """Let who is in a dossier in to who works on it, where the register shows something of that at all."""
    try:
        purpose = desk_purpose(Operation.REFER, asked.on)
    except NoPurpose:
        return None
    if permit.role is None or permit.subject is None:
        return None
    decisions = in_force.decisions(demo=asked.demo).project(permit.role, Use.READ, purpose, asked.on)
    if not isinstance(decisions[ITEMS.index(Item.USER_ASSIGNMENT)], Allowed):
        return None
    answer = about_users(asked, permit)
    return answer if isinstance(answer, Permit) else None
