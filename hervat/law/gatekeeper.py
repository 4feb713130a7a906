"""The steps of the gatekeeper act: for each, the day it is due and what that day is counted from.

Every function is one rule and cites its article. Weeks are counted days: "the last day of week n" is
the 7n-th counted day. Must never: move a day for a weekend, or know who may see it.
Read next: `clock.py`, `steps.py` (status and reasons).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from hervat.law.clock import Clock
from hervat.law.ending import Ending, before_end, ending_of
from hervat.law.facts import Facts
from hervat.law.parameters import Law, law_on
from hervat.law.vocabulary import FactKind, StepId


@dataclass(frozen=True, slots=True)
class Course:
    """What the rules ask: the clock, the law of its first day, what happened, and how it ends."""

    clock: Clock
    law: Law
    facts: Facts
    ending: Ending

    @classmethod
    def unbroken(cls, first_sick_day: date, facts: Facts | None = None) -> "Course":
        """Return the course of somebody who is sick without interruption."""
        clock, law, known = Clock(first_sick_day), law_on(first_sick_day), facts or Facts()
        return cls(clock, law, known, ending_of(clock, law, known))


class Due(NamedTuple):
    """When a step is due. Counted from the first sick day, from a fact, or back from an extended end.

    `days` is the number of counted days between; `hard_limit` is the day after which the act has no effect.
    """

    on: date
    days: int
    opens_on: date | None = None
    legal_limit: date | None = None
    hard_limit: date | None = None
    since: date | None = None
    since_kind: FactKind | None = None


def problem_analysis(course: Course) -> Due:
    """Within six weeks of the first sick day (RPG art. 2 lid 2).

    The first day is not counted in "within six weeks of": the law gives D+42. Practice, and we, aim at
    the last day of week 6, D+41.

    >>> due = problem_analysis(Course.unbroken(date(2023, 1, 2)))
    >>> due.on, due.legal_limit
    (datetime.date(2023, 2, 12), datetime.date(2023, 2, 13))
    """
    days = course.law.days("problem_analysis")
    clock = course.clock
    return Due(clock.last_day_of(days), days - 1, legal_limit=clock.day_after(days))


def action_plan(course: Course) -> Due:
    """Within two weeks of the opinion (RPG art. 4 lid 1), at latest in week 8.

    The law counts from the opinion. Without one known, the plan is due on the last day of week 8 (six and
    two weeks), with D+56 as the outer limit of the law. With one, the law's limit is two weeks after it,
    and the day of the week rule stays the ceiling of what we aim at.

    >>> action_plan(Course.unbroken(date(2023, 1, 2))).on
    datetime.date(2023, 2, 26)
    >>> early = Facts(opinion_given_on=date(2023, 2, 1))
    >>> action_plan(Course.unbroken(date(2023, 1, 2), early)).on
    datetime.date(2023, 2, 15)
    """
    law, clock = course.law, course.clock
    outer = law.days("plan_outer")
    in_week = clock.last_day_of(outer)
    opinion = course.facts.opinion_given_on
    if opinion is None:
        return Due(in_week, outer - 1, legal_limit=clock.day_after(outer))
    days = law.days("plan_after_opinion")
    limit = clock.after(opinion, days)
    if limit > in_week:
        return Due(in_week, outer - 1, legal_limit=limit)
    return Due(limit, days, legal_limit=limit, since=opinion, since_kind=FactKind.OPINION)


def evaluation(course: Course) -> Due:
    """Six weeks after the plan or the last evaluation: UWV's practice, no law (RPG art. 4: "periodically").

    >>> planned = Facts(plan_agreed_on=date(2023, 2, 20))
    >>> evaluation(Course.unbroken(date(2023, 1, 2), planned)).on
    datetime.date(2023, 4, 3)
    """
    facts, days = course.facts, course.law.days("evaluation")
    last, kind = facts.last_evaluated_on, FactKind.EVALUATION
    if last is None or (facts.plan_agreed_on is not None and facts.plan_agreed_on > last):
        last, kind = facts.plan_agreed_on, FactKind.PLAN
    if last is not None:
        return Due(course.clock.after(last, days), days, since=last, since_kind=kind)
    outer = course.law.days("plan_outer")
    return Due(course.clock.last_day_of(outer + days), outer + days - 1)


def week_42_notification(course: Course) -> Due:
    """On the first day after the incapacity has lasted 42 weeks (ZW art. 38 lid 1).

    >>> week_42_notification(Course.unbroken(date(2023, 1, 2))).on
    datetime.date(2023, 10, 23)
    """
    days = course.law.days("week_42")
    return Due(course.clock.day_after(days), days)


def first_year_evaluation(course: Course) -> Due:
    """At the end of the first year of sickness (RPG art. 4 lid 2 onder b); from week 46 by practice.

    >>> due = first_year_evaluation(Course.unbroken(date(2023, 1, 2)))
    >>> due.opens_on, due.on
    (datetime.date(2023, 11, 13), datetime.date(2023, 12, 31))
    """
    law, clock = course.law, course.clock
    days = law.days("first_year_end")
    return Due(clock.last_day_of(days), days - 1, opens_on=clock.day_after(law.days("first_year_start")))


def second_track(course: Course) -> Due:
    """Six weeks after the first-year evaluation, by UWV's guide (Werkwijzer Poortwachter; no law).

    >>> second_track(Course.unbroken(date(2023, 1, 2))).on
    datetime.date(2024, 2, 11)
    """
    days, evaluated = course.law.days("second_track"), course.facts.first_year_evaluated_on
    if evaluated is not None:
        since = FactKind.FIRST_YEAR_EVALUATION
        return Due(course.clock.after(evaluated, days), days, since=evaluated, since_kind=since)
    year = course.law.days("first_year_end")
    return Due(course.clock.last_day_of(year + days), year + days - 1)


def uwv_notice(course: Course) -> Due:
    """When the wait has lasted 89 weeks (WIA art. 64 lid 2); "week 88" is practice.

    >>> uwv_notice(Course.unbroken(date(2023, 1, 2))).on
    datetime.date(2024, 9, 15)
    """
    days = course.law.days("uwv_notice")
    return Due(course.clock.last_day_of(days), days - 1)


def current_opinion(course: Course) -> Due:
    """Before the report that it is part of (RPG art. 6 lid 1 onder i tot en met k).

    >>> current_opinion(Course.unbroken(date(2023, 1, 2))).on
    datetime.date(2024, 9, 29)
    """
    return reintegration_report(course)


def reintegration_report(course: Course) -> Due:
    """At least thirteen weeks before the end of the wait (WIA art. 25 lid 3).

    >>> reintegration_report(Course.unbroken(date(2023, 1, 2))).on
    datetime.date(2024, 9, 29)
    """
    return _before_end(course, "report_before_end")


def wia_application(course: Course) -> Due:
    """At least eleven weeks before the end of the wait (WIA art. 64 lid 3).

    >>> wia_application(Course.unbroken(date(2023, 1, 2))).on
    datetime.date(2024, 10, 13)
    """
    return _before_end(course, "application_before_end")


def reintegration_review(course: Course) -> Due:
    """Six weeks before the end of the wait; a sanction sent after the end is void (WIA art. 25 lid 10–11).

    >>> due = reintegration_review(Course.unbroken(date(2023, 1, 2)))
    >>> due.on, due.hard_limit
    (datetime.date(2024, 11, 17), datetime.date(2024, 12, 29))
    """
    return _before_end(course, "review_before_end", hard_limit=course.ending.wait_last_day)


def sick_report(course: Course) -> Due:
    """In the first week, by practice; the law says "timely" (RPG art. 2 lid 1).

    >>> sick_report(Course.unbroken(date(2023, 1, 2))).on
    datetime.date(2023, 1, 8)
    """
    days = course.law.days("sick_report")
    return Due(course.clock.last_day_of(days), days - 1)


STEPS: tuple[tuple[StepId, Callable[[Course], Due]], ...] = (
    (StepId.PROBLEM_ANALYSIS, problem_analysis),
    (StepId.ACTION_PLAN, action_plan),
    (StepId.EVALUATION, evaluation),
    (StepId.WEEK_42_NOTIFICATION, week_42_notification),
    (StepId.FIRST_YEAR_EVALUATION, first_year_evaluation),
    (StepId.SECOND_TRACK, second_track),
    (StepId.UWV_NOTICE, uwv_notice),
    (StepId.CURRENT_OPINION, current_opinion),
    (StepId.REINTEGRATION_REPORT, reintegration_report),
    (StepId.WIA_APPLICATION, wia_application),
    (StepId.REINTEGRATION_REVIEW, reintegration_review),
)
"""The steps in the order of an unbroken case; `evaluation` rolls along."""


def _before_end(course: Course, term: str, hard_limit: date | None = None) -> Due:
    ending, law = course.ending, course.law
    if ending.is_extended:
        end = ending.wait_last_day
        return Due(
            on=before_end(course.clock, law, term, end),
            days=-law.days(term),
            hard_limit=hard_limit,
            since=end,
            since_kind=FactKind.VOLUNTARY_EXTENSION,
        )
    on = before_end(course.clock, law, term, None)
    return Due(on, law.days("waiting_period") - law.days(term) - 1, hard_limit=hard_limit)
