"""Mijn traject: where somebody stands, what they must do, who works for them, in each state of a dossier."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hervat.course.actions.closing import close as close_course
from hervat.course.actions.recording import record
from hervat.course.actions.tasks import add_own_task
from hervat.course.rules.values import NewFact
from hervat.course.rules.vocabulary import Kind, Method
from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.queries.overview import overview
from hervat.dossiers.rules.case_number import show_case_number
from hervat.dossiers.rules.vocabulary import ClosingReason
from hervat.journal.models import Line
from hervat.register.vocabulary import Role
from tests.cast import COMMANDER, JAN, SANNE, TODAY
from tests.dossiers.files import open_for, permit_for

from .cast import cast, keys, logged_in, room  # noqa: F401 - fixtures

COURSE = "/mijn/?verder=1"


@pytest.fixture
def sanne(cast: Opened) -> Client:  # noqa: F811
    return logged_in(SANNE)


def main_of(client: Client, path: str = COURSE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    text = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", text)


def test_a_page_says_where_one_stands_and_who_works_for_them(sanne: Client, cast: Opened) -> None:  # noqa: F811
    page = main_of(sanne)

    assert re.search(r"U zit in week \d+ van 104\.", page)
    assert re.search(r"Dit had al klaar moeten zijn.{0,200}Probleemanalyse", page)
    assert "U maakt dit samen met uw commandant" in page
    assert re.search(r"<b>Commandant</b>.{0,80}13 Brig, sinds", page)
    assert COMMANDER.name not in page
    assert "Leg vast<" not in page
    assert "Overslaan" not in page
    told = Line.objects.filter(actor=str(SANNE.code), subject=COMMANDER.code).latest("id")
    assert (told.items, told.purpose) == (["gebruiker-toewijzing"], "toegang-regelen")


def test_the_page_asks_the_database_little(sanne: Client, cast: Opened) -> None:  # noqa: F811
    happened(cast)
    apart = re.compile(
        r"(SAVEPOINT|RELEASE|BEGIN|COMMIT|SELECT set_config|SELECT pg_backend_pid|SELECT version)"
    )
    case = f"/dossier/{show_case_number(cast.case_number)}/"
    for client, path in ((sanne, COURSE), (logged_in(COMMANDER), case)):
        main_of(client, path)
        with CaptureQueriesContext(connection) as asked:
            main_of(client, path)
        statements = [one["sql"] for one in asked if not apart.match(one["sql"].strip())]
        assert len(statements) <= 12, [path, *(query[:90] for query in statements)]


def test_what_happened_is_told_by_day_and_only_a_task_of_mine_is_finished_here(
    sanne: Client,
    cast: Opened,  # noqa: F811
) -> None:
    happened(cast)
    page = main_of(sanne)

    assert "U en uw commandant werden het eens over het plan van aanpak." in page
    assert "Wat er nu komt" in page
    assert "had al klaar moeten zijn" not in page
    assert "telefoon" in page
    assert "4 uur eigen werk" in page
    assert "Stuur uw roosterwensen" in page
    done = re.search(r'href="([^"]*/klaar/)[^"]*"', page)
    assert done
    assert page.count("/klaar/") == 1  # that of the commander is not mine
    assert "Bel het DCR" in page
    answer = sanne.post(done[1])
    assert answer.status_code == 303, answer.content.decode()
    assert answer.headers["Location"].startswith("/mijn/dossier/")
    assert "/klaar/" not in main_of(sanne, answer.headers["Location"])
    refused = sanne.post(re.sub("/taak/.*", "/vastleggen/contact/", done[1]), {"dag": "2026-11-01"})
    assert refused.status_code == 403


def test_each_role_that_works_here_says_what_it_sees(sanne: Client) -> None:
    page = main_of(sanne)
    commander = page.partition("<summary><b>Commandant</b>")[2].partition("</details>")[0]

    sees, hidden = commander.split("Ziet niet:")
    assert "Uren per week eigen werk" in sees
    assert "Medische gegevens" in hidden
    assert 'href="/mijn/lezers/"' in page


def test_of_several_dossiers_the_one_that_runs_comes_first_and_a_closed_one_can_be_read(
    sanne: Client,
    cast: Opened,  # noqa: F811
) -> None:
    close(cast)
    closed = main_of(sanne, "/mijn/")
    assert "Uw dossier is gesloten." in closed
    assert "Wat er nu komt" not in closed
    assert "Wijzigen" not in closed

    number = show_case_number(again().case_number)
    page = main_of(sanne)

    assert number in page.partition("Andere dossiers")[0]
    old = re.search(r'href="(/mijn/dossier/[^"]*)"', page.partition("Andere dossiers")[2])
    assert old
    assert "Uw dossier is gesloten." in main_of(sanne, old[1])
    assert logged_in(JAN).get(old[1]).status_code == 404
    assert logged_in(COMMANDER).get(old[1]).status_code == 404


def test_a_dossier_without_a_sick_report_has_a_page_too(sanne: Client, cast: Opened) -> None:  # noqa: F811
    close(cast)
    again()
    page = main_of(sanne)

    assert re.search(r"U zit in week \d+ van 104\.", page)
    assert "U hoeft nu niets te doen." in page
    assert "Er zijn nog geen uren vastgelegd." in page


def happened(opened: Opened) -> None:
    """Contact, hours, a plan that was agreed, and a task for each of two."""
    permit, today = permit_for(opened), TODAY
    facts = [
        NewFact(Kind.CONTACT, today, detail=Method.PHONE),
        NewFact(Kind.OWN_HOURS, today - timedelta(days=today.weekday()), detail=16),
        NewFact(Kind.OPINION, today - timedelta(days=10)),
        NewFact(Kind.PLAN, today),
    ]
    record(permit=permit, expected_version=overview(permit).version, facts=facts)
    for role, title in ((Role.RE_INTEGRANT, "Stuur uw roosterwensen"), (Role.COMMANDER, "Bel het DCR")):
        add_own_task(permit=permit, role=role, due_on=today + timedelta(days=3), title=title)


def close(opened: Opened) -> None:
    permit = permit_for(opened)
    version = overview(permit).version
    close_course(permit=permit, expected_version=version, on=TODAY, reason=ClosingReason.COURSE_ENDED)


def again() -> Opened:
    """A second dossier about the same person, opened today."""
    return open_for(SANNE, opened_on=TODAY, first_sick_on=TODAY)
