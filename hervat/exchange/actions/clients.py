"""Let a system send messages, and end it. Only the database's owner can: the process that serves cannot.

Each change is a line of the log, in the same transaction. Must never: keep a secret, or show one twice.
Read next: `../queries/clients.py`, `../../journal/actions/clients.py` (the same for systems that oversee).
"""

import secrets
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models.functions import Now

from hervat.exchange.models import Client
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.queries.clients import digest_of
from hervat.journal.rules.acts import Met
from hervat.journal.rules.line import Effect
from hervat.register.permit import Permit
from hervat.register.vocabulary import Operation

OWNER: Final = "owner"
OBJECT: Final = "koppeling"
LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Issued:
    """A new system and its secret, which is shown once and kept nowhere."""

    id: UUID
    secret: str = field(repr=False)


def add_client(*, permit: Permit, name: str) -> Issued:
    """Let a system send messages."""
    issued = Issued(uuid4(), secrets.token_urlsafe(32))
    act = act_of(permit, Operation.ADMINISTER_USERS, Effect.CREATE)
    with transaction.atomic(using=OWNER):
        Client.objects.using(OWNER).create(id=issued.id, name=name, secret_digest=digest_of(issued.secret))
        record(act, [Met(object_kind=OBJECT, object_id=issued.id)], using=OWNER)
    return issued


def end_client(*, permit: Permit, client: UUID) -> bool:
    """End a system: from now on no token of it counts. Return whether there was one to end."""
    act = act_of(permit, Operation.ADMINISTER_USERS, Effect.UPDATE)
    with transaction.atomic(using=OWNER):
        ended = Client.objects.using(OWNER).filter(id=client, ended_at=None).update(ended_at=Now())
        if ended:
            record(act, [Met(object_kind=OBJECT, object_id=client)], using=OWNER)
    return bool(ended)
