"""Asks a fixed statement that PostgreSQL reads, checks and plans once for a connection, not at every page.

Under the policies of the dossiers planning takes longer than answering; and around a short answer a cursor
takes longer than the answer, so this goes by libpq as psycopg gives it (`psycopg.pq`), in binary form. Here
because every room above asks so, and this is the lowest with a database.
Must never: be given SQL with a value in it, or `SELECT *`, whose plan dies with a migration under it; and
psycopg's own preparing stays off (as Django has it), which after a rollback drops everything prepared.
Read next: docs/decisions/0013-row-level-security.md; docs/settings.md, HERVAT_PREPARED_STATEMENTS.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import Any, Final
from uuid import UUID
from weakref import WeakKeyDictionary

import psycopg
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import errors
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ExecStatus, Format, TransactionStatus

Values = Sequence[Any] | Mapping[str, Any]
Rows = list[tuple[Any, ...]]
_PLACE: Final = re.compile(r"%\((\w+)\)s|%s|%%")
_GOOD: Final = frozenset((ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK))
_MOST: Final = 500
"""So many statements there are not; if there were, what one connection holds would grow for ever."""


def ask(statement: str, values: Values = (), *, using: str = "default") -> Rows:
    """Return the rows of a fixed statement; none for one that only writes."""
    connection = connections[using]
    # What Django puts around a cursor is for who listens.
    if connection.queries_logged or connection.execute_wrappers or not settings.PREPARED_STATEMENTS:
        return ask_anew(statement, values, using=using)
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    connection.validate_thread_sharing()
    # As a cursor of Django's does: nothing more is asked in what is to be rolled back.
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors:
        return _prepared(connection).rows(statement, values)


def ask_anew(statement: str, values: Values = (), *, using: str = "default") -> Rows:
    """Return the rows of a statement that is planned for these values: where the plan depends on them."""
    with connections[using].cursor() as cursor:
        cursor.execute(statement, values)
        rows: Rows = cursor.fetchall() if cursor.description else []
    return rows


class Asking:
    """`ask` in the shape of a cursor, for what is handed one: the answer to the last statement."""

    def __init__(self, *, using: str = "default") -> None:
        self._using = using
        self._rows: Rows = []

    def execute(self, statement: str, values: Values = ()) -> "Asking":
        self._rows = ask(statement, values, using=self._using)
        return self

    def fetchone(self) -> tuple[Any, ...] | None:
        return self._rows[0] if self._rows else None


def ids(found: Iterable[UUID]) -> str:
    """Return ids as one value for `%s::uuid[]`, which takes a quarter of the time of a list."""
    return "{" + ",".join(map(str, found)) + "}"


@dataclass(slots=True)
class _Prepared:
    """The statements that one connection keeps, by their text and the types of their values."""

    raw: psycopg.Connection[Any]
    names: dict[tuple[str, tuple[int, ...]], bytes] = field(default_factory=dict)

    def rows(self, statement: str, values: Values) -> Rows:
        text, names = _numbered(statement)
        given = [values[name] for name in names] if isinstance(values, Mapping) else values
        transformer = Transformer(self.raw)
        # A value of None is sent as NULL, whatever the types of psycopg say.
        dumped: Any = transformer.dump_sequence(given, [PyFormat.AUTO] * len(given))
        name = self._name(statement, text, transformer.types or ())
        answer = self.raw.pgconn.exec_prepared(name, dumped, transformer.formats, Format.BINARY)
        transformer.set_pgresult(self._checked(answer))
        return transformer.load_rows(0, answer.ntuples, tuple)

    def _name(self, statement: str, text: bytes, types: tuple[int, ...]) -> bytes:
        server = self.raw.pgconn
        # What psycopg does before the first statement of a transaction.
        if server.transaction_status == TransactionStatus.IDLE and not self.raw.autocommit:
            self._checked(server.exec_(b"BEGIN"))
        kept = self.names.get((statement, types))
        if kept is not None:
            return kept
        if len(self.names) >= _MOST:
            raise RuntimeError("Dit is geen vaste opdracht: er zijn er te veel verschillende van.")
        name = b"hervat_%d" % len(self.names)
        self._checked(server.prepare(name, text, types))
        self.names[statement, types] = name
        return name

    def _checked(self, answer: Any) -> Any:
        if answer.status not in _GOOD:
            raise errors.error_from_result(answer, self.raw.info.encoding)
        return answer


# For as long as Django's connection lives; a new connection of the server begins with nothing.
_kept: WeakKeyDictionary[BaseDatabaseWrapper, _Prepared] = WeakKeyDictionary()


def _prepared(connection: BaseDatabaseWrapper) -> _Prepared:
    kept = _kept.get(connection)
    if kept is None or kept.raw is not connection.connection:
        kept = _kept[connection] = _Prepared(connection.connection)
    return kept


@lru_cache(maxsize=_MOST)
def _numbered(statement: str) -> tuple[bytes, tuple[str, ...]]:
    """Return a statement with the places of its values numbered, and their names where they have one."""
    names: dict[str, int] = {}
    places = count(1)

    def number(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        if found[1] is None:
            return f"${next(places)}"
        return f"${names.setdefault(found[1], len(names) + 1)}"

    return _PLACE.sub(number, statement).encode(), tuple(names)
