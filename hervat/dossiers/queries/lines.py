"""The log lines of this room: what a permit did, to whom, and which items it met.

Every query and action calls `record` in its own transaction; an act is made of the permit, so a line says
what the door decided. Must never: name an item that the view did not give, or a value.
Read next: `../../journal/actions/append.py`, docs/journal.md.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from hervat.journal.actions.append import begin_another, record
from hervat.journal.rules.acts import Act, Met
from hervat.journal.rules.line import Actor, Effect, Manner, SubjectKind
from hervat.journal.rules.trace import Trace, parse_traceparent
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item, Operation


def act_of(permit: Permit, operation: Operation, effect: Effect) -> Act:
    """Begin an act under a permit, with a span of its own."""
    trace = Trace(trace_id=permit.trace_id, span_id=permit.span_id, foreign=parse_traceparent(permit.caller))
    return Act(
        trace=begin_another(trace),
        operation=operation,
        effect=effect,
        actor=Actor(kind=permit.actor_kind, code=permit.actor, role=permit.role, unit=permit.unit),
        purpose=permit.purpose,
        activity=permit.activity,
        register_version=permit.register_version,
        ground=permit.ground,
        authority=permit.authority,
        source=permit.source,
        started_at=datetime.now(UTC),
    )


def met(person: UUID, dossier: UUID, items: Iterable[Item], manner: Manner = Manner.OPENED) -> Met:
    """Return what an act met of one dossier."""
    return Met(
        subject=person,
        subject_kind=SubjectKind.RE_INTEGRANT,
        dossier=dossier,
        items=frozenset(items),
        manner=manner,
    )


def record_of_dossier(act: Act, person: UUID, dossier: UUID, items: Iterable[Item]) -> None:
    """Write the lines of an act on one dossier, in the transaction that is open."""
    record(act, [met(person, dossier, items)])
