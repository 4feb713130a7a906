"""The pages of a re-integrant: the own course, the notice about privacy, and who read of them.

Reading who read is itself in the log. Must never: show somebody else's lines, or keep what a question says.
Read next: `asking.py`, `../presenters/readers.py`, `../presenters/notice.py`.
"""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hervat.access import door
from hervat.access.own import own_case, who_works_here
from hervat.access.refusals import Refusal
from hervat.course.queries.course import course_and_people
from hervat.dossiers.actions.closing import date_notice
from hervat.dossiers.actions.recording import StaleDossier
from hervat.dossiers.queries.rows import Row
from hervat.dossiers.rules.vocabulary import Field, Status
from hervat.journal.actions.acting import act_of
from hervat.journal.queries.lines import Page, about
from hervat.journal.rules.line import Effect, Manner, SubjectKind
from hervat.organisation.queries.names import names_of_readers
from hervat.register.cells import Shown
from hervat.register.permit import Permit
from hervat.register.vocabulary import ActorKind, Operation, Role
from hervat.rights.actions import question_reading
from hervat.web.dossiers.asking import Shut, ask, behind_the_door, let_in, own_rows, stored, today
from hervat.web.login.visitor import keep_standing
from hervat.web.presenters.difference import take_difference
from hervat.web.presenters.dossier import number_of
from hervat.web.presenters.my_course import present_my_course
from hervat.web.presenters.notice import present_notice
from hervat.web.presenters.readers import present_readers
from hervat.web.source import is_demo

LINES = 50


@require_safe
@behind_the_door
def my_course(request: HttpRequest, case: str = "") -> HttpResponse:
    """Show the own course; at the first visit, the notice comes first."""
    asked = ask(request, Operation.READ_DOSSIER, role=Role.RE_INTEGRANT)
    own = own_case(asked, stored(case) if case else "")
    if own is None:
        return render(request, "hervat/my_none.html")
    if isinstance(own, Refusal):
        raise Shut(own)
    keep_standing(request, own.standing)
    beside = who_works_here(ask(request, Operation.REFER, role=Role.RE_INTEGRANT), own.permit)
    found, people = course_and_people(own.permit, beside, tuple(Field), by_name=settings.READERS_BY_NAME)
    mine = present_my_course(own.permit, found, people, demo=is_demo(request))
    informed = bool(mine.closed) or _value(found.row.informed_on) is not None
    if not informed and not case and not request.GET.get("verder"):
        return HttpResponseRedirect(reverse("my-notice"))
    context = {
        "mine": mine,
        "view": mine.view,
        "course": mine.course,
        "informed": informed,
        "difference": take_difference(request, stored(mine.view.number)),
        "others": _others(request, mine.view.number) if own.others else (),
    }
    return render(request, "hervat/my_course.html", context)


def _others(request: HttpRequest, number: str) -> list[tuple[str, bool]]:
    """The other dossiers about whoever asks, by number, and whether each is closed."""
    rows = [row for row in own_rows(request) if number_of(row) != number]
    return [(number_of(row), _value(row.status) is Status.CLOSED) for row in rows]


def _value(cell: object) -> object:
    return cell.value if isinstance(cell, Shown) else None


@require_http_methods(["GET", "HEAD", "POST"])
@behind_the_door
def my_notice(request: HttpRequest) -> HttpResponse:
    """Show the notice about privacy, and date that it was read."""
    rows = own_rows(request)
    row = rows[0] if rows else None
    informed = row.informed_on.value if row and isinstance(row.informed_on, Shown) else None
    if request.method == "POST" and row is not None and informed is None:
        return _date(request, row)
    view = present_notice(today(), informed)
    return render(request, "hervat/my_notice.html", {"view": view, "may_date": row is not None})


def _date(request: HttpRequest, row: Row) -> HttpResponse:
    permit = _own(request, row, Operation.KEEP_DOSSIER)
    try:
        date_notice(permit=permit, expected_version=row.version, on=today())
    except StaleDossier:
        return HttpResponseRedirect(reverse("my-notice"), status=303)
    return HttpResponseRedirect(reverse("my-course"), status=303)


@require_safe
@behind_the_door
def my_readers(request: HttpRequest) -> HttpResponse:
    """Show who opened the own file, or in whose lists it stood."""
    permit = _own_log(request)
    if permit is None:
        return render(request, "hervat/my_none.html")
    manner = Manner.LISTED if request.GET.get("hoe") == Manner.LISTED.value else Manner.OPENED
    page = about(
        _subject(permit),
        SubjectKind.RE_INTEGRANT,
        asked_by=act_of(permit, Operation.EXERCISE_RIGHTS, Effect.READ),
        manner=manner,
        before_id=_before(request),
        limit=LINES,
    )
    view = present_readers(page, manner, permit.actor, names=_names(permit, page))
    return render(request, "hervat/my_readers.html", {"view": view, "contact": settings.CONTACT_EMAIL})


@require_http_methods(["POST"])
@behind_the_door
def ask_officer(request: HttpRequest) -> HttpResponse:
    """Log a question to the FG about one line, and show how the FG is reached."""
    permit = _own_log(request)
    if permit is None:
        return render(request, "hervat/my_none.html")
    try:
        trace = UUID(request.POST.get("regel", ""))
    except ValueError:
        raise Http404(_("Deze regel bestaat niet.")) from None
    question_reading(permit=permit, trace=trace)
    return render(request, "hervat/my_question.html", {"contact": settings.CONTACT_EMAIL, "line": str(trace)})


def _own(request: HttpRequest, row: Row, operation: Operation = Operation.READ_DOSSIER) -> Permit:
    asked = ask(request, operation, role=Role.RE_INTEGRANT)
    return let_in(door.enter(asked, number_of(row)))


def _own_log(request: HttpRequest) -> Permit | None:
    purpose = door.desk_purpose(Operation.EXERCISE_RIGHTS, today())
    asked = ask(request, Operation.EXERCISE_RIGHTS, role=Role.RE_INTEGRANT, purpose=purpose)
    answer = door.own_log(asked)
    return None if isinstance(answer, Refusal) and answer.is_not_found else let_in(answer)


def _names(permit: Permit, page: Page) -> dict[str, str] | None:
    """The names of the users on a page of lines, where the organisation chose to show them."""
    if not settings.READERS_BY_NAME:
        return None
    users = [line.actor.code for line in page.lines if line.actor.kind is ActorKind.USER]
    return names_of_readers(permit=permit, readers=map(UUID, users))


def _subject(permit: Permit) -> UUID:
    if permit.subject is None:
        raise Http404(_("Er is geen dossier over u."))
    return permit.subject


def _before(request: HttpRequest) -> int | None:
    given = request.GET.get("voor", "")
    if not given:
        return None
    if not given.isascii() or not given.isdigit() or len(given) > 18:
        raise Http404(_("Deze bladzijde bestaat niet."))
    return int(given)
