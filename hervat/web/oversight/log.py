"""The log for who oversees: filters, pages that follow on, one action opened, and a file to take along.

Who and whom stand in the session of the reader, never in an address. Must never: show a line without its
reading being one itself; widen a question that is no longer known.
Read next: `hervat/journal/queries/browsing.py`, `../presenters/log.py`.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hervat.access.refusals import Why
from hervat.access.tracing import trace_case
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record_refusal
from hervat.journal.queries.browsing import MOST_EXPORTED, TooMuch, Wanted, browse, export
from hervat.journal.queries.lines import MOST_FOUND, LineView, Page, search
from hervat.journal.queries.seal_state import seal_state
from hervat.journal.rules.acts import Act
from hervat.journal.rules.line import Effect
from hervat.organisation.queries.lists import names_of
from hervat.organisation.queries.standing import unit_tree
from hervat.register import in_force
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import ActorKind, Item, Operation, Role, Scope
from hervat.web.desk import keep, overseeing, recall
from hervat.web.login.sessions import confirm_first
from hervat.web.oversight.forms import REFUSED, LogForm, purpose_of
from hervat.web.presenters.log import Beside, present_actions, present_lines, present_seal
from hervat.web.presenters.log_file import as_file

ON_A_PAGE = 50
MOST_CHILDREN = 200
OPEN = ("van", "tot", "rol", "doel", "handeling", "uitkomst")
"""What may stand in an address: it is about nobody."""
SECRET = ("wie", "over")
FILE_NAME = "logboek.csv"


@require_http_methods(["GET", "HEAD", "POST"])
@overseeing
def lines(request: HttpRequest, permit: Permit) -> HttpResponse:
    """Show a page of the log; sent, go to the address of what is asked."""
    if request.method == "POST":
        form = _form(request.POST.dict(), permit)
        return _to_address(request, form) if form.is_valid() else _page(request, form, status=422)
    asked = _asked(request, request.GET.dict())
    if asked is None:
        return _page(request, _form(_only(request.GET, OPEN), permit), forgotten=True, status=410)
    form = _form(asked, permit)
    wanted = _wanted(permit, form)
    if wanted is None:
        return _page(request, form, status=422)
    try:
        page = browse(wanted, asked_by=_act(permit), before_id=_before(request), limit=ON_A_PAGE)
    except TooMuch:
        return _too_much(request, form, permit)
    return _page(request, form, found=_found(request, permit, page))


@require_safe
@overseeing
def action(request: HttpRequest, permit: Permit, trace: UUID) -> HttpResponse:
    """Show the actions of one trace, with whom each met."""
    page = search(asked_by=_act(permit), trace_id=trace, limit=MOST_FOUND)
    if not page.lines:
        raise Http404(_("Deze handeling staat niet in het logboek, of is na de bewaartermijn vernietigd."))
    actions = present_actions(page.lines, _beside(permit, page.lines), most=MOST_CHILDREN)
    return render(request, "hervat/log_line.html", {"actions": actions, "trace": trace, "more": page.more})


@require_POST
@overseeing
def take_along(request: HttpRequest, permit: Permit) -> HttpResponse:
    """Give what the filter finds as a file, up to a bound, and say so in the log."""
    return confirm_first(_file)(request, permit)


def _file(request: HttpRequest, permit: Permit) -> HttpResponse:
    asked = _asked(request, request.POST.dict())
    form = _form(asked or {}, permit)
    wanted = None if asked is None else _wanted(permit, form)
    if wanted is None:
        return _page(request, form, forgotten=asked is None, status=422)
    try:
        page = export(wanted, asked_by=_act(permit), limit=MOST_EXPORTED)
    except TooMuch:
        return _too_much(request, form, permit)
    response = HttpResponse(
        as_file(page.lines, _beside(permit, page.lines)), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


def _form(asked: Mapping[str, Any], permit: Permit) -> LogForm:
    today = permit.on
    initial = {"van": today - timedelta(days=6), "tot": today}
    days = {name: asked.get(name) or initial[name].isoformat() for name in ("van", "tot")}
    return LogForm({**asked, **days}, register=in_force.history().on(today))


def _asked(request: HttpRequest, values: Mapping[str, str]) -> dict[str, str] | None:
    """What is asked, with what was kept aside; nothing when that is no longer known."""
    asked = _only(values, OPEN)
    token = values.get("zoek", "")
    if not token:
        return asked
    kept = recall(request, token)
    return None if kept is None else asked | kept


def _only(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    return {name: str(values[name]) for name in names if values.get(name)}


def _to_address(request: HttpRequest, form: LogForm) -> HttpResponse:
    typed = _only(form.data, (*OPEN, *SECRET))
    address = {name: typed[name] for name in OPEN if name in typed}
    secret = {name: str(form.cleaned_data[name]) for name in SECRET if form.cleaned_data.get(name)}
    if secret:
        address["zoek"] = keep(request, secret)
    return HttpResponseRedirect(f"{reverse('log')}?{urlencode(address)}", status=303)


def _wanted(permit: Permit, form: LogForm) -> Wanted | None:
    """What is asked; nothing when it cannot be, and then the form says why."""
    if not form.is_valid():
        return None
    given = form.cleaned_data
    case = trace_case(permit, given["over"]) if given["over"] else None
    if case is None and isinstance(given["over"], str) and given["over"]:
        record_refusal(_act(permit), (), Why.UNKNOWN_CASE.value)
        form.add_error(
            "over", _("Dit casenummer is er niet, of het dossier is vernietigd. Kijk het nummer na.")
        )
        return None
    return Wanted(
        since=_midnight(given["van"]),
        until=_midnight(given["tot"] + timedelta(days=1)),
        actor=given["wie"] or None,
        about=case.person if case else given["over"] or None,
        dossier=case.dossier if case else None,
        role=Role(given["rol"]) if given["rol"] else None,
        purpose=purpose_of(given["doel"]),
        operation=Operation(given["handeling"]) if given["handeling"] else None,
        refused_only=given["uitkomst"] == REFUSED,
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _before(request: HttpRequest) -> int | None:
    given = request.GET.get("voor", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None


def _act(permit: Permit) -> Act:
    """The reading as an act of its own. Raises `NotPermitted` for who may see only their own lines."""
    if permit.scope(Item.USER_ACTIVITY) is not Scope.FULL:
        raise NotPermitted("Deze machtiging geeft geen recht op het logboek van anderen.")
    return act_of(permit, Operation.OVERSEE, Effect.READ)


def _beside(permit: Permit, lines: Iterable[LineView]) -> Beside:
    by_users = [line.actor for line in lines if line.actor.kind is ActorKind.USER]
    # Whoever acts as re-integrant is ill: no name beside that code, on this page or in this file.
    ill = {actor.code for actor in by_users if actor.role is Role.RE_INTEGRANT}
    users = [UUID(code) for code in {actor.code for actor in by_users} - ill if _is_uuid(code)]
    return Beside(in_force.history().on(permit.on), names_of(permit=permit, users=users), unit_tree())


def _is_uuid(code: str) -> bool:
    try:
        return str(UUID(code)) == code
    except ValueError:
        return False


def _found(request: HttpRequest, permit: Permit, page: Page) -> dict[str, object]:
    address = _only(request.GET, (*OPEN, "zoek"))
    older = urlencode(address | {"voor": str(page.lines[-1].id)}) if page.more else ""
    return {
        "rows": present_lines(page.lines, _beside(permit, page.lines)),
        "about": any(line.parent_span_id for line in page.lines),
        "older": older,
        "newest": urlencode(address) if _before(request) is not None else "",
        "kept": address,
    }


def _too_much(request: HttpRequest, form: LogForm, permit: Permit) -> HttpResponse:
    record_refusal(_act(permit), (), "te-veel-regels")
    form.add_error("van", _("Dit zijn te veel regels om door te lezen. Kies een kortere periode."))
    return _page(request, form, status=422)


def _page(
    request: HttpRequest,
    form: LogForm,
    *,
    found: dict[str, object] | None = None,
    forgotten: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "found": found,
        "forgotten": forgotten,
        "seal": present_seal(seal_state()),
        "most": MOST_EXPORTED,
    }
    return render(request, "hervat/log.html", context, status=status)
