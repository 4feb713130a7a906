"""What the tests of the pages share: a client without a database, and a served site."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test import Client
from django.test.utils import override_settings

from .login import Person, enrol, make_person

CHECK = "tests.web.demo.asked_for"


@pytest.fixture
def visitor() -> Client:
    """Somebody with a browser. No test of a page has a database, so a page that asks for one fails."""
    return Client()


@pytest.fixture
def demo_visitor() -> Iterator[Client]:
    """Somebody who looks at a demonstration."""
    with override_settings(DEMO_CHECK=CHECK):
        yield Client(headers={"X-Test-Demo": "1"})


class _QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a test speaks through its assertions."""


@pytest.fixture
def keys(db: None) -> Iterator[None]:
    """The keys of the vault, under which second factors are sealed too, and no tries counted yet."""
    ordinary, medical, index = (bytes([number]) * 32 for number in (1, 2, 3))
    with override_settings(KEYS_ORDINARY={1: ordinary}, KEYS_MEDICAL={1: medical}, INDEX_KEY=index):
        cache.clear()
        yield


@pytest.fixture
def early_in_a_half_minute() -> Iterator[None]:
    """A clock that runs, at a moment when the code of an app stays the same for a while."""
    now = datetime.now(UTC)
    with time_machine.travel(now.replace(second=2, microsecond=0), tick=True):
        yield


@pytest.fixture
def sanne(early_in_a_half_minute: None, keys: None) -> Person:
    """Somebody with an account, who was never here."""
    return make_person()


@pytest.fixture
def enrolled(sanne: Person) -> Person:
    """Somebody who did their first visit, in a browser that is gone."""
    enrol(Client(), sanne)
    return sanne


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The pages, served on this machine without a database; returns the address."""
    with override_settings(DEMO_CHECK=CHECK):
        server = ThreadedWSGIServer(("127.0.0.1", 0), _QuietHandler)
        server.set_app(StaticFilesHandler(get_wsgi_application()))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()
        thread.join()
