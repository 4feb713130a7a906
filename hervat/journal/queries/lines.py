"""Reads the log: about a person, of a dossier, by an actor, in a period, or as the logging standard asks.

Each of these is itself an act with data about people, so each appends its own lines in the same
transaction, after what it read: an answer never holds the line of its own question. Inside another
transaction nothing may leave before that one commits. Must never: give a model away, or read without a
line. Read next: `../actions/append.py`, `../rules/line.py`, docs/journal.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from ipaddress import ip_address
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from hervat.journal import models
from hervat.journal.actions.append import record
from hervat.journal.rules.acts import Act, Met
from hervat.journal.rules.canonical import FIELDS
from hervat.journal.rules.line import Actor, Effect, Foreign, Line, Manner, Outcome, SubjectKind
from hervat.register.model import PurposeId
from hervat.register.vocabulary import ActorKind, Authority, Item, LegalBasis, Operation, Role, Source

E = TypeVar("E", bound=StrEnum)

MOST_ON_A_PAGE = 100
MOST_FOUND = 1_000

_ACTORS = UUID("6d0f0a52-7a53-4f0e-8f0a-0f6c0f5f5c11")
_ACTOR = "handelende"
_NAMES = tuple(field.name for field in FIELDS)
_ACTIVITY = frozenset({Item.USER_ACTIVITY})


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView(Line):
    """A line as it was stored, with its number and the moment that PostgreSQL gave it."""

    id: int
    logged_at: datetime

    def __post_init__(self) -> None:
        """What is stored is shown, also where a line of today would have to say it otherwise."""


@dataclass(frozen=True, slots=True)
class Page:
    """Lines, newest first, and whether there are more; the last one's id is where the next page begins."""

    lines: tuple[LineView, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """In which role, and in which manner, somebody was met how often; refusals are apart."""

    role: Role | None
    manner: Manner | None
    outcome: Outcome
    lines: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The lines about a person: who opened them, in which lists they stood, and how often by role."""

    opened: Page
    listed: Page
    tallies: tuple[Tally, ...]


def overview(
    subject: UUID,
    kind: SubjectKind,
    *,
    asked_by: Act,
    dossier: UUID | None = None,
    limit: int = MOST_ON_A_PAGE,
) -> Overview:
    """Return the newest lines about a person, opened apart from seen in a list, with all tallies.

    `dossier` leaves only the lines of that dossier. Further pages: `about`.
    """
    found = _about(subject, dossier)
    with transaction.atomic(savepoint=False):
        result = Overview(
            opened=page_of(found.filter(manner=Manner.OPENED), None, limit, MOST_ON_A_PAGE),
            listed=page_of(found.filter(manner=Manner.LISTED), None, limit, MOST_ON_A_PAGE),
            tallies=_tallies(found),
        )
        record(asked_by, [_opened(subject, kind, dossier)])
    return result


def about(
    subject: UUID,
    kind: SubjectKind,
    *,
    asked_by: Act,
    dossier: UUID | None = None,
    manner: Manner | None = None,
    before_id: int | None = None,
    limit: int = MOST_ON_A_PAGE,
) -> Page:
    """Return the lines about a person; of one dossier, or met in one manner, where that is asked."""
    found = _about(subject, dossier)
    if manner is not None:
        found = found.filter(manner=manner)
    with transaction.atomic(savepoint=False):
        page = page_of(found, before_id, limit, MOST_ON_A_PAGE)
        record(asked_by, [_opened(subject, kind, dossier)])
    return page


def search(
    *,
    asked_by: Act,
    trace_id: UUID | None = None,
    activity: UUID | None = None,
    register_version: int | None = None,
    subject: UUID | None = None,
    subject_kind: SubjectKind | None = None,
    foreign_entity: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = MOST_FOUND,
) -> Page:
    """Return the newest lines that answer to everything that is given, parents and children alike.

    `since` and `until` are of the action: begun and ended within. The act's children are the data subjects
    found, or the one that was asked for. Raises `ValueError` without a trace, an activity or a subject.
    """
    if trace_id is None and activity is None and subject is None:
        raise ValueError("Noem een trace, een verwerkingsactiviteit of een betrokkene om op te zoeken.")
    found = _matching(
        trace_id=trace_id,
        activity=activity,
        register_version=register_version,
        subject=subject,
        subject_kind=subject_kind,
        foreign_entity=foreign_entity,
        started_at__gte=since,
        ended_at__lte=until,
    )
    with transaction.atomic(savepoint=False):
        page = page_of(found, None, limit, MOST_FOUND)
        record(asked_by, subjects_in(page.lines) or _asked(subject, subject_kind))
    return page


def _about(subject: UUID, dossier: UUID | None) -> "QuerySet[models.Line]":
    # By dossier alone there is no index: a dossier is somebody's, and one random index fewer is a fifth
    # of the cost of a line.
    found = models.Line.objects.filter(subject=subject)
    return found if dossier is None else found.filter(dossier=dossier)


def _matching(**wanted: object) -> "QuerySet[models.Line]":
    return models.Line.objects.filter(**{name: value for name, value in wanted.items() if value is not None})


def page_of(found: "QuerySet[models.Line]", before_id: int | None, limit: int, most: int) -> Page:
    """Return the first lines of what was found, the newest first unless it has an order of its own."""
    if not 1 <= limit <= most:
        raise ValueError(f"Een pagina heeft 1 tot {most} regels. Vraag de rest met een volgende pagina.")
    if before_id is not None:
        found = found.filter(id__lt=before_id)
    if not found.ordered:
        found = found.order_by("-id")
    rows = list(found.values(*_NAMES)[: limit + 1])
    return Page(tuple(map(_view, rows[:limit])), len(rows) > limit)


def older_than(found: "QuerySet[models.Line]", before_id: int) -> "QuerySet[models.Line]":
    """Return what comes behind a line, by moment and number."""
    at = found.filter(id=before_id).values_list("logged_at", flat=True).first()
    if at is None:
        return found.none()
    return found.filter(Q(logged_at__lt=at) | Q(logged_at=at, id__lt=before_id), logged_at__lte=at)


def _tallies(found: "QuerySet[models.Line]") -> tuple[Tally, ...]:
    counted = found.values_list("role", "manner", "outcome").annotate(lines=Count("id"))
    return tuple(
        Tally(_code(Role, role), _code(Manner, manner), Outcome(outcome), lines)
        for role, manner, outcome, lines in counted.order_by("role", "manner", "outcome")
    )


def _opened(subject: UUID, kind: SubjectKind, dossier: UUID | None) -> Met:
    return Met(subject=subject, subject_kind=kind, dossier=dossier, items=_ACTIVITY)


def _asked(subject: UUID | None, kind: SubjectKind | None) -> list[Met]:
    """Who was asked for and has no lines, was asked for all the same."""
    return [] if subject is None else [_opened(subject, kind or SubjectKind.RE_INTEGRANT, None)]


def met_actor(code: str) -> Met:
    """Return what somebody met who asked for an actor: a user, or an object that stands for the code."""
    user = _user(code)
    if user is not None:
        return Met(subject=user, subject_kind=SubjectKind.USER, items=_ACTIVITY)
    return Met(object_kind=_ACTOR, object_id=uuid5(_ACTORS, code), items=_ACTIVITY)


def users_in(lines: Iterable[LineView], manner: Manner = Manner.LISTED) -> list[Met]:
    """Return the users among the actors of lines, each once."""
    codes = dict.fromkeys(line.actor.code for line in lines if line.actor.kind is ActorKind.USER)
    return [
        Met(subject=user, subject_kind=SubjectKind.USER, items=_ACTIVITY, manner=manner)
        for user in map(_user, codes)
        if user is not None
    ]


def subjects_in(lines: Iterable[LineView], manner: Manner = Manner.LISTED) -> list[Met]:
    """Return the data subjects of lines, each once."""
    found = dict.fromkeys((line.subject, line.subject_kind) for line in lines if line.subject is not None)
    return [
        Met(subject=subject, subject_kind=kind, items=_ACTIVITY, manner=manner) for subject, kind in found
    ]


def _user(code: str) -> UUID | None:
    try:
        user = UUID(code)
    except ValueError:
        return None
    return user if str(user) == code else None


def _view(row: Mapping[str, Any]) -> LineView:
    return LineView(
        id=row["id"],
        logged_at=row["logged_at"],
        trace_id=row["trace_id"],
        span_id=row["span_id"],
        parent_span_id=row["parent_span_id"],
        operation=Operation(row["operation"]),
        effect=Effect(row["effect"]),
        outcome=Outcome(row["outcome"]),
        reason=row["reason"],
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        activity=row["activity"],
        register_version=row["register_version"],
        purpose=PurposeId(row["purpose"]),
        ground=_code(LegalBasis, row["ground"]),
        authority=_code(Authority, row["authority"]),
        actor=_actor(row),
        source=Source(row["source"]),
        manner=_code(Manner, row["manner"]),
        subject=row["subject"],
        subject_kind=_code(SubjectKind, row["subject_kind"]),
        dossier=row["dossier"],
        object_kind=row["object_kind"],
        object_id=row["object_id"],
        items=frozenset(map(Item, row["items"])),
        foreign=_foreign(row),
        external_api=row["external_api"],
    )


def _actor(row: Mapping[str, Any]) -> Actor:
    return Actor(
        kind=ActorKind(row["actor_kind"]),
        code=row["actor"],
        role=_code(Role, row["role"]),
        unit=row["unit"],
        address=None if row["address"] is None else ip_address(row["address"]),
    )


def _foreign(row: Mapping[str, Any]) -> Foreign | None:
    if row["foreign_trace_id"] is None:
        return None
    return Foreign(
        trace_id=row["foreign_trace_id"], span_id=row["foreign_span_id"], entity=row["foreign_entity"]
    )


def _code(closed_set: type[E], code: str | None) -> E | None:
    return None if code is None else closed_set(code)
