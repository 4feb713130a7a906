"""What the tests of the pages share: a client without a database, and a served site."""

import threading
from collections.abc import Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test import Client
from django.test.utils import override_settings

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
