"""Let a system ask for lines, and end it. Only the database's owner can: the process that serves cannot.

Each change is a line of the log, in the same transaction. Must never: keep a secret, or show one twice.
Read next: `../queries/clients.py`, `append.py`.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connections, transaction

from hervat.journal.actions.append import begin, record
from hervat.journal.queries.clients import digest_of
from hervat.journal.rules.acts import Act, Met, under
from hervat.journal.rules.line import Actor, Effect
from hervat.journal.rules.purposes import purpose_for
from hervat.register.model import Register
from hervat.register.vocabulary import Authority, Operation, Role, Source

OWNER = "owner"
OBJECT = "koppeling"
LONGEST_NAME = 100

# Raw SQL: the table is not managed by Django, and written as its owner only.
_ADD = "INSERT INTO journal_client (id, name, role, secret_digest) VALUES (%s, %s, %s, %s)"
_END = "UPDATE journal_client SET ended_at = now() WHERE id = %s AND ended_at IS NULL"


@dataclass(frozen=True, slots=True)
class Issued:
    """A new system and its secret, which is shown once and kept nowhere."""

    id: UUID
    secret: str = field(repr=False)


def add_client(*, name: str, role: Role, actor: Actor, register: Register, now: datetime) -> Issued:
    """Let a system ask for lines in a role. Raises `NoPurpose`.

    Whether the register lets that role read is decided at every question, not here.
    """
    issued = Issued(uuid4(), secrets.token_urlsafe(32))
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute(_ADD, [issued.id, name, role.value, digest_of(issued.secret)])
        _log(issued.id, Effect.CREATE, actor, register, now)
    return issued


def end_client(identifier: UUID, *, actor: Actor, register: Register, now: datetime) -> bool:
    """End a system: from now on no token of it counts. Return whether there was one to end."""
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute(_END, [identifier])
        if not cursor.rowcount:
            return False
        _log(identifier, Effect.UPDATE, actor, register, now)
    return True


def _log(client: UUID, effect: Effect, actor: Actor, register: Register, now: datetime) -> None:
    purpose = purpose_for(register, Operation.ADMINISTER_USERS)
    activity, version = under(register, purpose)
    act = Act(
        trace=begin(None),
        operation=Operation.ADMINISTER_USERS,
        effect=effect,
        actor=actor,
        purpose=purpose,
        activity=activity,
        register_version=version,
        ground=register.purpose(purpose).basis,
        authority=Authority.COMMAND_LINE,
        source=Source.COMMAND_LINE,
        started_at=now,
    )
    record(act, [Met(object_kind=OBJECT, object_id=client)], using=OWNER)
