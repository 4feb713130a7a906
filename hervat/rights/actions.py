"""What somebody asks about their own file: so far, a question to the FG about one line of the log.

The question is a line itself, so that it cannot get lost; nobody is sent a message yet. Must never: hold
what somebody wrote, or be asked for another. Read next: docs/people.md, `../journal/queries/lines.py`.
"""

from uuid import UUID

from django.db import transaction

from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.rules.acts import Met
from hervat.journal.rules.line import Effect, SubjectKind
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Authority, Item, Operation

QUESTIONED = "logregel"


def question_reading(*, permit: Permit, trace: UUID) -> None:
    """Log that somebody has a question for the FG about one act on their file, named by its trace."""
    if permit.authority is not Authority.OWN or permit.subject is None:
        raise NotPermitted("Een vraag aan de FG gaat over het eigen dossier.")
    act = act_of(permit, Operation.EXERCISE_RIGHTS, Effect.CREATE)
    met = Met(
        subject=permit.subject,
        subject_kind=SubjectKind.RE_INTEGRANT,
        object_kind=QUESTIONED,
        object_id=trace,
        items=frozenset({Item.USER_ACTIVITY}),
    )
    with transaction.atomic():
        record(act, [met])
