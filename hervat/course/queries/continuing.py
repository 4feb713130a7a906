"""Whether a new sickness belongs to the case of a dossier: asked before it is recorded anywhere.

Must never: record anything, or say more of a dossier than this.
Read next: `../rules/continuing.py`, `../../exchange/actions/applying.py`.
"""

from datetime import date

from hervat.course.actions.keeping import facts_of, met_by
from hervat.course.rules.continuing import Continuing, continuing
from hervat.course.rules.folding import fold
from hervat.dossiers.actions.changing import Changing
from hervat.dossiers.queries.permitted import permitted
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.rules.line import Effect
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Operation, Use


def continues(permit: Permit, known: Changing, first_sick_on: date) -> Continuing:
    """Return how a new first sick day stands to the dossier of a permit. Raises `CourseFault`."""
    if permit.dossier != known.dossier:
        raise NotPermitted("Deze machtiging gaat niet over dit dossier.")
    permit.demand(Item.SICKNESS_ABSENCE, use=Use.READ)
    act = act_of(permit, Operation.REPORT_SICKNESS, Effect.READ)
    with permitted(permit):
        kept = facts_of(known)
        record(act, met_by(known, {Item.SICKNESS_ABSENCE}, opened_medical=kept.opened_medical))
    folded = fold(kept.facts, otherwise_sick_since=known.first_sick_on)
    return continuing(folded.situation, first_sick_on)
