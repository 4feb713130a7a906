"""A line of the journal: what one action did with the data of one data subject, as values.

The fields are those of the Dutch standard Logboek Dataverwerkingen at level 2 (a line names the items and
never says what they hold) and of NEN 7513. Codes stand where another system would have foreign keys: a
line outlives, or predates, what it speaks of. Must never: hold a name, a number of a person or free text.
Read next: `canonical.py` (the form that is sealed), `acts.py` (the lines of one action), docs/journal.md.
"""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from uuid import UUID

from hervat.register.model import PurposeId
from hervat.register.vocabulary import ActorKind, Authority, Code, Item, LegalBasis, Operation, Role, Source

_CODE = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,63}", re.ASCII)
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]{1,300}", re.ASCII)


class Effect(Code):
    """What the action did to the data: NEN 7513 EventActionCode."""

    CREATE = "C"
    READ = "R"
    UPDATE = "U"
    DELETE = "D"
    EXECUTE = "E"


class Outcome(Code):
    """How it ended: NEN 7513 EventOutcomeIndicator, status_code of the logging standard."""

    DONE = "gelukt"
    REFUSED = "geweigerd"
    FAILED = "mislukt"


class Manner(Code):
    """How a data subject was met: opened by itself, or seen among others."""

    OPENED = "geopend"
    LISTED = "in-lijst"
    EXPORTED = "uitgevoerd"
    COMPUTED = "verwerkt"


class SubjectKind(Code):
    """Of what kind the code of a data subject is: dpl.core.data_subject_id_type."""

    RE_INTEGRANT = "re-integrant"
    USER = "gebruiker"


class LineError(ValueError):
    """A line that says something a line may not say; the message never repeats the value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """The operation of another system that this one answers: `foreign_operation` of the standard."""

    trace_id: UUID
    span_id: bytes
    entity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acted, by an opaque code, and from where."""

    kind: ActorKind
    code: str
    role: Role | None = None
    unit: UUID | None = None
    address: IPv4Address | IPv6Address | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line. Moments are aware and cut to milliseconds; `span_id`s are 8 bytes.

    `activity` and `register_version` name one version of one processing activity of the register, as
    `hervat.register.identifiers` makes them. Raises `LineError`.
    """

    trace_id: UUID
    span_id: bytes
    parent_span_id: bytes | None
    operation: Operation
    effect: Effect
    outcome: Outcome
    reason: str | None = None
    started_at: datetime
    ended_at: datetime
    activity: UUID
    register_version: int
    purpose: PurposeId
    ground: LegalBasis | None
    authority: Authority | None
    actor: Actor
    source: Source
    manner: Manner | None = None
    subject: UUID | None = None
    subject_kind: SubjectKind | None = None
    dossier: UUID | None = None
    object_kind: str | None = None
    object_id: UUID | None = None
    items: AbstractSet[Item] = frozenset()
    foreign: Foreign | None = None
    external_api: str | None = None

    def __post_init__(self) -> None:
        # Written out: a list of fifty makes fifty-one of these.
        fault = self._fault()
        if fault is not None:
            raise LineError(f"Deze logregel kan niet: {fault}. De actie die haar maakt moet worden hersteld.")

    def _fault(self) -> str | None:
        if len(self.span_id) != 8:
            return "span_id is geen 8 bytes"
        if self.parent_span_id is not None and len(self.parent_span_id) != 8:
            return "parent_span_id is geen 8 bytes"
        if self.started_at.tzinfo is None or self.ended_at.tzinfo is None:
            return "tijd zonder zone"
        if self.started_at > self.ended_at:
            return "het einde ligt voor het begin"
        if (self.subject is None) != (self.subject_kind is None):
            return "betrokkene zonder soort"
        if self.dossier is not None and self.subject is None:
            return "een dossier van niemand"
        if self.register_version <= 0:
            return "een versie van het register is 1 of meer"
        if (self.object_kind is None) != (self.object_id is None):
            return "object zonder soort"
        if not all(map(_is_code, (self.actor.code, self.purpose, self.reason, self.object_kind))):
            return "een code heeft niet de vorm van een code"
        return _fault_of_addresses(self.foreign, self.external_api)


@lru_cache(maxsize=4096)
def _is_code(value: str | None) -> bool:
    return value is None or _CODE.fullmatch(value) is not None


def _fault_of_addresses(foreign: Foreign | None, external_api: str | None) -> str | None:
    if foreign is not None and len(foreign.span_id) != 8:
        return "foreign_span_id is geen 8 bytes"
    for uri in (external_api, foreign.entity if foreign else None):
        if uri is not None and not _URI.fullmatch(uri):
            return "een adres is geen URI"
    return None
