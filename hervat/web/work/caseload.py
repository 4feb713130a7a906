"""The list of courses of a role: counters, filters, fifty rows at a time; and looking somebody up in it.

What somebody looks for is sent and stands in no address; a case number leads to its dossier, as far as the
door lets in. Must never: ask a room for anything before the door gave a permit, or widen a question that
cannot be answered. Read next: `filters.py`, `looking.py`, `../presenters/caseload.py`.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hervat.access import door
from hervat.access.refusals import Refusal
from hervat.course.queries import caseload as courses
from hervat.dossiers.queries import caseload as dossiers
from hervat.dossiers.queries.rows import Row
from hervat.dossiers.queries.search import find, search
from hervat.dossiers.rules.case_number import read_case_number, show_case_number
from hervat.dossiers.rules.vocabulary import Field, Status
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item, Operation
from hervat.vault.rules.finding import BsnError, EmployeeNumberError
from hervat.vault.rules.names import TooShortError
from hervat.web.dossiers.asking import ask, behind_the_door, roles_of
from hervat.web.dossiers.forms import Search
from hervat.web.errors import bad_filter, hidden_filter
from hervat.web.filters import HiddenFilter, UnknownFilter
from hervat.web.presenters.caseload import CaseTable, may_search, present_courses, present_rows
from hervat.web.presenters.caseload_page import CaseloadPage, present_page
from hervat.web.work.filters import ListQuery, offered_to, place_of, read_list, read_place
from hervat.web.work.looking import Looking, looking

LISTED = (Field.NAME,)
View = Callable[[HttpRequest], HttpResponse]


def with_filters(view: View) -> View:
    """Decorator: explain a filter that does not exist, and one by what the role may not see."""

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except UnknownFilter as unknown:
            return bad_filter(request, unknown)
        except HiddenFilter as hidden:
            return hidden_filter(request, hidden)

    return answered


@require_http_methods(["GET", "HEAD", "POST"])
@behind_the_door
@with_filters
def caseload_page(request: HttpRequest) -> HttpResponse:
    """Show the list of a role, or what a search in it finds."""
    seen = looking(request)
    if seen is None:
        return nothing_to_list(request)
    if request.method == "POST":
        return _looked_up(request, seen)
    return render(request, "hervat/caseload.html", {"view": _listed(request, seen)})


def nothing_to_list(request: HttpRequest) -> HttpResponse:
    """Answer somebody whose role has no list of people."""
    roles = roles_of(request, Operation.OVERSEE)
    return render(request, "hervat/caseload_none.html", {"oversees": bool({*roles} & {*door.SUPERVISORS})})


def _listed(request: HttpRequest, seen: Looking) -> CaseloadPage:
    tree = seen.tree
    offered = offered_to(seen.permit, tree)
    asked, place = read_list(request.GET, offered, tree), read_place(request.GET)
    if asked.closed or asked.sort is None:
        table, after = _dossiers(seen, asked, place)
        return present_page(seen, offered, asked, table, later=place is not None, after=after)
    cursor = courses.Cursor(*place) if place else None
    page = courses.caseload(seen.permit, filters=asked.filters, sort=asked.sort, after=cursor, counted=True)
    return present_page(
        seen,
        offered,
        asked,
        present_courses(seen.permit, page.rows, tree),
        counters=page.counters,
        awaiting=page.awaiting,
        later=place is not None,
        after=place_of(page.after) if page.after else "",
    )


def _dossiers(seen: Looking, asked: ListQuery, place: tuple[date, UUID] | None) -> tuple[CaseTable, str]:
    """The list of dossiers of which nothing of a course is told: closed ones, or where no day may be seen."""
    status = Status.CLOSED if asked.closed else Status.OPEN
    after = dossiers.Cursor(*place) if place else None
    page = dossiers.caseload(seen.permit, status=status, after=after, fields=LISTED)
    following = f"{page.after.opened_on.isoformat()}.{page.after.dossier}" if page.after else ""
    return present_rows(seen.permit, page.rows, seen.tree), following


def _looked_up(request: HttpRequest, seen: Looking) -> HttpResponse:
    form = Search(request.POST)
    if not form.is_valid():
        return _found(request, seen, fault=_("Vul in wie u zoekt."), status=422)
    text, by = form.cleaned_data["tekst"], form.cleaned_data["op"]
    number = None if by else read_case_number(text)
    if number is not None:
        return _to_dossier(request, seen, number)
    item = Item(by) if by in set(Item) else _looks_like(text)
    if not by and not may_search(seen.permit, item):
        return _found(request, seen, fault=_("Met uw rol kunt u hierop niet zoeken."), status=422)
    try:
        return _found(request, seen, _search(seen.permit, item, text), by=by)
    except (TooShortError, BsnError, EmployeeNumberError) as error:
        return _found(request, seen, fault=str(error), by=by, status=422)


def _to_dossier(request: HttpRequest, seen: Looking, number: str) -> HttpResponse:
    """Go where a case number leads; where the door tells of nothing there, nobody is found."""
    asked = ask(request, Operation.READ_DOSSIER, role=seen.permit.role)
    answer = door.judge(asked, number).answer
    if isinstance(answer, Refusal) and answer.is_not_found:
        door.enter(asked, number)
        return _found(request, seen)
    role = seen.permit.role.value if seen.permit.role else ""
    return HttpResponseRedirect(
        f"{reverse('dossier', args=[show_case_number(number)])}?rol={role}", status=303
    )


def _looks_like(text: str) -> Item:
    """What has a digit in it is no name."""
    digits = any(letter.isdigit() for letter in text)
    return Item.EMPLOYEE_ID if digits else Item.NAME_AND_ADDRESS


def _search(permit: Permit, item: Item, text: str) -> tuple[Row, ...]:
    return search(permit, text) if item is Item.NAME_AND_ADDRESS else find(permit, item=item, number=text)


def _found(
    request: HttpRequest,
    seen: Looking,
    rows: tuple[Row, ...] = (),
    *,
    by: str = "",
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    tree = seen.tree
    offered = offered_to(seen.permit, tree)
    asked = read_list({}, offered, tree)
    table = present_rows(seen.permit, rows, tree)
    view = present_page(seen, offered, asked, table, searched=True, by=by, fault=fault)
    return render(request, "hervat/caseload.html", {"view": view}, status=status)
