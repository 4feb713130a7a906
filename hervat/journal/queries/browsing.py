"""Goes through the log as supervision does: a period, narrowed to an actor, a role, a purpose, a refusal.

Without a person it shows actions (the parent lines); with one, the lines about that person, perhaps in one
dossier: by person there is an index, by dossier alone there is none, so whoever has a dossier brings whose it
is (`hervat/access/tracing.py`). A question that would read for too long is stopped by PostgreSQL. Like every
reading of the log it appends its own lines, after what it read.
Must never: answer a wider question than was asked, or look for a dossier without its person.
Read next: `lines.py`, `hervat/web/oversight/`.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

from hervat.journal import models
from hervat.journal.actions.append import record
from hervat.journal.queries.lines import (
    MOST_ON_A_PAGE,
    LineView,
    Page,
    met_actor,
    older_than,
    page_of,
    subjects_in,
    users_in,
)
from hervat.journal.rules.acts import Act, Met
from hervat.journal.rules.line import Manner, Outcome
from hervat.register.model import PurposeId
from hervat.register.vocabulary import Item, Operation, Role

MOST_EXPORTED = 10_000

# Raw SQL: the ORM has no time-outs. DEFAULT is that of the session.
_PATIENCE = "SET LOCAL statement_timeout = '5s'"
_NO_PATIENCE = "SET LOCAL statement_timeout TO DEFAULT"
_SOUGHT = "gezocht"
_ACTIVITY = frozenset({Item.USER_ACTIVITY})


class TooMuch(Exception):  # noqa: N818 - it names the situation, as the caller meets it
    """The question would take too long; nothing was read, and nothing was logged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants to see of the log, from `since` up to `until`; `about` is a person or a dossier."""

    since: datetime
    until: datetime
    actor: str | None = None
    about: UUID | None = None
    dossier: UUID | None = None
    role: Role | None = None
    purpose: PurposeId | None = None
    operation: Operation | None = None
    refused_only: bool = False

    def __post_init__(self) -> None:
        if self.dossier is not None and self.about is None:
            raise ValueError(
                "Een dossier is van iemand: noem ook de persoon, anders wordt alles doorgelezen."
            )


def browse(wanted: Wanted, *, asked_by: Act, before_id: int | None = None, limit: int = 50) -> Page:
    """Return a page of what is wanted, newest first. Raises `TooMuch`."""
    return _read(wanted, asked_by, before_id, limit, MOST_ON_A_PAGE, Manner.LISTED)


def export(wanted: Wanted, *, asked_by: Act, limit: int = MOST_EXPORTED) -> Page:
    """Return all of what is wanted, up to a bound, to be taken along. Raises `TooMuch`."""
    return _read(wanted, asked_by, None, limit, MOST_EXPORTED, Manner.EXPORTED)


def _read(
    wanted: Wanted, asked_by: Act, before_id: int | None, limit: int, most: int, manner: Manner
) -> Page:
    try:
        with transaction.atomic():
            _set(_PATIENCE)
            found = _matching(wanted).order_by("-logged_at", "-id")
            if before_id is not None:
                found = older_than(found, before_id)
            page = page_of(found, None, limit, most)
            _set(_NO_PATIENCE)
            record(asked_by, _met(wanted, page.lines, manner))
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) != "57014":
            raise
        raise TooMuch from None
    return page


def _matching(wanted: Wanted) -> "QuerySet[models.Line]":
    found = models.Line.objects.filter(logged_at__gte=wanted.since, logged_at__lt=wanted.until)
    if wanted.about is None:
        found = found.filter(parent_span_id__isnull=True)
    equal = {
        "subject": wanted.about,
        "dossier": wanted.dossier,
        "actor": wanted.actor,
        "role": wanted.role,
        "purpose": wanted.purpose,
        "operation": wanted.operation,
        "outcome": Outcome.REFUSED.value if wanted.refused_only else None,
    }
    return found.filter(**{name: str(value) for name, value in equal.items() if value is not None})


def _met(wanted: Wanted, lines: tuple[LineView, ...], manner: Manner) -> list[Met]:
    """Whom the page showed; and who was asked for was asked for, found or not."""
    met = [*users_in(lines, manner), *(subjects_in(lines, manner) if wanted.about else [])]
    if wanted.actor is not None:
        met.append(met_actor(wanted.actor))
    if wanted.about is not None and not lines:
        # Without a line nobody knows whose code it is: of somebody ill, of a user, or of nobody.
        met.append(Met(object_kind=_SOUGHT, object_id=wanted.about, items=_ACTIVITY))
    return met


def _set(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
