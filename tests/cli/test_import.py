"""`hervat import`: what is printed, the exit codes, and what is written to put right."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hervat.cli.sheets import read_sheet, write_csv
from hervat.exchange.rules.sheet import COLUMNS
from tests.dossiers.conftest import keys, room
from tests.exchange.sending import PERSON, sick

from .conftest import Answer

__all__ = ["keys", "room"]

Run = Callable[..., Answer]


@pytest.fixture
def accepted(room: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo, in which every open point is accepted."""
    monkeypatch.setattr("hervat.config.demo.is_demo", lambda: True)


def write(path: Path, *messages: Any) -> str:
    path.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in messages), "utf-8")
    return str(path)


def test_messages_are_counted_by_kind_and_outcome_and_the_exit_code_says_some_wait(
    accepted: None, hervat: Run, tmp_path: Path
) -> None:
    bad = sick(who="W901", person=PERSON | {"diagnose": "merkteken"}, name="bad")
    good, mixed = write(tmp_path / "a", sick(), sick()), write(tmp_path / "b", sick(), bad, "", "{")

    first, out, _ = hervat("import", "messages", good, "--json")
    assert (first, json.loads(out)["outcomes"]) == (
        0,
        {"ziekmelding": {"al-ontvangen": 1, "dossier-geopend": 1}},
    )

    second, out, err = hervat("import", "messages", mixed)
    assert second == 3
    assert "Regel 2: 'person.diagnose'" in out
    assert "In quarantaine: 2." in out
    assert "merkteken" not in out + err
    assert "Oosterhof" not in out + err


def test_a_file_that_is_not_there_is_one_line_and_exit_one(
    accepted: None, hervat: Run, tmp_path: Path
) -> None:
    for command in ("messages", "dossiers"):
        code, out, err = hervat("import", command, str(tmp_path / "nergens.csv"))
        assert (code, out, err.count("\n")) == (1, "", 1)


@pytest.mark.parametrize("road", [[], ["--bulk", "--processes", "1"]])
def test_rows_with_faults_are_written_to_put_right_and_given_again_they_go_in(
    accepted: None, hervat: Run, tmp_path: Path, road: list[str]
) -> None:
    sheet, faults = tmp_path / "dossiers.csv", tmp_path / "fouten.csv"
    row = {"werknemersnummer": "W500", "naam": "Iemand", "eenheid": "A-cie", "eerste ziektedag": "5-10-2026"}
    rows = [row, row | {"werknemersnummer": "W501", "eenheid": "Nergens"}, row | {"naam": "", "bsn": "12"}]
    write_csv(sheet, [list(COLUMNS), *([one.get(heading, "") for heading in COLUMNS] for one in rows)])

    code, out, _ = hervat("import", "dossiers", str(sheet), "--errors", str(faults), "--json", *road)

    said = json.loads(out)
    assert (code, said["outcomes"]) == (3, {"dossier-geopend": 1, "fout": 2})
    assert {(one["row"], one["column"]) for one in said["faults"]} == {
        (3, "eenheid"),
        (4, "naam"),
        (4, "bsn"),
    }
    header, wrong, _ = read_sheet(faults)
    place = list(header).index("eenheid")
    write_csv(sheet, [header, [*wrong[:place], "A-cie", *wrong[place + 1 :]]])
    assert hervat("import", "dossiers", str(sheet), *road)[0] == 0
    code, out, _ = hervat("import", "dossiers", str(sheet), *road)
    assert code == 0
    assert "had al een open dossier" in out


def test_a_template_needs_no_database(hervat: Run, tmp_path: Path) -> None:
    path = tmp_path / "sjabloon.xlsx"

    assert hervat("import", "dossiers", "--template", "xlsx", str(path))[0] == 0

    assert list(next(read_sheet(path))) == list(COLUMNS)


def test_systems_are_let_in_and_ended(transactional_db: None, hervat: Run) -> None:
    code, out, _ = hervat("import", "client", "add", "Basisadministratie P&O")
    number = out.split()[1]
    assert (code, out.count("Geheim:")) == (0, 1)
    assert number in hervat("import", "client", "list")[1]
    assert hervat("import", "client", "end", number)[0] == 0
    assert hervat("import", "client", "end", number)[0] == 1


def test_expiring_says_what_it_did_and_which_open_point_it_waits_for(accepted: None, hervat: Run) -> None:
    code, out, _ = hervat("import", "expire")

    assert code == 0
    assert "'concepten-en-quarantaine'" in out
    assert "Vergeten: 0 nummers van berichten" in out
