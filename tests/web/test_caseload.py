"""The list of dossiers: whose, what of it, found by what, page by page."""

import csv
import re
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from hervat.course.actions.closing import close
from hervat.course.queries.caseload import Filters, Sort
from hervat.course.queries.taking import TooMany, take_along
from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.models import Dossier
from hervat.dossiers.queries.permitted import reaching
from hervat.dossiers.rules.case_number import show_case_number
from hervat.dossiers.rules.scope import scope_of
from hervat.dossiers.rules.vocabulary import CaseGround, ClosingReason, Field
from hervat.journal.models import Line
from tests.access.test_deputies import deputise
from tests.access.test_door import assign
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
    TODAY,
    UNIT_ADMIN_NCO,
    Player,
    Sick,
)
from tests.dossiers.files import OPENED, list_permit, open_for, permit_for

from .cast import begin, cast, keys, logged_in, room  # noqa: F401 - fixtures
from .desks import logged_in as logged_in_long_ago

LIST = "/caseload/"


def page_of(client: Client, **asked: str) -> str:
    answer = client.get(LIST, asked)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def counter(page: str, what: str) -> str:
    found = re.search(rf"<b>([^<]*)</b> {what}</a>", page)
    return found[1] if found else ""


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

    assert SANNE.name in seek(adviser, "", "yil")
    assert SANNE.name in seek(adviser, "", "W100001")
    assert SANNE.name in seek(adviser, "bsn", str(SANNE.facts[Field.BSN]))
    for by, text in (("", "berg"), ("", "W100002"), ("bsn", "999990020")):
        page = seek(adviser, by, text)
        assert "In uw lijst is niemand gevonden" in page
        assert JAN.name not in page
        assert text not in page, "what was searched for does not come back"


def test_a_case_number_leads_to_the_dossier_and_one_of_another_unit_to_nobody(cast: Opened) -> None:  # noqa: F811
    number = show_case_number(cast.case_number)

    found = logged_in(PO_ADVISER).post(LIST, {"tekst": number.lower()})
    assert (found.status_code, found.headers["Location"]) == (303, f"/dossier/{number}/?rol=po-adviseur")
    assert logged_in(PO_ADVISER).get(found.headers["Location"]).status_code == 200
    other = logged_in(OTHER_COMMANDER).post(LIST, {"tekst": number})
    assert other.status_code == 200
    assert "In uw lijst is niemand gevonden" in other.content.decode()


def test_a_search_that_cannot_be_says_so_and_finds_nobody(cast: Opened) -> None:  # noqa: F811
    adviser = logged_in(PO_ADVISER)

    assert "elfproef" in seek(adviser, "bsn", "123456789")
    assert "Vul in wie u zoekt" in seek(adviser, "", " ")
    assert 'role="alert"' in seek(adviser, "", "y")
    assert "kunt u hierop niet zoeken" in seek(logged_in(FUTURE), "", "W100001")


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
        open_another(number)
    commander = logged_in(COMMANDER)

    first = commander.get(LIST).content.decode()
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    second = commander.get(LIST + following[1].replace("&amp;", "&")).content.decode()

    assert (first.count("<tr>"), second.count("<tr>")) == (51, 3)
    assert "van 52" in first
    assert 'rel="next"' not in second
    assert "Naar het begin" in second
    assert commander.get(LIST, {"na": "overal"}).status_code == 404


def test_a_list_of_many_asks_no_more_of_the_database_than_a_list_of_one(cast: Opened) -> None:  # noqa: F811
    commander = logged_in(COMMANDER)
    commander.get(LIST)

    with CaptureQueriesContext(connection) as one:
        commander.get(LIST)
    for number in range(12):
        open_another(number)
    with CaptureQueriesContext(connection) as many:
        commander.get(LIST)

    assert len(many) == len(one)
    asked = [sql for sql in (query["sql"] for query in one) if not re.match(r"(SAVEPOINT|RELEASE)", sql)]
    assert len(asked) <= 12, "\n".join(sql[:150] for sql in asked)


def test_outside_a_demo_nobody_accepted_anything_so_nothing_is_shown(cast: Opened) -> None:  # noqa: F811
    """A session of a demo is worth nothing elsewhere either: it leads to the log-in."""
    answer = logged_in(FUTURE).get(LIST, headers={"X-Test-Demo": "0"})

    assert answer.status_code == 302


def test_a_row_says_which_week_it_is_what_comes_next_and_how_pressing_it_is(cast: Opened) -> None:  # noqa: F811
    page = page_of(logged_in(COMMANDER))
    row = page.partition("<tbody>")[2].partition("</tr>")[0]

    assert "<b>8</b> van 104" in row
    assert '<rect class="past" width="8"' in row
    assert "CLAS · A-cie" in row
    assert "Probleemanalyse" in row
    assert "te laat" in row


def test_the_counters_count_and_each_leads_to_what_it_counts(cast: Opened) -> None:  # noqa: F811
    commander = logged_in(COMMANDER)
    page = page_of(commander)

    assert [counter(page, what) for what in ("te laat", "deze week", "lopend", "hersteld")] == [
        "1",
        "0",
        "1",
        "0",
    ]
    late = re.search(r'href="([^"]+)"[^>]*><b>1</b> te laat', page)
    assert late
    chosen = commander.get(LIST + late[1].replace("&amp;", "&")).content.decode()
    assert SANNE.name in chosen
    assert 'aria-current="true"' in chosen
    none = page_of(commander, termijn="deze-week")
    assert "Met deze filters is er niemand" in none
    assert SANNE.name not in none


def test_filters_stand_in_the_address_and_choose(cast: Opened) -> None:  # noqa: F811
    commander = logged_in(COMMANDER)
    for asked, there in (
        ({"status": "ziek"}, True),
        ({"status": "hersteld"}, False),
        ({"stap": "problem_analysis"}, True),
        ({"stap": "action_plan"}, False),
        ({"van-week": "8", "tot-week": "8"}, True),
        ({"van-week": "9"}, False),
        ({"eenheid": "A-cie"}, True),
        ({"eenheid": "13 Brig"}, True),
        ({"onderdeel": "CLAS", "volgorde": "eerste-ziektedag"}, True),
    ):
        assert (SANNE.name in page_of(commander, **asked)) is there, asked
    for wrong in (
        {"status": "blij"},
        {"stap": "wachten"},
        {"eenheid": "43 Brig"},
        {"van-week": "0"},
        {"van-week": "x"},
        {"volgorde": "naam"},
    ):
        answer = commander.get(LIST, wrong)
        assert answer.status_code == 400, wrong
        assert "Dit filter kennen wij niet" in answer.content.decode()


def test_what_a_role_may_not_see_is_no_filter_and_asked_for_by_hand_it_is_refused(cast: Opened) -> None:  # noqa: F811
    nco = logged_in(UNIT_ADMIN_NCO)
    page = page_of(nco)

    assert SANNE.name in page
    assert 'name="termijn"' not in page
    assert "Probleemanalyse" not in page
    assert counter(page, "te laat") == ""
    assert counter(page, "lopend") == "1"
    assert "Volgende stap</b> ziet u niet in deze lijst" in page
    assert 'value="wia_application"' in page_of(logged_in(PO_ADVISER))
    for client, asked in (
        (nco, {"termijn": "te-laat"}),
        (nco, {"stap": "action_plan"}),
        (nco, {"volgorde": "termijn"}),
        (logged_in(COMMANDER), {"status": "gesloten"}),
    ):
        answer = client.get(LIST, asked)
        assert answer.status_code == 400, asked
        assert "kunt u niet kiezen of sorteren" in answer.content.decode()
        assert SANNE.name not in answer.content.decode()


def test_a_deputy_chooses_the_list_of_a_colleague_and_nobody_else_does(cast: Opened) -> None:  # noqa: F811
    other = logged_in(OTHER_COMMANDER)
    refused = other.get(LIST, {"namens": str(COMMANDER.code)})
    assert refused.status_code == 403
    assert "Lijst van" not in page_of(other)

    deputise(COMMANDER, OTHER_COMMANDER)
    own = page_of(other)
    assert f'value="{COMMANDER.code}">{COMMANDER.name}<' in own
    assert SANNE.name not in own
    theirs = page_of(other, namens=str(COMMANDER.code))
    assert SANNE.name in theirs
    assert JAN.name not in theirs
    assert f"De lijst van {COMMANDER.name}, voor wie u waarneemt." in theirs
    assert other.get(LIST, {"namens": "iemand"}).status_code == 404


def test_a_closed_dossier_is_listed_only_for_a_case_with_a_ground(cast: Opened) -> None:  # noqa: F811
    assign(cast, LEGAL_ADVISER, ground=CaseGround.OBJECTION, why="Bezwaar tegen een besluit.", last_day=TODAY)
    lawyer = logged_in(LEGAL_ADVISER)
    assert SANNE.name in page_of(lawyer)
    with reaching(scope_of(permit_for(cast))):
        now = Dossier.objects.get(id=cast.dossier).version
    close(permit=permit_for(cast), expected_version=now, on=TODAY, reason=ClosingReason.COURSE_ENDED)

    assert SANNE.name in page_of(lawyer, status="gesloten")
    assert SANNE.name not in page_of(lawyer)


def taken(client: Client, **asked: str) -> list[dict[str, str]]:
    answer = client.post(f"{LIST}uitvoer/", asked)
    assert answer.status_code == 200, answer.status_code
    assert answer.headers["Content-Disposition"] == 'attachment; filename="caseload.csv"'
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_the_file_holds_what_the_list_shows_and_leaves_a_line_for_each(cast: Opened) -> None:  # noqa: F811
    opened = open_another(1)
    (first, second) = taken(logged_in(COMMANDER), volgorde="eerste-ziektedag")

    assert {first["Naam"], second["Naam"]} == {SANNE.name, "Iemand Nummer1"}
    assert (first["Week"], first["Te laat"]) == ("8", "ja")
    assert first["Volgende stap"].startswith("Probleemanalyse")
    lines = Line.objects.filter(manner="uitgevoerd", actor=str(COMMANDER.code))
    assert {line.dossier for line in lines} == {cast.dossier, opened.dossier}
    assert taken(logged_in(COMMANDER), termijn="deze-week") == []
    (nco, _other) = taken(logged_in(UNIT_ADMIN_NCO))
    assert "Volgende stap" not in nco
    assert logged_in(COMMANDER).get(f"{LIST}uitvoer/").status_code == 405
    refused = logged_in(UNIT_ADMIN_NCO).post(f"{LIST}uitvoer/", {"termijn": "te-laat"})
    assert refused.status_code == 400


def test_the_file_is_a_workbook_too_and_no_cell_is_a_formula(cast: Opened) -> None:  # noqa: F811
    open_another(2, name="=HYPERLINK(1) Iemand")
    commander = logged_in(COMMANDER)

    answer = commander.post(f"{LIST}uitvoer/", {"vorm": "xlsx"})
    cells = [cell for row in load_workbook(BytesIO(answer.content)).active.iter_rows() for cell in row]
    assert "'=HYPERLINK(1) Iemand" in {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}
    assert "'=HYPERLINK(1) Iemand" in {row["Naam"] for row in taken(commander)}


def test_the_file_is_asked_for_again_when_the_second_factor_is_long_ago(cast: Opened) -> None:  # noqa: F811
    late = logged_in_long_ago(COMMANDER, confirmed_ago=3600)

    assert late.post(f"{LIST}uitvoer/").headers["Location"].startswith("/bevestigen/")
    assert not Line.objects.filter(manner="uitgevoerd").exists()


def test_a_file_of_too_many_is_refused_whole_and_leaves_no_line(cast: Opened) -> None:  # noqa: F811
    open_another(3)
    permit = list_permit(SANNE.unit.id)
    with pytest.raises(TooMany):
        take_along(permit, filters=Filters(), sort=Sort.FIRST_SICK, most=1)

    assert not Line.objects.filter(manner="uitgevoerd").exists()
    assert len(take_along(permit, filters=Filters(), sort=Sort.FIRST_SICK, most=2)) == 2


def open_another(number: int, name: str = "") -> Opened:
    """Somebody else in Sanne's unit, as long ill as she."""
    facts = SANNE.facts | {
        Field.NAME: name or f"Iemand Nummer{number}",
        Field.EMPLOYEE_ID: f"W2{number:05}",
    }
    del facts[Field.BSN]
    sick = Sick(code=SANNE.code, unit=SANNE.unit, facts=facts)
    opened = open_for(sick, user_code=None, opened_on=OPENED + timedelta(days=number % 3))
    begin(sick, opened)
    return opened
