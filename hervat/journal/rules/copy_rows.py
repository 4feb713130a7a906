"""Lines as PostgreSQL's binary COPY takes them: half the work, for both sides, of passing them as text.

https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format". The columns are those of
`canonical.py`, without the ones that PostgreSQL fills in. Must never: name `id`, `xid`, `logged_at` or
`salt`, which the application may not choose. Read next: `../actions/append.py`.
"""

import struct
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from ipaddress import IPv4Address, ip_address
from typing import Any

from hervat.journal.rules.canonical import FIELDS, Kind, columns_of
from hervat.journal.rules.line import Line

COLUMNS = tuple(field.name for field in FIELDS if field.name not in {"id", "logged_at"})
"""The columns of a row, in its order."""

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
    return b"".join((_START, *map(_row, lines), _END))


def _row(line: Line) -> bytes:
    columns = columns_of(line)
    return _COUNT + b"".join(
        [_NULL if (value := columns[name]) is None else write(value) for name, write in _WRITERS]
    )


@lru_cache(maxsize=4096)
def _text(value: str) -> bytes:
    data = value.encode()
    return _length(len(data)) + data


@lru_cache(maxsize=4096)
def _texts(values: tuple[str, ...]) -> bytes:
    start = struct.pack("!iii", 1 if values else 0, 0, _TEXT_OID)
    size = struct.pack("!ii", len(values), 1) if values else b""
    data = start + size + b"".join(map(_text, values))
    return _length(len(data)) + data


@lru_cache(maxsize=4096)
def _address(value: str) -> bytes:
    address = ip_address(value)
    family = _INET if isinstance(address, IPv4Address) else _INET6
    data = bytes((family, address.max_prefixlen, 0, len(address.packed))) + address.packed
    return _length(len(data)) + data


_BY_KIND: dict[Kind, Callable[[Any], bytes]] = {
    Kind.TEXT: _text,
    Kind.UUID: lambda value: b"\0\0\0\x10" + value.bytes,
    Kind.NUMBER: lambda value: _number(4, value),
    Kind.BYTES: lambda value: _length(len(value)) + value,
    Kind.MILLISECONDS: lambda value: _moment(8, (value - _EPOCH) // _MICROSECOND),
    Kind.ADDRESS: _address,
    Kind.TEXTS: lambda value: _texts(tuple(value)),
}
_WRITERS = tuple((field.name, _BY_KIND[field.kind]) for field in FIELDS if field.name in COLUMNS)
