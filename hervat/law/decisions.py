"""Doubts that a person must settle, each with both outcomes worked out in full.

A rule gives a signal, a person decides: the timeline goes on with the outcome a careful employer would
plan for (the case goes on, pay runs longer) and says that this is provisional. Must never: drop an
outcome. Read next: `cases.py`, `application.py`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from hervat.law.application import Excuse
from hervat.law.cases import DOUBTFUL, Case, Gap, Ground
from hervat.law.catalogue import rules
from hervat.law.gatekeeper import Course
from hervat.law.milestones import wait_and_pay
from hervat.law.parameters import Article
from hervat.law.vocabulary import DecisionId
from hervat.law.words import from_to

Dates = Mapping[str, date]
_DAY = timedelta(days=1)
_QUESTIONS = {
    Ground.LEAVE_CAUSE_UNKNOWN: (
        DecisionId.LEAVE_CAUSE_UNKNOWN,
        "Komt de ziekte voor en na dit verlof redelijkerwijs door dezelfde oorzaak? De arts weet het; "
        "noem alleen ja of nee.",
    ),
    Ground.LEAVE_NOT_ADJACENT: (
        DecisionId.LEAVE_NOT_ADJACENT,
        "Tellen de dagen van dit verlof mee in de vier weken? De bronnen spreken elkaar tegen.",
    ),
}


@dataclass(frozen=True, slots=True)
class Possibility:
    """One way to decide, with every date that follows from it."""

    id: str
    text: str
    dates: Dates


@dataclass(frozen=True, slots=True)
class Decision:
    """A question for a person. The timeline provisionally follows the possibility named."""

    id: DecisionId
    question: str
    article: Article
    first: date
    last: date
    provisional: str
    possibilities: tuple[Possibility, ...]


def is_doubtful(case: Case, course: Course) -> bool:
    """Whether anything about a case must be decided by a person."""
    if course.ending.lateness.excuse is Excuse.UNKNOWN:
        return True
    return any(gap.ground in DOUBTFUL for gap in case.gaps)


def decisions_of(
    case: Case, course: Course, dates: Dates, dates_of: Callable[[Case], Dates]
) -> Iterator[Decision]:
    """Return what must be decided about a case; `dates_of` works out a case under the other outcome."""
    for gap in case.gaps:
        if gap.ground in DOUBTFUL:
            yield _about_gap(gap, dates, dates_of(case.split_at(gap)))
    if course.ending.lateness.excuse is Excuse.UNKNOWN:
        yield _about_application(course, dates)


def _about_gap(gap: Gap, merged: Dates, apart: Dates) -> Decision:
    decision, question = _QUESTIONS[gap.ground]
    when = from_to(gap.first_fit_day, gap.relapsed_on)
    return Decision(
        id=decision,
        question=f"{question} (onderbreking van {when})",
        article=rules()["leave_joins"].article,
        first=gap.first_fit_day,
        last=gap.relapsed_on - _DAY,
        provisional="merged",
        possibilities=(
            Possibility("merged", "de perioden tellen samen", merged),
            Possibility("new_case", "er begint een nieuw ziektegeval", apart),
        ),
    )


def _about_application(course: Course, dates: Dates) -> Decision:
    made, ending = course.facts.application_made_on, course.ending
    assert made is not None  # noqa: S101 - without an application nothing is late
    sanction_last = ending.sanction.last_day if ending.sanction is not None else None
    excused = max(ending.wait_last_day, sanction_last or ending.wait_last_day)
    in_time = {**dates, "pay_last_day": excused, "pay_ends_before": excused + _DAY}
    return Decision(
        id=DecisionId.APPLICATION_EXCUSE,
        question=(
            "Was de kennisgeving van UWV op tijd, en is de 42e-weeksmelding gedaan voor week 81 vol was? "
            "Zonder kennisgeving, of binnen vier weken na een te late, geldt de aanvraag als op tijd."
        ),
        article=rules()["notice_excuse"].article,
        first=made,
        last=made,
        provisional="late",
        possibilities=(
            Possibility("late", "de aanvraag was te laat; het loon loopt langer door", dates),
            Possibility(
                "in_time", "de aanvraag geldt als op tijd; het loon eindigt met de wachttijd", in_time
            ),
        ),
    )


def dates_by_name(first_sick_day: date, steps: Mapping[str, date], course: Course) -> Dates:
    """Return every date of a case by its name, for setting two outcomes side by side."""
    return {"first_sick_day": first_sick_day, **steps, **wait_and_pay(course.ending)}
