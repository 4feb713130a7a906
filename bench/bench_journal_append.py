"""How fast lines are appended: beside a plain INSERT of the same rows, in pages, and in big batches.

Its own PostgreSQL, as in production: commits reach the disk. The plain table has the same columns and the
same indexes, and nothing else: no months, defaults, constraints or identity. It is written by a
parameterised INSERT, as a web application would; and, to see what the journal costs apart from the way of
writing, by the same binary COPY. The kinds take turns in every round, so that a ratio is of one moment.
"""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from statistics import median
from threading import Barrier, Thread
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, connections, transaction

from bench.own_database import own_database
from hervat.journal.actions.append import append, begin
from hervat.journal.rules.acts import lines_of
from hervat.journal.rules.canonical import columns_of
from hervat.journal.rules.copy_rows import COLUMNS, binary_copy
from hervat.journal.rules.line import Line, Outcome
from tests.journal.examples import COMMANDER, a_line, an_act, somebody

CONNECTIONS = (1, 4, 16)
ROUNDS = 5
SECONDS = 0.8
BATCH = 1_000
PAGE = 50
PEOPLE = 20_000

Write = Callable[[list[Line]], None]
Figures = dict[str, object]

_ACTIVITY = a_line().activity
_MOST = 2**128 - 1
_SPREAD = _MOST // PEOPLE
"""So far apart that the ids lie all over the index, as random ones do."""

_SIZE = """
SELECT sum(pg_relation_size(inhrelid))::bigint, sum(pg_indexes_size(inhrelid))::bigint,
       sum(pg_total_relation_size(inhrelid))::bigint, (SELECT count(*) FROM journal_line)
FROM pg_inherits WHERE inhparent = 'journal_line'::regclass
"""


def run() -> Figures:
    with own_database():
        _make_plain_tables()
        figures: Figures = {"commits_reach_the_disk": True}
        for name, children in (("action", 1), ("page", PAGE)):
            for clients in CONNECTIONS:
                figures |= _compared(name, clients, [_lines(children) for _ in range(100)])
        batches = [_batch() for _ in range(20)]
        for clients in (1, 2, 4):
            rates = [_rate(append, batches, clients) * BATCH for _ in range(ROUNDS)]
            figures[f"batch_of_{BATCH}_lines_per_second_{clients}_connections_median"] = round(median(rates))
            figures[f"batch_of_{BATCH}_lines_per_second_{clients}_connections_best"] = round(max(rates))
        return figures | _sizes()


def _compared(name: str, clients: int, actions: list[list[Line]]) -> Figures:
    """Append, plain INSERT and plain COPY by turns; rates are of actions, ratios of the same round."""
    kinds: dict[str, Write] = {"append": append, "plain_insert": _plain_insert, "plain_copy": _plain_copy}
    rates: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(ROUNDS):
        for kind, write in kinds.items():
            rates[kind].append(_rate(write, actions, clients))
    of = f"of_{len(actions[0])}_lines_{clients}_connections"
    ratio = {
        kind: median(ours / theirs for ours, theirs in zip(rates["append"], rates[kind], strict=True))
        for kind in ("plain_insert", "plain_copy")
    }
    return {
        **{f"{name}_{of}_{kind}_per_second": round(median(found)) for kind, found in rates.items()},
        f"{name}_{of}_ratio_to_plain_insert": round(ratio["plain_insert"], 2),
        f"{name}_{of}_ratio_to_plain_copy": round(ratio["plain_copy"], 2),
    }


def _rate(write: Write, actions: list[list[Line]], clients: int) -> float:
    """How many transactions a second, with so many connections that are open already."""
    done = [0] * clients
    start = Barrier(clients + 1)

    def work(client: int) -> None:
        connection.ensure_connection()
        start.wait()
        until = perf_counter() + SECONDS
        while perf_counter() < until:
            with transaction.atomic():
                write(actions[(done[client] * clients + client) % len(actions)])
            done[client] += 1
        connection.close()

    threads = [Thread(target=work, args=(client,)) for client in range(clients)]
    for thread in threads:
        thread.start()
    start.wait()
    began = perf_counter()
    for thread in threads:
        thread.join()
    return sum(done) / (perf_counter() - began)


_number = count(1)


def _plain_insert(lines: list[Line]) -> None:
    rows = [columns_of(line) | _filled_in() for line in lines]
    names = ", ".join(rows[0])
    values = ", ".join([f"({', '.join(['%s'] * len(rows[0]))})"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO plain ({names}) VALUES {values}",  # noqa: S608 - names of our own columns
            [value for row in rows for value in row.values()],
        )


def _filled_in() -> dict[str, Any]:
    number = next(_number)
    return {"id": number, "xid": str(number), "logged_at": datetime.now(UTC), "salt": uuid4()}


def _plain_copy(lines: list[Line]) -> None:
    """The same bytes; what PostgreSQL fills in for the journal has a constant or a sequence here too."""
    columns = ", ".join(COLUMNS)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY plain_copy ({columns}) FROM STDIN (FORMAT binary)") as copy,
    ):
        copy.write(binary_copy(lines))


def _lines(children: int) -> list[Line]:
    """The lines of one action, with people out of a fixed crowd."""
    act = an_act(trace=begin(), actor=COMMANDER, activity=_ACTIVITY)
    people = random.sample(range(PEOPLE), children)
    met = [
        somebody(subject=UUID(int=_SPREAD * one), dossier=UUID(int=~(_SPREAD * one) & _MOST))
        for one in people
    ]
    spans = (number.to_bytes(8) for number in count(1))
    return list(lines_of(act, met, spans=spans, ended_at=datetime.now(UTC), outcome=Outcome.DONE))


def _batch() -> list[Line]:
    lines: list[Line] = []
    while len(lines) < BATCH:
        lines += _lines(PAGE)
    return lines[:BATCH]


def _sizes() -> Figures:
    with connection.cursor() as cursor:
        cursor.execute(_SIZE)
        table, indexes, total, lines = cursor.fetchone()
    return {
        "lines": lines,
        "bytes_per_line": round(total / lines),
        "bytes_per_line_table": round(table / lines),
        "bytes_per_line_indexes": round(indexes / lines),
    }


def _make_plain_tables() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE plain (LIKE journal_line INCLUDING INDEXES)")
        cursor.execute("CREATE TABLE plain_copy (LIKE journal_line INCLUDING INDEXES)")
        cursor.execute(
            "CREATE SEQUENCE plain_number; ALTER TABLE plain_copy "
            "ALTER id SET DEFAULT nextval('plain_number'), ALTER xid SET DEFAULT '1', "
            "ALTER logged_at SET DEFAULT '2026-11-23', ALTER salt SET DEFAULT md5('')::uuid"
        )
