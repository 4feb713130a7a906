"""A database is a demo only if `demo` itself created it, empty, and nobody can pretend otherwise."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django.plugin import DjangoDbBlocker

from hervat.config import demo
from hervat.config.demo import holds_marker, is_demo_request
from hervat.config.environment import database_from_url
from hervat.config.home import CannotStart
from hervat.config.postgres import APPLICATION, OWNER, SUPERUSER, Cluster
from hervat.config.provision import connect, create_database, grant_rights

FROM_HERE = {"REMOTE_ADDR": "127.0.0.1", "SERVER_NAME": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"}


def settings_of(postgres: Cluster, role: str, name: str) -> dict[str, Any]:
    return database_from_url(postgres.url(role, name), name="X", label="test")


def says_demo(postgres: Cluster, role: str, name: str) -> bool:
    with connect(settings_of(postgres, role, name)) as database:
        return holds_marker(database.cursor())


def asks(meta: dict[str, str]) -> HttpRequest:
    request = RequestFactory().get("/")
    request.META.update(meta)
    return request


@pytest.fixture(scope="module")
def created(postgres: Cluster, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> str:
    """A database that was made the way `demo` makes one."""
    owner, application = (settings_of(postgres, role, "by_demo") for role in (OWNER, APPLICATION))
    assert create_database(owner, application)
    return "by_demo"


@pytest.fixture
def found(postgres: Cluster) -> Iterator[str]:
    """A database that was already there."""
    with connect(settings_of(postgres, OWNER, "postgres")) as server:
        server.execute("CREATE DATABASE found")
    yield "found"
    with connect(settings_of(postgres, OWNER, "postgres")) as server:
        server.execute("DROP DATABASE found")


def test_what_demo_created_is_a_demo_and_what_it_found_is_not(
    postgres: Cluster, created: str, found: str
) -> None:
    owner, application = (settings_of(postgres, role, found) for role in (OWNER, APPLICATION))

    assert create_database(owner, application) is False
    assert says_demo(postgres, APPLICATION, created) is True
    assert says_demo(postgres, APPLICATION, found) is False


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO hervat_demo (database_oid, system_identifier) VALUES (1, 1)",
        "UPDATE hervat_demo SET created_at = now()",
        "DELETE FROM hervat_demo",
        "TRUNCATE hervat_demo",
        "DROP TABLE hervat_demo",
        "ALTER TABLE hervat_demo ADD x int",
    ],
)
def test_the_application_reads_the_marker_and_cannot_write_it(
    postgres: Cluster, created: str, statement: str
) -> None:
    with connect(settings_of(postgres, APPLICATION, created)) as database:
        assert database.execute("SELECT count(*) FROM hervat_demo").fetchone() == (1,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            database.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["TABLE public.hervat_demo", "TEMP TABLE hervat_demo", "SCHEMA mine"])
def test_the_application_cannot_make_a_marker_where_there_is_none(postgres: Cluster, kind: str) -> None:
    statement = f"CREATE {kind}" + ("" if "SCHEMA" in kind else " (x int)")
    with (
        connect(settings_of(postgres, APPLICATION, "hervat")) as database,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        database.execute(statement)


def test_whoever_could_have_written_the_marker_is_not_convinced_by_it(
    postgres: Cluster, created: str
) -> None:
    assert says_demo(postgres, OWNER, created) is False
    assert says_demo(postgres, SUPERUSER, created) is False
    assert says_demo(postgres, APPLICATION, created) is True


def test_the_marker_of_another_database_counts_for_nothing(
    postgres: Cluster, created: str, found: str
) -> None:
    with connect(settings_of(postgres, OWNER, created)) as source:
        row = source.execute("SELECT database_oid, system_identifier FROM hervat_demo").fetchone()
    with connect(settings_of(postgres, OWNER, found)) as target:
        demo.write_marker(target, APPLICATION)
        assert says_demo(postgres, APPLICATION, found) is True
        target.execute("UPDATE hervat_demo SET database_oid = %s, system_identifier = %s", row)

    assert says_demo(postgres, APPLICATION, found) is False


def test_a_database_that_cannot_be_made_leaves_nothing_and_says_why(postgres: Cluster) -> None:
    owner = settings_of(postgres, OWNER, "never")
    stranger = settings_of(postgres, APPLICATION, "never") | {"USER": "nobody_by_this_name"}

    with pytest.raises(CannotStart, match="nobody_by_this_name"):
        create_database(owner, stranger)
    with pytest.raises(CannotStart, match="CREATEDB"):
        create_database(settings_of(postgres, APPLICATION, "never"), owner)
    with pytest.raises(CannotStart, match="niet dezelfde database"):
        create_database(owner, settings_of(postgres, APPLICATION, "other"))
    with connect(settings_of(postgres, OWNER, "postgres")) as server:
        left = server.execute("SELECT FROM pg_database WHERE datname ~ 'half|never|other'").fetchall()
    assert left == []


@pytest.fixture
def on_demo(postgres: Cluster, created: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Django's own connection, on the database that demo made."""
    before, settings = connections["default"], connections["default"].settings_dict
    grant_rights(settings_of(postgres, OWNER, created), settings_of(postgres, APPLICATION, created))
    with django_db_blocker.unblock():
        connections["default"] = type(before)(settings | {"NAME": created}, alias="default")
        demo.is_demo.cache_clear()
        yield
        connections["default"].close()
    connections["default"] = before
    demo.is_demo.cache_clear()


@pytest.mark.parametrize(
    "difference",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"SERVER_NAME": "0.0.0.0"},  # noqa: S104 - the refused case
        {"SERVER_NAME": "192.0.2.1"},
        {"SERVER_NAME": "hervat.example"},
        {"HTTP_HOST": "localhost.:8000"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_FORWARDED_PROTO": "http"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
    ],
)
def test_a_demo_is_asked_and_answered_on_this_machine_only(on_demo: None, difference: dict[str, str]) -> None:
    assert is_demo_request(asks(FROM_HERE)) is True
    assert is_demo_request(asks(FROM_HERE | {"REMOTE_ADDR": "::1"})) is True
    assert is_demo_request(asks(FROM_HERE | difference)) is False


@pytest.mark.django_db
def test_a_request_from_this_machine_is_no_demo_on_another_database() -> None:
    demo.is_demo.cache_clear()

    assert is_demo_request(asks(FROM_HERE)) is False
    demo.is_demo.cache_clear()
