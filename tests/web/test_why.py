"""Why somebody sees something: on the page, for the FG and on the command line, one answer."""

import pytest

from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.rules.case_number import show_case_number
from hervat.journal.models import Line
from tests.cast import ADMINISTRATOR, COMMANDER, OTHER_COMMANDER, PRIVACY_OFFICER, SANNE

from .cast import cast, keys, logged_in, room  # noqa: F401 - fixtures

DESK = "/toezicht/waarom/"


@pytest.fixture
def number(cast: Opened) -> str:  # noqa: F811
    return show_case_number(cast.case_number)


def test_a_field_says_by_which_role_and_way_and_on_which_source(number: str) -> None:
    page = logged_in(COMMANDER).get(f"/dossier/{number}/waarom/naw-gegevens/").content.decode()

    assert "Commandant" in page
    assert "uw plaatsing bij de eenheid (13 Brig)" in page
    assert "AP-beleidsregels" in page
    assert "zekerheid hoog" in page
    assert "geen-matrix" in page


def test_a_closed_field_says_why_not_and_shows_nothing(number: str) -> None:
    page = logged_in(COMMANDER).get(f"/dossier/{number}/waarom/geboortedatum/").content.decode()

    assert "is de geboortedatum niet nodig" in page
    assert "1991" not in page


def test_an_item_that_does_not_exist_is_not_found(number: str) -> None:
    assert logged_in(COMMANDER).get(f"/dossier/{number}/waarom/schoenmaat/").status_code == 404


def test_the_officer_gets_the_answer_that_the_user_gets_and_no_content(number: str) -> None:
    officer = logged_in(PRIVACY_OFFICER)
    sent = {"wie": str(COMMANDER.code), "zaak": number, "gegeven": "naw-gegevens"}

    page = officer.post(DESK, sent).content.decode()
    every = officer.post(DESK, sent | {"gegeven": ""}).content.decode()

    assert "uw plaatsing bij de eenheid (13 Brig)" in page
    assert every.count('class="answer"') > 30
    assert SANNE.name not in page + every


def test_the_officer_does_not_learn_whether_a_case_exists_that_is_not_that_users(number: str) -> None:
    officer = logged_in(PRIVACY_OFFICER)
    sent = {"wie": str(OTHER_COMMANDER.code), "gegeven": "bsn"}
    pages = [
        officer.post(DESK, sent | {"zaak": zaak}).content.decode().replace(zaak, "ZAAK")
        for zaak in (number, "C3H4-K5M6-N7QX")
    ]

    assert "Dit dossier is er niet, of het is niet voor u." in pages[0]
    answers = [page.partition("Geen toegang")[2].partition("</section>")[0] for page in pages]
    assert answers[0] == answers[1]


def test_that_the_officer_asked_is_told_of_that_user_and_refuses_nobody_in_their_name(number: str) -> None:
    refused = Line.objects.filter(outcome="geweigerd").count()
    logged_in(PRIVACY_OFFICER).post(DESK, {"wie": str(OTHER_COMMANDER.code), "zaak": number})

    line = Line.objects.filter(subject=OTHER_COMMANDER.code, items__contains=["gebruiker-plaatsing"]).latest(
        "id"
    )
    assert line.actor == str(PRIVACY_OFFICER.code)
    assert Line.objects.filter(outcome="geweigerd").count() == refused


def test_only_who_oversees_may_ask_about_another(number: str) -> None:
    for player in (COMMANDER, ADMINISTRATOR):
        assert logged_in(player).get(DESK).status_code == 403
    assert logged_in(PRIVACY_OFFICER).get(DESK).status_code == 200
    wrong = logged_in(PRIVACY_OFFICER).post(DESK, {"wie": "niemand@example.org", "zaak": number})
    assert "Deze gebruiker is er niet" in wrong.content.decode()
