"""The first page of a dossier: where somebody stands, what must be done now, and who is involved.

Must never: show what a cell hides, or more of what is closed than that it is. Read next: `course_line.py`,
`hours.py`, `dossier.py` (the data), `../templates/hervat/dossier.html`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from hervat.course.queries.course import CourseView, SignalView
from hervat.course.queries.dues import DueView
from hervat.course.queries.reading import FactView
from hervat.course.rules.acting import ACTING
from hervat.course.rules.vocabulary import DueKind, DueState, Kind, SignalId
from hervat.dossiers.queries.assignments import Involved
from hervat.law.vocabulary import StepId
from hervat.register.permit import Permit
from hervat.register.vocabulary import Scope, Use
from hervat.web.presenters.course_line import present_line, value_of
from hervat.web.presenters.difference import due_name
from hervat.web.presenters.facts import role_name
from hervat.web.presenters.help import help_href
from hervat.web.presenters.hours import HoursView, present_hours
from hervat.web.presenters.kinds import Offer, offers
from hervat.web.presenters.people import Person, present_people
from hervat.web.presenters.said import method_text, reason_text
from hervat.web.presenters.terms import CaseView
from hervat.web.presenters.terms_drawing import Drawing, Key, draw_tall, draw_wide, keys
from hervat.web.presenters.urgency import Urgency, When, urgency_chip, urgency_of, week_text, when
from hervat.web.presenters.words import Chip, Link, day_text

_CONTACTS: Final = 5
_NEAR: Final = timedelta(weeks=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to do or done; `act` is where somebody who may says so, `others` what else they may do.

    `step` is that of the law, or None for a task of one's own.
    """

    what: str
    step: StepId | None
    dutch: bool
    chip: Chip
    when: When | None
    who: str
    reason: str
    act: Link | None
    mine: bool
    others: tuple[Link, ...]
    help_href: str


@dataclass(frozen=True, slots=True)
class Attention:
    """Something that may want attention, and where one can answer it."""

    text: str
    since: str
    act: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursePage:
    """The overview of a course. `line` is None to who may not know when somebody is absent."""

    week: str
    first_sick: str
    recovered: str
    alert: Task | None
    line: CaseView | None
    drawings: tuple[Drawing, ...]
    keys: tuple[Key, ...]
    open: tuple[Task, ...]
    later: tuple[Task, ...]
    done: tuple[Task, ...]
    hours: HoursView
    contacts: tuple[str, ...]
    contacts_hidden: str
    attention: tuple[Attention, ...]
    people: tuple[Person, ...]
    offers: tuple[Offer, ...]
    task_href: str
    what_if_href: str
    story_href: str
    data_href: str


def present_course(
    permit: Permit, number: str, view: CourseView, involved: Iterable[Involved] = ()
) -> CoursePage:
    """Format the course of a dossier, and who works on it."""
    line = present_line(view)
    tasks = [(due, _task(permit, number, due, view.on)) for due in view.dues]
    open_tasks = tuple(task for due, task in tasks if _is_open(due) and _is_near(due, view.on))
    recorded = offers(permit, number)
    contacts = view.facts[Kind.CONTACT]
    return CoursePage(
        week=_week(view),
        first_sick=_day(value_of(view.first_sick_on)),
        recovered=_day(value_of(view.recovered_on)),
        alert=next((task for task in open_tasks if task.chip.css.startswith("bad")), None),
        line=line,
        drawings=(draw_wide(line, "tijdlijn"), draw_tall(line, "tijdlijn")) if line and line.lines else (),
        keys=keys(line) if line and line.lines else (),
        open=open_tasks,
        later=tuple(task for due, task in tasks if _is_open(due) and not _is_near(due, view.on)),
        done=tuple(reversed([task for due, task in tasks if not _is_open(due)])),
        hours=present_hours(view),
        contacts=_contacts(value_of(contacts) or ()),
        contacts_hidden=contacts.reason.text if hasattr(contacts, "reason") else "",
        attention=tuple(_attention(permit, number, one) for one in view.signals),
        people=present_people(involved),
        offers=recorded,
        task_href=reverse("dossier-task", args=[number]) if _may_task(permit) and recorded else "",
        what_if_href=reverse("dossier-what-if", args=[number]) if line else "",
        story_href=reverse("dossier-story", args=[number]),
        data_href=reverse("dossier-data", args=[number]),
    )


def _week(view: CourseView) -> str:
    counted = value_of(view.counted_days)
    if counted is None or value_of(view.week) is None:
        return ""
    return week_text(counted, view.of_weeks)


def _day(day: date | None) -> str:
    return day_text(day) if day else ""


def _is_open(due: DueView) -> bool:
    state = value_of(due.state)
    return state is DueState.OPEN or state is None or bool(value_of(due.reason_missing))


def _is_near(due: DueView, on: date) -> bool:
    """Whether something may be done by now or soon; what is years away would drown it."""
    day = value_of(due.due_on)
    return day is None or day <= on + _NEAR or bool(value_of(due.reason_missing))


def _task(permit: Permit, number: str, due: DueView, on: date) -> Task:
    day, reason = value_of(due.due_on), value_of(due.reason)
    return Task(
        what=_name(due),
        step=StepId(due.code) if due.kind is DueKind.STEP else None,
        dutch=due.kind is DueKind.STEP,
        chip=urgency_chip(_urgency(due, on)),
        when=_when(due, on),
        who=_who(due),
        reason=reason_text(reason.code, reason.explanation) if reason else "",
        act=_act(permit, number, due) if day else None,
        mine=permit.role in {due.role, due.also},
        others=tuple(_others(permit, number, due)),
        help_href=help_href(StepId(due.code)) if due.kind is DueKind.STEP else "",
    )


def _name(due: DueView) -> str:
    if due.kind is DueKind.OWN:
        return value_of(due.title) or _("Eigen taak: u mag niet zien waarover")
    return due_name(due.code)


def _who(due: DueView) -> str:
    names = [role_name(due.role), *([role_name(due.also)] if due.also else [])]
    return _(" en ").join(names)


def _urgency(due: DueView, on: date) -> Urgency:
    state = value_of(due.state)
    if value_of(due.reason_missing):
        return Urgency.NO_REASON
    if state is DueState.DONE:
        return Urgency.DONE
    if state is DueState.SKIPPED:
        return Urgency.SKIPPED
    limit = value_of(due.legal_limit) or value_of(due.due_on)
    if state is None or limit is None:
        return Urgency.UNKNOWN
    found = urgency_of(limit, on)
    return Urgency.PLANNED if found is Urgency.ON_TRACK else found


def _when(due: DueView, on: date) -> When | None:
    day, done = value_of(due.due_on), value_of(due.done_on)
    if done is not None:
        late = value_of(due.late_days) or 0
        away = _("%(count)s dagen later dan uiterlijk") % {"count": late} if late > 0 else ""
        return When(day_text(done), away, late > 0)
    return when(day, on) if day else None


def _act(permit: Permit, number: str, due: DueView) -> Link | None:
    if value_of(due.reason_missing):
        return Link(_("Geef de reden"), reverse("dossier-reason", args=[number, due.id]))
    if value_of(due.state) is not DueState.OPEN:
        return None
    if due.kind is DueKind.OWN:
        return Link(_("Rond af"), reverse("dossier-task-done", args=[number, due.id]))
    kind = ACTING[StepId(due.code)].done_by[0]
    if permit.scope(kind.item, Use.WRITE) not in {Scope.FULL, Scope.CASE}:
        return None
    return Link(_("Leg vast"), reverse("dossier-record", args=[number, kind.value]))


def _others(permit: Permit, number: str, due: DueView) -> Iterable[Link]:
    if due.kind is not DueKind.STEP or value_of(due.state) is not DueState.OPEN:
        return
    if permit.scope(ACTING[StepId(due.code)].item, Use.WRITE) in {Scope.FULL, Scope.CASE}:
        yield Link(_("Overslaan met reden"), reverse("dossier-skip", args=[number, due.id]))


def _may_task(permit: Permit) -> bool:
    item = ACTING[StepId.ACTION_PLAN].item
    return permit.scope(item, Use.WRITE) in {Scope.FULL, Scope.CASE}


def _contacts(facts: Iterable[FactView]) -> tuple[str, ...]:
    newest = sorted(facts, key=lambda fact: fact.happened_on, reverse=True)[:_CONTACTS]
    return tuple(f"{day_text(fact.happened_on)}: {method_text(fact.detail)}" for fact in newest)


def _attention(permit: Permit, number: str, signal: SignalView) -> Attention:
    answers = {
        SignalId.NO_CONTACT: (_("Leg contact vast"), reverse("dossier-record", args=[number, "contact"])),
        SignalId.NO_DCR: (_("Stel voor"), reverse("dossier-proposal", args=[number])),
        SignalId.PLAN_WITHOUT_EVALUATION: (
            _("Leg evaluatie vast"),
            reverse("dossier-record", args=[number, "evaluatie"]),
        ),
    }
    act = Link(*answers[signal.id]) if signal.id in answers and offers(permit, number) else None
    return Attention(due_name(signal.id), day_text(signal.since), act)
