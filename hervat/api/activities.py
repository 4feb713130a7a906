"""From the versions of a register to processing activities, as the logging standard wants them.

Pure: versions and a day in, schemas out; nothing here reads a file or the clock. It must never state more
than the entry does: what the entry leaves out is absent, and what is open is named as an open point.
Read next: `schemas.py`, `hervat/register/identifiers.py` (the ids), docs/api.md (each choice explained).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from hervat.api.dpv import BASES, OPTIONS, DataSubject, MeasureType, ProcessingOption, data_subject
from hervat.api.schemas import (
    ActivityExtension,
    Measure,
    OpenPointLink,
    PersonalData,
    ProcessingActivity,
    ProcessingActivityVersion,
    Recipient,
    Recipients,
    Term,
    VersionExtension,
)
from hervat.register.identifiers import activity_id, activity_uri, recipient_id, recipients_id
from hervat.register.model import (
    Blocks,
    Entry,
    Group,
    ItemReading,
    OpenPoint,
    PurposePhrase,
    PurposeReading,
    Register,
    TermPhrase,
)
from hervat.register.vocabulary import Role

ROOT = "/api/register/v1"
OPEN_POINTS = "/register/open-points/"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")

MEASURES: tuple[Measure, ...] = (
    Measure(
        measure_type=MeasureType.TECHNICAL,
        measure="Per rol, gegeven en doel beslist de software of inzien of wijzigen mag; "
        "wat het register niet noemt, weigert zij met een reden.",
    ),
    Measure(
        measure_type=MeasureType.TECHNICAL,
        measure="Een open punt dat niemand heeft aanvaard, leidt tot weigeren, niet vernietigen of navragen.",
    ),
    Measure(
        measure_type=MeasureType.TECHNICAL,
        measure="Elke wijziging van het register is een nieuwe versie met een eigen controlegetal; "
        "oude versies blijven leesbaar.",
    ),
)
"""Only what this software does today, for every activity; a room that adds one adds it here."""


@dataclass(frozen=True, slots=True)
class Activity:
    """One purpose in one version of the register, with what the entry says around it."""

    register: Register
    entry: Entry
    purpose: PurposePhrase

    @property
    def id(self) -> UUID:
        return activity_id(self.entry.reference, self.purpose.id)

    @property
    def number(self) -> int:
        return self.register.version.number

    @property
    def groups(self) -> tuple[Group, ...]:
        return tuple(group for group in self.entry.groups if self.purpose.id in group.purposes)

    @property
    def items(self) -> tuple[ItemReading, ...]:
        """The items the entry names; one that only our reading adds stands behind an open point."""
        groups = {group.id for group in self.groups}
        readings = self.register.reading.items.values()
        return tuple(reading for reading in readings if reading.group in groups and reading.phrase)

    @property
    def terms(self) -> tuple[TermPhrase, ...]:
        return tuple(term for group in self.groups for block in group.retention for term in block.terms)

    @property
    def name(self) -> str:
        reading = self.register.reading.purposes.get(self.purpose.id)
        return reading.name if reading else self.purpose.phrase


def activities(versions: Sequence[Register]) -> dict[UUID, list[Activity]]:
    """Return every activity there is or was, with its versions, oldest first.

    In the order of the newest register; an activity that has gone comes after.
    """
    found: dict[UUID, list[Activity]] = {}
    for register in reversed(versions):
        for entry in register.entries:
            for purpose in entry.purposes:
                activity = Activity(register, entry, purpose)
                found.setdefault(activity.id, []).insert(0, activity)
    return found


def describe_activity(
    versions: Sequence[Register], of: Sequence[Activity], today: date
) -> ProcessingActivity:
    """Describe an activity by its versions: which is the latest today, and whether it still holds."""
    held = [activity for activity in of if activity.register.version.valid_from <= today]
    latest = (held or of)[-1]
    in_force = [register for register in versions if register.version.valid_from <= today]
    return ProcessingActivity(
        id=latest.id,
        active=bool(in_force) and in_force[-1].version.number == latest.number,
        latest_version=latest.number,
        hervat=ActivityExtension(
            reference=latest.entry.reference,
            purpose_id=latest.purpose.id,
            name=latest.name,
            versions=[activity.number for activity in of],
            latest=_address(latest),
        ),
    )


def describe_version(activity: Activity) -> ProcessingActivityVersion:
    """Describe one version of an activity in the words of the standard."""
    version = activity.register.version
    return ProcessingActivityVersion(
        data_subjects=_subjects(activity),
        legal_basis=list(BASES[activity.purpose.basis]),
        measures=list(MEASURES),
        name=activity.name,
        personal_data=PersonalData(
            categories=_categories(activity), retention_period=_longest(_terms(activity))
        ),
        version=version.number,
        processing_options=_options(activity),
        purpose=activity.purpose.phrase,
        recipients=_recipients_together(activity.entry),
        valid_from=datetime.combine(version.valid_from, time.min, AMSTERDAM),
        hervat=_extension(activity),
    )


def _extension(activity: Activity) -> VersionExtension:
    version = activity.register.version
    reading = activity.register.reading.purposes.get(activity.purpose.id)
    return VersionExtension(
        reference=activity.entry.reference,
        purpose_id=activity.purpose.id,
        url=_address(activity),
        valid_from_date=version.valid_from,
        digest=version.digest,
        change=version.change,
        grounds=list(activity.purpose.named),
        data_subjects=_once(group.subjects for group in activity.groups),
        objection=reading.objection if reading else None,
        operations=list(reading.operations) if reading else [],
        recipients=_recipients(activity.entry),
        retention=_terms(activity),
        open_points=[_link(point) for point in open_points(activity)],
    )


def _address(activity: Activity) -> str:
    return activity_uri(ROOT, activity.entry.reference, activity.purpose.id, activity.number)


def _subjects(activity: Activity) -> list[DataSubject]:
    return _once(data_subject(reading.item) for reading in activity.items)


def _categories(activity: Activity) -> list[str]:
    """Name every item; a phrase that nobody has read yet stands as the entry prints it."""
    return _once(name for group in activity.groups for name in _names(activity, group))


def _names(activity: Activity, group: Group) -> Iterator[str]:
    for phrase in group.items:
        names = [item.name for item in activity.items if (item.group, item.phrase) == (group.id, phrase)]
        yield from names or [phrase]


def _options(activity: Activity) -> list[ProcessingOption]:
    reading = activity.register.reading.purposes.get(activity.purpose.id)
    used = {option for operation in (reading.operations if reading else ()) for option in OPTIONS[operation]}
    return [option for option in ProcessingOption if option in used]


def _recipients_together(entry: Entry) -> Recipients | None:
    return Recipients(entity_id=recipients_id(entry.reference)) if entry.recipients else None


def _recipients(entry: Entry) -> list[Recipient]:
    return [
        Recipient(
            role=recipient.role,
            entity_id=recipient_id(entry.reference, recipient.role),
            phrase=recipient.phrase,
        )
        for recipient in entry.recipients
    ]


def _terms(activity: Activity) -> list[Term]:
    return [_term(activity.register, term) for term in activity.terms]


def _term(register: Register, term: TermPhrase) -> Term:
    reading = register.reading.terms.get(term.id)
    return Term(
        id=term.id,
        phrase=term.phrase,
        objects=list(term.objects),
        duration=reading.duration if reading else None,
        clock=reading.clock if reading else None,
        day_rule=reading.day_rule if reading else None,
        documents=list(reading.documents) if reading else [],
    )


_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_DAYS = (365.2425, 30.436875, 7, 1)


def _longest(terms: Iterable[Term]) -> str | None:
    """Return the longest term: a class of documents may be kept that long for this purpose."""
    durations = [term.duration for term in terms if term.duration]
    return max(durations, key=_length, default=None)


def _length(duration: str) -> float:
    """Return about how many days a duration is, to compare two.

    >>> _length("P6M") < _length("P27W") < _length("P1Y")
    True
    """
    match = _DURATION.fullmatch(duration)
    return (
        sum(int(part or 0) * days for part, days in zip(match.groups(), _DAYS, strict=True)) if match else 0
    )


def open_points(activity: Activity) -> list[OpenPoint]:
    """Return the open points that touch an activity: its decisions, its terms, or what is said of it."""
    terms = {term.id for term in activity.terms}
    return [
        point
        for point in activity.register.open_points.values()
        if terms & set(point.terms)
        or (point.blocks and _touches(point.blocks, activity))
        or any(_is_said_of(element, activity) for element in point.elements)
    ]


def _is_said_of(element: str, activity: Activity) -> bool:
    """Whether a part of the entry is about this activity: one of its grounds, or what all have in common."""
    kind, _, ground = element.partition(": ")
    if kind == "grond":
        return ground in activity.purpose.named
    return activity.entry == activity.register.entry


def _touches(blocks: Blocks, activity: Activity) -> bool:
    """Whether decisions for this purpose are among those blocked; an empty set means all."""
    if blocks.purposes and activity.purpose.id not in blocks.purposes:
        return False
    if blocks.roles and not _works(blocks.roles, activity):
        return False
    if blocks.items and not any(reading.item in blocks.items for reading in _all_items(activity)):
        return False
    return not blocks.classes or any(reading.item_class in blocks.classes for reading in activity.items)


def _works(roles: frozenset[Role], activity: Activity) -> bool:
    """Whether one of the roles works for this purpose, or is one that the employer's entry forgot."""
    readings = activity.register.reading.purposes
    if roles & _roles(readings.get(activity.purpose.id)):
        return True
    forgotten = not any(roles & _roles(readings.get(purpose.id)) for purpose in activity.entry.purposes)
    return forgotten and activity.entry == activity.register.entry


def _roles(reading: PurposeReading | None) -> frozenset[Role]:
    return frozenset(reading.roles if reading else ())


def _all_items(activity: Activity) -> Iterator[ItemReading]:
    groups = {group.id for group in activity.groups}
    return (reading for reading in activity.register.reading.items.values() if reading.group in groups)


def _link(point: OpenPoint) -> OpenPointLink:
    return OpenPointLink(id=point.id, title=point.title, url=f"{OPEN_POINTS}#{point.id}")


T = TypeVar("T")


def _once(values: Iterable[T]) -> list[T]:
    return list(dict.fromkeys(values))
