"""Recording what happened: a form for each kind, a reason where a step is late, and what moved afterwards."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from hervat.course.rules.vocabulary import Kind
from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.rules.case_number import show_case_number
from hervat.web.presenters.kinds import HOURS, RECORDED, words_of
from tests.cast import COMMANDER, OTHER_COMMANDER, PO_ADVISER, PRIVACY_OFFICER, TODAY

from .cast import cast, keys, logged_in, room  # noqa: F401 - fixtures


@pytest.fixture
def case(cast: Opened) -> str:  # noqa: F811
    """The address of the dossier of the sick sergeant."""
    return f"/dossier/{show_case_number(cast.case_number)}/"


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def version_of(client: Client, path: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', text_of(client, path))
    assert found
    return found[1]


def send(client: Client, path: str, **given: str) -> tuple[int, str]:
    """Fill in a form for the newest version and send it; return the status and the page."""
    answer = client.post(path, {"version": version_of(client, path), **given})
    return answer.status_code, " ".join(answer.content.decode().split())


def test_every_form_has_words_of_its_own() -> None:
    titles = [words_of(code).title for code in RECORDED]

    assert len(set(titles)) == len(RECORDED)
    assert {kind for kinds in RECORDED.values() for kind in kinds} == set(Kind)


def test_a_commander_records_a_contact_and_sees_it_said_once(case: str) -> None:
    commander = logged_in(COMMANDER)

    status, _page = send(commander, f"{case}vastleggen/contact/", dag=TODAY.isoformat(), contact="telefoon")

    assert status == 303
    assert "Vastgelegd" in text_of(commander, case)
    assert "Vastgelegd" not in text_of(commander, case)


def test_who_may_not_write_it_gets_no_form_and_who_may_not_know_finds_nothing(case: str) -> None:
    assert logged_in(COMMANDER).get(f"{case}vastleggen/hersteld/").status_code == 403
    assert logged_in(PO_ADVISER).get(f"{case}vastleggen/hersteld/").status_code == 200
    assert logged_in(OTHER_COMMANDER).get(f"{case}vastleggen/contact/").status_code == 404
    assert logged_in(PRIVACY_OFFICER).get(f"{case}vastleggen/contact/").status_code == 404
    assert logged_in(COMMANDER).get(f"{case}vastleggen/iets/").status_code == 404


def test_hours_of_own_and_adapted_work_are_of_the_week_of_the_day_that_was_chosen(case: str) -> None:
    commander = logged_in(COMMANDER)
    path = f"{case}vastleggen/{HOURS}/"

    assert send(commander, path, dag=TODAY.isoformat(), **{"uren-eigen-werk": "12.25"})[0] == 303
    assert send(commander, path, dag=TODAY.isoformat(), **{"uren-aangepast-werk": "8"})[0] == 303
    monday = TODAY - timedelta(days=TODAY.weekday())
    status, page = send(commander, path, dag=monday.isoformat(), **{"uren-eigen-werk": "13"})

    assert status == 422
    assert "Dit staat er voor die dag al" in page
    assert send(commander, path, dag=TODAY.isoformat())[0] == 422


def test_a_step_that_is_late_asks_why_on_the_same_page_and_is_recorded_with_it(case: str) -> None:
    commander, path = logged_in(COMMANDER), f"{case}vastleggen/plan-van-aanpak/"
    advised = TODAY - timedelta(days=30)
    send(logged_in(PO_ADVISER), f"{case}vastleggen/advies-bedrijfsarts/", dag=advised.isoformat())

    status, page = send(commander, path, dag=TODAY.isoformat())
    assert status == 422
    assert "Waarom is dit later of anders?" in page
    assert TODAY.isoformat() in page
    short = {"waarom": "vergeten", "toelichting": "Ja."}
    assert send(commander, path, dag=TODAY.isoformat(), **short)[0] == 422
    why = {"waarom": "wachten-op-arts", "toelichting": "De arts had pas later plaats."}
    assert send(commander, path, dag=TODAY.isoformat(), **why)[0] == 303
    assert "Hiermee is gedaan:" in text_of(commander, case)


def test_recovery_and_a_relapse_show_every_day_that_moved(case: str) -> None:
    adviser = logged_in(PO_ADVISER)
    fit, again = TODAY - timedelta(days=30), TODAY - timedelta(days=10)

    assert send(adviser, f"{case}vastleggen/hersteld/", dag=fit.isoformat())[0] == 303
    text_of(adviser, case)
    assert send(adviser, f"{case}vastleggen/ziek/", dag=again.isoformat())[0] == 303
    page = text_of(adviser, case)

    assert "20 dagen later" in page
    assert "42e-weeksmelding aan UWV" in page


def test_what_cannot_be_is_said_in_dutch_and_nothing_typed_is_lost(case: str) -> None:
    adviser = logged_in(PO_ADVISER)
    tomorrow = (TODAY + timedelta(days=400)).isoformat()

    status, page = send(adviser, f"{case}vastleggen/hersteld/", dag=tomorrow)

    assert status == 422
    assert "ligt in de toekomst" in page
    assert tomorrow in page


def test_two_people_at_once_lose_nothing(case: str) -> None:
    commander, adviser = logged_in(COMMANDER), logged_in(PO_ADVISER)
    path = f"{case}vastleggen/contact/"
    seen = version_of(commander, path)
    assert send(adviser, path, dag=TODAY.isoformat(), contact="bezoek")[0] == 303

    given = {"version": seen, "dag": TODAY.isoformat(), "contact": "gesprek"}
    answer = commander.post(path, given)

    assert answer.status_code == 409
    page = " ".join(answer.content.decode().split())
    assert "Iemand anders heeft dit" in page
    assert '<option value="gesprek" selected>' in page
