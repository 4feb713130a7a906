"""What is wrong in a register is refused whole when it loads: with file, line and what to do, in Dutch."""

from datetime import date

import pytest

from hervat.register import loading
from hervat.register.document import RegisterError
from hervat.register.vocabulary import Cell, Item, Role

from .copies import Copy
from .mistakes import CASES, Case, E, P, R, U, V


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mistake_is_refused_with_file_and_line_and_what_to_do(case: Case, ferry: Copy) -> None:
    line = ferry.line(case.file, case.old.split("\n")[0]) if not case.at else 0
    ferry.edit(case.file, case.old, case.new)
    where = case.where or case.file
    line = line or ferry.line(where, case.at)

    with pytest.raises(RegisterError) as refused:
        ferry.load() if case.file == V else ferry.build()

    told = str(refused.value)
    assert told.startswith(f"{where}, regel {line}: ")
    assert case.says in told
    assert case.do in told


def test_the_register_without_mistakes_loads(ferry: Copy) -> None:
    register = ferry.load().latest

    assert register.entry.reference == "VDO-7"
    assert Item.CASE_NUMBER in register.reading.items


def test_our_text_on_users_serves_an_employer_without_some_of_its_roles(ferry: Copy) -> None:
    ferry.write(U, loading.OWN_ENTRY.with_name(U).read_text(encoding="utf-8"))

    register = ferry.build()

    cells = register.reading.items[Item.USER_ASSIGNMENT].cells
    assert Role.DCR_GUIDE not in register.reading.roles
    assert Role.DCR_GUIDE not in cells
    assert cells[Role.COMMANDER] is Cell.WRITE
    ferry.edit(R, "lezen: [commandant, bedrijfsarts]", "lezen: [commandant, bedrijfsarts, robidus]")
    with pytest.raises(RegisterError, match="'robidus' dubbel, of de lezing kent die rol niet"):
        ferry.build()


def test_a_mistake_is_told_before_the_remark_that_the_files_have_changed(ferry: Copy) -> None:
    ferry.edit(R, "item: casenummer", "item: kaartnummer")

    with pytest.raises(RegisterError, match=r"reading.yaml, regel \d+: 'kaartnummer' is onbekend"):
        ferry.load()


@pytest.mark.parametrize("code", ["uitzondering-gezondheid", "toegangsregels"])
def test_an_open_point_twice_is_refused_wherever_it_stands(code: str, ferry: Copy) -> None:
    point = ferry.text(P).split("\n", 1)[1].replace("uitzondering-gezondheid", code)
    ferry.edit(
        U,
        "open_points: []",
        f"open_points:\n{point.replace('- id', '  - id').replace(chr(10), chr(10) + '  ')}",
    )

    if code == "uitzondering-gezondheid":
        with pytest.raises(RegisterError, match=r"users.yaml.*uitzondering-gezondheid staat ook in VDO-7"):
            ferry.load()
    else:
        ferry.release(date(2026, 10, 1))
        assert set(ferry.load().latest.open_points) == {"uitzondering-gezondheid", "toegangsregels"}


def test_an_open_point_twice_in_one_file_is_refused(ferry: Copy) -> None:
    text = ferry.text(P)
    ferry.write(P, text + text.split("\n", 1)[1])

    with pytest.raises(
        RegisterError, match=r"open_points.yaml, regel 14: het open punt .* staat er twee keer"
    ):
        ferry.load()


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("toegang", "weer-aan-boord"),
        ("gebruikers-5-jaar", "dossier-2-jaar"),
        ("gebruikers-van-het-systeem", "bemanning"),
    ],
)
def test_a_code_of_the_other_entry_is_refused(mine: str, theirs: str, ferry: Copy) -> None:
    text = ferry.text(U)
    ferry.write(U, text.replace(f": {mine}\n", f": {theirs}\n").replace(f"[{mine}]", f"[{theirs}]"))

    with pytest.raises(RegisterError, match=f"users.yaml, regel 1: {theirs} staat ook in VDO-7"):
        ferry.load()


@pytest.mark.parametrize("name", [E, R, P, U, V])
def test_an_empty_file_is_refused(name: str, ferry: Copy) -> None:
    ferry.write(name, "")

    with pytest.raises(RegisterError, match=f"{name}, regel 1: hier hoo?r"):
        ferry.load()


@pytest.mark.parametrize("name", [E, R, P, V])
def test_a_file_that_is_not_there_is_refused(name: str, ferry: Copy) -> None:
    (ferry.folder / name).unlink()

    with pytest.raises(
        RegisterError, match=f"{name}: het bestand is niet te lezen. Controleer pad en rechten."
    ):
        ferry.load()


def test_a_folder_in_place_of_a_file_is_refused(ferry: Copy) -> None:
    (ferry.folder / R).unlink()
    (ferry.folder / R).mkdir()

    with pytest.raises(RegisterError, match=f"{R}: het bestand is niet te lezen"):
        ferry.load()


def test_the_built_in_entry_on_users_holds_where_there_is_none_of_its_own(ferry: Copy) -> None:
    (ferry.folder / U).unlink()
    ferry.release(date(2026, 10, 1))

    assert [entry.reference for entry in ferry.load().latest.entries] == ["VDO-7", "HERVAT-GEBRUIKERS"]


def test_a_file_that_is_no_utf_8_is_refused(ferry: Copy) -> None:
    ferry.write(R, b"sources: {veer: \xff}")

    with pytest.raises(RegisterError, match="het bestand is geen UTF-8"):
        ferry.load()


@pytest.mark.parametrize(
    "text",
    ["[" * 500 + "]" * 500, "{a: " * 500 + "}" * 500, "\n".join(" " * depth + "a:" for depth in range(600))],
    ids=["lists", "mappings", "lines"],
)
def test_a_file_nested_without_end_is_refused(text: str, ferry: Copy) -> None:
    ferry.write(R, text)

    with pytest.raises(RegisterError, match=r"reading.yaml.*te diep genest"):
        ferry.load()


def test_a_file_that_is_far_too_long_is_refused(ferry: Copy) -> None:
    ferry.write(R, "# niets\n" * 600_000)

    with pytest.raises(RegisterError, match=r"reading.yaml: het bestand is te groot"):
        ferry.load()


def test_aliases_that_grow_without_end_are_refused(ferry: Copy) -> None:
    doubled = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12))
    ferry.write(R, f"a0: &a0 [x]\n{doubled}\n")

    with pytest.raises(RegisterError, match=r"reading.yaml, regel 1: de sleutel 'a0' is onbekend"):
        ferry.load()
