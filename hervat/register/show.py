"""The register for people and machines: as the published text, as Markdown, and as plain data.

Nothing is left out here and nothing added: what is ours (the reading, the open points) stands apart
from what the entry says. Read next: `entry.py` (the text), `matrix.py` (who may see what).
"""

from collections.abc import Iterator

from hervat.register.entry import rebuild, text_of
from hervat.register.history import canonical
from hervat.register.model import Acceptance, Entry, ItemReading, OpenPoint, OpenPointId, Reason, Register
from hervat.register.vocabulary import Role


def as_text(register: Register) -> str:
    """Return exactly the employer's entry, rebuilt."""
    return text_of(register.entry)


def as_markdown(register: Register) -> str:
    """Return both entries as Markdown, with a line on the version."""
    version = register.version
    parts = ["\n".join(_markdown(entry)) for entry in register.entries]
    parts.append(
        f"Versie {version.number}, geldig vanaf {version.valid_from}, SHA-256 van de gegevens "
        f"`{version.digest}`.\n"
    )
    return "\n".join(parts)


def _markdown(entry: Entry) -> Iterator[str]:
    for label, text in rebuild(entry):
        if not text:
            yield f"{'##' if label in SECTIONS else '#'} {label}\n"
        elif label in SECTIONS:
            yield f"## {label}\n\n{_paragraphs(text)}\n"
        elif label:
            yield f"**{label}**\n\n{_paragraphs(text)}\n"
        else:
            yield f"{_paragraphs(text)}\n"


SECTIONS = frozenset(
    {
        "Doelen van de verwerking",
        "Betrokkenen en gegevens",
        "Automatische besluitvorming",
        "Ontvangers",
        "Doorgifte buiten EU",
        "Verantwoordelijken",
        "Gerelateerde verwerkingen",
    }
)


def _paragraphs(text: str) -> str:
    lines = text.split("\n")
    return text if len(lines) == 1 else "\n".join(f"- {line.removeprefix('• ')}" for line in lines)


def as_data(register: Register, accepted: dict[OpenPointId, Acceptance]) -> dict[str, object]:
    """Return the whole register as plain data, for JSON: entries, reading, open points, version."""
    version = register.version
    return {
        "version": {
            "number": version.number,
            "validFrom": version.valid_from.isoformat(),
            "digest": version.digest,
            "change": version.change,
        },
        "entries": [_entry_data(entry) for entry in register.entries],
        "purposes": [
            {
                "id": purpose.id,
                "name": purpose.name,
                "objection": purpose.objection,
                "operations": list(purpose.operations),
                "roles": list(purpose.roles),
                "reason": _reason_data(purpose.reason),
            }
            for purpose in register.reading.purposes.values()
        ],
        "items": [_item_data(item) for item in register.reading.items.values()],
        "terms": [
            {
                "id": term.id,
                "clock": term.clock,
                "duration": term.duration,
                "dayRule": term.day_rule,
                "documents": list(term.documents),
                "objects": {phrase: list(documents) for phrase, documents in term.objects.items()},
                "reason": _reason_data(term.reason),
            }
            for term in register.reading.terms.values()
        ],
        "openPoints": [
            _open_point_data(point, accepted.get(point.id)) for point in register.open_points.values()
        ],
    }


def as_json(register: Register, accepted: dict[OpenPointId, Acceptance]) -> str:
    """Return `as_data` as canonical JSON."""
    return canonical(as_data(register, accepted)) + "\n"


def _entry_data(entry: Entry) -> dict[str, object]:
    return {
        "reference": entry.reference,
        "description": entry.description,
        "organisations": list(entry.organisations),
        "textDigest": entry.digest,
        "text": text_of(entry),
        "purposes": [
            {"id": one.id, "phrase": one.phrase, "basis": one.basis, "grounds": list(one.named)}
            for one in entry.purposes
        ],
        "groups": [
            {
                "id": group.id,
                "subjects": group.subjects,
                "items": list(group.items),
                "purposes": list(group.purposes),
                "terms": [
                    {"id": term.id, "phrase": term.phrase, "objects": list(term.objects)}
                    for block in group.retention
                    for term in block.terms
                ],
                "sources": list(group.sources),
                "supplyObligatory": group.supply_obligatory,
            }
            for group in entry.groups
        ],
        "automatedDecisions": entry.automated,
        "recipients": [{"role": one.role, "phrase": one.phrase} for one in entry.recipients],
        "outsideEu": entry.outside_eu,
        "controllers": list(entry.controllers),
        "related": list(entry.related),
    }


def _item_data(item: ItemReading) -> dict[str, object]:
    return {
        "item": item.item,
        "name": item.name,
        "group": item.group,
        "phrase": item.phrase,
        "class": item.item_class,
        "document": item.document,
        "openPoint": item.open_point,
        "cells": {role: _cell_data(item, role) for role in item.cells},
    }


def _cell_data(item: ItemReading, role: Role) -> dict[str, object]:
    return {"cell": item.cells[role], "reason": _reason_data(item.reasons[role])}


def _reason_data(reason: Reason) -> dict[str, str]:
    return {"text": reason.text, "source": reason.source, "certainty": reason.certainty}


def _open_point_data(point: OpenPoint, acceptance: Acceptance | None) -> dict[str, object]:
    return {
        "id": point.id,
        "title": point.title,
        "what": point.what,
        "where": list(point.where),
        "reading": point.reading,
        "meanwhile": point.meanwhile,
        "meanwhileText": point.meanwhile_text,
        "owner": point.owner,
        "source": point.source,
        "certainty": point.certainty,
        "acceptance": None
        if acceptance is None
        else {
            "by": acceptance.by,
            "on": acceptance.on.isoformat(),
            "why": acceptance.why,
            "version": acceptance.version,
            "demo": acceptance.demo,
        },
    }
