"""A token for who knows the secret; for anybody else one answer, one line, and nothing of what was sent."""

import re
from base64 import b64encode
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hervat.api import credentials
from hervat.api.credentials import Allowance
from hervat.api.log import VERSION
from hervat.journal.actions.clients import Issued

from .conftest import FORM, TOKEN, Rows, add, basic, end

# RFC 6750: b64token; RFC 6749 §5.2: the characters of error_description
_TOKEN = re.compile(r"[A-Za-z0-9\-._~+/]+=*")
_DESCRIPTION = re.compile(r"[\x20-\x21\x23-\x5B\x5D-\x7E]+")
SECRET = "geheim-van-iemand-123456782"  # noqa: S105 - not a secret: what an attacker types


def post(authorization: str, body: str = "grant_type=client_credentials", media: str = FORM) -> HttpResponse:
    given = {"authorization": authorization} if authorization else {}
    answer = Client(raise_request_exception=False).post(TOKEN, data=body, content_type=media, headers=given)
    assert isinstance(answer, HttpResponse)
    return answer


def test_the_secret_gives_a_token_of_ten_minutes_that_is_kept_nowhere(system: Issued) -> None:
    answer = post(basic(system.id, system.secret))
    given = answer.json()

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert set(given) == {"access_token", "token_type", "expires_in"}
    assert (given["token_type"], given["expires_in"]) == ("Bearer", 600)
    assert _TOKEN.fullmatch(given["access_token"])
    assert system.secret not in given["access_token"]
    assert (answer["Cache-Control"], answer["Pragma"]) == ("no-store", "no-cache")
    assert answer["API-Version"] == VERSION
    assert "Access-Control-Allow-Origin" not in answer
    assert not answer.cookies


def test_the_credentials_may_be_encoded_as_a_form_is(system: Issued) -> None:
    encoded = str(system.id).replace("-", "%2D")

    assert post(basic(encoded, system.secret)).status_code == 200


def wrong_credentials(system: Issued, other: Issued) -> dict[str, str]:
    return {
        "none": "",
        "wrong secret": basic(system.id, SECRET),
        "empty secret": basic(system.id, ""),
        "of another": basic(system.id, other.secret),
        "nearly right": basic(system.id, system.secret[:-1]),
        "unknown id": basic(uuid4(), system.secret),
        "nobody's id": basic("00000000-0000-0000-0000-000000000000", ""),
        "no id": basic(SECRET, SECRET),
        "no colon": "Basic " + b64encode(SECRET.encode()).decode(),
        "no base64": f"Basic {SECRET}!",
        "no utf-8": "Basic " + b64encode(b"\xff\xfe:\xff").decode(),
        "a NUL": basic(system.id, "\0"),
        "much too long": basic(system.id, "x" * 100_000),
        "another scheme": f"Digest {SECRET}",
        "only a scheme": "Basic",
    }


def test_wrong_credentials_get_one_answer_and_each_is_a_line_without_what_was_sent(
    system: Issued, logged: Callable[[], Rows]
) -> None:
    attempts = wrong_credentials(system, add())
    answers = {name: post(given) for name, given in attempts.items()}

    assert {(one.status_code, one.content) for one in answers.values()} == {(401, answers["none"].content)}
    assert answers["none"].json()["error"] == "invalid_client"
    assert all(one["WWW-Authenticate"].startswith("Basic realm=") for one in answers.values())
    lines = logged()
    assert {(line["outcome"], line["reason"]) for line in lines} == {
        ("geweigerd", "onjuiste-machine-gegevens")
    }
    assert len(lines) == len(attempts)
    assert SECRET not in repr(lines)
    assert {line["actor"] for line in lines} == {"onbekend", str(system.id)}


def test_an_ended_system_gets_the_same_answer_and_the_log_says_why(
    system: Issued, logged: Callable[[], Rows]
) -> None:
    unknown = post(basic(uuid4(), system.secret))
    end(system.id)
    ended = post(basic(system.id, system.secret))

    assert (ended.status_code, ended.content) == (unknown.status_code, unknown.content)
    assert [line["reason"] for line in logged()] == ["onjuiste-machine-gegevens", "koppeling-beeindigd"]


def test_an_unknown_id_takes_as_many_statements_as_a_wrong_secret(
    system: Issued, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    post("")
    for given in (basic(uuid4(), SECRET), basic(system.id, SECRET), basic("geen-nummer", SECRET), ""):
        with django_assert_num_queries(4):
            post(given)


WRONG_FORMS: list[tuple[str, str, str]] = [
    ("", FORM, "invalid_request"),
    ("scope=x", FORM, "invalid_request"),
    ("grant_type=password&username=x&password=x", FORM, "unsupported_grant_type"),
    ("grant_type=", FORM, "unsupported_grant_type"),
    ("grant_type=client_credentials&grant_type=client_credentials", FORM, "invalid_request"),
    ("grant_type=client_credentials&client_secret=x", FORM, "invalid_request"),
    ("grant_type=client_credentials&client_id=x", FORM, "invalid_request"),
    ("grant_type=client_credentials&scope=alles", FORM, "invalid_scope"),
    ("&".join(f"a{number}=1" for number in range(100)), FORM, "invalid_request"),
    ("grant_type=client_credentials&x=" + "x" * 5_000, FORM, "invalid_request"),
    ('{"grant_type": "client_credentials"}', "application/json", "invalid_request"),
    ("grant_type=client_credentials", "text/plain", "invalid_request"),
]


def test_a_wrong_form_is_told_as_the_standard_says_and_opens_nothing(
    system: Issued, logged: Callable[[], Rows]
) -> None:
    for body, media, error in WRONG_FORMS:
        answer = post(basic(system.id, system.secret), body, media)
        told = answer.json()
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/json"), body
        assert set(told) == {"error", "error_description"}
        assert told["error"] == error, body
        assert _DESCRIPTION.fullmatch(told["error_description"])
        assert answer["Cache-Control"] == "no-store"

    assert logged() == []


def test_unknown_fields_do_not_count(system: Issued) -> None:
    assert (
        post(basic(system.id, system.secret), "grant_type=client_credentials&iets=x&scope=").status_code
        == 200
    )


def test_who_keeps_knocking_is_told_to_wait_and_fills_no_log_while_others_get_in(
    system: Issued, logged: Callable[[], Rows], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credentials, "_refusals", Allowance(2))
    answers = [post(basic(uuid4(), SECRET)) for _ in range(4)]

    assert [one.status_code for one in answers] == [401, 401, 429, 429]
    assert (answers[3]["Retry-After"], answers[3]["Content-Type"]) == ("60", "application/problem+json")
    assert len(logged()) == 2
    assert post(basic(system.id, system.secret)).status_code == 200


def test_a_minute_later_one_may_try_again() -> None:
    allowance = Allowance(2)

    assert [allowance.allow(moment) for moment in (0, 30, 59, 60, 61, 89, 90)] == [
        True,
        True,
        False,
        True,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "TRACE"])
def test_a_token_is_asked_with_post(client: Client, method: str) -> None:
    answer = client.generic(method, TOKEN)

    assert (answer.status_code, answer["Allow"]) == (405, "POST, OPTIONS")
    assert "Access-Control-Allow-Origin" not in answer
