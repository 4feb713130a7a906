"""`hervat access why`: the answer of the page on the command line."""

import json

import pytest

from hervat.cli.main import main
from hervat.dossiers.actions.opening import Opened
from hervat.journal.models import Line
from tests.cast import COMMANDER, OTHER_COMMANDER, SANNE
from tests.web.cast import cast, keys, room  # noqa: F401 - fixtures


@pytest.fixture(autouse=True)
def in_a_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hervat.config.demo.is_demo", lambda: True)


def why(capsys: pytest.CaptureFixture[str], *given: str) -> tuple[int, str, str]:
    code = main(["access", "why", *given])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_it_says_the_role_the_way_the_reason_and_the_source(
    cast: Opened,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = why(capsys, str(COMMANDER.code), cast.case_number, "bsn")

    assert code == 0
    assert "Rol commandant, door plaatsing" in out
    assert "bsn: lezen mag niet" in out
    assert "Bron: " in out


def test_without_an_item_it_says_everything_and_never_what_is_in_it(
    cast: Opened,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = why(capsys, f"{COMMANDER.code}@example.org", cast.case_number, "--json")

    rows = json.loads(out)
    assert code == 0
    assert len(rows) == 43
    assert {row["role"] for row in rows} == {"commandant"}
    assert SANNE.name not in out


def test_a_case_of_another_is_answered_as_one_that_is_not_there(
    cast: Opened,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    refused = Line.objects.filter(outcome="geweigerd").count()
    one = why(capsys, str(OTHER_COMMANDER.code), cast.case_number, "bsn")
    other = why(capsys, str(OTHER_COMMANDER.code), "C3H4K5M6N7QX", "bsn")

    assert one == other
    assert one[0] == 1
    assert "Dit dossier is er niet" in one[2]
    assert Line.objects.filter(outcome="geweigerd").count() == refused


def test_on_another_day_the_answer_is_of_that_day(
    cast: Opened,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert why(capsys, str(COMMANDER.code), cast.case_number, "bsn")[0] == 0
    before = why(capsys, str(COMMANDER.code), cast.case_number, "bsn", "--on", "2026-01-01")

    assert before[0] == 1
    assert "gold nog geen versie" in before[2]


def test_what_does_not_exist_is_said(
    cast: Opened,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "bestaat niet" in why(capsys, str(COMMANDER.code), cast.case_number, "schoenmaat")[2]
    assert why(capsys, "niemand@example.org", cast.case_number)[0] == 1
