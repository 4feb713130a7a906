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


def test_it_says_that_there_are_no_people_in_it(visitor: Client) -> None:
    assert "er staan nog geen personen in" in visitor.get("/").content.decode()
