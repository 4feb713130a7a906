"""What must happen, planned from the facts: every step of the latest case, and the signals that lie ahead.

Pure: what stood and what is known go in, what is to stand comes out, with what moved. Planning twice is
planning once. A step that a person skipped stays skipped; one that is done is done by a fact, and opens again
when that fact goes. Must never: say that something was done because its day passed, or touch an own task.
Read next: `acting.py`, `signals.py`, `standing.py`, `../actions/keeping.py` (how it is kept).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from hervat.course.rules.acting import ACTING, WHO_MINDS
from hervat.course.rules.difference import Moved
from hervat.course.rules.folding import Folded, Happened
from hervat.course.rules.signals import Signal, planned
from hervat.course.rules.vocabulary import DueKind, DueState, Kind, SignalId
from hervat.law.cases import Case
from hervat.law.gatekeeper import Course, Due, evaluation
from hervat.law.steps import Step, Today, steps_of
from hervat.law.timeline import latest_course
from hervat.law.vocabulary import Status, StepId
from hervat.register.vocabulary import Role

_DONE: Final = frozenset({Status.DONE_IN_TIME, Status.DONE_LATE})


class Key(NamedTuple):
    """Which due it is, within a dossier."""

    kind: DueKind
    code: str
    nth_case: int
    occurrence: int


class Planned(NamedTuple):
    """Something due as it is to stand. `id` is None for one that is not stored yet.

    A tuple, because a thousand dossiers a second are planned again, and a dataclass takes five times as long.
    """

    key: Key
    role: Role
    due_on: date
    also_role: Role | None = None
    opens_on: date | None = None
    legal_limit: date | None = None
    state: DueState = DueState.OPEN
    done_on: date | None = None
    late_days: int = 0
    fact: UUID | None = None
    id: UUID | None = None
    has_reason: bool = False

    @property
    def limit(self) -> date:
        """The day after which it is late."""
        return self.legal_limit or self.due_on

    @property
    def reason_missing(self) -> bool:
        """Whether it was done late and nobody said why."""
        return self.state is DueState.DONE and self.late_days > 0 and not self.has_reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All that is due in a dossier, which of it is to be written, and what that changed."""

    case: Case
    course: Course
    dues: tuple[Planned, ...]
    write: tuple[Planned, ...]
    moved: tuple[Moved, ...] = ()
    done: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    lapsed: tuple[str, ...] = ()


def plan(folded: Folded, facts: Sequence[Happened], stood: Iterable[Planned], *, on: date) -> Plan:
    """Return what must happen, given what happened and what stood there before."""
    case, course = latest_course(folded.situation)
    wanted = {one.key: one for one in _wanted(folded, case, course, facts, on)}
    before = {one.key: one for one in stood}
    dues = [_joined(before.get(key), one) for key, one in wanted.items()]
    dues += [_unwanted(one, folded.nth_case) for key, one in before.items() if key not in wanted]
    write = [one for one in dues if one != before.get(one.key)]
    return Plan(
        case=case, course=course, dues=tuple(dues), write=tuple(write), **_changes(before, write)
    )  # fmt: skip


# --- what is to be done --------------------------------------------------------------------------


def _wanted(
    folded: Folded, case: Case, course: Course, facts: Sequence[Happened], on: date
) -> Iterator[Planned]:
    of_case = [one for one in facts if one.happened_on >= folded.since]
    for step in steps_of(course, Today(on, case.recovered_on), folded.situation.regime, None):
        if step.id is StepId.EVALUATION:
            yield from _evaluations(folded, case, course, of_case)
        elif step.id in ACTING and step.status is not Status.NOT_APPLICABLE:
            yield _of_step(step, folded.nth_case, of_case)
    if case.recovered_on is None:
        for signal in planned(course, of_case, folded.since):
            if signal.since <= course.ending.pay_last_day:
                yield _of_signal(signal, folded.nth_case)


def _of_step(step: Step, nth_case: int, facts: Sequence[Happened]) -> Planned:
    acting = ACTING[step.id]
    open_one = Planned(
        key=Key(DueKind.STEP, step.id.value, nth_case, 1),
        role=acting.role,
        also_role=acting.also,
        due_on=step.due_on,
        opens_on=step.opens_on,
        legal_limit=step.legal_limit,
    )
    if step.status not in _DONE or step.done_on is None:
        return open_one
    return _done(open_one, step.done_on, step.days_late, _fact_of(acting.done_by, step.done_on, facts))


def _done(due: Planned, on: date, late_days: int, fact: UUID | None) -> Planned:
    return due._replace(state=DueState.DONE, done_on=on, late_days=max(0, late_days), fact=fact)


def _fact_of(kinds: tuple[Kind, ...], day: date, facts: Sequence[Happened]) -> UUID | None:
    return next(
        (one.id for kind in kinds for one in facts if (one.kind, one.happened_on) == (kind, day)), None
    )


def _evaluations(folded: Folded, case: Case, course: Course, facts: Sequence[Happened]) -> Iterator[Planned]:
    """Each evaluation that was held, due six weeks after the one before it; and the next one."""
    held = sorted((one for one in facts if one.kind is Kind.EVALUATION), key=lambda one: one.happened_on)
    before: date | None = None
    for occurrence, one in enumerate(held, 1):
        due = evaluation(_as_of(course, before))
        yield _done(
            _evaluation(folded.nth_case, occurrence, due),
            one.happened_on,
            (one.happened_on - due.on).days,
            one.id,
        )
        before = one.happened_on
    due = evaluation(_as_of(course, before))
    runs = case.recovered_on is None or due.on < case.recovered_on
    if runs and due.on <= course.ending.pay_last_day:
        yield _evaluation(folded.nth_case, len(held) + 1, due)


def _as_of(course: Course, evaluated_on: date | None) -> Course:
    return replace(course, facts=replace(course.facts, last_evaluated_on=evaluated_on))


def _evaluation(nth_case: int, occurrence: int, due: Due) -> Planned:
    acting = ACTING[StepId.EVALUATION]
    return Planned(
        key=Key(DueKind.STEP, StepId.EVALUATION.value, nth_case, occurrence),
        role=acting.role,
        also_role=acting.also,
        due_on=due.on,
        opens_on=due.opens_on,
        legal_limit=due.legal_limit,
    )


def _of_signal(signal: Signal, nth_case: int) -> Planned:
    key = Key(DueKind.SIGNAL, signal.id.value, nth_case, 1)
    return Planned(key=key, role=WHO_MINDS[signal.id], due_on=signal.since)


# --- what becomes of what stood there ------------------------------------------------------------


def _joined(stood: Planned | None, wanted: Planned) -> Planned:
    """What is wanted, with what people said of what stood there."""
    if stood is None:
        return wanted
    if _was_answered(stood) or (stood.state is DueState.SKIPPED and wanted.state is DueState.OPEN):
        return stood._replace(due_on=wanted.due_on, opens_on=wanted.opens_on, legal_limit=wanted.legal_limit)
    return wanted._replace(id=stood.id, has_reason=stood.has_reason)


def _unwanted(stood: Planned, nth_case: int) -> Planned:
    """What no longer follows lapses, but for what was done in an earlier case, or is a person's own."""
    if stood.key.kind is DueKind.OWN or stood.state in {DueState.LAPSED, DueState.SKIPPED}:
        return stood
    if _was_answered(stood) or (stood.state is DueState.DONE and stood.key.nth_case < nth_case):
        return stood
    return stood._replace(state=DueState.LAPSED, done_on=None, late_days=0, fact=None)


def _was_answered(stood: Planned) -> bool:
    """Whether a signal was answered by what somebody did, which no fact of the course says."""
    return (stood.key.code, stood.state) == (SignalId.NO_DCR.value, DueState.DONE)


def _changes(before: Mapping[Key, Planned], write: Iterable[Planned]) -> dict[str, Any]:
    moved: list[Moved] = []
    became: dict[DueState, list[str]] = {state: [] for state in DueState}
    for one in write:
        stood = before.get(one.key)
        # What lapsed on recovery and is due again after a relapse moved by the days between.
        if stood is not None and one.state is DueState.OPEN and stood.due_on != one.due_on:
            moved.append(Moved(one.key.code, stood.due_on, one.due_on))
        elif stood is None or stood.state is not one.state:
            became[one.state].append(one.key.code)
    return {
        "moved": tuple(moved),
        "done": tuple(became[DueState.DONE]),
        "opened": tuple(became[DueState.OPEN]),
        "lapsed": tuple(became[DueState.LAPSED]),
    }
