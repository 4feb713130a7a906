"""Asks a fixed statement that PostgreSQL reads, checks and plans once for a connection, not at every page.

Under the policies of the dossiers planning takes longer than answering. Values go apart from the text and
answers come in binary form. Here because every room above asks so, and this is the lowest with a database.
Behind PgBouncer: docs/settings.md, HERVAT_PREPARED_STATEMENTS.
Must never: be given SQL with a value in it, or `SELECT *`, whose plan dies with a migration under it.
Read next: docs/decisions/0013-row-level-security.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID
from weakref import WeakKeyDictionary

import psycopg
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.pq import Format

Values = Sequence[Any] | Mapping[str, Any]
# Django turns preparing off by None; what is not asked for here is still never prepared.
_NEVER_BY_ITSELF: Final = 2**31


class _Fixed(psycopg.Cursor[Any]):
    """Prepares at the first time."""

    def execute(self, query: Any, params: Values | None = None, **_: Any) -> "_Fixed":
        return super().execute(query, params, prepare=settings.PREPARED_STATEMENTS)


# One for each connection, for as long as that lives: making one takes as long as a short answer.
_kept: WeakKeyDictionary[BaseDatabaseWrapper, _Fixed] = WeakKeyDictionary()


def ask(statement: str, values: Values = (), *, using: str = "default") -> list[tuple[Any, ...]]:
    """Return the rows of a fixed statement."""
    connection = connections[using]
    # What Django puts around a cursor is for who listens; it takes half as long again as the answer.
    if connection.queries_logged or connection.execute_wrappers:
        return ask_anew(statement, values, using=using)
    fixed = _fixed(connection)
    with connection.wrap_database_errors:
        fixed.execute(statement, values)
        return fixed.fetchall()


def ask_anew(statement: str, values: Values = (), *, using: str = "default") -> list[tuple[Any, ...]]:
    """Return the rows of a statement that is planned for these values: where the plan depends on them."""
    with connections[using].cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def ids(found: Iterable[UUID]) -> str:
    """Return ids as one value for `%s::uuid[]`, which takes a quarter of the time of a list."""
    return "{" + ",".join(map(str, found)) + "}"


def _fixed(connection: BaseDatabaseWrapper) -> _Fixed:
    """Return the cursor of a connection, after all that Django's own cursor() does first."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    connection.validate_thread_sharing()
    kept = _kept.get(connection)
    if kept is not None and kept.connection is connection.connection and not kept.closed:
        return kept
    return _make(connection)


def _make(connection: BaseDatabaseWrapper) -> _Fixed:
    raw: psycopg.Connection[Any] = connection.connection
    if raw.prepare_threshold is None:
        raw.prepare_threshold = _NEVER_BY_ITSELF
    made = _kept[connection] = _Fixed(raw)
    made.format = Format.BINARY
    return made
