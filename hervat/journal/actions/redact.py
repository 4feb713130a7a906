"""Destroys the lines of a month whose term has passed; the leaves stay, so the tree still verifies.

With the lines goes their salt, so nothing can be guessed back from a leaf. As the owner of the database, in
one transaction: the record, the line that tells of it, and the end of the month's partition.
Must never: destroy while a term is an open point that nobody accepted, or a line that was not sealed or was
changed. Read next: `../rules/redaction.py`, docs/journal.md ("Redaction").
"""

import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
from django.db import transaction
from psycopg import sql

from hervat.journal.actions.append import append
from hervat.journal.actions.seal import SEALING
from hervat.journal.queries.heads import HERE, newest_head, plain_cursor
from hervat.journal.queries.redactions import redactions
from hervat.journal.rules.canonical import leaf_sql
from hervat.journal.rules.line import Actor, Effect, Line, Outcome
from hervat.journal.rules.redaction import OBJECT_KIND, Ranges, Redaction, digest_of, next_month
from hervat.law.retention import TermEnd, keep
from hervat.register.decisions import Decisions
from hervat.register.identifiers import activity_id
from hervat.register.model import OpenPoint, PurposeId, Register, TermReading
from hervat.register.vocabulary import Authority, DocumentClass, Operation, Source

LOGS = frozenset({DocumentClass.PROCESSING_LOG, DocumentClass.SURVEY_LOG})
"""What of the register is about log lines."""

PATIENCE = "SET LOCAL lock_timeout = '5s'"
"""Everybody who writes to the log waits behind whoever waits to end a month."""

_DAY = timedelta(days=1)

# Raw SQL: partitions, ranges of leaves and the leaf of a line are PostgreSQL's.
_PARTITION = "SELECT to_regclass(%s) IS NOT NULL"
_NAMED = """
SELECT t.index * 256 + named.place - 1 AS leaf, named.id, substring(t.hashes FROM
    (32 * (named.place - 1) + 1)::int FOR 32) AS hash
FROM public.journal_tile AS t CROSS JOIN LATERAL unnest(t.lines) WITH ORDINALITY AS named (id, place)
WHERE t.level = 0 AND t.logged_from < %(end)s AND t.logged_to >= %(start)s
"""
_LEAVES = f"""
WITH named AS ({_NAMED}),
held AS (
    SELECT l.id, named.leaf, coalesce({leaf_sql("l")} = named.hash, false) AS same
    FROM public.<month> AS l LEFT JOIN named ON named.id = l.id
),
ranges AS (SELECT unnest(range_agg(int8range(leaf, leaf + 1))) AS one FROM held WHERE leaf IS NOT NULL)
SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM held WHERE leaf IS NULL),
    (SELECT count(*) FROM held WHERE leaf IS NOT NULL AND NOT same),
    ARRAY(SELECT lower(one) FROM ranges ORDER BY 1), ARRAY(SELECT upper(one) FROM ranges ORDER BY 1)
"""  # noqa: S608
_RECORD = """
INSERT INTO public.journal_redaction (month, lines, leaves, digest, redacted_at)
VALUES (%s, %s, %s::text::int8multirange, %s, now())
"""


class RedactError(Exception):
    """The month stays; the text says in Dutch why, and what to do."""


class TermOpenError(RedactError):
    """What the term is, nobody has accepted."""


class NotYetError(RedactError):
    """The term has not passed."""


class HeldError(RedactError):
    """Something else keeps the lines."""


class NotRedactableError(RedactError):
    """The month is not there, is not sealed to the last line, or does not fit the tree."""


@dataclass(frozen=True, slots=True)
class Redacted:
    """What was destroyed, or with `dry_run` would be."""

    month: date
    lines: int
    leaves: Ranges
    digest: bytes
    dry_run: bool


def redact(
    *,
    month: date,
    on: date,
    at: datetime,
    decisions: Decisions,
    register: Register,
    actor: Actor,
    held: Collection[str] = (),
    dry_run: bool = False,
) -> Redacted:
    """Destroy the lines of a month. `register` is the version in force on the day `on`, `actor` who does it.

    `held` are reasons why lines must stay, as sentences. Raises `RedactError`.
    """
    first = month.replace(day=1)
    _refuse_held(first, held)
    _refuse_open(register, decisions, on)
    _refuse_early(first, register, on)
    with transaction.atomic(using="owner", durable=True), plain_cursor("owner") as cursor:
        found = _find(cursor, first)
        if not dry_run:
            _destroy(cursor, found, _line(found, register, actor, at))
    return Redacted(first, found.lines, found.leaves, found.digest, dry_run)


def terms_of(register: Register) -> list[TermReading]:
    """Return the retention terms of the register that are about log lines."""
    return [term for term in register.reading.terms.values() if LOGS & _documents(term)]


def _documents(term: TermReading) -> set[DocumentClass]:
    return set(term.documents).union(*term.objects.values())


def _refuse_held(month: date, held: Collection[str]) -> None:
    if held:
        raise HeldError(f"De regels van {month:%Y-%m} blijven: {' '.join(held)} Hef dat eerst op.")


def _refuse_open(register: Register, decisions: Decisions, on: date) -> None:
    """Unknown never destroys: each open point that touches a term of the log must be accepted."""
    terms = {term.id for term in terms_of(register)}
    if not terms:
        raise TermOpenError("Het register noemt geen bewaartermijn voor het logboek. De regels blijven.")
    accepted = decisions.accepted(on)
    for point in _touching(register, terms):
        if point.id not in accepted:
            raise TermOpenError(
                f"De bewaartermijn van het logboek is een open punt ({point.id}: {point.title}) dat niemand "
                f"heeft aanvaard. De regels blijven. Laat het beslissen door: {point.owner}."
            )


def _touching(register: Register, terms: Collection[str]) -> Iterator[OpenPoint]:
    for point in register.open_points.values():
        if set(terms) & set(point.terms):
            yield point


def _refuse_early(month: date, register: Register, on: date) -> None:
    """The longest of the terms counts, from the last day of the month."""
    last = next_month(month) - _DAY
    from_day = max(
        keep(last, term.duration, TermEnd(term.day_rule)).destroy_from for term in terms_of(register)
    )
    if on < from_day:
        raise NotYetError(
            f"De regels van {month:%Y-%m} blijven tot {from_day:%d-%m-%Y}: dan is de langste bewaartermijn "
            "van het logboek verstreken. Probeer het vanaf die dag."
        )


def _find(cursor: Any, month: date) -> Redaction:
    """Find the leaves of every line of the month, and hold the lines to them once more."""
    cursor.execute(HERE)
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALING])
    cursor.execute(_PARTITION, [f"public.{_name(month)}"])
    if not cursor.fetchone()[0]:
        raise NotRedactableError(f"Van {month:%Y-%m} zijn er geen regels (meer). Er is niets te doen.")
    start, end = (datetime(day.year, day.month, 1, tzinfo=UTC) for day in (month, next_month(month)))
    cursor.execute(_LEAVES.replace("<month>", _name(month)), {"start": start, "end": end})
    lines, unsealed, changed, starts, ends = cursor.fetchone()
    head = newest_head(cursor)
    if unsealed or head is None or (ends and ends[-1] > head.size):
        raise NotRedactableError(
            f"Van {month:%Y-%m} zijn nog niet alle regels verzegeld. Verzegel eerst met hervat journal seal."
        )
    if changed:
        raise NotRedactableError(
            f"Van {month:%Y-%m} zijn {changed} regels niet wat is verzegeld. Zoek dat eerst uit met "
            "hervat journal verify; wie nu opschoont, wist het spoor."
        )
    leaves = tuple(zip(starts, ends, strict=True))
    before = redactions(cursor)
    return Redaction(
        month, lines, leaves, digest_of(month, lines, leaves, before[-1].digest if before else None)
    )


def _destroy(cursor: Any, found: Redaction, line: Line) -> None:
    leaves = "{" + ",".join(f"[{start},{end})" for start, end in found.leaves) + "}"
    partition = sql.Identifier("public", _name(found.month))
    try:
        cursor.execute(_RECORD, [found.month, found.lines, leaves, found.digest])
        cursor.execute("SET LOCAL search_path = public, pg_catalog")
        cursor.execute(PATIENCE)
        append([line], using="owner")
        detach = sql.SQL("ALTER TABLE public.journal_line DETACH PARTITION {}")
        cursor.execute(detach.format(partition))
        cursor.execute(sql.SQL("DROP TABLE {}").format(partition))
    except psycopg.errors.LockNotAvailable:
        raise RedactError(
            "Het logboek is in gebruik door een transactie die lang loopt, zoals een verificatie. Er is "
            "niets vernietigd. Probeer het later opnieuw."
        ) from None


def _line(found: Redaction, register: Register, actor: Actor, at: datetime) -> Line:
    """The line that tells of it: it names the digest, and so exactly these leaves."""
    purpose, reference = _purpose(register)
    return Line(
        trace_id=uuid4(),
        span_id=secrets.token_bytes(8),
        parent_span_id=None,
        operation=Operation.DESTROY,
        effect=Effect.DELETE,
        outcome=Outcome.DONE,
        started_at=at,
        ended_at=at,
        activity=activity_id(reference, purpose),
        register_version=register.version.number,
        purpose=purpose,
        ground=register.purpose(purpose).basis,
        authority=Authority.COMMAND_LINE,
        actor=actor,
        source=Source.COMMAND_LINE,
        object_kind=OBJECT_KIND,
        object_id=found.object_id,
    )


def _purpose(register: Register) -> tuple[PurposeId, str]:
    """The purpose that the log serves: of the entry on the users, the one under which is overseen."""
    entry = register.entries[-1]
    for phrase in entry.purposes:
        operations = register.reading.purposes[phrase.id].operations
        if Operation.OVERSEE in operations or Operation.DESTROY in operations:
            return phrase.id, entry.reference
    raise TermOpenError("Het register noemt geen doel waaronder toezicht wordt gehouden. De regels blijven.")


def _name(month: date) -> str:
    return f"journal_line_{month:%Y_%m}"
