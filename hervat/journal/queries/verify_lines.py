"""Every line once more against its leaf, in the order of the tree.

PostgreSQL computes the leaves, a tile at a time and on two connections that see the same moment; only where a
tile differs are its lines looked at one by one. The expression is sent with the query, so that no function
of the database's owner is trusted. Must never: pass over a leaf without a line that is not in a redaction.
Read next: `verify.py`, `../rules/canonical.py`.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from queue import SimpleQueue
from typing import Any

import psycopg
from django.db import connections
from psycopg import sql

from hervat.journal.queries.findings import Findings, Kind
from hervat.journal.queries.heads import HERE, apart, plain_cursor
from hervat.journal.rules.canonical import leaf_sql
from hervat.journal.rules.tiles import WIDTH

_WORKERS = 2
_AHEAD = 4
_TILES_AT_ONCE = 32
_LAST = 2**62
_DJANGOS_OWN = {"cursor_factory", "context", "server_side_binding", "prepare_threshold"}

# Raw SQL: the leaf of a line is an expression of PostgreSQL, and what is compared are bytes. OFFSET 0 and no
# nested loop: a tile's lines are read in one go, in half the time of looking each up in every month.
_PLAN = "SET LOCAL enable_nestloop = off; SET LOCAL jit = off"
_CHECK = f"""
SELECT t.index, t.hashes, t.lines, coalesce(found.lines, 0), coalesce(found.ids, '0'),
    coalesce(found.leaves = t.hashes, false), t.span = int8range(found.first, found.last, '[]')
FROM public.journal_tile AS t
LEFT JOIN LATERAL (
    SELECT count(*) AS lines, sum(hashint8extended(l.id, %(seed)s::bigint))::text AS ids, min(l.id) AS first,
        max(l.id) AS last, string_agg({leaf_sql("l")}, ''::bytea ORDER BY named.place) AS leaves
    FROM unnest(t.lines) WITH ORDINALITY AS named (id, place)
    JOIN (
        SELECT * FROM public.journal_line AS there
        WHERE there.id >= lower(t.span) AND there.id < upper(t.span)
        AND there.logged_at >= t.logged_from AND there.logged_at <= t.logged_to OFFSET 0
    ) AS l ON l.id = named.id
) AS found ON true
WHERE t.level = 0 AND t.index >= %(first)s AND t.index < %(end)s
ORDER BY t.index
"""  # noqa: S608
_LEAVES = f"""
SELECT named.place - 1, named.id, {leaf_sql("l")},
    l.logged_at >= t.logged_from AND l.logged_at <= t.logged_to AND t.span @> l.id
FROM public.journal_tile AS t
CROSS JOIN LATERAL unnest(t.lines) WITH ORDINALITY AS named (id, place)
JOIN public.journal_line AS l ON l.id = named.id
WHERE t.level = 0 AND t.index = %s
ORDER BY named.place
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Gone:
    """The leaves of the lines that were redacted: ranges from a leaf up to another, in order."""

    ranges: tuple[tuple[int, int], ...] = ()

    def has(self, leaf: int) -> bool:
        at = bisect_right(self.ranges, (leaf, _LAST))
        return at > 0 and self.ranges[at - 1][1] > leaf

    def count(self) -> int:
        return sum(end - start for start, end in self.ranges)


@dataclass
class Seen:
    """Which lines were found under a leaf: how many, and a sum that tells one set of ids from another."""

    seed: int
    lines: int = 0
    ids: int = 0
    leaves: int = 0


def check_lines(
    *, tiles: int, gone: Gone, seen: Seen, findings: Findings, progress: Callable[[int], None]
) -> Iterator[tuple[int, tuple[bytes, ...]]]:
    """Yield every tile of leaves in order, once its lines are computed and compared."""
    with plain_cursor("default") as cursor:
        for rows in _chunks(tiles, seen.seed):
            for index, hashes, named, lines, ids, same, spanned in rows:
                leaves = apart(hashes)
                seen.lines, seen.ids = seen.lines + lines, seen.ids + int(ids)
                seen.leaves += len(leaves)
                if not (same and lines == len(named)):
                    _look_closer(cursor, index, leaves, named, gone, findings)
                elif not spanned:
                    findings.add(Kind.TILE, what=f"tegel {index} van niveau 0 noemt een verkeerd bereik")
                yield index, leaves
            progress(seen.leaves)


def _look_closer(
    cursor: Any, index: int, leaves: Sequence[bytes], named: Sequence[int], gone: Gone, findings: Findings
) -> None:
    """Say of each leaf of a tile what is wrong with its line."""
    found: dict[int, list[tuple[bytes, bool]]] = {}
    for place, _, leaf, in_range in cursor.execute(_LEAVES, [index], binary=True):
        found.setdefault(place, []).append((leaf, in_range))
    for place, line in enumerate(named):
        at = index * WIDTH + place
        lines, redacted = found.get(place, []), gone.has(at)
        if not lines and not redacted:
            findings.add(Kind.MISSING, leaf=at, line=line)
        elif lines and redacted:
            findings.add(Kind.REDACTION, leaf=at, line=line, what="een vernietigde regel is er weer")
        elif len(lines) > 1:
            findings.add(Kind.DOUBLE, leaf=at, line=line)
        elif lines and place < len(leaves):
            _compare(lines[0], leaves, place, at, line, findings)


def _compare(
    found: tuple[bytes, bool], leaves: Sequence[bytes], place: int, at: int, line: int, findings: Findings
) -> None:
    leaf, in_range = found
    if leaf != leaves[place]:
        findings.add(Kind.SWAPPED if leaf in leaves else Kind.EDITED, leaf=at, line=line)
    elif not in_range:
        findings.add(Kind.TILE, leaf=at, line=line, what="de tegel noemt een verkeerd bereik")


def _chunks(tiles: int, seed: int) -> Iterator[list[Any]]:
    """Yield the tiles some at a time; while one lot is looked at, the next ones are being computed."""
    starts = iter(range(0, tiles, _TILES_AT_ONCE))
    with _workers() as ask:
        asked = deque(ask(start, seed) for start in islice(starts, _AHEAD))
        while asked:
            yield asked.popleft().result()
            asked.extend(ask(start, seed) for start in islice(starts, 1))


@contextmanager
def _workers() -> Iterator[Callable[[int, int], Future[list[Any]]]]:
    """Connections of the verification's own that see the moment its transaction sees."""
    main = connections["default"]
    with plain_cursor("default") as cursor:
        snapshot = cursor.execute("SELECT pg_export_snapshot()").fetchone()
    opened = [_same_moment(main.get_connection_params(), snapshot) for _ in range(_WORKERS)]
    free = SimpleQueue[psycopg.Connection[Any]]()
    for connection in opened:
        free.put(connection)

    def check(start: int, seed: int) -> list[Any]:
        connection = free.get()
        try:
            values = {"seed": seed, "first": start, "end": start + _TILES_AT_ONCE}
            return connection.cursor().execute(_CHECK, values, binary=True).fetchall()
        finally:
            free.put(connection)

    with ThreadPoolExecutor(_WORKERS) as pool:
        try:
            yield lambda start, seed: pool.submit(check, start, seed)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            for connection in opened:
                connection.close()


def _same_moment(parameters: dict[str, Any], snapshot: Any) -> psycopg.Connection[Any]:
    known = {name: value for name, value in parameters.items() if name not in _DJANGOS_OWN}
    connection = psycopg.connect(**known, autocommit=True)
    connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    connection.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(sql.Literal(snapshot[0])))
    connection.execute(HERE)
    connection.execute(_PLAN)
    return connection
