"""The heads of the tree, and the tiles under them, as they are kept.

Reads only, and only hashes: nothing here is somebody's data, so it needs no purpose and makes no log line.
Must never: be taken for proof; what the database says of itself is checked by `verify.py`.
Read next: `proofs.py`, `../actions/seal.py`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

import psycopg
from django.db import connections

from hervat.journal.rules.notes import split_notes
from hervat.journal.rules.tiles import subtrees
from hervat.journal.rules.tree import HASH_SIZE, Subtree

HERE = "SET LOCAL search_path = pg_catalog; SET LOCAL jit = off"
"""First in every transaction: the owner could put functions of his own on a path, and compiling costs more
than it saves."""

# Raw SQL in this room: the tables are not managed by Django, and proofs are compared byte by byte.
HEAD_COLUMNS = "id, size, root, note, sealed_at, cluster, floor, upto_xid::text, upto_id"
_ALL = f"SELECT {HEAD_COLUMNS} FROM public.journal_head ORDER BY id"  # noqa: S608
_NEWEST = f"SELECT {HEAD_COLUMNS} FROM public.journal_head ORDER BY id DESC LIMIT 1"  # noqa: S608
_HASHES = "SELECT hashes FROM public.journal_tile WHERE level = %s AND index = %s"

_NUMBERS = count()


@dataclass(frozen=True, slots=True)
class HeadView:
    """A signed head: so many leaves, this root. The last four say how far the sealer came with it."""

    number: int
    size: int
    root: bytes
    note: str
    sealed_at: datetime
    cluster: int
    floor: int
    upto_xid: int
    upto_id: int


def heads() -> list[HeadView]:
    """Return every head, oldest first."""
    with connections["default"].cursor() as cursor:
        cursor.execute(_ALL)
        return [as_head(row) for row in cursor.fetchall()]


def newest_head(cursor: Any) -> HeadView | None:
    """Return the head that was signed last."""
    cursor.execute(_NEWEST)
    row = cursor.fetchone()
    return as_head(row) if row else None


def as_head(row: Iterable[Any]) -> HeadView:
    number, size, root, note, sealed_at, cluster, floor, upto_xid, upto_id = row
    return HeadView(
        number, size, bytes(root), note, sealed_at, cluster, floor, int(upto_xid), upto_id
    )  # fmt: skip


def subtrees_of(cursor: Any) -> Subtree:
    """Return how to find the hash of a perfect subtree in the kept tiles: one row for each tile."""
    return subtrees(tile_reader(cursor))


def tile_reader(cursor: Any) -> Callable[[int, int], tuple[bytes, ...]]:
    """Return how to read the hashes of a tile; of one that is not there: none."""

    def read(level: int, index: int) -> tuple[bytes, ...]:
        cursor.execute(_HASHES, [level, index])
        row = cursor.fetchone()
        return apart(bytes(row[0])) if row else ()

    return read


def notes_of(text: str) -> list[str]:
    """Return the notes of a file. A checkpoint has no empty line in it: half a note before it is apart."""
    found = []
    for note in split_notes(text):
        blocks = note.split("\n\n")
        found += [*blocks[:-2], "\n\n".join(blocks[-2:])]
    return found


def apart(hashes: bytes) -> tuple[bytes, ...]:
    """Return the hashes that stand one after another."""
    return tuple(hashes[at : at + HASH_SIZE] for at in range(0, len(hashes), HASH_SIZE))


def plain_cursor(alias: str) -> psycopg.Cursor[Any]:
    """A cursor of psycopg itself: one that sends values apart from the text, and takes binary answers."""
    connection = connections[alias]
    connection.ensure_connection()
    return psycopg.Cursor(connection.connection)


def streamed(
    alias: str, query: str, values: Sequence[Any] | Mapping[str, Any] = (), *, at_once: int = 2_000
) -> Iterator[Any]:
    """Yield the rows of a query that may give more than memory holds, inside the transaction of `alias`."""
    name = f"hervat_{next(_NUMBERS)}"
    cursor: psycopg.ServerCursor[Any] = psycopg.ServerCursor(connections[alias].connection, name)
    with cursor:
        cursor.itersize = at_once
        cursor.execute(query.encode(), values, binary=True)
        yield from cursor
