"""The help: a page for every step that somebody does, in both languages, with what the law says of it."""

from html import unescape

import pytest
from django.test import Client

from hervat.law.catalogue import step_rules
from hervat.law.vocabulary import StepId
from hervat.web.presenters.help import help_href, slug_of, topics

ENDS = {
    StepId.WAITING_PERIOD_END,
    StepId.PAY_END,
    StepId.WAGE_SANCTION_END,
    StepId.SHORTENED_WAITING_PERIOD,
}
STEPS = [step for step in StepId if step not in ENDS]


def read(visitor: Client, path: str) -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def test_every_step_that_somebody_does_has_help_and_an_end_has_none() -> None:
    assert [bool(help_href(step)) for step in STEPS] == [True] * len(STEPS)
    assert [help_href(step) for step in ENDS] == [""] * len(ENDS)


@pytest.mark.parametrize("step", STEPS)
def test_the_page_of_a_step_says_who_when_and_by_which_article(visitor: Client, step: StepId) -> None:
    page = read(visitor, f"/hulp/stap/{slug_of(step)}/")

    assert step_rules()[step].article.text in page
    assert str(step_rules()[step].name) in page
    assert "{" not in page.split("<main", 1)[1].split("</main>")[0]


def test_the_list_leads_to_every_step_and_every_question(visitor: Client) -> None:
    page = read(visitor, "/hulp/")

    assert all(f'href="{help_href(step)}"' in page for step in STEPS)
    assert all(f'href="/hulp/{name}/"' in page for name in topics())


def test_the_help_speaks_the_language_of_the_visitor(visitor: Client) -> None:
    assert "Te laat kan een boete geven" in read(visitor, "/hulp/stap/week-42-notification/")

    visitor.post("/voorkeuren/taal/", {"taal": "en", "terug": "/hulp/"})

    assert "Being late can cost a fine" in read(visitor, "/hulp/stap/week-42-notification/")
    assert "What may I ask and write down?" in read(visitor, "/hulp/wat-mag-ik-vragen/")


def test_what_has_no_help_is_not_found(visitor: Client) -> None:
    assert visitor.get("/hulp/stap/pay-end/").status_code == 404
    assert visitor.get("/hulp/iets/").status_code == 404
    assert visitor.post("/hulp/").status_code == 405
