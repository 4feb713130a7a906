"""What to do now: late, this week, and what waits for somebody else, in one role at a time.

Their own, or that of a colleague for whom they stand in. Somebody without a list of people comes to their
own course. Must never: act by itself on what is late; it leads to the form on which a person says what
happened. Read next: `../presenters/now.py`.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hervat.access import door
from hervat.course.queries.due import due_list
from hervat.course.rules.knowing import DATES
from hervat.organisation.rules.postings import Posting
from hervat.organisation.rules.succession import ends_soon
from hervat.register.vocabulary import Operation, Role
from hervat.web.dossiers.asking import behind_the_door, roles_of
from hervat.web.login.visitor import ASSIGNED, postings_of
from hervat.web.presenters.now import present_now
from hervat.web.work.looking import Looking, looking


@require_safe
@behind_the_door
def now(request: HttpRequest) -> HttpResponse:
    """Show what somebody must do now, in the role of the address or the first they hold.

    Who may not know when somebody is absent has proposals and no days: a work list.
    """
    seen = looking(request)
    if seen is None:
        return HttpResponseRedirect(_elsewhere(request))
    if seen.permit.scope(DATES) is None and seen.permit.role in ASSIGNED:
        return HttpResponseRedirect(f"{reverse('work-list')}?rol={seen.permit.role}")
    found = due_list(seen.permit, seen.permit.on)
    view = present_now(seen, found, ending=_ending(request, seen))
    return render(request, "hervat/now.html", {"view": view})


def _ending(request: HttpRequest, seen: Looking) -> tuple[Posting, ...]:
    """The own postings in this role that are in their last days."""
    if seen.permit.principal is not None:
        return ()
    own = (one for one in postings_of(request) if one.role is seen.permit.role)
    return tuple(one for one in own if ends_soon(one, seen.permit.on))


def _elsewhere(request: HttpRequest) -> str:
    """Where somebody works who has no list of people."""
    if set(door.SUPERVISORS) & set(roles_of(request, Operation.OVERSEE)):
        return reverse("log")
    if Role.ADMINISTRATOR in roles_of(request, Operation.ADMINISTER_USERS):
        return reverse("users")
    return reverse("front" if postings_of(request) else "my-course")
