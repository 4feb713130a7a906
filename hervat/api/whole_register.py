"""The whole register as one document: the entries, our reading of them, and the open points.

For machines that want what the pages show. It must never leave something out: a hole in the register is
as much part of it as the rest. Who accepted an open point is not part of a version and is not here.
Read next: `hervat/register/model.py` (the same, as values), docs/api.md.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, TypeVar
from uuid import UUID

from pydantic import BeforeValidator, Field

from hervat.api.activities import OPEN_POINTS, ROOT
from hervat.api.schemas import MOST, Address, Answer, Code, Digest, Duration, Line, Number, Text
from hervat.register.identifiers import activity_id, recipient_id
from hervat.register.model import Entry, ItemReading, OpenPoint, Register
from hervat.register.vocabulary import (
    Cell,
    Certainty,
    Clock,
    DayRule,
    DocumentClass,
    Item,
    ItemClass,
    LegalBasis,
    Meanwhile,
    Operation,
    Role,
    Use,
)

T = TypeVar("T")
Listed = Annotated[list[T], Field(max_length=MOST)]


def _in_order(values: Iterable[str]) -> list[str]:
    return sorted(values)


def _objects(read: Mapping[str, Iterable[DocumentClass]]) -> list[dict[str, object]]:
    return [{"phrase": phrase, "documents": documents} for phrase, documents in read.items()]


Sorted = Annotated[list[T], BeforeValidator(_in_order), Field(max_length=MOST)]
"""A set, in a fixed order: the ETag is over the text."""


class Reason(Answer):
    """Waarom een beslissing zo uitvalt, waar dat staat en hoe zeker wij zijn."""

    text: Text
    source: Text
    certainty: Certainty


class Purpose(Answer):
    """Een doel zoals de verwerking het noemt."""

    id: Code
    processing_activity_id: UUID
    phrase: Text
    basis: LegalBasis
    label: Line
    grounds: Listed[Text]


class TermPhrase(Answer):
    """Een bewaartermijn zoals de verwerking hem noemt."""

    id: Code
    phrase: Line
    objects: Listed[Line]


class RetentionBlock(Answer):
    """Een kop met de bewaartermijnen eronder."""

    heading: Line
    terms: Listed[TermPhrase]


class Group(Answer):
    """Een groep betrokkenen, met haar gegevens, doelen, termijnen en bronnen."""

    id: Code
    subjects: Line
    items: Listed[Line]
    purposes: Listed[Code]
    retention: Listed[RetentionBlock]
    source_intro: Line
    sources: Listed[Line]
    supply_obligatory: bool
    supply_phrase: Line


class EntryRecipient(Answer):
    """Een ontvanger zoals de verwerking hem noemt, en de rol waarvoor wij hem lezen."""

    role: Role
    phrase: Line
    entity_id: UUID


class RegisterEntry(Answer):
    """Een verwerking uit het register, zin voor zin."""

    reference: Code
    description: Text
    organisations: Listed[Line]
    digest: Annotated[Line, Field(description="SHA-256 van de genormaliseerde tekst van de verwerking.")]
    purposes: Listed[Purpose]
    groups: Listed[Group]
    automated: bool
    automated_phrase: Text
    recipients: Listed[EntryRecipient]
    outside_eu: bool
    outside_eu_phrase: Text
    controllers: Listed[Line]
    related: Listed[Line]
    related_phrase: Text


class PurposeReading(Answer):
    """Hoe wij een doel lezen."""

    id: Code
    name: Line
    objection: bool
    operations: Listed[Operation]
    roles: Listed[Role]
    special_ground: Text
    bsn_ground: Text
    reason: Reason


class RoleReading(Answer):
    """Een rol, en waarom die niet ziet waarover de matrix zwijgt."""

    role: Role
    name: Line
    abbreviation: Code
    why_not: Reason


class MatrixCell(Answer):
    """Wat een rol met een gegeven mag, en waarom."""

    role: Role
    cell: Cell
    reason: Reason


class ItemRow(Answer):
    """Een gegeven, met zijn rij van de matrix."""

    item: Item
    name: Line
    group: Code
    phrase: Annotated[Line, Field(description="Leeg als de verwerking het gegeven niet noemt.")]
    item_class: ItemClass
    document: DocumentClass
    open_point: Code | None = None
    cells: Listed[MatrixCell]


class TermObject(Answer):
    """Waarover een termijn gaat, in de woorden van de verwerking, en welke documenten dat zijn."""

    phrase: Line
    documents: Listed[DocumentClass]


class TermReading(Answer):
    """De klok van een bewaartermijn."""

    id: Code
    clock: Clock
    duration: Duration
    day_rule: DayRule
    objects: Annotated[Listed[TermObject], BeforeValidator(_objects)]
    documents: Listed[DocumentClass]
    reason: Reason


class Reading(Answer):
    """Hoe wij het register lezen: alles wat er niet zelf in staat, met reden en bron."""

    purposes: Listed[PurposeReading]
    roles: Listed[RoleReading]
    items: Listed[ItemRow]
    terms: Listed[TermReading]


class Blocks(Answer):
    """Welke beslissingen een open punt raakt; een lege lijst betekent: alle."""

    roles: Sorted[Role]
    items: Sorted[Item]
    classes: Sorted[ItemClass]
    purposes: Sorted[Code]
    uses: Sorted[Use]


class RegisterOpenPoint(Answer):
    """Iets wat de verwerking of de wet niet zegt, en wat er intussen gebeurt."""

    id: Code
    url: Address
    title: Line
    what: Text
    where: Listed[Line]
    elements: Listed[Line]
    reading: Text
    meanwhile: Meanwhile
    meanwhile_text: Text
    owner: Line
    source: Text
    certainty: Certainty
    blocks: Blocks | None = None
    terms: Listed[Code]
    refuses_when_accepted: bool


class RegisterVersion(Answer):
    """Welke versie dit is, vanaf wanneer die geldt en wat er wijzigde."""

    number: Number
    valid_from: date
    digest: Digest
    change: Text
    url: Address


class WholeRegister(Answer):
    """Het hele register van één versie: verwerkingen, lezing en open punten."""

    version: RegisterVersion
    entries: Listed[RegisterEntry]
    reading: Reading
    open_points: Listed[RegisterOpenPoint]


def describe_register(register: Register) -> WholeRegister:
    """Write out one version of the register."""
    version = register.version
    return WholeRegister(
        version=RegisterVersion(
            number=version.number,
            valid_from=version.valid_from,
            digest=version.digest,
            change=version.change,
            url=f"{ROOT}/entry/versions/{version.number}",
        ),
        entries=[_entry(entry) for entry in register.entries],
        reading=Reading(
            purposes=_all(register.reading.purposes.values(), PurposeReading),
            roles=_all(register.reading.roles.values(), RoleReading),
            items=[_row(reading) for reading in register.reading.items.values()],
            terms=_all(register.reading.terms.values(), TermReading),
        ),
        open_points=[_open_point(point) for point in register.open_points.values()],
    )


A = TypeVar("A", bound=Answer)


def _all(values: Iterable[object], schema: type[A]) -> list[A]:
    return [schema.model_validate(value) for value in values]


def _entry(entry: Entry) -> RegisterEntry:
    own = {
        "purposes": [
            {
                "processing_activity_id": activity_id(entry.reference, purpose.id),
                **{name: getattr(purpose, name) for name in ("id", "phrase", "basis", "label", "grounds")},
            }
            for purpose in entry.purposes
        ],
        "recipients": [
            {
                "role": recipient.role,
                "phrase": recipient.phrase,
                "entity_id": recipient_id(entry.reference, recipient.role),
            }
            for recipient in entry.recipients
        ],
    }
    same = {name: getattr(entry, name) for name in RegisterEntry.model_fields if name not in own}
    return RegisterEntry.model_validate({**same, **own})


def _row(reading: ItemReading) -> ItemRow:
    same = {name: getattr(reading, name) for name in ItemRow.model_fields if name != "cells"}
    cells = [
        {"role": role, "cell": cell, "reason": reading.reasons[role]} for role, cell in reading.cells.items()
    ]
    return ItemRow.model_validate({**same, "cells": cells})


def _open_point(point: OpenPoint) -> RegisterOpenPoint:
    same = {name: getattr(point, name) for name in RegisterOpenPoint.model_fields if name != "url"}
    return RegisterOpenPoint.model_validate({**same, "url": f"{OPEN_POINTS}#{point.id}"})
