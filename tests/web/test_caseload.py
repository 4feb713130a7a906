"""The list of dossiers: whose, what of it, found by what, page by page."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.rules.case_number import show_case_number
from hervat.dossiers.rules.vocabulary import Field
from tests.cast import (
    ADMINISTRATOR,
    AUDITOR,
    COMMANDER,
    FUTURE,
    JAN,
    LEGAL_ADVISER,
    OTHER_COMMANDER,
    PO_ADVISER,
    PRIVACY_OFFICER,
    SANNE,
    Player,
    Sick,
)
from tests.dossiers.files import OPENED, open_for

from .cast import cast, keys, logged_in, room  # noqa: F401 - fixtures

LIST = "/caseload/"


def seek(client: Client, by: str, text: str) -> str:
    return client.post(LIST, {"op": by, "tekst": text}).content.decode()


def test_a_commander_sees_the_own_units_and_nobody_of_another(cast: Opened) -> None:  # noqa: F811
    own = logged_in(COMMANDER).get(LIST).content.decode()
    other = logged_in(OTHER_COMMANDER).get(LIST).content.decode()

    assert SANNE.name in own
    assert f"/dossier/{show_case_number(cast.case_number)}/" in own
    assert JAN.name not in own
    assert JAN.name in other
    assert SANNE.name not in other


@pytest.mark.parametrize("player", [PRIVACY_OFFICER, AUDITOR, ADMINISTRATOR])
def test_who_has_no_list_is_told_where_to_go(cast: Opened, player: Player) -> None:  # noqa: F811
    page = logged_in(player).get(LIST).content.decode()

    assert "hoort geen lijst van dossiers" in page
    assert SANNE.name not in page
    assert ("/toezicht/waarom/" in page) is (player is not ADMINISTRATOR)


def test_an_empty_list_says_what_to_do(cast: Opened) -> None:  # noqa: F811
    page = logged_in(LEGAL_ADVISER).get(LIST).content.decode()

    assert "Er is nu geen dossier aan u toegewezen" in page
    assert "u vindt dat dan onder Voorstellen" in page


def test_somebody_is_found_by_name_and_by_number_and_only_in_the_own_list(cast: Opened) -> None:  # noqa: F811
    adviser = logged_in(PO_ADVISER)

    assert SANNE.name in seek(adviser, "naw-gegevens", "yil")
    assert SANNE.name in seek(adviser, "werknemer-id", "W100001")
    assert SANNE.name in seek(adviser, "bsn", str(SANNE.facts[Field.BSN]))
    for by, text in (("naw-gegevens", "berg"), ("werknemer-id", "W100002"), ("bsn", "999990020")):
        page = seek(adviser, by, text)
        assert "In uw lijst is niemand gevonden" in page
        assert JAN.name not in page
        assert text not in page, "what was searched for does not come back"


def test_a_search_that_cannot_be_says_so_and_finds_nobody(cast: Opened) -> None:  # noqa: F811
    adviser = logged_in(PO_ADVISER)

    assert "elfproef" in seek(adviser, "bsn", "123456789")
    assert "Kies waarop u zoekt" in seek(adviser, "schoenmaat", "42")
    assert 'role="alert"' in seek(adviser, "naw-gegevens", "y")


def test_by_bsn_searches_only_who_may_see_it(cast: Opened) -> None:  # noqa: F811
    commander, adviser = logged_in(COMMANDER), logged_in(PO_ADVISER)

    assert '<option value="bsn"' in adviser.get(LIST).content.decode()
    assert '<option value="bsn"' not in commander.get(LIST).content.decode()
    answer = commander.post(LIST, {"op": "bsn", "tekst": str(SANNE.facts[Field.BSN])})
    assert answer.status_code == 403
    assert SANNE.name not in answer.content.decode()


def test_a_role_that_somebody_does_not_hold_is_refused(cast: Opened) -> None:  # noqa: F811
    adviser = logged_in(PO_ADVISER)

    assert adviser.get(LIST, {"rol": "po-adviseur"}).status_code == 200
    assert adviser.get(LIST, {"rol": "commandant"}).status_code == 403
    assert adviser.get(LIST, {"rol": "koning"}).status_code == 404


def test_the_list_goes_on_where_it_ended_and_ends(cast: Opened) -> None:  # noqa: F811
    for number in range(51):
        _open_another(number)
    commander = logged_in(COMMANDER)

    first = commander.get(LIST).content.decode()
    after = first.split("na=")[1].split('"')[0]
    second = commander.get(LIST, {"rol": "commandant", "na": after}).content.decode()

    assert first.count('<td class="number">') == 50
    assert second.count('<td class="number">') == 2
    assert ">Volgende<" in first
    assert ">Volgende<" not in second
    assert commander.get(LIST, {"na": "overal"}).status_code == 404


def test_a_list_of_many_asks_no_more_of_the_database_than_a_list_of_one(cast: Opened) -> None:  # noqa: F811
    commander = logged_in(COMMANDER)
    commander.get(LIST)

    with CaptureQueriesContext(connection) as one:
        commander.get(LIST)
    for number in range(12):
        _open_another(number)
    with CaptureQueriesContext(connection) as many:
        commander.get(LIST)

    assert len(many) == len(one)
    assert len(one) <= 24, [query["sql"][:90] for query in one]


def test_outside_a_demo_nobody_accepted_anything_so_nothing_is_shown(cast: Opened) -> None:  # noqa: F811
    """A session of a demo is worth nothing elsewhere either: it leads to the log-in."""
    answer = logged_in(FUTURE).get(LIST, headers={"X-Test-Demo": "0"})

    assert answer.status_code == 302


def _open_another(number: int) -> None:
    facts = SANNE.facts | {
        Field.NAME: f"Iemand Nummer{number}",
        Field.EMPLOYEE_ID: f"W2{number:05}",
    }
    del facts[Field.BSN]
    sick = Sick(code=SANNE.code, unit=SANNE.unit, facts=facts)
    open_for(
        sick, user_code=None, opened_on=OPENED + timedelta(days=number % 3), first_sick_on=date(2026, 10, 5)
    )
