"""The pages of a re-integrant: own data, the notice, who read of them, and a question to the FG."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.rules.case_number import show_case_number
from hervat.dossiers.rules.vocabulary import Field
from hervat.journal.models import Line
from hervat.register import in_force
from tests.cast import COMMANDER, JAN, OTHER_COMMANDER, SANNE

from .cast import cast, keys, logged_in, room  # noqa: F401 - fixtures

COURSE = "/mijn/?verder=1"
READERS = "/mijn/lezers/"


@pytest.fixture
def sanne(cast: Opened) -> Client:  # noqa: F811
    return logged_in(SANNE)


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_somebody_sees_the_own_data_and_not_those_of_another(sanne: Client) -> None:
    page = text_of(sanne, COURSE)

    assert str(SANNE.facts[Field.BSN]) in page
    assert SANNE.name in page
    assert JAN.name not in page
    assert JAN.name in text_of(logged_in(JAN), COURSE)


def test_who_has_no_dossier_is_told_what_to_do(cast: Opened) -> None:  # noqa: F811
    assert "Er is geen dossier over u." in text_of(logged_in(COMMANDER), "/mijn/")
    assert "Er is geen dossier over u." in text_of(logged_in(COMMANDER), READERS)


def test_at_the_first_visit_the_notice_comes_first_and_reading_it_is_dated_once(sanne: Client) -> None:
    assert sanne.get("/mijn/").headers["Location"] == "/mijn/informatie/"
    assert "nog niet bevestigd" in text_of(sanne, COURSE)

    assert sanne.post("/mijn/informatie/").headers["Location"] == "/mijn/"

    assert "nog niet bevestigd" not in text_of(sanne, "/mijn/")
    assert "U bevestigde op" in text_of(sanne, "/mijn/informatie/")
    lines = Line.objects.filter(operation="dossier-bijhouden", effect="U", parent_span_id__isnull=False)
    assert lines.count() == 1
    sanne.post("/mijn/informatie/")
    assert lines.count() == 1


def test_the_notice_says_what_the_register_says(sanne: Client) -> None:
    page = text_of(sanne, "/mijn/informatie/").replace("&amp;", "&").replace("&#x27;", "'")
    register = in_force.history().latest

    responsible = page.partition("Wie is verantwoordelijk")[2].partition("</section>")[0]
    assert responsible.count("<li>Ministerie van Defensie</li>") == 1
    for recipient in register.entry.recipients:
        assert recipient.phrase in page
    for group in register.entry.groups[:2]:
        for purpose in group.purposes:
            assert register.purpose(purpose).phrase in page
        for source in group.sources:
            assert source in page
        for block in group.retention:
            assert all(term.phrase in page for term in block.terms)


def test_the_readers_are_told_by_role_and_unit_and_never_by_name_or_code(cast: Opened, sanne: Client) -> None:  # noqa: F811
    logged_in(COMMANDER).get(f"/dossier/{show_case_number(cast.case_number)}/")
    logged_in(COMMANDER).get("/caseload/")

    opened, listed = text_of(sanne, READERS), text_of(sanne, f"{READERS}?hoe=in-lijst")

    assert "Commandant, 13 Brig</b> las uw gegevens" in opened
    assert "Commandant</b> las uw gegevens" in listed
    assert opened.count("Commandant, 13 Brig") == 2  # the line, and its button for who cannot see
    for page in (opened, listed):
        assert COMMANDER.name not in page
        assert str(COMMANDER.code) not in page


def test_an_organisation_may_choose_to_tell_the_names(
    cast: Opened,  # noqa: F811
    sanne: Client,
    settings: Any,
) -> None:
    logged_in(COMMANDER).get(f"/dossier/{show_case_number(cast.case_number)}/")
    settings.READERS_BY_NAME = True

    page = text_of(sanne, READERS)

    assert f"</b> ({COMMANDER.name})" in page
    assert str(COMMANDER.code) not in page
    told = Line.objects.filter(subject=COMMANDER.code, items__contains=["gebruiker-naam"])
    assert told.latest("id").actor == str(SANNE.code)


def test_who_tried_and_was_not_let_in_is_told_as_well(cast: Opened, sanne: Client) -> None:  # noqa: F811
    logged_in(OTHER_COMMANDER).get(f"/dossier/{show_case_number(cast.case_number)}/")

    page = text_of(sanne, READERS)

    assert "wilde uw gegevens zien" in page
    assert "geweigerd" in page


def test_looking_at_the_readers_is_itself_in_the_log(cast: Opened, sanne: Client) -> None:  # noqa: F811
    text_of(sanne, READERS)
    page = text_of(sanne, READERS)

    assert "uzelf</b> bekeek wie uw gegevens las" in page
    line = Line.objects.filter(subject=cast.person, operation="rechten-van-betrokkene").latest("id")
    assert line.actor == str(SANNE.code)


def test_a_question_is_a_line_and_says_how_to_reach_the_officer(cast: Opened, sanne: Client) -> None:  # noqa: F811
    logged_in(COMMANDER).get(f"/dossier/{show_case_number(cast.case_number)}/")
    asked = re.search(r'name="regel" value="([^"]+)"', text_of(sanne, READERS))
    assert asked

    page = sanne.post("/mijn/lezers/vraag/", {"regel": asked[1]}).content.decode()

    assert asked[1] in page
    assert "Er gaat nog geen bericht uit" in page
    line = Line.objects.get(object_kind="logregel")
    assert (str(line.object_id), line.subject) == (asked[1], cast.person)
    assert "stelde een vraag aan de FG" in text_of(sanne, READERS)
    assert sanne.post("/mijn/lezers/vraag/", {"regel": "onzin"}).status_code == 404
    assert sanne.get("/mijn/lezers/vraag/").status_code == 405


def test_the_readers_come_page_by_page(sanne: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hervat.web.dossiers.mine.LINES", 3)
    for _ in range(4):
        text_of(sanne, COURSE)
    first = text_of(sanne, READERS)
    older = re.search(r"voor=(\d+)", first.partition("<main")[2])
    assert older
    second = text_of(sanne, f"{READERS}?hoe=geopend&voor={older[1]}")

    assert first.count('<span class="at">') == 3
    assert "een taak van het systeem" not in first
    assert "een taak van het systeem" in second
    assert sanne.get(f"{READERS}?voor=x").status_code == 404


def test_a_page_of_readers_asks_no_more_for_many_lines(sanne: Client) -> None:
    text_of(sanne, READERS)
    with CaptureQueriesContext(connection) as few:
        text_of(sanne, READERS)
    for _ in range(6):
        text_of(sanne, COURSE)
    with CaptureQueriesContext(connection) as many:
        text_of(sanne, READERS)

    assert len(many) == len(few)
    assert len(few) <= 30, [query["sql"][:90] for query in few]
