"""Who works on a dossier, and what waits for somebody's answer, in words: role, unit, state, since when.

A name only where the cell has one. Read next: `hervat/dossiers/queries/assignments.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from hervat.dossiers.queries.assignments import AssignmentView, Course, ProposalView
from hervat.dossiers.rules.case_number import show_case_number
from hervat.dossiers.rules.vocabulary import AssignmentState
from hervat.organisation.queries.colleagues import Colleagues
from hervat.organisation.queries.standing import unit_tree
from hervat.organisation.rules.units import Tree
from hervat.register.cells import Shown
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item, Scope, Use
from hervat.web.presenters.facts import role_name, unit_name, word
from hervat.web.presenters.words import Chip, day_text


@dataclass(frozen=True, slots=True)
class Assigned:
    """An assignment; `may_end` where whoever looks may end it today. `said` is how it came about."""

    id: str
    role: str
    unit: str
    name: str
    state: Chip
    first_day: str
    last_day: str
    ground: str
    said: str
    mine: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal that waits for an answer."""

    id: str
    number: str
    unit: str
    role: str
    first_day: str
    last_day: str
    ground: str
    said: str
    href: str


def present_assignments(permit: Permit, rows: Iterable[AssignmentView]) -> tuple[Assigned, ...]:
    """Format the assignments of a dossier."""
    units = unit_tree()
    return tuple(_assigned(permit, row, units) for row in rows)


def present_proposals(rows: Iterable[ProposalView], tree: Tree | None = None) -> tuple[Waiting, ...]:
    """Format what somebody was proposed for; without its case number one cannot be answered."""
    units = tree or unit_tree()
    return tuple(_waiting(row, units) for row in rows if isinstance(row.case_number, Shown))


def present_colleagues(people: Colleagues) -> tuple[tuple[str, str], ...]:
    """Format who may be chosen, as the options of a list."""
    units = unit_tree()
    return tuple(
        (str(one.user), f"{one.name} · {unit_name(one.unit, units)}" if one.unit else one.name)
        for one in people.found
    )


def may_assign(permit: Permit) -> bool:
    """Whether this permit may propose somebody."""
    return permit.scope(Item.USER_ASSIGNMENT, Use.WRITE) is Scope.FULL


def _assigned(permit: Permit, row: AssignmentView, units: Tree) -> Assigned:
    course = row.course.value if isinstance(row.course, Shown) else None
    ended = (course.ended_on or course.last_day) if course else None
    runs = course is not None and course.state is AssignmentState.ACCEPTED
    return Assigned(
        id=str(row.id),
        role=role_name(row.role),
        unit=unit_name(row.unit, units) if row.unit else "",
        name=str(row.name.value) if isinstance(row.name, Shown) and not row.mine else "",
        # Of who works here with others, only those who do so now are seen.
        state=state_chip(course.state) if course else Chip("good i-yes", _("werkt hieraan")),
        first_day=day_text(course.first_day) if course else "",
        last_day=day_text(ended) if ended else "",
        ground=word(course.ground.value) if course and course.ground else "",
        said=_said(course) if course else "",
        mine=row.mine,
        may_end=runs and (row.mine or may_assign(permit)),
    )


def _waiting(row: ProposalView, units: Tree) -> Waiting:
    number = show_case_number(str(row.case_number.value))  # type: ignore[union-attr]
    unit = row.unit.value if isinstance(row.unit, Shown) else None
    course = row.course
    return Waiting(
        id=str(row.id),
        number=number,
        unit=unit_name(unit, units) if unit else "",
        role=role_name(row.role),
        first_day=day_text(course.first_day),
        last_day=day_text(course.last_day) if course.last_day else "",
        ground=word(course.ground.value) if course.ground else "",
        said=_said(course),
        href=reverse("dossier-proposal", args=[number]),
    )


def _said(course: Course) -> str:
    """When it was proposed and by whom, and when it was answered."""
    on = day_text(course.proposed_on)
    if course.proposed_by_me:
        proposed = _("door u voorgesteld op %(day)s") % {"day": on}
    elif course.proposed_role:
        by = role_name(course.proposed_role)
        proposed = _("voorgesteld op %(day)s door: %(role)s") % {"day": on, "role": by}
    else:
        proposed = _("voorgesteld op %(day)s") % {"day": on}
    if course.decided_on is None:
        return proposed
    return _("%(proposed)s, beantwoord op %(day)s") % {
        "proposed": proposed,
        "day": day_text(course.decided_on),
    }


def state_chip(state: AssignmentState) -> Chip:
    """Return how an assignment stands."""
    return {
        AssignmentState.PROPOSED: Chip("warn i-ask", _("voorgesteld")),
        AssignmentState.ACCEPTED: Chip("good i-yes", _("aanvaard")),
        AssignmentState.REJECTED: Chip("bad i-no", _("afgewezen")),
        AssignmentState.ENDED: Chip("calm i-lock", _("beëindigd")),
    }[state]
