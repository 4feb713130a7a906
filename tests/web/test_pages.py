"""What holds for every page: its frame, its headers, its methods, and that it needs no database."""

import re
from functools import cache
from html.parser import HTMLParser

import pytest
from django.test import Client

from .inventory import FILES, PAGES, Visit, answer_of

CSP = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
EVERY_PAGE = pytest.mark.parametrize("visit", PAGES, ids=lambda visit: visit.path)


class Page(HTMLParser):
    """The parts of a page that the tests ask about."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.title = ""
        self._in_title = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in_title = tag == "title"

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title = " ".join((self.title + data).split())

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


@cache
def read(path: str) -> Page:
    """Return the parts of a page."""
    return Page(answer_of(path).content.decode())


@EVERY_PAGE
def test_a_page_has_one_heading_a_title_landmarks_and_a_way_past_the_menu(visit: Visit) -> None:
    page = read(visit.path)

    assert page.title.endswith(" · Hervat")
    assert len(page.title) > len(" · Hervat")
    assert [len(page.all(tag)) for tag in ("h1", "main", "footer")] == [1, 1, 1]
    assert page.all("html")[0]["lang"] == "nl"
    assert [link for link in page.all("a") if link.get("href") == "#inhoud"]
    assert page.all("main")[0]["id"] == "inhoud"


def test_no_two_pages_share_a_title() -> None:
    """A role and an item are pages of their own; another filter or version is not."""
    paths = [visit.path for visit in PAGES if "gebruik" not in visit.path and "stand" not in visit.path]
    titles = [read(path).title for path in paths]
    twice = {title for title in titles if titles.count(title) > 1}

    assert twice == {"Het register · Hervat", "Wie mag wat zien · Hervat"}


@EVERY_PAGE
def test_no_element_carries_a_style_or_a_script_of_its_own(visit: Visit) -> None:
    page = read(visit.path)

    assert page.all("style") == []
    assert [script for script in page.all("script") if "src" not in script] == []
    own = [name for _tag, attrs in page.tags for name in attrs if name == "style" or name.startswith("on")]
    assert own == []


@EVERY_PAGE
def test_no_two_elements_have_the_same_id(visit: Visit) -> None:
    page = read(visit.path)
    ids = [attrs["id"] for _tag, attrs in page.tags if "id" in attrs]

    assert sorted(ids) == sorted(set(ids))


@EVERY_PAGE
def test_a_link_inside_the_pages_leads_somewhere(visit: Visit) -> None:
    """Also its anchor: an open point that was renamed would leave links that go nowhere."""
    page = read(visit.path)
    addresses = {str(link["href"]) for link in page.all("a")}
    own = {address for address in addresses if address.startswith(("/register/open-points/#", "#"))}
    points = answer_of("/register/open-points/").content.decode()
    here = {f"#{attrs['id']}" for _tag, attrs in page.tags if "id" in attrs}
    there = {f"/register/open-points/#{code}" for code in re.findall(r'id="([\w-]+)"', points)}

    assert own - here - there == set()


@pytest.mark.parametrize("visit", [*PAGES, *FILES], ids=lambda visit: visit.path)
def test_every_answer_carries_the_security_headers(visit: Visit) -> None:
    headers = answer_of(visit.path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))

    assert policy == CSP
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("visit", [*PAGES, *FILES], ids=lambda visit: visit.path)
def test_a_page_can_be_read_and_nothing_else(visitor: Client, visit: Visit) -> None:
    assert visitor.head(visit.path).status_code == visit.status
    for method in (visitor.post, visitor.put, visitor.patch, visitor.delete):
        if not (visit.computes and method == visitor.post):
            assert method(visit.path).status_code == 405


def test_a_page_that_did_not_change_is_not_sent_again(visitor: Client) -> None:
    first = visitor.get("/register/matrix/")
    again = visitor.get("/register/matrix/", headers={"If-None-Match": first.headers["ETag"]})
    english = visitor.get(
        "/register/matrix/",
        headers={"If-None-Match": first.headers["ETag"], "Cookie": "hervat_taal=en"},
    )

    assert again.status_code == 304
    assert english.status_code == 200
    assert "Cookie" in first.headers["Vary"]


@EVERY_PAGE
def test_a_page_travels_in_less_than_a_hundred_kilobytes(visitor: Client, visit: Visit) -> None:
    """Compressed, as browsers get it, with the 25 kB of styles and script that test_look.py allows."""
    packed = visitor.get(visit.path, headers={"Accept-Encoding": "gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < 25_000


def test_the_matrix_itself_is_less_than_a_hundred_kilobytes(visitor: Client) -> None:
    assert len(visitor.get("/register/matrix/").content) < 100_000


def test_only_a_demonstration_says_so_and_counts_its_acceptances(
    visitor: Client, demo_visitor: Client
) -> None:
    plain = visitor.get("/register/open-points/").content.decode()
    demo = demo_visitor.get("/register/open-points/").content.decode()

    assert "Demonstratie: alle personen" in demo
    assert "Demonstratie" not in plain
    assert "Demonstratie (niemand)" in demo
