"""What was done for somebody of a demo since they fell ill: advice, plan, evaluations, contact, hours, UWV.

Pure: the law says what was due and this says on which day it was done, so most is in time as in a good unit;
of some people something is late, with the reason, or not done yet. The same for the same chance.
Must never: say anything medical, or settle a date of the law. Read next: `demo_living.py`.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from hervat.course.rules.difference import Motive
from hervat.course.rules.folding import Happened, fold
from hervat.course.rules.planning import Planned, plan
from hervat.course.rules.values import Detail, NewFact, SanctionTerms
from hervat.course.rules.vocabulary import DueKind, DueState, Kind, LateReason, Method
from hervat.law.vocabulary import SanctionKind, StepId
from hervat.register.vocabulary import Role

_OF_DOCTOR: Final = frozenset({Kind.OPINION, Kind.CURRENT_OPINION, Kind.CAPACITY})
_OF_COMMANDER: Final = frozenset(
    {Kind.PLAN, Kind.EVALUATION, Kind.FIRST_YEAR, Kind.CONTACT, Kind.OWN_HOURS, Kind.ADAPTED_HOURS}
)
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(weeks=1)
_DONE_BY: Final[Mapping[str, tuple[Kind, int, int]]] = {
    StepId.PROBLEM_ANALYSIS: (Kind.OPINION, 3, 12),
    StepId.ACTION_PLAN: (Kind.PLAN, 2, 9),
    StepId.EVALUATION: (Kind.EVALUATION, 0, 5),
    StepId.WEEK_42_NOTIFICATION: (Kind.WEEK_42, 0, 5),
    StepId.FIRST_YEAR_EVALUATION: (Kind.FIRST_YEAR, 3, 25),
    StepId.SECOND_TRACK: (Kind.SECOND_TRACK, 3, 20),
    StepId.UWV_NOTICE: (Kind.UWV_NOTICE, 0, 6),
    StepId.CURRENT_OPINION: (Kind.CURRENT_OPINION, 2, 10),
    StepId.REINTEGRATION_REPORT: (Kind.REPORT, 1, 8),
    StepId.WIA_APPLICATION: (Kind.APPLICATION, 1, 8),
}
"""By which fact each step is done, and how many days before its day that is."""
_MOTIVES: Final = (
    Motive(LateReason.WAITED_FOR_PHYSICIAN, "Het spreekuur was een week later dan afgesproken."),
    Motive(LateReason.DEPLOYED, "De leidinggevende was op oefening en had geen vervanger."),
    Motive(LateReason.NOT_REACHED, "Twee keer gebeld en een brief gestuurd; daarna pas contact."),
    Motive(LateReason.ON_LEAVE, "De afspraak viel in een vakantie die al was goedgekeurd."),
    Motive(LateReason.HANDED_OVER, "De functie is overgedragen; de afspraak bleef bij de overdracht liggen."),
    Motive(LateReason.FORGOTTEN, "De datum stond niet in de agenda. Dit is nu ingepland."),
)
_METHODS: Final = (Method.PHONE, Method.VISIT, Method.CONVERSATION, Method.VIDEO, Method.MESSAGE)
_WEEKS_OF_HOURS: Final = 16
_FULL_WEEK: Final = 38 * 4
_SANCTIONED: Final = 686
_AFTER_THE_WAIT: Final = 715


@dataclass(frozen=True, slots=True)
class Told:
    """A fact, and why it was late where it was."""

    fact: NewFact
    why: Motive | None = None


@dataclass(frozen=True, slots=True)
class Habits:
    """How somebody's course is kept: what was not done lately, and what stood still."""

    behind: int = 0
    late: bool = False
    silent: bool = False
    stalled: bool = False


def recorder_of(kind: Kind) -> Role:
    """Return who records a fact of this kind."""
    if kind in _OF_DOCTOR:
        return Role.EGB_PHYSICIAN
    return Role.COMMANDER if kind in _OF_COMMANDER else Role.PO_ADVISER


def habits_of(chance: random.Random) -> Habits:
    """Return how a course is kept: mostly well."""
    draw = chance.random()
    behind = chance.randint(5, 24) if draw < 0.28 else chance.randint(25, 40) if draw < 0.30 else 0
    return Habits(behind, chance.random() < 0.2, chance.random() < 0.04, chance.random() < 0.06)


def story(known: Sequence[Happened], on: date, habits: Habits, chance: random.Random) -> tuple[Told, ...]:
    """Return what was done up to a day in the latest case, in order; `known` is how somebody was sick."""
    last = max(
        (one for one in known if one.kind in {Kind.SICK, Kind.RECOVERED}), key=lambda one: one.happened_on
    )
    fit = last.happened_on if last.kind is Kind.RECOVERED else None
    sick = tuple(one for one in known if fit is None or one is not last)
    until = (fit - _DAY) if fit else on - timedelta(days=habits.behind)
    first = fold(sick).since
    told = [*_steps(sick, until, habits, chance)]
    end = (fit - _DAY) if fit else on
    told += [Told(one) for one in _beside(first, end, told, habits, chance)]
    return tuple(sorted(told, key=lambda one: one.fact.happened_on))


def _beside(
    first: date, end: date, told: Sequence[Told], habits: Habits, chance: random.Random
) -> Iterator[NewFact]:
    """Yield what no step asks: assessments, contact, hours, and what UWV decided or was asked."""
    opinions = [one.fact.happened_on for one in told if one.fact.kind is Kind.OPINION]
    yield from _assessments(opinions, end, chance)
    yield from _contacts(first, end - timedelta(days=46) if habits.silent else end, chance)
    yield from _hours(first, end, stalled=habits.stalled, chance=chance)
    days = (end - first).days
    if days > _SANCTIONED and (days > _AFTER_THE_WAIT or chance.random() < 0.3):
        terms = SanctionTerms(weeks=chance.choice((26, 38, 52)), kind=SanctionKind.SUBSTANTIVE)
        yield NewFact(Kind.SANCTION, first + timedelta(days=_SANCTIONED), detail=terms)
    elif days > 620 and chance.random() < 0.15:
        asked = first + timedelta(days=610)
        yield NewFact(Kind.EXTENSION, asked, last_day=first + timedelta(days=727 + 26 * 7))


def _steps(sick: tuple[Happened, ...], until: date, habits: Habits, chance: random.Random) -> Iterator[Told]:
    """Yield each step that was due by a day, as it was done; one of them late where that is the habit."""
    facts, number = list(sick), 0
    late_one = chance.randint(0, 4) if habits.late else -1
    while (due := _next(facts, until)) is not None:
        kind, least, most = _DONE_BY[due.key.code]
        earliest = max(one.happened_on for one in facts if one.kind is not Kind.PERCENTAGE) + _DAY
        day = max(due.due_on - chance.randint(least, most) * _DAY, min(earliest, due.due_on))
        why = None
        if number == late_one and due.limit + 3 * _DAY <= until:
            day = min(due.limit + chance.randint(2, 16) * _DAY, until)
            why = chance.choice(_MOTIVES)
        elif day > due.limit:
            day = due.limit
        facts.append(Happened(kind, day))
        number += 1
        yield Told(NewFact(kind, day), why)


def _next(facts: list[Happened], until: date) -> Planned | None:
    """Return the first step that is due by a day and not done."""
    # The next evaluation counts from the last one; the others would only be planned again each time.
    held = [one for one in facts if one.kind is Kind.EVALUATION]
    counting = [one for one in facts if one not in held[:-1]]
    dues = plan(fold(counting), counting, (), on=until).dues
    found = [
        one
        for one in dues
        if one.key.kind is DueKind.STEP and one.state is DueState.OPEN and one.due_on <= until
    ]
    return min(found, key=lambda one: one.due_on, default=None)


def _assessments(opinions: Iterable[date], end: date, chance: random.Random) -> Iterator[NewFact]:
    """Yield a statement of what somebody can do with the opinion, and again when it was to be looked at."""
    for day in opinions:
        while day <= end:
            again = day + chance.randint(70, 110) * _DAY
            yield NewFact(Kind.CAPACITY, day, last_day=again)
            day = again - chance.randint(-6, 4) * _DAY


def _contacts(first: date, end: date, chance: random.Random) -> Iterator[NewFact]:
    day = first + chance.randint(1, 4) * _DAY
    while day <= end:
        yield NewFact(Kind.CONTACT, day, detail=chance.choice(_METHODS))
        day += chance.randint(12, 33) * _DAY


def _hours(first: date, end: date, *, stalled: bool, chance: random.Random) -> Iterator[NewFact]:
    """Yield the hours of each week: own work grows, adapted work makes room for it."""
    begun = first - first.weekday() * _DAY + chance.randint(5, 9) * _WEEK
    monday = max(begun, end - end.weekday() * _DAY - _WEEKS_OF_HOURS * _WEEK)
    pace = chance.uniform(1.1, 1.45)
    stands = monday if stalled else None
    while monday <= end - 7 * _DAY:
        week = ((stands or monday) - begun).days // 7
        yield _worked(Kind.OWN_HOURS, monday, int(week * pace))
        yield _worked(Kind.ADAPTED_HOURS, monday, max(0, 24 - week // 4))
        monday += _WEEK


def _worked(kind: Kind, monday: date, quarters: int) -> NewFact:
    detail: Detail = min(quarters, _FULL_WEEK)
    return NewFact(kind, monday, detail=detail)
