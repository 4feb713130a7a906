"""Who may do what with the tables of the journal, tried as each role; each refusal beside what is allowed.

Every test but that of a new month is rolled back: what is refused, is refused before anything commits.
"""

from collections.abc import Iterator
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql

from hervat.config.postgres import APPLICATION, OWNER, Cluster

from ..roles import Connect, connecting

Refused = psycopg.errors.InsufficientPrivilege
Broken = psycopg.errors.CheckViolation

COLUMNS = """
trace_id, span_id, operation, effect, outcome, started_at, ended_at, activity, register_version, purpose,
actor_kind, actor, source
"""
VALUES = """
gen_random_uuid(), '\\x00f067aa0ba902b7', 'dossier-inzien', 'R', 'gelukt', now(), now(), gen_random_uuid(), 1,
'wettelijke-plicht', 'gebruiker', 'gebruiker-0001', 'web'
"""


def month(role: psycopg.Connection) -> sql.Identifier:
    row = role.execute("SELECT tableoid::regclass::text FROM journal_line LIMIT 1").fetchone()
    assert row is not None
    return sql.Identifier(row[0])


def count(role: psycopg.Connection) -> int:
    row = role.execute("SELECT count(*) FROM journal_line").fetchone()
    assert row is not None
    return int(row[0])


def insert(
    role: psycopg.Connection,
    column: LiteralString | None = None,
    value: LiteralString = "",
    into: str = "journal_line",
) -> int:
    """Insert a line with only what must be there, and one column more."""
    columns, values = sql.SQL(COLUMNS), sql.SQL(VALUES)
    if column is not None:
        columns, values = columns + sql.SQL(f", {column}"), values + sql.SQL(f", {value}")
    return role.execute(
        sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(sql.Identifier(into), columns, values)
    ).rowcount


@pytest.fixture
def connect(django_db_setup: None, postgres: Cluster) -> Iterator[Connect]:
    """Connect as a role, in a transaction that is rolled back."""
    with connecting(postgres, autocommit=False) as as_role:
        yield as_role


@pytest.mark.parametrize("role", [APPLICATION, OWNER])
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE {} SET outcome = 'geweigerd'",
        "UPDATE {} SET outcome = 'geweigerd' WHERE false",
        "DELETE FROM {}",
        "TRUNCATE {}",
    ],
)
def test_nobody_changes_or_removes_a_line(connect: Connect, role: str, change: LiteralString) -> None:
    connection = connect(role)
    before = insert(connection) and count(connection)
    for table in (sql.Identifier("journal_line"), month(connection)):
        with pytest.raises(Refused), connection.transaction():
            connection.execute(sql.SQL(change).format(table))

    assert insert(connection) == 1
    assert count(connection) == before + 1


def test_nor_does_a_merge_or_an_upsert(application: psycopg.Connection) -> None:
    assert insert(application) == 1
    merge = "MERGE INTO journal_line USING (SELECT 1) AS one ON true WHEN MATCHED THEN {}"
    for way in ("DELETE", "UPDATE SET outcome = 'geweigerd'"):
        with pytest.raises(Refused), application.transaction():
            application.execute(merge.format(way).encode())
    upsert = (
        "INSERT INTO journal_line ({}) VALUES ({}) ON CONFLICT (id, logged_at) DO UPDATE SET reason = 'a'"
    )
    with pytest.raises(Refused), application.transaction():
        application.execute(upsert.format(COLUMNS, VALUES).encode())

    assert insert(application) == 1


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("xid", "'3'::xid8"),
        ("logged_at", "now() - interval '1 day'"),
        ("salt", "'00000000-0000-0000-0000-000000000000'"),
    ],
)
def test_the_application_chooses_no_number_transaction_moment_or_salt(
    application: psycopg.Connection, column: LiteralString, value: LiteralString
) -> None:
    with pytest.raises(Refused), application.transaction():
        insert(application, column, value)

    assert insert(application, "reason", "'a'") == 1


def test_the_application_chooses_no_number_in_any_way(application: psycopg.Connection) -> None:
    for overriding in ("", "OVERRIDING SYSTEM VALUE"):
        with pytest.raises((Refused, psycopg.errors.GeneratedAlways)), application.transaction():
            application.execute(
                f"INSERT INTO journal_line (id, {COLUMNS}) {overriding} VALUES (1, {VALUES})".encode()  # noqa: S608
            )
    for call in ("setval('journal_line_id_seq', 1)", "nextval('journal_line_id_seq')"):
        with pytest.raises(Refused), application.transaction():
            application.execute(f"SELECT {call}".encode())

    assert insert(application) == 1


def test_the_application_reaches_no_month_but_through_the_whole(application: psycopg.Connection) -> None:
    before = insert(application) and count(application)
    partition = month(application)
    with pytest.raises(Refused), application.transaction():
        insert(application, into=partition.as_string(application).strip('"'))
    with pytest.raises(Refused), application.transaction():
        application.execute(sql.SQL("SELECT FROM {}").format(partition))

    assert insert(application) == 1
    assert count(application) == before + 1


@pytest.mark.parametrize("table", ["journal_tile", "journal_head", "journal_redaction"])
def test_the_application_reads_the_tree_and_writes_nothing_in_it(
    application: psycopg.Connection, table: LiteralString
) -> None:
    writes: tuple[LiteralString, ...] = ("INSERT INTO {} DEFAULT VALUES", "DELETE FROM {}", "TRUNCATE {}")
    for write in writes:
        with pytest.raises(Refused), application.transaction():
            application.execute(sql.SQL(write).format(sql.Identifier(table)))

    assert application.execute(
        sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
    ).fetchone() == (0,)


def test_only_the_owner_opens_a_month(application: psycopg.Connection, owner: psycopg.Connection) -> None:
    owner.autocommit = application.autocommit = True
    for call in ("SELECT journal_open_month('2020-01-01')", "SELECT journal_open_months(1)"):
        with pytest.raises(Refused), application.transaction():
            application.execute(call.encode())
    found = "SELECT to_regclass('journal_line_2020_01') IS NOT NULL"
    assert application.execute(found.encode()).fetchone() == (False,)

    owner.execute("SELECT journal_open_month('2020-01-31'), journal_open_month('2020-01-01')")
    try:
        assert application.execute(found.encode()).fetchone() == (True,)
        for table in ("journal_line", "journal_line_2020_01"):
            with pytest.raises(Refused), owner.transaction():
                owner.execute(sql.SQL("TRUNCATE {}").format(sql.Identifier(table)))
        with pytest.raises(Refused), application.transaction():
            application.execute("SELECT FROM journal_line_2020_01")
    finally:
        owner.execute("DROP TABLE journal_line_2020_01")


@pytest.mark.parametrize("ddl", ["DROP TABLE journal_line", "ALTER TABLE journal_line DISABLE TRIGGER ALL"])
def test_the_application_changes_no_table(application: psycopg.Connection, ddl: str) -> None:
    with pytest.raises(Refused), application.transaction():
        application.execute(ddl.encode())

    assert insert(application) == 1


@pytest.mark.parametrize(
    ("column", "good", "bad"),
    [
        ("parent_span_id", "'\\x00f067aa0ba902b7'", "'\\x00'"),
        ("effect", "'E'", "'X'"),
        ("outcome", "'mislukt'", "'misschien'"),
        ("span_id", "'\\x00f067aa0ba902b7'", "'\\x00f067aa0ba902b700'"),
        ("ended_at", "now()", "now() - interval '1 second'"),
        ("register_version", "2", "0"),
        ("actor", "'a'", "''"),
        ("actor", "repeat('a', 64)", "repeat('a', 65)"),
        ("actor", "'a'", "'J. Jansen'"),
        ("purpose", "'welzijn'", "''"),
        ("purpose", "'welzijn'", "'Wel zijn'"),
        ("operation", "'vernietigen'", "'Dossier van Jansen'"),
        ("source", "'api'", "'API'"),
        ("reason", "'open-punt'", "'omdat het mag'"),
        ("reason", "NULL", "''"),
        ("reason", "repeat('a', 64)", "repeat('a', 65)"),
        ("ground", "'toestemming'", "'Vraag aan Jansen'"),
        ("authority", "'plaatsing'", "'Jan'"),
        ("role", "'fg'", "'FG Jansen'"),
        ("manner", "'geopend'", "'even gezien'"),
        ("items", "'{bsn,eenheid}'", "'{bsn,\"123 456 782\"}'"),
        ("subject_kind", "NULL", "'re-integrant'"),
        ("subject", "NULL", "gen_random_uuid()"),
        ("dossier", "NULL", "gen_random_uuid()"),
        ("object_kind", "NULL", "'document'"),
        ("object_id", "NULL", "gen_random_uuid()"),
        ("foreign_trace_id", "NULL", "gen_random_uuid()"),
        ("foreign_span_id", "NULL", "'\\x00f067aa0ba902b7'"),
        ("foreign_entity", "NULL", "'https://uwv.example/'"),
        ("external_api", "'https://uwv.example/log'", "'bel Jansen'"),
        ("external_api", "'urn:' || repeat('a', 300)", "'urn:' || repeat('a', 301)"),
    ],
)
def test_the_database_takes_whole_facts_and_codes_only(
    application: psycopg.Connection, column: LiteralString, good: LiteralString, bad: LiteralString
) -> None:
    assert replaced(application, column, good) == 1

    with pytest.raises(Broken) as broken, application.transaction():
        replaced(application, column, bad)
    assert (broken.value.diag.constraint_name or "").startswith("journal_line_")


@pytest.mark.parametrize(
    ("pairs", "bad"),
    [
        ("subject, subject_kind, dossier", "gen_random_uuid(), 're-integrant ', gen_random_uuid()"),
        ("object_id, object_kind", "gen_random_uuid(), ''"),
        ("object_id, object_kind", "gen_random_uuid(), repeat('a', 65)"),
        ("foreign_trace_id, foreign_span_id", "gen_random_uuid(), '\\x00'"),
        (
            "foreign_trace_id, foreign_span_id, foreign_entity",
            "gen_random_uuid(), '\\x00f067aa0ba902b7', 'Jan Jansen'",
        ),
    ],
)
def test_facts_that_come_together_are_held_to_the_same(
    application: psycopg.Connection, pairs: LiteralString, bad: LiteralString
) -> None:
    good = {
        "subject, subject_kind, dossier": "gen_random_uuid(), 're-integrant', gen_random_uuid()",
        "object_id, object_kind": "gen_random_uuid(), 'document'",
        "foreign_trace_id, foreign_span_id": "gen_random_uuid(), '\\x00f067aa0ba902b7'",
        "foreign_trace_id, foreign_span_id, foreign_entity": (
            "gen_random_uuid(), '\\x00f067aa0ba902b7', 'https://uwv.example/'"
        ),
    }
    assert insert(application, pairs, good[pairs]) == 1  # type: ignore[arg-type]

    with pytest.raises(Broken), application.transaction():
        insert(application, pairs, bad)


def replaced(role: psycopg.Connection, column: str, value: LiteralString) -> int:
    """Insert that line with one of its columns otherwise, or one more."""
    names = [name.strip() for name in COLUMNS.split(",")]
    facts = dict(zip(names, (fact.strip() for fact in VALUES.split(",")), strict=True)) | {column: value}
    statement = f"INSERT INTO journal_line ({', '.join(facts)}) VALUES ({', '.join(facts.values())})"  # noqa: S608
    return role.execute(statement.encode()).rowcount


def test_a_moment_is_stored_in_milliseconds(application: psycopg.Connection) -> None:
    replaced(application, "started_at", "now() - interval '1 hour 123 microseconds'")

    assert application.execute(
        "SELECT started_at = date_trunc('milliseconds', started_at) FROM journal_line"
    ).fetchone() == (True,)
