"""The steps of a course as one reader may know them: the day, whether it was done, and why that day.

The day tells of absence, whether it was done tells of the step's item, and each link of the why of the fact
it rests on; a link that may not be known is there, and says only that. Must never: leave a link out, so that
a day seems to follow from less than it does. Read next: `../rules/knowing.py`, `course.py`.
"""

from dataclasses import dataclass
from datetime import date

from hervat.course.queries.reading import cell, knows, why_not
from hervat.course.rules.acting import ACTING
from hervat.course.rules.knowing import DATES, items_of_decision, items_of_link, items_of_point
from hervat.dossiers.queries.cells import Cell
from hervat.law.catalogue import StepRule
from hervat.law.milestones import Milestone
from hervat.law.parameters import Article
from hervat.law.steps import Step
from hervat.law.timeline import CaseTimeline
from hervat.law.vocabulary import DecisionId, PointId, Status, StepId
from hervat.law.why import Reason
from hervat.register.cells import Hidden
from hervat.register.model import Reason as Ground
from hervat.register.permit import Permit
from hervat.register.vocabulary import Certainty, Item, Role

_UNKNOWN = Hidden(Ground("Op grond van een gegeven dat u niet mag zien.", "de matrix", Certainty.HIGH))
_OF_MILESTONE = {
    StepId.WAGE_SANCTION_END: frozenset({DATES, Item.WIA}),
    StepId.SHORTENED_WAITING_PERIOD: frozenset({DATES, Item.WIA}),
    StepId.PAY_END: frozenset({DATES, Item.PAY_END}),
}


@dataclass(frozen=True, slots=True)
class WhyView:
    """A link of a why: how many days it moves the date, with the article; or that it may not be known."""

    reason: Reason | None
    hidden: Hidden | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """A step of the law for one person. `role` and `also` act on it; None for what only UWV does."""

    id: StepId
    rule: StepRule
    article: Article
    role: Role | None
    also: Role | None
    due_on: Cell[date]
    opens_on: Cell[date]
    legal_limit: Cell[date]
    status: Cell[Status]
    days_late: Cell[int]
    done_on: Cell[date]
    remark: Cell[str]
    why: tuple[WhyView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneView:
    """A day that comes by itself, its last day, and why."""

    id: StepId
    rule: StepRule
    article: Article
    last_day: Cell[date]
    why: tuple[WhyView, ...]


@dataclass(frozen=True, slots=True)
class PointView:
    """What a reader must know and no rule settles, or what a person must decide."""

    id: PointId | DecisionId
    text: str


def steps(permit: Permit, line: CaseTimeline, *, cause_known: bool) -> tuple[StepView, ...]:
    """Return every step of a timeline as the permit lets it be known."""
    return tuple(_step(permit, one, cause_known) for one in line.steps)


def milestones(permit: Permit, line: CaseTimeline, *, cause_known: bool) -> tuple[MilestoneView, ...]:
    """Return the days that come by themselves; one that exists only by what may not be known is left out."""
    found = ((one, _OF_MILESTONE.get(one.id, frozenset({DATES}))) for one in line.milestones)
    return tuple(
        _milestone(permit, one, items, cause_known)
        for one, items in found
        if Item.WIA not in items or knows(permit, *items)
    )


def points(permit: Permit, line: CaseTimeline) -> tuple[PointView, ...]:
    """Return what is not settled, without what tells of something that may not be known."""
    known = [
        PointView(one.id, one.text) for one in line.open_points if knows(permit, *items_of_point(one.id))
    ]
    asked = [
        PointView(one.id, one.question) for one in line.decisions if knows(permit, *items_of_decision(one.id))
    ]
    return (*asked, *known)


def _step(permit: Permit, one: Step, cause_known: bool) -> StepView:
    acting = ACTING.get(one.id)
    item = acting.item if acting else Item.WIA
    done = one.status in {Status.DONE_IN_TIME, Status.DONE_LATE}
    of_step = [item]
    return StepView(
        id=one.id,
        rule=one.rule,
        article=one.article,
        role=acting.role if acting else None,
        also=acting.also if acting else None,
        due_on=cell(permit, [DATES], one.due_on),
        opens_on=cell(permit, [DATES], one.opens_on),
        legal_limit=cell(permit, [DATES], one.legal_limit),
        status=cell(permit, of_step, one.status if done or knows(permit, item) else None),
        days_late=cell(permit, of_step, one.days_late if one.days_late and knows(permit, item) else None),
        done_on=cell(permit, of_step, one.done_on if done else None),
        remark=cell(permit, of_step, one.remark if knows(permit, item) else None),
        why=_why(permit, one.why, cause_known),
    )


def _milestone(permit: Permit, one: Milestone, items: frozenset[Item], cause_known: bool) -> MilestoneView:
    return MilestoneView(
        id=one.id,
        rule=one.rule,
        article=one.article,
        last_day=cell(permit, items, one.last_day),
        why=_why(permit, one.why, cause_known) if why_not(permit, items) is None else (),
    )


def _why(permit: Permit, chain: tuple[Reason, ...], cause_known: bool) -> tuple[WhyView, ...]:
    if why_not(permit, [DATES]) is not None:
        return ()
    return tuple(
        WhyView(link)
        if knows(permit, *items_of_link(link, cause_known=cause_known))
        else WhyView(None, _UNKNOWN)
        for link in chain
    )
