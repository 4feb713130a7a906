"""Making, destroying and re-wrapping the keys of people.

Destroying a key destroys what it opens, in every copy of the database; nothing here asks why, so whoever
calls this has had a second pair of eyes. Must never: destroy under a permit about somebody else, wrap under
an epoch that is not the highest, or log a key.
Read next: `rules/wrapping.py`, docs/vault.md (how long a destroyed key lives on in backups).
"""

from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import begin, begin_another, record
from hervat.journal.queries.prepared import ask, ids
from hervat.journal.rules.acts import Act, Met, under
from hervat.journal.rules.line import Actor, Effect, Manner, SubjectKind
from hervat.journal.rules.purposes import purpose_for
from hervat.organisation.queries.accounts import is_closed
from hervat.register.model import Register
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Authority, Item, Operation, Scope, Source, Use
from hervat.vault.models import Key
from hervat.vault.queries import keyring, keys_for
from hervat.vault.rules.sealing import DataKey, Domain
from hervat.vault.rules.wrapping import Wrapped

BATCH: Final = 1000

# Not the ORM, which would write a condition for every key of a batch.
_KEEP_MANY = """
INSERT INTO vault_key (owner, domain, epoch, wrapped)
SELECT owner, domain, epoch, wrapped
FROM unnest(%s::uuid[], %s::text[], %s::smallint[], %s::bytea[]) AS row (owner, domain, epoch, wrapped)
"""
_REWRAP = """
UPDATE vault_key SET wrapped = new.wrapped, epoch = %s
FROM unnest(%s::uuid[], %s::bytea[]) AS new (owner, wrapped)
WHERE vault_key.owner = new.owner AND vault_key.domain = %s
"""


@dataclass(frozen=True, slots=True)
class Rotated:
    """How far a rotation came: keys wrapped anew in this run, and how many there were to do."""

    done: int
    total: int


def make_keys(owner: UUID, domains: Collection[Domain] = tuple(Domain)) -> Mapping[Domain, DataKey]:
    """Make the keys of a person in the caller's transaction, unless they are there, and return them.

    Who comes second waits for the first and gets the same keys. Raises `MissingKeyError`.
    """
    ring = keyring()
    made = [ring.make(owner, domain)[0] for domain in domains]
    rows = [Key(owner=key.owner, domain=key.domain, epoch=key.epoch, wrapped=key.wrapped) for key in made]
    Key.objects.bulk_create(rows, ignore_conflicts=True)
    return {domain: keys_for([owner], domain)[owner] for domain in domains}


@transaction.atomic
def destroy_keys(permit: Permit, owner: UUID, domains: Collection[Domain] = tuple(Domain)) -> int:
    """Destroy the keys of a person, and with them all they open; return how many there were.

    Raises `NotPermitted` for a permit that is not about this person.
    """
    if permit.subject != owner:
        raise NotPermitted("Deze machtiging gaat niet over de persoon van wie dit de sleutels zijn.")
    act = act_of(permit, Operation.DESTROY, Effect.DELETE)
    keys = Key.objects.filter(owner=owner, domain__in=domains)
    found = list(keys.select_for_update().order_by("domain").values_list("domain", flat=True))
    keys.delete()
    record(act, [_destroyed(permit, owner, domain) for domain in found])
    return len(found)


@transaction.atomic
def destroy_log_in_key(*, permit: Permit, user: UUID) -> int:
    """Destroy the key that seals the log-in secrets of a closed account; return how many there were.

    Raises `NotPermitted` for whoever does not keep users, for an account in use, and for the key of a person.
    """
    permit.demand(Item.USER_POSTING, use=Use.WRITE)
    if permit.scope(Item.USER_POSTING, Use.WRITE) is not Scope.FULL or not is_closed(user):
        raise NotPermitted("Alleen wie gebruikers beheert, vernietigt de sleutel van een gesloten account.")
    act = act_of(permit, Operation.ADMINISTER_USERS, Effect.DELETE)
    gone, _ = Key.objects.filter(owner=user).delete()
    if gone:
        record(act, [_of_log_in(user)])
    return gone


def make_new_keys(owners: Sequence[UUID]) -> Mapping[UUID, DataKey]:
    """Make the keys of new people in the caller's transaction, and return the ordinary ones.

    For a load of many: who has keys already makes it fail. Raises `MissingKeyError` and `IntegrityError`.
    """
    ring = keyring()
    made = [(domain, *ring.make(owner, domain)) for owner in owners for domain in Domain]
    kept = [key for _, key, _ in made]
    domains, epochs = [key.domain.value for key in kept], [key.epoch for key in kept]
    wrapped = [key.wrapped for key in kept]
    ask(_KEEP_MANY, [ids(key.owner for key in kept), domains, epochs, wrapped])
    return {key.owner: data for domain, key, data in made if domain is Domain.ORDINARY}


def forget_keys(owners: Collection[UUID], domains: Collection[Domain] = tuple(Domain)) -> int:
    """Remove the keys of what is about nobody known, in the caller's transaction; return how many.

    For what was sealed under a number of its own, such as a message that could not be read. Who calls this
    logs what it destroys; the keys of a person go by `destroy_keys` only.
    """
    return Key.objects.filter(owner__in=owners, domain__in=domains).delete()[0]


def rotate(
    domain: Domain, *, actor: Actor, register: Register, now: datetime, batch: int = BATCH
) -> Generator[Rotated, None, None]:
    """Wrap every key of a domain under the highest epoch, telling after each batch how far it is.

    A batch commits by itself with its line in the log, so who stops halfway goes on from there the next
    time. Raises `MissingKeyError`, `WrapError`, and `NoPurpose` where the register has none for this.
    """
    highest = keyring().highest(domain)
    act = _act_of_rotation(actor, register, now)
    done, total = 0, Key.objects.filter(domain=domain, epoch__lt=highest).count()
    after = UUID(int=0)
    while done < total:
        with transaction.atomic():
            kept = _older(domain, highest, after, batch)
            if not kept:
                return
            _rewrap(domain, highest, kept)
            record(act, [Met(object_kind=_kind(domain), object_id=UUID(int=highest))])
        act = replace(act, trace=begin_another(act.trace))
        done, after = done + len(kept), kept[-1].owner
        yield Rotated(done, total)


def _older(domain: Domain, highest: int, after: UUID, batch: int) -> list[Wrapped]:
    # Locked in one order, so that two who rotate at once wait for each other and never in a circle.
    keys = Key.objects.filter(domain=domain, epoch__lt=highest, owner__gt=after).order_by("owner")
    rows = keys.select_for_update().values_list("owner", "epoch", "wrapped")[:batch]
    return [Wrapped(owner, domain, epoch, bytes(wrapped)) for owner, epoch, wrapped in rows]


def _rewrap(domain: Domain, highest: int, kept: list[Wrapped]) -> None:
    ring = keyring()
    new = [ring.rewrap(key) for key in kept]
    with connection.cursor() as cursor:
        cursor.execute(_REWRAP, [highest, [k.owner for k in new], [k.wrapped for k in new], domain])


def _kind(domain: Domain) -> str:
    return f"sleutel-{domain}"


def _destroyed(permit: Permit, owner: UUID, domain: str) -> Met:
    return Met(
        subject=owner,
        subject_kind=SubjectKind.RE_INTEGRANT,
        dossier=permit.dossier,
        object_kind=_kind(Domain(domain)),
        object_id=owner,
        manner=Manner.COMPUTED,
    )


def _of_log_in(user: UUID) -> Met:
    return Met(
        subject=user,
        subject_kind=SubjectKind.USER,
        object_kind=_kind(Domain.ORDINARY),
        object_id=user,
        items=frozenset({Item.USER_CREDENTIALS}),
        manner=Manner.COMPUTED,
    )


def _act_of_rotation(actor: Actor, register: Register, now: datetime) -> Act:
    purpose = purpose_for(register, Operation.ADMINISTER_USERS)
    activity, version = under(register, purpose)
    return Act(
        trace=begin(),
        operation=Operation.ADMINISTER_USERS,
        effect=Effect.EXECUTE,
        actor=actor,
        purpose=purpose,
        activity=activity,
        register_version=version,
        ground=register.purpose(purpose).basis,
        authority=Authority.COMMAND_LINE,
        source=Source.COMMAND_LINE,
        started_at=now,
    )
