"""The caseload as a file: what the list shows with the same filters, after a second factor shown just now.

The lines of the log are committed before the first byte leaves. Must never: give a file by an address, or one
that was cut off. Read next: `caseload.py`, `../presenters/caseload_file.py`.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hervat.course.queries.taking import MOST_TAKEN, TooMany, take_along
from hervat.register.permit import NotPermitted
from hervat.web.dossiers.asking import behind_the_door
from hervat.web.errors import Problem
from hervat.web.login.sessions import confirm_first
from hervat.web.presenters.caseload_file import as_csv, as_workbook
from hervat.web.work.caseload import nothing_to_list, with_filters
from hervat.web.work.filters import offered_to, read_list
from hervat.web.work.looking import looking

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_POST
@behind_the_door
@with_filters
def take_caseload(request: HttpRequest) -> HttpResponse:
    """Give the chosen list as a file, and say so of everybody in it in the log."""
    return confirm_first(_file)(request)


def _file(request: HttpRequest) -> HttpResponse:
    seen = looking(request)
    if seen is None:
        return nothing_to_list(request)
    asked = read_list(request.POST, offered_to(seen.permit, seen.tree), seen.tree)
    if asked.closed or asked.sort is None:
        raise NotPermitted("Deze lijst is er niet als bestand.")
    try:
        rows = take_along(seen.permit, filters=asked.filters, sort=asked.sort)
    except TooMany:
        return _too_many(request)
    if request.POST.get("vorm") == "xlsx":
        return _attached(as_workbook(rows, seen.tree), _WORKBOOK, "caseload.xlsx")
    return _attached(as_csv(rows, seen.tree), "text/csv; charset=utf-8", "caseload.csv")


def _attached(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _too_many(request: HttpRequest) -> HttpResponse:
    problem = Problem(
        status=422,
        title=_("Dit is te veel voor een bestand"),
        what=_("Dit zijn meer dan %(most)s dossiers.") % {"most": MOST_TAKEN},
        advice=_("Ga terug, kies met de filters minder dossiers en probeer het opnieuw."),
    )
    return render(request, "hervat/error.html", {"problem": problem}, status=422)
