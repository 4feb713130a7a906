"""Days that follow by themselves: end of the wait, end of pay, a sanction, a shortened wait.

Of each both the last day and the first day after, because public writers mix them up. Must never:
call a benefit granted. Read next: `ending.py` (the dates), `steps.py` (what somebody must do).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from hervat.law.application import Excuse
from hervat.law.catalogue import StepRule, step_rules
from hervat.law.ending import Ending, early_claim
from hervat.law.gatekeeper import Course, Due, sick_report
from hervat.law.parameters import Article
from hervat.law.vocabulary import FactKind, Regime, StepId
from hervat.law.why import Reason, Story, extra, reasons_for

_DAY = timedelta(days=1)


class Milestone(NamedTuple):
    """A day that comes by itself. `opens_on`: the first day it can be, where that is a range."""

    rule: StepRule
    regime: Regime
    last_day: date
    reached: bool
    opens_on: date | None = None
    why: tuple[Reason, ...] = ()

    @property
    def id(self) -> StepId:
        return self.rule.id

    @property
    def first_day_after(self) -> date:
        return self.last_day + _DAY

    @property
    def article(self) -> Article:
        return self.rule.article_for(self.regime)


def milestones_of(course: Course, on: date, regime: Regime, story: Story | None) -> Iterator[Milestone]:
    """Return the milestones of a course, in the order of an unbroken case."""

    def milestone(
        step: StepId, last_day: date, why: tuple[Reason, ...], opens_on: date | None = None
    ) -> Milestone:
        return Milestone(step_rules()[step], regime, last_day, on > last_day, opens_on, why)

    ending, reported = course.ending, sick_report(course)
    yield milestone(StepId.SICK_REPORT, reported.on, _why(StepId.SICK_REPORT, reported, story))
    if (requested := course.facts.early_iva_requested_on) is not None:
        claim = early_claim(course.clock, course.law, requested)
        if not claim.is_too_late:
            due = _early_due(course, claim.latest_last_day)
            why = _why(StepId.SHORTENED_WAITING_PERIOD, due, story)
            yield milestone(StepId.SHORTENED_WAITING_PERIOD, claim.latest_last_day, why, claim.first_last_day)
    end = _end_of_wait(course)
    yield milestone(StepId.WAITING_PERIOD_END, end.on, _why(StepId.WAITING_PERIOD_END, end, story))
    yield milestone(StepId.PAY_END, ending.pay_last_day, _why_pay(course, end, regime, story))
    if ending.sanction is not None and ending.sanction.last_day is not None:
        why = _why_sanction(course, end, regime, story)
        yield milestone(StepId.WAGE_SANCTION_END, ending.sanction.last_day, why)


def _end_of_wait(course: Course) -> Due:
    ending, days = course.ending, course.law.days("waiting_period")
    if ending.is_extended:
        last = ending.wait_last_day
        return Due(last, 0, since=last, since_kind=FactKind.VOLUNTARY_EXTENSION)
    return Due(ending.wait_last_day, days - 1)


def _early_due(course: Course, latest: date) -> Due:
    return Due(latest, course.law.days("early_iva_most") - 1)


def _why(step: StepId, due: Due, story: Story | None) -> tuple[Reason, ...]:
    return () if story is None else reasons_for(due, step_rules()[step], story)


def _why_pay(course: Course, end: Due, regime: Regime, story: Story | None) -> tuple[Reason, ...]:
    """Pay ends with the wait, plus a late application, or with a sanction that lasts longer."""
    if story is None:
        return ()
    ending = course.ending
    chain = reasons_for(end, step_rules()[StepId.PAY_END], story)
    sanction = ending.sanction
    if sanction is not None and sanction.last_day == ending.pay_last_day:
        return (*chain, *_sanction_reasons(course, regime))
    made, late = course.facts.application_made_on, ending.lateness
    if made is None or late.days == 0:
        return chain
    text = "de aanvraag kwam na de uiterste dag"
    if late.excuse is Excuse.UNKNOWN:
        text += " (onder voorbehoud: een mens moet beslissen)"
    return (*chain, extra(FactKind.APPLICATION, late.days, text, "late_application", regime, made))


def _why_sanction(course: Course, end: Due, regime: Regime, story: Story | None) -> tuple[Reason, ...]:
    if story is None:
        return ()
    chain = reasons_for(end, step_rules()[StepId.WAITING_PERIOD_END], story)
    return (*chain, *_sanction_reasons(course, regime))


def _sanction_reasons(course: Course, regime: Regime) -> Iterator[Reason]:
    decided, outcome, ending = course.facts.sanction, course.ending.sanction, course.ending
    if decided is None or outcome is None or outcome.last_day is None:
        return
    total = (outcome.last_day - ending.wait_last_day).days
    weeks = total - outcome.leave_days + outcome.shortened_by
    yield extra(FactKind.SANCTION, weeks, "loonsanctie", "sanction", regime, decided.decided_on)
    if outcome.leave_days:
        text = "verlof schort de loonsanctie op of laat haar later beginnen"
        yield extra(FactKind.LEAVE, outcome.leave_days, text, "sanction", regime, ending.wait_last_day + _DAY)
    if outcome.shortened_by:
        yield _shortened(course, outcome.shortened_by, outcome.is_expected, regime)


def _shortened(course: Course, days: int, is_expected: bool, regime: Regime) -> Reason:
    facts = course.facts
    day = facts.finding_on or facts.repair_reported_on
    assert day is not None  # noqa: S101 - nothing else shortens
    if is_expected:
        text = "herstel gemeld; zo eindigt zij als UWV dat op tijd vaststelt"
        return extra(FactKind.REPAIR, -days, text, "shortening", regime, day)
    return extra(FactKind.FINDING, -days, "UWV stelde vast dat is hersteld", "shortening", regime, day)


def wait_and_pay(ending: Ending) -> dict[str, date]:
    """Return the ends of a case by the names they have in JSON."""
    return {
        "waiting_period_last_day": ending.wait_last_day,
        "wia_start_date": ending.wia_start_date,
        "pay_last_day": ending.pay_last_day,
        "pay_ends_before": ending.pay_last_day + _DAY,
        "sanction_max_last_day": ending.sanction_max_last_day,
    }
