"""Logging in: the first visit, the two steps, and what never happens."""

import re
import time
from base64 import b64decode

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client

from hervat.organisation.actions.users import disable_user
from hervat.web.login.session_store import SessionStore
from tests.organisation.conftest import Lines, administering, lines

from .login import (
    EMAIL,
    PASSWORD,
    Person,
    add_app,
    choose_password,
    enrol,
    first_step,
    give_paper,
    log_in,
    mailed_code,
    make_person,
    show_paper,
)

__all__ = ["lines"]
pytestmark = pytest.mark.django_db


def reasons(told: list[dict[str, object]]) -> list[object]:
    return [line["reason"] for line in told if line["parent_span_id"] is None]


def test_a_first_visit_leads_from_paper_to_a_second_factor_and_codes(client: Client, sanne: Person) -> None:
    paper = give_paper(sanne)

    assert show_paper(client, EMAIL, paper).headers["Location"] == "/eerste-keer/e-mail/"
    mailed = client.post("/eerste-keer/e-mail/", {"code": mailed_code()})
    assert mailed.headers["Location"] == "/eerste-keer/wachtwoord/"
    chosen = client.post("/eerste-keer/wachtwoord/", {"password": PASSWORD, "again": PASSWORD})
    assert client.get(chosen.headers["Location"]).headers["Location"] == "/account/tweede-stap/"
    assert add_app(client, sanne).headers["Location"] == "/account/herstelcodes/"
    codes = re.findall(r"<code>\d{8}</code>", client.get("/account/herstelcodes/").content.decode())
    again = re.findall(r"<code>\d{8}</code>", client.get("/account/herstelcodes/").content.decode())
    assert (len(codes), len(again)) == (10, 0)
    assert client.get("/account/").status_code == 200


def test_a_paper_code_works_once_and_only_for_its_own_address(client: Client, sanne: Person) -> None:
    other = make_person("Bram de Wit", "bram@defensie.example")
    paper = give_paper(sanne)

    assert show_paper(client, other.email, paper).status_code == 200
    assert mail.outbox == []
    choose_password(client, sanne, paper)
    sent = len(mail.outbox)
    assert show_paper(Client(), EMAIL, paper).status_code == 200
    assert len(mail.outbox) == sent == 1


def test_a_newer_paper_code_ends_the_older_one(client: Client, sanne: Person) -> None:
    older, newer = give_paper(sanne), give_paper(sanne)

    assert show_paper(client, EMAIL, older).status_code == 200
    assert show_paper(client, EMAIL, newer).status_code == 302


def test_the_code_by_email_is_wanted_too_and_has_five_tries(client: Client, sanne: Person) -> None:
    show_paper(client, EMAIL, give_paper(sanne))
    right = mailed_code()
    wrong = str((int(right) + 1) % 10**8).zfill(8)

    assert client.get("/eerste-keer/wachtwoord/").headers["Location"] == "/eerste-keer/"
    for _try in range(5):
        assert client.post("/eerste-keer/e-mail/", {"code": wrong}).status_code == 200
    assert client.post("/eerste-keer/e-mail/", {"code": right}).status_code == 200
    assert client.get("/eerste-keer/wachtwoord/").headers["Location"] == "/eerste-keer/"


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("kort", "te kort"),
        ("123456789012345", "alleen cijfers"),
        ("sanne@defensie.example", "lijkt op uw naam"),
        ("1q2w3e4r5t6y", "kiezen veel mensen"),
    ],
)
def test_a_weak_password_is_refused_in_plain_words(
    client: Client, sanne: Person, password: str, said: str
) -> None:
    refused = choose_password(client, sanne, give_paper(sanne), password)

    assert refused.status_code == 200
    assert said in refused.content.decode()
    assert "This password" not in refused.content.decode()
    again = client.post("/eerste-keer/wachtwoord/", {"password": PASSWORD, "again": PASSWORD})
    assert again.headers["Location"] == "/nu/"


def test_log_in_takes_a_password_and_then_a_code(client: Client, enrolled: Person) -> None:
    assert first_step(client).headers["Location"] == "/inloggen/tweede-stap/"
    assert client.get("/account/").headers["Location"].startswith("/inloggen/?")
    answer = client.post("/inloggen/tweede-stap/", {"code": enrolled.app_code()})
    assert answer.headers["Location"] == "/nu/"
    assert client.get("/account/").status_code == 200


def test_a_code_of_an_app_counts_once(client: Client, enrolled: Person) -> None:
    code = enrolled.app_code()
    other = Client()
    first_step(client)
    first_step(other)

    assert client.post("/inloggen/tweede-stap/", {"code": code}).status_code == 302
    assert other.post("/inloggen/tweede-stap/", {"code": code}).status_code == 200
    # Also the one that set the app up, a step earlier, which would still count by the clock.
    assert other.post("/inloggen/tweede-stap/", {"code": enrolled.app_code(after=-1)}).status_code == 200
    assert other.get("/account/").status_code == 302


def test_a_recovery_code_counts_once(client: Client, sanne: Person) -> None:
    enrol(client, sanne)
    page = client.get("/account/herstelcodes/").content.decode()
    code = re.findall(r"<code>(\d{8})</code>", page)[0]

    for status in (302, 200):
        other = Client()
        first_step(other)
        assert other.post("/inloggen/tweede-stap/", {"code": code}).status_code == status


def test_the_answer_is_the_same_for_an_unknown_a_closed_and_a_wrong_one(
    client: Client, sanne: Person
) -> None:
    choose_password(Client(), sanne, give_paper(sanne))
    closed = make_person("Bram de Wit", "bram@defensie.example")
    choose_password(Client(), closed, give_paper(closed))
    assert disable_user(permit=administering(), user=closed.code) is None

    def said(email: str, password: str) -> str:
        answer = first_step(Client(), email, password)
        page = re.sub(r'value="[^"]*"', "", answer.content.decode())
        return f"{answer.status_code} {page}"

    wrong = said(EMAIL, "niet dit wachtwoord")
    assert "klopt niet" in wrong
    assert said("niemand@defensie.example", "niet dit wachtwoord") == wrong
    assert said(closed.email, PASSWORD) == wrong


def test_an_unknown_address_costs_the_same_work(sanne: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth.hashers import ScryptPasswordHasher

    choose_password(Client(), sanne, give_paper(sanne))
    counted: list[str] = []
    encode = ScryptPasswordHasher.encode

    def counting(self: ScryptPasswordHasher, *args: object, **kwargs: object) -> str:
        counted.append("")
        return str(encode(self, *args, **kwargs))

    monkeypatch.setattr(ScryptPasswordHasher, "encode", counting)
    work = []
    for email in (EMAIL, "niemand@defensie.example"):
        counted.clear()
        first_step(Client(), email, "niet dit wachtwoord")
        work.append(len(counted))

    assert work == [1, 1]


def test_five_wrong_passwords_lock_an_address_and_no_other(
    client: Client, enrolled: Person, lines: Lines
) -> None:
    other = make_person("Bram de Wit", "bram@defensie.example")
    choose_password(Client(), other, give_paper(other))
    for _try in range(5):
        first_step(client, password="niet dit wachtwoord")  # noqa: S106 - nobody's
    lines()

    answer = first_step(client)
    assert answer.status_code == 200
    assert "te vaak geprobeerd" in answer.content.decode()
    assert first_step(Client(), other.email).status_code == 302
    assert "te-vaak-geprobeerd" in reasons(lines())


def test_wrong_codes_lock_the_second_step_too(client: Client, enrolled: Person, lines: Lines) -> None:
    first_step(client)
    for _try in range(5):
        client.post("/inloggen/tweede-stap/", {"code": "000000"})
    lines()

    assert client.post("/inloggen/tweede-stap/", {"code": enrolled.app_code()}).status_code == 200
    assert reasons(lines()) == ["te-vaak-geprobeerd"]


def test_a_session_gets_another_key_at_log_in(client: Client, enrolled: Person) -> None:
    first_step(client)
    before = client.cookies["sessionid"].value
    client.post("/inloggen/tweede-stap/", {"code": enrolled.app_code()})

    assert client.cookies["sessionid"].value != before
    assert not Session.objects.filter(session_key=before).exists()


def test_every_form_of_log_in_wants_a_token(enrolled: Person) -> None:
    strict = Client(enforce_csrf_checks=True)

    for path in ("/inloggen/", "/uitloggen/", "/eerste-keer/"):
        assert strict.post(path, {"login": EMAIL, "password": PASSWORD}).status_code == 403


def test_logging_out_is_by_post(client: Client, enrolled: Person) -> None:
    log_in(client, enrolled)

    assert client.get("/uitloggen/").status_code == 200
    assert client.get("/account/").status_code == 200
    assert client.post("/uitloggen/").headers["Location"] == "/"
    assert client.get("/account/").status_code == 302


def test_a_closed_account_is_nobody_at_the_next_page(client: Client, enrolled: Person) -> None:
    log_in(client, enrolled)
    assert client.get("/account/").status_code == 200
    assert disable_user(permit=administering(), user=enrolled.code) is None

    assert client.get("/account/").headers["Location"].startswith("/inloggen/")


@pytest.mark.parametrize(
    ("mark", "ago", "status"),
    [
        ("hervat_seen", 14 * 60, 200),
        ("hervat_seen", 16 * 60, 302),
        ("hervat_began", 11 * 3600, 200),
        ("hervat_began", 13 * 3600, 302),
    ],
)
def test_a_session_ends_when_idle_and_after_twelve_hours(
    client: Client, enrolled: Person, mark: str, ago: int, status: int
) -> None:
    log_in(client, enrolled)
    session = client.session
    session[mark] = time.time() - ago
    session.save()

    assert client.get("/account/").status_code == status


def test_another_password_ends_the_other_sessions(client: Client, enrolled: Person) -> None:
    log_in(client, enrolled)
    assert client.get("/account/").status_code == 200
    choose_password(Client(), enrolled, give_paper(enrolled), "heel andere woorden deze keer")

    assert client.get("/account/").status_code == 302


def test_a_session_from_before_the_second_factor_has_to_show_it(sanne: Person) -> None:
    early, other = Client(), Client()
    choose_password(early, sanne, give_paper(sanne))
    first_step(other)
    assert other.get("/account/tweede-stap/").status_code == 200
    add_app(early, sanne)

    assert early.get("/account/").status_code == 200
    assert other.get("/account/").headers["Location"].startswith("/inloggen/")
    assert other.get("/account/tweede-stap/").headers["Location"].startswith("/inloggen/")


def test_the_last_second_factor_cannot_be_removed(client: Client, enrolled: Person) -> None:
    log_in(client, enrolled)
    client.post("/bevestigen/code/", {"code": enrolled.app_code(after=1)})

    assert "laatste tweede stap" in client.get("/account/tweede-stap/app/weg/").content.decode()
    client.post("/account/tweede-stap/app/weg/")
    assert first_step(Client()).headers["Location"] == "/inloggen/tweede-stap/"


def test_a_paper_code_that_renews_the_factors_removes_them(client: Client, enrolled: Person) -> None:
    answer = choose_password(client, enrolled, give_paper(enrolled))
    assert answer.headers["Location"] == "/inloggen/tweede-stap/"
    other = Client()
    choose_password(other, enrolled, give_paper(enrolled, renew_factors=True))
    assert other.get("/account/").headers["Location"] == "/account/tweede-stap/"


def test_the_command_makes_a_code_on_paper_that_works_for_that_person(
    client: Client, sanne: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    from hervat.cli.main import main

    assert main(["user", "activate", EMAIL]) == 0
    code = capsys.readouterr().out.splitlines()[0].removeprefix("Code: ")
    assert show_paper(client, EMAIL, code).headers["Location"] == "/eerste-keer/e-mail/"
    assert main(["user", "activate", "niemand@defensie.example"]) == 1
    assert "Deze gebruiker bestaat niet" in capsys.readouterr().err


def test_a_session_is_sealed_in_the_database(client: Client, sanne: Person) -> None:
    choose_password(client, sanne, give_paper(sanne))
    client.get("/account/tweede-stap/app/")
    (row,) = Session.objects.filter(session_key=client.cookies["sessionid"].value)
    held = SessionStore().decode(row.session_data)

    assert held["mfa.totp.secret"]
    assert held["_auth_user_id"] == str(sanne.code)
    for text in (row.session_data, b64decode(row.session_data).decode("latin-1")):
        assert str(sanne.code) not in text
        assert held["mfa.totp.secret"] not in text
    row.session_data = "A" + row.session_data[1:]
    row.save()
    assert client.get("/account/tweede-stap/").headers["Location"].startswith("/inloggen/")


def test_each_step_is_a_line_and_none_holds_what_was_typed(
    client: Client, sanne: Person, lines: Lines
) -> None:
    paper = give_paper(sanne)
    lines()
    choose_password(client, sanne, paper)
    add_app(client, sanne)
    client.post("/uitloggen/")
    first_step(client, "wachtwoord-in-het-verkeerde-vak@x.example", "geheim")
    first_step(client, password="niet dit wachtwoord")  # noqa: S106 - nobody's
    told = lines()

    assert reasons(told) == [
        *("activering-getoond", "wachtwoord-gekozen", "ingelogd", "tweede-factor-toegevoegd", "uitgelogd"),
        *("wachtwoord-onjuist", "wachtwoord-onjuist"),
    ]
    unknown, known = (line for line in told if line["reason"] == "wachtwoord-onjuist" and not line["subject"])
    assert re.fullmatch(r"onbekend:[0-9a-f]{16}", str(unknown["actor"]))
    assert known["actor"] == str(sanne.code)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT purpose, host(address) FROM journal_line WHERE trace_id = ANY(%s)",
            [[line["trace_id"] for line in told]],
        )
        assert cursor.fetchall() == [("toegang-regelen", "127.0.0.1")]
    for typed in ("verkeerde-vak", "geheim", PASSWORD, EMAIL, sanne.secret):
        assert typed not in str(told)
