"""The register page: an entry as the public register prints it, with our reading behind each phrase.

The words of the entry are never changed, also where they are mistaken; what we take them to mean is
shown apart from them. Read next: `hervat/register/model.py` (Entry, Reading), `words.py`.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from hervat.register.model import (
    Entry,
    Group,
    ItemReading,
    OpenPoint,
    PurposePhrase,
    Register,
    RetentionBlock,
    TermPhrase,
)
from hervat.register.vocabulary import DocumentClass, ItemClass, Role
from hervat.web.presenters.why import Note, note, point_link
from hervat.web.presenters.words import (
    Chip,
    Link,
    class_chip,
    class_text,
    clock_text,
    day_rule_text,
    day_text,
    duration_text,
)
from hervat.web.source import OnShow

# The headings of the public register, and what the page calls them in its addresses
HEADINGS = {
    "Doelen van de verwerking": "doelen",
    "Betrokkenen en gegevens": "gegevens",
    "Bewaartermijn": "gegevens",
    "Aanleverplicht": "gegevens",
    "Ontvangers": "ontvangers",
    "Doorgifte buiten EU": "doorgifte",
    "Verantwoordelijken": "verantwoordelijken",
    "Gerelateerde verwerkingen": "gerelateerd",
    "Automatische besluitvorming": "besluitvorming",
}


@dataclass(frozen=True, slots=True)
class PurposeView:
    """A purpose with its grounds, and who works for it."""

    code: str
    number: int
    phrase: str
    label: str
    grounds: tuple[str, ...]
    name: str
    objection: str
    roles: tuple[str, ...]
    extras: tuple[str, ...]
    operations: tuple[str, ...]
    note: Note | None
    points: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item that a phrase is read as."""

    code: str
    name: str
    item_class: str
    document: str
    href: str
    points: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class PhraseView:
    """A phrase of the entry that names data, and the items it is read as."""

    phrase: str
    chip: Chip | None
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class TermView:
    """A retention term as printed, and how it is computed."""

    phrase: str
    objects: tuple[str, ...]
    clock: str
    means: tuple[str, ...]
    note: Note | None
    points: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class BlockView:
    """A heading with its terms."""

    heading: str
    terms: tuple[TermView, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group of data subjects."""

    code: str
    subjects: str
    phrases: tuple[PhraseView, ...]
    purposes: tuple[Link, ...]
    blocks: tuple[BlockView, ...]
    source_intro: str
    sources: tuple[str, ...]
    supply: str


@dataclass(frozen=True, slots=True)
class RecipientView:
    """A recipient as printed, and the role it is read as."""

    phrase: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version of the register, and whether it is the one on show."""

    number: int
    valid_from: str
    change: str
    digest: str
    href: str
    data_href: str
    current: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry of the register of processing activities."""

    own: bool
    anchor: str
    reference: str
    title: str
    organisation: str
    digest: str
    purposes: tuple[PurposeView, ...]
    groups: tuple[GroupView, ...]
    automated: str
    recipients: tuple[RecipientView, ...]
    transfer: str
    controllers: tuple[str, ...]
    related: tuple[str, ...]
    related_phrase: str
    unread: tuple[Link, ...]
    points: dict[str, tuple[Link, ...]]


@dataclass(frozen=True, slots=True)
class RegisterView:
    """The page: the employer's entry, that on the users of the system, and the versions."""

    entries: tuple[EntryView, ...]
    version: VersionView
    versions: tuple[VersionView, ...]
    newest: bool
    today: str


@lru_cache(maxsize=16)
def present_register(show: OnShow) -> RegisterView:
    """Format both entries of one version."""
    versions = tuple(_version(register, show) for register in reversed(show.history.versions))
    return RegisterView(
        entries=tuple(_entry(show.register, entry) for entry in show.register.entries),
        version=next(version for version in versions if version.current),
        versions=versions,
        newest=show.newest,
        today=day_text(show.on),
    )


def _version(register: Register, show: OnShow) -> VersionView:
    version = register.version
    return VersionView(
        number=version.number,
        valid_from=day_text(version.valid_from),
        change=version.change,
        digest=version.digest,
        href=f"/register/?versie={version.number}",
        data_href=f"/api/register/v1/entry/versions/{version.number}",
        current="true" if register is show.register else "",
    )


def _entry(register: Register, entry: Entry) -> EntryView:
    return EntryView(
        own=entry is register.entry,
        anchor="" if entry is register.entry else f"{entry.groups[0].id}-",
        reference=entry.reference,
        title=entry.description,
        organisation=" ".join(entry.organisations),
        digest=entry.digest,
        purposes=tuple(_purpose(register, phrase, n) for n, phrase in enumerate(entry.purposes, 1)),
        groups=tuple(_group(register, group) for group in entry.groups),
        automated=entry.automated_phrase,
        recipients=tuple(_recipient(register, one.role, one.phrase) for one in entry.recipients),
        transfer=entry.outside_eu_phrase,
        controllers=entry.controllers,
        related=entry.related,
        related_phrase=entry.related_phrase,
        unread=_unread(register, entry),
        points=_points_by_place(register, entry),
    )


def _purpose(register: Register, phrase: PurposePhrase, number: int) -> PurposeView:
    means = register.reading.purposes.get(phrase.id)
    touching = [
        point
        for point in register.open_points.values()
        if point.blocks and phrase.id in point.blocks.purposes
    ]
    return PurposeView(
        code=phrase.id,
        number=number,
        phrase=phrase.phrase,
        label=phrase.label,
        grounds=phrase.grounds,
        name=means.name if means else "",
        objection=_("mogelijk (AVG art. 21)")
        if means and means.objection
        else _("niet op grond van AVG art. 21"),
        roles=_role_names(register, means.roles) if means else (),
        extras=tuple(filter(None, (means.special_ground, means.bsn_ground))) if means else (),
        operations=tuple(operation.value.replace("-", " ") for operation in means.operations)
        if means
        else (),
        note=note(means.reason) if means else None,
        points=_links(touching),
    )


def _role_names(register: Register, roles: tuple[Role, ...]) -> tuple[str, ...]:
    return tuple(register.reading.roles[role].name for role in roles if role in register.reading.roles)


def _group(register: Register, group: Group) -> GroupView:
    return GroupView(
        code=group.id,
        subjects=group.subjects,
        phrases=tuple(_phrase(register, group, phrase) for phrase in group.items),
        purposes=tuple(
            Link(register.purpose(one).phrase, f"#doel-{one}", dutch=True) for one in group.purposes
        ),
        blocks=tuple(_block(register, block) for block in group.retention),
        source_intro=group.source_intro,
        sources=group.sources,
        supply=group.supply_phrase,
    )


def _phrase(register: Register, group: Group, phrase: str) -> PhraseView:
    items = [
        reading
        for reading in register.reading.items.values()
        if reading.group == group.id and reading.phrase == phrase
    ]
    chips = [class_chip(reading.item_class) for reading in items if reading.item_class is not ItemClass.BSN]
    return PhraseView(
        phrase=phrase,
        chip=next(filter(None, chips), None),
        items=tuple(_item(register, reading) for reading in items),
    )


def _item(register: Register, reading: ItemReading) -> ItemView:
    touching = [
        point
        for point in register.open_points.values()
        if point.id == reading.open_point or (point.blocks and reading.item in point.blocks.items)
    ]
    return ItemView(
        code=reading.item.value,
        name=reading.name,
        item_class=class_text(reading.item_class),
        document=reading.document.value.replace("-", " "),
        href=f"/register/matrix/?gegeven={reading.item}",
        points=_links(touching),
    )


def _block(register: Register, block: RetentionBlock) -> BlockView:
    return BlockView(block.heading, tuple(_term(register, term) for term in block.terms))


def _term(register: Register, term: TermPhrase) -> TermView:
    means = register.reading.terms.get(term.id)
    touching = [point for point in register.open_points.values() if term.id in point.terms]
    if means is None:
        return TermView(term.phrase, term.objects, "", (), None, _links(touching))
    return TermView(
        phrase=term.phrase,
        objects=term.objects,
        clock=f"{duration_text(means.duration)} {clock_text(means.clock)}; {day_rule_text(means.day_rule)}",
        means=tuple(_object(name, documents) for name, documents in means.objects.items())
        or (_kinds(means.documents),),
        note=note(means.reason),
        points=_links(touching),
    )


def _object(name: str, documents: tuple[DocumentClass, ...]) -> str:
    return f"{name}: {_kinds(documents)}"


def _kinds(documents: tuple[DocumentClass, ...]) -> str:
    return ", ".join(document.value.replace("-", " ") for document in documents)


def _recipient(register: Register, role: Role, phrase: str) -> RecipientView:
    # The text on the users also serves an employer without this role.
    name = register.reading.roles[role].name if role in register.reading.roles else role.value
    return RecipientView(phrase, name, f"/register/matrix/?rol={role}")


def _unread(register: Register, entry: Entry) -> tuple[Link, ...]:
    """Items that no phrase names: what the work needs and the entry lacks."""
    groups = {group.id for group in entry.groups}
    return tuple(
        Link(reading.name, f"/register/matrix/?gegeven={reading.item}", dutch=True)
        for reading in register.reading.items.values()
        if reading.group in groups and reading.open_point is not None
    )


def _points_by_place(register: Register, entry: Entry) -> dict[str, tuple[Link, ...]]:
    """The open points of each heading of the entry that they name."""
    found: dict[str, tuple[Link, ...]] = {}
    for point in register.open_points.values():
        for place in point.where if _is_about(register, entry, point) else ():
            key = HEADINGS.get(place.partition(":")[0])
            if key:
                found[key] = (*found.get(key, ()), point_link(point))
    return found


def _is_about(register: Register, entry: Entry, point: OpenPoint) -> bool:
    terms = {term.id for group in entry.groups for block in group.retention for term in block.terms}
    return bool(terms & set(point.terms)) or (entry is register.entry and not point.terms)


def _links(points: list[OpenPoint]) -> tuple[Link, ...]:
    return tuple(point_link(point) for point in points)
