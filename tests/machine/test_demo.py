"""The demo starts, answers and stops whole; whatever ended it, the next one starts."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from hervat.config.postgres import APPLICATION, OWNER, Cluster

from .running import HERVAT, Demo, a_home, environment, nothing_runs, refused, started


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    """One demo that runs, for the tests that only look at it."""
    with a_home() as home, started(home) as running:
        yield running


def test_the_demo_answers_on_the_loopback_address_only(demo: Demo) -> None:
    assert demo.line.startswith("Hervat draait op http://127.0.0.1:")
    assert demo.status() in {200, 404}
    # 127.0.0.2 is this machine too, and nobody's unless a server listens everywhere.
    with pytest.raises(OSError), socket.create_connection(("127.0.0.2", int(demo.port)), timeout=2):  # noqa: PT011
        pass


def test_a_second_demo_of_the_same_checkout_says_where_the_first_one_is(demo: Demo) -> None:
    line = refused(demo.home)

    assert "draait al" in line
    assert demo.address in line
    assert demo.status() in {200, 404}


def test_secrets_stay_private_and_unsaid(demo: Demo) -> None:
    secrets = [demo.home / name for name in ("secret", "passwords.json", "key-journal")]

    assert {path.stat().st_mode & 0o777 for path in secrets} == {0o600}
    assert (demo.home / "cluster").stat().st_mode & 0o777 == 0o700
    assert (demo.home / "socket").stat().st_mode & 0o777 == 0o700
    assert not any(path.read_text(encoding="utf-8") in demo.line for path in secrets)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_either_signal_stops_server_and_database(used_home: Path, number: signal.Signals) -> None:
    with started(used_home) as demo:
        assert demo.status() in {200, 404}
        assert not nothing_runs(used_home)

        assert demo.stop(number) == 0
    assert nothing_runs(used_home)
    assert not (used_home / "socket" / ".s.PGSQL.5432").exists()


def test_a_killed_demo_leaves_nothing_that_blocks_the_next(used_home: Path) -> None:
    """Killed alone, then with its whole group; the next starts at once, on the same port."""
    # Killed while it fills its units.
    with started(used_home, "--port", "0") as first:
        first.process.kill()
        first.process.wait()
        with started(used_home, "--port", first.port, "--small") as second:
            assert second.status() in {200, 404}
            os.killpg(second.process.pid, signal.SIGKILL)
            second.process.wait()
            with started(used_home, "--port", first.port, "--small") as third:
                assert third.status() in {200, 404}
                assert third.stop(signal.SIGTERM) == 0
    assert nothing_runs(used_home)


def test_a_taken_port_is_named_with_the_way_out(used_home: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        line = refused(used_home, "--port", str(port))

    assert f"Poort {port} is bezet" in line
    assert "--port" in line.split("bezet")[1]


@pytest.mark.parametrize("arguments", [["--port", "acht"], ["--port", "65536"], ["--port"], ["--poort", "1"]])
def test_wrong_arguments_are_answered_with_the_usage(used_home: Path, arguments: list[str]) -> None:
    answer = subprocess.run(  # noqa: S603
        [HERVAT, "demo", *arguments],
        env=environment(used_home),
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == 2
    assert answer.stderr.startswith("gebruik: hervat")


def test_no_folder_that_is_not_ours_changes(tmp_path: Path) -> None:
    top = tmp_path / "top"
    (top / "middle").mkdir(parents=True, mode=0o700)
    top.chmod(0o711)
    around = [Path.home(), Path("/var/lib"), *(top / "middle").parents, top / "middle"]
    before = [(path.stat().st_mode, path.stat().st_uid, path.stat().st_gid) for path in around]
    try:
        with started(top / "middle" / "data home") as demo:
            demo.stop(signal.SIGTERM)
    finally:
        after = [(path.stat().st_mode, path.stat().st_uid, path.stat().st_gid) for path in around]

    assert after == before


def test_on_the_server_that_the_environment_names_a_database_is_created_and_marked(
    used_home: Path, postgres: Cluster
) -> None:
    urls = {
        "HERVAT_DATABASE_URL": postgres.url(APPLICATION, "named"),
        "HERVAT_OWNER_DATABASE_URL": postgres.url(OWNER, "named"),
    }
    with started(used_home, **urls) as demo:
        assert demo.status() in {200, 404}
        assert demo.stop(signal.SIGTERM) == 0
        assert demo.process.stdout
        assert demo.process.stdout.read() == ""
    with psycopg.connect(postgres.url(APPLICATION, "named")) as database:
        assert database.execute("SELECT count(*) FROM hervat_demo").fetchone() == (1,)


def test_a_database_that_was_already_there_is_served_and_said_to_be_no_demo(
    used_home: Path, postgres: Cluster
) -> None:
    with psycopg.connect(postgres.url(OWNER, "postgres"), autocommit=True) as server:
        server.execute("CREATE DATABASE earlier")
    urls = {
        "HERVAT_DATABASE_URL": postgres.url(APPLICATION, "earlier"),
        "HERVAT_OWNER_DATABASE_URL": postgres.url(OWNER, "earlier"),
    }
    with started(used_home, **urls) as demo:
        assert demo.status() in {200, 404}
        demo.stop(signal.SIGTERM)
        assert demo.process.stdout
        said = demo.process.stdout.read()
        assert "niet door demo gemaakt" in said
        assert "wordt niet verzegeld" in said
    with psycopg.connect(postgres.url(OWNER, "earlier")) as database:
        assert database.execute("SELECT to_regclass('hervat_demo')").fetchone() == (None,)


def test_half_an_address_and_a_wrong_password_are_refused_unsaid(used_home: Path, postgres: Cluster) -> None:
    url = postgres.url(APPLICATION, "named")
    wrong = url.replace(postgres.passwords[APPLICATION], "niet-het-wachtwoord")

    half = refused(used_home, HERVAT_DATABASE_URL=url)
    both = refused(used_home, HERVAT_DATABASE_URL=wrong, HERVAT_OWNER_DATABASE_URL=wrong)

    assert "HERVAT_OWNER_DATABASE_URL" in half
    assert "kan niet bij database" in both
    assert postgres.passwords[APPLICATION] not in half + both
    assert "niet-het-wachtwoord" not in both
