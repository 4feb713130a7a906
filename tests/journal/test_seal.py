"""Sealing: everything that has committed, in one order, once; by one sealer at a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import psycopg
import pytest
from django.db import connections

from hervat.config.postgres import APPLICATION
from hervat.journal.actions import seal as sealing
from hervat.journal.actions.refusals import BrokenTreeError, SealError
from hervat.journal.actions.seal import Sealed, follow
from hervat.journal.queries.findings import Kind
from hervat.journal.queries.heads import heads
from hervat.journal.rules.notes import Signer, new_key, open_checkpoint
from hervat.journal.rules.tree import root_of

from ..roles import Connect
from .sealing import NOW, SIGNER, copy_line, kinds, seal_now, sealed_ids, unguarded, verified, write

_PARTITIONS = "FROM pg_inherits WHERE inhparent = 'journal_line'::regclass"
_MONTHS = f"SELECT count(*) {_PARTITIONS}"
# Of the year that a seal opens; another test may have opened months after it.
_LAST_MONTH = (
    "SELECT to_char((date_trunc('month', now() AT TIME ZONE 'UTC') + interval '12 months'), "
    "'\"journal_line_\"YYYY_MM')"
)


def test_nothing_to_seal_makes_no_head(journal: None) -> None:
    assert seal_now().heads == ()
    write()
    assert len(seal_now().heads) == 1
    assert seal_now().heads == ()


def test_a_head_is_signed_and_is_the_root_of_the_leaves(journal: None, owner: psycopg.Connection) -> None:
    write(300)
    write(2)
    sealed = seal_now()
    (head,) = sealed.heads
    signed = open_checkpoint(head.note, [SIGNER.verifier])
    hashes = owner.execute("SELECT hashes FROM journal_tile WHERE level = 0 ORDER BY index").fetchall()
    leaves = b"".join(row[0] for row in hashes)
    assert (signed.size, signed.sealed_at) == (302, NOW)
    assert signed.root == root_of([leaves[at : at + 32] for at in range(0, len(leaves), 32)])
    assert heads() == [head]
    assert verified().good


def test_many_lines_make_several_heads_of_one_batch_at_most(
    journal: None, owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "BATCH", 300)
    for count in (256, 1, 255, 257, 131):
        write(count)
    assert [head.size for head in seal_now().heads] == [300, 600, 900]
    assert sealed_ids(owner) == list(range(1, 901))
    assert verified().good


def test_what_commits_out_of_order_is_neither_skipped_nor_sealed_twice(
    connect: Connect, application: psycopg.Connection, owner: psycopg.Connection
) -> None:
    write()
    seal_now()
    slow = connect(APPLICATION)
    slow.autocommit = False
    early = copy_line(slow)
    late = [copy_line(application) for _ in range(3)]
    while_it_runs = seal_now()
    assert (while_it_runs.heads, while_it_runs.waiting) == ((), 3)
    assert while_it_runs.oldest is not None
    slow.commit()
    done = seal_now()
    assert (done.lines, done.waiting, done.oldest) == (4, 0, None)
    assert sealed_ids(owner) == [1, early, *late]
    assert verified().good


def test_what_was_rolled_back_leaves_no_gap(
    connect: Connect, application: psycopg.Connection, owner: psycopg.Connection
) -> None:
    write()
    undone = connect(APPLICATION)
    undone.autocommit = False
    copy_line(undone)
    kept = copy_line(application)
    undone.rollback()
    assert seal_now().lines == 2
    assert sealed_ids(owner) == [1, kept]
    assert verified().good


def test_two_sealers_at_once_seal_everything_once(
    journal: None, owner: psycopg.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "BATCH", 50)
    write(500)

    def run(_: int) -> Sealed:
        try:
            return seal_now(tmp_path)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        runs = list(pool.map(run, range(3)))
    assert sum(one.lines for one in runs) == 500
    assert sealed_ids(owner) == list(range(1, 501))
    assert sum(head.size == 500 for one in runs for head in one.heads) == 1
    assert verified(tmp_path).good
    assert verified(tmp_path).checkpoints == len(heads())


def test_a_sealer_waits_for_another(journal: None, owner: psycopg.Connection) -> None:
    write()
    owner.execute("SELECT pg_advisory_lock(%s)", [sealing.SEALING])
    began = Event()

    def run() -> Sealed:
        began.set()
        try:
            return seal_now()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(run)
        assert began.wait(5)
        assert not heads()
        owner.execute("SELECT pg_advisory_unlock(%s)", [sealing.SEALING])
        assert waiting.result(10).lines == 1


def test_every_seal_opens_a_year_of_months(journal: None, owner: psycopg.Connection) -> None:
    (before,) = owner.execute(_MONTHS).fetchone() or (0,)
    last = owner.execute(_LAST_MONTH).fetchone()
    assert last is not None
    owner.execute(f"DROP TABLE {last[0]}")
    assert owner.execute(_MONTHS).fetchone() == (before - 1,)
    seal_now()
    assert owner.execute(_MONTHS).fetchone() == (before,)


def test_somebody_who_reads_for_long_does_not_stop_the_sealing(
    connect: Connect, owner: psycopg.Connection
) -> None:
    last = owner.execute(_LAST_MONTH).fetchone()
    assert last is not None
    owner.execute(f"DROP TABLE {last[0]}")
    write()
    reader = connect(APPLICATION)
    with reader.transaction():
        reader.execute("SELECT count(*) FROM journal_line")
        assert seal_now().lines == 1
    seal_now()


@pytest.mark.parametrize("changed", ["root", "tile"])
def test_it_signs_nothing_on_top_of_a_changed_tree(
    journal: None, superuser: psycopg.Connection, changed: str
) -> None:
    write(5)
    seal_now()
    write()
    with unguarded(superuser):
        if changed == "root":
            superuser.execute("UPDATE journal_head SET root = sha256(root)")
        else:
            superuser.execute("UPDATE journal_tile SET hashes = overlay(hashes PLACING sha256('x') FROM 33)")
    with pytest.raises(BrokenTreeError, match="hervat journal verify"):
        seal_now()
    assert len(heads()) == 1


def test_after_a_change_of_key_it_goes_on_when_it_knows_the_old_one(journal: None) -> None:
    write()
    seal_now()
    write()
    new = Signer.parse(new_key(SIGNER.name))
    with pytest.raises(BrokenTreeError):
        sealing.seal(signer=new, folders=[], at=NOW)
    assert sealing.seal(signer=new, folders=[], at=NOW, verifiers=[SIGNER.verifier]).lines == 1
    assert verified(signers=[SIGNER, new]).good
    assert not verified(signers=[SIGNER]).good


@pytest.mark.parametrize("reason", ["", "twee\nregels", "x" * 201])
def test_a_reason_that_does_not_fit_a_head_is_refused(journal: None, reason: str) -> None:
    with pytest.raises(SealError, match="reden"):
        seal_now(after_restore=reason)


class _Clock:
    """Time that passes only when it is waited for."""

    def __init__(self, ticks: int) -> None:
        self.at = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
        self.left = ticks

    def now(self) -> datetime:
        return self.at

    def wait(self, seconds: float) -> bool:
        self.at += timedelta(seconds=seconds)
        self.left -= 1
        return self.left < 0


def _follow(clock: _Clock, during: dict[int, int]) -> list[tuple[datetime, int]]:
    """Follow the clock; at a tick write so many lines. Return when how many lines were sealed."""
    told: list[tuple[datetime, int]] = []

    def wait(seconds: float) -> bool:
        ended = clock.wait(seconds)
        if clock.left in during:
            write(during[clock.left])
        return ended

    def report(done: Sealed | SealError) -> None:
        assert isinstance(done, Sealed)
        told.append((clock.at, done.lines))

    follow(signer=SIGNER, folders=[], now=clock.now, wait=wait, report=report)
    return told


def test_following_seals_every_minute(journal: None) -> None:
    clock = _Clock(125)
    began = clock.at
    told = _follow(clock, {100: 1, 20: 2})
    assert told == [(began, 0), (began + timedelta(seconds=60), 1), (began + timedelta(seconds=120), 2)]


def test_following_seals_at_once_when_a_thousand_lines_wait(journal: None) -> None:
    clock = _Clock(30)
    began = clock.at
    told = _follow(clock, {25: 999, 20: 1})
    assert told == [(began, 0), (began + timedelta(seconds=10), 1000)]


def test_following_says_that_the_database_is_away_and_goes_on(
    journal: None, superuser: psycopg.Connection
) -> None:
    told: list[Sealed | SealError] = []
    clock = _Clock(61)

    def wait(seconds: float) -> bool:
        if clock.left == 60:
            superuser.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'hervat_owner'"
            )
        return clock.wait(seconds)

    follow(signer=SIGNER, folders=[], now=clock.now, wait=wait, report=told.append)
    assert [type(one) for one in told] == [Sealed, SealError, Sealed]


def test_a_line_that_was_put_before_the_mark_is_not_sealed_and_is_found(
    journal: None, superuser: psycopg.Connection
) -> None:
    write(2)
    seal_now()
    with unguarded(superuser):
        copy_line(superuser, xid="'3'")
    assert seal_now().lines == 0
    assert kinds(verified()) == {Kind.EXTRA}
