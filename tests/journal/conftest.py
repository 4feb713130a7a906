"""An empty journal for a test, and the rights to look at it as each of the roles.

The lines must have committed to be sealed, so these tests do not run inside a transaction; afterwards the
superuser empties the tables, because not even the owner can.
"""

from collections.abc import Callable, Iterator

import psycopg
import pytest

from hervat.config.postgres import APPLICATION, OWNER, SUPERUSER, Cluster

Connect = Callable[[str], psycopg.Connection]

_EMPTY = """
SET session_replication_role = replica;
TRUNCATE journal_line, journal_tile, journal_head, journal_redaction, journal_client RESTART IDENTITY;
RESET session_replication_role;
"""


@pytest.fixture
def journal(transactional_db: None, postgres: Cluster) -> Iterator[None]:
    """The tables of the journal, empty before and after."""
    _empty(postgres)
    yield
    _empty(postgres)


@pytest.fixture
def connect(journal: None, postgres: Cluster) -> Iterator[Connect]:
    """Connect as a role (APPLICATION, OWNER or SUPERUSER), each statement its own transaction."""
    opened: list[psycopg.Connection] = []

    def as_role(role: str) -> psycopg.Connection:
        opened.append(psycopg.connect(postgres.url(role, "hervat"), autocommit=True))
        return opened[-1]

    yield as_role
    for connection in opened:
        connection.close()


@pytest.fixture
def application(connect: Connect) -> psycopg.Connection:
    return connect(APPLICATION)


@pytest.fixture
def owner(connect: Connect) -> psycopg.Connection:
    return connect(OWNER)


@pytest.fixture
def superuser(connect: Connect) -> psycopg.Connection:
    return connect(SUPERUSER)


def _empty(postgres: Cluster) -> None:
    with psycopg.connect(postgres.url(SUPERUSER, "hervat")) as superuser:
        superuser.execute(_EMPTY)
