"""Lines come with the transaction of what they tell of, in one statement; refusals with their own."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from hervat.journal.actions.append import NoTransaction, append, begin, begin_another, record, record_refusal
from hervat.journal.rules.copy_rows import binary_copy
from hervat.journal.rules.line import Manner
from hervat.register.vocabulary import Item

from .examples import DOSSIER, NOON, SUBJECT, a_line, an_act, somebody

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


def count(role: psycopg.Connection) -> int:
    row = role.execute("SELECT count(*) FROM journal_line").fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize("lines", [1, 2, 51, 300])
def test_any_number_of_lines_is_one_statement(application: psycopg.Connection, lines: int) -> None:
    with transaction.atomic(), CaptureQueriesContext(connection) as statements:
        append([a_line() for _ in range(lines)])

    assert len(statements) == 1
    assert count(application) == lines


def test_lines_commit_and_roll_back_with_what_they_tell_of(application: psycopg.Connection) -> None:
    with transaction.atomic():
        append([a_line()])
        assert count(application) == 0
    assert count(application) == 1

    with transaction.atomic():
        append([a_line()])
        transaction.set_rollback(True)
    assert count(application) == 1


def test_a_line_outside_a_transaction_is_refused(application: psycopg.Connection) -> None:
    with pytest.raises(NoTransaction, match=r"transaction\.atomic"):
        append([a_line()])
    with pytest.raises(NoTransaction):
        record(an_act())

    assert count(application) == 0


def test_no_lines_are_refused(journal: None) -> None:
    with transaction.atomic(), pytest.raises(ValueError, match="geen logregel"):
        append([])


def test_a_transaction_that_already_failed_takes_no_line(application: psycopg.Connection) -> None:
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            append([a_line()])

    assert count(application) == 0


def test_what_postgresql_refuses_is_an_error_of_django_and_leaves_nothing(
    application: psycopg.Connection,
) -> None:
    beyond = a_line(register_version=2**31 - 1)
    object.__setattr__(beyond, "purpose", "Jan Jansen")

    with pytest.raises(DatabaseError), transaction.atomic():
        append([a_line(), beyond])

    assert count(application) == 0


def test_an_act_is_recorded_with_its_end_and_its_children(application: psycopg.Connection) -> None:
    began = datetime.now(UTC)
    act = an_act(trace=begin(f"00-{TRACE}-{SPAN}-01"), started_at=began)
    with transaction.atomic():
        record(act, [somebody(), somebody(manner=Manner.LISTED, items={Item.BSN, Item.UNIT})])
    rows = application.execute(
        "SELECT trace_id, span_id, parent_span_id, manner, items, started_at, ended_at, foreign_trace_id "
        "FROM journal_line ORDER BY id"
    ).fetchall()

    assert [row[0] for row in rows] == [act.trace.trace_id] * 3
    assert rows[0][1:5] == (act.trace.span_id, None, None, [])
    assert [row[2] for row in rows[1:]] == [act.trace.span_id] * 2
    assert [row[3:5] for row in rows[1:]] == [("geopend", ["eenheid"]), ("in-lijst", ["bsn", "eenheid"])]
    assert len({row[1] for row in rows}) == 3
    for row in rows:
        assert timedelta(milliseconds=-1) <= row[5] - began <= timedelta(0)
        assert row[5] <= row[6] <= datetime.now(UTC)
        assert row[7].hex == TRACE


def test_a_clock_that_was_put_back_makes_an_act_of_no_time(application: psycopg.Connection) -> None:
    with transaction.atomic():
        record(an_act(started_at=datetime.now(UTC) + timedelta(hours=1)))

    assert application.execute("SELECT ended_at - started_at FROM journal_line").fetchone() == (timedelta(0),)


def test_a_refusal_stays_told_when_what_comes_after_it_fails(application: psycopg.Connection) -> None:
    record_refusal(an_act(), [somebody()], "register")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        1 / 0  # noqa: B018 - the page that says no goes wrong
    rows = application.execute(
        "SELECT outcome, reason, subject, dossier, items FROM journal_line ORDER BY id"
    ).fetchall()

    assert rows == [
        ("geweigerd", "register", None, None, []),
        ("geweigerd", "register", SUBJECT, DOSSIER, ["eenheid"]),
    ]


def test_a_refusal_inside_another_transaction_is_an_error(application: psycopg.Connection) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        record_refusal(an_act(), [], "register")
    assert count(application) == 0

    record_refusal(an_act(), [], "register")
    assert count(application) == 1


def test_every_trace_is_new_and_keeps_the_caller_as_foreign() -> None:
    ours, other = begin(f"00-{TRACE}-{SPAN}-01"), begin("onzin")

    assert ours.foreign is not None
    assert (ours.foreign.trace_id.hex, ours.foreign.span_id.hex()) == (TRACE, SPAN)
    assert other.foreign is None
    assert len({ours.trace_id, other.trace_id, ours.foreign.trace_id}) == 3
    assert begin_another(ours).trace_id == ours.trace_id
    assert begin_another(ours).foreign == ours.foreign
    assert begin_another(ours).span_id != ours.span_id


def test_a_span_is_never_all_zero() -> None:
    spans = {begin().span_id for _ in range(200)}

    assert len(spans) == 200
    assert {len(span) for span in spans} == {8}
    assert bytes(8) not in spans


@given(st.integers(1, 5))
def test_what_is_sent_begins_and_ends_as_a_binary_copy(lines: int) -> None:
    sent = binary_copy([a_line(started_at=NOON)] * lines)

    assert sent.startswith(b"PGCOPY\n\xff\r\n\0" + bytes(8) + b"\0\x1f")
    assert sent.endswith(b"\xff\xff")
