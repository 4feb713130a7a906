"""Our reading of an entry: which phrase is which item, and the matrix role × item.

The entry does not say who may see what; this file does, with a reason, a source and a certainty for
each cell, and what it cannot know is an open point. It must never give a recipient more than one
cell of an item, or none. Read next: `reading.yaml`, `decisions.py`.
"""

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from hervat.register.document import Node
from hervat.register.model import (
    Entry,
    Group,
    ItemReading,
    OpenPointId,
    OwnWriting,
    PurposeId,
    PurposeReading,
    Reading,
    Reason,
    RoleReading,
    TermId,
    TermPhrase,
    TermReading,
)
from hervat.register.vocabulary import (
    Cell,
    Certainty,
    Clock,
    DayRule,
    DocumentClass,
    Item,
    ItemClass,
    Operation,
    Role,
)

Sources = Mapping[str, str]

OTHERS = "overigen"
"""In a list of roles: every role that the row does not name."""


def parse_reading(node: Node, entry: Entry, beside: Mapping[Role, RoleReading]) -> Reading:
    """Make the reading of one entry. Raises `RegisterError` with file and line.

    `beside` are the roles that an entry next to this one has named already. An entry with another beside it
    may speak of roles that its employer does not have: one text on the users serves them all.
    What is left unread (a phrase without an item, a purpose without a reading) is not refused here:
    `hervat register check` names it.
    """
    node.only("sources", "purposes", "roles", "own", "items", "terms")
    sources = {key: node.get("sources").text(key) for key in node.get("sources").codes()}
    roles = {**beside, **{reading.role: reading for reading in _roles(node.get("roles"), sources)}}
    absent = frozenset(Role) - set(roles) if beside else frozenset()
    return Reading(
        purposes={one.id: one for one in _purposes(node.get("purposes"), entry, tuple(roles), sources)},
        roles=roles,
        items=_with_own(node, _items(node.get("items"), entry, roles, absent, sources), sources),
        terms={reading.id: reading for reading in _terms(node.get("terms"), entry, sources)},
    )


def merge_readings(readings: Iterable[Reading]) -> Reading:
    """Put the readings of several entries together; `loading.py` has refused what they share."""
    merged = Reading(purposes={}, roles={}, items={}, terms={})
    for reading in readings:
        merged = Reading(
            purposes={**merged.purposes, **reading.purposes},
            roles={**reading.roles, **merged.roles},
            items={**merged.items, **reading.items},
            terms={**merged.terms, **reading.terms},
        )
    return merged


def _reason(node: Node, key: str, sources: Sources) -> Reason:
    return Reason(
        text=node.text(key), source=_source(node, sources), certainty=node.member(Certainty, "certainty")
    )


def _source(node: Node, sources: Sources) -> str:
    """Write out 'ap 5.3.1' as the title of the source with its place; several stand apart by ';'."""
    return "; ".join(_one_source(node, part.strip(), sources) for part in node.text("source").split(";"))


def _one_source(node: Node, cited: str, sources: Sources) -> str:
    key, _, place = cited.partition(" ")
    if key not in sources:
        raise node.get("source").fail(
            f"de bron '{key}' is onbekend.", f"Zet hem onder 'sources' of gebruik: {', '.join(sources)}."
        )
    return f"{sources[key]}, {place}" if place else sources[key]


def _purposes(
    node: Node, entry: Entry, roles: tuple[Role, ...], sources: Sources
) -> Iterable[PurposeReading]:
    known = {purpose.id for purpose in entry.purposes}
    for child in _once(node, "id", "het doel"):
        child.only(
            "id", "name", "objection", "operations", "roles", "special_ground", "bsn_ground",
            "reason", "source", "certainty",
        )  # fmt: skip
        if child.text("id") not in known:
            raise child.get("id").fail(
                f"het doel '{child.text('id')}' staat niet in de verwerking {entry.reference}.",
                f"Gebruik een van: {', '.join(sorted(known))}.",
            )
        yield PurposeReading(
            id=PurposeId(child.text("id")),
            name=child.text("name"),
            objection=child.boolean("objection"),
            operations=child.members(Operation, "operations"),
            roles=tuple(_listed(child.get("roles"), roles)),
            special_ground=child.get("special_ground").as_text(),
            bsn_ground=child.get("bsn_ground").as_text(),
            reason=_reason(child, "reason", sources),
        )


def _roles(node: Node, sources: Sources) -> Iterable[RoleReading]:
    for child in _once(node, "role", "de rol"):
        child.only("role", "name", "abbreviation", "why_not", "source", "certainty")
        yield RoleReading(
            role=child.member(Role, "role"),
            name=child.text("name"),
            abbreviation=child.text("abbreviation"),
            why_not=_reason(child, "why_not", sources),
        )


def _items(
    node: Node,
    entry: Entry,
    roles: Mapping[Role, RoleReading],
    absent: AbstractSet[Role],
    sources: Sources,
) -> dict[Item, ItemReading]:
    groups = {group.id: group for group in entry.groups}
    found: dict[Item, ItemReading] = {}
    for child in _once(node, "item", "het gegeven"):
        reading = _item(child, entry, groups, roles, absent, sources)
        found[reading.item] = reading
    return found


def _with_own(node: Node, items: dict[Item, ItemReading], sources: Sources) -> dict[Item, ItemReading]:
    """Say of each item whether `eigen` lets somebody record it: of what they are the source."""
    if not node.has("own"):
        return items
    own = node.get("own").only("items", "reason", "not", "source", "certainty")
    yes, no = _reason(own, "reason", sources), _reason(own, "not", sources)
    said = dict(_said_by_oneself(child, items) for child in _once(own.get("items"), "item", "het gegeven"))
    return {
        item: replace(reading, own=OwnWriting(item in said, said.get(item, ""), yes if item in said else no))
        for item, reading in items.items()
    }


def _said_by_oneself(node: Node, items: Mapping[Item, ItemReading]) -> tuple[Item, str]:
    node.only("item", "what")
    item = node.member(Item, "item")
    if item not in items or Cell.OWN not in items[item].cells.values():
        raise node.get("item").fail(
            f"niemand heeft bij '{item}' een cel 'eigen', dus niemand legt het over zichzelf vast.",
            "Haal het gegeven hier weg, of geef iemand die cel.",
        )
    return item, node.text("what")


def _item(
    node: Node,
    entry: Entry,
    groups: Mapping[str, Group],
    roles: Mapping[Role, RoleReading],
    absent: AbstractSet[Role],
    sources: Sources,
) -> ItemReading:
    node.only(
        "item", "name", "group", "phrase", "open_point", "class", "document", "cells", "reason", "not",
        "because", "source", "certainty",
    )  # fmt: skip
    if node.has("phrase") and node.has("open_point"):
        raise node.fail(
            f"'{node.text('item')}' heeft een 'phrase' en een 'open_point'.", "Laat een van beide weg."
        )
    group = _known_group(node, groups)
    cells = _cells(node, entry, roles, absent)
    return ItemReading(
        item=node.member(Item, "item"),
        name=node.text("name"),
        group=group.id,
        phrase=_known_phrase(node, group) if node.has("phrase") else "",
        item_class=node.member(ItemClass, "class"),
        document=node.member(DocumentClass, "document"),
        cells=cells,
        reasons=_reasons(node, cells, roles, absent, sources),
        open_point=None if node.has("phrase") else OpenPointId(node.text("open_point")),
    )


def _known_group(node: Node, groups: Mapping[str, Group]) -> Group:
    group = node.text("group")
    if group not in groups:
        raise node.get("group").fail(f"de groep '{group}' is onbekend.", f"Gebruik: {', '.join(groups)}.")
    return groups[group]


def _known_phrase(node: Node, group: Group) -> str:
    phrase = node.text("phrase")
    if phrase not in group.items:
        raise node.get("phrase").fail(
            f"'{phrase}' staat niet bij de gegevens van de groep '{group.id}'.",
            "Neem de woorden van het register precies over, of verwijs met 'open_point' naar een open punt.",
        )
    return phrase


def _listed(node: Node, others: Iterable[Role]) -> Iterable[Role]:
    """Read a list of roles, in which 'overigen' stands for those given."""
    for child in node:
        if child.as_text() == OTHERS:
            yield from others
        else:
            yield child.as_member(Role)


def _cells(
    node: Node, entry: Entry, roles: Mapping[Role, RoleReading], absent: AbstractSet[Role]
) -> dict[Role, Cell]:
    """Read a row of the matrix: each recipient of the entry stands in exactly one cell."""
    listed = node.get("cells").only(*Cell)
    named = [role for code in listed.codes() for role in _listed(listed.get(code), ())]
    others = [role for role in roles if role not in named]
    cells = {role: Cell(code) for code in listed.codes() for role in _listed(listed.get(code), others)}
    texts = [text for code in listed.codes() for text in listed.texts(code)]
    known = {OTHERS, *roles, *absent}
    wrong = [text for text in texts if texts.count(text) > 1 or text not in known]
    if wrong:
        raise listed.fail(
            f"de rij van '{node.text('item')}' noemt '{wrong[0]}' dubbel, of de lezing kent die rol niet.",
            "Geef elke rol van 'roles' precies een cel.",
        )
    missing = [one.role for one in entry.recipients if one.role not in cells and one.role not in absent]
    if missing:
        raise listed.fail(
            f"de rij van '{node.text('item')}' heeft geen cel voor {', '.join(missing)}.",
            "Zet elke ontvanger bij een van de waarden; 'niets' moet ook worden opgeschreven.",
        )
    return {role: cell for role, cell in cells.items() if role not in absent}


def _reasons(
    node: Node,
    cells: Mapping[Role, Cell],
    roles: Mapping[Role, RoleReading],
    absent: AbstractSet[Role],
    sources: Sources,
) -> dict[Role, Reason]:
    granted, refused = _reason(node, "reason", sources), _reason(node, "not", sources)
    reasons = {role: reading.why_not for role, reading in roles.items()}
    reasons |= {role: refused if cell is Cell.NOTHING else granted for role, cell in cells.items()}
    if node.has("because"):
        because = node.get("because").only(*cells, *absent)
        for code in (code for code in because.codes() if Role(code) in cells):
            reasons[Role(code)] = Reason(because.text(code), granted.source, granted.certainty)
    return reasons


def _terms(node: Node, entry: Entry, sources: Sources) -> Iterable[TermReading]:
    known = {term.id: term for group in entry.groups for block in group.retention for term in block.terms}
    for child in _once(node, "id", "de termijn"):
        child.only(
            "id", "clock", "duration", "day_rule", "objects", "documents", "reason", "source", "certainty"
        )
        term = known.get(TermId(child.text("id")))
        if term is None:
            raise child.get("id").fail(
                f"de termijn '{child.text('id')}' staat niet in de verwerking {entry.reference}.",
                f"Gebruik een van: {', '.join(sorted(known))}.",
            )
        objects = dict(_object(one, term) for one in child.get("objects")) if child.has("objects") else {}
        documents = child.members(DocumentClass, "documents") if child.has("documents") else ()
        yield TermReading(
            id=term.id,
            clock=child.member(Clock, "clock"),
            duration=_duration(child),
            day_rule=child.member(DayRule, "day_rule"),
            objects=objects,
            documents=(*documents, *(one for listed in objects.values() for one in listed)),
            reason=_reason(child, "reason", sources),
        )


def _object(node: Node, term: TermPhrase) -> tuple[str, tuple[DocumentClass, ...]]:
    node.only("phrase", "documents")
    phrase = node.text("phrase")
    if phrase not in term.objects:
        raise node.get("phrase").fail(
            f"'{phrase}' staat niet bij de termijn '{term.id}'.",
            "Neem de woorden van het register precies over.",
        )
    return phrase, node.members(DocumentClass, "documents")


def _duration(node: Node) -> str:
    found = node.text("duration")
    if not re.fullmatch(r"P[1-9]\d*[YMD]", found):
        raise node.get("duration").fail(
            f"'{found}' is geen duur.", "Schrijf hem volgens ISO 8601, zoals P12Y, P6M of P30D."
        )
    return found


def _once(node: Node, key: str, what: str) -> Iterable[Node]:
    """Yield the elements of a list, refusing a second one with the same code."""
    seen: set[str] = set()
    for child in node:
        code = child.text(key)
        if code in seen:
            raise child.get(key).fail(f"{what} '{code}' staat er twee keer.", "Laat er een staan.")
        seen.add(code)
        yield child
