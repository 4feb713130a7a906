"""An empty journal for a test, and the rights to look at it as each of the roles.

The lines must have committed to be sealed, so these tests do not run inside a transaction; afterwards the
superuser empties the tables, because not even the owner can.
"""

from collections.abc import Iterator

import pytest

from hervat.config.postgres import Cluster

from ..roles import Connect, empty

TABLES = ("journal_line", "journal_tile", "journal_head", "journal_redaction", "journal_client")


@pytest.fixture(scope="module", autouse=True)
def with_the_database(machine_clock: None) -> None:
    """A line has the time of the database, so here the clock is that of the machine."""


@pytest.fixture
def journal(transactional_db: None, postgres: Cluster) -> Iterator[None]:
    """The tables of the journal, empty before and after."""
    with empty(postgres, *TABLES):
        yield


@pytest.fixture
def connect(journal: None, connect: Connect) -> Connect:
    return connect
