"""Proposing somebody for a dossier, so that the signal that DCR was not asked goes.

The proposal is that of the dossiers, and whoever is proposed decides. Must never: propose by itself; a signal
says only that nobody did. Read next: `../../dossiers/actions/assigning.py`, `../rules/signals.py`.
"""

from typing import Final
from uuid import UUID

from django.db import connection

from hervat.dossiers.actions.assigning import propose_assignment
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.rules.assignments import Proposal
from hervat.register.permit import Permit
from hervat.register.vocabulary import Role

_ANSWER: Final = """
UPDATE course_due SET state = 'gedaan', done_on = %s, done_by = %s
WHERE dossier_id = %s AND kind = 'signaal' AND code = 'dcr-niet-voorgesteld' AND state = 'open'
"""


def propose(*, permit: Permit, proposal: Proposal) -> UUID:
    """Propose somebody for the permit's dossier; return the assignment. Raises `AssignmentRefused`."""
    with permitted(permit):
        made = propose_assignment(permit=permit, proposal=proposal)
        if proposal.role is Role.DCR_GUIDE:
            with connection.cursor() as cursor:
                cursor.execute(_ANSWER, [permit.on, permit.actor, permit.dossier])
    return made
