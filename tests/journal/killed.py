"""The process that test_kill.py kills: it reads with a line, or refuses with one, and tells how far it came.

It starts once and forks for every try, which costs milliseconds. On its output stands, a word at a time:
the number of the fork, the trace of its act, `read` when the rows are in its hands, `answer` when the act
has returned, and `gone`. Must never: tell before it is so. Read next: `test_kill.py`.
"""

import os
import sys
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - what is set up first

from hervat.journal.actions.append import begin, record, record_refusal  # noqa: E402
from hervat.journal.queries.lines import about  # noqa: E402
from hervat.journal.rules.acts import Act  # noqa: E402
from hervat.journal.rules.line import SubjectKind  # noqa: E402

from .examples import SUBJECT, an_act, somebody  # noqa: E402


def tell(word: object) -> None:
    os.write(sys.stdout.fileno(), f"{word}\n".encode())


def read_the_log(act: Act) -> None:
    with connection.execute_wrapper(_telling_what_is_read):
        page = about(SUBJECT, SubjectKind.RE_INTEGRANT, asked_by=act)
    assert page.lines


def read_something(act: Act) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 'een gegeven'")
            assert cursor.fetchall()
        tell("read")
        record(act, [somebody()])


def refuse(act: Act) -> None:
    record_refusal(act, [somebody()], "register")


ACTS = {act.__name__: act for act in (read_the_log, read_something, refuse)}


def _telling_what_is_read(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    """The client has all rows when `execute` returns: these cursors are not the server's."""
    result = execute(sql, *rest)
    if sql.startswith("SELECT"):
        tell("read")
    return result


def _try(name: str) -> None:
    os.read(sys.stdin.fileno(), 1)
    act = an_act(trace=begin())
    tell(act.trace.trace_id)
    ACTS[name](act)
    tell("answer")


def main() -> None:
    while name := _line():
        child = os.fork()
        if child == 0:
            try:
                _try(name)
            finally:
                os._exit(0)
        tell(child)
        os.waitpid(child, 0)
        tell("gone")


def _line() -> str:
    """One line, and not a byte more: the fork reads from the same pipe."""
    line = b""
    while (byte := os.read(sys.stdin.fileno(), 1)) not in (b"", b"\n"):
        line += byte
    return line.decode()


if __name__ == "__main__":
    main()
