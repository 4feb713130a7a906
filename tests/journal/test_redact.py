"""Redaction: only what is accepted, passed, sealed and unchanged; and afterwards the tree still verifies."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import connections

from hervat.journal.actions.redact import (
    HeldError,
    NotRedactableError,
    NotYetError,
    Redacted,
    RedactError,
    TermOpenError,
    redact,
    terms_of,
)
from hervat.journal.queries.findings import Kind
from hervat.journal.queries.findings import Redacted as Gone
from hervat.journal.queries.proofs import RedactedError, prove
from hervat.journal.rules.redaction import digest_of, object_id
from hervat.register import in_force
from hervat.register.decisions import Decisions
from hervat.register.model import Acceptance

from .examples import OPERATOR
from .sealing import NOW, SIGNER, copy_line, kinds, seal_now, unguarded, verified, write, write_long_ago

MARCH, APRIL = date(2020, 3, 1), date(2020, 4, 1)
TODAY = date(2026, 11, 23)
IN_MARCH = [datetime(2020, 3, day, tzinfo=UTC) for day in (1, 15, 31)]
IN_APRIL = [datetime(2020, 4, day, tzinfo=UTC) for day in (1, 30)]
SEALED = datetime(2020, 5, 1, tzinfo=UTC)


def _decisions(but: str | None = None) -> Decisions:
    history = in_force.history()
    version = history.latest.version
    return Decisions(
        history,
        [
            Acceptance(point, version.number, "Test", version.valid_from, "Om te zien.", demo=False)
            for point in history.latest.open_points
            if point != but
        ],
    )


def _redact(month: date = MARCH, **changes: object) -> Redacted:
    values = {
        "on": TODAY,
        "at": NOW,
        "decisions": _decisions(),
        "register": in_force.history().latest,
        "actor": OPERATOR,
    } | changes
    return redact(month=month, **values)  # type: ignore[arg-type]


@pytest.fixture
def old(owner: psycopg.Connection) -> psycopg.Connection:
    """A line of today, three of March 2020 and two of April, mixed; sealed in May 2020."""
    write()
    write_long_ago(owner, IN_MARCH[0], IN_APRIL[0], *IN_MARCH[1:], IN_APRIL[1])
    seal_now(at=SEALED)
    assert verified().good
    return owner


def test_what_is_gone_is_told_and_the_rest_still_verifies(old: psycopg.Connection, tmp_path: Path) -> None:
    done = _redact()
    assert (done.lines, done.leaves) == (3, ((1, 2), (3, 5)))
    assert old.execute("SELECT to_regclass('journal_line_2020_03')").fetchone() == (None,)
    for _ in range(2):
        report = verified()
        assert report.good
        assert report.redacted == (Gone(MARCH, 3),)
        seal_now(tmp_path)
    assert verified(tmp_path).good
    assert prove(1).check([SIGNER.verifier]).good
    with pytest.raises(RedactedError, match="2020-03"):
        prove(2)


def test_a_line_of_the_log_tells_of_it(old: psycopg.Connection) -> None:
    done = _redact()
    row = old.execute(
        "SELECT operation, effect, purpose, actor_kind, object_kind, object_id FROM journal_line "
        "ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert row is not None
    assert row[:5] == ("vernietigen", "D", "verantwoorden", "opdracht", "maand")
    assert row[5].bytes == done.digest[:16]


def test_a_dry_run_says_the_same_and_destroys_nothing(old: psycopg.Connection) -> None:
    would = _redact(dry_run=True)
    assert old.execute("SELECT count(*) FROM journal_line").fetchone() == (6,)
    did = _redact()
    assert (would.lines, would.leaves, would.digest) == (did.lines, did.leaves, did.digest)
    assert (would.dry_run, did.dry_run) == (True, False)


def test_nothing_goes_while_a_term_is_an_open_point(old: psycopg.Connection) -> None:
    points = {
        point.id
        for point in in_force.history().latest.open_points.values()
        if set(point.terms) & {term.id for term in terms_of(in_force.history().latest)}
    }
    assert {"logtermijn", "gebruikers-termijnen"} <= points
    for point in points:
        with pytest.raises(TermOpenError, match=point):
            _redact(decisions=_decisions(but=point))
    with pytest.raises(TermOpenError):
        _redact(decisions=Decisions(in_force.history(), []))
    assert _redact(decisions=_decisions(but="probleemanalyse-dag-41-of-42")).lines == 3


def test_the_longest_term_counts_from_the_last_day_of_the_month(old: psycopg.Connection) -> None:
    latest = in_force.history().latest
    first = latest.version.valid_from
    write_long_ago(old, datetime(first.year, first.month, 9, tzinfo=UTC))
    month = first.replace(day=1)
    seal_now(at=SEALED)
    with pytest.raises(NotYetError, match="langste bewaartermijn"):
        _redact(month, on=date(first.year + 5, first.month, 27))
    late = date(first.year + 5, first.month + 1, 1) if first.month < 12 else date(first.year + 6, 1, 1)
    assert _redact(month, on=late, dry_run=True).lines >= 1


def test_something_that_holds_keeps_the_lines(old: psycopg.Connection) -> None:
    with pytest.raises(HeldError, match="Er loopt een bezwaar"):
        _redact(held=["Er loopt een bezwaar."])
    assert _redact(held=[]).lines == 3


def test_what_is_not_sealed_stays(old: psycopg.Connection) -> None:
    write_long_ago(old, IN_MARCH[1])
    with pytest.raises(NotRedactableError, match="nog niet alle regels verzegeld"):
        _redact()
    seal_now(at=SEALED)
    assert _redact().lines == 4


def test_what_was_changed_is_not_wiped(old: psycopg.Connection, superuser: psycopg.Connection) -> None:
    with unguarded(superuser):
        superuser.execute("UPDATE journal_line SET actor = 'iemand-anders' WHERE id = 2")
    with pytest.raises(NotRedactableError, match="wist het spoor"):
        _redact()
    assert _redact(APRIL).lines == 2


def test_a_month_that_is_gone_or_never_was_is_refused(old: psycopg.Connection) -> None:
    _redact()
    for month in (MARCH, date(2019, 1, 1)):
        with pytest.raises(NotRedactableError, match="niets te doen"):
            _redact(month)


def test_a_month_without_lines_can_go(old: psycopg.Connection) -> None:
    old.execute("SELECT journal_open_month('2020-02-01')")
    assert _redact(date(2020, 2, 1)).leaves == ()
    assert verified().good


def test_somebody_who_reads_makes_it_stop_and_nothing_is_lost(
    old: psycopg.Connection, application: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hervat.journal.actions.redact.PATIENCE", "SET LOCAL lock_timeout = '100ms'")
    with application.transaction():
        application.execute("SELECT count(*) FROM journal_line")
        with pytest.raises(RedactError, match="Probeer het later opnieuw"):
            _redact()
    assert verified().redacted == ()
    assert old.execute("SELECT count(*) FROM journal_line").fetchone() == (6,)
    assert _redact().lines == 3


def test_later_redactions_vouch_for_earlier_ones(
    old: psycopg.Connection, superuser: psycopg.Connection
) -> None:
    """The line that told of the first is destroyed in its turn."""
    _redact(MARCH)
    _redact(APRIL)
    assert verified().good
    told = "SELECT id FROM journal_line WHERE object_kind = 'maand' ORDER BY id"
    first, last = (row[0] for row in superuser.execute(told))
    with unguarded(superuser):
        superuser.execute("DELETE FROM journal_line WHERE id = %s", [first])
    assert verified().good
    with unguarded(superuser):
        superuser.execute("DELETE FROM journal_line WHERE id = %s", [last])
    assert kinds(verified()) == {Kind.REDACTION}


@pytest.mark.parametrize(
    "claim",
    [
        "lines = 4, leaves = leaves + '{[0,1)}'",
        "leaves = '{[0,1),[3,5)}'",
        "month = '2020-02-01'",
        "digest = sha256(digest)",
    ],
)
def test_another_line_that_is_said_to_be_redacted_is_missed(
    old: psycopg.Connection, superuser: psycopg.Connection, claim: str
) -> None:
    _redact()
    seal_now()
    with unguarded(superuser):
        superuser.execute("DELETE FROM journal_line WHERE id = 1")
        superuser.execute(f"UPDATE journal_redaction SET {claim}")  # noqa: S608
    assert Kind.REDACTION in kinds(verified())


def test_a_false_redaction_with_its_own_line_is_found_by_the_date_of_the_head(
    old: psycopg.Connection, superuser: psycopg.Connection
) -> None:
    """Whoever owns the database can write a record and a line of it; not when a head was signed."""
    write()
    seal_now()
    digest = digest_of(MARCH, 1, ((6, 7),), None)
    copy_line(superuser)
    with unguarded(superuser):
        superuser.execute("DELETE FROM journal_line WHERE id = 7")
        superuser.execute(
            "UPDATE journal_line SET operation = 'vernietigen', effect = 'D', object_kind = 'maand', "
            "object_id = %s WHERE id = 8",
            [object_id(digest)],
        )
        superuser.execute(
            "INSERT INTO journal_redaction VALUES ('2020-03-01', 1, '{[6,7)}', %s, now())", [digest]
        )
    report = verified()
    assert kinds(report) == {Kind.REDACTION}
    assert "later zijn verzegeld" in report.findings[0].text


def test_a_record_that_is_taken_away_leaves_a_gap(
    old: psycopg.Connection, superuser: psycopg.Connection
) -> None:
    _redact()
    superuser.execute("DELETE FROM journal_redaction")
    assert kinds(verified()) == {Kind.MISSING}


def test_the_application_cannot_redact(old: psycopg.Connection, application: psycopg.Connection) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute("DELETE FROM journal_redaction")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute("ALTER TABLE journal_line DETACH PARTITION journal_line_2020_03")


@pytest.fixture(autouse=True)
def _months(superuser: psycopg.Connection) -> Iterator[None]:
    """Leave no month of long ago to the next test."""
    yield
    connections.close_all()
    rows = superuser.execute(
        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'journal_line'::regclass"
    )
    for (name,) in rows.fetchall():
        if name < "journal_line_2026_11":
            superuser.execute(f"DROP TABLE {name}")
