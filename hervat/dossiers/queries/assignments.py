"""Who works on a dossier: in which role, how that stands, from and until when. Never a name.

Whoever may propose sees every assignment, to be able to end one; the re-integrant sees them too; anybody
else sees their own. The explanation that was sealed with a ground stays sealed here.
Must never: give the code of another user. Read next: `../actions/assigning.py`.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hervat.dossiers.models import Assignment, Dossier
from hervat.dossiers.queries.lines import record_of_dossier
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.rules.vocabulary import AssignmentState, CaseGround
from hervat.journal.actions.acting import act_of
from hervat.journal.rules.line import Effect
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Authority, Item, Operation, Role

SEES_ALL = frozenset({Role.COMMANDER, Role.PO_ADVISER, Role.DCR_GUIDE})


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentView:
    """An assignment as it stands; `mine` when it is that of whoever asks."""

    id: UUID
    role: Role
    state: AssignmentState
    first_day: date
    last_day: date | None
    ended_on: date | None
    ground: CaseGround | None
    mine: bool


def assignments(permit: Permit) -> tuple[AssignmentView, ...]:
    """Return the assignments of the permit's dossier, the newest first, and log it.

    Raises `NotPermitted` without a dossier.
    """
    if permit.dossier is None:
        raise NotPermitted("Deze machtiging gaat niet over een dossier.")
    act = act_of(permit, Operation.REFER, Effect.READ)
    found = Assignment.objects.filter(dossier=permit.dossier).order_by("-first_day", "-proposed_at")
    if permit.role not in SEES_ALL and permit.authority is not Authority.OWN:
        found = found.filter(user_code=permit.actor)
    with permitted(permit):
        dossier = Dossier.objects.get(id=permit.dossier)
        rows = tuple(_view(permit, row) for row in found)
        record_of_dossier(act, dossier.person_id, dossier.id, {Item.CASE_NUMBER})
    return rows


def _view(permit: Permit, row: Assignment) -> AssignmentView:
    return AssignmentView(
        id=row.id,
        role=Role(row.role),
        state=AssignmentState(row.state),
        first_day=row.first_day,
        last_day=row.last_day,
        ended_on=row.ended_on,
        ground=CaseGround(row.ground) if row.ground else None,
        mine=str(row.user_code) == permit.actor,
    )
