"""Whoever destroyed the key destroyed the person: tried with all that is left, as a thief would.

The thief has every key of the environment, every row that is left, every sealed value, and knows the form
of each: owners, domains, epochs and places are no secret. The same attempt succeeds as long as the key is
there, so that it cannot fail for another reason.
"""

from collections.abc import Iterable, Iterator
from itertools import product
from uuid import UUID, uuid4

import psycopg
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg import sql

from hervat.config.postgres import OWNER, SUPERUSER
from hervat.vault.actions import destroy_keys, make_keys
from hervat.vault.models import Key
from hervat.vault.queries import keys_for, search_keys
from hervat.vault.rules.sealing import DataKey, Domain, SealError, seal, unseal_text
from hervat.vault.rules.wrapping import Keyring, WrapError, Wrapped
from tests.permits import a_permit

from ..roles import Connect
from .conftest import Environment
from .test_keys import rotated

PLACES = ("dossiers.Person.name", "dossiers.Person.bsn", "course.Statement.text")
SECRETS = ("Katinka Xerxes", "999900006", "Mag geen zware dingen tillen")
Row = tuple[UUID, str, int, bytes]
Sealed = dict[tuple[Domain, str], bytes]


def seal_everything(person: UUID) -> Sealed:
    keys = make_keys(person)
    return {
        (domain, place): seal(keys[domain], secret, place)
        for domain in Domain
        for place, secret in zip(PLACES, SECRETS, strict=True)
    }


def rows() -> list[Row]:
    return [
        (key.owner, key.domain, key.epoch, bytes(key.wrapped))
        for key in Key.objects.order_by("owner", "domain")
    ]


def stolen(environment: Environment) -> list[bytes]:
    """Every key of the environment, of every epoch."""
    settings = environment.settings
    return [*settings.KEYS_ORDINARY.values(), *settings.KEYS_MEDICAL.values(), settings.INDEX_KEY]


def try_everything(sealed: Sealed, rows: Iterable[Row], keys: list[bytes], owners: set[UUID]) -> set[str]:
    """Return every value that somebody with these rows and keys gets open."""
    ciphers = [AESGCM(key) for key in keys] + [AESGCM(key) for key in _unwrapped(list(rows), keys, owners)]
    opened = set()
    for cipher, owner, domain, place in product(ciphers, owners, Domain, PLACES):
        for value in sealed.values():
            try:
                opened.add(unseal_text(DataKey(owner, domain, cipher), value, place))
            except SealError:
                continue
    return opened


def _unwrapped(rows: list[Row], keys: list[bytes], owners: set[UUID]) -> Iterator[bytes]:
    """Every wrapped key that opens under any key of the environment, as if it stood in any row."""
    epochs = {row[2] for row in rows}
    for row, key, owner, domain, epoch in product(rows, keys, owners, Domain, epochs):
        ring = Keyring.of({domain: {epoch: key}})
        try:
            yield ring._raw(Wrapped(owner, domain, epoch, row[3]))
        except WrapError:
            continue


def test_what_a_destroyed_key_opened_stays_shut_for_whoever_has_all_that_is_left(vault: Environment) -> None:
    person, others = uuid4(), [uuid4(), uuid4()]
    sealed = seal_everything(person)
    for other in others:
        make_keys(other)
    for domain in Domain:
        vault.next_epoch(domain)
        rotated(domain)
    owners, before = {person, *others}, rows()
    assert try_everything(sealed, before, stolen(vault), owners) == set(SECRETS)

    destroy_keys(a_permit(subject=person), person)

    assert len(rows()) == len(before) - 2
    assert try_everything(sealed, rows(), stolen(vault), owners) == set()


def test_a_new_key_or_the_row_of_somebody_else_does_not_bring_the_person_back(vault: Environment) -> None:
    person, other = uuid4(), uuid4()
    sealed = seal_everything(person)
    destroy_keys(a_permit(subject=person), person)
    make_keys(other)
    Key.objects.bulk_create(
        Key(owner=person, domain=domain, epoch=epoch, wrapped=wrapped) for _, domain, epoch, wrapped in rows()
    )
    with pytest.raises(WrapError):
        keys_for([person], Domain.ORDINARY)
    Key.objects.filter(owner=person).delete()
    make_keys(person)

    assert keys_for([person], Domain.ORDINARY).keys() == {person}
    assert try_everything(sealed, rows(), stolen(vault), {person, other}) == set()


def test_destroying_the_medical_key_leaves_the_ordinary_data(vault: Environment) -> None:
    person = uuid4()
    sealed = seal_everything(person)
    destroy_keys(a_permit(subject=person), person, [Domain.MEDICAL])
    medical = {key: value for key, value in sealed.items() if key[0] is Domain.MEDICAL}

    assert try_everything(medical, rows(), stolen(vault), {person}) == set()
    assert try_everything(sealed, rows(), stolen(vault), {person}) == set(SECRETS)


def test_a_sealed_value_changed_in_any_way_that_a_thief_could_does_not_open(vault: Environment) -> None:
    """With another nonce, form or tag: what is left of a value is of no use without its key."""
    person = uuid4()
    sealed = seal_everything(person)
    destroy_keys(a_permit(subject=person), person)
    one, other = list(sealed.values())[:2]
    spliced = {(Domain.ORDINARY, str(n)): one[:n] + other[n:] for n in range(1, len(one))}

    assert try_everything(spliced, rows(), stolen(vault), {person}) == set()


# --- copies of the database ----------------------------------------------------------------------


@pytest.fixture
def sealed(vault: Environment, connect: Connect) -> Iterator[Sealed]:
    """A person whose values stand sealed in a table, as a room keeps them."""
    values = seal_everything(PERSON)
    owner = connect(OWNER)
    owner.execute("CREATE TABLE sealed_for_a_test (owner uuid, domain text, place text, value bytea)")
    for (domain, place), value in values.items():
        owner.execute("INSERT INTO sealed_for_a_test VALUES (%s, %s, %s, %s)", [PERSON, domain, place, value])
    yield values
    owner.execute("DROP TABLE sealed_for_a_test")


PERSON = UUID("5a0e6c2e-93a4-4f5c-9d4b-3f1f0b1a7c01")
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


def dump(superuser: psycopg.Connection, *, without: str = "") -> bytes:
    """Everything that stands in the tables, as a backup has it."""
    parts = []
    for (table,) in superuser.execute(_TABLES).fetchall():
        if table != without:
            statement = sql.SQL("COPY (SELECT * FROM {}) TO STDOUT").format(sql.Identifier("public", table))
            with superuser.cursor().copy(statement) as copy:
                parts += [bytes(part) for part in copy]
    return b"".join(parts)


def test_a_backup_holds_no_value_and_no_key_of_the_environment(
    vault: Environment, connect: Connect, sealed: Sealed
) -> None:
    whole = dump(connect(SUPERUSER))

    assert all(value.hex().encode() in whole for value in sealed.values())
    for secret in SECRETS:
        assert secret.encode() not in whole
        assert secret.encode().hex().encode() not in whole
    for key in stolen(vault):
        assert key.hex().encode() not in whole
    assert search_keys().of_bsn("999900006")


def test_a_backup_of_the_data_without_the_keys_is_unreadable_and_so_are_both_without_the_environment(
    vault: Environment, connect: Connect, sealed: Sealed
) -> None:
    backup = dump(connect(SUPERUSER), without="vault_key")
    wrapped = [row[3].hex().encode() for row in rows()]

    assert wrapped
    assert not any(key in backup for key in wrapped)
    assert try_everything(sealed, [], stolen(vault), {PERSON}) == set()
    assert try_everything(sealed, rows(), [], {PERSON}) == set()
    assert try_everything(sealed, rows(), stolen(vault), {PERSON}) == set(SECRETS)
