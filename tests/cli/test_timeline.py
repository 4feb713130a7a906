"""`hervat timeline`: one answer per line, in order; a bad line stops nothing and says what to do."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hervat.cli.timeline import LONGEST_LINE

HERVAT = Path(sys.executable).parent / "hervat"
SICK = '{"spells": [["2023-01-02", null]]}'
EXAMPLE = (
    '{"spells": [["2023-01-02","2023-05-01"],["2023-05-28",null]], '
    '"leaves": [{"from":"2023-05-01","to":"2023-08-20","same_cause":true,"kind":"maternity"}], '
    '"facts": {"opinion_given_on":"2023-02-10"}, "on":"2026-11-23"}'
)
IDS = [
    "problem_analysis",
    "action_plan",
    "evaluation",
    "week_42_notification",
    "first_year_evaluation",
    "second_track",
    "uwv_notice",
    "current_opinion",
    "reintegration_report",
    "wia_application",
    "reintegration_review",
]

Answer = tuple[int, str, str]
Hervat = Callable[..., Answer]


@pytest.fixture
def ask(hervat: Hervat, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    """Give lines on standard input; return exit code, output and errors."""

    def run(given: str | bytes, *arguments: str) -> Answer:
        raw = given.encode() if isinstance(given, str) else given
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        return hervat("timeline", *arguments)

    return run


def rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_the_example_of_the_manual_gives_every_step(ask: Callable[..., Answer]) -> None:
    code, out, err = ask(EXAMPLE)
    row = rows(out)[0]

    assert (code, err) == (0, "")
    assert [step["id"] for step in row["steps"]] == IDS
    assert row["first_sick_day"] == "2023-01-02"
    assert row["waiting_period_last_day"] == "2025-04-20"
    assert row["wia_start_date"] == "2025-04-21"
    assert row["sanction_max_last_day"] == "2026-04-19"
    first_year = row["steps"][4]
    assert (first_year["from"], first_year["due_on"]) == ("2024-03-04", "2024-04-21")
    assert row["steps"][0]["legal_limit"] == "2023-02-13"
    assert row["steps"][3]["link"] == "https://wetten.overheid.nl/jci1.3:c:BWBR0001888&artikel=38"
    assert row["steps"][3]["why"][-1]["kind"] == "leave"


def test_good_lines_go_on_after_bad_ones_in_order(ask: Callable[..., Answer]) -> None:
    lines = [SICK, '{"spells": []}', SICK.replace("01-02", "01-03"), "nee", SICK.replace("01-02", "01-04")]
    code, out, err = ask("\n".join(lines), "--on", "2023-03-01")
    found = rows(out)

    assert code == 1
    assert [row.get("first_sick_day") for row in found] == [
        "2023-01-02",
        None,
        "2023-01-03",
        None,
        "2023-01-04",
    ]
    assert [row.get("line") for row in found] == [None, 2, None, 4, None]
    assert found[1]["what_to_do"]
    assert [line.split(":")[1] for line in err.splitlines()] == [" regel 2", " regel 4"]


BAD: list[tuple[str | bytes, str]] = [
    ("", ""),
    ("\n", "De regel is leeg."),
    (f"{SICK}\n\n", "De regel is leeg."),
    ("   \n", "De regel is leeg."),
    ("geen json", "geen geldige JSON"),
    ("1", "geen verzameling van sleutels"),
    ('{"spells": [["2023-01-02", NaN]]}', "NaN en Infinity zijn geen JSON"),
    ('{"spells": [["2023-01-02", -Infinity]]}', "NaN en Infinity zijn geen JSON"),
    ('{"spells": [], "spells": []}', "Een sleutel staat er twee keer"),
    ('{"spells": ' + "9" * 5000 + "}", "geen geldige JSON"),
    ('{"spells": [[1e999, null]]}', "'spells' is geen datum"),
    ("[" * 100_000, "te diep genest"),
    ('{"a":' * 20_000, "te diep genest"),
    (b"\xff\xfe{}", "geen UTF-8"),
    (b'{"spells": [["2023-01-02", null]], "regime": "\\ud800"}', "'regime' is onbekend"),
    ('{"spells": [["2023-02-30", null]]}', "een datum die niet bestaat"),
    ('{"spells": [["2014-12-31", null]]}', "kennen wij de tekst van de wet niet"),
    ("x" * (LONGEST_LINE + 1), "te lang"),
]


@pytest.mark.parametrize(("given", "problem"), BAD, ids=range(len(BAD)))
def test_a_bad_line_is_one_dutch_error_and_no_traceback(
    ask: Callable[..., Answer], given: str | bytes, problem: str
) -> None:
    code, out, err = ask(given)

    assert code == (1 if given else 0)
    assert problem in err
    assert len(err.splitlines()) == (1 if given else 0)
    assert [problem in row["error"] for row in rows(out) if "error" in row] == ([True] if given else [])


def test_a_line_of_ten_megabytes_is_passed_over_and_the_next_is_answered(ask: Callable[..., Answer]) -> None:
    code, out, err = ask("x" * 10_000_000 + f"\n{SICK}\n")

    assert code == 1
    assert [("error" in row) for row in rows(out)] == [True, False]
    assert err.startswith("hervat timeline: regel 1: De regel is te lang.")


def test_a_line_of_exactly_the_longest_is_read(ask: Callable[..., Answer]) -> None:
    filler = " " * (LONGEST_LINE - len(SICK))

    assert ask(f"{SICK}{filler}\n")[0] == 0
    assert ask(f"{SICK}{filler}")[0] == 0


def test_a_line_keeps_its_own_day_and_others_take_the_option(ask: Callable[..., Answer]) -> None:
    own = SICK.replace("}", ', "on": "2023-02-01"}')
    _, out, _ = ask(f"{SICK}\n{own}\n", "--on", "2023-03-01")

    assert [row["on"] for row in rows(out)] == ["2023-03-01", "2023-02-01"]


def test_people_get_reasons_instead_of_json(ask: Callable[..., Answer]) -> None:
    two = '{"spells": [["2023-01-02","2023-06-05"],["2023-06-19",null]]}\nnee\n'
    code, out, err = ask(two, "--explain", "--on", "2023-07-01")

    assert code == 1
    assert out.startswith("Regel 1\nEerste ziektedag: 2 januari 2023\n")
    assert "  +14 dagen: hersteld van 5 tot 19 juni 2023, samengeteld want korter dan 28 dagen" in out
    assert "Regel 2: De regel is geen geldige JSON." in out
    assert "regel 2" in err


def test_an_open_question_is_told_with_both_outcomes(ask: Callable[..., Answer]) -> None:
    data = EXAMPLE.replace('"same_cause":true,', "")
    decision = rows(ask(data)[1])[0]["decision_needed"][0]
    text = ask(data, "--explain")[1]

    assert [one["id"] for one in decision["outcomes"]] == ["merged", "new_case"]
    assert decision["provisional"] == "merged"
    assert decision["outcomes"][1]["dates"]["first_sick_day"] == "2023-05-28"
    assert set(IDS) <= set(decision["outcomes"][0]["dates"])
    assert "Voorlopig: een mens moet eerst iets beslissen" in text
    assert "er begint een nieuw ziektegeval: eerste ziektedag 28 mei 2023" in text


def test_a_file_is_read_and_one_that_is_not_there_is_told(hervat: Hervat, tmp_path: Path) -> None:
    path = tmp_path / "vragen.jsonl"
    path.write_text(f"\ufeff{SICK}\n", encoding="utf-8")

    assert hervat("timeline", str(path))[0] == 0
    assert "is niet te lezen" in hervat("timeline", str(tmp_path / "weg.jsonl"))[2]
    assert hervat("timeline", str(tmp_path))[0] == 1


def test_a_day_that_does_not_exist_is_wrong_usage(hervat: Hervat) -> None:
    code, out, err = hervat("timeline", "--on", "2023-02-30")

    assert (code, out) == (2, "")
    assert "een datum die niet bestaat" in err


def test_whoever_sends_a_line_gets_its_answer_before_the_next() -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen([HERVAT, "timeline"], stdin=pipe, stdout=pipe, text=True) as running:  # noqa: S603
        assert running.stdin is not None
        assert running.stdout is not None
        for day in ("2023-01-02", "2023-01-03"):
            running.stdin.write(SICK.replace("2023-01-02", day) + "\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["first_sick_day"] == day
        running.stdin.close()

    assert running.returncode == 0
