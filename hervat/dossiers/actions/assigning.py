"""Assigning somebody to a dossier: proposed by one person, accepted or rejected by the other, then ended.

Whoever is proposed decides; who proposes is what the register says of recording an assignment. Ending works
at once. Every state stays. An assignment gives access only while its user
holds the role, which the door looks up. A line says by its object what became of which assignment.
Must never: let somebody propose themselves.
Read next: `../rules/assignments.py`, `../queries/assignments.py`.
"""

from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from hervat.dossiers.actions.correcting import KeyGone
from hervat.dossiers.models import Assignment, Dossier
from hervat.dossiers.queries.lines import met
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.rules.assignments import (
    AssignmentFault,
    AssignmentRefused,
    Proposal,
    fault_of,
    may_become,
)
from hervat.dossiers.rules.vocabulary import AssignmentState
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.rules.acts import Act
from hervat.journal.rules.line import Effect, SubjectKind
from hervat.organisation.queries.colleagues import demand_choosing
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Operation
from hervat.vault.queries import keys_for
from hervat.vault.rules.sealing import Domain, seal

OBJECTS: Final = {
    AssignmentState.PROPOSED: "voorgestelde-toewijzing",
    AssignmentState.ACCEPTED: "aanvaarde-toewijzing",
    AssignmentState.REJECTED: "afgewezen-toewijzing",
    AssignmentState.ENDED: "beeindigde-toewijzing",
}
"""What a line calls an assignment: by what became of it."""
_PLACE: Final = "dossiers.assignment.why:{}"


def propose_assignment(*, permit: Permit, proposal: Proposal) -> UUID:
    """Propose somebody for the permit's dossier; return the assignment. Raises `AssignmentRefused`."""
    demand_choosing(permit)
    fault = fault_of(proposal)
    if fault is not None:
        raise AssignmentRefused(fault)
    if permit.actor == str(proposal.user):
        raise NotPermitted("Niemand stelt zichzelf voor.")
    act = act_of(permit, Operation.REFER, Effect.CREATE)
    with permitted(permit):
        dossier = _dossier(permit)
        made = _make(permit, dossier, proposal)
        _tell(act, made, AssignmentState.PROPOSED)
    return made.id


def accept_assignment(*, permit: Permit, assignment: UUID) -> None:
    """Accept what one was proposed for. Raises `AssignmentRefused` and `NotPermitted`."""
    _decide(permit, assignment, AssignmentState.ACCEPTED)


def reject_assignment(*, permit: Permit, assignment: UUID) -> None:
    """Reject what one was proposed for. Raises `AssignmentRefused` and `NotPermitted`."""
    _decide(permit, assignment, AssignmentState.REJECTED)


def end_assignment(*, permit: Permit, assignment: UUID) -> None:
    """End an assignment today, one's own or as who may propose. Raises `AssignmentRefused`."""
    values = {"ended_at": Now(), "ended_on": permit.on, "ended_by": permit.actor}
    act = act_of(permit, Operation.REFER, Effect.UPDATE)
    with permitted(permit):
        row = _row(permit, assignment)
        if permit.actor != str(row.user_code):
            demand_choosing(permit)
        _move(row, AssignmentState.ENDED, values)
        _tell(act, row, AssignmentState.ENDED)


def _decide(permit: Permit, assignment: UUID, state: AssignmentState) -> None:
    values = {"decided_at": Now(), "decided_on": permit.on, "decided_by": permit.actor}
    act = act_of(permit, Operation.REFER, Effect.UPDATE)
    with permitted(permit):
        row = _row(permit, assignment)
        if permit.actor != str(row.user_code):
            raise NotPermitted("Alleen wie is voorgesteld, aanvaardt of wijst af.")
        _move(row, state, values)
        _tell(act, row, state)


def _tell(act: Act, row: Assignment, became: AssignmentState) -> None:
    """Log it about both whom it concerns: the person of the dossier, and who was proposed."""
    here = replace(
        met(row.dossier.person_id, row.dossier_id, {Item.USER_ASSIGNMENT}),
        object_kind=OBJECTS[became],
        object_id=row.id,
    )
    whom = replace(here, subject=row.user_code, subject_kind=SubjectKind.USER, dossier=None)
    record(act, [here, whom])


def _dossier(permit: Permit) -> Dossier:
    dossier = Dossier.objects.filter(id=permit.dossier).first() if permit.dossier else None
    if dossier is None:
        raise NotPermitted("Deze machtiging gaat niet over een dossier.")
    return dossier


def _make(permit: Permit, dossier: Dossier, proposal: Proposal) -> Assignment:
    try:
        with transaction.atomic():
            return Assignment.objects.create(
                dossier=dossier,
                user_code=proposal.user,
                role=proposal.role.value,
                first_day=proposal.first_day,
                last_day=proposal.last_day,
                ground=proposal.ground.value if proposal.ground else "",
                why=_seal_why(dossier, proposal),
                proposed_by=permit.actor,
                proposed_role=permit.role.value if permit.role else "",
            )
    except IntegrityError as error:
        if "assignment_runs_once" in str(error):
            raise AssignmentRefused(AssignmentFault.RUNS) from None
        raise


def _seal_why(dossier: Dossier, proposal: Proposal) -> bytes | None:
    if proposal.ground is None or proposal.why is None:
        return None
    key = keys_for([dossier.person_id], Domain.ORDINARY).get(dossier.person_id)
    if key is None:
        raise KeyGone
    return seal(key, proposal.why.strip(), _PLACE.format(dossier.id))


def _row(permit: Permit, assignment: UUID) -> Assignment:
    found = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("dossier")
        .filter(id=assignment, dossier=permit.dossier)
        .first()
    )
    if found is None:
        raise NotPermitted("Deze toewijzing hoort niet bij het dossier van deze machtiging.")
    return found


def _move(row: Assignment, state: AssignmentState, values: dict[str, Any]) -> None:
    if not may_become(AssignmentState(row.state), state):
        raise AssignmentRefused(AssignmentFault.STATE)
    Assignment.objects.filter(id=row.id).update(state=state.value, **values)
