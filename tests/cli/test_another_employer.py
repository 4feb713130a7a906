"""Another employer's entry through the command: `HERVAT_REGISTER` and nothing else."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from hervat.register.entry import digest_of
from tests.register.copies import FERRY, Copy, ferry_history

from .conftest import Answer, On

Run = Callable[..., Answer]


@pytest.fixture
def _ferry_in_force(on: On) -> None:
    on(FERRY)


@pytest.mark.usefixtures("_ferry_in_force")
def test_its_own_text_is_shown_in_each_form(hervat: Run) -> None:
    text = hervat("register", "show")
    markdown = hervat("register", "show", "--format", "markdown")
    data = hervat("register", "show", "--format", "json")

    assert text[0] == markdown[0] == data[0] == 0
    assert digest_of(text[1]) == digest_of(FERRY.with_name("page.md").read_text(encoding="utf-8"))
    assert "**Referentienummer**\n\nVDO-7" in markdown[1]
    assert [entry["reference"] for entry in json.loads(data[1])["entries"]] == ["VDO-7", "VDO-8"]


@pytest.mark.usefixtures("_ferry_in_force")
def test_it_is_checked_and_asked_by_its_own_reading(hervat: Run, tmp_path: Path) -> None:
    code, out, _ = hervat("register", "check")
    assert code == 0
    assert out.splitlines()[-1].startswith("68 elementen van VDO-7, versie 1: ")
    assert hervat("register", "check", "--deploy")[0] == 1

    code, out, _ = hervat("register", "why", "commandant", "telefoonnummer", "--write")
    assert code == 0
    assert out.startswith("Havenmeester, telefoonnummer, schrijven")
    assert "vaarrooster:\n  Mag: volledig.\n  Grond: overeenkomst: arbeidsovereenkomst." in out

    path = tmp_path / "wie.md"
    assert hervat("register", "matrix", "--output", str(path))[0] == 0
    assert path.read_text(encoding="utf-8").startswith("# Wie mag wat zien: VDO-7\n")
    assert hervat("register", "matrix", "--output", str(path), "--check")[0] == 0


def test_it_releases_and_decides_each_day_under_the_text_of_that_day(
    hervat: Run, ferry: Copy, on: On
) -> None:
    ferry.edit(
        "reading.yaml",
        "      lezen: [bedrijfsarts]\n      schrijven: [commandant, po-adviseur]",
        "      lezen: [bedrijfsarts, commandant, po-adviseur]",
    )
    on(ferry.entry)
    code, out, _ = hervat("register", "release", "--from", "2026-11-01", "--change", "Bellen, niet wijzigen.")
    assert code == 0
    assert out.startswith("Versie 2 geldt vanaf 01-11-2026;")

    on(ferry.entry)
    asked = ("register", "why", "commandant", "telefoonnummer", "--write", "--purpose", "vaarrooster", "--on")

    assert "Mag: volledig." in hervat(*asked, "2026-10-31")[1]
    assert "Mag niet: De rol 'Havenmeester' mag 'Telefoonnummer' lezen" in hervat(*asked, "2026-11-01")[1]
    assert hervat("register", "show", "--version", "1")[1] == hervat("register", "show")[1]
    assert ferry.load().version(1).version == ferry_history().latest.version
    assert ferry.load().on(date(2026, 10, 31)).version.number == 1


def test_a_program_of_its_own_runs_it() -> None:
    command = [str(Path(sys.executable).parent / "hervat"), "register", "show"]
    environment = {"PATH": os.environ["PATH"], "HERVAT_REGISTER": str(FERRY)}

    shown = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # noqa: S603

    assert digest_of(shown.stdout) == ferry_history().latest.entry.digest
    assert shown.stderr == ""
