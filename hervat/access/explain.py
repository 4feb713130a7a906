"""Why somebody sees an item of a dossier, or not: the way in, the decision, its source, its open points.

The same answer for whoever asks about themselves, for the FG and for `hervat access why`; it holds no
content. A case that is not somebody's business is answered as one that does not exist, also to who asks
about another. Must never: open a dossier, or let anybody in. Read next: `door.py`, `asking.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from hervat.access import door
from hervat.access.asking import Asked
from hervat.access.refusals import Refusal
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.rules.acts import Met
from hervat.journal.rules.line import Effect, SubjectKind
from hervat.register import in_force
from hervat.register.decisions import Allowed, Decision, Gap
from hervat.register.model import OpenPoint, PurposeId, Reason
from hervat.register.permit import Permit
from hervat.register.vocabulary import Authority, Certainty, Item, Operation, Role, Scope, Use

_LOOKED_AT = frozenset({Item.USER_POSTING})


@dataclass(frozen=True, slots=True)
class Touching:
    """An open point that touches the decision, and whether somebody accepted it."""

    point: OpenPoint
    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why one item may be read and written, or not, in one role for one purpose."""

    item: Item
    role: Role
    authority: Authority
    unit: UUID | None
    purpose: PurposeId
    read: Decision
    write: Decision
    reason: Reason
    write_reason: Reason
    points: tuple[Touching, ...]


def explain(asked: Asked, case_number: str, item: Item) -> Explanation | Refusal:
    """Explain an item of a dossier to whoever asks for it; a refusal is logged as one."""
    permit = door.enter(asked, case_number)
    return permit if isinstance(permit, Refusal) else of_permit(permit, item, demo=asked.demo)


def explain_another(
    desk: Permit, asked: Asked, case_number: str, items: Iterable[Item]
) -> tuple[Explanation, ...] | Refusal:
    """Explain what `asked.user` would be told, to whoever oversees; logged as looking at that user.

    Raises `NotPermitted` for a permit that may not read who holds which posting.
    """
    desk.demand(Item.USER_POSTING, use=Use.READ)
    operation = Operation.ADMINISTER_USERS if desk.role is Role.ADMINISTRATOR else Operation.OVERSEE
    act = act_of(desk, operation, Effect.READ)
    answer = door.judge(asked, case_number).answer
    with transaction.atomic():
        record(act, [Met(subject=asked.user, subject_kind=SubjectKind.USER, items=_LOOKED_AT)])
    if isinstance(answer, Refusal):
        return answer
    return tuple(of_permit(answer, item, demo=asked.demo) for item in items)


def of_permit(permit: Permit, item: Item, *, demo: bool) -> Explanation:
    """Explain what a permit says of one item. The permit is that of a role."""
    if permit.role is None:
        raise ValueError("Een taak heeft geen rol om uit te leggen.")
    read, write = permit.decision(item), permit.decision(item, Use.WRITE)
    return Explanation(
        item=item,
        role=permit.role,
        authority=permit.authority,
        unit=permit.unit,
        purpose=permit.purpose,
        read=read,
        write=write,
        reason=_reason(permit.role, item, read, permit),
        write_reason=_why_written(permit.role, item, write, permit),
        points=_points(permit, permit.role, item, demo=demo),
    )


def _reason(role: Role, item: Item, decision: Decision, permit: Permit) -> Reason:
    """Why it is allowed: the reading of the cell. Why it is not: what the decision says."""
    if isinstance(decision, Gap):
        point = decision.open_point
        text = f"Nog niet beslist: {point.title}. {point.meanwhile_text} Beslist: {point.owner}."
        return Reason(text, point.source, Certainty.OPEN)
    if not isinstance(decision, Allowed):
        return decision.reason
    register = in_force.history().on(permit.on)
    reading = register.reading.items[item]
    return reading.reasons.get(role) or register.reading.roles[role].why_not


def _why_written(role: Role, item: Item, decision: Decision, permit: Permit) -> Reason:
    own = in_force.history().on(permit.on).reading.items[item].own if _is_own(decision) else None
    return own.reason if own else _reason(role, item, decision, permit)


def _is_own(decision: Decision) -> bool:
    return isinstance(decision, Allowed) and decision.scope is Scope.OWN


def _points(permit: Permit, role: Role, item: Item, *, demo: bool) -> tuple[Touching, ...]:
    decisions = in_force.decisions(demo=demo)
    accepted = decisions.accepted(permit.on)
    found = {
        point.id: point
        for use in Use
        for point in decisions.blocking(role, item, use, permit.purpose, permit.on)
    }
    return tuple(Touching(point, code in accepted) for code, point in found.items())
