"""The team of a commander: counts of units, who is off, and below them numbers without people."""

import re
from dataclasses import replace

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.rules.case_number import show_case_number
from hervat.organisation.models import Posting
from tests.access.conftest import post
from tests.cast import (
    ARMY,
    BRIGADE,
    COMMANDER,
    COMPANY,
    EGB_PHYSICIAN,
    JAN,
    OTHER_COMMANDER,
    SANNE,
    TODAY,
    UNIT_ADMIN_NCO,
    OfUnit,
)

from .cast import cast, keys, logged_in, room  # noqa: F401 - fixtures
from .test_menu import links

PATH = "/team/"


def text_of(client: Client, **asked: str) -> str:
    answer = client.get(PATH, asked)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def only_posted_to(unit: OfUnit) -> None:
    """Let the commander's posting end, and give one that reaches nothing below its unit."""
    Posting.objects.filter(user=COMMANDER.code).update(
        revoked_on=TODAY, revoked_by="x", revoked_by_kind="gebruiker", revoke_reason="Verplaatst"
    )
    post(replace(COMMANDER, unit=unit), first_day=TODAY)


def test_a_commander_sees_the_unit_in_numbers_and_who_is_off_with_the_way_to_each(cast: Opened) -> None:  # noqa: F811
    page = text_of(logged_in(COMMANDER))

    assert "1 mens is ziek" in page
    assert "A-cie" in page
    assert SANNE.name in page
    assert f"/dossier/{show_case_number(cast.case_number)}/?rol=commandant" in page
    assert "te laat" in page
    assert JAN.name not in page
    assert "getallen, geen mensen" not in page
    administration = text_of(logged_in(UNIT_ADMIN_NCO))
    assert SANNE.name in administration
    assert "Probleemanalyse" not in administration, "steps are not for who keeps the administration"
    assert "Te laat" not in administration


def test_below_a_posting_that_reaches_nobody_there_stand_numbers_and_the_rule(cast: Opened) -> None:  # noqa: F811
    only_posted_to(BRIGADE)
    page = text_of(logged_in(COMMANDER))

    assert SANNE.name not in page
    assert show_case_number(cast.case_number) not in page
    assert "getallen, geen mensen" in page
    assert "minder dan 10" in page
    assert "Een getal onder de 10 staat er niet, ook geen nul" in page


def test_the_commander_of_a_part_of_defence_has_numbers_and_no_list(cast: Opened) -> None:  # noqa: F811
    only_posted_to(ARMY)
    client = logged_in(COMMANDER)

    page = text_of(client)
    assert "Uw plaatsing reikt niet tot mensen" in page
    assert BRIGADE.abbreviation in page
    assert COMPANY.abbreviation not in page
    assert client.get("/caseload/").status_code == 403


def test_who_has_no_team_is_told_so_and_another_role_is_refused(cast: Opened) -> None:  # noqa: F811
    assert "hoort geen team" in text_of(logged_in(EGB_PHYSICIAN))
    assert PATH not in {href for href, _ in links(logged_in(EGB_PHYSICIAN), PATH, "Hoofdmenu")}
    assert (PATH, True) in links(logged_in(COMMANDER), PATH, "Hoofdmenu")
    assert SANNE.name not in text_of(logged_in(OTHER_COMMANDER))
    assert logged_in(COMMANDER).get(PATH, {"rol": "oobb"}).status_code == 403


def test_the_page_asks_the_database_little(cast: Opened) -> None:  # noqa: F811
    commander = logged_in(COMMANDER)
    commander.get(PATH)
    with CaptureQueriesContext(connection) as asked:
        commander.get(PATH)
    # What opens and closes a transaction, and the permit in it, is no question.
    apart = r"\s*(SAVEPOINT|RELEASE|SELECT set_config|SELECT pg_backend_pid)"
    statements = [one["sql"] for one in asked if not re.match(apart, one["sql"])]

    assert len(statements) <= 12, "\n".join(sql[:150] for sql in statements)
