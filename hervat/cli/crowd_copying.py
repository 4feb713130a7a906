"""Takes very many rows in: as binary COPY, with the indexes and references of their tables made afterwards.

Sorting all keys once takes a fraction of the time of putting each in its place; a reference is looked up
for all rows in one go. How to make them again is kept in the database until it is done, so whoever is killed
in between finds it there. https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format".
Must never: run beside somebody who uses the tables. Read next: `crowd_loading.py`.
"""

import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

import psycopg

_START: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END: Final = struct.pack("!h", -1)
NULL: Final = struct.pack("!i", -1)
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
# No table of an app: it is there only while rows are taken in.
_KEEP: Final = """
CREATE TABLE public.hervat_load_kept (
    place int PRIMARY KEY, make text NOT NULL, is_reference bool NOT NULL)
"""
_KEEP_ONE: Final = "INSERT INTO public.hervat_load_kept VALUES (%s, %s, %s)"
_IS_KEPT: Final = "SELECT to_regclass('public.hervat_load_kept') IS NOT NULL"
_TO_MAKE: Final = "SELECT make FROM public.hervat_load_kept ORDER BY is_reference, place"
_FORGET: Final = "DROP TABLE public.hervat_load_kept"


def fields(columns: str, values: Sequence[Any]) -> bytes:
    """Return values as they stand in a row; `columns` are names with their types, apart by commas."""
    writers = _writers(columns)
    made = [NULL if value is None else write(value) for write, value in zip(writers, values, strict=True)]
    return b"".join(made)


def as_id(value: UUID) -> bytes:
    """Return an id as it stands in a row."""
    return b"\0\0\0\x10" + value.bytes


def as_bytes(value: bytes | None) -> bytes:
    """Return bytes as they stand in a row."""
    return NULL if value is None else _length(len(value)) + value


def as_number(value: int) -> bytes:
    """Return an int8 as it stands in a row."""
    return _eight(8, value)


def in_binary(columns: str, rows: Iterable[Sequence[Any]]) -> bytes:
    """Return rows as COPY takes them."""
    return whole(columns, (fields(columns, row) for row in rows))


def whole(columns: str, rows: Iterable[bytes]) -> bytes:
    """Return rows, of which each has all its fields, as COPY takes them."""
    count = struct.pack("!h", len(_columns(columns)))
    return b"".join((_START, *(count + row for row in rows), _END))


def copy_in(owner: psycopg.Connection, table: str, columns: str, rows: bytes) -> None:
    """Send rows that `in_binary` made of the same columns."""
    names = ", ".join(name for name, _ in _columns(columns))
    statement = f"COPY {table} ({names}) FROM STDIN (FORMAT binary)"
    with owner.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(rows)


@contextmanager
def without_indexes(owner: psycopg.Connection, tables: Sequence[str]) -> Iterator[None]:
    """Take indexes, keys and references off the tables for the length of this block, also if it stops."""
    take_off(owner, tables)
    try:
        yield
    finally:
        put_back(owner)


def take_off(owner: psycopg.Connection, tables: Sequence[str]) -> None:
    """Take indexes, keys and references off the tables, and keep how to make them again."""
    with owner.transaction():
        owner.execute(_KEEP)
        kept = owner.execute(_KEPT, {"tables": list(tables)}).fetchall()
        for place, (drop, make, is_reference) in enumerate(kept):
            owner.execute(drop)
            owner.execute(_KEEP_ONE, [place, make, is_reference])


def put_back(owner: psycopg.Connection) -> bool:
    """Make again what was taken off, also by who was killed since; return whether anything was."""
    row = owner.execute(_IS_KEPT).fetchone()
    if row is None or not row[0]:
        return False
    with owner.transaction():
        owner.execute("SET LOCAL maintenance_work_mem = '256MB'")
        for (make,) in owner.execute(_TO_MAKE).fetchall():
            owner.execute(make)
        owner.execute(_FORGET)
    return True


@lru_cache(maxsize=100)
def _writers(columns: str) -> list[Callable[[Any], bytes]]:
    return [_WRITERS[kind] for _, kind in _columns(columns)]


@lru_cache(maxsize=100)
def _columns(columns: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, kind) for name, kind in (column.split() for column in columns.split(", ")))
