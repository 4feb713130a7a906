"""The timeline of one course, for the same drawing and table that the calculator has: one object for both.

A day whose state may not be known is drawn as a day; a link of its why that may not be known says so.
Must never: draw what a cell hides, or call late what may not be known to be open.
Read next: `terms_drawing.py`, `../../course/queries/course.py`.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from hervat.course.queries.course import CourseView
from hervat.course.queries.steps import MilestoneView, StepView, WhyView
from hervat.law.cases import gather_cases
from hervat.law.clock import Clock, clock_of
from hervat.law.vocabulary import Certainty, Status, StepId
from hervat.register.cells import Outcome, Shown
from hervat.web.presenters.terms import DONE, CaseView, Line
from hervat.web.presenters.terms_words import (
    SHORT,
    Look,
    Shape,
    ahead_text,
    end_look,
    late_text,
    look_of_status,
    sure_text,
    when_text,
    who_text,
)
from hervat.web.presenters.words import Chip, Link, day_text

_WEEK: Final = 7


def present_line(view: CourseView) -> CaseView | None:
    """Return the timeline of a course, or None to who may not know when somebody is absent."""
    spells, leaves = value_of(view.spells), value_of(view.leaves)
    first = value_of(view.first_sick_on)
    if not spells or first is None:
        return None
    case = gather_cases(spells, leaves or ())[-1]
    clock = clock_of(case)
    lines = tuple(sorted(_lines(view, clock), key=lambda line: line.day))
    following = next((line for line in lines if line.upcoming), None)
    recovered = value_of(view.recovered_on)
    counted = value_of(view.counted_days) or 0
    return CaseView(
        first_day=day_text(first),
        on=day_text(view.on),
        week=min(view.of_weeks, -(-counted // _WEEK)),
        weeks=view.of_weeks,
        counted=counted,
        recovered=day_text(recovered) if recovered else "",
        earlier=(),
        lines=lines,
        passed=tuple(line for line in lines if line.look.shape is Shape.PASSED),
        next=following,
        next_in=ahead_text(following.day, view.on) if following else "",
        ends=(),
        doubts=(),
        points=tuple(point.text for point in view.points),
        start=first,
        on_day=view.on,
        pauses=clock.pauses,
        windows=any(line.opens_on for line in lines),
        ticks=tuple((week, clock.last_day_of(_WEEK * week)) for week in range(13, view.of_weeks + 1, 13)),
    )


def value_of(cell: object) -> Any:
    """Return what a cell shows, or None."""
    return cell.value if isinstance(cell, Shown) else None


def _lines(view: CourseView, clock: Clock) -> Iterator[Line]:
    for step in view.steps:
        due = value_of(step.due_on)
        if due is not None:
            yield _of_step(step, due, -(-clock.counted_through(due) // _WEEK), view.on)
    for stone in view.milestones:
        last = value_of(stone.last_day)
        if last is not None:
            yield _of_milestone(stone, last, -(-clock.counted_through(last) // _WEEK), view.on)


def _of_step(step: StepView, due: date, week: int, on: date) -> Line:
    opens, limit, done = (value_of(cell) for cell in (step.opens_on, step.legal_limit, step.done_on))
    status, late = value_of(step.status), value_of(step.days_late)
    limits = ((_("wettelijke grens"), limit if limit != due else None), (_("gedaan"), done))
    return Line(
        code=step.id.value,
        name=step.rule.name,
        short=SHORT[step.id],
        opens_on=opens,
        day=due,
        week=week,
        when=when_text(opens, due),
        look=_look(step, status),
        detail=late_text(late) if late else "",
        notes=tuple(f"{word}: {day_text(day)}" for word, day in limits if day),
        remark=value_of(step.remark) or "",
        upcoming=due >= on and status not in DONE,
        **_source(step),
    )


def _look(step: StepView, status: Status | None) -> Look:
    if isinstance(step.status, Outcome):
        done = step.status.code is not None
        return Look(Chip("calm i-yes", _("gedaan")), Shape.DONE, _("gedaan")) if done else _unknown()
    if status is None:
        return _unknown()
    if status is Status.OVERDUE:
        return Look(Chip("bad i-alert", _("te laat")), Shape.PASSED, _("te laat"))
    return look_of_status(status)


def _unknown() -> Look:
    return Look(Chip("calm i-lock", _("stand niet zichtbaar")), Shape.LATER, "")


def _of_milestone(stone: MilestoneView, last: date, week: int, on: date) -> Line:
    return Line(
        code=stone.id.value,
        name=stone.rule.name,
        short=SHORT[stone.id],
        opens_on=None,
        day=last,
        week=week,
        when=day_text(last),
        look=end_look(reached=last <= on),
        detail="",
        notes=(),
        remark="",
        upcoming=last >= on and stone.id is not StepId.SICK_REPORT,
        **_source(stone),
    )


def _source(one: StepView | MilestoneView) -> dict[str, Any]:
    rule, article = one.rule, one.article
    return {
        "who": who_text(rule.who),
        "article": Link(article.text, f"{reverse('terms-rules')}#stap-{one.id.value}", dutch=True),
        "source": article.link or "",
        "sure": sure_text(rule.certainty),
        "unsure": rule.certainty in {Certainty.MEMORY, Certainty.UNCERTAIN},
        "why": tuple(_because(link) for link in one.why),
    }


def _because(link: WhyView) -> str:
    if link.reason is not None:
        return link.reason.text
    return link.hidden.reason.text if link.hidden else ""
