"""What to do now: in the role of who looks, the late first, and each row leads to where it is done."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hervat.course.actions.opening import open_course
from hervat.course.actions.recording import record
from hervat.course.rules.values import NewFact
from hervat.course.rules.vocabulary import Kind
from hervat.dossiers.actions.opening import NewDossier, Opened
from hervat.dossiers.rules.case_number import show_case_number
from tests.access.conftest import post
from tests.access.test_deputies import deputise
from tests.access.test_door import assign
from tests.cast import (
    ADMINISTRATOR,
    APPOINTMENT,
    BRIGADE,
    COMMANDER,
    EGB_PHYSICIAN,
    FUTURE,
    OTHER_COMMANDER,
    PO_ADVISER,
    PRIVACY_OFFICER,
    RECORDS_MANAGER,
    SANNE,
    TODAY,
    players,
)
from tests.dossiers.files import feed

from .cast import account, keys, logged_in, room  # noqa: F401 - fixtures
from .conftest import CHECK


@pytest.fixture
def sanne_course(room: None, settings: object) -> Opened:  # noqa: F811
    """Sanne, sick for sixty days, with nothing recorded since: the plan is late."""
    for player in players():
        post(player, below=player.unit is BRIGADE)
    account(SANNE)
    settings.DEMO_CHECK = CHECK  # type: ignore[attr-defined]
    first = TODAY - timedelta(days=60)
    new = NewDossier(
        unit=SANNE.unit.id,
        first_sick_on=first,
        opened_on=first,
        identity=SANNE.facts,
        appointment=APPOINTMENT,
        user_code=SANNE.code,
    )
    return open_course(permit=feed(new.unit), new=new)[0]


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def part_of(page: str, code: str) -> str:
    return page.partition(f'aria-labelledby="{code}"')[2].partition("</section>")[0]


def test_a_commander_sees_the_late_plan_and_goes_to_where_it_is_recorded(sanne_course: Opened) -> None:
    page = text_of(logged_in(COMMANDER), "/nu/")
    late = part_of(page, "te-laat")

    assert "Plan van aanpak" in late
    assert SANNE.name in late
    assert "dagen te laat" in late
    case = show_case_number(sanne_course.case_number)
    assert f'href="/dossier/{case}/vastleggen/plan-van-aanpak/' in late
    assert re.search(r"U heeft \d+ taken, waarvan \d+ te laat", page)
    assert "Probleemanalyse" in part_of(page, "wacht")


def test_the_physician_who_is_assigned_is_the_one_who_must_act(sanne_course: Opened) -> None:
    assert "Plan van aanpak" not in text_of(logged_in(EGB_PHYSICIAN), "/nu/")
    assign(sanne_course, EGB_PHYSICIAN)

    assert "Probleemanalyse" in part_of(text_of(logged_in(EGB_PHYSICIAN), "/nu/"), "te-laat")


def test_another_unit_has_nothing_of_it_and_the_officer_comes_to_the_log(sanne_course: Opened) -> None:
    other = text_of(logged_in(OTHER_COMMANDER), "/nu/")

    assert SANNE.name not in other
    assert "U bent bij" in other
    assert logged_in(PRIVACY_OFFICER).get("/nu/").headers["Location"] == "/toezicht/logboek/"
    assert logged_in(SANNE).get("/nu/").headers["Location"] == "/mijn/"
    assert logged_in(ADMINISTRATOR).get("/nu/").headers["Location"] == "/beheer/gebruikers/"
    assert logged_in(RECORDS_MANAGER).get("/nu/").headers["Location"] == "/"


def test_what_is_recorded_goes_from_the_list(sanne_course: Opened) -> None:
    commander, case = logged_in(COMMANDER), show_case_number(sanne_course.case_number)
    path = f"/dossier/{case}/vastleggen/plan-van-aanpak/"
    version = re.search(r'name="version" value="(\d+)"', text_of(commander, path))
    assert version
    why = {"waarom": "vergeten", "toelichting": "Het gesprek is blijven liggen."}
    answer = commander.post(path, {"version": version[1], "dag": TODAY.isoformat(), **why})

    assert answer.status_code == 303
    assert "Plan van aanpak" not in part_of(text_of(commander, "/nu/"), "te-laat").replace(
        "Evaluatie van het plan van aanpak", ""
    )


def test_a_message_without_a_reason_asks_for_it_and_a_reason_ends_that(sanne_course: Opened) -> None:
    told = [NewFact(Kind.PLAN, TODAY - timedelta(days=1))]
    record(permit=feed(SANNE.unit.id), expected_version=None, facts=told, dossier=sanne_course.dossier)
    commander = logged_in(COMMANDER)
    late = part_of(text_of(commander, "/nu/"), "te-laat")

    assert "reden ontbreekt" in late
    href = re.search(r'href="([^"]+/reden/)', late)
    assert href
    assert commander.post(href[1], {"waarom": "vergeten", "toelichting": "Te kort"}).status_code == 422
    why = {"waarom": "verlof", "toelichting": "De commandant was met verlof."}
    assert commander.post(href[1], why).status_code == 303
    assert "reden ontbreekt" not in text_of(commander, "/nu/")
    assert commander.post(href[1], why).status_code == 422


def test_a_step_is_skipped_with_a_reason_and_an_own_task_is_made_and_finished(sanne_course: Opened) -> None:
    adviser, case = logged_in(PO_ADVISER), show_case_number(sanne_course.case_number)
    given = {"omschrijving": "Bel het DCR", "wie": "po-adviseur", "dag": TODAY.isoformat()}

    assert adviser.post(f"/dossier/{case}/taak/", given).status_code == 303
    assert adviser.post(f"/dossier/{case}/taak/", given | {"omschrijving": "x"}).status_code == 422
    week = text_of(adviser, "/nu/")
    assert "Bel het DCR" in week
    href = re.search(r'href="([^"]+/klaar/)', week)
    assert href
    assert logged_in(OTHER_COMMANDER).get(href[1]).status_code == 404
    assert adviser.post(href[1]).status_code == 303
    assert "Bel het DCR" not in text_of(adviser, "/nu/")


def test_the_page_asks_the_database_little(sanne_course: Opened) -> None:
    commander = logged_in(COMMANDER)
    commander.get("/nu/")
    with CaptureQueriesContext(connection) as asked:
        commander.get("/nu/")
    statements = [
        one["sql"] for one in asked if not re.match(r"(SAVEPOINT|RELEASE|BEGIN|COMMIT)", one["sql"])
    ]

    assert len(statements) <= 16, statements


def test_a_deputy_finds_the_colleague_with_the_last_day_and_each_row_says_for_whom(
    sanne_course: Opened,
) -> None:
    deputise(COMMANDER, OTHER_COMMANDER)
    deputy = logged_in(OTHER_COMMANDER)
    own = text_of(deputy, "/nu/")

    assert f"U neemt waar voor {COMMANDER.name}, tot en met" in own
    assert SANNE.name not in own
    href = re.search(r'href="(\?namens=[^"]+)"', own)
    assert href
    theirs = text_of(deputy, f"/nu/{href[1]}")
    assert SANNE.name in part_of(theirs, "te-laat")
    assert f"namens {COMMANDER.name}" in part_of(theirs, "te-laat")
    case = show_case_number(sanne_course.case_number)
    assert deputy.get(f"/dossier/{case}/vastleggen/plan-van-aanpak/?rol=commandant").status_code == 200
    assert logged_in(PO_ADVISER).get(f"/nu/{href[1]}").status_code in {403, 404}


def test_who_may_not_know_of_absence_lands_on_the_work_list(sanne_course: Opened) -> None:
    answer = logged_in(FUTURE).get("/nu/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/werklijst/?rol=future")
