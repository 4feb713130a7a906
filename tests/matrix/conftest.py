"""The world, built once for a module and rolled back after it; each test in a savepoint of its own."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import psycopg
import pytest
import time_machine
from django.db import connections, transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from hervat.config.postgres import SUPERUSER, Cluster
from hervat.journal.actions.clients import add_client
from hervat.journal.rules.line import Actor
from hervat.organisation.models import Unit
from hervat.register import in_force
from hervat.register.vocabulary import ActorKind, Role
from tests.web.conftest import CHECK

from ..cast import TODAY, UNITS
from .world import World, build

# Not TRUNCATE, which would wait for whoever still reads.
_FORGET_SYSTEMS = """
SET session_replication_role = replica;
DELETE FROM journal_client;
DELETE FROM journal_line WHERE object_kind = 'koppeling';
"""


@contextmanager
def rolled_back() -> Iterator[None]:
    """A block of which nothing stays, and in which a refusal may be committed as far as it is concerned."""
    block = transaction.atomic()
    # As in Django's own TestCase: without it `durable=True` refuses to begin inside another block.
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def keys() -> Iterator[None]:
    """Keys of the run; the module's own, for a test cannot set them for a world that outlives it."""
    with override_settings(
        KEYS_ORDINARY={1: secrets.token_bytes(32)},
        KEYS_MEDICAL={1: secrets.token_bytes(32)},
        INDEX_KEY=secrets.token_bytes(32),
    ):
        yield


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker, keys: None) -> Iterator[None]:
    """A database with the units of the cast."""
    with django_db_blocker.unblock():
        with rolled_back():
            for unit in UNITS:
                Unit.objects.create(
                    id=unit.id,
                    kind=unit.kind.value,
                    parent_id=unit.parent.id if unit.parent else None,
                    abbreviation=unit.abbreviation,
                    name=unit.abbreviation,
                )
            yield
        # As Django's own TestCase: a test without a database may not find a connection that is open.
        connections.close_all()


@pytest.fixture(scope="module")
def built(house: None) -> World:
    """Everybody of the matrix, at their posts."""
    return build()


@pytest.fixture
def world(built: World) -> Iterator[World]:
    """The world; what a test does to it is undone."""
    with rolled_back():
        yield built


@pytest.fixture(scope="module")
def systems(built: World, postgres: Cluster) -> Iterator[None]:
    """A system that may ask the log, for each role: added by the owner, so really committed."""
    for role in Role:
        issued = add_client(
            name="Toezicht",
            role=role,
            actor=Actor(kind=ActorKind.COMMAND, code="cli:beheer"),
            register=in_force.history().on(TODAY),
            now=datetime.now(UTC),
        )
        built.systems[role] = issued.id
    yield
    with psycopg.connect(postgres.url(SUPERUSER, "hervat")) as superuser:
        superuser.execute(_FORGET_SYSTEMS)


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Today, as pages and commands know it, in a demo: without a password and a second factor."""
    monkeypatch.setattr("hervat.config.demo.is_demo", lambda: True)
    midday = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
    with time_machine.travel(midday, tick=False), override_settings(DEMO_CHECK=CHECK):
        yield
