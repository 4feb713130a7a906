"""Takes very many rows in: as binary COPY, with the indexes and references of their tables made afterwards.

Sorting all keys once takes a fraction of the time of putting each in its place; a reference is looked up
for all rows in one go. It happens in the transaction of the caller, so a load that stops half-way leaves the
tables as they were. https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format".
Must never: run beside somebody who uses the tables; they are locked until the transaction ends.
Read next: `dossiers.py`.
"""

import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from typing import Any, Final

import psycopg

_START: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END: Final = struct.pack("!h", -1)
_NULL: Final = struct.pack("!i", -1)
_EPOCH: Final = date(2000, 1, 1).toordinal()
_length: Final = struct.Struct("!i").pack
_two: Final = struct.Struct("!ih").pack
_four: Final = struct.Struct("!ii").pack
_eight: Final = struct.Struct("!iq").pack
_WRITERS: Final[dict[str, Callable[[Any], bytes]]] = {
    "uuid": lambda value: b"\0\0\0\x10" + value.bytes,
    "text": lambda value: _length(len(data := value.encode())) + data,
    "bytea": lambda value: _length(len(value)) + value,
    "bool": lambda value: b"\0\0\0\x01\x01" if value else b"\0\0\0\x01\0",
    "int2": lambda value: _two(2, value),
    "int4": lambda value: _four(4, value),
    "int8": lambda value: _eight(8, value),
    "date": lambda value: _four(4, value.toordinal() - _EPOCH),
}

# References to and from the tables first; then what stands on an index; then the other indexes.
_KEPT: Final = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
    format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid)),
    contype = 'f'
FROM pg_constraint
WHERE contype IN ('p', 'u') AND conrelid = ANY(%(tables)s::regclass[])
    OR contype = 'f' AND (conrelid = ANY(%(tables)s::regclass[]) OR confrelid = ANY(%(tables)s::regclass[]))
UNION ALL
SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid), false
FROM pg_index
WHERE indrelid = ANY(%(tables)s::regclass[])
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))
ORDER BY 3 DESC
"""


def in_binary(columns: str, rows: Iterable[Sequence[Any]]) -> bytes:
    """Return rows as COPY takes them; `columns` are names with their types, apart by commas."""
    writers = [_WRITERS[kind] for _, kind in _columns(columns)]
    count = struct.pack("!h", len(writers))
    made = [_START]
    for row in rows:
        made.append(count)
        made += [_NULL if value is None else write(value) for write, value in zip(writers, row, strict=True)]
    return b"".join((*made, _END))


def copy_in(owner: psycopg.Connection, table: str, columns: str, rows: bytes) -> None:
    """Send rows that `in_binary` made of the same columns."""
    names = ", ".join(name for name, _ in _columns(columns))
    statement = f"COPY {table} ({names}) FROM STDIN (FORMAT binary)"
    with owner.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(rows)


@contextmanager
def without_indexes(owner: psycopg.Connection, tables: Sequence[str]) -> Iterator[None]:
    """Take indexes, keys and references off the tables for the length of this block, in one transaction."""
    kept = owner.execute(_KEPT, {"tables": list(tables)}).fetchall()
    for drop, _, _ in kept:
        owner.execute(drop)
    yield
    owner.execute("SET LOCAL maintenance_work_mem = '256MB'")
    for _, make, _ in sorted(kept, key=lambda one: bool(one[2])):
        owner.execute(make)


@lru_cache(maxsize=100)
def _columns(columns: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, kind) for name, kind in (column.split() for column in columns.split(", ")))
