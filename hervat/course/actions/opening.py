"""Opening a dossier with its sick report: the dossier, its first fact and its first plan, in one transaction.

For a message of the personnel system and for who opens one by hand. Must never: open a dossier without a
report, or on a fact the permit may not write. Read next: `../../dossiers/actions/opening.py`, `recording.py`.
"""

from collections.abc import Sequence

from hervat.course.actions.recording import record
from hervat.course.rules.difference import Difference
from hervat.course.rules.values import NewFact
from hervat.course.rules.vocabulary import Kind
from hervat.dossiers.actions.opening import NewDossier, Opened, open_dossier
from hervat.dossiers.queries.permitted import permitted
from hervat.register.permit import Permit


def open_course(
    *, permit: Permit, new: NewDossier, facts: Sequence[NewFact] = (), message_key: bytes | None = None
) -> tuple[Opened, Difference]:
    """Open a dossier, record that somebody fell ill and what else is known, and plan what must happen.

    `message_key` names the message that reported it. Raises as `open_dossier` and `record` do.
    """
    report = NewFact(Kind.SICK, new.first_sick_on, message_key=message_key)
    with permitted(permit):
        opened = open_dossier(permit=permit, new=new)
        difference = record(permit=permit, expected_version=1, facts=[report, *facts], dossier=opened.dossier)
    return opened, difference
