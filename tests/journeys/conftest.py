"""One server, one database and one browser for all journeys; each journey is about people of its own.

What happens is not rolled back between journeys, so each brings in whom it needs, by messages of the
personnel system as in the world. Everything is emptied after the last.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.test.utils import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from hervat.config.postgres import Cluster
from tests.access.conftest import post
from tests.cast import BRIGADE, Player, players
from tests.dossiers.conftest import TABLES, make_units
from tests.roles import truncate
from tests.web.conftest import CHECK
from tests.web.demo import HEADER
from tests.web.desks import logged_in

from .people import SUPERIOR

HERE = Path(__file__).parent
Become = Callable[..., Page]


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker, postgres: Cluster) -> Iterator[str]:
    """Everybody of the cast at their posts, and the pages served; returns the address."""
    expect.set_options(timeout=15_000)
    names = ("KEYS_ORDINARY", "KEYS_MEDICAL")
    keys = {name: {1: secrets.token_bytes(32)} for name in names} | {"INDEX_KEY": secrets.token_bytes(32)}
    with ExitStack() as last:
        last.enter_context(override_settings(DEMO_CHECK=CHECK, **keys))
        last.enter_context(django_db_blocker.unblock())
        last.callback(_leave_nothing, postgres)
        make_units()
        for player in (*players(), SUPERIOR):
            post(player, below=player.unit is BRIGADE or player is SUPERIOR)
        server = LiveServer("localhost")
        last.callback(server.stop)
        last.enter_context(server._live_server_modified_settings)
        yield server.url


def _leave_nothing(postgres: Cluster) -> None:
    connections.close_all()
    truncate(postgres, *TABLES)
    call_command("flush", verbosity=0, interactive=False, database="owner", inhibit_post_migrate=True)


@pytest.fixture
def become(browser: Browser, world: str) -> Iterator[Become]:
    """A window in which somebody of the cast is logged in; afterwards no page complained of anything."""
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def open_it(who: Player, path: str = "/nu/", **look: object) -> Page:
        headers = {HEADER: "1"}
        context = browser.new_context(base_url=world, extra_http_headers=headers, **look)  # type: ignore[arg-type]
        contexts.append(context)
        key = cookie_of(logged_in(who))
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": world}])
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert [one for one in said if "Failed to load resource" not in one] == []


def cookie_of(client: Client) -> str:
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)
