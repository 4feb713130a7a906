"""The page with rules: every number, step and rule of the YAML stands on it, with its article."""

import re

from django.test import Client

from hervat.law.catalogue import rules, step_rules
from hervat.law.parameters import parameters
from hervat.law.retention import terms

from .test_pages import Page

PAGE = "/termijnen/regels/"


def articles(page: str) -> dict[str, str]:
    found = re.findall(r'<div class="rule" id="([\w-]+)">(.*?)</div>', page, re.DOTALL)
    return {code: " ".join(re.sub(r"<[^>]+>", " ", text).split()) for code, text in found}


def test_every_number_step_and_rule_stands_on_it(visitor: Client) -> None:
    wanted = (
        {f"getal-{name}" for name in parameters()}
        | {f"bewaar-{name}" for name in terms()}
        | {f"stap-{step}" for step in step_rules()}
        | {f"regel-{name}" for name in rules()}
    )

    assert set(articles(visitor.get(PAGE).content.decode())) == wanted


def test_a_number_shows_its_history_its_unit_and_when_it_was_read(visitor: Client) -> None:
    found = articles(visitor.get(PAGE).content.decode())

    assert "6 weken vanaf 1 jul 2023" in found["getal-aow_pay"]
    assert "13 weken vanaf 1 jan 2016" in found["getal-aow_pay"]
    assert "onzeker: laat het nagaan" in found["getal-aow_pay"]
    assert "art. 23 lid 3 WIA" in found["getal-merge_gap"]
    assert "vergeleken met de tekst van 1 jan 2026" in found["getal-merge_gap"]
    assert "€ 455" in found["getal-fine_week_42"]
    assert "eigen keuze" in found["getal-opens_before"]


def test_open_points_and_practice_are_marked(visitor: Client) -> None:
    found = articles(visitor.get(PAGE).content.decode())
    open_points = [one for one in terms().values() if one.open_point]

    assert open_points
    assert all(str(one.open_point) in found[f"bewaar-{one.parameter.id}"] for one in open_points)
    assert "praktijk, geen wet" in found["stap-evaluation"]
    assert "praktijk, geen wet" not in found["stap-week_42_notification"]


def test_every_article_of_the_calculator_leads_to_its_rule(visitor: Client) -> None:
    here = {
        f"{PAGE}#{attrs['id']}"
        for _tag, attrs in Page(visitor.get(PAGE).content.decode()).tags
        if "id" in attrs
    }
    result = visitor.post("/termijnen/", {"ziek-1": "2023-01-02", "sanction_decided_on": "2024-12-01"})
    links = {
        str(one["href"]) for one in Page(result.content.decode()).all("a") if PAGE + "#" in str(one["href"])
    }

    assert len(links) == 15
    assert links <= here


def test_links_to_the_law_are_links_and_nothing_more(visitor: Client) -> None:
    page = Page(visitor.get(PAGE).content.decode())
    outward = [str(one["href"]) for one in page.all("a") if str(one["href"]).startswith("http")]

    assert outward
    assert {href.split("/")[2] for href in outward} == {"wetten.overheid.nl", "eur-lex.europa.eu"}
