"""As the application's role, with plain SQL: without the door's setting there is nothing to read or write."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from hervat.config.postgres import APPLICATION
from hervat.dossiers.actions.assigning import accept_assignment, propose_assignment
from hervat.dossiers.actions.closing import close_dossier, reopen_dossier
from hervat.dossiers.actions.correcting import record_benefit_facts, record_work_facts
from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.rules.assignments import Proposal
from hervat.dossiers.rules.scope import Assignee, Moment, Scope, door_key, signed
from hervat.dossiers.rules.values import SicknessAct
from hervat.dossiers.rules.vocabulary import ClosingReason, Conflict, Field, SafetyNet
from hervat.vault.queries import search_keys

from ..cast import JAN, LABOUR_EXPERT, OTHER_BRIGADE, PO_ADVISER, SANNE, TODAY
from ..roles import Connect
from .files import open_for, permit_for

TABLES = (
    "dossiers_person",
    "dossiers_dossier",
    "dossiers_identity",
    "dossiers_appointment",
    "dossiers_workfacts",
    "dossiers_benefitfacts",
    "dossiers_event",
    "dossiers_assignment",
    "dossiers_nametoken",
)
_WHICH = """
SELECT pg_backend_pid(), (extract(epoch FROM transaction_timestamp()) * 1000000)::bigint,
    (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
"""
MINUTE = 60_000_000


def a_full_dossier(sick: Any) -> Opened:
    """A dossier with a row in every table."""
    opened = open_for(sick)
    permit = permit_for(opened)
    facts: Any = {Field.WORK_CONFLICT: Conflict.REPORTED}
    version = record_work_facts(permit=permit, expected_version=1, changes=facts)
    benefits: Any = {Field.SICKNESS_ACT: SicknessAct(SafetyNet.HOLDS)}
    version = record_benefit_facts(permit=permit, expected_version=version, changes=benefits)
    proposal = Proposal(user=LABOUR_EXPERT.code, role=LABOUR_EXPERT.role, first_day=TODAY)
    assignment = propose_assignment(permit=permit, proposal=proposal)
    accept_assignment(permit=permit_for(opened, LABOUR_EXPERT), assignment=assignment)
    version = close_dossier(
        permit=permit, expected_version=version, on=TODAY, reason=ClosingReason.COURSE_ENDED
    )
    reopen_dossier(permit=permit, expected_version=version, on=TODAY, reason=ClosingReason.OBJECTION)
    return opened


@pytest.fixture
def sanne(room: None) -> Opened:
    return a_full_dossier(SANNE)


@pytest.fixture
def jan(sanne: Opened) -> Opened:
    return a_full_dossier(JAN)


@pytest.fixture
def application(room: None) -> psycopg.Connection:
    """The connection that Django has, without Django: each block in it is a savepoint of the test."""
    connection.ensure_connection()
    found: psycopg.Connection = connection.connection
    return found


def setting_for(connection: psycopg.Connection, scope: Scope, **changes: Any) -> str:
    row = connection.execute(_WHICH).fetchone()
    assert row is not None
    moment = Moment(row[0], row[1], row[2] + MINUTE)
    return signed(scope, replace(moment, **changes), door_key(settings.DOOR_KEY))


@contextmanager
def entered(connection: psycopg.Connection, scope: Scope, **changes: Any) -> Iterator[None]:
    """A transaction with the setting that the door would give, with another moment where a test wants."""
    with connection.transaction():
        use(connection, setting_for(connection, scope, **changes))
        yield
        # In a test the transaction goes on, and with it the setting.
        use(connection, "")


def use(connection: psycopg.Connection, setting: str) -> None:
    connection.execute("SELECT set_config('hervat.permit', %s, true)", [setting])


def counted(connection: psycopg.Connection, *tables: str) -> dict[str, int]:
    return {
        table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # type: ignore[index]  # noqa: S608
        for table in tables or TABLES
    }


NOTHING = dict.fromkeys(TABLES, 0)


def test_without_the_setting_every_table_is_empty_and_with_it_there_is_the_permits_own(
    application: psycopg.Connection, sanne: Opened, jan: Opened
) -> None:
    assert counted(application) == NOTHING

    with entered(application, Scope(dossiers=frozenset({sanne.dossier}))):
        found = counted(application)
        tokens = found.pop("dossiers_nametoken")
        assert found == dict.fromkeys(found, 1) | {"dossiers_event": 2}
        assert tokens > 5
        assert application.execute("SELECT id FROM dossiers_dossier").fetchall() == [(sanne.dossier,)]

    assert counted(application) == NOTHING


def test_no_table_of_the_room_is_without_a_policy_and_the_key_is_nobodys(
    application: psycopg.Connection, sanne: Opened
) -> None:
    rows = application.execute(
        "SELECT relname, relrowsecurity FROM pg_class WHERE relname LIKE 'dossiers\\_%' AND relkind = 'r'"
    ).fetchall()

    assert dict(rows) == dict.fromkeys(TABLES, True) | {"dossiers_door_key": False}
    with pytest.raises(psycopg.errors.InsufficientPrivilege), application.transaction():
        application.execute("SELECT * FROM dossiers_door_key")


def test_no_view_and_no_function_reads_for_somebody_else(application: psycopg.Connection) -> None:
    views = application.execute(
        "SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace"
        " AND NOT coalesce('security_invoker=true' = ANY(reloptions), false)"
    ).fetchall()
    definers = application.execute(
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        " ORDER BY proname"
    ).fetchall()

    assert views == []
    assert [name for (name,) in definers] == [
        "course_numbers_below",
        "dossiers_find_person",
        "dossiers_of_employee",
        "dossiers_of_person",
        "dossiers_proposed",
        "dossiers_scope",
        "exchange_forget",
        "exchange_waiting",
    ]


def test_joins_subqueries_and_conditions_that_fail_give_nothing_away(
    application: psycopg.Connection, sanne: Opened, jan: Opened
) -> None:
    joined = (
        "SELECT count(*) FROM dossiers_person AS p JOIN dossiers_dossier AS d ON d.person_id = p.id"
        " LEFT JOIN dossiers_identity AS i ON i.person_id = p.id"
    )
    with_cte = "WITH d AS (SELECT * FROM dossiers_dossier) SELECT count(*) FROM d WHERE d.version > 0"
    # Would fail on the first row that it sees.
    failing = "SELECT count(*) FROM dossiers_dossier WHERE 1 / (length(case_number) - 12) > 0"

    for query in (joined, with_cte, failing):
        assert application.execute(query).fetchone() == (0,)  # type: ignore[arg-type]
    with entered(application, Scope(dossiers=frozenset({sanne.dossier}))):
        assert application.execute(joined).fetchone() == (1,)
        assert application.execute(with_cte).fetchone() == (1,)
    with pytest.raises(psycopg.errors.InsufficientPrivilege), application.transaction():
        application.execute("CREATE TEMPORARY VIEW all_of_it AS SELECT * FROM dossiers_dossier")


def test_a_setting_that_was_forged_has_expired_or_is_of_another_moment_reaches_nothing(
    application: psycopg.Connection, sanne: Opened
) -> None:
    scope = Scope(dossiers=frozenset({sanne.dossier}))
    for changes in ({"process": 1}, {"started": 1}, {"expires": 1}):
        with entered(application, scope, **changes):
            assert counted(application) == NOTHING
    with application.transaction():
        good = setting_for(application, Scope())
        for forged in (
            "",
            "1",
            "x" * 66,
            good.replace("||||||||", f"|{sanne.dossier}|||||||"),
            signed(scope, Moment(0, 0, 0), door_key(bytes(32))),
            good[:-64] + "0" * 64,
        ):
            use(application, forged)
            assert counted(application) == NOTHING
    with entered(application, scope):
        assert counted(application, "dossiers_dossier") == {"dossiers_dossier": 1}


def test_a_setting_copied_to_another_transaction_or_another_process_reaches_nothing(
    connect: Connect,
) -> None:
    sanne = a_full_dossier(SANNE)
    one, other = connect(APPLICATION), connect(APPLICATION)
    with one.transaction():
        copied = setting_for(one, Scope(dossiers=frozenset({sanne.dossier})))
        use(one, copied)
        assert counted(one, "dossiers_dossier") == {"dossiers_dossier": 1}
        with other.transaction():
            use(other, copied)
            assert counted(other) == NOTHING
    assert counted(one) == NOTHING
    with one.transaction():
        use(one, copied)
        assert counted(one) == NOTHING
    # Not even for the length of the session, outside any transaction of one's own.
    one.execute("SELECT set_config('hervat.permit', %s, false)", [copied])
    assert counted(one) == NOTHING


def test_each_kind_of_scope_reaches_what_it_names_and_nothing_beside_it(
    application: psycopg.Connection, sanne: Opened, jan: Opened
) -> None:
    expert = Assignee(user=str(LABOUR_EXPERT.code), role=LABOUR_EXPERT.role, on=TODAY)
    adviser = replace(expert, role=PO_ADVISER.role)
    before = replace(expert, on=TODAY.replace(day=TODAY.day - 1))
    reached = {
        Scope(): set(),
        Scope(units=frozenset({SANNE.unit.id})): {sanne.dossier},
        Scope(units=frozenset({SANNE.unit.id, OTHER_BRIGADE.id})): {sanne.dossier, jan.dossier},
        Scope(assignee=expert): {sanne.dossier, jan.dossier},
        Scope(assignee=adviser): set(),
        Scope(assignee=before): set(),
        Scope(own=str(JAN.code)): {jan.dossier},
        Scope(case=sanne.case_number): {sanne.dossier},
        Scope(persons=frozenset({jan.person})): set(),
    }
    for scope, dossiers in reached.items():
        with entered(application, scope):
            found = application.execute("SELECT id FROM dossiers_dossier").fetchall()
            persons = application.execute("SELECT id FROM dossiers_person").fetchall()
            names = application.execute("SELECT DISTINCT dossier_id FROM dossiers_nametoken").fetchall()
        assert {one for (one,) in found} == {one for (one,) in names} == dossiers
        assert len(persons) == max(len(dossiers), len(scope.persons))


def test_nothing_is_written_outside_the_scope_and_inside_it_only_what_may_change(
    application: psycopg.Connection, sanne: Opened, jan: Opened
) -> None:
    mine, other = Scope(dossiers=frozenset({sanne.dossier})), jan.dossier
    token = "INSERT INTO dossiers_nametoken VALUES (1, %s, %s)"  # noqa: S105
    event = (
        "INSERT INTO dossiers_event"
        " (dossier_id, kind, reason, happened_on, dossier_version, recorded_by, recorded_role)"
        " VALUES (%s, 'gesloten', 'dubbel-dossier', current_date, 9, 'x', 'x')"
    )
    for statement, outside in ((token, [OTHER_BRIGADE.id, other]), (event, [other])):
        refused = pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security")
        with refused, entered(application, mine):
            application.execute(statement, outside)  # type: ignore[arg-type]
    with entered(application, mine):
        application.execute(event, [sanne.dossier])
        changed = application.execute("UPDATE dossiers_dossier SET version = 99")
        assert changed.rowcount == 1
    with entered(application, Scope(dossiers=frozenset({other}))):
        assert application.execute("SELECT version > 90 FROM dossiers_dossier").fetchone() == (False,)


CHANGES = (
    "UPDATE dossiers_identity SET name = NULL",
    "UPDATE dossiers_workfacts SET reason = 'vergissing'",
    "UPDATE dossiers_workfacts SET recorded_by = 'een ander'",
    "UPDATE dossiers_event SET reason = 'dubbel-dossier'",
    "UPDATE dossiers_assignment SET user_code = gen_random_uuid()",
    "UPDATE dossiers_assignment SET last_day = NULL",
    "UPDATE dossiers_dossier SET person_id = gen_random_uuid()",
    "UPDATE dossiers_dossier SET case_number = 'XXXXXXXXXXXX'",
    "DELETE FROM dossiers_dossier",
    "DELETE FROM dossiers_event",
    "DELETE FROM dossiers_identity",
    "TRUNCATE dossiers_person CASCADE",
    "ALTER TABLE dossiers_dossier DISABLE ROW LEVEL SECURITY",
    "SET ROLE hervat_owner",
)


def test_what_was_recorded_cannot_be_changed_or_removed_even_with_a_permit(
    application: psycopg.Connection, sanne: Opened
) -> None:
    for statement in CHANGES:
        inside = entered(application, Scope(dossiers=frozenset({sanne.dossier})))
        with pytest.raises(psycopg.errors.InsufficientPrivilege), inside:
            application.execute(statement)  # type: ignore[call-overload]


def test_a_number_is_looked_up_by_one_function_that_answers_with_an_id_or_nothing(
    application: psycopg.Connection, sanne: Opened
) -> None:
    index = search_keys().of_employee_number(str(SANNE.facts[Field.EMPLOYEE_ID]))
    find = "SELECT dossiers_find_person(%s, %s)"

    assert application.execute(find, ["employee", index]).fetchone() == (None,)
    with entered(application, Scope()):
        assert application.execute(find, ["employee", index]).fetchone() == (sanne.person,)
        assert application.execute(find, ["bsn", index]).fetchone() == (None,)
        assert application.execute(find, ["anders", index]).fetchone() == (None,)
        assert counted(application) == NOTHING
