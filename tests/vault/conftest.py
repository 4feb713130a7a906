"""Keys for a test, as the environment would give them, and the rights of each role on the table."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from hervat.config.postgres import Cluster
from hervat.vault.rules.sealing import Domain

from ..roles import Connect, empty


@dataclass
class Environment:
    """The keys of this test; `next_epoch` puts a new one beside them, `forget` takes one away."""

    settings: Any

    def __post_init__(self) -> None:
        self.settings.KEYS_ORDINARY = {1: secrets.token_bytes(32)}
        self.settings.KEYS_MEDICAL = {1: secrets.token_bytes(32)}
        self.settings.INDEX_KEY = secrets.token_bytes(32)

    def keys(self, domain: Domain) -> dict[int, bytes]:
        keys: dict[int, bytes] = getattr(self.settings, _NAMES[domain])
        return keys

    def next_epoch(self, domain: Domain) -> int:
        epoch = max(self.keys(domain)) + 1
        setattr(self.settings, _NAMES[domain], self.keys(domain) | {epoch: secrets.token_bytes(32)})
        return epoch

    def forget(self, domain: Domain, *epochs: int) -> None:
        left = {n: key for n, key in self.keys(domain).items() if n not in epochs}
        setattr(self.settings, _NAMES[domain], left)


_NAMES = {Domain.ORDINARY: "KEYS_ORDINARY", Domain.MEDICAL: "KEYS_MEDICAL"}


@pytest.fixture
def environment(settings: Any) -> Environment:
    return Environment(settings)


@pytest.fixture
def vault(environment: Environment, transactional_db: None, postgres: Cluster) -> Iterator[Environment]:
    """Keys in the environment and an empty table that really commits."""
    with empty(postgres, "vault_key", "journal_line"):
        yield environment


@pytest.fixture
def connect(vault: Environment, connect: Connect) -> Connect:
    return connect
