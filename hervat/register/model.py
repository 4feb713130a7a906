"""The register in memory: frozen values, made only by the loaders of this room.

Nothing here reads a file or the clock. Read next: `loading.py` (files to values), `decisions.py`
(values to decisions).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NewType

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

PurposeId = NewType("PurposeId", str)
"""The code of a purpose. Purposes are the entry's own, so they are data and not an enum."""

OpenPointId = NewType("OpenPointId", str)
TermId = NewType("TermId", str)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a decision falls as it does: a Dutch sentence, where it comes from, and how sure we are."""

    text: str
    source: str
    certainty: Certainty


# --- the entry, phrase by phrase ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PurposePhrase:
    """A purpose as the entry prints it, with every ground it names (AVG art. 5(1)(b), 6(1))."""

    id: PurposeId
    phrase: str
    basis: LegalBasis
    label: str
    grounds: tuple[str, ...]

    @property
    def named(self) -> tuple[str, ...]:
        """The grounds, each once: the published page prints some twice, with stray full stops."""
        return tuple(dict.fromkeys(ground.rstrip(" .") for ground in self.grounds))


@dataclass(frozen=True, slots=True)
class TermPhrase:
    """A retention term as the entry prints it, and the things it says it of."""

    id: TermId
    phrase: str
    objects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RetentionBlock:
    """A heading of the retention terms with the terms under it."""

    heading: str
    terms: tuple[TermPhrase, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A group of data subjects with its items, purposes, terms, sources and duty to supply."""

    id: str
    subjects: str
    items: tuple[str, ...]
    purposes: tuple[PurposeId, ...]
    retention: tuple[RetentionBlock, ...]
    source_intro: str
    sources: tuple[str, ...]
    supply_obligatory: bool
    supply_phrase: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """A recipient as the entry prints it, and the role it is read as."""

    role: Role
    phrase: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a register of processing activities (AVG art. 30(1))."""

    reference: str
    description: str
    organisations: tuple[str, ...]
    digest: str
    purposes: tuple[PurposePhrase, ...]
    groups: tuple[Group, ...]
    automated: bool
    automated_phrase: str
    recipients: tuple[Recipient, ...]
    outside_eu: bool
    outside_eu_phrase: str
    controllers: tuple[str, ...]
    related: tuple[str, ...]
    related_phrase: str


# --- our reading of it -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PurposeReading:
    """What a purpose means: whether one may object (AVG art. 21), what is done for it, and until when."""

    id: PurposeId
    name: str
    objection: bool
    operations: tuple[Operation, ...]
    roles: tuple[Role, ...]
    special_ground: str
    bsn_ground: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class RoleReading:
    """A role: its name for people, and why it sees nothing where the matrix says nothing of it."""

    role: Role
    name: str
    abbreviation: str
    why_not: Reason


@dataclass(frozen=True, slots=True)
class OwnWriting:
    """Whether somebody records an item about themselves: what of it they are the source of, and why."""

    written: bool
    what: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class ItemReading:
    """An item: its name, class, kind of record, and one matrix cell with its reason per role.

    `own` is what `eigen` lets somebody record of it; a version that did not say it has None, and meant all.
    """

    item: Item
    name: str
    group: str
    phrase: str
    item_class: ItemClass
    document: DocumentClass
    cells: Mapping[Role, Cell]
    reasons: Mapping[Role, Reason]
    open_point: OpenPointId | None
    own: OwnWriting | None = None


@dataclass(frozen=True, slots=True)
class TermReading:
    """The clock of a term: from which event, for how long (ISO 8601), ending on which day."""

    id: TermId
    clock: Clock
    duration: str
    day_rule: DayRule
    objects: Mapping[str, tuple[DocumentClass, ...]]
    documents: tuple[DocumentClass, ...]
    reason: Reason


@dataclass(frozen=True, slots=True)
class Reading:
    """How an entry is read: everything the entry does not say itself, with reason and source."""

    purposes: Mapping[PurposeId, PurposeReading]
    roles: Mapping[Role, RoleReading]
    items: Mapping[Item, ItemReading]
    terms: Mapping[TermId, TermReading]


# --- open points -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Blocks:
    """Which decisions an open point touches: each empty set means "all"."""

    roles: frozenset[Role]
    items: frozenset[Item]
    classes: frozenset[ItemClass]
    purposes: frozenset[PurposeId]
    uses: frozenset[Use]


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A hole in the entry or the law: what, where, our reading, what happens meanwhile, who decides."""

    id: OpenPointId
    title: str
    what: str
    where: tuple[str, ...]
    elements: tuple[str, ...]
    reading: str
    meanwhile: Meanwhile
    meanwhile_text: str
    owner: str
    source: str
    certainty: Certainty
    blocks: Blocks | None
    terms: tuple[TermId, ...]
    refuses_when_accepted: bool


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Somebody's decision that the reading of an open point, in one version, may be used from a date on.

    Withdrawn, it counts up to and not including `withdrawn_on`: what was decided before stays explained.
    """

    open_point: OpenPointId
    version: int
    by: str
    on: date
    why: str
    demo: bool
    withdrawn_on: date | None = None

    def counts_on(self, day: date) -> bool:
        """Return whether it was given by that day, and not withdrawn."""
        return self.on <= day and (self.withdrawn_on is None or day < self.withdrawn_on)


# --- the whole ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the register: from which day it holds, and the digest of all its data.

    `files` is the digest of the files it was released from, byte for byte: while they are the same, what
    was archived is what they say.
    """

    number: int
    valid_from: date
    digest: str
    change: str
    files: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """The entries (the employer's own first, then that on the users of the system), read."""

    entries: tuple[Entry, ...]
    reading: Reading
    open_points: Mapping[OpenPointId, OpenPoint]
    version: Version

    @property
    def entry(self) -> Entry:
        """The employer's own entry."""
        return self.entries[0]

    def group(self, item: Item) -> Group:
        """The group of data subjects an item is kept of. Raises `KeyError` for an item nobody reads."""
        wanted = self.reading.items[item].group
        return next(group for entry in self.entries for group in entry.groups if group.id == wanted)

    def purpose(self, purpose: PurposeId) -> PurposePhrase:
        """The purpose as its entry prints it. Raises `KeyError` for an unknown one."""
        for entry in self.entries:
            for phrase in entry.purposes:
                if phrase.id == purpose:
                    return phrase
        raise KeyError(purpose)

    def entry_of(self, item: Item) -> Entry:
        """The entry that an item belongs to. Raises `KeyError` for an item nobody reads."""
        group = self.group(item)
        return next(entry for entry in self.entries if group in entry.groups)
