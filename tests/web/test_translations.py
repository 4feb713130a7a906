"""The English interface is whole: every string is in the catalogue, translated and compiled."""

from string import Formatter

import polib
import pytest
from django.test import Client

from .catalogue import MO, PO, message, strings_in_python, strings_in_template, strings_in_use
from .inventory import PAGES, Visit

CATALOGUE = polib.pofile(str(PO))


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_string_of_the_interface_is_in_the_catalogue_and_no_other() -> None:
    """What to do when this fails: python -m tests.web.catalogue, then translate what it added."""
    assert {message(entry) for entry in CATALOGUE} == strings_in_use()


def test_every_string_is_translated() -> None:
    assert [entry.msgid for entry in CATALOGUE if not all(translations(entry))] == []
    assert [entry.msgid for entry in CATALOGUE if entry.fuzzy] == []


def test_the_compiled_catalogue_equals_the_source() -> None:
    compiled = {message(entry): translations(entry) for entry in polib.mofile(str(MO))}

    assert compiled == {message(entry): translations(entry) for entry in CATALOGUE}


def test_a_translation_fills_in_the_same_values() -> None:
    def names(text: str) -> set[str]:
        return {part.split(")")[0] for part in text.split("%(")[1:]} | {
            name for _literal, name, _spec, _conversion in Formatter().parse(text) if name
        }

    wrong = [
        entry.msgid
        for entry in CATALOGUE
        for text in translations(entry)
        if names(text) != names(entry.msgid_plural or entry.msgid)
    ]
    assert wrong == []


def test_strings_are_found_in_templates_and_in_python() -> None:
    template = """{% load i18n %}{% translate "een" %}{% blocktranslate %}twee {{ x }}{% endblocktranslate %}
    {% blocktranslate count n=n %}{{ n }} ding{% plural %}{{ n }} dingen{% endblocktranslate %}"""

    assert strings_in_template(template) == {
        ("een", ""),
        ("twee %(x)s", ""),
        ("%(n)s ding", "%(n)s dingen"),
    }
    assert strings_in_python('_("een"); ngettext("ding", "dingen", n); print("nee")') == {
        ("een", ""),
        ("ding", "dingen"),
    }


@pytest.mark.parametrize("visit", PAGES, ids=lambda visit: visit.path)
def test_an_english_page_shows_no_dutch_interface(visitor: Client, visit: Visit) -> None:
    visitor.cookies["hervat_taal"] = "en"
    page = visitor.get(visit.path).content.decode()

    assert '<html lang="en">' in page
    for dutch in ("Naar de inhoud", ">Weergave<", "Kruimelpad", "Toegankelijkheid", "Wis filters"):
        assert dutch not in page
