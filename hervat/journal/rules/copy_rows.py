"""Lines as PostgreSQL's binary COPY takes them: half the work, for both sides, of passing them as text.

https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format". The columns are those of
`canonical.py`, without the ones that PostgreSQL fills in. Must never: name `id`, `xid`, `logged_at` or
`salt`, which the application may not choose. Read next: `../actions/append.py`.
"""

import struct
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from ipaddress import IPv4Address, ip_address
from operator import attrgetter
from typing import Any

from hervat.journal.rules.canonical import FIELDS, Kind, columns_of
from hervat.journal.rules.line import Line

# What differs between the lines of one action, by the names that both the line and its columns have; all
# else is the same for each of them, and made into bytes once.
_OWN = (
    "span_id",
    "parent_span_id",
    "manner",
    "subject",
    "subject_kind",
    "dossier",
    "object_kind",
    "object_id",
    "items",
)
_FILLED_IN = ("id", "logged_at")
_SHARED = tuple(field.name for field in FIELDS if field.name not in (*_OWN, *_FILLED_IN))
_own_of = attrgetter(*_OWN)
_shared_of = attrgetter(*(field.name for field in fields(Line) if field.name not in _OWN))

COLUMNS = (*_SHARED, *_OWN)
"""The columns of a row, in its order."""

Writer = Callable[[Any], bytes]

_START = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = struct.pack("!h", -1)
_COUNT = struct.pack("!h", len(COLUMNS))
_NULL = struct.pack("!i", -1)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_TEXT_OID = 25
_INET, _INET6 = 2, 3

_number = struct.Struct("!ii").pack
_moment = struct.Struct("!iq").pack
_length = struct.Struct("!i").pack


def binary_copy(lines: Iterable[Line]) -> bytes:
    """Return everything that COPY journal_line (COLUMNS) FROM STDIN (FORMAT binary) is sent."""
    rows, before, shared = [_START], None, b""
    for line in lines:
        said = _shared_of(line)
        if said != before:
            before, shared = said, _shared_bytes(line)
        rows.append(shared)
        rows += [
            _NULL if value is None else write(value)
            for write, value in zip(_OWN_WRITERS, _own_of(line), strict=True)
        ]
    return b"".join((*rows, _END))


def _shared_bytes(line: Line) -> bytes:
    columns = columns_of(line)
    return _COUNT + b"".join(
        [_NULL if (value := columns[name]) is None else write(value) for name, write in _SHARED_WRITERS]
    )


@lru_cache(maxsize=4096)
def _text(value: str) -> bytes:
    data = value.encode()
    return _length(len(data)) + data


def _texts(values: AbstractSet[str]) -> bytes:
    return _sorted_texts(frozenset(values))


@lru_cache(maxsize=4096)
def _sorted_texts(values: frozenset[str]) -> bytes:
    start = struct.pack("!iii", 1 if values else 0, 0, _TEXT_OID)
    size = struct.pack("!ii", len(values), 1) if values else b""
    data = start + size + b"".join(map(_text, sorted(values)))
    return _length(len(data)) + data


@lru_cache(maxsize=4096)
def _address(value: str) -> bytes:
    address = ip_address(value)
    family = _INET if isinstance(address, IPv4Address) else _INET6
    data = bytes((family, address.max_prefixlen, 0, len(address.packed))) + address.packed
    return _length(len(data)) + data


_BY_KIND: dict[Kind, Writer] = {
    Kind.TEXT: _text,
    Kind.CODE: _text,
    Kind.UUID: lambda value: b"\0\0\0\x10" + value.bytes,
    Kind.NUMBER: lambda value: _number(4, value),
    Kind.BYTES: lambda value: _length(len(value)) + value,
    Kind.MILLISECONDS: lambda value: _moment(8, (value - _EPOCH) // _MICROSECOND),
    Kind.ADDRESS: _address,
    Kind.TEXTS: _texts,
}
_KINDS = {field.name: field.kind for field in FIELDS}
_SHARED_WRITERS = tuple((name, _BY_KIND[_KINDS[name]]) for name in _SHARED)
_OWN_WRITERS = tuple(_BY_KIND[_KINDS[name]] for name in _OWN)
