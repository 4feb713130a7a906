"""The database as each of its roles sees it, beside the connection of Django, and empty again afterwards.

For tests that really commit: the application's role may remove nothing, so the superuser empties the tables.
Read next: `conftest.py`, where the fixtures stand.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import psycopg
from psycopg import sql

from hervat.config.postgres import SUPERUSER, Cluster

Connect = Callable[[str], psycopg.Connection]
"""Connect as a role: APPLICATION, OWNER or SUPERUSER."""


@contextmanager
def connecting(postgres: Cluster, *, autocommit: bool) -> Iterator[Connect]:
    """Connections that are closed at the end; what they did not commit is rolled back."""
    with ExitStack() as opened:

        def as_role(role: str) -> psycopg.Connection:
            connection = psycopg.connect(postgres.url(role, "hervat"), autocommit=autocommit)
            opened.callback(connection.close)
            return connection

        yield as_role


@contextmanager
def empty(postgres: Cluster, *tables: str) -> Iterator[None]:
    """Empty these tables, and what refers to them, before and after."""
    truncate(postgres, *tables)
    yield
    truncate(postgres, *tables)


def truncate(postgres: Cluster, *tables: str) -> None:
    named = sql.SQL(", ").join(sql.Identifier(table) for table in tables)
    with psycopg.connect(postgres.url(SUPERUSER, "hervat")) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(named))
