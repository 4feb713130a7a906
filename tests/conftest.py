"""What every test may ask for: a database with both roles, a browser, a served site.

The database is an embedded PostgreSQL of the tests' own, thrown away afterwards; the
default connection is the application's role, `owner` is the other alias. So a test that
passes here passes with the rights that production has. Tests that use these, or start
a process, are marked by what they ask for, so that
`-m "not database and not browser and not machine"` needs nothing.
"""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
import time_machine
from django.conf import settings
from django.db import connections
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import DjangoDbBlocker

from hervat.config import provision
from hervat.config.environment import database_from_url
from hervat.config.postgres import APPLICATION, OWNER, SUPERUSER, Cluster, start_cluster

from .cast import TODAY
from .prerequisites import GET_CHROMIUM, find_chromium, need
from .processes import starts_a_process
from .roles import Connect, connecting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ALIASES = {"default": APPLICATION, "owner": OWNER}
_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup", "postgres"}
_TRANSACTIONAL = {"transactional_db", "live_server"}
_BROWSER = {"browser", "chromium_path"}
_CHROMIUM_FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


# No test waits for a clock. `./dev test fast` tries a quarter of the examples; all tests together try all.
hypothesis_settings.register_profile("whole", deadline=None, max_examples=100)
hypothesis_settings.register_profile("fast", deadline=None, max_examples=25)
hypothesis_settings.load_profile("whole")


def _settings_for_tests() -> None:
    """The settings of a demo on this machine: plain HTTP, a throw-away secret, static files as they are."""
    settings.SECRET_KEY = "tests-only-" + "0123456789abcdef" * 4
    settings.DOOR_KEY = bytes(range(32))
    settings.SECURE_SSL_REDIRECT = False
    settings.SECURE_HSTS_SECONDS = 0
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.LANGUAGE_COOKIE_SECURE = False
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STATIC_ROOT = tempfile.mkdtemp(prefix="hervat-static-")


def pytest_configure() -> None:
    _settings_for_tests()


def pytest_unconfigure() -> None:
    shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)


def pytest_collection_finish() -> None:
    """Let the collector pass over what was imported and collected: it stays, and there is a lot of it."""
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        django_db = item.get_closest_marker("django_db")
        if asked & _DATABASE or django_db:
            item.add_marker("database")
        if asked & _BROWSER:
            item.add_marker("browser")
        if isinstance(item, pytest.Function) and starts_a_process(item.function):
            item.add_marker("machine")
        # Only the owner can empty tables after such a test; the application's role may not.
        if django_db is None and asked & _TRANSACTIONAL:
            item.add_marker(pytest.mark.django_db(transaction=True, databases=list(ALIASES)))


@pytest.fixture(scope="session", autouse=True)
def clock() -> Iterator[None]:
    """A clock that runs, on the day of the cast: a test says the same on every day of the year.

    The database and what is started apart keep the clock of the machine.
    """
    with time_machine.travel(datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC), tick=True):
        yield


@pytest.fixture(scope="module")
def machine_clock(clock: None) -> Iterator[None]:
    """The clock of the machine, for whoever compares with what the database or another process wrote."""
    with time_machine.travel(time_machine.escape_hatch.datetime.datetime.now(UTC), tick=True):
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """An embedded PostgreSQL with an empty database and both roles, for this run only."""
    home = Path(tempfile.mkdtemp(prefix="hervat-"))
    home.chmod(0o711)
    cluster = start_cluster(home, durable=False)
    try:
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(home)


@pytest.fixture(scope="session")
def django_db_setup(postgres: Cluster, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Point Django at that PostgreSQL, migrated by the owner as in production."""
    from hervat.dossiers.actions.door_key import keep_door_key

    for alias, role in ALIASES.items():
        url = postgres.url(role, "hervat")
        settings.DATABASES[alias] = database_from_url(url, name=alias, label="hervat-tests")
    settings.DATABASES["default"]["TEST"] = {"MIRROR": "owner"}
    connections.settings = connections.configure_settings(settings.DATABASES)
    for alias in ALIASES:
        connections[alias] = connections.create_connection(alias)
    with django_db_blocker.unblock():
        # Not made by `demo`, so nothing in the tests is a demo unless a test makes one.
        with provision.connect(settings.DATABASES["owner"] | {"NAME": "postgres"}) as server:
            server.execute("CREATE DATABASE hervat TEMPLATE template0 ENCODING 'UTF8'")
        provision.migrate(settings.DATABASES["owner"], settings.DATABASES["default"])
        keep_door_key(settings.DOOR_KEY)
    # Outside the block again: a test that did not ask for the database must not reach it.
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture
def connect(django_db_setup: None, postgres: Cluster) -> Iterator[Connect]:
    """Connect as a role, each statement its own transaction; a room asks for its own tables first."""
    with connecting(postgres, autocommit=True) as as_role:
        yield as_role


@pytest.fixture
def application(connect: Connect) -> psycopg.Connection:
    return connect(APPLICATION)


@pytest.fixture
def owner(connect: Connect) -> psycopg.Connection:
    return connect(OWNER)


@pytest.fixture
def superuser(connect: Connect) -> psycopg.Connection:
    return connect(SUPERUSER)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    return need(find_chromium(), GET_CHROMIUM)


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> "Iterator[Browser]":
    """One Chromium for all browser tests; give each test a context of its own (`browser.new_context()`)."""
    from playwright.sync_api import expect, sync_playwright

    # On a machine that does more at once an answer may take a while; a test that passes waits no longer.
    expect.set_options(timeout=20_000)
    # Playwright's loop makes Django think it is asynchronous, which it is not.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    flags = [*_CHROMIUM_FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=flags)
        yield chromium
        chromium.close()
