"""The world, built once for a module and rolled back after it; each test in a savepoint of its own."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from hervat.organisation.models import Unit

from ..cast import UNITS
from .world import World, build


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
    with django_db_blocker.unblock(), rolled_back():
        for unit in UNITS:
            Unit.objects.create(
                id=unit.id,
                kind=unit.kind.value,
                parent_id=unit.parent.id if unit.parent else None,
                abbreviation=unit.abbreviation,
                name=unit.abbreviation,
            )
        yield


@pytest.fixture(scope="module")
def built(house: None) -> World:
    """Everybody of the matrix, at their posts."""
    return build()


@pytest.fixture
def world(built: World) -> Iterator[World]:
    """The world; what a test does to it is undone."""
    with rolled_back():
        yield built
