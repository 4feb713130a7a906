"""The cast behind the pages: somebody of it logged in, as in a demo, with everybody at their posts.

A demo's session stands in for password and second factor, so that these tests are about the door.
"""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.auth import login
from django.test import Client, RequestFactory
from django.test.utils import override_settings

from hervat.course.actions.recording import record
from hervat.course.rules.values import NewFact
from hervat.course.rules.vocabulary import Kind
from hervat.dossiers.actions.opening import Opened
from hervat.organisation.models import User
from hervat.web.login import demo_mark
from hervat.web.login.sessions import start
from tests.access.conftest import post
from tests.cast import BRIGADE, COMMANDER, JAN, SANNE, Player, Sick, players
from tests.dossiers.conftest import keys, room  # noqa: F401 - fixtures
from tests.dossiers.files import FIRST_SICK, feed, open_for

from .conftest import CHECK
from .demo import HEADER


def logged_in(who: Player | Sick | UUID) -> Client:
    """A browser in which somebody of the cast is logged in."""
    client = Client(headers={HEADER: "1"})
    request = RequestFactory().get("/")
    request.session = client.session
    user = User.objects.get(code=who if isinstance(who, UUID) else who.code)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    start(request)
    request.session[demo_mark.MARK] = True
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
    return client


def account(sick: Sick) -> None:
    """Give somebody who is ill an account."""
    User.objects.get_or_create(
        code=sick.code, defaults={"name": sick.name, "email": f"{sick.code}@example.org"}
    )


@pytest.fixture
def cast(room: None) -> Iterator[Opened]:  # noqa: F811
    """Everybody at their posts, Sanne ill in a company that the commander reaches, Jan elsewhere."""
    for player in players():
        post(player, below=player.unit is BRIGADE)
    for sick in (SANNE, JAN):
        account(sick)
    with override_settings(DEMO_CHECK=CHECK):
        opened = open_for(SANNE)
        begin(SANNE, opened)
        begin(JAN, open_for(JAN))
        yield opened


def begin(sick: Sick, opened: Opened) -> None:
    """Record the sick report of a dossier, so that it has a plan and stands in lists."""
    report = [NewFact(Kind.SICK, FIRST_SICK)]
    record(permit=feed(sick.unit.id), expected_version=None, facts=report, dossier=opened.dossier)


def commander() -> Client:
    return logged_in(COMMANDER)
