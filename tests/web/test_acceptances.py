"""The open points at the desk of the FG: accepting counts at once, is logged, and is all or nothing."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from hervat.access.acceptances import object_of
from hervat.register import acceptance_file, in_force
from hervat.register.decisions import Allowed, Decision, Gap
from hervat.register.model import OpenPointId, PurposeId
from hervat.register.vocabulary import Item, Role, Use
from tests.cast import ADMINISTRATOR, AUDITOR, PRIVACY_OFFICER

from .conftest import CHECK
from .desks import at_desk, employ, logged_in

pytestmark = pytest.mark.django_db
LIST, POINT = "/toezicht/open-punten/", "/toezicht/open-punten/geen-matrix/"
ALL_BUT_MATRIX = "demo: false\nacceptances:\n"
VERSION = in_force.history().latest.version.number
GIVEN = {
    "doe": "aanvaarden",
    "versie": str(VERSION),
    "wie": "Directeur P&O",
    "waarom": "Besproken met de FG.",
}
AWAY = {"doe": "intrekken", "zeker": "on"}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file in which everything is accepted but the matrix."""
    path = tmp_path / "aanvaardingen.yaml"
    day = timezone.localdate() - timedelta(days=1)
    rows = [
        f'  - {{open_point: {code}, version: {VERSION}, by: Directeur, on: {day}, why: "Zo besloten."}}\n'
        for code in in_force.history().latest.open_points
        if code != "geen-matrix"
    ]
    path.write_text("demo: false\nacceptances:\n" + "".join(rows), encoding="utf-8")
    monkeypatch.setenv("HERVAT_ACCEPTANCES", str(path))
    return path


@pytest.fixture
def officer(file: Path) -> Client:
    return at_desk(PRIVACY_OFFICER)


def commander_reads_hours() -> Decision:
    return in_force.decisions().decide(
        Role.COMMANDER, Item.OWN_WORK_HOURS, Use.READ, PurposeId("wettelijke-plicht"), timezone.localdate()
    )


def told() -> list[tuple[str, str | None]]:
    """The outcome and reason of every change of the matrix' acceptance."""
    code: UUID = object_of(OpenPointId("geen-matrix"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcome, reason FROM journal_line WHERE object_kind = 'open-punt' AND object_id = %s "
            "AND operation = 'toezicht-houden' AND effect = 'U' AND parent_span_id IS NOT NULL ORDER BY id",
            [code],
        )
        return list(cursor.fetchall())


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_accepting_changes_a_decision_at_once_and_withdrawing_changes_it_back(officer: Client) -> None:
    assert isinstance(commander_reads_hours(), Gap)

    answer = officer.post(POINT, GIVEN)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{LIST}#geen-matrix")
    assert isinstance(commander_reads_hours(), Allowed)
    assert "Directeur P&amp;O" in text(officer.get(POINT))
    assert "Directeur P&amp;O" in text(Client().get("/register/open-points/"))
    assert told() == [("gelukt", None)]

    assert officer.post(POINT, AWAY).status_code == 303
    assert isinstance(commander_reads_hours(), Gap)
    assert "Directeur P&amp;O" not in text(Client().get("/register/open-points/"))
    kept = text(officer.get(POINT)).partition("Eerder aanvaard")[2]
    assert "Directeur P&amp;O" in kept
    assert "Ingetrokken op" in kept
    assert told() == [("gelukt", None)] * 2


def test_the_points_that_refuse_come_first_and_the_accepted_last(officer: Client) -> None:
    page = text(officer.get(LIST))
    body = page.partition("<tbody>")[2]

    assert body.index('id="geen-matrix"') < body.index('id="bsn-grond"')
    assert body.count("<tr ") == len(in_force.history().latest.open_points)
    assert "<b>1</b> van" in page


def test_only_the_officer_accepts_and_the_auditor_reads(officer: Client, file: Path) -> None:
    before = file.read_bytes()
    auditor = at_desk(AUDITOR)

    assert "Alleen de FG" in text(auditor.get(POINT))
    assert auditor.get(LIST).status_code == 200
    answer = auditor.post(POINT, GIVEN)
    assert answer.status_code == 403
    assert file.read_bytes() == before
    assert told() == [("geweigerd", "niet-in-deze-rol")]
    kept_out = at_desk(ADMINISTRATOR)
    for closed in (kept_out.get(LIST), kept_out.get(POINT), kept_out.post(POINT, GIVEN)):
        assert closed.status_code == 403
        assert "In deze rol hebt u hier geen toegang" in text(closed)
    assert Client().post(POINT, GIVEN).headers["Location"].startswith("/inloggen/")


def test_the_second_factor_is_asked_for_again_when_it_is_long_ago(officer: Client, file: Path) -> None:
    before = file.read_bytes()
    employ(AUDITOR, Role.PRIVACY_OFFICER)
    late = logged_in(AUDITOR, confirmed_ago=3600)

    assert "Eerst vragen wij" in text(late.get(POINT))
    assert late.post(POINT, GIVEN).headers["Location"].startswith("/bevestigen/")
    assert (file.read_bytes(), told()) == (before, [])
    assert officer.post(POINT, GIVEN).status_code == 303


@pytest.mark.parametrize(
    ("changed", "status", "says"),
    [
        ({"wie": ""}, 422, "Dit veld is verplicht"),
        ({"waarom": "x" * 501}, 422, "500"),
        ({"waarom": "twee\nregels"}, 422, "één regel"),
        ({"versie": "7"}, 409, "andere versie van het register"),
    ],
)
def test_what_is_not_right_changes_nothing_and_loses_nothing(
    officer: Client, file: Path, changed: dict[str, str], status: int, says: str
) -> None:
    before = file.read_bytes()
    answer = officer.post(POINT, GIVEN | changed)

    assert answer.status_code == status
    assert says in text(answer)
    kept = "Directeur P&amp;O" if "wie" not in changed else "Besproken met de FG."
    assert f'value="{kept}"' in text(answer)
    assert (file.read_bytes(), told()) == (before, [])


def test_sending_twice_does_no_harm(officer: Client, file: Path) -> None:
    officer.post(POINT, GIVEN)
    after = file.read_bytes()
    again = officer.post(POINT, GIVEN)

    assert again.status_code == 409
    assert "al aanvaard" in text(again)
    assert file.read_bytes() == after
    officer.post(POINT, AWAY)
    assert "niets in te trekken" in text(officer.post(POINT, AWAY))
    assert officer.post(POINT, {"doe": "intrekken"}).status_code == 422
    assert [outcome for outcome, _ in told()] == ["gelukt", "mislukt", "gelukt", "mislukt"]


def test_a_file_that_cannot_be_written_is_said_in_words_and_logged(
    officer: Client, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = file.read_bytes()
    with monkeypatch.context() as at:
        at.setattr(acceptance_file, "_keep_a_copy", full)
        answer = officer.post(POINT, GIVEN)

    assert answer.status_code == 409
    assert "niet te schrijven" in text(answer)
    assert isinstance(commander_reads_hours(), Gap)
    assert file.read_bytes() == before
    assert told() == [("gelukt", None), ("mislukt", "bestand-niet-gewijzigd")]


def test_without_a_file_the_page_says_what_to_do(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HERVAT_ACCEPTANCES")

    assert "HERVAT_ACCEPTANCES" in text(officer.get(LIST))
    assert "Leg de aanvaarding vast" not in text(officer.get(POINT))
    assert "HERVAT_ACCEPTANCES" in text(officer.post(POINT, GIVEN))


def test_an_acceptance_of_the_demonstration_cannot_be_withdrawn(officer: Client, file: Path) -> None:
    before = file.read_bytes()
    with override_settings(DEMO_CHECK=CHECK):
        header = {"X-Test-Demo": "1"}
        page = officer.get(POINT, headers=header)
        answer = officer.post(POINT, AWAY, headers=header)

    assert "hoort bij de demonstratie" in text(page)
    assert "Trek de aanvaarding in" not in text(page)
    assert answer.status_code == 409
    assert file.read_bytes() == before


def test_a_point_that_does_not_exist_is_not_there(officer: Client) -> None:
    assert officer.get(f"{LIST}bestaat-niet/").status_code == 404
    assert officer.get(POINT).status_code == 200
