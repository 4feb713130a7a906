"""Keys in the environment, the units of the cast, and connections as each role.

`room` is rolled back afterwards; `committed` really commits, for what another connection must see, and is
emptied by the superuser, because the application's role may not remove a dossier.
"""

import secrets
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from hervat.config.postgres import SUPERUSER, Cluster
from hervat.organisation.models import Unit

from ..cast import UNITS

Connect = Callable[[str], psycopg.Connection]

_EMPTY = """
SET session_replication_role = replica;
TRUNCATE dossiers_person, dossiers_dossier, dossiers_identity, dossiers_appointment, dossiers_workfacts,
    dossiers_benefitfacts, dossiers_event, dossiers_assignment, dossiers_nametoken, organisation_unit,
    exchange_inbox, exchange_quarantined, vault_key, journal_line CASCADE;
RESET session_replication_role;
"""


@pytest.fixture
def keys(settings: Any) -> None:
    settings.KEYS_ORDINARY = {1: secrets.token_bytes(32)}
    settings.KEYS_MEDICAL = {1: secrets.token_bytes(32)}
    settings.INDEX_KEY = secrets.token_bytes(32)


@pytest.fixture
def room(db: None, keys: None) -> None:
    """The room with the units of the cast, rolled back afterwards."""
    _make_units()


@pytest.fixture
def committed(transactional_db: None, keys: None, postgres: Cluster) -> Iterator[None]:
    """The room with the units of the cast, where every transaction really commits."""
    _empty(postgres)
    _make_units()
    yield
    _empty(postgres)


@pytest.fixture
def connect(committed: None, postgres: Cluster) -> Iterator[Connect]:
    """Connect as a role (APPLICATION, OWNER or SUPERUSER), each statement its own transaction."""
    opened: list[psycopg.Connection] = []

    def as_role(role: str) -> psycopg.Connection:
        opened.append(psycopg.connect(postgres.url(role, "hervat"), autocommit=True))
        return opened[-1]

    yield as_role
    for connection in opened:
        connection.close()


def _make_units() -> None:
    for unit in UNITS:
        Unit.objects.create(
            id=unit.id,
            kind=unit.kind.value,
            parent_id=unit.parent.id if unit.parent else None,
            abbreviation=unit.abbreviation,
            name=unit.abbreviation,
        )


def _empty(postgres: Cluster) -> None:
    with psycopg.connect(postgres.url(SUPERUSER, "hervat")) as superuser:
        superuser.execute(_EMPTY)
