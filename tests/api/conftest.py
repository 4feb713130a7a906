"""A system that may ask the log, and how it asks: over HTTP, with a token, as the application's role."""

import json
from base64 import b64encode
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from hervat.api import credentials
from hervat.api.credentials import REFUSALS_A_MINUTE, Allowance, sign_token
from hervat.config.postgres import SUPERUSER, Cluster
from hervat.journal.actions.append import append
from hervat.journal.actions.clients import Issued, add_client, end_client
from hervat.journal.rules.line import Actor, Line
from hervat.register.vocabulary import ActorKind, Role
from tests.journal.conftest import journal, with_the_database
from tests.register.copies import d2599

__all__ = ["journal", "with_the_database"]

LOG = "/api/logboek/v1"
SEARCH = f"{LOG}/processing-activities"
TOKEN = f"{LOG}/token"
FORM = "application/x-www-form-urlencoded"
COMMAND = Actor(kind=ActorKind.COMMAND, code="hervat")
Ask = Callable[..., HttpResponse]
Rows = list[dict[str, object]]


def add(role: Role = Role.PRIVACY_OFFICER) -> Issued:
    return add_client(name="Toezicht", role=role, actor=COMMAND, register=d2599(), now=datetime.now(UTC))


def end(client: UUID) -> None:
    assert end_client(client, actor=COMMAND, register=d2599(), now=datetime.now(UTC))


def basic(identifier: object, secret: str) -> str:
    return "Basic " + b64encode(f"{identifier}:{secret}".encode()).decode()


def lay_down(lines: Iterable[Line]) -> None:
    with transaction.atomic():
        append(tuple(lines))


def ask(
    question: object,
    authorization: str,
    *,
    media: str = "application/json",
    path: str = SEARCH,
    **headers: str,
) -> HttpResponse:
    """Post a question; a text or bytes as they are, anything else as JSON."""
    body = question if isinstance(question, str | bytes) else json.dumps(question)
    given = {"authorization": authorization} if authorization else {}
    client = Client(raise_request_exception=False)
    answer = client.post(path, data=body, content_type=media, headers=given | headers)
    assert isinstance(answer, HttpResponse)
    return answer


@pytest.fixture(autouse=True)
def _no_refusals_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credentials, "_refusals", Allowance(REFUSALS_A_MINUTE))


@pytest.fixture
def system(journal: None) -> Issued:
    """A system of the data protection officer, who may read the log."""
    return add()


@pytest.fixture
def bearer(system: Issued) -> str:
    """What that system sends along: a token that has just been given."""
    return f"Bearer {sign_token(system.id)}"


@pytest.fixture
def logged(journal: None, postgres: Cluster) -> Callable[[], Rows]:
    """Return every line about the log itself, as the superuser sees it; not those of adding a system."""

    def look() -> Rows:
        with psycopg.connect(
            postgres.url(SUPERUSER, "hervat"), row_factory=psycopg.rows.dict_row
        ) as superuser:
            return superuser.execute(
                "SELECT * FROM journal_line WHERE operation = 'toezicht-houden' ORDER BY id"
            ).fetchall()

    return look
