"""The front page: live answers and figures, and no promise the software does not keep today."""

import re

from django.test import Client

from hervat.register import in_force


def test_the_figures_are_those_of_the_register(visitor: Client) -> None:
    page = visitor.get("/").content.decode()
    figures = re.findall(r"<b>([^<]+)</b>", page[page.index('class="facts"') :])
    register = in_force.history().latest
    points = len(register.open_points)

    assert figures == ["D2599", "6", "44", "11", "9", str(points), "0"]


def test_the_answers_change_when_somebody_accepts(visitor: Client, demo_visitor: Client) -> None:
    plain = visitor.get("/").content.decode()
    demo = demo_visitor.get("/").content.decode()

    assert plain.count("Nu geweigerd; wacht op:") == 3
    assert "Nu geweigerd" not in demo
    assert "toestemming verandert dat niet" in plain


def test_it_offers_to_log_in_and_says_that_there_are_no_dossiers_yet(visitor: Client) -> None:
    page = visitor.get("/").content.decode()

    assert 'href="/inloggen/"' in page
    assert page.index("In aanbouw") < page.index("Dossiers, en taken bij de termijnen daarin")
