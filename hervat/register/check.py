"""Does the software do what the register promises? Element by element: covered, violation or gap.

A gap is something nobody has decided or built yet, and is never a verdict; a violation is an entry and
a program that contradict each other. What the rooms store is passed in as values, because nothing
here may look up into the house. Read next: `hervat/cli/register.py`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from hervat.register.entry import digest_of, text_of
from hervat.register.model import (
    Acceptance,
    Entry,
    Group,
    ItemReading,
    OpenPoint,
    OpenPointId,
    PurposePhrase,
    Register,
)
from hervat.register.open_points import CONTROLLERS, MATRIX, SUPPLY
from hervat.register.vocabulary import Cell, Item, Role


class Outcome(StrEnum):
    """What the check found of one element."""

    COVERED = "gedekt"
    VIOLATION = "schending"
    GAP = "gat"


@dataclass(frozen=True, slots=True)
class Finding:
    """One element of the register, and how the software stands to it."""

    kind: str
    element: str
    outcome: Outcome
    text: str


@dataclass(frozen=True, slots=True)
class House:
    """What exists outside this room: each stored field with the item it names, and the rooms that act."""

    stored: Mapping[str, str]
    rooms: frozenset[str]


Accepted = Mapping[OpenPointId, Acceptance]


def check(register: Register, accepted: Accepted, house: House) -> tuple[Finding, ...]:
    """Compare the register with itself, with what is accepted, and with what the rooms store."""
    return tuple(_findings(register, accepted, house))


def _findings(register: Register, accepted: Accepted, house: House) -> Iterator[Finding]:
    for entry in register.entries:
        yield _text(entry)
        yield from (_purpose(register, accepted, purpose) for purpose in entry.purposes)
        yield from _grounds(register, accepted, entry)
        for group in entry.groups:
            yield from _phrases(register, group)
            yield from _terms(register, accepted, group, house)
            yield from _origin(register, accepted, entry, group, house)
        yield from (_recipient(register, accepted, entry, recipient.role) for recipient in entry.recipients)
        yield from _statements(register, accepted, entry, house)
    for item in register.reading.items.values():
        yield _row(register, accepted, item)
        yield _document(register, item)
        yield _home(item, house)
    yield from _stored(house)
    yield from (_accepted(point, accepted) for point in register.open_points.values())


def _text(entry: Entry) -> Finding:
    if digest_of(text_of(entry)) == entry.digest:
        return Finding(
            "tekst", entry.reference, Outcome.COVERED, "de herbouwde tekst is die van het register"
        )
    return Finding(
        "tekst",
        entry.reference,
        Outcome.VIOLATION,
        "de herbouwde tekst wijkt af van het register: een woord is veranderd, verdwenen of toegevoegd",
    )


def _purpose(register: Register, accepted: Accepted, purpose: PurposePhrase) -> Finding:
    reading = register.reading.purposes.get(purpose.id)
    if reading is None:
        return Finding("doel", purpose.id, Outcome.VIOLATION, "het doel heeft geen lezing")
    if not reading.operations or not reading.roles:
        return Finding(
            "doel", purpose.id, Outcome.VIOLATION, "het doel heeft geen handelingen of geen rollen"
        )
    points = [point for point in register.open_points.values() if _is_about(point, purpose)]
    names = ", ".join(reading.operations)
    return _unless_open("doel", purpose.id, f"handelingen: {names}", points, accepted)


def _is_about(point: OpenPoint, purpose: PurposePhrase) -> bool:
    """An open point on a purpose as such, and not on some items or roles within it."""
    blocks = point.blocks
    if blocks is None or purpose.id not in blocks.purposes or MATRIX in point.elements:
        return False
    return not (blocks.roles or blocks.items or blocks.classes)


def _grounds(register: Register, accepted: Accepted, entry: Entry) -> Iterator[Finding]:
    for purpose in entry.purposes:
        for ground in purpose.named:
            points = _naming(register, f"grond: {ground}")
            text = f"{purpose.basis}: {ground}"
            yield _unless_open("grond", f"{purpose.id}: {ground[:40]}", text, points, accepted)


def _phrases(register: Register, group: Group) -> Iterator[Finding]:
    for phrase in group.items:
        items = [
            item.item
            for item in register.reading.items.values()
            if item.group == group.id and item.phrase == phrase
        ]
        if items:
            yield Finding(
                "gegeven", f"{group.id}: {phrase}", Outcome.COVERED, f"gelezen als {', '.join(items)}"
            )
        else:
            yield Finding("gegeven", f"{group.id}: {phrase}", Outcome.VIOLATION, "geen gegeven in de lezing")


def _terms(register: Register, accepted: Accepted, group: Group, house: House) -> Iterator[Finding]:
    for term in (term for block in group.retention for term in block.terms):
        reading = register.reading.terms.get(term.id)
        if reading is None:
            yield Finding("termijn", term.id, Outcome.VIOLATION, "de termijn heeft geen klok")
            continue
        unread = [phrase for phrase in term.objects if phrase not in reading.objects]
        if unread:
            text = f"onbekend welk stuk dit is: {', '.join(unread)}"
            yield Finding("termijn", term.id, Outcome.VIOLATION, text)
            continue
        points = [point for point in register.open_points.values() if term.id in point.terms]
        text = f"{reading.duration} vanaf {reading.clock}"
        yield _unless_open("termijn", term.id, text, points, accepted)
        yield _unless_missing("vernietigen", term.id, "retention", house)


def _origin(
    register: Register, accepted: Accepted, entry: Entry, group: Group, house: House
) -> Iterator[Finding]:
    yield _unless_missing("bron", f"{group.id}: {', '.join(group.sources)}", "exchange", house)
    points = _naming(register, SUPPLY) if entry is register.entry else []
    yield _unless_open("aanleverplicht", group.id, group.supply_phrase, points, accepted)


def _recipient(register: Register, accepted: Accepted, entry: Entry, role: Role) -> Finding:
    if role not in register.reading.roles and entry is not register.entry:
        return Finding("ontvanger", role, Outcome.COVERED, "deze werkgever heeft die rol niet")
    if role not in register.reading.roles:
        return Finding("ontvanger", role, Outcome.VIOLATION, "de ontvanger heeft geen rol in de lezing")
    items = [
        item
        for item in register.reading.items.values()
        if register.entry_of(item.item) is entry and item.cells.get(role, Cell.NOTHING) is not Cell.NOTHING
    ]
    if not items:
        return Finding("ontvanger", role, Outcome.VIOLATION, "de ontvanger krijgt volgens de lezing niets")
    points = [point for point in register.open_points.values() if point.blocks and role in point.blocks.roles]
    return _unless_open("ontvanger", role, f"{len(items)} gegevens in de matrix", points, accepted)


def _statements(register: Register, accepted: Accepted, entry: Entry, house: House) -> Iterator[Finding]:
    if entry.automated:
        yield Finding("besluiten", entry.reference, Outcome.VIOLATION, "Hervat neemt geen enkel besluit zelf")
    else:
        yield _unless_missing("besluiten", entry.reference, "course", house)
    if entry.outside_eu:
        yield Finding("doorgifte", entry.reference, Outcome.VIOLATION, "Hervat geeft niets door buiten de EU")
    else:
        yield Finding(
            "doorgifte",
            entry.reference,
            Outcome.COVERED,
            "geen pagina of opdracht opent een verbinding naar buiten",
        )
    if entry.controllers:
        yield Finding("verantwoordelijke", entry.reference, Outcome.COVERED, ", ".join(entry.controllers))
    else:
        yield _empty_controller(register, accepted, entry)
    yield Finding("gerelateerd", entry.reference, Outcome.COVERED, entry.related_phrase)


def _empty_controller(register: Register, accepted: Accepted, entry: Entry) -> Finding:
    points = _naming(register, CONTROLLERS)
    if not points:
        return Finding(
            "verantwoordelijke",
            entry.reference,
            Outcome.VIOLATION,
            "er staat niemand en er is geen open punt over",
        )
    return _unless_open("verantwoordelijke", entry.reference, points[0].reading, points, accepted)


def _row(register: Register, accepted: Accepted, item: ItemReading) -> Finding:
    granted = [role for role, cell in item.cells.items() if cell is not Cell.NOTHING]
    read = register.reading.purposes
    purposes = [read[purpose] for purpose in register.group(item.item).purposes if purpose in read]
    idle = [role for role in granted if not any(role in purpose.roles for purpose in purposes)]
    if idle:
        text = f"een cel voor {', '.join(idle)}, die voor geen doel van dit gegeven werkt"
        return Finding("matrix", item.item, Outcome.VIOLATION, text)
    points = [
        point
        for point in register.open_points.values()
        if point.blocks
        and not point.blocks.roles
        and not point.blocks.purposes
        and (item.item in point.blocks.items or item.item_class in point.blocks.classes)
    ]
    if register.entry_of(item.item) is register.entry:
        points += _naming(register, MATRIX)
    return _unless_open("matrix", item.item, f"{len(granted)} rollen krijgen iets", points, accepted)


def _document(register: Register, item: ItemReading) -> Finding:
    group = register.group(item.item)
    own = [term.id for block in group.retention for term in block.terms]
    terms = [
        term
        for term in own
        if term in register.reading.terms and item.document in register.reading.terms[term].documents
    ]
    if not terms:
        return Finding(
            "bewaren", item.item, Outcome.VIOLATION, f"geen termijn voor stukken van de soort {item.document}"
        )
    return Finding("bewaren", item.item, Outcome.COVERED, f"{item.document}: {', '.join(terms)}")


def _home(item: ItemReading, house: House) -> Finding:
    homes = [field for field, stored in house.stored.items() if stored == item.item]
    if homes:
        return Finding("opslag", item.item, Outcome.COVERED, ", ".join(homes))
    return Finding("opslag", item.item, Outcome.GAP, "nog geen kamer bewaart dit gegeven")


def _stored(house: House) -> Iterator[Finding]:
    """The other way round: a stored field of which there is no item at all.

    The tables are those of every employer: a field for an item that only another one's register names is
    no violation here, because `decide()` refuses to write it and it stays empty.
    """
    for field, stored in house.stored.items():
        if stored not in set(Item):
            text = f"bewaart '{stored}', dat niet in het register staat"
            yield Finding("opslag", field, Outcome.VIOLATION, text)


def _accepted(point: OpenPoint, accepted: Accepted) -> Finding:
    acceptance = accepted.get(point.id)
    if acceptance is None:
        text = f"niet aanvaard; intussen: {point.meanwhile}. Beslist: {point.owner}"
        return Finding("open punt", point.id, Outcome.GAP, text)
    demo = " (demonstratie)" if acceptance.demo else ""
    text = f"aanvaard door {acceptance.by} op {acceptance.on}{demo}"
    return Finding("open punt", point.id, Outcome.COVERED, text)


def _naming(register: Register, element: str) -> list[OpenPoint]:
    return [point for point in register.open_points.values() if element in point.elements]


def _unless_open(
    kind: str, element: str, text: str, points: Iterable[OpenPoint], accepted: Accepted
) -> Finding:
    """Covered, unless an open point about it still waits for somebody."""
    waiting = [point.id for point in points if point.id not in accepted]
    if waiting:
        return Finding(kind, element, Outcome.GAP, f"wacht op open punt {', '.join(waiting)}")
    return Finding(kind, element, Outcome.COVERED, text)


def _unless_missing(kind: str, element: str, room: str, house: House) -> Finding:
    """Covered by a room, once that room acts."""
    if room in house.rooms:
        return Finding(kind, element, Outcome.COVERED, f"door de kamer {room}")
    return Finding(kind, element, Outcome.GAP, f"de kamer {room} doet nog niets")
