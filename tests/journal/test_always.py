"""Whatever happens in whatever order: what is sealed stays, once, and everything verifies and proves.

Seen to fail without the condition that every older transaction has ended, also with a single step
(`test_seal.py` tries that case alone: what commits out of order).
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from django.db import connections
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from hervat.config.postgres import APPLICATION, Cluster
from hervat.journal.actions.redact import redact
from hervat.journal.queries.heads import heads
from hervat.journal.queries.proofs import NotSealedError, RedactedError, consistency, prove
from hervat.register import in_force

from ..roles import truncate
from .conftest import TABLES
from .examples import OPERATOR
from .sealing import NOW, SIGNER, copy_line, seal_now, sealed_ids, verified, write, write_long_ago
from .test_redact import _decisions

MONTH = date(2020, 3, 1)
LONG_AGO = datetime(2020, 3, 15, tzinfo=UTC)


class Log(RuleBasedStateMachine):
    """A log with its writers, its sealer and a folder elsewhere; beside it what must be true of it."""

    postgres: Cluster
    owner: psycopg.Connection

    def __init__(self) -> None:
        super().__init__()
        truncate(self.postgres, *TABLES)
        self.folder = TemporaryDirectory(prefix="hervat-")
        self.open: list[tuple[psycopg.Connection, list[int]]] = []
        self.committed: set[int] = set()
        self.old: set[int] = set()
        self.gone: set[int] = set()
        self.at = NOW
        write()
        self.committed.add(1)

    def teardown(self) -> None:
        # Whatever was tried before, each run ends so: a sealer that goes by the ids alone fails every one.
        self.be_overtaken(count=2)
        while self.open:
            self.end_a_transaction(which=0, kept=True)
        self.seal(exported=True)
        self.folder.cleanup()
        self.owner.execute("DROP TABLE IF EXISTS journal_line_2020_03")

    @rule(count=st.integers(1, 300))
    def write_and_commit(self, count: int) -> None:
        write(count)
        (last,) = self.owner.execute("SELECT max(id) FROM journal_line").fetchone() or (0,)
        self.committed |= set(range(last - count + 1, last + 1))

    @precondition(lambda self: len(self.open) < 3)
    @rule(count=st.integers(1, 3))
    def begin_to_write(self, count: int) -> None:
        connection = psycopg.connect(self.postgres.url(APPLICATION, "hervat"))
        self.open.append((connection, [copy_line(connection) for _ in range(count)]))

    @precondition(lambda self: len(self.open) < 3)
    @rule(count=st.integers(1, 300))
    def be_overtaken(self, count: int) -> None:
        """Ids are given before the commit: later lines are there first, and the sealer comes by."""
        self.begin_to_write(count=1)
        self.write_and_commit(count=count)
        self.seal(exported=True)

    @precondition(lambda self: self.open)
    @rule(which=st.integers(0, 2), kept=st.booleans())
    def end_a_transaction(self, which: int, kept: bool) -> None:
        connection, ids = self.open.pop(which % len(self.open))
        if kept:
            connection.commit()
            self.committed |= set(ids)
        connection.close()

    @precondition(lambda self: not self.open and not self.gone)
    @rule()
    def write_of_long_ago(self) -> None:
        (line,) = write_long_ago(self.owner, LONG_AGO)
        self.old.add(line)
        self.committed.add(line)
        seal_now(Path(self.folder.name), at=LONG_AGO + timedelta(days=20))

    @rule(exported=st.booleans())
    def seal(self, exported: bool) -> None:
        self.at += timedelta(minutes=1)
        done = seal_now(*([Path(self.folder.name)] if exported else []), at=self.at)
        sealed = sealed_ids(self.owner)
        assert len(sealed) == len(set(sealed))
        assert set(sealed) <= self.committed
        assert self.open or set(sealed) == self.committed
        assert done.waiting == len(self.committed) - len(sealed)

    @rule()
    def start_anew(self) -> None:
        connections.close_all()

    @precondition(lambda self: self.old and not self.gone and not self.open)
    @rule()
    def redact_long_ago(self) -> None:
        seal_now(at=self.at)
        done = redact(
            month=MONTH,
            on=date(2026, 11, 23),
            at=self.at,
            decisions=_decisions(),
            register=in_force.history().latest,
            actor=OPERATOR,
        )
        assert done.lines == len(self.old)
        self.gone = self.old
        (told,) = self.owner.execute("SELECT max(id) FROM journal_line").fetchone() or (0,)
        self.committed.add(told)

    @rule(line=st.integers(1, 1000))
    def prove_a_line(self, line: int) -> None:
        sealed = sealed_ids(self.owner)
        if line in self.gone:
            with pytest.raises(RedactedError):
                prove(line)
        elif line in sealed:
            assert prove(line).check([SIGNER.verifier]).good
        elif line in self.committed:
            with pytest.raises(NotSealedError):
                prove(line)

    @precondition(lambda self: heads())
    @rule(data=st.data())
    def prove_growth(self, data: st.DataObject) -> None:
        sizes = sorted(head.size for head in heads())
        old, new = sorted(data.draw(st.tuples(st.sampled_from(sizes), st.sampled_from(sizes))))
        assert consistency(old, new).check([SIGNER.verifier]).good

    @invariant()
    def everything_verifies(self) -> None:
        report = verified(Path(self.folder.name))
        assert report.good, report.findings
        assert report.lines + report.unsealed + len(self.gone) == len(self.committed)
        assert sum(month.lines for month in report.redacted) == len(self.gone)


def test_a_log_holds_whatever_happens_to_it(
    journal: None, postgres: Cluster, owner: psycopg.Connection
) -> None:
    Log.postgres, Log.owner = postgres, owner
    run_state_machine_as_test(
        Log,
        settings=settings(
            max_examples=4,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
