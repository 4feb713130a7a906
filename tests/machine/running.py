"""Starts the demo as a person would, in a data home of the test's own, and never leaves it behind."""

import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hervat.config.home import take_lock

HERVAT = Path(sys.executable).parent / "hervat"
PATIENCE = 40.0


@dataclass
class Demo:
    """A demo that was started: its process, its data home and what it said."""

    process: subprocess.Popen[str]
    home: Path
    line: str

    @property
    def address(self) -> str:
        return self.line.split()[3]

    @property
    def port(self) -> str:
        return self.address.rstrip("/").rsplit(":", 1)[1]

    def status(self) -> int:
        try:
            with urllib.request.urlopen(self.address, timeout=10) as answer:  # noqa: S310 - our own address
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def stop(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=PATIENCE)


def environment(home: Path, **variables: str) -> dict[str, str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("HERVAT_", "DJANGO_"))}
    return bare | {"HERVAT_HOME": str(home)} | variables


@contextmanager
def started(home: Path, *arguments: str, **variables: str) -> Iterator[Demo]:
    """Start a demo in the background of a script: a group of its own, with SIGINT ignored.

    Without other arguments its units are not filled: that takes as long as many tests together.
    """
    given = arguments or ("--port", "0", "--small")
    process = subprocess.Popen(  # noqa: S603
        ["/bin/sh", "-c", 'trap "" INT; exec "$@"', "sh", HERVAT, "demo", *given],
        env=environment(home, **variables),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield Demo(process, home, _first_line(process))
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=PATIENCE)
        assert process.stdout
        process.stdout.close()


def refused(home: Path, *arguments: str, **variables: str) -> str:
    """Start a demo that must not start; return the one line it says."""
    answer = subprocess.run(  # noqa: S603
        [HERVAT, "demo", *(arguments or ("--port", "0"))],
        env=environment(home, **variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert answer.returncode == 1, answer
    assert answer.stdout == ""
    assert len(answer.stderr.splitlines()) == 1, answer.stderr
    return answer.stderr.strip()


@contextmanager
def a_home() -> Iterator[Path]:
    """A folder that the account of PostgreSQL can pass through, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="hervat-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def nothing_runs(home: Path, *, within: float = 0) -> bool:
    """Whether neither PostgreSQL nor a web server of this data home is left: each holds a lock."""
    for name in ("cluster.lock", "server.lock"):
        lock = take_lock(home / name, patience=within)
        if lock is None:
            return False
        os.close(lock)
    return True


def _first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        ready, _, _ = select.select([process.stdout], [], [], 0.5)
        if ready:
            return process.stdout.readline()
    return ""
