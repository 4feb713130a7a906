"""What people say of what is due: a step is skipped, why one was late, and tasks of their own.

A step that is skipped has a reason that the audit will read (Regeling procesgang art. 5), and stays skipped
whatever is planned. An own task stands beside the steps of the law and never in place of one.
Must never: let something be skipped without a reason, or change what a fact says.
Read next: `following.py`, `../rules/reasons.py`.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Final
from uuid import UUID

from hervat.course.actions.dues import Said, place_of_title
from hervat.course.actions.following import follow, said_of
from hervat.course.actions.keeping import demand_write, facts_of, key_of, met_by
from hervat.course.actions.recording import open_for_change
from hervat.course.models import Due
from hervat.course.rules.acting import ACTING
from hervat.course.rules.difference import Difference, Motive
from hervat.course.rules.vocabulary import DueKind, DueState
from hervat.dossiers.actions.changing import Changing
from hervat.dossiers.queries.permitted import permitted
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record as record_lines
from hervat.journal.rules.acts import Act
from hervat.journal.rules.line import Effect
from hervat.law.vocabulary import StepId
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item, Operation, Role, Use
from hervat.vault.rules.sealing import Domain, seal

LONGEST_TITLE: Final = 200
MAY_HAVE_TASKS: Final = frozenset(
    {
        Role.COMMANDER,
        Role.PO_ADVISER,
        Role.EGB_PHYSICIAN,
        Role.LABOUR_EXPERT,
        Role.DCR_GUIDE,
        Role.INSURANCE_PHYSICIAN,
        Role.RE_INTEGRANT,
    }
)
"""Roles that the register lets see what an own task is about."""
_OWN: Final = Item.GATEKEEPER_EMPLOYER


class TaskFault(Enum):
    """Why something due cannot be skipped, explained or made."""

    NOT_OF_DOSSIER = "Deze taak hoort niet bij dit dossier. Bekijk het dossier opnieuw."
    NOT_OPEN = "Deze taak staat niet meer open. Bekijk het dossier opnieuw."
    NOT_A_STEP = "Alleen een stap van de wet wordt overgeslagen. Een eigen taak rondt u af."
    NOT_OWN = "Alleen een eigen taak wordt zo afgerond. Leg bij een stap vast wat er is gebeurd."
    HAS_REASON = "Hier staat al waarom. Wat er staat blijft staan; leg iets nieuws in een eigen taak vast."
    NOT_DONE = "Een reden hoort bij wat is gedaan of overgeslagen. Leg eerst vast wat er is gebeurd."
    TITLE = "Een taak heeft een omschrijving van 3 tot 200 tekens nodig, op één regel en zonder iets medisch."
    ROLE = "Deze rol mag niet zien waar een eigen taak over gaat. Kies een andere rol."


class TaskRefused(ValueError):  # noqa: N818 - it names what happened
    """What cannot be done with something due; `fault` says why."""

    def __init__(self, fault: TaskFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class _Open:
    """A dossier that is locked, something due in it, and the act that is told of it."""

    changing: Changing
    due: Due
    act: Act
    item: Item


def skip(*, permit: Permit, expected_version: int, due: UUID, reason: Motive) -> Difference:
    """Skip a step of the law, with the reason; return what that changed. Raises `TaskRefused`."""
    with permitted(permit):
        one = _open(permit, expected_version, due)
        if one.due.kind != DueKind.STEP:
            raise TaskRefused(TaskFault.NOT_A_STEP)
        if one.due.state != DueState.OPEN:
            raise TaskRefused(TaskFault.NOT_OPEN)
        said = said_of(permit, one.changing, due, reason)
        _update(due, state=DueState.SKIPPED.value, **_why(said))
        return _followed(permit, one)


def give_reason(*, permit: Permit, due: UUID, reason: Motive) -> Difference:
    """Say why a step was late, skipped or done otherwise, where nobody did. Raises `TaskRefused`."""
    with permitted(permit):
        one = _open(permit, None, due)
        if one.due.reason_code:
            raise TaskRefused(TaskFault.HAS_REASON)
        if one.due.state != DueState.DONE or one.due.kind != DueKind.STEP:
            raise TaskRefused(TaskFault.NOT_DONE)
        said = said_of(permit, one.changing, due, reason)
        _update(due, reason_missing=False, **_why(said))
        return _followed(permit, one)


def add_own_task(*, permit: Permit, role: Role, due_on: date, title: str) -> UUID:
    """Add a task of one's own for a role in the dossier; return it. Raises `TaskRefused`."""
    demand_write(permit, {_OWN})
    if role not in MAY_HAVE_TASKS:
        raise TaskRefused(TaskFault.ROLE)
    text = title.strip()
    if not 3 <= len(text) <= LONGEST_TITLE or not text.isprintable():
        raise TaskRefused(TaskFault.TITLE)
    act = act_of(permit, Operation.AGREE_PLAN, Effect.CREATE)
    with permitted(permit):
        changing = open_for_change(permit, None, adds_only=True)
        made = _make(permit, changing, role, due_on, text)
        _followed(permit, _Open(changing, made, act, _OWN))
    return made.id


def finish_own_task(*, permit: Permit, due: UUID) -> Difference:
    """Say that a task of one's own is done: who made it, who was to do it, or who keeps the plan."""
    act = act_of(permit, Operation.AGREE_PLAN, Effect.UPDATE)
    permit.demand(_OWN, use=Use.READ)
    with permitted(permit):
        changing = open_for_change(permit, None, adds_only=True)
        found = _find(changing, due)
        if found.kind != DueKind.OWN:
            raise TaskRefused(TaskFault.NOT_OWN)
        if found.state != DueState.OPEN:
            raise TaskRefused(TaskFault.NOT_OPEN)
        if permit.role != found.role and permit.actor != found.made_by:
            demand_write(permit, {_OWN})
        _update(due, state=DueState.DONE.value, done_on=permit.on, done_by=permit.actor)
        return _followed(permit, _Open(changing, found, act, _OWN))


def _open(permit: Permit, expected_version: int | None, due: UUID) -> _Open:
    """Lock the dossier and find a step in it. Raises `TaskRefused` and `NotPermitted`."""
    changing = open_for_change(permit, expected_version, adds_only=expected_version is None)
    found = _find(changing, due)
    if found.kind != DueKind.STEP:
        demand_write(permit, {_OWN})
        return _Open(changing, found, act_of(permit, Operation.AGREE_PLAN, Effect.UPDATE), _OWN)
    acting = ACTING[StepId(found.code)]
    demand_write(permit, {acting.item})
    return _Open(changing, found, act_of(permit, acting.operation, Effect.UPDATE), acting.item)


def _find(changing: Changing, due: UUID) -> Due:
    found = Due.objects.filter(id=due, dossier_id=changing.dossier).first()
    if found is None:
        raise TaskRefused(TaskFault.NOT_OF_DOSSIER)
    return found


def _followed(permit: Permit, one: _Open) -> Difference:
    kept = facts_of(one.changing)
    difference = follow(permit, one.changing, kept)
    record_lines(one.act, met_by(one.changing, {one.item}, opened_medical=kept.opened_medical))
    return difference


def _make(permit: Permit, changing: Changing, role: Role, due_on: date, title: str) -> Due:
    made = Due(
        dossier_id=changing.dossier, unit_id=changing.unit, kind=DueKind.OWN.value, code=DueKind.OWN.value
    )
    made.occurrence = 1 + Due.objects.filter(dossier_id=changing.dossier, kind=made.kind).count()
    made.role, made.due_on, made.made_by = role.value, due_on, permit.actor
    made.title = seal(key_of(changing, Domain.ORDINARY), title, place_of_title(made.id))
    made.save(force_insert=True)
    return made


def _why(said: Said) -> dict[str, Any]:
    return {
        "reason_code": said.code,
        "explanation": said.explanation,
        "reason_by": said.by,
        "reason_on": said.on,
    }


def _update(due: UUID, **columns: Any) -> None:
    Due.objects.filter(id=due).update(**columns)
