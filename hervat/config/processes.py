"""Child processes that never outlive us, and that stop in the way they want to be stopped.

Each child gets a guard: a shell that waits on a pipe of which only we hold the other end.
When we are killed, even with our whole process group, the kernel closes the pipe and the
guard stops the child. Children have a session of their own, so Ctrl-C reaches only us and
we decide the order. Read next: `postgres.py`, `../cli/demo.py`.
"""

import os
import pwd
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from hervat.config.home import CannotStart

_GUARD = 'read -r _; kill -s "$1" "$2" 2>/dev/null'
# PostgreSQL refuses to run as root. The first of these that exists is used as it is.
_UNPRIVILEGED = ("postgres", "_postgres", "nobody", "daemon")


@dataclass(frozen=True)
class Account:
    """An existing account without rights, for what must not run as root."""

    name: str
    uid: int
    gid: int


def unprivileged_account() -> Account | None:
    """Return the account to run PostgreSQL under: None when we are not root ourselves."""
    if os.geteuid() != 0:
        return None
    for name in _UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(name, entry.pw_uid, entry.pw_gid)
    raise CannotStart(
        "PostgreSQL mag niet als root draaien en er is geen account zonder rechten "
        f"({', '.join(_UNPRIVILEGED)}). Start Hervat als gewone gebruiker."
    )


@dataclass
class Child:
    """A running child and its guard."""

    process: subprocess.Popen[bytes]
    guard: subprocess.Popen[bytes]
    stop_with: signal.Signals

    def has_stopped(self) -> bool:
        return self.process.poll() is not None

    def stop(self, *, patience: float) -> None:
        """Ask the child to stop, and insist when it does not."""
        # The guard first: it must not signal a number that has meanwhile been given out again.
        _end(self.guard)
        if not self.has_stopped():
            self.process.send_signal(self.stop_with)
        for insist in (signal.SIGQUIT, signal.SIGKILL):
            try:
                self.process.wait(timeout=patience)
                return
            except subprocess.TimeoutExpired:
                self.process.send_signal(insist)
        self.process.wait()


def start_child(
    command: Sequence[str | Path],
    *,
    stop_with: signal.Signals,
    account: Account | None = None,
    environment: Mapping[str, str] | None = None,
    output: IO[bytes] | int | None = None,
    keep_open: Sequence[int] = (),
    folder: str | Path = "/",
) -> Child:
    """Start a child with its guard; `keep_open` are descriptors it inherits."""
    process = subprocess.Popen(  # noqa: S603 - our own command, never a shell
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        env=environment,
        cwd=folder,
        pass_fds=keep_open,
        start_new_session=True,
        **as_account(account),
    )
    guard = subprocess.Popen(  # noqa: S603 - fixed text; the values are arguments
        ["/bin/sh", "-c", _GUARD, "guard", stop_with.name.removeprefix("SIG"), str(process.pid)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
        **as_account(account),
    )
    return Child(process, guard, stop_with)


def as_account(account: Account | None) -> dict[str, Any]:
    """Return the arguments that make `subprocess` drop to the account, groups included."""
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def _end(guard: subprocess.Popen[bytes]) -> None:
    guard.kill()
    guard.wait()
    if guard.stdin:
        guard.stdin.close()
