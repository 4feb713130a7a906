"""No word of D2599 is lost, invented or moved: its rebuilt text has the digest of the published page."""

from collections.abc import Iterator

import pytest

from hervat.register.document import Node, read_document
from hervat.register.entry import digest_of, normalise, parse_entry, text_of
from hervat.register.loading import OWN_ENTRY

from .copies import FERRY, Copy, d2599, ferry_history

PUBLISHED = "8f8bf93481bc3a83bb0062c5c994e1a720145e257ee552d6148827db9780d08c"
"""SHA-256 of the normalised text of entry D2599 as the public register shows it. Never computed here."""

CODES = {"id", "basis", "role", "digest"}
"""Keys of the entry file whose values are ours, and not words of the page."""


def test_the_rebuilt_text_of_d2599_is_the_published_page() -> None:
    assert digest_of(text_of(d2599().entry)) == PUBLISHED
    assert d2599().entry.digest == PUBLISHED


@pytest.mark.thorough
def test_every_word_changed_dropped_doubled_or_swapped_changes_the_digest() -> None:
    words = normalise(text_of(d2599().entry)).split(" ")

    assert len(words) == 743
    assert [text for text in _mistakes(words) if digest_of(text) == PUBLISHED] == []
    assert digest_of(" ".join(words)) == PUBLISHED


def _mistakes(words: list[str]) -> Iterator[str]:
    for at, word in enumerate(words):
        before, after = words[:at], words[at + 1 :]
        yield " ".join([*before, f"{word}x", *after])
        yield " ".join([*before, *after])
        yield " ".join([*before, word, word, *after])
        if after and after[0] != word:
            yield " ".join([*before, after[0], word, *after[1:]])


def test_every_phrase_of_the_file_stands_in_the_text() -> None:
    data = read_document(OWN_ENTRY).plain()
    changes = list(_changes(data))

    assert len(changes) > 100
    for path in changes:
        changed = parse_entry(Node(_changed(data, path), "d2599.yaml", 1))
        assert digest_of(text_of(changed)) != PUBLISHED, f"{path} can change unseen"


def _changes(data: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The place of each phrase in the file; where a purpose is referred to, its code is not a phrase."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key not in CODES and not (key == "purposes" and path[:1] == ("groups",)):
                yield from _changes(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _changes(value, (*path, index))
    elif isinstance(data, str):
        yield path


def _changed(data: object, path: tuple[str | int, ...]) -> object:
    if not path:
        return f"{data} iets"
    head, *rest = path
    if isinstance(data, dict):
        return {key: _changed(value, tuple(rest)) if key == head else value for key, value in data.items()}
    assert isinstance(data, list)
    return [_changed(value, tuple(rest)) if index == head else value for index, value in enumerate(data)]


def test_a_purpose_left_out_of_a_group_changes_the_digest(own: Copy) -> None:
    own.edit(
        "d2599.yaml",
        "purposes: [uitstroom, loonsancties, welzijn, publiek-privaat, wettelijke-plicht]",
        "purposes: [uitstroom, loonsancties, welzijn, publiek-privaat]",
    )

    assert digest_of(text_of(parse_entry(read_document(own.entry)))) != PUBLISHED


@pytest.mark.parametrize(
    "text",
    [
        "Doel: Zie DPIA over 9 - 10",
        "  Doel:\n\n Zie\tDPIA  over\u00a09 - 10 \n",
        "## Doel:\n\n**Zie DPIA** over\n\n---\n\n9 - 10",
        "<h2>Doel:</h2><p class='x'>Zie DPIA<br/>over 9 - 10</p>",
        "Doel: [Zie DPIA](https://example.org/dpia?a=1) over 9 - 10",
        "Doel: [Zie DPIA](#) over\n--------- | ------\n9 - 10".replace("|", ""),
    ],
)
def test_mark_up_and_white_space_do_not_matter(text: str) -> None:
    assert normalise(text) == "Doel: Zie DPIA over 9 - 10"
    assert normalise(f"{text} niet") != "Doel: Zie DPIA over 9 - 10"


def test_a_sign_written_as_html_writes_it_is_that_sign() -> None:
    assert normalise("<li>P&amp;O-adviseurs</li><li>Enqu&ecirc;te&nbsp;&#8211; x</li>") == (
        normalise("P&O-adviseurs Enquête – x")
    )
    assert normalise("P&amp;O") != normalise("P en O")


def test_a_page_in_markdown_and_html_has_the_digest_of_its_data() -> None:
    page = FERRY.with_name("page.md").read_text(encoding="utf-8")
    entry = ferry_history().latest.entry

    assert "<dt>" in page
    assert "**" in page
    assert digest_of(page) == entry.digest == digest_of(text_of(entry))
    assert digest_of(page.replace("Havenmeesters", "Havenmeester")) != entry.digest
