"""Records what was done in a dossier of a demo: each by whom it is, with who was asked to help.

The doctor advises, the commander keeps contact and the plan, the adviser writes to UWV, asks DCR and closes
what is over; whoever is asked for a dossier answers. Must never: write past an action, or record anything in
a dossier in which somebody recorded before. Read next: `demo_course.py`, `demo_staff.py`.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from hervat.access.asking import Asked
from hervat.access.choosing import purposes_for
from hervat.access.door import about_users, answer, enter
from hervat.access.refusals import Refusal
from hervat.cli.demo_course import Told, habits_of, recorder_of, story
from hervat.course.actions.closing import close
from hervat.course.actions.recording import record
from hervat.course.actions.referring import propose
from hervat.course.actions.tasks import add_own_task
from hervat.course.queries.course import CourseView, course
from hervat.course.rules.folding import Happened
from hervat.course.rules.vocabulary import Kind
from hervat.dossiers.actions.assigning import accept_assignment
from hervat.dossiers.rules.assignments import AssignmentRefused, Proposal
from hervat.dossiers.rules.vocabulary import ClosingReason
from hervat.journal.actions.append import begin
from hervat.register.cells import Shown
from hervat.register.permit import Permit
from hervat.register.vocabulary import Operation, Role, Source

_KEPT: Final = (Kind.SICK, Kind.RECOVERED, Kind.LEAVE)
_ASKS_DCR: Final = 40
_SEES_DOCTOR: Final = 3
_OVER: Final = timedelta(weeks=4)
_OTHERS: Final[Mapping[Role, tuple[int, float, str]]] = {
    Role.LABOUR_EXPERT: (12, 0.07, "Werkplek bekijken en advies geven"),
    Role.INSURANCE_PHYSICIAN: (88, 0.5, "Dag van de beoordeling doorgeven"),
    Role.FUTURE: (56, 0.12, ""),
    Role.ROBIDUS: (84, 0.4, ""),
}
"""From which week who else is asked, how likely, and for what."""
_TASKS: Final = (
    "Werkplek laten aanpassen op advies van de arbeidsdeskundige",
    "Afspreken wie het team vertelt wanneer de collega terugkomt",
    "Rooster van volgende maand doornemen",
    "Vervoer naar de kazerne regelen",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """Who works on one dossier. Without a commander the adviser records what a commander would."""

    adviser: UUID
    physician: UUID
    guide: UUID
    commander: UUID | None
    others: Mapping[Role, UUID] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _At:
    """A dossier, by its case number, on a day."""

    case: str
    on: date

    def enter(self, user: UUID, role: Role, operation: Operation) -> Permit:
        return let_in(enter(asked(user, role, operation, self.on), self.case))


def live(case: str, hands: Hands, on: date, *, seed: str) -> None:
    """Record what was done in a dossier, and close it where it is over; who was here before stays.

    The same for the same seed.
    """
    at, chance = _At(case, on), random.Random(f"demo {seed}")  # noqa: S311 - to invent with, not to hide
    view = course(at.enter(hands.adviser, Role.PO_ADVISER, Operation.READ_DOSSIER))
    known = tuple(_known(view))
    if not known or _has(view, Kind.CONTACT):
        return
    _record_all(at, view, hands, story(known, on, habits_of(chance), chance))
    fit = view.recovered_on.value if isinstance(view.recovered_on, Shown) else None
    if isinstance(fit, date):
        _close(at, hands, fit, chance)
        return
    if chance.random() < 0.15:
        _add_task(at, hands, chance)
    _ask_others(at, hands, _weeks(view), chance)
    if _weeks(view) >= _ASKS_DCR + (chance.random() < 0.4) * 3:
        _ask(at, hands, hands.guide, Role.DCR_GUIDE, accepted=chance.random() < 0.9)


def _known(view: CourseView) -> Iterator[Happened]:
    for kind in _KEPT:
        cell = view.facts[kind]
        found = cell.value if isinstance(cell, Shown) else None
        for one in found or ():
            yield Happened(kind, one.happened_on, one.last_day, one.detail)


def _weeks(view: CourseView) -> int:
    cell = view.counted_days
    return cell.value // 7 if isinstance(cell, Shown) and cell.value is not None else 0


def _has(view: CourseView, kind: Kind) -> bool:
    cell = view.facts[kind]
    return isinstance(cell, Shown) and bool(cell.value)


def _record_all(at: _At, view: CourseView, hands: Hands, told: Sequence[Told]) -> None:
    """Record what each did, the doctor first, because what is agreed counts from the advice."""
    version = view.version
    of_doctor = _of(told, Role.EGB_PHYSICIAN)
    if of_doctor or _weeks(view) >= _SEES_DOCTOR:
        _ask(at, hands, hands.physician, Role.EGB_PHYSICIAN)
        version = _record(at, (hands.physician, Role.EGB_PHYSICIAN), version, of_doctor)
    of_commander, others = _of(told, Role.COMMANDER), _of(told, Role.PO_ADVISER)
    if hands.commander is None:
        others = [one for one in told if one not in of_doctor]
    else:
        version = _record(at, (hands.commander, Role.COMMANDER), version, of_commander)
    _record(at, (hands.adviser, Role.PO_ADVISER), version, others)


def _of(told: Sequence[Told], role: Role) -> list[Told]:
    return [one for one in told if recorder_of(one.fact.kind) is role]


def _record(at: _At, who: tuple[UUID, Role], version: int, told: Sequence[Told]) -> int:
    if not told:
        return version
    operation = Operation.ASSESS_CAPACITY if who[1] is Role.EGB_PHYSICIAN else Operation.AGREE_PLAN
    permit = at.enter(*who, operation)
    for batch in _up_to_what_was_late(told):
        facts = [one.fact for one in batch]
        version = record(permit=permit, expected_version=version, facts=facts, reason=batch[-1].why).version
    return version


def _up_to_what_was_late(told: Iterable[Told]) -> Iterator[list[Told]]:
    """Yield what can be recorded at once: up to and including something that was late."""
    batch: list[Told] = []
    for one in told:
        batch.append(one)
        if one.why is not None:
            yield batch
            batch = []
    if batch:
        yield batch


def _close(at: _At, hands: Hands, fit: date, chance: random.Random) -> None:
    """Close what is over: some weeks after recovery, when no relapse came."""
    closes = fit + _OVER + timedelta(days=chance.randint(0, 9))
    if closes > at.on:
        return
    permit = at.enter(hands.adviser, Role.PO_ADVISER, Operation.KEEP_DOSSIER)
    version = course(permit).version
    close(permit=permit, expected_version=version, on=closes, reason=ClosingReason.COURSE_ENDED)


def _add_task(at: _At, hands: Hands, chance: random.Random) -> None:
    role = Role.COMMANDER if hands.commander and chance.random() < 0.7 else Role.PO_ADVISER
    user = hands.commander if hands.commander and role is Role.COMMANDER else hands.adviser
    _task(at, (user, role), role, chance.choice(_TASKS), chance)


def _task(at: _At, by: tuple[UUID, Role], role: Role, title: str, chance: random.Random) -> None:
    permit = at.enter(*by, Operation.AGREE_PLAN)
    add_own_task(permit=permit, role=role, due_on=at.on + timedelta(days=chance.randint(-2, 16)), title=title)


def _ask_others(at: _At, hands: Hands, weeks: int, chance: random.Random) -> None:
    """Ask who else helps in this phase; most say yes, and some are asked for something with a day."""
    for role, (since, likely, title) in _OTHERS.items():
        if role not in hands.others or weeks < since or chance.random() >= likely:
            continue
        accepted = chance.random() < 0.8
        _ask(at, hands, hands.others[role], role, accepted=accepted)
        if title and accepted:
            _task(at, (hands.adviser, Role.PO_ADVISER), role, title, chance)


def _ask(at: _At, hands: Hands, user: UUID, role: Role, *, accepted: bool = True) -> None:
    proposal = Proposal(user=user, role=role, first_day=at.on)
    assign(at.case, hands.adviser, proposal, at.on, accepted=accepted)


def assign(case: str, adviser: UUID, proposal: Proposal, on: date, *, accepted: bool = True) -> None:
    """Let an adviser propose somebody for a dossier, and let them accept; who works there already, stays."""
    asking = asked(adviser, Role.PO_ADVISER, Operation.REFER, on)
    permit = let_in(about_users(asking, let_in(enter(asking, case))))
    with suppress(AssignmentRefused):
        made = propose(permit=permit, proposal=proposal)
        if accepted:
            answering = asked(proposal.user, proposal.role, Operation.REFER, on)
            entered = let_in(about_users(answering, let_in(answer(answering, case))))
            accept_assignment(permit=entered, assignment=made)


def asked(user: UUID, role: Role, operation: Operation, on: date) -> Asked:
    """Return what somebody of the demo asks of the door."""
    return Asked(
        user=user,
        operation=operation,
        purpose=purposes_for(role, operation, on)[0].id,
        on=on,
        source=Source.COMMAND_LINE,
        trace=begin(),
        role=role,
        demo=True,
    )


def let_in(given: Permit | Refusal) -> Permit:
    """Return the permit; a refusal is a fault in the demo."""
    if isinstance(given, Refusal):
        raise RuntimeError(f"De demo kan niet worden gevuld: {given.reason.text}")
    return given
