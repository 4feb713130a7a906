"""The timeline: from what is known of somebody's sickness to every step, with its date and why.

`timeline(situation, on=…)` is pure: the same question gives the same answer, for a page, a planner, a
what-if and the command line. Must never: read the clock, or settle what a person must decide.
Read next: `facts.py` (what goes in), `gatekeeper.py` (the rules), `writing.py` (to JSON).
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from hervat.law.cases import Case, gather_cases
from hervat.law.clock import Clock, clock_of
from hervat.law.decisions import Dates, Decision, dates_by_name, decisions_of, is_doubtful
from hervat.law.ending import Ending, ending_of
from hervat.law.facts import Facts, Situation, correct
from hervat.law.gatekeeper import STEPS, Course
from hervat.law.milestones import Milestone, milestones_of
from hervat.law.parameters import law_on
from hervat.law.points import OpenPoint, points_of
from hervat.law.reading import FACT_DAYS
from hervat.law.steps import Step, Today, steps_of
from hervat.law.vocabulary import Notice, Regime
from hervat.law.why import Story, tell

_NOTHING = Facts()


@dataclass(frozen=True, slots=True)
class CaseTimeline:
    """One case of sickness: what counted, what must happen, and what is not certain."""

    case: Case
    counted_days: int
    steps: tuple[Step, ...]
    milestones: tuple[Milestone, ...]
    ending: Ending
    decisions: tuple[Decision, ...]
    open_points: tuple[OpenPoint, ...]

    @property
    def first_sick_day(self) -> date:
        return self.case.first_sick_day

    @property
    def is_provisional(self) -> bool:
        return bool(self.decisions)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Every case of somebody's sickness as it stands on a day, the latest last."""

    on: date
    regime: Regime
    cases: tuple[CaseTimeline, ...]

    @property
    def latest(self) -> CaseTimeline:
        return self.cases[-1]


def timeline(situation: Situation, *, on: date, with_reasons: bool = True) -> Timeline:
    """Return the timeline of a situation on a day. Raises `BeforeFirstText` before the law we know.

    >>> from hervat.law.facts import Spell
    >>> sick = Situation((Spell(date(2023, 1, 2)),))
    >>> step = timeline(sick, on=date(2023, 3, 1)).latest.steps[3]
    >>> step.id.value, step.due_on.isoformat(), step.status.value
    ('week_42_notification', '2023-10-23', 'not_yet')
    """
    spells = situation.spells
    if situation.correction is not None:
        spells = correct(spells, situation.correction)
    cases = gather_cases(spells, situation.leaves)
    untils = [*(case.first_sick_day for case in cases[1:]), date.max]
    return Timeline(
        on=on,
        regime=situation.regime,
        cases=tuple(
            _of_case(case, situation, on, until, with_reasons)
            for case, until in zip(cases, untils, strict=True)
        ),
    )


def latest_course(situation: Situation) -> tuple[Case, Course]:
    """Return the latest case and its course, without steps and reasons: for who plans what must happen.

    >>> from hervat.law.facts import Situation, Spell
    >>> latest_course(Situation((Spell(date(2023, 1, 2)),)))[1].ending.wait_last_day
    datetime.date(2024, 12, 29)
    """
    spells = situation.spells
    if situation.correction is not None:
        spells = correct(spells, situation.correction)
    case = gather_cases(spells, situation.leaves)[-1]
    return case, _course_of(case, situation, date.max)[1]


def _of_case(case: Case, situation: Situation, on: date, until: date, with_reasons: bool) -> CaseTimeline:
    clock, course, ignored = _course_of(case, situation, until)
    today = Today(on, case.recovered_on)
    story = _story(case, clock, course, situation) if with_reasons else None
    steps = tuple(steps_of(course, today, situation.regime, story))
    decisions: tuple[Decision, ...] = ()
    if is_doubtful(case, course):
        dates = dates_by_name(case.first_sick_day, {step.id.value: step.due_on for step in steps}, course)
        decisions = tuple(decisions_of(case, course, dates, lambda other: _dates_of(other, situation, until)))
    return CaseTimeline(
        case=case,
        counted_days=clock.counted_through(_last_counted(case, on)),
        steps=steps,
        milestones=tuple(milestones_of(course, on, situation.regime, story)),
        ending=course.ending,
        decisions=decisions,
        open_points=points_of(case, course, situation, today, ignored),
    )


def _course_of(case: Case, situation: Situation, until: date) -> tuple[Clock, Course, tuple[str, ...]]:
    first = case.first_sick_day
    law, clock = law_on(first), clock_of(case)
    facts, ignored = facts_between(situation.facts, first, until)
    return clock, Course(clock, law, facts, ending_of(clock, law, facts, case.leaves)), ignored


def _story(case: Case, clock: Clock, course: Course, situation: Situation) -> Story:
    return tell(case, clock.pauses, course.law, situation.resumptions, situation.correction)


def _dates_of(case: Case, situation: Situation, until: date) -> Dates:
    _, course, _ = _course_of(case, situation, until)
    return dates_by_name(case.first_sick_day, {step.value: rule(course).on for step, rule in STEPS}, course)


def _last_counted(case: Case, on: date) -> date:
    fit = case.recovered_on
    return on if fit is None else min(on, fit - timedelta(days=1))


def facts_between(facts: Facts, first: date, until: date) -> tuple[Facts, tuple[str, ...]]:
    """Return the facts that belong to a case, and the names of those that lie before its first day.

    A fact of an earlier case must not move a step of a later one.

    >>> facts_between(Facts(opinion_given_on=date(2022, 5, 1)), date(2023, 1, 2), date.max)[1]
    ('opinion_given_on',)
    """
    if facts == _NOTHING:
        return facts, ()
    days = {name: day for name in (*FACT_DAYS, "uwv_notice_received_on") if (day := getattr(facts, name))}
    outside = {name for name, day in days.items() if not first <= day < until}
    changes: dict[str, object] = dict.fromkeys(outside)
    if "uwv_notice_received_on" in outside:
        changes["uwv_notice"] = Notice.UNKNOWN
    sanction = facts.sanction
    if sanction is not None and not first <= sanction.decided_on < until:
        changes |= {"sanction": None, "repair_reported_on": None, "finding_on": None}
        days["sanction_decided_on"] = sanction.decided_on
    ignored = tuple(name for name, day in days.items() if day < first)
    return (replace(facts, **changes) if changes else facts), ignored  # type: ignore[arg-type]
