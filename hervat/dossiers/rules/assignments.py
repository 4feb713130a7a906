"""Assignments: which step follows which, when one counts, and what a case-by-case role must bring.

A role that sees everything case by case is assigned with a ground, a reason and an end; another role may
be, and then also sees what the register gives it case by case. Ending works at once: on the day it ends an
assignment no longer counts. Must never: look at the clock. Read next: `../actions/assigning.py`.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from hervat.dossiers.rules.vocabulary import AssignmentState, CaseGround
from hervat.register.vocabulary import Role

LONGEST_WHY = 200
ONLY_BY_CASE = frozenset({Role.LEGAL_ADVISER})
NEVER_ASSIGNED = frozenset(
    {
        Role.RE_INTEGRANT,
        Role.RESPONDENT,
        Role.RESEARCHER,
        Role.PRIVACY_OFFICER,
        Role.RECORDS_MANAGER,
        Role.ADMINISTRATOR,
        Role.AUDITOR,
        Role.MANAGEMENT,
        Role.UWV,
        Role.OCCUPATIONAL_PHYSICIAN,
    }
)
_FOLLOWS = {
    AssignmentState.ACCEPTED: AssignmentState.PROPOSED,
    AssignmentState.REJECTED: AssignmentState.PROPOSED,
    AssignmentState.ENDED: AssignmentState.ACCEPTED,
}


class AssignmentFault(Enum):
    """Why an assignment cannot be made or moved on, in Dutch, with what to do next."""

    ROLE = "Deze rol wordt niet aan dossiers toegewezen. Kies een rol die begeleidt of beoordeelt."
    NEEDS_GROUND = (
        "Deze rol ziet alles per geval. Noem de grond, licht haar toe en geef een laatste dag, "
        "of kies een andere rol."
    )
    NEEDS_END = "Een grond geldt voor een bepaalde tijd. Geef een toelichting en een laatste dag."
    ORDER = "De laatste dag ligt voor de eerste. Verbeter een van beide."
    LONG = "De toelichting is langer dan 200 tekens. Houd haar kort en schrijf niets medisch op."
    RUNS = "Deze persoon is in deze rol al voorgesteld of toegewezen. Beëindig dat eerst."
    STATE = "Deze toewijzing staat er inmiddels anders voor. Bekijk haar opnieuw."


class AssignmentRefused(ValueError):  # noqa: N818 - it names what happened
    """An assignment that cannot be; `fault` says why."""

    def __init__(self, fault: AssignmentFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Who is to be assigned, in which role, from and until when (both days included), on which ground."""

    user: UUID
    role: Role
    first_day: date
    last_day: date | None = None
    ground: CaseGround | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """An assignment as it stands: what it says, and when it was accepted and ended."""

    id: UUID
    role: Role
    state: AssignmentState
    first_day: date
    last_day: date | None
    ground: CaseGround | None
    accepted_on: date | None
    ended_on: date | None


def fault_of(proposal: Proposal) -> AssignmentFault | None:
    """Return what is wrong with a proposal, or None."""
    if proposal.role in NEVER_ASSIGNED:
        return AssignmentFault.ROLE
    if proposal.role in ONLY_BY_CASE and proposal.ground is None:
        return AssignmentFault.NEEDS_GROUND
    if proposal.ground is not None and (proposal.last_day is None or not (proposal.why or "").strip()):
        return AssignmentFault.NEEDS_END
    if len(proposal.why or "") > LONGEST_WHY:
        return AssignmentFault.LONG
    if proposal.last_day is not None and proposal.last_day < proposal.first_day:
        return AssignmentFault.ORDER
    return None


def may_become(state: AssignmentState, wanted: AssignmentState) -> bool:
    """Whether an assignment can go from one state to another.

    >>> may_become(AssignmentState.REJECTED, AssignmentState.ACCEPTED)
    False
    """
    return _FOLLOWS.get(wanted) is state


def counts_on(assigned: Assigned, on: date) -> bool:
    """Whether an assignment gives access on a day; the same condition stands in `dossiers_scope()`."""
    if assigned.accepted_on is None or on < assigned.accepted_on:
        return False
    if on < assigned.first_day:
        return False
    if assigned.last_day is not None and on > assigned.last_day:
        return False
    return assigned.ended_on is None or on < assigned.ended_on
