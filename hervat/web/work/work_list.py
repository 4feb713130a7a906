"""The work list of who comes in by assignment: proposals to answer, what is asked of them, what wants a look.

For doctors, the labour expert, guides and the other roles without a unit of their own. Must never: show a
proposal's dossier before it is accepted. Read next: `../presenters/work_list.py`, `looking.py`.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hervat.access import door
from hervat.course.queries.work import work_list
from hervat.dossiers.queries.assignments import ProposalView, proposals
from hervat.register.vocabulary import Operation
from hervat.web.dossiers.asking import ask, behind_the_door
from hervat.web.login.visitor import ASSIGNED, visitor_of
from hervat.web.presenters.work_list import present_work_list
from hervat.web.work.looking import looking


@require_safe
@behind_the_door
def work(request: HttpRequest) -> HttpResponse:
    """Show what is asked of somebody in the dossiers that are assigned to them, by date."""
    seen = looking(request, among=ASSIGNED)
    if seen is None:
        return render(request, "hervat/work_list_none.html")
    own = seen.permit.principal is None
    view = present_work_list(seen, work_list(seen.permit), _proposed(request) if own else ())
    return render(request, "hervat/work_list.html", {"view": view})


def _proposed(request: HttpRequest) -> tuple[ProposalView, ...]:
    """What waits for an answer; the menu has counted already whether there is any."""
    visitor = visitor_of(request)
    if visitor is None or not visitor.proposed:
        return ()
    permits = door.proposals(ask(request, Operation.REFER))
    return tuple(row for permit in permits for row in proposals(permit))
