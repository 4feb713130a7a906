"""`hervat register`: what each verb prints, and with which exit code: 0 good, 1 not, 2 wrong usage."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from hervat.register import matrix
from hervat.register.entry import digest_of, normalise, text_of
from hervat.register.vocabulary import Item, Role
from tests.register.copies import Copy, d2599
from tests.register.test_digest import PUBLISHED

from .conftest import Answer, On

Run = Callable[..., Answer]
COMMAND = Path(sys.executable).parent / "hervat"


def acceptances(folder: Path, points: list[str], *, version: int = 2, demo: bool = False) -> Path:
    rows = [
        f"  - {{open_point: {point}, version: {version}, by: FG, on: 2026-11-20, why: Besproken.}}"
        for point in points
    ]
    path = folder / "acceptances.yaml"
    path.write_text("\n".join([f"demo: {str(demo).lower()}", "acceptances:", *rows, ""]), encoding="utf-8")
    return path


# --- show ----------------------------------------------------------------------------------------


def test_show_prints_exactly_the_rebuilt_entry(hervat: Run) -> None:
    code, out, err = hervat("register", "show")

    assert (code, err) == (0, "")
    assert out == text_of(d2599().entry)
    assert digest_of(out) == PUBLISHED
    assert hervat("register", "show", "--format", "text") == (0, out, "")


def test_show_as_markdown_says_the_same_in_other_mark_up(hervat: Run) -> None:
    code, out, _ = hervat("register", "show", "--format", "markdown")
    plain = normalise(out.replace("\n- ", "\n"))

    assert code == 0
    assert out.startswith("# Beschrijving van gegevensverwerking\n")
    for phrase in (
        "Bereikbaarheid 9 - 10",
        "V 100 jaar na geboortjaar:",
        "Medewerkers Robidus Solutions B.V.",
    ):
        assert phrase in plain
    assert d2599().version.digest in out


def test_show_as_json_is_complete(hervat: Run) -> None:
    code, out, _ = hervat("register", "show", "--format", "json")
    data = json.loads(out)

    assert code == 0
    assert data["version"]["digest"] == d2599().version.digest
    assert [entry["reference"] for entry in data["entries"]] == ["D2599", "HERVAT-GEBRUIKERS"]
    assert len(data["entries"][0]["recipients"]) == 11
    assert set(data["reading"]["items"]) == set(Item)
    assert set(data["reading"]["roles"]) == set(Role)
    assert data["reading"]["items"]["mgo"]["cells"]["commandant"] == "uitkomst"
    assert data["reading"]["items"]["mgo"]["reasons"]["commandant"]["text"]
    assert set(data["openPoints"]) == set(d2599().open_points)
    assert data["acceptances"] == []


def test_show_of_an_earlier_version(hervat: Run, ferry: Copy, on: On) -> None:
    ferry.edit("entry.yaml", "phrase: Havenmeesters", "phrase: Havenmeesters en stuurlieden")
    ferry.release(date(2026, 10, 1))
    on(ferry.entry)

    first, second = hervat("register", "show", "--version", "1"), hervat("register", "show")

    assert first[0] == second[0] == 0
    assert second[1] == first[1].replace("Havenmeesters", "Havenmeesters en stuurlieden") != first[1]
    code, out, err = hervat("register", "show", "--version", "3")
    assert (code, out) == (2, "")
    assert err == "hervat register: er is geen versie 3; kies uit [1, 2].\n"


def test_show_of_an_earlier_version_has_the_acceptances_of_its_own_days(
    hervat: Run, ferry: Copy, on: On
) -> None:
    ferry.edit("open_points.yaml", "onder b geldt", "onder h geldt")
    ferry.release(date(2026, 11, 21))
    on(ferry.entry, acceptances=acceptances(ferry.folder, ["uitzondering-gezondheid"], version=1))

    first = json.loads(hervat("register", "show", "--format", "json", "--version", "1")[1])
    second = json.loads(hervat("register", "show", "--format", "json")[1])

    assert [one["by"] for one in first["acceptances"]] == ["FG"]
    assert second["acceptances"] == []


# --- check ---------------------------------------------------------------------------------------


def test_check_passes_with_gaps_and_counts_them(hervat: Run) -> None:
    code, out, err = hervat("register", "check")

    assert (code, err) == (0, "")
    assert "gedekt     tekst              D2599: de herbouwde tekst is die van het register" in out
    assert "gat        open punt          geen-matrix: niet aanvaard" in out
    assert out.splitlines()[-1].endswith(" 0 schendingen.")


def test_check_shows_only_the_gaps_when_asked(hervat: Run) -> None:
    _, out, _ = hervat("register", "check", "--gaps")

    assert "\ngat " in out
    assert "gedekt " not in out.rsplit("\n\n", 1)[0]


def test_check_fails_when_one_word_of_the_entry_is_changed(hervat: Run, own: Copy, on: On) -> None:
    own.edit("d2599.yaml", "verhogen van 51% naar", "verhogen van 52% naar")
    own.release(date(2026, 11, 24))
    on(own.entry)

    code, out, _ = hervat("register", "check", "--on", "2026-11-24")

    assert code == 1
    assert [line for line in out.splitlines() if line.startswith("schending")] == [
        "schending  tekst              D2599: de herbouwde tekst wijkt af van het register: "
        "een woord is veranderd, verdwenen of toegevoegd"
    ]
    assert hervat("register", "check", "--on", "2026-11-23")[0] == 0, "the version before was right"


def test_check_before_a_deployment_wants_every_open_point_accepted(
    hervat: Run, tmp_path: Path, on: On
) -> None:
    points = list(d2599().open_points)
    code, _, err = hervat("register", "check", "--deploy")
    assert code == 1
    assert f"{len(points)} open punten zijn niet aanvaard" in err
    assert "HERVAT_ACCEPTANCES" in err

    on(acceptances=acceptances(tmp_path, points))
    assert hervat("register", "check", "--deploy")[0] == 0

    on(acceptances=acceptances(tmp_path, points[1:]))
    code, out, err = hervat("register", "check", "--deploy")
    assert code == 1
    assert err.startswith("hervat register: 1 open punten zijn niet aanvaard.")
    assert f"gat        open punt          {points[0]}:" in out
    assert hervat("register", "check", "--deploy", "--on", "2026-11-19")[0] == 1


# --- acceptances ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("geen-matrix", "geen-matrijs", "regel 3: het open punt 'geen-matrijs' bestaat niet."),
        ("version: 2", "version: 9", "de aanvaarding van 'geen-matrix' noemt een versie die er niet is."),
        ("version: 2", "version: een", "regel 3: 'version' is geen geheel getal."),
        ("on: 2026-11-20", "on: 2026-11-31", "regel 3: dit is geen datum die bestaat."),
        ("demo: false", "demo: no", "regel 1: 'demo' is geen waar of onwaar."),
        ("demo: false", "demo: true", "dit zijn aanvaardingen van een demonstratie"),
        ("why: Besproken.", "why: ''", "regel 3: 'why' is leeg."),
        (", why: Besproken.", "", "regel 3: 'why' ontbreekt."),
        ("by: FG", "bij: FG", "regel 3: de sleutel 'bij' is onbekend."),
    ],
)
def test_a_file_of_acceptances_with_a_mistake_is_refused(
    old: str, new: str, says: str, hervat: Run, tmp_path: Path, on: On
) -> None:
    path = acceptances(tmp_path, ["geen-matrix"])
    on(acceptances=path)
    assert hervat("register", "check")[0] == 0
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    on(acceptances=path)

    code, out, err = hervat("register", "check")

    assert (code, out) == (1, "")
    assert err.startswith("hervat register: acceptances.yaml")
    assert says in err


def test_a_file_of_acceptances_that_is_not_there_is_refused(hervat: Run, tmp_path: Path, on: On) -> None:
    on(acceptances=tmp_path / "nergens.yaml")

    code, _, err = hervat("register", "check")

    assert code == 1
    assert "nergens.yaml: het bestand is niet te lezen." in err


# --- matrix --------------------------------------------------------------------------------------


def test_matrix_is_up_to_date(hervat: Run) -> None:
    assert hervat("register", "matrix", "--check") == (0, "matrix.md is bij.\n", "")


def test_matrix_writes_and_a_stale_one_fails(hervat: Run, tmp_path: Path) -> None:
    path = tmp_path / "wie.md"
    there = ("register", "matrix", "--output", str(path))

    assert hervat(*there, "--check")[0] == 1
    assert not path.exists()
    assert hervat(*there) == (0, "wie.md is geschreven.\n", "")
    assert path.read_text(encoding="utf-8") == matrix.as_markdown(d2599())
    assert hervat(*there, "--check")[0] == 0
    path.write_text(path.read_text(encoding="utf-8").replace("| u |", "| R |", 1), encoding="utf-8")
    code, _, err = hervat(*there, "--check")
    assert code == 1
    assert err == "hervat register: wie.md is oud; draai 'hervat register matrix'.\n"


def test_matrix_that_cannot_be_read_or_written_is_told(hervat: Run, tmp_path: Path) -> None:
    binary = tmp_path / "binair.md"
    binary.write_bytes(b"\xff\xfe")

    for arguments in (
        ("--output", str(tmp_path)),
        ("--output", str(tmp_path), "--check"),
        ("--output", str(tmp_path / "weg" / "wie.md")),
        ("--output", str(binary), "--check"),
    ):
        code, _, err = hervat("register", "matrix", *arguments)
        assert code == 1
        assert err.startswith("hervat register: ")


# --- why -----------------------------------------------------------------------------------------


def test_why_explains_a_gap_and_what_it_would_be_when_accepted(hervat: Run) -> None:
    code, out, _ = hervat("register", "why", "commandant", "mgo", "--purpose", "wettelijke-plicht")

    assert code == 0
    assert out.startswith("Commandant, mgo, lezen, op ")
    assert "Niet beslist, dus niet: Het register zegt niet wie welk gegeven mag zien" in out
    assert "Open punten hierbij: geen-matrix, avg-9-uitzondering." in out
    assert "    Mag: alleen de uitkomst." in out
    assert "uitstroom:" not in out


def test_why_explains_a_refusal_with_its_source(hervat: Run) -> None:
    code, out, _ = hervat("register", "why", "commandant", "bsn", "--purpose", "wettelijke-plicht")

    assert code == 0
    assert "Mag niet: Het BSN mag alleen worden gebruikt waar een wet dat zegt" in out
    assert "Bron: Uitvoeringswet AVG (BWBR0040940), art. 46" in out


def test_why_explains_writing_apart_from_reading(hervat: Run, tmp_path: Path, on: On) -> None:
    on(acceptances=acceptances(tmp_path, list(d2599().open_points)))
    asked = ("register", "why", "commandant", "telefoonnummer", "--purpose", "wettelijke-plicht")

    assert "Mag: volledig." in hervat(*asked)[1]
    assert (
        "Mag niet: De rol 'Commandant' mag 'Telefoonnummer' lezen (lezen), maar niet"
        in hervat(*asked, "--write")[1]
    )


def test_why_without_a_purpose_goes_through_those_of_the_item(hervat: Run) -> None:
    _, survey, _ = hervat("register", "why", "onderzoeker", "enquete-reden")
    _, users, _ = hervat("register", "why", "fg", "gebruiker-handelingen")

    assert [line for line in survey.splitlines() if line and not line.startswith(" ")][1:] == ["enquete:"]
    assert "toegang-regelen:" in users
    assert "enquete:" not in users


def test_why_on_a_day_before_the_first_version_is_an_error_and_on_that_day_an_answer(hervat: Run) -> None:
    asked = ("register", "why", "commandant", "mgo", "--on")

    code, out, err = hervat(*asked, "2020-01-01")

    assert (code, out) == (1, "")
    assert err == (
        "hervat register: Op 01-01-2020 gold nog geen versie van het register. "
        "De eerste geldt vanaf 01-11-2026: vraag naar een dag vanaf dan.\n"
    )
    assert hervat(*asked, "2026-11-01")[0] == 0


def test_why_about_a_role_or_item_that_another_employer_does_not_name_is_a_refusal(
    hervat: Run, ferry: Copy, on: On
) -> None:
    on(ferry.entry)

    role = hervat("register", "why", "oobb", "naw-gegevens")
    item = hervat("register", "why", "commandant", "bsn")

    assert role[0] == item[0] == 0
    assert "Mag niet: Het register kent deze rol niet." in role[1]
    assert "Mag niet: Het register VDO-7 noemt het gegeven 'bsn' niet" in item[1]


# --- wrong usage ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["register"], "hier ontbreekt: OPDRACHT"),
        (["register", "lees"], "kies uit 'show', 'check', 'matrix', 'why', 'release'"),
        (["register", "show", "--vorm", "text"], "onbekend: --vorm text"),
        (["register", "show", "extra"], "onbekend: extra"),
        (["register", "show", "--format", "pdf"], "kies uit 'text', 'markdown', 'json'"),
        (["register", "show", "--format"], "bij --format hoort een waarde"),
        (["register", "show", "--version", "een"], "geen geheel getal"),
        (["register", "check", "--on", "gisteren"], "dit is geen datum; schrijf jaar-maand-dag"),
        (["register", "check", "--on", "2026-02-30"], "dit is geen datum; schrijf jaar-maand-dag"),
        (["register", "why"], "hier ontbreekt: ROL, GEGEVEN"),
        (["register", "why", "kapitein", "mgo"], "deze rol bestaat niet; kies uit commandant, po-adviseur,"),
        (["register", "why", "commandant", "hobby"], "dit gegeven bestaat niet; kies uit naw-gegevens,"),
        (["register", "release"], "hier ontbreekt: --from, --change"),
    ],
)
def test_wrong_usage_is_told_in_dutch(arguments: list[str], says: str, hervat: Run) -> None:
    code, out, err = hervat(*arguments)

    assert (code, out) == (2, "")
    assert err.startswith("gebruik: hervat ")
    assert says in err


def test_an_unknown_purpose_names_those_that_exist(hervat: Run) -> None:
    code, out, err = hervat("register", "why", "commandant", "mgo", "--purpose", "nieuwsgierigheid")

    assert (code, out) == (2, "")
    assert err.startswith("hervat register: onbekend doel; kies uit uitstroom, loonsancties, welzijn,")


def test_help_is_in_dutch(hervat: Run) -> None:
    code, out, err = hervat("register", "why", "--help")

    assert (code, err) == (0, "")
    assert out.startswith("gebruik: hervat register why")
    assert "bijvoorbeeld commandant" in out


# --- release -------------------------------------------------------------------------------------


def test_release_refuses_without_a_change_and_writes_with_one(hervat: Run, ferry: Copy, on: On) -> None:
    on(ferry.entry)
    arguments = ("register", "release", "--from", "2026-10-01", "--change", "Andere naam.")

    code, out, err = hervat(*arguments)
    assert (code, out) == (1, "")
    assert err.startswith("hervat register: entry.yaml: er is niets gewijzigd sinds de laatste versie.")

    ferry.edit("reading.yaml", "name: Het vaarrooster", "name: Het rooster")
    code, out, err = hervat(*arguments)
    assert (code, err) == (0, "")
    assert out.startswith("Versie 2 geldt vanaf 01-10-2026; digest ")
    on(ferry.entry)
    assert hervat("register", "check")[0] == 0


def test_release_that_cannot_write_is_told(hervat: Run, ferry: Copy, on: On) -> None:
    ferry.edit("reading.yaml", "name: Het vaarrooster", "name: Het rooster")
    (ferry.folder / "versions" / "2.json").mkdir()
    on(ferry.entry)

    code, out, err = hervat("register", "release", "--from", "2026-10-01", "--change", "Andere naam.")

    assert (code, out) == (1, "")
    assert "de map van het register is niet te schrijven. Controleer de rechten." in err


# --- which register ------------------------------------------------------------------------------


@pytest.mark.parametrize("named", [".", "/", "nergens.yaml", ""], ids=["here", "root", "nowhere", "empty"])
def test_a_register_that_is_no_file_is_told(named: str, hervat: Run, on: On) -> None:
    on(named)

    code, _, err = hervat("register", "show")

    if named:
        assert code == 1
        assert err.startswith("hervat register: HERVAT_REGISTER")
    else:
        assert code == 0, "an empty setting is none"


def test_a_register_with_a_mistake_shows_nothing_and_is_read_again_when_mended(
    hervat: Run, ferry: Copy, on: On
) -> None:
    ferry.edit("reading.yaml", "item: casenummer", "item: kaartnummer")
    on(ferry.entry)

    for verb in (("show",), ("check",), ("matrix", "--output", str(ferry.entry.with_name("matrix.md")))):
        code, out, err = hervat("register", *verb)
        assert (code, out) == (1, "")
        assert "reading.yaml, regel" in err
        assert "Traceback" not in err
    ferry.edit("reading.yaml", "item: kaartnummer", "item: casenummer")
    assert hervat("register", "show")[0] == 0, "half a register was kept"


# --- as a program --------------------------------------------------------------------------------


def test_the_command_answers_without_a_database_or_a_setting() -> None:
    program = [str(COMMAND), "register", "why", "commandant", "mgo"]
    bare = {"PATH": os.environ["PATH"], "HERVAT_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}

    good = subprocess.run(program, env=bare, capture_output=True, text=True, check=False)  # noqa: S603
    wrong = subprocess.run([*program, "--wat"], env=bare, capture_output=True, text=True, check=False)  # noqa: S603

    assert good.returncode == 0
    assert good.stdout.startswith("Commandant, mgo, lezen, op ")
    assert good.stderr == ""
    assert wrong.returncode == 2
    assert "onbekend: --wat" in wrong.stderr


def test_the_matrix_of_another_employer_never_lands_on_our_own(hervat: Run, ferry: Copy, on: On) -> None:
    on(ferry.entry)

    code, out, err = hervat("register", "matrix")

    assert (code, out) == (2, "")
    assert "--output" in err
    assert hervat("register", "matrix", "--output", str(ferry.entry.with_name("matrix.md")))[0] == 0
