"""Appends lines to the log: one statement in the caller's transaction, however many lines there are.

A line commits together with the read or write that it tells of, or not at all; so whoever answers does so
after the commit, never before. A refusal has a transaction of its own, for what is refused must stay told
when the rest is rolled back. Must never: change or remove a line, or leave one out because it is like
another. Read next: `../rules/acts.py` (which lines), `../rules/copy_rows.py`, docs/journal.md.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from django.db import connections, transaction

from hervat.journal.rules.acts import Act, Met, lines_of
from hervat.journal.rules.copy_rows import COLUMNS, binary_copy
from hervat.journal.rules.line import Line, Outcome
from hervat.journal.rules.trace import Trace, parse_traceparent

# COPY and not the ORM: faster from the second line on, and one statement for any number of them.
_COPY = f"COPY journal_line ({', '.join(COLUMNS)}) FROM STDIN (FORMAT binary)"
_DRAWN = 16


class NoTransaction(RuntimeError):  # noqa: N818 - it names the situation, as the caller meets it
    """Lines were appended apart from what they tell of: a fault in the code, never of a user."""


def begin(traceparent: str | None = None, *, entity: str | None = None) -> Trace:
    """Start the trace of an action; the ids in the caller's header are kept as foreign.

    `entity` is the address of the caller in its own register, when it is known who called.
    """
    return Trace(trace_id=uuid4(), span_id=_new_span(), foreign=parse_traceparent(traceparent, entity=entity))


def begin_another(trace: Trace) -> Trace:
    """Start one more action in the same trace, with a span of its own."""
    return replace(trace, span_id=_new_span())


def append(lines: Sequence[Line], *, using: str = "default") -> None:
    """Write the lines in the transaction that is open, with one statement.

    Raises `NoTransaction` outside a transaction, where a line would prove nothing of the read it tells of,
    and `ValueError` for no lines: what needs no line is no action.
    """
    if not lines:
        raise ValueError("Er is geen logregel om te schrijven. Een handeling heeft er altijd ten minste een.")
    connection = connections[using]
    if not connection.in_atomic_block:
        raise NoTransaction(
            "Een logregel hoort in dezelfde transactie als de handeling die zij beschrijft, en er is geen "
            "transactie. Doe de handeling en het loggen samen binnen transaction.atomic()."
        )
    connection.validate_no_broken_transaction()
    rows = binary_copy(lines)
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(_COPY) as copy:
        copy.write(rows)


def record(
    act: Act,
    met: Iterable[Met] = (),
    *,
    outcome: Outcome = Outcome.DONE,
    reason: str | None = None,
    using: str = "default",
) -> None:
    """Write the lines of an act that ends now, in the transaction that is open. Raises `NoTransaction`."""
    append(_lines(act, met, outcome, reason), using=using)


def record_all(acts: Iterable[tuple[Act, Iterable[Met]]], *, using: str = "default") -> None:
    """Write the lines of several acts that end now, with one statement. Raises `NoTransaction`."""
    lines = [line for act, met in acts for line in _lines(act, met, Outcome.DONE, None)]
    append(lines, using=using)


def record_refusal(act: Act, met: Iterable[Met], reason: str, *, using: str = "default") -> None:
    """Write and commit that an act was refused; `met` is what was asked for and not given.

    Raises `RuntimeError` inside another transaction: what is told there could still be rolled back.
    """
    lines = _lines(act, met, Outcome.REFUSED, reason)
    with transaction.atomic(using=using, durable=True):
        append(lines, using=using)


def _lines(act: Act, met: Iterable[Met], outcome: Outcome, reason: str | None) -> tuple[Line, ...]:
    # A clock that was put back makes an act of no time, not an act that cannot be logged.
    ended_at = max(datetime.now(UTC), act.started_at)
    return lines_of(act, met, spans=_new_spans(), ended_at=ended_at, outcome=outcome, reason=reason)


def _new_spans() -> Iterator[bytes]:
    """Yield spans without end; the operating system is asked for many at once."""
    while True:
        drawn = secrets.token_bytes(8 * _DRAWN)
        spans = (drawn[at : at + 8] for at in range(0, len(drawn), 8))
        yield from filter(any, spans)  # all zeros says that there is none


def _new_span() -> bytes:
    span = secrets.token_bytes(8)
    return span if any(span) else _new_span()  # all zeros says that there is none
