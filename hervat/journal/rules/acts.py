"""The lines of one action: one that says what was done, and one for each data subject it met.

The parent line has no subject and names no items: an item always belongs to somebody's line, or to that
of an object. What an action meets twice in the same way becomes one child with the items of both.
Must never: read the clock or draw an id; both are given. Read next: `line.py`, `../actions/append.py`.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from hervat.journal.rules.line import Actor, Effect, Line, LineError, Manner, Outcome, SubjectKind
from hervat.journal.rules.trace import Trace
from hervat.register.identifiers import activity_id
from hervat.register.model import PurposeId, Register
from hervat.register.vocabulary import Authority, Item, LegalBasis, Operation, Source

_whom = attrgetter("subject", "subject_kind", "dossier", "object_kind", "object_id", "manner")


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One action: who does what, for what, on which ground, since when. It is recorded once."""

    trace: Trace
    operation: Operation
    effect: Effect
    actor: Actor
    purpose: PurposeId
    activity: UUID
    register_version: int
    ground: LegalBasis | None
    authority: Authority | None
    source: Source
    started_at: datetime
    external_api: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """What an action met: a data subject, or an object that is about nobody in particular.

    With a refusal: what was asked for and not given.
    """

    subject: UUID | None = None
    subject_kind: SubjectKind | None = None
    dossier: UUID | None = None
    object_kind: str | None = None
    object_id: UUID | None = None
    items: AbstractSet[Item] = frozenset()
    manner: Manner = Manner.OPENED


def lines_of(
    act: Act,
    met: Iterable[Met],
    *,
    spans: Iterator[bytes],
    ended_at: datetime,
    outcome: Outcome,
    reason: str | None = None,
) -> tuple[Line, ...]:
    """Return the parent line and its children, in the order in which they were met.

    `spans` gives every child a span of its own. Raises `LineError` for what a line may not say.
    """
    parent = _parent(act, ended_at, outcome, reason)
    return parent, *(_child(parent, one, items, next(spans)) for one, items in _joined(met))


def under(register: Register, purpose: PurposeId) -> tuple[UUID, int]:
    """Return the activity of a purpose and the version of the register that holds it.

    Raises `LineError` for a purpose that no entry has.
    """
    for entry in register.entries:
        if any(phrase.id == purpose for phrase in entry.purposes):
            return activity_id(entry.reference, purpose), register.version.number
    raise LineError(
        f"Het register (versie {register.version.number}) kent het doel niet waarvoor dit gebeurt, dus kan "
        "het niet worden gelogd en niet worden gedaan. Noem een doel dat in het register staat."
    )


def _parent(act: Act, ended_at: datetime, outcome: Outcome, reason: str | None) -> Line:
    return Line(
        trace_id=act.trace.trace_id,
        span_id=act.trace.span_id,
        parent_span_id=None,
        operation=act.operation,
        effect=act.effect,
        outcome=outcome,
        reason=reason,
        started_at=act.started_at,
        ended_at=ended_at,
        activity=act.activity,
        register_version=act.register_version,
        purpose=act.purpose,
        ground=act.ground,
        authority=act.authority,
        actor=act.actor,
        source=act.source,
        foreign=act.trace.foreign,
        external_api=act.external_api,
    )


def _child(parent: Line, met: Met, items: AbstractSet[Item], span: bytes) -> Line:
    # Written out: `replace` takes longer to find out what stays than all the rest of a line does.
    return Line(
        trace_id=parent.trace_id,
        span_id=span,
        parent_span_id=parent.span_id,
        operation=parent.operation,
        effect=parent.effect,
        outcome=parent.outcome,
        reason=parent.reason,
        started_at=parent.started_at,
        ended_at=parent.ended_at,
        activity=parent.activity,
        register_version=parent.register_version,
        purpose=parent.purpose,
        ground=parent.ground,
        authority=parent.authority,
        actor=parent.actor,
        source=parent.source,
        manner=met.manner,
        subject=met.subject,
        subject_kind=met.subject_kind,
        dossier=met.dossier,
        object_kind=met.object_kind,
        object_id=met.object_id,
        items=items,
        foreign=parent.foreign,
        external_api=parent.external_api,
    )


def _joined(met: Iterable[Met]) -> Iterable[tuple[Met, AbstractSet[Item]]]:
    """Yield what was met, each thing once, with the items of every time it was."""
    found: dict[tuple[object, ...], tuple[Met, AbstractSet[Item]]] = {}
    for one in met:
        key = _whom(one)
        first, items = found.get(key) or (one, one.items)
        found[key] = (first, items if items is one.items else items | one.items)
    return found.values()
