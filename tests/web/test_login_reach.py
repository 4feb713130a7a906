"""Who gets to which page: nobody, somebody without a second factor, somebody with one. For every address."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.test.utils import override_settings

from hervat.access import cast
from hervat.cli.demo_people import fill_demo
from hervat.web.login import reach
from hervat.web.urls import urlpatterns as own

from .conftest import CHECK
from .inventory import CLOSED, ELSEWHERE, FILES, FORMS, LOGIN, PAGES
from .login import Person, choose_password, enrol, give_paper, log_in

WEB = Path(__file__).resolve().parents[2] / "hervat" / "web"
DEMO = {"headers": {"X-Test-Demo": "1"}}


def test_every_address_is_public_or_in_the_table_of_closed_ones() -> None:
    closed = {page.name for page in CLOSED}
    public = {visit.name for visit in (*PAGES, *FILES, *FORMS, *ELSEWHERE)}

    assert public | {"demo", "account_logout"} == reach.PUBLIC
    assert {str(pattern.name) for pattern in own} == public | closed
    assert closed >= reach.ENTRANCE | reach.ENROLMENT


@pytest.mark.django_db
def test_each_gets_where_the_table_says_and_nowhere_else(sanne: Person) -> None:
    half, whole = Client(), Client()
    choose_password(half, sanne, give_paper(sanne))
    other = Person(sanne.code, sanne.email)
    found = {
        page.path: [Client().get(page.path).status_code, half.get(page.path).status_code] for page in LOGIN
    }
    enrol(whole, other)
    for page in LOGIN:
        found[page.path].append(whole.get(page.path).status_code)

    assert found == {page.path: [page.nobody, page.half, page.whole] for page in LOGIN}


@pytest.mark.django_db
def test_without_a_second_factor_every_closed_page_leads_to_choosing_one(sanne: Person) -> None:
    half = Client()
    choose_password(half, sanne, give_paper(sanne))
    kept_out = [page for page in CLOSED if page.name not in reach.ENROLMENT | reach.PUBLIC]

    assert {half.get(page.path).headers["Location"] for page in kept_out} == {"/account/tweede-stap/"}
    assert {half.post(page.path).status_code for page in kept_out} == {302}
    assert all(half.get(visit.path).status_code == visit.status for visit in PAGES[:2])


@pytest.mark.django_db
def test_a_page_that_nobody_named_is_closed(sanne: Person) -> None:
    with override_settings(ROOT_URLCONF="tests.web.new_page"):
        assert Client().get("/nieuw/").headers["Location"] == "/inloggen/?next=%2Fnieuw%2F"
        half = Client()
        choose_password(half, sanne, give_paper(sanne))
        assert half.get("/nieuw/").headers["Location"] == "/account/tweede-stap/"
        whole = Client()
        enrol(whole, sanne)
        assert whole.get("/nieuw/").content == b"open"


@pytest.mark.django_db
def test_a_session_says_nothing_to_the_api(sanne: Person) -> None:
    whole = Client()
    enrol(whole, sanne)

    assert whole.get("/api/log/v1/nothing").status_code == Client().get("/api/log/v1/nothing").status_code


@pytest.mark.django_db
def test_what_somebody_saw_is_not_kept_by_the_browser(enrolled: Person) -> None:
    client = Client()
    log_in(client, enrolled)

    assert "no-store" in client.get("/account/").headers["Cache-Control"]
    assert "no-store" in client.get("/register/").headers["Cache-Control"]
    assert Client().get("/register/").headers["Cache-Control"] == "no-cache"


@pytest.mark.django_db
def test_a_page_that_wants_confirmation_asks_a_second_factor_after_five_minutes(enrolled: Person) -> None:
    client = Client()
    with override_settings(ROOT_URLCONF="tests.web.new_page"):
        log_in(client, enrolled)
        assert client.get("/medisch/").content == b"medisch"
        session = client.session
        for record in session["account_authentication_methods"]:
            record["at"] -= 301
        session.save()
        assert client.get("/medisch/").headers["Location"].startswith("/bevestigen/code/?next=")
        back = client.post("/bevestigen/code/?next=/medisch/", {"code": enrolled.app_code(after=1)})
        assert back.headers["Location"] == "/medisch/"
        assert client.get("/medisch/").content == b"medisch"


# --- "Wie wilt u zijn?" --------------------------------------------------------------------------


@pytest.fixture
def people(keys: None) -> None:
    fill_demo()


@pytest.mark.django_db
def test_one_click_makes_each_of_the_cast_of_you_in_a_demo_only(people: None) -> None:
    for one in cast.CAST:
        client = Client()
        assert client.post("/demo/", {"wie": one.key}).status_code == 404
        assert client.get("/account/").status_code == 302
        with override_settings(DEMO_CHECK=CHECK):
            assert client.post("/demo/", {"wie": one.key}, **DEMO).headers["Location"] == "/nu/"
            assert one.name in client.get("/account/", **DEMO).content.decode()


@pytest.mark.django_db
def test_the_mark_of_a_demo_is_worth_nothing_elsewhere(people: None) -> None:
    client = Client()
    with override_settings(DEMO_CHECK=CHECK):
        client.post("/demo/", {"wie": cast.AUDITOR.key}, **DEMO)
        assert client.get("/account/", **DEMO).status_code == 200

    assert client.get("/account/").headers["Location"].startswith("/inloggen/")
    with override_settings(DEMO_CHECK=CHECK):
        assert client.get("/account/", **DEMO).headers["Location"].startswith("/inloggen/")


@pytest.mark.django_db
def test_nobody_outside_the_cast_can_be_had_by_a_click(people: None, sanne: Person) -> None:
    with override_settings(DEMO_CHECK=CHECK):
        strict = Client(enforce_csrf_checks=True)
        assert strict.post("/demo/", {"wie": cast.AUDITOR.key}, **DEMO).status_code == 403
        for who in ("", "niemand", sanne.email, str(sanne.code)):
            assert Client().post("/demo/", {"wie": who}, **DEMO).status_code == 404


def test_only_three_places_log_anybody_in_and_only_one_without_a_password() -> None:
    calls = re.compile(r"\b(?:auth\.login|perform_login|django_login|force_login|record_authentication)\(")
    found = {
        f"{file.relative_to(WEB)}: {call}"
        for file in WEB.rglob("*.py")
        for call in calls.findall(file.read_text(encoding="utf-8"))
    }
    marked = [file.name for file in WEB.rglob("*.py") if "demo_mark.MARK" in file.read_text(encoding="utf-8")]

    assert found == {
        "login/demo.py: auth.login(",
        "login/activation.py: perform_login(",
        "login/activation.py: record_authentication(",
        "login/views.py: record_authentication(",
    }
    assert marked == ["demo.py"]


@pytest.mark.django_db
def test_filling_a_demo_twice_changes_nothing_and_gives_nobody_a_password(people: None) -> None:
    from hervat.organisation.queries.accounts import account_of

    fill_demo()
    accounts = [account_of(one.email) for one in cast.CAST]

    assert len({account.code for account in accounts if account}) == len(cast.CAST)
    assert not any(account.has_usable_password() for account in accounts if account)


@pytest.mark.django_db
def test_the_demo_posts_each_of_the_cast_in_their_role_today(people: None) -> None:
    from django.utils import timezone

    from hervat.organisation.queries.accounts import code_of
    from hervat.organisation.queries.standing import roles_on
    from hervat.register.vocabulary import Role

    for one in cast.CAST:
        code = code_of(one.email)
        assert code is not None
        held = [posting.role for posting in roles_on(code, timezone.localdate())]
        assert held == ([] if one.role is Role.RE_INTEGRANT else [one.role])


def test_every_recipient_of_the_entry_is_in_the_cast_in_its_order() -> None:
    from hervat.register import in_force

    entry = in_force.history().latest.entries[0]
    assert [one.role for one in cast.RECIPIENTS] == [recipient.role for recipient in entry.recipients]
