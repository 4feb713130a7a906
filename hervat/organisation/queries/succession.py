"""Whether somebody has the same role in the units of a posting from the day after its end: yes or no.

Of nobody in particular: who that is, whoever hands over may not know (of postings one sees one's own alone).
Must never: give a name, a code or a number of the others. Read next: `../rules/succession.py`.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.rules.line import Effect
from hervat.organisation import models
from hervat.organisation.queries.standing import as_posting
from hervat.organisation.rules.postings import Posting
from hervat.organisation.rules.succession import Succession, succession
from hervat.organisation.rules.units import Tree
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Operation


@transaction.atomic
def successions(permit: Permit, postings: Sequence[Posting], tree: Tree) -> tuple[Succession, ...]:
    """Return what becomes of each of one's own postings, and log that it was asked.

    Raises `NotPermitted` for a posting of somebody else, or in another role than the permit's.
    """
    if any(str(one.user) != permit.actor or one.role is not permit.role for one in postings):
        raise NotPermitted("Een overdracht gaat over uw eigen plaatsing in deze rol.")
    rows = models.Posting.objects.filter(role=permit.role, user__disabled_on=None)
    others = [as_posting(row) for row in rows.exclude(user=UUID(permit.actor))] if postings else []
    record(act_of(permit, Operation.LIST_CASELOAD, Effect.READ))
    return tuple(succession(one, others, tree) for one in postings)
