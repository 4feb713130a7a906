"""The work list: what waits for an answer and what is asked of who comes in by assignment, by date."""

import re
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hervat.course.actions.recording import record
from hervat.course.rules.values import NewFact
from hervat.course.rules.vocabulary import Kind
from hervat.dossiers.actions.assigning import propose_assignment
from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.rules.assignments import Proposal
from hervat.dossiers.rules.case_number import show_case_number
from hervat.register.permit import Permit
from hervat.register.vocabulary import Operation
from tests.access.test_door import asks, assign, referring
from tests.cast import (
    COMMANDER,
    DCR_GUIDE,
    EGB_PHYSICIAN,
    FUTURE,
    LABOUR_EXPERT,
    PRIVACY_OFFICER,
    SANNE,
    TODAY,
)
from tests.dossiers.files import feed

from .cast import cast, keys, logged_in, room  # noqa: F401 - fixtures
from .test_menu import links

PATH = "/werklijst/"


def text_of(client: Client) -> str:
    answer = client.get(PATH)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def capacity(opened: Opened, *, look_again_in: int, given: int = 30) -> None:
    """Record a statement of capacity that wants a new look so many days from now."""
    fact = NewFact(Kind.CAPACITY, TODAY - timedelta(days=given), TODAY + timedelta(days=look_again_in))
    record(permit=feed(SANNE.unit.id), expected_version=None, facts=[fact], dossier=opened.dossier)


def _about_users(opened: Opened) -> Permit:
    asked = asks(COMMANDER, operation=Operation.REFER)
    return referring(asked, opened)


def test_the_physician_sees_the_opinion_that_is_late_and_goes_to_its_form(cast: Opened) -> None:  # noqa: F811
    number = show_case_number(cast.case_number)
    assert SANNE.name not in text_of(logged_in(EGB_PHYSICIAN))
    assign(cast, EGB_PHYSICIAN)
    page = text_of(logged_in(EGB_PHYSICIAN))

    assert "Probleemanalyse" in page
    assert SANNE.name in page
    assert f'href="/dossier/{number}/vastleggen/advies-bedrijfsarts/' in page
    assert "te laat" in page
    assert "Plan van aanpak" not in page, "that is the commander's"


def test_a_statement_wants_a_new_look_from_who_writes_them_and_others_only_see_the_day(
    cast: Opened,  # noqa: F811
) -> None:
    capacity(cast, look_again_in=-3)
    for player in (LABOUR_EXPERT, DCR_GUIDE):
        assign(cast, player)
    expert, guide = (text_of(logged_in(player)) for player in (LABOUR_EXPERT, DCR_GUIDE))

    assert "Belastbaarheid opnieuw bekijken" in expert
    assert "die dag is voorbij" in expert
    assert "/vastleggen/belastbaarheid/" in expert
    assert "Belastbaarheid opnieuw bekijken" in guide
    assert "/vastleggen/belastbaarheid/" not in guide
    capacity(cast, look_again_in=100, given=1)
    assert "Belastbaarheid" not in text_of(logged_in(LABOUR_EXPERT)), "the last statement counts"


def test_a_proposal_stands_on_top_and_tells_nothing_of_whom_it_is_about(cast: Opened) -> None:  # noqa: F811
    proposal = Proposal(user=LABOUR_EXPERT.code, role=LABOUR_EXPERT.role, first_day=TODAY)
    propose_assignment(permit=_about_users(cast), proposal=proposal)
    page = text_of(logged_in(LABOUR_EXPERT))

    assert "1 voorstel wacht op uw antwoord" in page
    assert f"/dossier/{show_case_number(cast.case_number)}/voorstel/" in page
    assert SANNE.name not in page
    assert "wordt in uw dossiers niets van u gevraagd" in page


def test_who_has_no_work_list_is_told_so_and_has_it_in_no_menu(cast: Opened) -> None:  # noqa: F811
    for player in (COMMANDER, PRIVACY_OFFICER):
        assert "hoort geen werklijst" in text_of(logged_in(player))
        assert PATH not in {href for href, _ in links(logged_in(player), PATH, "Hoofdmenu")}
    assert (PATH, True) in links(logged_in(EGB_PHYSICIAN), PATH, "Hoofdmenu")
    assert logged_in(EGB_PHYSICIAN).get(PATH, {"rol": "commandant"}).status_code == 403


def test_who_may_not_know_of_absence_reads_why_the_list_is_empty(cast: Opened) -> None:  # noqa: F811
    assign(cast, FUTURE)

    page = text_of(logged_in(FUTURE))
    assert "per geval" in page or "niet" in page
    assert SANNE.name not in page


def test_the_page_asks_the_database_little(cast: Opened) -> None:  # noqa: F811
    assign(cast, LABOUR_EXPERT)
    capacity(cast, look_again_in=3)
    expert = logged_in(LABOUR_EXPERT)
    expert.get(PATH)
    with CaptureQueriesContext(connection) as asked:
        expert.get(PATH)
    # What opens and closes a transaction, and the permit in it, is no question.
    apart = r"\s*(SAVEPOINT|RELEASE|SELECT set_config|SELECT pg_backend_pid)"
    statements = [one["sql"] for one in asked if not re.match(apart, one["sql"])]

    assert len(statements) <= 12, "\n".join(sql[:150] for sql in statements)
