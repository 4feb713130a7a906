"""A step of the gatekeeper act for one person: its date, how it stands today, and why.

Must never: move a step forward or say a thing was done because its date has passed.
Read next: `gatekeeper.py` (the dates), `why.py` (the reasons), `timeline.py`.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from hervat.law.application import Excuse, reported_on
from hervat.law.catalogue import StepRule, step_rules
from hervat.law.facts import Facts
from hervat.law.gatekeeper import STEPS, Course, Due
from hervat.law.parameters import Article, Law
from hervat.law.vocabulary import Regime, Status, StepId
from hervat.law.why import Reason, Story, reasons_for
from hervat.law.words import long_date


class Step(NamedTuple):
    """A step with its date. `days_late` counts from the limit of the law, where it has one of its own."""

    rule: StepRule
    regime: Regime
    due_on: date
    status: Status
    days_late: int = 0
    opens_on: date | None = None
    legal_limit: date | None = None
    hard_limit: date | None = None
    done_on: date | None = None
    remark: str | None = None
    why: tuple[Reason, ...] = ()

    @property
    def id(self) -> StepId:
        return self.rule.id

    @property
    def article(self) -> Article:
        return self.rule.article_for(self.regime)


class Today(NamedTuple):
    """The day a timeline is asked for, and from when somebody was fit again (None: still sick)."""

    on: date
    recovered_on: date | None


DONE: dict[StepId, Callable[[Facts], date | None]] = {
    StepId.PROBLEM_ANALYSIS: lambda facts: facts.opinion_given_on,
    StepId.ACTION_PLAN: lambda facts: facts.plan_agreed_on,
    StepId.EVALUATION: lambda facts: None,
    StepId.WEEK_42_NOTIFICATION: reported_on,
    StepId.FIRST_YEAR_EVALUATION: lambda facts: facts.first_year_evaluated_on,
    StepId.SECOND_TRACK: lambda facts: facts.second_track_started_on,
    StepId.UWV_NOTICE: lambda facts: facts.uwv_notice_received_on,
    StepId.CURRENT_OPINION: lambda facts: facts.current_opinion_given_on,
    StepId.REINTEGRATION_REPORT: lambda facts: facts.reintegration_report_made_on,
    StepId.WIA_APPLICATION: lambda facts: facts.application_made_on,
    StepId.REINTEGRATION_REVIEW: lambda facts: facts.sanction.decided_on if facts.sanction else None,
}
"""Which fact says that a step was done. An evaluation is never done: the next one follows."""


def steps_of(course: Course, today: Today, regime: Regime, story: Story | None) -> Iterator[Step]:
    """Return every step of a course; without a story, without reasons."""
    rules = step_rules()
    for step, rule_of in STEPS:
        due = rule_of(course)
        rule = rules[step]
        done_on = DONE[step](course.facts)
        status, late, remark = standing(step, due, done_on, today, course)
        yield Step(
            rule,
            regime,
            due.on,
            status,
            late,
            due.opens_on,
            due.legal_limit,
            due.hard_limit,
            done_on,
            remark,
            reasons_for(due, rule, story) if story is not None else (),
        )


def standing(
    step: StepId, due: Due, done_on: date | None, today: Today, course: Course
) -> tuple[Status, int, str | None]:
    """Return how a step stands: its status, how many days late, and what there is to say about that."""
    limit = due.legal_limit or due.on
    if done_on is not None and done_on <= today.on:
        if step is StepId.WIA_APPLICATION and done_on > limit and _is_excused(course):
            return Status.DONE_IN_TIME, 0, "geldt als op tijd: UWV gaf geen of te laat kennis"
        late = (done_on - limit).days
        return (Status.DONE_LATE, late, None) if late > 0 else (Status.DONE_IN_TIME, 0, None)
    fit = today.recovered_on
    if fit is not None and fit <= today.on and due.on >= fit:
        return Status.NOT_APPLICABLE, 0, _recovered(fit, course.law)
    return *_waiting(due, limit, today.on, course.law), None


def _waiting(due: Due, limit: date, on: date, law: Law) -> tuple[Status, int]:
    if on > limit:
        return Status.OVERDUE, (on - limit).days
    if on >= due.on - timedelta(law.days("soon_before")):
        return Status.DUE_SOON, 0
    if on >= (due.opens_on or due.on - timedelta(law.days("opens_before"))):
        return Status.OPEN, 0
    return Status.NOT_YET, 0


def _is_excused(course: Course) -> bool:
    return course.ending.lateness.excuse in {Excuse.NOTHING_SENT, Excuse.LATE_NOTICE}


def _recovered(fit: date, law: Law) -> str:
    until = fit + timedelta(law.days("merge_gap"))
    return f"hersteld op {long_date(fit)}; bij nieuwe ziekte vóór {long_date(until)} telt de klok door"
