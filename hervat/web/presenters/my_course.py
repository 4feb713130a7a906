"""The page of a re-integrant: where I stand, what comes next, what I must do, and who sees what of it.

The same course as on the page of a dossier, said to whom it is about. Must never: show somebody else's
course, or call something a task of theirs that another must record.
Read next: `course_page.py`, `../dossiers/mine.py`, `../templates/hervat/my_course.html`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from hervat.course.queries.course import CourseView
from hervat.course.queries.reading import FactView
from hervat.course.rules.vocabulary import Kind
from hervat.dossiers.queries.assignments import Involved
from hervat.dossiers.rules.vocabulary import Part, Status
from hervat.law.vocabulary import StepId
from hervat.register import in_force
from hervat.register.decisions import PLACE, Allowed, Projection
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item, Role, Scope, Use
from hervat.web.presenters.course_line import value_of
from hervat.web.presenters.course_page import CoursePage, Task, present_course
from hervat.web.presenters.dossier import DossierView, present_dossier
from hervat.web.presenters.facts import items_of_re_integrants
from hervat.web.presenters.people import Person
from hervat.web.presenters.words import Link, day_text

_WEEK: Final = 7
_PLAN: Final = {
    Kind.OPINION: _("De bedrijfsarts gaf advies."),
    Kind.PLAN: _("U en uw commandant werden het eens over het plan van aanpak."),
    Kind.PLAN_REVISION: _("U en uw commandant pasten het plan aan."),
    Kind.EVALUATION: _("U en uw commandant keken samen terug op het plan."),
    Kind.WEEK_42: _("Defensie meldde aan UWV dat u langer ziek bent."),
    Kind.FIRST_YEAR: _("U en uw commandant keken samen terug op het eerste jaar."),
    Kind.SECOND_TRACK: _("Er wordt ook buiten uw eigen eenheid naar werk gezocht."),
    Kind.CAPACITY: _("De arts beoordeelde wat u kunt."),
    Kind.UWV_NOTICE: _("UWV stuurde een brief over de WIA."),
    Kind.CURRENT_OPINION: _("De bedrijfsarts gaf het laatste oordeel voor UWV."),
    Kind.REPORT: _("Het re-integratieverslag was klaar."),
    Kind.APPLICATION: _("U vroeg een WIA-uitkering aan."),
}
_HOW: Final = {
    StepId.ACTION_PLAN: _("U maakt dit samen met uw commandant. Uw commandant legt de dag vast."),
    StepId.EVALUATION: _("U kijkt samen met uw commandant terug. Uw commandant legt de dag vast."),
    StepId.FIRST_YEAR_EVALUATION: _("U kijkt samen met uw commandant terug. Uw commandant legt de dag vast."),
    StepId.WIA_APPLICATION: _(
        "U vraagt dit zelf aan bij UWV. Zeg het daarna uw P&O-adviseur: die legt de dag vast."
    ),
}


@dataclass(frozen=True, slots=True)
class MyTask:
    """Something that I must do, and how it is finished where no form of mine does that."""

    task: Task
    how: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What a role that works on my case sees: all of it, for one case and a time, the outcome, or nothing."""

    role: str
    whole: tuple[str, ...]
    case: tuple[str, ...]
    outcome: tuple[str, ...]
    nothing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MyCourse:
    """The page. `passed` is how much of the waiting period is over, of `course.line.weeks` weeks."""

    view: DossierView
    course: CoursePage
    sentence: str
    passed: int
    weeks: int
    next_when: str
    next_what: str
    next_in: str
    closed: str
    late: Task | None
    mine: tuple[MyTask, ...]
    later: tuple[MyTask, ...]
    done: tuple[Task, ...]
    others: tuple[Task, ...]
    plan: tuple[tuple[str, str], ...]
    contacts: tuple[str, ...]
    people: tuple[Person, ...]
    seen: tuple[Seen, ...]
    edit: tuple[Link, ...]


def present_my_course(
    permit: Permit, found: CourseView, involved: Iterable[Involved], *, demo: bool
) -> MyCourse:
    """Format one's own course."""
    view = present_dossier(permit, found.row)
    course = present_course(permit, view.number, found, involved)
    following = course.line.next if course.line else None
    closed = value_of(found.row.status) is Status.CLOSED
    return MyCourse(
        view=view,
        course=course,
        sentence=_sentence(found, course, closed),
        passed=_passed(found),
        weeks=found.of_weeks,
        next_what=following.name if following and not closed else "",
        next_when=following.when if following else "",
        next_in=course.line.next_in if course.line else "",
        closed=_day(value_of(found.row.closed_on)) if closed else "",
        late=None if closed else next((task for task in course.open if task.when and task.when.late), None),
        mine=() if closed else tuple(_mine(task) for task in course.open if task.mine),
        later=() if closed else tuple(_mine(task) for task in course.later if task.mine),
        done=tuple(_not_mine(task) for task in course.done),
        others=() if closed else tuple(_not_mine(task) for task in course.open if not task.mine),
        plan=tuple(_plan(found)),
        contacts=course.contacts,
        people=course.people,
        seen=tuple(_seen(permit, role, demo) for role in dict.fromkeys(one.code for one in course.people)),
        edit=_edit(view),
    )


def _sentence(found: CourseView, course: CoursePage, closed: bool) -> str:
    """Where I stand, in one sentence."""
    if closed:
        return str(_("Uw dossier is gesloten. U kunt het nog lezen; er verandert niets meer in."))
    if course.recovered:
        return str(_("U bent hersteld gemeld per %(day)s.") % {"day": course.recovered})
    if course.week:
        return str(_("U zit in %(week)s.") % {"week": course.week})
    if course.first_sick:
        return str(_("U bent met verlof. Die dagen tellen niet mee voor de termijnen."))
    return str(_("Er staat nog geen ziekmelding in uw dossier."))


def _passed(found: CourseView) -> int:
    counted = value_of(found.counted_days) or 0
    return min(found.of_weeks, -(-counted // _WEEK))


def _mine(task: Task) -> MyTask:
    """A task of mine: only a task of my own I finish here; a step is recorded by somebody else."""
    own = task.step is None
    how = _HOW.get(task.step) if task.step else None
    return MyTask(replace(task, act=task.act if own else None, others=()), str(how or ""))


def _not_mine(task: Task) -> Task:
    return replace(task, act=None, others=())


def _plan(found: CourseView) -> Iterator[tuple[str, str]]:
    """What was agreed and done, the last first: the dates; what was said is in the papers."""
    facts: list[tuple[date, Kind]] = []
    for kind in _PLAN:
        rows: tuple[FactView, ...] = value_of(found.facts[kind]) or ()
        facts += [(row.happened_on, kind) for row in rows]
    for day, kind in sorted(facts, key=lambda one: one[0], reverse=True):
        yield day_text(day), str(_PLAN[kind])


def _seen(permit: Permit, role: Role, demo: bool) -> Seen:
    """What the register lets a role see of whom it works for."""
    register = in_force.history().on(permit.on)
    decisions = in_force.decisions(demo=demo).project(role, Use.READ, permit.purpose, permit.on)
    found: dict[str, list[str]] = {"whole": [], "case": [], "outcome": [], "nothing": []}
    for reading in items_of_re_integrants(register):
        found[_how_much(decisions, reading.item)].append(reading.name)
    return Seen(register.reading.roles[role].name, *(tuple(names) for names in found.values()))


def _how_much(decisions: Projection, item: Item) -> str:
    decision = decisions[PLACE[item]]
    if not isinstance(decision, Allowed) or decision.scope is Scope.OWN:
        return "nothing"
    return {Scope.OUTCOME: "outcome", Scope.CASE: "case"}.get(decision.scope, "whole")


def _edit(view: DossierView) -> tuple[Link, ...]:
    """The forms of what only I can tell."""
    names = {
        Part.IDENTITY.value: _("Adres, e-mail en telefoon"),
        Part.WORK.value: _("Wanneer u te bereiken bent"),
    }
    return tuple(
        Link(str(names.get(part.code, part.title)), f"{part.edit_href}?{view.query}")
        for part in view.parts
        if part.edit_href
    )


def _day(day: date | None) -> str:
    return day_text(day) if day else ""
