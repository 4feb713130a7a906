"""One dossier, its history, and why somebody sees a field of it.

Must never: ask a room for anything before the door gave a permit. Read next: `asking.py`, `changing.py`.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hervat.access.explain import explain
from hervat.access.own import who_works_here
from hervat.access.refusals import Refusal
from hervat.course.queries.course import course_and_people
from hervat.dossiers.queries.history import history
from hervat.dossiers.queries.overview import overview
from hervat.dossiers.rules.case_number import read_case_number, show_case_number
from hervat.dossiers.rules.vocabulary import Field
from hervat.register import in_force
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item, Operation, Role
from hervat.web.dossiers.asking import (
    Shut,
    ask,
    behind_the_door,
    enter,
    roles_of,
    stored,
)
from hervat.web.presenters.course_page import present_course
from hervat.web.presenters.difference import take_difference
from hervat.web.presenters.dossier import present_dossier, present_history
from hervat.web.presenters.explained import present_explanation
from hervat.web.presenters.facts import item_name


@require_safe
@behind_the_door
def dossier(request: HttpRequest, case: str) -> HttpResponse:
    """Show where somebody stands, as far as the role and the purpose go."""
    permit = enter(request, stored(case))
    asked = ask(request, Operation.REFER, role=permit.role)
    beside = who_works_here(asked, permit)
    found, people = course_and_people(permit, beside, tuple(Field), by_name=settings.READERS_BY_NAME)
    view = present_dossier(permit, found.row, _roles(request, permit))
    context = {
        "view": view,
        "course": present_course(permit, view.number, found, people),
        "difference": take_difference(request, stored(case)),
    }
    return render(request, "hervat/dossier.html", context)


@require_safe
@behind_the_door
def dossier_data(request: HttpRequest, case: str) -> HttpResponse:
    """Show every item of a dossier, and for what is closed why."""
    permit = enter(request, stored(case))
    view = present_dossier(permit, overview(permit), _roles(request, permit))
    return render(request, "hervat/dossier_data.html", {"view": view})


def _roles(request: HttpRequest, permit: Permit) -> tuple[Role, ...]:
    """The roles that somebody can look in, when there is more than one."""
    roles = roles_of(request, Operation.READ_DOSSIER)
    return roles if permit.role in roles and len(roles) > 1 else ()


@require_safe
@behind_the_door
def dossier_history(request: HttpRequest, case: str, field: str) -> HttpResponse:
    """Show what was recorded of one field."""
    if field not in set(Field):
        raise Http404(_("Dit gegeven bestaat niet."))
    permit = enter(request, stored(case))
    view = present_history(shown(case), Field(field), history(permit, Field(field)))
    return render(request, "hervat/dossier_history.html", {"view": view})


@require_safe
@behind_the_door
def dossier_why(request: HttpRequest, case: str, item: str) -> HttpResponse:
    """Explain why an item is visible to whoever asks, or not."""
    if item not in {one.value for one in in_force.history().latest.reading.items}:
        raise Http404(_("Dit gegeven bestaat niet."))
    found = explain(ask(request, Operation.READ_DOSSIER), stored(case), Item(item))
    if isinstance(found, Refusal):
        raise Shut(found)
    context = {"view": present_explanation(found), "number": shown(case), "item": item_name(Item(item))}
    return render(request, "hervat/dossier_why.html", context)


def shown(case: str) -> str:
    """Return a case number as people read it."""
    number = read_case_number(case)
    return show_case_number(number) if number else case
