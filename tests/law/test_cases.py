"""The cases that stand beside the rules: what a jurist reads is what the program does."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from hervat.law.reading import read_situation
from hervat.law.sheet import HOME
from hervat.law.timeline import CaseTimeline, Timeline, timeline
from hervat.law.vocabulary import DecisionId, PointId
from hervat.law.writing import timeline_data

SHEETS = sorted((HOME / "cases").glob("*.yaml"))
PREFIXES = ("legal_limit_", "hard_limit_", "from_", "status_", "days_late_", "last_day_", "outcome_")
ASPECTS = {"case_count", "decisions", "points"}


@cache
def cases_of(sheet: Path) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = YAML(typ="safe").load(sheet.read_text(encoding="utf-8"))
    return cases


def every_case() -> list[Any]:
    return [pytest.param(case, id=f"{s.stem}: {case['name']}") for s in SHEETS for case in cases_of(s)]


@pytest.mark.parametrize("case", every_case())
def test_the_law_gives_what_the_case_expects(case: dict[str, Any]) -> None:
    situation, _ = read_situation(case["given"])
    found = timeline(situation, on=case["on"])

    assert {name: answer(found, name) for name in case["expected"]} == plain(case["expected"])


@pytest.mark.parametrize("case", every_case())
def test_a_case_is_whole(case: dict[str, Any]) -> None:
    assert set(case) == {"name", "on", "given", "expected", "source"}
    assert isinstance(case["on"], date)
    assert case["expected"]
    assert len(case["source"]) > 5


def test_there_are_cases_on_every_subject_and_no_name_stands_twice() -> None:
    names = [case["name"] for sheet in SHEETS for case in cases_of(sheet)]

    assert len(names) > 40
    assert len(set(names)) == len(names)


def test_every_open_point_and_every_decision_has_a_case() -> None:
    expected = [case["expected"] for sheet in SHEETS for case in cases_of(sheet)]
    points = {point for one in expected for point in one.get("points", [])}
    decisions = {decision for one in expected for decision in one.get("decisions", [])}

    assert set(PointId) - points == set()
    assert set(DecisionId) - decisions == set()


def answer(found: Timeline, name: str) -> object:
    """What a timeline says under a name of a case sheet."""
    data, latest = timeline_data(found), found.latest
    if name in ASPECTS:
        return aspect(found, name)
    for prefix in PREFIXES:
        if name.startswith(prefix):
            return of_step(latest, prefix.removesuffix("_"), name.removeprefix(prefix))
    steps = {step.id.value: step.due_on.isoformat() for step in latest.steps}
    return steps[name] if name in steps else data[name]


def aspect(found: Timeline, name: str) -> object:
    if name == "case_count":
        return len(found.cases)
    if name == "decisions":
        return [decision.id.value for decision in found.latest.decisions]
    return [point.id.value for point in found.latest.open_points]


def of_step(latest: CaseTimeline, what: str, name: str) -> object:
    if what == "outcome":
        outcomes = {one.id: one.dates for one in latest.decisions[0].possibilities}
        return {key: day.isoformat() for key, day in outcomes[name].items()}
    if what == "last_day":
        return next(one.last_day for one in latest.milestones if one.id == name).isoformat()
    step = next(step for step in latest.steps if step.id == name)
    if what in {"status", "days_late"}:
        return getattr(step, what)
    day = {"legal_limit": step.legal_limit, "hard_limit": step.hard_limit, "from": step.opens_on}[what]
    return None if day is None else day.isoformat()


class Within(dict[str, object]):
    """Equal to a mapping that holds at least this."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, dict) and all(other.get(key) == value for key, value in self.items())

    __hash__ = None  # type: ignore[assignment]


def plain(expected: object) -> object:
    if isinstance(expected, dict):
        return {
            k: Within(plain_items(v)) if k.startswith("outcome_") else plain(v) for k, v in expected.items()
        }
    return expected.isoformat() if isinstance(expected, date) else expected


def plain_items(expected: dict[str, object]) -> dict[str, object]:
    return {key: plain(value) for key, value in expected.items()}
