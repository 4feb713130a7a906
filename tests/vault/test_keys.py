"""Keys are made once, kept wrapped, rotated without a gap and destroyed under a permit, as each role may."""

import threading
from datetime import UTC, datetime
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from hervat.config.postgres import APPLICATION
from hervat.journal.models import Line
from hervat.journal.rules.line import Actor
from hervat.register import in_force
from hervat.register.permit import NotPermitted
from hervat.register.vocabulary import ActorKind
from hervat.vault.actions import Rotated, destroy_keys, make_keys, rotate
from hervat.vault.models import Key
from hervat.vault.queries import keys_for, status
from hervat.vault.rules.sealing import Domain, SealError, seal, unseal_text
from hervat.vault.rules.wrapping import WRAPPED, MissingKeyError, WrapError
from tests.permits import a_permit

from .conftest import Environment

PLACE = "dossiers.Person.name"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
COMMAND = Actor(kind=ActorKind.COMMAND, code="hervat")


def rotated(domain: Domain, batch: int = 1000) -> list[Rotated]:
    return list(rotate(domain, actor=COMMAND, register=in_force.history().latest, now=NOW, batch=batch))


def counted(domain: Domain) -> dict[int, int]:
    return {state.epoch: state.keys for state in status() if state.domain is domain}


def test_a_person_gets_a_key_for_each_domain_once(vault: Environment) -> None:
    person, other = uuid4(), uuid4()
    made = make_keys(person)
    again = make_keys(person)
    sealed = {domain: seal(key, "Anna", PLACE) for domain, key in made.items()}

    for domain in Domain:
        found = keys_for([person, other], domain)
        assert found.keys() == {person}
        assert unseal_text(found[person], sealed[domain], PLACE) == "Anna"
        assert unseal_text(again[domain], sealed[domain], PLACE) == "Anna"
        assert counted(domain) == {1: 1}


def test_the_keys_of_a_page_come_with_one_query(vault: Environment) -> None:
    people = [uuid4() for _ in range(50)]
    for person in people:
        make_keys(person)
    with CaptureQueriesContext(connection) as asked:
        found = keys_for(people, Domain.ORDINARY)

    assert found.keys() == set(people)
    assert len(asked) == 1


def test_keys_are_made_in_the_callers_transaction(vault: Environment) -> None:
    kept, lost = uuid4(), uuid4()
    with transaction.atomic():
        make_keys(kept)
    with transaction.atomic():
        make_keys(lost)
        transaction.set_rollback(True)

    assert keys_for([kept, lost], Domain.ORDINARY).keys() == {kept}


def test_two_who_make_keys_of_one_person_at_once_get_the_same(vault: Environment) -> None:
    person, begun, sealed = uuid4(), threading.Event(), {}

    def make_second() -> None:
        begun.wait(10)
        try:
            with transaction.atomic():
                sealed["second"] = seal(make_keys(person)[Domain.MEDICAL], "tweede", PLACE)
        finally:
            connections.close_all()

    second = threading.Thread(target=make_second)
    second.start()
    with transaction.atomic():
        sealed["first"] = seal(make_keys(person)[Domain.MEDICAL], "eerste", PLACE)
        begun.set()
        second.join(0.3)
        assert second.is_alive()
    second.join(10)

    key = keys_for([person], Domain.MEDICAL)[person]
    assert unseal_text(key, sealed["first"], PLACE) == "eerste"
    assert unseal_text(key, sealed["second"], PLACE) == "tweede"


def test_without_a_key_in_the_environment_nothing_is_made(vault: Environment) -> None:
    make_keys(uuid4())
    vault.forget(Domain.MEDICAL, 1)
    with pytest.raises(MissingKeyError, match="HERVAT_KEYS_MEDICAL"):
        make_keys(uuid4())

    assert Key.objects.count() == 2


# --- destroying ----------------------------------------------------------------------------------


def test_keys_are_destroyed_under_a_permit_about_that_person_and_no_other(vault: Environment) -> None:
    person, other = uuid4(), uuid4()
    for one in (person, other):
        make_keys(one)
    for permit in (a_permit(subject=other), a_permit(subject=None)):
        with pytest.raises(NotPermitted) as refusal:
            destroy_keys(permit, person)
        assert str(person) not in str(refusal.value)
    assert keys_for([person], Domain.ORDINARY).keys() == {person}

    assert destroy_keys(a_permit(subject=person), person) == 2
    for domain in Domain:
        assert keys_for([person, other], domain).keys() == {other}


def test_one_domain_can_be_destroyed_apart(vault: Environment) -> None:
    person = uuid4()
    make_keys(person)

    assert destroy_keys(a_permit(subject=person), person, [Domain.MEDICAL]) == 1
    assert keys_for([person], Domain.ORDINARY).keys() == {person}
    assert keys_for([person], Domain.MEDICAL) == {}


def test_destroying_is_a_line_per_domain_about_the_person_and_commits_with_it(vault: Environment) -> None:
    person = uuid4()
    make_keys(person)
    permit = a_permit(subject=person)
    with transaction.atomic():
        destroy_keys(permit, person)
        transaction.set_rollback(True)
    assert (Key.objects.count(), Line.objects.count()) == (2, 0)

    destroy_keys(permit, person)
    parent, *children = Line.objects.order_by("id")

    assert (parent.operation, parent.effect, parent.subject) == ("vernietigen", "D", None)
    assert [(child.subject, child.object_kind, child.items) for child in children] == [
        (person, "sleutel-gewoon", []),
        (person, "sleutel-medisch", []),
    ]
    assert {line.trace_id for line in (parent, *children)} == {permit.trace_id}
    assert {line.dossier for line in children} == {permit.dossier}


def test_a_key_that_is_made_anew_is_another_key(vault: Environment) -> None:
    person = uuid4()
    sealed = seal(make_keys(person)[Domain.ORDINARY], "Anna", PLACE)
    destroy_keys(a_permit(subject=person), person)
    key = make_keys(person)[Domain.ORDINARY]

    assert unseal_text(key, seal(key, "Anna", PLACE), PLACE) == "Anna"
    with pytest.raises(SealError):
        unseal_text(key, sealed, PLACE)


# --- rotating ------------------------------------------------------------------------------------


def test_rotation_wraps_everything_anew_and_what_was_sealed_still_opens(vault: Environment) -> None:
    people = [uuid4() for _ in range(7)]
    sealed = {person: seal(make_keys(person)[Domain.MEDICAL], str(person), PLACE) for person in people}
    vault.next_epoch(Domain.MEDICAL)
    late = uuid4()
    make_keys(late)
    assert counted(Domain.MEDICAL) == {1: 7, 2: 1}

    assert rotated(Domain.MEDICAL, batch=3) == [Rotated(3, 7), Rotated(6, 7), Rotated(7, 7)]
    assert counted(Domain.MEDICAL) == {1: 0, 2: 8}
    assert counted(Domain.ORDINARY) == {1: 8}
    vault.forget(Domain.MEDICAL, 1)
    keys = keys_for([*people, late], Domain.MEDICAL)
    assert len(keys) == 8
    for person in people:
        assert unseal_text(keys[person], sealed[person], PLACE) == str(person)


def test_rotation_that_was_stopped_goes_on_from_there(vault: Environment) -> None:
    for _ in range(7):
        make_keys(uuid4())
    vault.next_epoch(Domain.ORDINARY)
    stopped = rotate(Domain.ORDINARY, actor=COMMAND, register=in_force.history().latest, now=NOW, batch=2)
    next(stopped), next(stopped)
    stopped.close()

    assert counted(Domain.ORDINARY) == {1: 3, 2: 4}
    assert rotated(Domain.ORDINARY, batch=2) == [Rotated(2, 3), Rotated(3, 3)]
    assert rotated(Domain.ORDINARY) == []
    assert counted(Domain.ORDINARY) == {1: 0, 2: 7}


def test_rotation_that_fails_in_a_batch_leaves_that_batch_as_it_was(vault: Environment) -> None:
    people = sorted(uuid4() for _ in range(4))
    for person in people:
        make_keys(person)
    vault.next_epoch(Domain.ORDINARY)
    spoilt = Key.objects.filter(owner=people[3], domain=Domain.ORDINARY)
    spoilt.update(wrapped=b"\x01" * WRAPPED)
    with pytest.raises(WrapError):
        rotated(Domain.ORDINARY, batch=2)

    assert counted(Domain.ORDINARY) == {1: 2, 2: 2}
    assert Line.objects.filter(parent_span_id=None).count() == 1


def test_a_key_that_is_destroyed_during_rotation_stays_destroyed(vault: Environment) -> None:
    people = sorted(uuid4() for _ in range(4))
    for person in people:
        make_keys(person)
    vault.next_epoch(Domain.ORDINARY)
    rotation = rotate(Domain.ORDINARY, actor=COMMAND, register=in_force.history().latest, now=NOW, batch=2)
    next(rotation)
    destroy_keys(a_permit(subject=people[0]), people[0])
    destroy_keys(a_permit(subject=people[3]), people[3])

    assert list(rotation) == [Rotated(3, 4)]
    assert keys_for(people, Domain.ORDINARY).keys() == {people[1], people[2]}


def test_rotation_commits_a_line_with_each_batch_that_names_nobody(vault: Environment) -> None:
    for _ in range(3):
        make_keys(uuid4())
    vault.next_epoch(Domain.ORDINARY)
    rotated(Domain.ORDINARY, batch=2)
    lines = list(Line.objects.order_by("id"))

    assert len(lines) == 4
    assert len({line.trace_id for line in lines}) == 1
    assert {line.subject for line in lines} == {None}
    assert {line.operation for line in lines} == {"gebruikers-beheren"}
    assert {(line.object_kind, line.object_id) for line in lines[1::2]} == {("sleutel-gewoon", UUID(int=2))}


def test_no_epoch_may_go_while_a_key_is_under_it(vault: Environment) -> None:
    make_keys(uuid4())

    def removable() -> dict[int, bool]:
        return {state.epoch: state.removable for state in status() if state.domain is Domain.ORDINARY}

    assert removable() == {1: False}
    vault.next_epoch(Domain.ORDINARY)
    assert removable() == {1: False, 2: False}
    rotated(Domain.ORDINARY)
    assert removable() == {1: True, 2: False}
    vault.forget(Domain.ORDINARY, 2)
    assert removable() == {1: False, 2: False}
    assert [state.epoch for state in status() if not state.here] == [2]


# --- the table -----------------------------------------------------------------------------------


def test_the_application_may_not_change_whose_key_a_row_is(
    vault: Environment, application: psycopg.Connection
) -> None:
    make_keys(uuid4())
    application.execute("UPDATE vault_key SET wrapped = wrapped, epoch = epoch")
    for refused in (
        "UPDATE vault_key SET owner = gen_random_uuid()",
        "UPDATE vault_key SET domain = 'medisch'",
        "UPDATE vault_key SET made_at = now()",
        "TRUNCATE vault_key",
        "ALTER TABLE vault_key ADD plain bytea",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute(refused)


def test_nobody_else_may_look_at_the_keys(vault: Environment, owner: psycopg.Connection) -> None:
    given = owner.execute(
        "SELECT grantee, string_agg(privilege_type, ' ' ORDER BY privilege_type) "
        "FROM information_schema.role_table_grants WHERE table_name = 'vault_key' "
        "AND grantee <> current_user GROUP BY grantee"
    ).fetchall()

    assert given == [(APPLICATION, "DELETE INSERT SELECT")]


@pytest.mark.parametrize(
    "change",
    [{"domain": "geheim"}, {"epoch": 0}, {"wrapped": b"x" * 60}, {"wrapped": bytes(32)}, {"epoch": None}],
)
def test_a_row_that_is_no_wrapped_key_is_refused(vault: Environment, change: dict[str, object]) -> None:
    good = {"owner": uuid4(), "domain": "gewoon", "epoch": 1, "wrapped": b"x" * WRAPPED}
    with pytest.raises(IntegrityError):
        Key.objects.create(**(good | change))
    Key.objects.create(**good)

    with pytest.raises(IntegrityError):
        Key.objects.create(**good)
