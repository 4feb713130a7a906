"""Assigning somebody to a dossier: proposed by one person, accepted or rejected by the other, then ended.

Whoever is proposed decides; only the employer's side and the re-integration service propose. Ending works
at once. Every state stays. An assignment gives access only while its user holds the role, which the door
looks up. Must never: let somebody propose themselves. Read next: `../rules/assignments.py`.
"""

from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from hervat.dossiers.actions.correcting import KeyGone
from hervat.dossiers.models import Assignment, Dossier
from hervat.dossiers.queries.lines import record_of_dossier
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
from hervat.journal.rules.line import Effect
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Operation, Role, Use
from hervat.vault.queries import keys_for
from hervat.vault.rules.sealing import Domain, seal

PROPOSING: Final = frozenset({Role.COMMANDER, Role.PO_ADVISER, Role.DCR_GUIDE})
_PLACE: Final = "dossiers.assignment.why:{}"


def propose_assignment(*, permit: Permit, proposal: Proposal) -> UUID:
    """Propose somebody for the permit's dossier; return the assignment. Raises `AssignmentRefused`."""
    _demand_proposer(permit)
    fault = fault_of(proposal)
    if fault is not None:
        raise AssignmentRefused(fault)
    if permit.actor == str(proposal.user):
        raise NotPermitted("Niemand stelt zichzelf voor.")
    act = act_of(permit, Operation.REFER, Effect.CREATE)
    with permitted(permit):
        dossier = _dossier(permit)
        made = _make(permit, dossier, proposal)
        record_of_dossier(act, dossier.person_id, dossier.id, {Item.CASE_NUMBER})
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
            _demand_proposer(permit)
        _move(row, AssignmentState.ENDED, values)
        record_of_dossier(act, row.dossier.person_id, row.dossier_id, {Item.CASE_NUMBER})


def _decide(permit: Permit, assignment: UUID, state: AssignmentState) -> None:
    values = {"decided_at": Now(), "decided_on": permit.on, "decided_by": permit.actor}
    act = act_of(permit, Operation.REFER, Effect.UPDATE)
    with permitted(permit):
        row = _row(permit, assignment)
        if permit.actor != str(row.user_code):
            raise NotPermitted("Alleen wie is voorgesteld, aanvaardt of wijst af.")
        _move(row, state, values)
        record_of_dossier(act, row.dossier.person_id, row.dossier_id, {Item.CASE_NUMBER})


def _demand_proposer(permit: Permit) -> None:
    permit.demand(Item.CASE_NUMBER, use=Use.READ)
    if permit.role not in PROPOSING:
        raise NotPermitted("Deze rol wijst niemand toe.")


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
