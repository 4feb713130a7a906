"""Who works on a dossier, in words: the role, how it stands, from and until when. Never a name.

Read next: `hervat/dossiers/queries/assignments.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hervat.dossiers.actions.assigning import PROPOSING
from hervat.dossiers.queries.assignments import AssignmentView
from hervat.dossiers.rules.vocabulary import AssignmentState
from hervat.register.permit import Permit
from hervat.register.vocabulary import Authority
from hervat.web.presenters.facts import role_name, word
from hervat.web.presenters.words import Chip, day_text


@dataclass(frozen=True, slots=True)
class Assigned:
    """An assignment; `may_end` where whoever looks may end it today."""

    id: str
    role: str
    state: Chip
    first_day: str
    last_day: str
    ground: str
    mine: bool
    may_end: bool


def present_assignments(permit: Permit, rows: Iterable[AssignmentView]) -> tuple[Assigned, ...]:
    """Format the assignments of a dossier."""
    return tuple(_assigned(permit, row) for row in rows)


def may_propose(permit: Permit) -> bool:
    """Whether this permit may propose somebody."""
    return permit.role in PROPOSING and permit.authority is not Authority.OWN


def _assigned(permit: Permit, row: AssignmentView) -> Assigned:
    ended = row.ended_on or row.last_day
    return Assigned(
        id=str(row.id),
        role=role_name(row.role),
        state=state_chip(row.state),
        first_day=day_text(row.first_day),
        last_day=day_text(ended) if ended else "",
        ground=word(row.ground.value) if row.ground else "",
        mine=row.mine,
        may_end=row.state is AssignmentState.ACCEPTED and (row.mine or may_propose(permit)),
    )


def state_chip(state: AssignmentState) -> Chip:
    """Return how an assignment stands."""
    return {
        AssignmentState.PROPOSED: Chip("warn i-ask", _("voorgesteld")),
        AssignmentState.ACCEPTED: Chip("good i-yes", _("aanvaard")),
        AssignmentState.REJECTED: Chip("bad i-no", _("afgewezen")),
        AssignmentState.ENDED: Chip("calm i-lock", _("beëindigd")),
    }[state]
