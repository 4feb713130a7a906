"""The register page prints the entry as it was published, with our reading behind it."""

import html
import re

import pytest
from django.test import Client
from django.utils.html import escape

from hervat.register import in_force
from hervat.register.model import Entry
from hervat.register.show import as_markdown, as_text


def words_of(entry: Entry) -> list[str]:
    """Return every phrase of an entry."""
    words = [entry.reference, entry.description, *entry.organisations, entry.automated_phrase]
    words += [entry.outside_eu_phrase, entry.related_phrase, *entry.controllers, *entry.related]
    words += [recipient.phrase for recipient in entry.recipients]
    for purpose in entry.purposes:
        words += [purpose.phrase, purpose.label, *purpose.grounds]
    for group in entry.groups:
        words += [group.subjects, *group.items, group.source_intro, *group.sources, group.supply_phrase]
        for block in group.retention:
            words += [block.heading, *(part for term in block.terms for part in (term.phrase, *term.objects))]
    return words


def test_every_phrase_of_both_entries_stands_on_the_page(visitor: Client) -> None:
    page = visitor.get("/register/").content.decode()
    entries = in_force.history().latest.entries

    assert len(entries) == 2
    assert [words for entry in entries for words in words_of(entry) if escape(words) not in page] == []


def test_every_phrase_that_names_data_is_read_as_an_item(visitor: Client) -> None:
    page = visitor.get("/register/").content.decode()
    read = set(re.findall(r"/register/matrix/\?gegeven=([\w-]+)", page))

    assert "Deze zin lezen wij niet als een gegeven." not in page
    assert read == {item.value for item in in_force.history().latest.reading.items}


def test_the_empty_controller_is_said_and_leads_to_its_open_point(visitor: Client) -> None:
    page = visitor.get("/register/").content.decode()
    part = page[page.index('id="verantwoordelijken"') : page.index('id="gerelateerd"')]

    assert "Het register vult hier niets in." in part
    assert "/register/open-points/#verantwoordelijke-leeg" in part


def test_the_version_its_day_and_its_digest_stand_on_the_page(visitor: Client) -> None:
    version = in_force.history().latest.version
    page = visitor.get("/register/").content.decode()

    assert version.digest in page
    assert version.change in html.unescape(page)


@pytest.mark.parametrize("number", ["0", "999", "-1", "een", "1.0", "٣"])
def test_a_version_that_does_not_exist_is_not_found_and_said(visitor: Client, number: str) -> None:
    answer = visitor.get("/register/", {"versie": number})

    assert answer.status_code == 404
    assert "Deze versie van het register bestaat niet." in answer.content.decode()
    assert visitor.get("/register/", {"versie": "1"}).status_code == 200


def test_the_register_can_be_taken_along_as_data(visitor: Client) -> None:
    page = visitor.get("/register/").content.decode()
    address = re.findall(r'href="(/api/register/[^"]+)"', page)

    assert len(address) == 1
    assert visitor.get(address[0]).headers["Content-Type"].startswith("application/json")


def test_the_text_is_exactly_the_rebuilt_entry(visitor: Client) -> None:
    answer = visitor.get("/register/entry.txt")

    assert answer.content.decode() == as_text(in_force.history().latest)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_markdown_is_that_of_the_register(visitor: Client) -> None:
    answer = visitor.get("/register/entry.md", {"versie": "1"})

    assert answer.content.decode() == as_markdown(in_force.history().version(1))
    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
