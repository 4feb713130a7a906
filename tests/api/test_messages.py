"""The messages API: who may deliver, what is answered of each message, and what is in the log."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client

from hervat.access.door import for_command
from hervat.api.credentials import sign_token
from hervat.api.delivering import REALM
from hervat.exchange.actions.clients import Issued, add_client, end_client
from hervat.exchange.models import Client as Sender
from hervat.journal.actions.append import begin
from hervat.journal.models import Line
from hervat.register.vocabulary import Operation
from tests.dossiers.conftest import committed, keys
from tests.exchange.sending import PERSON, sick

from .conftest import FORM, ask, basic

__all__ = ["committed", "keys"]

ROOT = "/api/p-en-o/v1"
LINES = "application/x-ndjson"


@pytest.fixture
def sender(committed: None, settings: Any) -> Iterator[Issued]:
    """A system that may send; every open point is accepted, as in a demo."""
    settings.DEMO_CHECK = "tests.api.test_messages.always"
    yield add_client(permit=administrator(), name="Basisadministratie")
    Sender.objects.using("owner").all().delete()


def always(_: object) -> bool:
    return True


def administrator() -> Any:
    return for_command(Operation.ADMINISTER_USERS, on=datetime.now(UTC).date(), trace=begin())


def deliver(sender: Issued, body: object, media: str = "application/json") -> HttpResponse:
    bearer = f"Bearer {sign_token(sender.id, REALM)}"
    return ask(body, bearer, media=media, path=f"{ROOT}/messages")


def test_each_message_is_answered_in_its_place_as_lines_and_as_a_list(sender: Issued) -> None:
    bad = sick(who="W901", person=PERSON | {"diagnose": "merkteken"}, name="bad")
    lines = "\n".join([json.dumps(sick()), "geen json", json.dumps(bad)])

    first = json.loads(deliver(sender, lines, LINES).content)
    again = json.loads(deliver(sender, [sick(), bad]).content)

    assert [one["outcome"] for one in first["messages"]] == [
        "dossier-geopend",
        "in-quarantaine",
        "in-quarantaine",
    ]
    assert (first["received"], first["quarantined"]) == (3, 2)
    assert first["messages"][2]["fault"]["members"] == ["person.diagnose"]
    assert "merkteken" not in json.dumps(first)
    assert [one["outcome"] for one in again["messages"]] == ["al-ontvangen", "al-ontvangen"]


def test_the_delivery_is_a_line_of_the_system_and_each_message_one_of_the_feed(sender: Issued) -> None:
    before = Line.objects.order_by("-id")[0].id

    answer = deliver(sender, [sick()])

    lines = list(Line.objects.filter(id__gt=before).order_by("id"))
    assert (lines[0].actor, lines[0].actor_kind, lines[0].source) == (str(sender.id), "koppeling", "api")
    assert answer.headers["traceresponse"].split("-")[1] == lines[0].trace_id.hex
    assert {line.actor for line in lines[1:]} == {"p-en-o-berichten"}
    assert {line.source for line in lines[1:]} == {"api"}


def test_without_a_right_token_nothing_is_taken_in(sender: Issued) -> None:
    of_the_log = f"Bearer {sign_token(sender.id)}"

    for given in ("", "Bearer x", of_the_log):
        answer = ask([sick()], given, path=f"{ROOT}/messages")
        assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")
        assert 'realm="p-en-o"' in answer.headers["WWW-Authenticate"]

    assert end_client(permit=administrator(), client=sender.id)
    assert deliver(sender, [sick()]).status_code == 401
    assert Line.objects.order_by("-id")[0].reason == "koppeling-beeindigd"


def test_a_token_is_given_for_the_secret_and_for_nothing_else(sender: Issued) -> None:
    def asked(secret: str) -> HttpResponse:
        return ask(
            "grant_type=client_credentials", basic(sender.id, secret), media=FORM, path=f"{ROOT}/token"
        )

    token = json.loads(asked(sender.secret).content)["access_token"]

    assert ask([sick()], f"Bearer {token}", path=f"{ROOT}/messages").status_code == 200
    assert asked("onjuist").status_code == 401


@pytest.mark.parametrize(
    ("body", "media", "status"),
    [
        ("{}", "application/json", 400),
        ("[1]", "application/json", 400),
        ("[]", "application/json", 400),
        ('[{"a": 1, "a": 2}]', "application/json", 400),
        ("  \n ", LINES, 400),
        ("x", "text/plain", 415),
        ("{}\n" * 1001, LINES, 400),
        ("x" * (2 * 1024 * 1024 + 1), LINES, 413),
    ],
)
def test_what_is_no_delivery_is_a_problem(sender: Issued, body: str, media: str, status: int) -> None:
    answer = deliver(sender, body, media)

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_where_nothing_is_accepted_the_open_point_is_named(sender: Issued, settings: Any) -> None:
    settings.DEMO_CHECK = "hervat.config.demo.is_demo_request"

    (told,) = json.loads(deliver(sender, [sick()]).content)["messages"]

    assert told["fault"]["code"] == "open-punt"


def test_the_documents_are_for_anyone_and_hold_the_schema(db: None) -> None:
    for name in ("openapi.json", "messages.v1.json"):
        assert Client().get(f"{ROOT}/{name}").status_code == 200
    assert Client().get(f"{ROOT}/elders").status_code == 404
    assert UUID(sick()["id"])
