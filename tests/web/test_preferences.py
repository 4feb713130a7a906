"""Language and theme: Dutch and the device's own until chosen, by a form of our own pages only."""

import re

import pytest
from django.test import Client


def test_the_interface_is_dutch_whatever_the_browser_prefers(visitor: Client) -> None:
    answer = visitor.get("/", headers={"Accept-Language": "en-GB,en;q=0.9"})

    assert '<html lang="nl">' in answer.content.decode()
    assert answer.headers["Content-Language"] == "nl"


def test_english_is_chosen_by_a_form_and_law_and_register_stay_dutch(visitor: Client) -> None:
    chosen = visitor.post("/voorkeuren/taal/", {"taal": "en", "terug": "/register/"})
    page = visitor.get(chosen.headers["Location"]).content.decode()

    assert (chosen.status_code, chosen.headers["Location"]) == (303, "/register/")
    assert '<html lang="en">' in page
    assert "Our reading" in page
    assert "Onze lezing" not in page
    assert '<p class="phrase" lang="nl">Het terugdringen van het percentage loonsancties' in page


def test_dutch_text_is_not_marked_inside_a_dutch_page(visitor: Client) -> None:
    assert '<p class="phrase">Het terugdringen' in visitor.get("/register/").content.decode()


@pytest.mark.parametrize(
    ("theme", "attribute"),
    [("licht", ' data-theme="licht"'), ("donker", ' data-theme="donker"'), ("systeem", "")],
)
def test_the_theme_is_remembered(visitor: Client, theme: str, attribute: str) -> None:
    visitor.post("/voorkeuren/weergave/", {"weergave": theme, "terug": "/"})
    page = visitor.get("/").content.decode()

    assert f'<html lang="nl"{attribute}>' in page
    assert re.findall(r'value="(\w+)"\s+aria-pressed="true"', page) == [theme]


def test_the_cookie_says_nothing_about_a_person_and_no_script_can_read_it(visitor: Client) -> None:
    cookie = visitor.post("/voorkeuren/taal/", {"taal": "en"}).cookies["hervat_taal"]

    assert cookie.value == "en"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize(
    ("address", "values"),
    [("/voorkeuren/taal/", {"taal": "fr"}), ("/voorkeuren/weergave/", {}), ("/voorkeuren/taal/", {})],
)
def test_an_unknown_choice_is_refused_and_sets_nothing(
    visitor: Client, address: str, values: dict[str, str]
) -> None:
    answer = visitor.post(address, values)

    assert answer.status_code == 400
    assert not answer.cookies
    assert "Wij begrijpen deze vraag niet" in answer.content.decode()


def test_only_a_form_of_our_own_pages_sets_a_preference(visitor: Client) -> None:
    values = {"taal": "en", "terug": "/"}
    own = visitor.post("/voorkeuren/taal/", values, headers={"Origin": "http://testserver"})
    other = visitor.post("/voorkeuren/taal/", values, headers={"Origin": "https://example.org"})
    hidden = visitor.post("/voorkeuren/taal/", values, headers={"Origin": "null"})

    assert own.status_code == 303
    assert (other.status_code, hidden.status_code) == (403, 403)
    assert not other.cookies


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org/", "/\\example.org", "register/"])
def test_the_way_back_never_leads_to_another_host(visitor: Client, address: str) -> None:
    answer = visitor.post("/voorkeuren/taal/", {"taal": "nl", "terug": address})

    assert answer.headers["Location"] == "/"


def test_an_unknown_cookie_is_as_none(visitor: Client) -> None:
    visitor.cookies["hervat_taal"] = "klingon"
    visitor.cookies["hervat_weergave"] = '"><script>'

    assert '<html lang="nl">' in visitor.get("/").content.decode()


@pytest.mark.parametrize("address", ["/voorkeuren/taal/", "/voorkeuren/weergave/"])
def test_a_preference_is_not_set_by_following_a_link(visitor: Client, address: str) -> None:
    assert visitor.get(address).status_code == 405
