"""Keys in the environment, the units of the cast, and connections as each role.

`room` is rolled back afterwards; `committed` really commits, for what another connection must see, and is
emptied by the superuser, because the application's role may not remove a dossier.
"""

import secrets
from collections.abc import Iterator
from typing import Any

import pytest

from hervat.config.postgres import Cluster
from hervat.organisation.models import Unit

from ..cast import UNITS
from ..roles import Connect, empty

TABLES = (
    "dossiers_person",
    "dossiers_dossier",
    "dossiers_identity",
    "dossiers_appointment",
    "dossiers_workfacts",
    "dossiers_benefitfacts",
    "dossiers_event",
    "dossiers_assignment",
    "dossiers_nametoken",
    "organisation_unit",
    "exchange_inbox",
    "exchange_quarantined",
    "vault_key",
    "journal_line",
)


@pytest.fixture
def keys(settings: Any) -> None:
    settings.KEYS_ORDINARY = {1: secrets.token_bytes(32)}
    settings.KEYS_MEDICAL = {1: secrets.token_bytes(32)}
    settings.INDEX_KEY = secrets.token_bytes(32)


@pytest.fixture
def room(db: None, keys: None) -> None:
    """The room with the units of the cast, rolled back afterwards."""
    make_units()


@pytest.fixture
def committed(transactional_db: None, keys: None, postgres: Cluster) -> Iterator[None]:
    """The room with the units of the cast, where every transaction really commits."""
    with empty(postgres, *TABLES):
        make_units()
        yield


@pytest.fixture
def connect(committed: None, connect: Connect) -> Connect:
    return connect


def make_units() -> None:
    for unit in UNITS:
        Unit.objects.create(
            id=unit.id,
            kind=unit.kind.value,
            parent_id=unit.parent.id if unit.parent else None,
            abbreviation=unit.abbreviation,
            name=unit.abbreviation,
        )
