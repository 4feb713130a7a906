"""Every number of the law is a dated history; a day before the first text has no answer."""

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

import hervat.law
from hervat.law import sheet
from hervat.law.catalogue import rules, sentence, step_rules
from hervat.law.errors import BeforeFirstText, SheetError
from hervat.law.facts import Situation, Spell
from hervat.law.parameters import CASE_PAGES, Parameter, law_on, on_page, parameter_of, parameters
from hervat.law.retention import terms
from hervat.law.sheet import HOME, read_sheet
from hervat.law.timeline import timeline
from hervat.law.vocabulary import Certainty, StepId

EVERY = [*parameters().values(), *(term.parameter for term in terms().values())]


@pytest.mark.parametrize("parameter", EVERY, ids=lambda parameter: parameter.id)
def test_a_number_has_a_name_an_article_and_a_check(parameter: Parameter) -> None:
    assert parameter.name
    assert parameter.article.text
    assert parameter.last_checked is not None or parameter.certainty in {
        Certainty.MEMORY,
        Certainty.UNCERTAIN,
    }


@pytest.mark.parametrize("page", CASE_PAGES)
def test_what_a_case_asks_is_known_from_2015_and_not_before(page: str) -> None:
    for parameter in on_page(page):
        assert parameter.history[0].valid_from <= date(2015, 1, 1)
        with pytest.raises(BeforeFirstText, match="Vóór 1 januari 2015 kennen wij"):
            parameter.on(date(2014, 12, 31))


def test_a_case_from_before_the_first_text_is_refused_and_one_after_is_not() -> None:
    assert timeline(Situation((Spell(date(2015, 1, 1)),)), on=date(2015, 1, 1)).latest.steps
    with pytest.raises(BeforeFirstText):
        timeline(Situation((Spell(date(2014, 12, 31)),)), on=date(2015, 1, 1))


def test_a_value_holds_from_its_day_and_the_day_before_the_older_one() -> None:
    assert [law_on(day).value("aow_pay") for day in (date(2015, 12, 31), date(2016, 1, 1))] == [104, 13]
    assert [law_on(day).value("aow_pay") for day in (date(2023, 6, 30), date(2023, 7, 1))] == [13, 6]


def test_links_are_jci_links_of_statutes() -> None:
    links = [one.article.link for one in (*EVERY, *step_rules().values(), *rules().values())]
    of_statutes = [link for link in links if link and "wetten.overheid.nl" in link]

    pattern = r"https://wetten\.overheid\.nl/jci1\.3:c:BWBR\d{7}(&artikel=\d+[a-z]?)?"
    assert len(of_statutes) > 40
    assert [link for link in of_statutes if not re.fullmatch(pattern, link)] == []


def test_every_step_has_a_sentence_for_each_way_it_is_counted() -> None:
    law = law_on(date(2023, 1, 2))
    rolling = {StepId.ACTION_PLAN, StepId.EVALUATION, StepId.SECOND_TRACK, StepId.SHORTENED_WAITING_PERIOD}
    from_end = {StepId.REINTEGRATION_REPORT, StepId.WIA_APPLICATION, StepId.REINTEGRATION_REVIEW}
    for rule in step_rules().values():
        assert rule.from_first_day or rule.id is StepId.WAGE_SANCTION_END
        assert rule.from_fact or rule.id not in rolling
        assert rule.from_end or rule.id not in from_end | {StepId.CURRENT_OPINION, StepId.PAY_END}
        for template in (rule.from_first_day, rule.from_fact, rule.from_end):
            assert template is None or "{" not in sentence(template, law)


def test_no_number_of_the_law_stands_in_python() -> None:
    """Weeks of the law are longer than a few; only the rules' arithmetic may be written in numbers."""
    found = [
        f"{path.name}: {number}"
        for path in sorted(Path(hervat.law.__path__[0]).glob("*.py"))
        for number in re.findall(
            r"(?<![\w.:/(-])(28|42|52|78|81|89|91|93|104|294|728)\b(?!\s*(weeks|weken|,))", _code(path)
        )
    ]

    assert found == []


def _code(path: Path) -> str:
    """The text of a module without docstrings and comments."""
    return re.sub(r'""".*?"""|#[^\n]*|"[^"\n]*"', "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: [\n", "geen geldige YAML"),
        ("a: 1\n", "regel 1: hier horen sleutels met waarden"),
        ("a: {nme: x}\n", "de sleutel 'nme' is onbekend"),
        ("a: {name: x}\n", "'history' ontbreekt"),
        ("a: {name: x, history: []}\n", "is leeg of niet op volgorde"),
        ("a: {name: 12, history: [{from: 2015-01-01, value: 1}]}\n", "'name' is geen tekst"),
        ("a: {name: x, history: [{from: '2015-01-01', value: 1}]}\n", "'from' is geen datum"),
        ("a: {name: x, history: [{from: 2015-01-01, value: yes}]}\n", "'value' is geen geheel getal"),
        ("a: {name: x, history: [{from: 2015-01-01, value: true}]}\n", "'value' is geen geheel getal"),
        (
            "a: {name: x, history: [{from: 2016-01-01, value: 1}, {from: 2015-01-01, value: 1}]}\n",
            "is leeg of niet op volgorde",
        ),
        (
            "a: {name: x, unit: uur, history: [{from: 2015-01-01, value: 1}]}\n",
            "'uur' is onbekend",
        ),
        (
            "a: {name: x, unit: weken, article: y, certainty: V, history: [{from: 2015-01-01, value: 1}]}\n",
            "'last_checked' ontbreekt",
        ),
    ],
)
def test_a_sheet_that_is_wrong_is_refused_with_its_line(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "fout.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SheetError, match=re.escape(fault)) as refused:
        read_all(path)
    assert "fout.yaml, regel 1" in str(refused.value) or "regel 2" in str(refused.value)


def read_all(path: Path) -> list[Parameter]:
    return [parameter_of(name, row) for name, row in read_sheet(path).named()]


def test_the_worked_change_of_the_page_gives_both_dates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """docs/law-change.md: fifteen weeks instead of thirteen from 1 January 2028."""
    home = tmp_path / "law"
    shutil.copytree(HOME / "parameters", home / "parameters")
    changed = home / "parameters" / "gatekeeper.yaml"
    text = changed.read_text(encoding="utf-8")
    before, parameter, after = text.partition("report_before_end:")
    line = "    - {from: 2015-01-01, value: 13}\n"
    new = '    - {from: 2028-01-01, value: 15, note: "geldt voor ziekte die begint op of na deze dag"}\n'
    changed.write_text(before + parameter + after.replace(line, line + new, 1), encoding="utf-8")
    law = hervat.law.parameters
    monkeypatch.setattr(sheet, "HOME", home)
    monkeypatch.setattr(law, "HOME", home)
    caches = (law.parameters, law._for_cases, law._changes, law._law_since)
    _forget(*caches)

    try:
        reports = {day: _report(day) for day in (date(2027, 12, 31), date(2028, 1, 1))}
    finally:
        _forget(*caches)

    assert reports == {
        date(2027, 12, 31): (date(2029, 9, 27), "13 weken voor het einde"),
        date(2028, 1, 1): (date(2029, 9, 14), "15 weken voor het einde"),
    }
    assert "2029-09-27" in (HOME.parents[1] / "docs" / "law-change.md").read_text(encoding="utf-8")
    assert "2029-09-14" in (HOME.parents[1] / "docs" / "law-change.md").read_text(encoding="utf-8")


def _forget(*caches: object) -> None:
    for cache in caches:
        cache.cache_clear()  # type: ignore[attr-defined]


def _report(day: date) -> tuple[date, str]:
    found = timeline(Situation((Spell(day),)), on=day + timedelta(9)).latest
    step = next(step for step in found.steps if step.id is StepId.REINTEGRATION_REPORT)
    return step.due_on, re.search(r"\d+ weken voor het einde", step.why[1].text)[0]  # type: ignore[index]
