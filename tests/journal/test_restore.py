"""After a backup was put back: the loss is owned up to; in another cluster everything is sealed once."""

import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from django.db import connections

from hervat.config.postgres import APPLICATION, OWNER, SUPERUSER, Cluster, start_cluster
from hervat.journal.actions.refusals import BusyError, FolderAheadError
from hervat.journal.actions.seal import MOVED
from hervat.journal.queries.findings import Kind, Restore
from hervat.journal.queries.heads import heads
from hervat.journal.queries.proofs import consistency, prove

from .sealing import NOW, SIGNER, copy_line, kinds, seal_now, sealed_ids, unguarded, verified, write

LATER = NOW + timedelta(hours=1)
_TABLES = ("journal_line", "journal_tile", "journal_head", "journal_redaction")
_BACK = "INSERT INTO {0} OVERRIDING SYSTEM VALUE SELECT * FROM kept_{0}"


@pytest.fixture
def put_back(superuser: psycopg.Connection) -> Iterator[Callable[[], None]]:
    """Remember the log as it is when the test asks first, and put that back the second time."""
    kept: list[bool] = []

    def act() -> None:
        with unguarded(superuser):
            for name in _TABLES:
                if kept:
                    superuser.execute(f"TRUNCATE {name}")
                    superuser.execute(_BACK.format(name))
                else:
                    superuser.execute(f"CREATE TABLE kept_{name} AS TABLE {name}")
        kept.append(True)

    yield act
    for name in _TABLES:
        superuser.execute(f"DROP TABLE IF EXISTS kept_{name}")


def test_a_folder_that_is_ahead_stops_the_sealer(
    journal: None, tmp_path: Path, put_back: Callable[[], None]
) -> None:
    write(3)
    seal_now(tmp_path)
    put_back()
    write(2)
    seal_now(tmp_path)
    put_back()
    with pytest.raises(FolderAheadError, match=r"5 regels.* 3 of andere"):
        seal_now(tmp_path, at=LATER)
    assert kinds(verified(tmp_path)) == {Kind.TRUNCATED}
    sealed = seal_now(tmp_path, at=LATER, after_restore="schijf defect")
    assert (sealed.lines, [one.size for one in sealed.lost]) == (0, [5])
    assert [head.size for head in sealed.heads] == [3]
    assert seal_now(tmp_path, at=LATER).heads == ()


def test_a_loss_stays_in_sight_for_ever(journal: None, tmp_path: Path, put_back: Callable[[], None]) -> None:
    write(3)
    seal_now(tmp_path)
    put_back()
    for _ in range(3):
        write(2)
        seal_now(tmp_path)
    put_back()
    write(4)
    sealed = seal_now(tmp_path, at=LATER, after_restore="schijf defect")
    assert [head.size for head in sealed.heads] == [3, 7]
    for _ in range(2):
        report = verified(tmp_path)
        assert report.good
        assert report.restores == (Restore(3, 9, LATER, "schijf defect"),)
        assert report.lost_by_restore == 3
        write(5)
        seal_now(tmp_path, at=LATER)
    assert (tmp_path / "checkpoint").read_text() == heads()[-1].note
    assert consistency(3, 7).check([SIGNER.verifier]).good


def test_a_log_cut_short_without_a_restore_is_no_restore(
    superuser: psycopg.Connection, tmp_path: Path, put_back: Callable[[], None]
) -> None:
    """A restore explains what was signed before it, and nothing that was signed since."""
    write(3)
    seal_now(tmp_path)
    put_back()
    write(2)
    seal_now(tmp_path)
    put_back()
    seal_now(tmp_path, at=LATER, after_restore="schijf defect")
    write(1)
    seal_now(tmp_path, at=LATER + timedelta(hours=1))
    assert verified(tmp_path).good
    superuser.execute("DELETE FROM journal_head WHERE size = 4")
    assert Kind.HEAD_MISSING in kinds(verified(tmp_path))


def test_the_same_lines_put_back_and_sealed_again_need_no_excuse(
    journal: None, tmp_path: Path, put_back: Callable[[], None]
) -> None:
    """What the folder knows is in the log once more, leaf for leaf."""
    write(3)
    put_back()
    seal_now(tmp_path)
    put_back()
    with pytest.raises(FolderAheadError):
        seal_now(tmp_path)
    seal_now()
    assert seal_now(tmp_path).lost == ()
    assert verified(tmp_path).good


def test_an_empty_database_under_a_full_folder_is_owned_up_to(
    journal: None, tmp_path: Path, put_back: Callable[[], None]
) -> None:
    put_back()
    write(3)
    seal_now(tmp_path)
    put_back()
    with pytest.raises(FolderAheadError):
        seal_now(tmp_path)
    assert seal_now(tmp_path, at=LATER, after_restore="alles kwijt").heads[0].size == 0
    write()
    seal_now(tmp_path, at=LATER)
    report = verified(tmp_path)
    assert report.good
    assert report.restores == (Restore(0, 3, LATER, "alles kwijt"),)


@pytest.fixture(scope="module")
def other() -> Iterator[Cluster]:
    """Another cluster, where transaction ids begin again."""
    with TemporaryDirectory(prefix="hervat-") as folder:
        home = Path(folder)
        home.chmod(0o711)
        cluster = start_cluster(home, durable=False)
        try:
            yield cluster
        finally:
            cluster.stop()


@pytest.fixture
def move(postgres: Cluster, other: Cluster, superuser: psycopg.Connection) -> Iterator[Callable[[], Cluster]]:
    """Dump the database, restore it in the other cluster, and go on there."""
    before = {alias: dict(connections[alias].settings_dict) for alias in ("default", "owner")}

    def act() -> Cluster:
        _copy(postgres, other)
        for alias, role in (("default", APPLICATION), ("owner", OWNER)):
            connections[alias].close()
            connections[alias].settings_dict |= {
                "HOST": str(other.sockets),
                "PASSWORD": other.passwords[role],
            }
        return other

    yield act
    for alias, kept in before.items():
        connections[alias].close()
        connections[alias].settings_dict |= kept


def _copy(source: Cluster, target: Cluster) -> None:
    dump = source.binaries.program("pg_dump")
    if not dump.exists():
        pytest.skip("pg_dump is er niet")
    dumped = subprocess.run(  # noqa: S603
        [dump, "--format=custom", f"--dbname={source.url(SUPERUSER, 'hervat')}"],
        capture_output=True,
        check=True,
    )
    with psycopg.connect(target.url(SUPERUSER, "postgres"), autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS hervat WITH (FORCE)")
        server.execute("CREATE DATABASE hervat TEMPLATE template0 ENCODING 'UTF8' OWNER hervat_owner")
    restored = subprocess.run(  # noqa: S603
        [
            source.binaries.program("pg_restore"),
            "--exit-on-error",
            f"--dbname={target.url(SUPERUSER, 'hervat')}",
        ],
        input=dumped.stdout,
        capture_output=True,
        check=False,
    )
    assert restored.returncode == 0, restored.stderr.decode()


def _age(superuser: psycopg.Connection, first_id: int) -> None:
    """As if the old cluster had run for years: its transaction ids are far beyond those of the new one."""
    with unguarded(superuser):
        superuser.execute(
            "UPDATE journal_line SET xid = (xid::text::bigint + 50000000)::text::xid8 WHERE id >= %s",
            [first_id],
        )


def test_in_another_cluster_everything_is_sealed_once(
    superuser: psycopg.Connection, move: Callable[[], Cluster], tmp_path: Path
) -> None:
    write(300)
    _age(superuser, 1)
    superuser.execute("SELECT 1")
    seal_now(tmp_path)
    write(4)
    _age(superuser, 301)
    cluster = move()
    write(3)
    assert verified(tmp_path).good
    moved = seal_now(tmp_path, at=LATER)
    assert (moved.lines, moved.waiting) == (7, 0)
    assert MOVED in moved.heads[0].note.split("\n")
    write(2)
    assert seal_now(tmp_path, at=LATER).lines == 2
    with psycopg.connect(cluster.url(SUPERUSER, "hervat"), autocommit=True) as there:
        assert sealed_ids(there) == list(range(1, 310))
        # Years later, the ids of transactions pass those of the old cluster.
        with unguarded(there):
            for _ in range(2):
                copy_line(there, xid="'90000000'")
        assert verified(tmp_path).unsealed == 2
    assert verified(tmp_path).good
    assert consistency(300, 309).check([SIGNER.verifier]).good
    assert prove(305).check([SIGNER.verifier]).good


def test_whoever_writes_during_the_first_seal_in_another_cluster_is_sealed_after_it(
    journal: None, move: Callable[[], Cluster]
) -> None:
    write(3)
    seal_now()
    cluster = move()
    with psycopg.connect(cluster.url(APPLICATION, "hervat")) as writer:
        writer.execute("SELECT pg_current_xact_id()")  # an old transaction, that has not written a line yet
        write(2)
        assert seal_now(at=LATER).lines == 2
        line = copy_line(writer)
        assert seal_now(at=LATER).lines == 0
        writer.commit()
    assert seal_now(at=LATER).lines == 1
    with psycopg.connect(cluster.url(SUPERUSER, "hervat")) as there:
        assert sealed_ids(there) == [1, 2, 3, 4, 5, line]
    assert verified().good


def test_in_another_cluster_without_new_lines_a_head_says_that_it_moved(
    journal: None, move: Callable[[], Cluster], tmp_path: Path
) -> None:
    write(3)
    seal_now(tmp_path)
    move()
    (head,) = seal_now(tmp_path, at=LATER).heads
    assert head.size == 3
    assert head.cluster != heads()[0].cluster
    assert seal_now(tmp_path).heads == ()
    assert verified(tmp_path).good


def test_the_first_seal_in_another_cluster_waits_for_a_writer_no_longer_than_is_good(
    journal: None, move: Callable[[], Cluster], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hervat.journal.actions.seal.PATIENCE", "SET LOCAL lock_timeout = '100ms'")
    write()
    seal_now()
    cluster = move()
    with psycopg.connect(cluster.url(APPLICATION, "hervat")) as writer:
        copy_line(writer)
        with pytest.raises(BusyError, match="verhuizing"):
            seal_now(at=LATER)
    assert seal_now(at=LATER).lines == 1


def test_lines_of_another_cluster_that_was_never_sealed_do_not_wait_for_ever(
    superuser: psycopg.Connection, move: Callable[[], Cluster]
) -> None:
    write(3)
    _age(superuser, 1)
    move()
    write()
    assert seal_now().lines == 4
    assert verified().good


def test_ids_go_on_past_those_of_the_dump(journal: None, move: Callable[[], Cluster]) -> None:
    """A dump of the data alone forgets the sequence."""
    write(3)
    seal_now()
    cluster = move()
    with psycopg.connect(cluster.url(OWNER, "hervat"), autocommit=True) as there:
        there.execute("ALTER TABLE journal_line ALTER id RESTART WITH 1")
        seal_now(at=LATER)
        assert copy_line(there) == 4
    seal_now(at=LATER)
    assert verified().good
