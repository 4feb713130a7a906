"""A timeline turned into one object, from which the drawing and the table both come.

Everything the law answered is here: reasons, doubts and open points included. Must never: compute a
date. Read next: `terms_drawing.py`, `terms_words.py`, `templates/hervat/_terms_result.html`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hervat.law.clock import Pause, clock_of
from hervat.law.decisions import Decision, Possibility
from hervat.law.milestones import Milestone, wait_and_pay
from hervat.law.parameters import law_on
from hervat.law.steps import Step
from hervat.law.timeline import CaseTimeline, Timeline
from hervat.law.vocabulary import Certainty, Status, StepId
from hervat.law.why import explain
from hervat.law.words import from_to
from hervat.web.presenters.terms_words import (
    SHORT,
    Look,
    ahead_text,
    end_look,
    late_text,
    look_of,
    sure_text,
    when_text,
    who_text,
)
from hervat.web.presenters.words import Link, day_text

DONE = frozenset({Status.DONE_IN_TIME, Status.DONE_LATE, Status.NOT_APPLICABLE})


@dataclass(frozen=True, slots=True)
class Line:
    """A step or a day that comes by itself, for the drawing and for the table alike."""

    code: str
    name: str
    short: str
    opens_on: date | None
    day: date
    week: int
    when: str
    look: Look
    detail: str
    notes: tuple[str, ...]
    remark: str
    who: str
    article: Link
    source: str
    sure: str
    unsure: bool
    why: tuple[str, ...]
    upcoming: bool


@dataclass(frozen=True, slots=True)
class EndView:
    """An end with both the last day and the first day after it, because writers mix them up."""

    title: str
    last_text: str
    last: str
    after_text: str
    after: str


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """One way to decide a doubt, with the dates that then hold."""

    text: str
    provisional: bool
    days: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DoubtView:
    """What a person must decide."""

    question: str
    article: str
    outcomes: tuple[OutcomeView, ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case as it stands on a day."""

    first_day: str
    on: str
    week: int
    weeks: int
    counted: int
    recovered: str
    earlier: tuple[str, ...]
    lines: tuple[Line, ...]
    passed: tuple[Line, ...]
    next: Line | None
    next_in: str
    ends: tuple[EndView, ...]
    doubts: tuple[DoubtView, ...]
    points: tuple[str, ...]
    start: date
    on_day: date
    pauses: tuple[Pause, ...]
    windows: bool
    ticks: tuple[tuple[int, date], ...]


def present_case(found: Timeline) -> CaseView:
    """Format the latest case of a timeline."""
    case, on = found.latest, found.on
    lines = tuple(sorted(_lines(case, on), key=lambda line: line.day))
    clock, weeks = clock_of(case.case), law_on(case.first_sick_day).value("waiting_period")
    following = next((line for line in lines if line.upcoming), None)
    recovered = case.case.recovered_on
    return CaseView(
        first_day=day_text(case.first_sick_day),
        on=day_text(on),
        week=min(weeks, _week(case.counted_days)),
        weeks=weeks,
        counted=case.counted_days,
        recovered=day_text(recovered) if recovered and recovered <= on else "",
        earlier=tuple(_earlier(one) for one in found.cases[:-1]),
        lines=lines,
        passed=tuple(line for line in lines if line.look.shape == "passed"),
        next=following,
        next_in=ahead_text(following.day, on) if following else "",
        ends=tuple(_ends(case)),
        doubts=tuple(_doubt(one) for one in case.decisions),
        points=tuple(point.text for point in case.open_points),
        start=case.first_sick_day,
        on_day=on,
        pauses=clock.pauses,
        windows=any(line.opens_on for line in lines),
        ticks=tuple((week, clock.last_day_of(7 * week)) for week in range(13, weeks + 1, 13)),
    )


def _lines(case: CaseTimeline, on: date) -> Iterator[Line]:
    clock = clock_of(case.case)
    for step in case.steps:
        yield _of_step(step, _week(clock.counted_through(step.due_on)), on)
    for stone in case.milestones:
        yield _of_milestone(stone, _week(clock.counted_through(stone.last_day)), on)


def _of_step(step: Step, week: int, on: date) -> Line:
    limits = (
        (_("wettelijke grens"), step.legal_limit if step.legal_limit != step.due_on else None),
        (_("daarna zonder gevolg"), step.hard_limit),
        (_("gedaan"), step.done_on if step.done_on and step.done_on <= on else None),
    )
    return Line(
        code=step.id.value,
        name=step.rule.name,
        short=SHORT[step.id],
        opens_on=step.opens_on,
        day=step.due_on,
        week=week,
        when=when_text(step.opens_on, step.due_on),
        look=look_of(step),
        detail=late_text(step.days_late) if step.days_late else "",
        notes=tuple(f"{word}: {day_text(day)}" for word, day in limits if day),
        remark=step.remark or "",
        upcoming=step.status not in DONE and step.due_on >= on,
        **_source(step),
    )


def _of_milestone(stone: Milestone, week: int, on: date) -> Line:
    return Line(
        code=stone.id.value,
        name=stone.rule.name,
        short=SHORT[stone.id],
        opens_on=stone.opens_on,
        day=stone.last_day,
        week=week,
        when=when_text(stone.opens_on, stone.last_day),
        look=end_look(reached=stone.reached),
        detail="",
        notes=(f"{_('eerste dag erna')}: {day_text(stone.first_day_after)}",),
        remark="",
        upcoming=stone.last_day >= on and stone.id is not StepId.SICK_REPORT,
        **_source(stone),
    )


def _source(one: Step | Milestone) -> dict[str, Any]:
    rule, article = one.rule, one.article
    return {
        "who": who_text(rule.who),
        "article": Link(article.text, f"{reverse('terms-rules')}#stap-{one.id.value}", dutch=True),
        "source": article.link or "",
        "sure": sure_text(rule.certainty),
        "unsure": rule.certainty in {Certainty.MEMORY, Certainty.UNCERTAIN},
        "why": tuple(explain(one.why)),
    }


def _week(counted: int) -> int:
    return (counted + 6) // 7


def _earlier(one: CaseTimeline) -> str:
    fit = one.case.recovered_on
    return from_to(one.first_sick_day, fit) if fit else day_text(one.first_sick_day)


def _ends(case: CaseTimeline) -> Iterator[EndView]:
    days = {name: day_text(day) for name, day in wait_and_pay(case.ending).items()}
    wait_after = day_text(date.fromordinal(case.ending.wait_last_day.toordinal() + 1))
    last = _("laatste dag")
    after = _("eerste dag erna")
    yield EndView(_("Wachttijd"), last, days["waiting_period_last_day"], after, wait_after)
    yield EndView(
        _("Loondoorbetaling"), last, days["pay_last_day"], _("eerste dag zonder"), days["pay_ends_before"]
    )
    yield EndView(
        _("WIA"),
        _("kan ingaan op"),
        days["wia_start_date"],
        _("loon met volle loonsanctie tot en met"),
        days["sanction_max_last_day"],
    )


def _doubt(decision: Decision) -> DoubtView:
    return DoubtView(
        question=decision.question,
        article=decision.article.text,
        outcomes=tuple(_outcome(one, decision) for one in decision.possibilities),
    )


def _outcome(one: Possibility, decision: Decision) -> OutcomeView:
    names = {
        "first_sick_day": _("Eerste ziektedag"),
        StepId.WEEK_42_NOTIFICATION.value: SHORT[StepId.WEEK_42_NOTIFICATION],
        StepId.WIA_APPLICATION.value: SHORT[StepId.WIA_APPLICATION],
        "waiting_period_last_day": _("Laatste dag wachttijd"),
        "pay_last_day": _("Laatste dag loon"),
        "wia_start_date": _("WIA kan ingaan op"),
    }
    days = tuple((word, day_text(one.dates[name])) for name, word in names.items() if name in one.dates)
    return OutcomeView(one.text, one.id == decision.provisional, days)
