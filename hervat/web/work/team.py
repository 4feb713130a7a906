"""The team of a posting: units in numbers, who is off, and numbers of what lies below it.

For a commander and for who keeps the administration of a unit. Must never: show a person below a posting that
does not reach them. Read next: `../presenters/team.py`, `../../course/queries/team.py`.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hervat.course.queries.team import team
from hervat.web.dossiers.asking import behind_the_door
from hervat.web.login.visitor import WITH_A_TEAM
from hervat.web.presenters.team import present_team
from hervat.web.work.looking import looking


@require_safe
@behind_the_door
def team_page(request: HttpRequest) -> HttpResponse:
    """Show the team, in the role of the address or the first one that has a team."""
    seen = looking(request, among=WITH_A_TEAM, numbers=True)
    if seen is None:
        return render(request, "hervat/team_none.html")
    return render(request, "hervat/team.html", {"view": present_team(seen, team(seen.permit))})
