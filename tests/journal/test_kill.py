"""Kill the process between every two messages to PostgreSQL: never a read without its line, nor the reverse.

Between the process and PostgreSQL stands a proxy that counts what the process says (BEGIN, SELECT, COPY, its
rows, its end, COMMIT) and kills it, with a signal that it cannot catch, before the proxy passes message
number k on, or when PostgreSQL has answered that message and the process has not heard it yet.

What this shows: an answer is given only when its lines have committed, and lines are there only when what
they tell of had been read. What nobody can show: after COMMIT and before the answer the process may die, and
then the line says read, truly, while nobody got to see it. That way round is the one a log may be wrong in.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from threading import Thread
from typing import NamedTuple
from urllib.parse import quote

import psycopg
import pytest
from django.db import transaction

from hervat.config.postgres import APPLICATION, Cluster
from hervat.journal.actions.append import append

from .examples import a_line

ROOT = Path(__file__).resolve().parents[2]
SOCKET = ".s.PGSQL.5432"
ANSWERED = b"QSc"
"""Messages that PostgreSQL answers when it is done with them: a query, a sync, the end of rows."""


class Told(NamedTuple):
    """How far a try came: what it told, and the lines that are in the log."""

    read: bool
    answered: bool
    lines: int


@dataclass
class Proxy:
    """Passes everything on until the message to kill at."""

    listener: socket.socket
    server: Path
    victim: int = 0
    kill_at: int = 0
    after_the_answer: bool = False
    said: list[bytes] = field(default_factory=list)

    def serve_one(self) -> None:
        client, _ = self.listener.accept()
        server = socket.socket(socket.AF_UNIX)
        with closing(client), closing(server):
            server.connect(str(self.server))
            self._pass_on(client, server)

    def _pass_on(self, client: socket.socket, server: socket.socket) -> None:
        waiting, started = b"", False
        with DefaultSelector() as selector:
            selector.register(client, EVENT_READ)
            selector.register(server, EVENT_READ)
            while True:
                for key, _ in selector.select():
                    source = key.fileobj
                    data = source.recv(65536)
                    if not data:
                        return
                    if source is server:
                        client.sendall(data)
                        continue
                    waiting += data
                    while (size := _size(waiting, started)) and size <= len(waiting):
                        message, waiting = waiting[:size], waiting[size:]
                        if started and self._dies_at(message, server):
                            return
                        started = True
                        server.sendall(message)

    def _dies_at(self, message: bytes, server: socket.socket) -> bool:
        """Count a message, and kill at the one that was asked for."""
        kind = message[:1]
        if kind == b"p" or (self.after_the_answer and kind not in ANSWERED):
            return False
        self.said.append(kind)
        if len(self.said) != self.kill_at:
            return False
        if self.after_the_answer:
            server.sendall(message)
            _wait_for_the_answer(server)
        os.kill(self.victim, signal.SIGKILL)
        return True


def _size(data: bytes, started: bool) -> int:
    """The size of the first message, or 0 when that cannot be told yet; the very first has no kind."""
    kind = 1 if started else 0
    return kind + int.from_bytes(data[kind : kind + 4]) if len(data) >= kind + 4 else 0


def _wait_for_the_answer(server: socket.socket) -> None:
    """Until PostgreSQL is ready for a query (Z) or for rows (G)."""
    heard = b""
    while True:
        heard += server.recv(65536)
        rest = heard
        while (size := _size(rest, started=True)) and size <= len(rest):
            if rest[:1] in b"ZG":
                return
            rest = rest[size:]


@pytest.fixture(scope="module")
def proxy(postgres: Cluster) -> Iterator[Proxy]:
    folder = Path(tempfile.mkdtemp(prefix="hervat-kill-"))
    with closing(socket.socket(socket.AF_UNIX)) as listener:
        listener.bind(str(folder / SOCKET))
        listener.listen()
        listener.settimeout(20)
        yield Proxy(listener, postgres.sockets / SOCKET)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def process(proxy: Proxy, postgres: Cluster) -> "Iterator[subprocess.Popen[str]]":
    direct = postgres.url(APPLICATION, "hervat")
    folder = str(Path(proxy.listener.getsockname()).parent)
    through = direct.replace(quote(str(postgres.sockets), safe=""), quote(folder, safe=""))
    assert through != direct
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "hervat.config.settings",
        "HERVAT_DATABASE_URL": through,
        "HERVAT_SECRET_KEY": "tests-only-" + "0123456789abcdef" * 4,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.journal.killed"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def attempt(process: "subprocess.Popen[str]", proxy: Proxy, act: str, role: psycopg.Connection) -> Told:
    """Let the process try an act, killed where the proxy was told to, and look what is left of it."""
    assert process.stdin is not None
    assert process.stdout is not None
    proxy.said.clear()
    process.stdin.write(f"{act}\n")
    process.stdin.flush()
    proxy.victim = int(process.stdout.readline())
    serving = Thread(target=proxy.serve_one)
    serving.start()
    process.stdin.write("!")
    process.stdin.flush()
    trace, *words = iter(lambda: process.stdout.readline().strip(), "gone")  # type: ignore[union-attr]
    serving.join()
    row = role.execute("SELECT count(*) FROM journal_line WHERE trace_id = %s", [trace]).fetchone()
    assert row is not None
    return Told("read" in words, "answer" in words, row[0])


def attempts(
    process: "subprocess.Popen[str]", proxy: Proxy, act: str, role: psycopg.Connection
) -> list[Told]:
    """Kill at every message, one after the other, until the act gets through."""
    tries: list[Told] = []
    proxy.kill_at = 0
    while not tries or not tries[-1].answered:
        proxy.kill_at += 1
        tries.append(attempt(process, proxy, act, role))
        assert proxy.kill_at < 40
    return tries


@pytest.mark.parametrize(
    ("act", "reads"), [("read_the_log", True), ("read_something", True), ("refuse", False)]
)
def test_killed_anywhere_nothing_is_told_without_its_line_and_no_line_tells_what_was_not(
    process: "subprocess.Popen[str]", proxy: Proxy, application: psycopg.Connection, act: str, reads: bool
) -> None:
    with transaction.atomic():
        append([a_line()])
    for after_the_answer in (False, True):
        proxy.after_the_answer = after_the_answer
        tries = attempts(process, proxy, act, application)

        for told in tries:
            assert told.lines in (0, 2)
            assert told.lines == 2 or not told.answered
            assert told.read or not told.lines or not reads
        assert tries[0] == Told(read=False, answered=False, lines=0)
        assert tries[-1] == Told(read=reads, answered=True, lines=2)
        # Each was killed at another message, so somewhere it had read and not yet logged.
        assert (Told(read=True, answered=False, lines=0) in tries) == reads
        assert (Told(read=reads, answered=False, lines=2) in tries) == after_the_answer
