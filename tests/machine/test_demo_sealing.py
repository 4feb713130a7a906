"""The demo seals its log while it runs, with a key of its own, and says so when the sealer has died."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from hervat.journal.rules.notes import Signer, open_checkpoint

from .running import HERVAT, PATIENCE, Demo, environment, nothing_runs, started

_SEALER = b"journal\0seal\0--follow"


def processes_of(home: Path, command: bytes) -> list[int]:
    """Processes with this in their command, and this data home in their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            named = command in (folder / "cmdline").read_bytes()
            ours = os.fsencode(home) in (folder / "environ").read_bytes()
        except OSError:
            continue
        if named and ours:
            found.append(int(folder.name))
    return found


def wait_for(what: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while not what() and time.monotonic() < until:
        time.sleep(0.1)
    return what()


def leave_a_line(demo: Demo) -> None:
    """Somebody without credentials asks the log: turned away, and that is a line."""
    address, asked = f"{demo.address}api/logboek/v1/token", b"grant_type=client_credentials"
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(address, data=asked, timeout=10)  # noqa: S310 - our own address


def test_what_is_written_is_sealed_with_the_demos_own_key(used_home: Path) -> None:
    with started(used_home) as first:
        leave_a_line(first)
        first.stop(signal.SIGTERM)
    with started(used_home) as second:
        checkpoint = used_home / "checkpoints" / "checkpoint"
        assert wait_for(checkpoint.exists)
        (server, *_) = processes_of(used_home, b"gunicorn")
        assert b"HERVAT_JOURNAL_KEY=" not in Path(f"/proc/{server}/environ").read_bytes()
        assert b"HERVAT_JOURNAL_PUBLIC_KEYS=" in Path(f"/proc/{server}/environ").read_bytes()
        second.stop(signal.SIGTERM)
    signer = Signer.parse((used_home / "key-journal").read_text(encoding="utf-8"))
    assert open_checkpoint(checkpoint.read_text(encoding="utf-8"), [signer.verifier]).size >= 1
    assert processes_of(used_home, _SEALER) == []


def test_the_log_of_a_running_demo_is_verified_from_another_terminal(used_home: Path) -> None:
    command = ["/bin/sh", "-c", 'set -e; eval "$("$0" demo --env)"; "$0" journal verify', str(HERVAT)]
    with started(used_home) as demo:
        checkpoint = used_home / "checkpoints" / "checkpoint"
        assert wait_for(checkpoint.exists)
        there = subprocess.run(  # noqa: S603
            command, env=environment(used_home), capture_output=True, text=True, check=False
        )
        told = (used_home / "environment").read_text(encoding="utf-8")
        demo.stop(signal.SIGTERM)
    gone = subprocess.run(  # noqa: S603
        [HERVAT, "demo", "--env"], env=environment(used_home), capture_output=True, text=True, check=False
    )

    assert (there.returncode, there.stdout.splitlines()[-1]) == (0, "Alles klopt.")
    assert "HERVAT_JOURNAL_KEY=" not in told
    assert (gone.returncode, gone.stdout) == (1, "")
    assert "draait niet" in gone.stderr


def test_a_sealer_that_dies_is_told_of_and_takes_nothing_along(used_home: Path) -> None:
    process = subprocess.Popen(  # noqa: S603
        [HERVAT, "demo", "--port", "0", "--small"],
        env=environment(used_home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout
        demo = Demo(process, used_home, process.stdout.readline())
        (sealer,) = processes_of(used_home, _SEALER)
        os.kill(sealer, signal.SIGKILL)
        assert wait_for(lambda: processes_of(used_home, _SEALER) == [])
        time.sleep(0.5)
        assert demo.status() in {200, 404}
    finally:
        process.terminate()
        _, said = process.communicate(timeout=PATIENCE)
    assert "het verzegelen van het logboek is gestopt" in said
    assert process.returncode == 0
    assert nothing_runs(used_home)


def test_a_killed_demo_leaves_no_sealer(used_home: Path) -> None:
    with started(used_home) as demo:
        assert processes_of(used_home, _SEALER) != []
        os.killpg(demo.process.pid, signal.SIGKILL)
        demo.process.wait()
        assert wait_for(lambda: processes_of(used_home, _SEALER) == [])
        assert nothing_runs(used_home, within=20)
