"""Who may ask the log: with a token of a system that has not ended, in a role that the register lets read."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.core.signing import Signer, TimestampSigner
from django.test import Client
from django.utils import timezone

from hervat.api.credentials import TOKEN_SECONDS, sign_token
from hervat.api.log import VERSION
from hervat.journal.actions.clients import Issued
from hervat.register.vocabulary import Role
from tests.cli.conftest import On, on
from tests.journal.examples import a_line
from tests.register.copies import FERRY

from .conftest import LOG, SEARCH, Rows, add, ask, basic, end, lay_down

__all__ = ["on"]

TRACE = UUID("4bf92f35-77b3-4da6-a3ce-929d0e0e4736")
QUESTION = {"traceId": str(TRACE)}
SALT = "hervat.api.logboek.v1.token"


def signed(system: Issued, after: timedelta) -> str:
    """A token that was given some time ago."""
    with time_machine.travel(timezone.now() - after, tick=False):
        return f"Bearer {sign_token(system.id)}"


def test_a_token_counts_for_ten_minutes_and_ending_the_system_ends_it_at_once(
    system: Issued, logged: Callable[[], Rows]
) -> None:
    life = timedelta(seconds=TOKEN_SECONDS)
    nearly, over = signed(system, life - timedelta(seconds=30)), signed(system, life + timedelta(seconds=1))

    assert ask(QUESTION, nearly).status_code == 200
    expired = ask(QUESTION, over)
    assert (expired.status_code, "verlopen" in expired.json()["detail"]) == (401, True)
    end(system.id)
    ended = ask(QUESTION, nearly)
    assert (ended.status_code, "beëindigd" in ended.json()["detail"]) == (401, True)
    assert [(line["outcome"], line["reason"], line["actor"]) for line in logged()] == [
        ("gelukt", None, str(system.id)),
        ("geweigerd", "koppeling-beeindigd", str(system.id)),
    ]


def test_what_is_no_token_of_ours_opens_nothing_and_leaves_no_line(
    system: Issued, bearer: str, logged: Callable[[], Rows]
) -> None:
    token = bearer.removeprefix("Bearer ")
    name, moment, signature = token.rsplit(".", 2)
    attempts = {
        "none": "",
        "empty": "Bearer",
        "blank": "Bearer  ",
        "another scheme": f"Basic {token}",
        "the secret itself": basic(system.id, system.secret),
        "no scheme": token,
        "two tokens": f"{bearer} {token}",
        "another salt": "Bearer " + TimestampSigner(salt="iets-anders", sep=".").sign(str(system.id)),
        "without a moment": "Bearer " + Signer(salt=SALT, sep=".").sign(str(system.id)),
        "another system": f"Bearer {uuid4()}.{moment}.{signature}",
        "a later moment": f"Bearer {name}.zzzzzz.{signature}",
        "half": bearer[:-1],
        "more": f"{bearer}A",
        "not ASCII": "Bearer é€",
        "much too long": "Bearer " + "x" * 100_000,
        "a NUL": "Bearer \0",
    }
    answers = {attempt: ask(QUESTION, given) for attempt, given in attempts.items()}

    assert {one.status_code for one in answers.values()} == {401}
    assert {one["Content-Type"] for one in answers.values()} == {"application/problem+json"}
    assert all(one["WWW-Authenticate"].startswith('Bearer realm="logboek"') for one in answers.values())
    assert {one["Cache-Control"] for one in answers.values()} == {"no-store"}
    assert answers["none"]["WWW-Authenticate"] == 'Bearer realm="logboek"'
    assert answers["half"]["WWW-Authenticate"].endswith('error="invalid_token"')
    assert logged() == []
    assert ask(QUESTION, bearer.replace("Bearer", "bearer")).status_code == 200


def test_a_token_for_a_system_that_never_was_opens_nothing_and_is_laid_down(
    system: Issued, logged: Callable[[], Rows]
) -> None:
    forged = ask(QUESTION, f"Bearer {sign_token(uuid4())}")

    assert forged.status_code == 401
    assert [(line["actor"], line["outcome"]) for line in logged()] == [("onbekend", "geweigerd")]
    assert ask(QUESTION, f"Bearer {sign_token(system.id)}").status_code == 200


def test_without_a_token_a_question_is_not_even_read(system: Issued) -> None:
    for body in ("geen JSON", "x" * 100_000, {}):
        assert ask(body, "").status_code == 401


READERS = (Role.PRIVACY_OFFICER, Role.AUDITOR)
OTHERS = {
    Role.COMMANDER: ("register", "een koppeling is geen persoon"),
    Role.RE_INTEGRANT: ("register", "alleen de uitkomst"),
    Role.ADMINISTRATOR: ("register", "houdt geen toezicht op wat collega's lezen"),
    Role.UWV: ("open-punt", "is niet aanvaard"),
}


def test_the_register_decides_who_reads_and_a_refusal_is_a_line(
    journal: None, logged: Callable[[], Rows]
) -> None:
    lay_down([a_line(trace_id=TRACE)])
    for role in READERS:
        answer = ask(QUESTION, f"Bearer {sign_token(add(role).id)}")
        assert (answer.status_code, len(answer.json()["processingActivities"])) == (200, 1)
    before = len(logged())

    for role, (_, why) in OTHERS.items():
        answer = ask(QUESTION, f"Bearer {sign_token(add(role).id)}")
        assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
        assert why in answer.json()["detail"]
        assert str(TRACE) not in answer.content.decode()

    assert [
        (line["role"], line["outcome"], line["reason"], line["subject"]) for line in logged()[before:]
    ] == [(role, "geweigerd", reason, None) for role, (reason, _) in OTHERS.items()]


def test_another_employers_register_lets_another_role_read(
    journal: None, on: On, logged: Callable[[], Rows]
) -> None:
    archive, officer = add(Role.RECORDS_MANAGER), add(Role.PRIVACY_OFFICER)
    on(FERRY)
    read = ask(QUESTION, f"Bearer {sign_token(archive.id)}")
    refused = ask(QUESTION, f"Bearer {sign_token(officer.id)}")

    assert (read.status_code, refused.status_code) == (200, 403)
    assert read.json()["metadata"]["organizationName"] == "Veerdienst De Overtocht B.V."
    assert [(line["purpose"], line["outcome"]) for line in logged()] == [
        ("toegang", "gelukt"),
        ("toegang", "geweigerd"),
    ]


def test_before_the_register_began_nobody_reads(bearer: str, system: Issued) -> None:
    with time_machine.travel("2020-01-01T12:00:00Z", tick=False):
        answer = ask(QUESTION, f"Bearer {sign_token(system.id)}")

    assert (answer.status_code, "nog geen versie" in answer.json()["detail"]) == (403, True)
    assert ask(QUESTION, bearer).status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE"])
def test_a_search_is_asked_with_post(client: Client, method: str) -> None:
    answer = client.generic(method, SEARCH)

    assert (answer.status_code, answer["Allow"]) == (405, "POST, OPTIONS")
    assert answer["API-Version"] == VERSION


@pytest.mark.parametrize("path", ["", "/", "/processing-activities/", "/docs", "/token/", "/123456782"])
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_no_other_address_is_there_and_no_website_may_read_one(
    client: Client, path: str, method: str
) -> None:
    answer = client.generic(method, f"{LOG}{path}")

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer["API-Version"] == VERSION
    assert "Access-Control-Allow-Origin" not in answer
    assert b"123456782" not in answer.content


def test_a_browser_of_another_website_is_not_let_in(client: Client) -> None:
    answer = client.options(
        SEARCH, headers={"origin": "https://example.org", "access-control-request-method": "POST"}
    )

    assert (answer.status_code, answer["Allow"]) == (204, "POST, OPTIONS")
    assert not [name for name in answer.headers if name.startswith("Access-Control")]
