"""The hand-over of a posting: what a successor must know of every dossier, and whether there is a successor.

Made to be printed and talked through. Must never: say who follows, or let a posting end in silence that
nobody follows. Read next: `../presenters/handing.py`, `../../organisation/rules/succession.py`.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hervat.course.queries.handing import hand_over
from hervat.organisation.queries.succession import successions
from hervat.organisation.rules.postings import UNIT_ROLES
from hervat.organisation.rules.succession import Succession
from hervat.web.dossiers.asking import behind_the_door
from hervat.web.login.visitor import ASSIGNED, postings_of
from hervat.web.presenters.handing import present_hand_over
from hervat.web.work.looking import Looking, looking


@require_safe
@behind_the_door
def hand_over_page(request: HttpRequest) -> HttpResponse:
    """Show what is handed over, in the role of the address or the first that has dossiers."""
    seen = looking(request, among=UNIT_ROLES | ASSIGNED)
    if seen is None:
        return render(request, "hervat/hand_over_none.html")
    follows = _follows(request, seen)
    return render(
        request, "hervat/hand_over.html", {"view": present_hand_over(seen, hand_over(seen.permit), follows)}
    )


def _follows(request: HttpRequest, seen: Looking) -> tuple[Succession, ...]:
    """What becomes of one's own postings; in the stead of a colleague that is theirs to know."""
    own = [one for one in postings_of(request) if one.role is seen.permit.role]
    return successions(seen.permit, own, seen.tree) if seen.permit.principal is None else ()
