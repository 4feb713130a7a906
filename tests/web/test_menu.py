"""The menu: the pages of one's work and one way to the register, with its pages as tabs there."""

import re

import pytest
from django.test import Client

from .login import Person, enrol

REGISTER = ["/register/", "/register/matrix/", "/register/open-points/", "/termijnen/"]


def links(client: Client, path: str, label: str) -> list[tuple[str, bool]]:
    """The links of a menu, and which of them is where one is."""
    page = client.get(path).content.decode()
    found = re.search(rf'<nav[^>]*aria-label="{label}">(.*?)</nav>', page, re.DOTALL)
    if found is None:
        return []
    return [
        (href, "aria-current" in rest) for href, rest in re.findall(r'<a href="([^"]+)"([^>]*)>', found[1])
    ]


def test_for_a_visitor_the_register_is_the_menu(visitor: Client) -> None:
    assert links(visitor, "/termijnen/", "Hoofdmenu") == [(href, href == "/termijnen/") for href in REGISTER]
    assert links(visitor, "/termijnen/", "Register") == []


@pytest.mark.django_db
def test_for_who_works_the_register_is_one_link_and_its_pages_are_tabs(sanne: Person) -> None:
    client = Client()
    enrol(client, sanne)
    menu = links(client, "/register/matrix/", "Hoofdmenu")

    assert menu[-1] == ("/register/", True)
    assert not {href for href, _current in menu} & set(REGISTER[1:])
    assert links(client, "/register/matrix/", "Register") == [
        (href, href == "/register/matrix/") for href in REGISTER
    ]
    assert links(client, "/hulp/", "Register") == []
    assert links(client, "/hulp/", "Hoofdmenu")[-1] == ("/register/", False)
