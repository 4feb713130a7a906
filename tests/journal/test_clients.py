"""The systems that may ask for lines: who can add one, what is kept of a secret, what ending one means."""

from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID, uuid4

import psycopg
import pytest

from hervat.journal.actions.clients import Issued, add_client, end_client
from hervat.journal.queries.clients import digest_of, find_client, list_clients
from hervat.journal.rules.line import Actor
from hervat.journal.rules.purposes import NoPurpose, oversight, purpose_for, why_no_oversight
from hervat.register.decisions import Decisions
from hervat.register.vocabulary import ActorKind, Operation, Role
from tests.api.registers import FIRST
from tests.register.copies import TODAY, d2599, ferry_history, own_history

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
COMMAND = Actor(kind=ActorKind.COMMAND, code="hervat")
INSERT = "INSERT INTO journal_client (name, role, secret_digest) VALUES (%s, %s, %s)"


def add(name: str = "Toezicht FG", role: Role = Role.PRIVACY_OFFICER) -> Issued:
    return add_client(name=name, role=role, actor=COMMAND, register=d2599(), now=NOW)


def end(client: UUID) -> bool:
    return end_client(client, actor=COMMAND, register=d2599(), now=NOW)


@pytest.mark.usefixtures("journal")
def test_a_new_system_is_found_by_its_number_and_known_by_its_secret_alone() -> None:
    issued, other = add(), add("Auditdienst", Role.AUDITOR)
    found = find_client(issued.id)

    assert found is not None
    assert (found.name, found.role, found.may_ask) == ("Toezicht FG", Role.PRIVACY_OFFICER, True)
    assert found.secret_digest == digest_of(issued.secret)
    assert found.secret_digest not in {digest_of(other.secret), digest_of("")}
    assert find_client(uuid4()) is None
    assert [client.id for client in list_clients()] == [issued.id, other.id]


def test_of_a_secret_only_the_digest_is_kept_and_nothing_shows_either(superuser: psycopg.Connection) -> None:
    issued = add()
    row = superuser.execute("SELECT * FROM journal_client").fetchone()

    assert row is not None
    assert sha256(issued.secret.encode()).digest() in row
    assert issued.secret not in repr(row)
    assert issued.secret not in repr(issued)
    assert "digest" not in repr(find_client(issued.id))
    # 256 bits: what nobody can guess needs no slow hash
    assert len(issued.secret) == 43


@pytest.mark.usefixtures("journal")
def test_a_system_that_has_ended_stays_on_the_list_and_may_ask_no_more() -> None:
    issued, other = add(), add("Auditdienst", Role.AUDITOR)

    assert end(issued.id) is True
    assert [client.may_ask for client in list_clients()] == [False, True]
    assert end(issued.id) is False
    assert end(uuid4()) is False
    assert other.id in {client.id for client in list_clients() if client.may_ask}


def test_each_change_is_a_line_and_what_changed_nothing_is_none(superuser: psycopg.Connection) -> None:
    issued = add()
    end(issued.id)
    end(issued.id)
    lines = superuser.execute(
        "SELECT operation, effect, purpose, actor_kind, actor, object_id, parent_span_id IS NULL "
        "FROM journal_line ORDER BY id"
    ).fetchall()

    action = ("gebruikers-beheren", "toegang-regelen", "opdracht", "hervat")
    assert [(line[0], *line[2:5]) for line in lines] == [action] * 4
    assert [(line[1], line[5], line[6]) for line in lines] == [
        ("C", None, True),
        ("C", issued.id, False),
        ("U", None, True),
        ("U", issued.id, False),
    ]


def test_without_its_line_no_system_is_added(superuser: psycopg.Connection) -> None:
    with pytest.raises(NoPurpose, match=r"noemt geen doel"):
        add_client(name="X", role=Role.AUDITOR, actor=COMMAND, register=FIRST, now=NOW)

    assert superuser.execute("SELECT count(*) FROM journal_client").fetchone() == (0,)


def test_the_application_reads_systems_and_changes_none(
    application: psycopg.Connection, owner: psycopg.Connection
) -> None:
    owner.execute(INSERT, ["Toezicht", "fg", b"x" * 32])

    assert application.execute("SELECT name FROM journal_client").fetchall() == [("Toezicht",)]
    for statement in (
        "INSERT INTO journal_client (name, role, secret_digest) VALUES ('x', 'fg', sha256('x'))",
        "UPDATE journal_client SET ended_at = NULL",
        "DELETE FROM journal_client",
        "TRUNCATE journal_client",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute(statement)


IMPOSSIBLE = (
    ("", "fg", b"x" * 32),
    ("x" * 101, "fg", b"x" * 32),
    ("twee\nregels", "fg", b"x" * 32),
    ("Toezicht", "FG; DROP", b"x" * 32),
    ("Toezicht", "fg", b"x" * 31),
)


def test_what_no_system_can_be_is_refused_by_the_table(owner: psycopg.Connection) -> None:
    for values in IMPOSSIBLE:
        with pytest.raises(psycopg.errors.CheckViolation):
            owner.execute(INSERT, values)
    owner.execute(INSERT, ["Toezicht", "fg", b"x" * 32])
    with pytest.raises(psycopg.errors.CheckViolation):
        owner.execute("UPDATE journal_client SET ended_at = created_at - interval '1 second'")


def test_the_purpose_is_the_one_that_the_entry_on_users_gives() -> None:
    assert purpose_for(d2599(), Operation.OVERSEE) == "verantwoorden"
    assert purpose_for(d2599(), Operation.ADMINISTER_USERS) == "toegang-regelen"
    assert purpose_for(ferry_history().latest, Operation.OVERSEE) == "toegang"
    with pytest.raises(NoPurpose):
        purpose_for(d2599(), Operation.PLACE)


@pytest.mark.parametrize(
    ("role", "why"),
    [
        (Role.PRIVACY_OFFICER, None),
        (Role.AUDITOR, None),
        (Role.COMMANDER, "alleen over uzelf"),
        (Role.ADMINISTRATOR, "houdt geen toezicht"),
        (Role.UWV, "is niet aanvaard"),
    ],
)
def test_the_register_says_who_oversees_and_why_somebody_does_not(role: Role, why: str | None) -> None:
    decision = oversight(Decisions(own_history(), []), d2599(), role, TODAY)
    told = why_no_oversight(d2599(), role, decision)

    assert told is None if why is None else why in str(told)


def test_another_entry_has_another_overseer() -> None:
    ferry = ferry_history()
    may = {
        role
        for role in Role
        if why_no_oversight(ferry.latest, role, oversight(Decisions(ferry, []), ferry.latest, role, TODAY))
        is None
    }

    assert may == {Role.RECORDS_MANAGER}
