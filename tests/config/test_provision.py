"""The owner owns, the application works; a role that could do more is refused."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from hervat.config import provision
from hervat.config.environment import database_from_url
from hervat.config.home import CannotStart
from hervat.config.postgres import APPLICATION, OWNER, SUPERUSER, Cluster
from hervat.config.provision import (
    connect,
    grant_rights,
    migrate,
    refuse_missing_extensions,
    refuse_old_server,
    refuse_too_much,
)


def settings_of(postgres: Cluster, role: str, name: str = "hervat") -> dict[str, Any]:
    return database_from_url(postgres.url(role, name), name="X", label="test")


@pytest.fixture
def table(postgres: Cluster, django_db_setup: None) -> Iterator[str]:
    """A table that the owner made after the roles were prepared, as a migration does."""
    with connect(settings_of(postgres, OWNER)) as database:
        database.execute("CREATE TABLE made_later (id bigint GENERATED ALWAYS AS IDENTITY, said text)")
        yield "made_later"
        database.execute("DROP TABLE made_later")


def test_the_application_works_in_a_table_of_the_owner(postgres: Cluster, table: str) -> None:
    with connect(settings_of(postgres, APPLICATION)) as database:
        database.execute("INSERT INTO made_later (said) VALUES ('a'), ('b')")
        database.execute("UPDATE made_later SET said = 'c' WHERE said = 'a'")
        database.execute("DELETE FROM made_later WHERE said = 'b'")

        assert database.execute("SELECT id, said FROM made_later").fetchall() == [(1, "c")]


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE made_later",
        "ALTER TABLE made_later ADD x int",
        "DROP TABLE made_later",
        "CREATE INDEX ON made_later (said)",
        "CREATE TABLE mine (x int)",
        "CREATE ROLE another",
        "SET ROLE hervat_owner",
        "COPY made_later TO PROGRAM 'true'",
        "SELECT pg_read_file('PG_VERSION')",
    ],
)
def test_the_application_cannot_do_what_belongs_to_the_owner(
    postgres: Cluster, table: str, statement: str
) -> None:
    with (
        connect(settings_of(postgres, APPLICATION)) as database,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        database.execute(statement)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_application_reads_which_migrations_ran_and_cannot_change_it(postgres: Cluster) -> None:
    MigrationRecorder(connections["owner"]).ensure_schema()
    migrate(settings_of(postgres, OWNER), settings_of(postgres, APPLICATION))
    migrate(settings_of(postgres, OWNER), settings_of(postgres, APPLICATION))

    with connect(settings_of(postgres, APPLICATION)) as database:
        database.execute("SELECT * FROM django_migrations")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            database.execute("DELETE FROM django_migrations")


@pytest.mark.parametrize(
    ("give", "take", "why"),
    [
        ("ALTER ROLE hervat_app SUPERUSER", "ALTER ROLE hervat_app NOSUPERUSER", "superuser"),
        ("ALTER ROLE hervat_app BYPASSRLS", "ALTER ROLE hervat_app NOBYPASSRLS", "row-level security"),
        ("GRANT hervat_owner TO hervat_app", "REVOKE hervat_owner FROM hervat_app", "twee rollen"),
        (
            "CREATE TABLE t (x int); ALTER TABLE t OWNER TO hervat_app",
            "DROP TABLE t",
            "bezit tabellen",
        ),
        (
            "GRANT CREATE ON SCHEMA public TO hervat_app",
            "REVOKE CREATE ON SCHEMA public FROM hervat_app",
            "mag tabellen maken",
        ),
    ],
)
def test_an_application_role_that_may_too_much_is_refused(
    postgres: Cluster, django_db_setup: None, give: str, take: str, why: str
) -> None:
    owner, application = settings_of(postgres, OWNER), settings_of(postgres, APPLICATION)
    refuse_too_much(owner, application)
    with connect(settings_of(postgres, SUPERUSER)) as database:
        database.execute(give)
        try:
            with pytest.raises(CannotStart, match=why):
                refuse_too_much(owner, application)
        finally:
            database.execute(take)
    refuse_too_much(owner, application)


def test_an_owner_that_is_not_one_is_refused(postgres: Cluster, django_db_setup: None) -> None:
    owner, application = settings_of(postgres, OWNER), settings_of(postgres, APPLICATION)
    grant_rights(owner, application)
    for wrong in ((application, owner), (owner, application | {"USER": "nobody_by_this_name"})):
        with pytest.raises(CannotStart, match="niet de eigenaar"):
            grant_rights(*wrong)


def test_one_role_for_both_is_refused(postgres: Cluster, django_db_setup: None) -> None:
    with pytest.raises(CannotStart, match="mag te veel"):
        refuse_too_much(settings_of(postgres, OWNER), settings_of(postgres, OWNER))


def test_migrating_is_refused_in_one_line_where_the_server_lacks_an_extension(
    postgres: Cluster, django_db_setup: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, application = settings_of(postgres, OWNER), settings_of(postgres, APPLICATION)
    refuse_missing_extensions(owner)
    monkeypatch.setattr(provision, "EXTENSIONS", ("bestaat_niet",))

    with pytest.raises(CannotStart, match=r"uitbreiding bestaat_niet .* postgresql-contrib") as refused:
        migrate(owner, application)
    assert len(str(refused.value).splitlines()) == 1


def test_what_the_owner_may_not_add_is_asked_of_the_administrator_and_what_is_there_will_do(
    postgres: Cluster, django_db_setup: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connect(settings_of(postgres, SUPERUSER)) as server:
        found = server.execute(
            "SELECT name FROM pg_available_extension_versions WHERE NOT trusted AND name NOT IN "
            "(SELECT extname FROM pg_extension) AND requires IS NULL ORDER BY name LIMIT 1"
        ).fetchone()
        if found is None:
            pytest.skip("Deze PostgreSQL heeft alleen uitbreidingen die een eigenaar mag toevoegen.")
        (name,) = found
        monkeypatch.setattr(provision, "EXTENSIONS", (name,))
        with pytest.raises(CannotStart, match=f"CREATE EXTENSION {name}"):
            refuse_missing_extensions(settings_of(postgres, OWNER))
        refuse_missing_extensions(settings_of(postgres, SUPERUSER))
        server.execute(f'CREATE EXTENSION "{name}"')
        refuse_missing_extensions(settings_of(postgres, OWNER))
        server.execute(f'DROP EXTENSION "{name}"')


def test_the_extensions_are_those_that_migrations_add() -> None:
    rooms = Path(provision.__file__).resolve().parents[1]
    added = {
        name
        for file in rooms.glob("*/migrations/*.py")
        for name in re.findall(r"CREATE EXTENSION (?:IF NOT EXISTS )?(\w+)", file.read_text(encoding="utf-8"))
    }

    assert added == set(provision.EXTENSIONS)


def test_a_server_is_refused_below_fifteen_and_taken_from_there() -> None:
    refuse_old_server(150_000)
    refuse_old_server(180_006)
    with pytest.raises(CannotStart, match=r"PostgreSQL 14\.13 is te oud"):
        refuse_old_server(140_013)


def test_a_server_that_refuses_us_is_one_line_without_the_password(postgres: Cluster) -> None:
    wrong = settings_of(postgres, APPLICATION, "postgres") | {"PASSWORD": "niet-het-wachtwoord"}

    with pytest.raises(CannotStart) as refusal:
        connect(wrong)
    assert "niet-het-wachtwoord" not in str(refusal.value)
    assert "\n" not in str(refusal.value)
