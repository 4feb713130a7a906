"""The shared cache in the database, which holds JSON and nothing else.

Django's own keeps pickles: whoever can write that table could run code in the process that serves. And it
throws away counters that still count when there are many, which would lift the limits on guessing. Here only
what has expired goes. Must never: load anything but JSON, or be given what is secret or personal.
Read next: docs/login.md (what is counted), `../organisation/migrations/0004_log_in_tables.py` (the table).
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Final

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.utils.timezone import now

_READ: Final = "SELECT cache_key, value FROM {table} WHERE cache_key = ANY(%s) AND expires > %s"
# Whoever sweeps at the same moment passes over the same rows, so two never wait for each other.
_SWEEP: Final = """
DELETE FROM {table} WHERE cache_key IN (
    SELECT cache_key FROM {table} WHERE expires <= %s LIMIT 100 FOR UPDATE SKIP LOCKED
)
"""
_WRITE: Final = """
INSERT INTO {table} AS kept (cache_key, value, expires) VALUES (%(key)s, %(value)s, %(expires)s)
ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires
WHERE %(replace)s OR kept.expires <= %(now)s
"""
_TOUCH: Final = "UPDATE {table} SET expires = %s WHERE cache_key = %s AND expires > %s"


class JsonCache(DatabaseCache):
    """Django's cache in the database, with JSON for pickles. Raises `TypeError` for what JSON cannot hold."""

    _table: str

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        """Return what is kept under these keys; what is no JSON counts as not there."""
        asked = {self.make_and_validate_key(key, version=version): key for key in keys}
        found: dict[str, Any] = {}
        for key, text in self._ask(_READ, [list(asked), now()]):
            with suppress(ValueError):
                found[asked[key]] = json.loads(text)
        return found

    def set(
        self, key: str, value: object, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._write(key, value, timeout, version, replace=True)

    def add(
        self, key: str, value: object, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Keep a value unless there is one; of two at once, one is told that it was first."""
        return self._write(key, value, timeout, version, replace=False)

    def touch(self, key: str, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        named = self.make_and_validate_key(key, version=version)
        return self._run(_TOUCH, [self._end(timeout), named, now()]) == 1

    def _write(
        self, key: str, value: object, timeout: float | None, version: int | None, *, replace: bool
    ) -> bool:
        given = {"key": self.make_and_validate_key(key, version=version), "value": _text(value)}
        self._run(_SWEEP, [now()])
        when = {"expires": self._end(timeout), "now": now()}
        return self._run(_WRITE, {**given, **when, "replace": replace}) == 1

    def _end(self, timeout: float | None) -> datetime:
        end = self.get_backend_timeout(timeout)
        return datetime.max.replace(tzinfo=UTC) if end is None else datetime.fromtimestamp(end, tz=UTC)

    def _ask(self, statement: str, given: Any) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(self._named(statement), given)
            return list(cursor.fetchall())

    def _run(self, statement: str, given: Any) -> int:
        with connection.cursor() as cursor:
            cursor.execute(self._named(statement), given)
            return int(cursor.rowcount)

    def _named(self, statement: str) -> str:
        return statement.format(table=connection.ops.quote_name(self._table))


def _text(value: object) -> str:
    """Return a value as JSON. What would come back as something else is refused, such as a tuple."""
    try:
        text = json.dumps(value, allow_nan=False)
    except ValueError:
        raise TypeError("Alleen wat in JSON past, kan in de cache.") from None
    if not _same(json.loads(text), value):
        raise TypeError("Alleen wat in JSON past, kan in de cache.")
    return text


def _same(read: object, given: object) -> bool:
    return type(read) is type(given) and read == given
