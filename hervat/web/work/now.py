"""What to do now: late, this week, and what waits for somebody else, in one role at a time.

Somebody without a list of people comes to their own course. Must never: act by itself on what is late; it
leads to the form on which a person says what happened. Read next: `../presenters/now.py`.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hervat.access import door
from hervat.course.queries.due import due_list
from hervat.register.vocabulary import Operation, Role
from hervat.web.dossiers.asking import ask, behind_the_door, chosen_role, let_in, roles_of
from hervat.web.login.visitor import postings_of
from hervat.web.presenters.now import present_now


@require_safe
@behind_the_door
def now(request: HttpRequest) -> HttpResponse:
    """Show what somebody must do now, in the role of the address or the first they hold."""
    roles = roles_of(request, Operation.LIST_CASELOAD)
    if not roles:
        return HttpResponseRedirect(_elsewhere(request))
    role = chosen_role(request) or roles[0]
    permit = let_in(door.caseload(ask(request, Operation.LIST_CASELOAD, role=role)))
    view = present_now(permit, roles, due_list(permit, permit.on))
    return render(request, "hervat/now.html", {"view": view})


def _elsewhere(request: HttpRequest) -> str:
    """Where somebody works who has no list of people."""
    if set(door.SUPERVISORS) & set(roles_of(request, Operation.OVERSEE)):
        return reverse("log")
    if Role.ADMINISTRATOR in roles_of(request, Operation.ADMINISTER_USERS):
        return reverse("users")
    return reverse("front" if postings_of(request) else "my-course")
