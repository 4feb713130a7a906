"""How a page asks the door: who, as which role, for which purpose, today; and what it answers to a refusal.

Must never: ask inside a transaction, or answer what may not be known otherwise than what is not there.
Read next: `../../access/door.py`, `views.py`.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from hervat.access import door
from hervat.access.asking import Asked
from hervat.access.choosing import purposes_for, roles_among
from hervat.access.refusals import Refusal, Why
from hervat.dossiers.queries.caseload import caseload
from hervat.dossiers.queries.rows import Row
from hervat.dossiers.rules.case_number import read_case_number
from hervat.dossiers.rules.vocabulary import Status
from hervat.journal.actions.append import begin
from hervat.register.model import PurposeId
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Operation, Role, Source
from hervat.web.login.lines import address_of
from hervat.web.login.visitor import postings_of
from hervat.web.presenters.refused import Refused, say_refused
from hervat.web.source import is_demo

View = Callable[..., HttpResponse]


class Shut(Exception):  # noqa: N818 - it names the situation: the door stays shut
    """The door said no."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.why.value)
        self.refusal = refusal


def behind_the_door(view: View) -> View:
    """Decorator: answer 404 to what may not be known and 403, with the reason, to what is forbidden."""

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: str) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Shut as shut:
            if shut.refusal.is_not_found:
                raise Http404(shut.refusal.reason.text) from None
            closed = shut.refusal.why is Why.CLOSED
            return _refused(request, say_refused(shut.refusal.reason, kwargs.get("case") if closed else None))
        except NotPermitted:
            return _refused(request, say_refused(None, None))

    return answered


def let_in(answer: Permit | Refusal) -> Permit:
    """Return the permit. Raises `Shut`."""
    if isinstance(answer, Refusal):
        raise Shut(answer)
    return answer


def ask(
    request: HttpRequest,
    operation: Operation,
    *,
    role: Role | None = None,
    purpose: PurposeId | None = None,
) -> Asked:
    """Return what a visitor asks: as the address chooses, and otherwise what is widest for the role."""
    role = role or chosen_role(request)
    return Asked(
        user=user_code(request),
        operation=operation,
        purpose=purpose or _purpose(request, operation, role),
        on=today(),
        source=Source.WEB,
        trace=begin(request.headers.get("traceparent")),
        caller=request.headers.get("traceparent"),
        address=address_of(request),
        role=role,
        demo=is_demo(request),
    )


def today() -> date:
    """Return the day in Amsterdam."""
    return timezone.localdate()


def user_code(request: HttpRequest) -> UUID:
    """Return who is logged in, by the code of the log."""
    code: UUID = request.user.code  # type: ignore[union-attr]
    return code


def roles_of(request: HttpRequest, operation: Operation) -> tuple[Role, ...]:
    """Return the roles in which who is logged in may do something."""
    return roles_among(postings_of(request), operation, today())


def chosen_role(request: HttpRequest) -> Role | None:
    """Return the role that the address asks for. An unknown one raises 404: nobody has it."""
    given = _asked_for(request, "rol")
    if not given:
        return None
    try:
        return Role(given)
    except ValueError:
        raise Http404(_("Deze rol bestaat niet.")) from None


def own_rows(request: HttpRequest) -> tuple[Row, ...]:
    """Return the dossiers of whoever asks, as re-integrant: open ones first."""
    asked = ask(request, Operation.LIST_CASELOAD, role=Role.RE_INTEGRANT)
    permit = let_in(door.caseload(asked))
    pages = [caseload(permit, status=status, fields=()) for status in (Status.OPEN, Status.CLOSED)]
    return tuple(row for page in pages for row in page.rows)


def enter(request: HttpRequest, case: str, operation: Operation = Operation.READ_DOSSIER) -> Permit:
    """Return a permit for one dossier. Raises `Shut`."""
    return let_in(door.enter(ask(request, operation), case))


def stored(case: str) -> str:
    """Return a case number as it stands in an address, or what was typed when it is none."""
    return read_case_number(case) or case


def _purpose(request: HttpRequest, operation: Operation, role: Role | None) -> PurposeId:
    given = _asked_for(request, "doel")
    if given:
        return PurposeId(given)
    roles = [role] if role else [*roles_of(request, operation), Role.RE_INTEGRANT]
    fitting = [purpose for one in roles for purpose in purposes_for(one, operation, today())]
    if fitting:
        return fitting[0].id
    return door.desk_purpose(Operation.EXERCISE_RIGHTS, today())


def _asked_for(request: HttpRequest, name: str) -> str:
    return (request.POST.get(name) or request.GET.get(name) or "").strip()


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    return render(request, "hervat/refused.html", {"view": refused}, status=403)
