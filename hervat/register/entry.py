"""An entry of the register of processing activities: from data to values, and back to its text.

Rebuilding the text must give back the published page: no phrase lost, none invented. White space
and mark-up carry no meaning there, so two texts are compared normalised, by digest. What a phrase
*means* is not known here. Read next: `reading.py`.
"""

import hashlib
import html
import re
from collections.abc import Iterable, Iterator, Sequence

from hervat.register.document import Node
from hervat.register.model import (
    Entry,
    Group,
    PurposeId,
    PurposePhrase,
    Recipient,
    RetentionBlock,
    TermId,
    TermPhrase,
)
from hervat.register.vocabulary import LegalBasis, Role

HEADING = "Beschrijving van gegevensverwerking"


def parse_entry(node: Node) -> Entry:
    """Make an entry from its file. Raises `RegisterError` with file and line."""
    node.only(*ENTRY_KEYS)
    purposes = tuple(_purpose(child) for child in node.get("purposes"))
    _refuse_doubles(node.get("purposes"), [purpose.id for purpose in purposes], "het doel")
    known = {purpose.id for purpose in purposes}
    groups = tuple(_group(child, known) for child in node.get("groups"))
    _refuse_doubles(node.get("groups"), [group.id for group in groups], "de groep")
    terms = [
        term
        for group in node.get("groups")
        for block in group.get("retention")
        for term in block.get("terms")
    ]
    _refuse_doubles(terms, [term.text("id") for term in terms], "de termijn")
    recipients = tuple(_recipient(child) for child in node.get("recipients"))
    _refuse_doubles(node.get("recipients"), [recipient.role for recipient in recipients], "de ontvanger")
    return Entry(
        reference=node.text("reference"),
        description=node.text("description"),
        organisations=node.texts("organisations"),
        digest=node.text("digest"),
        purposes=purposes,
        groups=groups,
        automated=node.boolean("automated"),
        automated_phrase=node.text("automated_phrase"),
        recipients=recipients,
        outside_eu=node.boolean("outside_eu"),
        outside_eu_phrase=node.text("outside_eu_phrase"),
        controllers=node.texts("controllers"),
        related=node.texts("related"),
        related_phrase=node.text("related_phrase"),
    )


ENTRY_KEYS = (
    "reference",
    "description",
    "organisations",
    "digest",
    "purposes",
    "groups",
    "automated",
    "automated_phrase",
    "recipients",
    "outside_eu",
    "outside_eu_phrase",
    "controllers",
    "related",
    "related_phrase",
)


def _purpose(node: Node) -> PurposePhrase:
    node.only("id", "phrase", "basis", "label", "grounds")
    return PurposePhrase(
        id=PurposeId(node.text("id")),
        phrase=node.text("phrase"),
        basis=node.member(LegalBasis, "basis"),
        label=node.text("label"),
        grounds=node.texts("grounds"),
    )


def _group(node: Node, purposes: set[PurposeId]) -> Group:
    node.only(
        "id",
        "subjects",
        "items",
        "purposes",
        "retention",
        "source_intro",
        "sources",
        "supply_obligatory",
        "supply_phrase",
    )
    items = node.texts("items")
    _refuse_doubles(node.get("items"), list(items), "het gegeven")
    return Group(
        id=node.text("id"),
        subjects=node.text("subjects"),
        items=items,
        purposes=tuple(_known_purpose(child, purposes) for child in node.get("purposes")),
        retention=tuple(_retention_block(child) for child in node.get("retention")),
        source_intro=node.get("source_intro").as_text(),
        sources=node.texts("sources"),
        supply_obligatory=node.boolean("supply_obligatory"),
        supply_phrase=node.text("supply_phrase"),
    )


def _known_purpose(node: Node, purposes: set[PurposeId]) -> PurposeId:
    found = PurposeId(node.as_text())
    if found not in purposes:
        raise node.fail(
            f"het doel '{found}' staat niet bij de doelen van deze verwerking.",
            f"Gebruik een van: {', '.join(sorted(purposes))}.",
        )
    return found


def _retention_block(node: Node) -> RetentionBlock:
    node.only("heading", "terms")
    return RetentionBlock(
        heading=node.text("heading"), terms=tuple(_term(child) for child in node.get("terms"))
    )


def _term(node: Node) -> TermPhrase:
    node.only("id", "phrase", "objects")
    return TermPhrase(id=TermId(node.text("id")), phrase=node.text("phrase"), objects=node.texts("objects"))


def _recipient(node: Node) -> Recipient:
    node.only("role", "phrase")
    return Recipient(role=node.member(Role, "role"), phrase=node.text("phrase"))


def _refuse_doubles(nodes: Iterable[Node], codes: Sequence[str], what: str) -> None:
    for child, code in zip(nodes, codes, strict=True):
        if codes.count(code) > 1:
            raise child.fail(f"{what} '{code}' staat er twee keer.", "Laat er een staan.")


def rebuild(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the page line by line as (label, text), in its published order.

    A label is a heading, the name of a field, or empty for running text.
    """
    yield HEADING, ""
    yield "Omschrijving", entry.description
    yield "Organisatie", " ".join(entry.organisations)
    yield "Referentienummer", entry.reference
    yield "Doelen van de verwerking", ""
    for purpose in entry.purposes:
        yield "", purpose.phrase
        yield "", " ".join([purpose.label, *purpose.grounds])
    yield "Betrokkenen en gegevens", ""
    for group in entry.groups:
        yield from _rebuild_group(entry, group)
    yield "Automatische besluitvorming", entry.automated_phrase
    yield "Ontvangers", "\n".join(recipient.phrase for recipient in entry.recipients)
    yield "Doorgifte buiten EU", entry.outside_eu_phrase
    yield "Verantwoordelijken", "\n".join(entry.controllers)
    yield "Gerelateerde verwerkingen", "\n".join([*entry.related, entry.related_phrase])


def _rebuild_group(entry: Entry, group: Group) -> Iterator[tuple[str, str]]:
    phrases = {purpose.id: purpose.phrase for purpose in entry.purposes}
    yield "Betrokkene(n)", group.subjects
    yield "Persoonsgegevens", "\n".join(group.items)
    yield "Verzameldoel", "\n".join(phrases[purpose] for purpose in group.purposes)
    yield "Bewaartermijn", "\n".join(_rebuild_retention(group))
    yield "Bron", f"{group.source_intro} {', '.join(group.sources)}".strip()
    yield "Aanleverplicht", group.supply_phrase


def _rebuild_retention(group: Group) -> Iterator[str]:
    for block in group.retention:
        yield block.heading
        for term in block.terms:
            yield f"{term.phrase} {', '.join(term.objects)}".strip()


def text_of(entry: Entry) -> str:
    """Return the rebuilt page as plain text: a label, and its text below or beside it."""
    return "".join(
        f"{label}\t{text}\n" if label and text else f"{label or text}\n" for label, text in rebuild(entry)
    )


MARK_UP = (
    (re.compile(r"<[^>]+>"), " "),  # tags
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),  # links: the text stays, the address goes
    (re.compile(r"\*\*|^#+ ", re.MULTILINE), " "),  # bold and headings
    (re.compile(r"^[-\s]*-{3,}[-\s]*$", re.MULTILINE), " "),  # rules and table borders
)


def normalise(text: str) -> str:
    """Take out mark-up and fold white space: what is left is what the entry says.

    >>> normalise("**Doel**  <p>[Zie DPIA](#) P&amp;O</p>")
    'Doel Zie DPIA P&O'
    """
    for pattern, replacement in MARK_UP:
        text = pattern.sub(replacement, text)
    return " ".join(html.unescape(text).split())


def digest_of(text: str) -> str:
    """Return the SHA-256 of the normalised text, in hexadecimal."""
    return hashlib.sha256(normalise(text).encode()).hexdigest()
