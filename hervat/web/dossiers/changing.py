"""Recording in a dossier: correcting a part, closing, opening again. One form, one action, each.

Whoever wrote on an older version sees what changed meanwhile beside what they typed; nothing typed is lost.
Must never: write what the visitor did not change. Read next: `forms.py`, `../../dossiers/actions/`.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hervat.access import door
from hervat.access.refusals import Refusal, nothing_allowed
from hervat.course.actions.closing import close as close_course
from hervat.course.actions.closing import reopen as reopen_course
from hervat.dossiers.actions.closing import ClosingRefused
from hervat.dossiers.actions.correcting import (
    KeyGone,
    correct_appointment,
    correct_identity,
    record_benefit_facts,
    record_work_facts,
)
from hervat.dossiers.actions.opening import AlreadyOpen
from hervat.dossiers.actions.recording import ReasonNeeded, StaleDossier
from hervat.dossiers.queries.overview import overview
from hervat.dossiers.queries.rows import Row
from hervat.dossiers.rules.values import Value, ValueFault
from hervat.dossiers.rules.vocabulary import FIELDS, Field, Part
from hervat.register.cells import Shown
from hervat.register.decisions import Allowed
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Operation, Use
from hervat.web.dossiers.asking import Shut, ask, behind_the_door, enter, let_in, stored, today
from hervat.web.dossiers.forms import Close, Correction, Reopen
from hervat.web.dossiers.views import shown
from hervat.web.presenters.changed import present_stale
from hervat.web.presenters.dossier import may_close, writable
from hervat.web.presenters.facts import part_title

_ACTIONS: dict[Part, Callable[..., int]] = {
    Part.IDENTITY: correct_identity,
    Part.APPOINTMENT: correct_appointment,
    Part.WORK: record_work_facts,
    Part.BENEFITS: record_benefit_facts,
}


@require_http_methods(["GET", "HEAD", "POST"])
@behind_the_door
def correct(request: HttpRequest, case: str, part: str) -> HttpResponse:
    """Show the form of a part, or record what was changed in it."""
    if part not in set(Part):
        raise Http404(_("Dit deel van het dossier bestaat niet."))
    permit = enter(request, stored(case), Operation.KEEP_DOSSIER)
    wanted = writable(permit, Part(part))
    if not wanted:
        raise Shut(_why_not(permit, Part(part)))
    if request.method != "POST":
        row = overview(permit)
        form = Correction(wanted=wanted, values=_values(row), initial={"version": row.version})
        return _show(request, case, Part(part), form)
    form = Correction(request.POST, wanted=wanted, values={})
    if not form.is_valid():
        return _show(request, case, Part(part), form, status=422)
    return _record(request, permit, case, Part(part), form)


def _why_not(permit: Permit, part: Part) -> Refusal:
    """Why nothing of a part may be recorded: what the register says of its first field that is refused."""
    decisions = [permit.decision(field.item, Use.WRITE) for field in FIELDS[part]]
    refused = [decision for decision in decisions if not isinstance(decision, Allowed)]
    if not refused:
        raise NotPermitted(part)
    return nothing_allowed(refused[0])


def _record(request: HttpRequest, permit: Permit, case: str, part: Part, form: Correction) -> HttpResponse:
    if not form.changes:
        return _shown_again(case, part)
    try:
        _ACTIONS[part](
            permit=permit,
            expected_version=form.cleaned_data["version"],
            changes=form.changes,
            reason=form.reason,
        )
    except StaleDossier as stale:
        return _show_stale(request, permit, case, part, form, stale)
    except ReasonNeeded as needed:
        form.add_error("reden", str(needed))
    except ValueFault as fault:
        form.add_error(_control_of(form, fault.field), str(fault))
    except KeyGone as gone:
        form.add_error(None, str(gone))
    return _shown_again(case, part) if form.is_valid() else _show(request, case, part, form, status=422)


def _show_stale(
    request: HttpRequest, permit: Permit, case: str, part: Part, form: Correction, stale: StaleDossier
) -> HttpResponse:
    """The form as it was filled in, for the newest version, and beside it what stands there now."""
    row = overview(permit)
    given = request.POST.copy()
    given["version"] = str(row.version)
    again = Correction(given, wanted=form.wanted, values={})
    return _show(request, case, part, again, status=409, stale=present_stale(stale, row, form.changes))


def _show(
    request: HttpRequest, case: str, part: Part, form: Any, *, status: int = 200, stale: Any = None
) -> HttpResponse:
    context = {"form": form, "number": shown(case), "title": part_title(part), "stale": stale}
    return render(request, "hervat/dossier_correct.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@behind_the_door
def close(request: HttpRequest, case: str) -> HttpResponse:
    """Close a dossier on a day, with a reason."""
    permit = enter(request, stored(case), Operation.KEEP_DOSSIER)
    if not may_close(permit):
        raise NotPermitted("sluiten")
    texts = (
        _("Dossier sluiten"),
        _("Sluit het dossier"),
        _("Na sluiting leest alleen de re-integrant verder; anderen per geval, met grond en einddatum."),
    )
    return _end(request, case, permit, (Close, close_course), texts)


@require_http_methods(["GET", "HEAD", "POST"])
@behind_the_door
def reopen(request: HttpRequest, case: str) -> HttpResponse:
    """Open a closed dossier again, with a reason."""
    permit = let_in(door.reopen(ask(request, Operation.KEEP_DOSSIER), stored(case)))
    if not may_close(permit):
        raise NotPermitted("heropenen")
    texts = (
        _("Dossier heropenen"),
        _("Heropen het dossier"),
        _("Na heropening ziet ieder met een rol in dit dossier weer wat die rol mag zien."),
    )
    return _end(request, case, permit, (Reopen, reopen_course), texts)


def _end(
    request: HttpRequest,
    case: str,
    permit: Permit,
    what: tuple[type[Close], Callable[..., int]],
    texts: tuple[str, str, str],
) -> HttpResponse:
    kind, action = what
    sent = request.method == "POST"
    form = kind(request.POST) if sent else kind(initial={"version": overview(permit).version, "dag": today()})
    if sent and form.is_valid():
        fault = _ended(action, permit, form)
        if not fault:
            return _back(case) if kind is Reopen else HttpResponseRedirect(reverse("caseload"), status=303)
        form.add_error(None, fault)
    context = {"form": form, "number": shown(case), "title": texts[0], "button": texts[1], "text": texts[2]}
    return render(request, "hervat/dossier_close.html", context, status=422 if sent else 200)


def _ended(action: Callable[..., int], permit: Permit, form: Close) -> str:
    given = form.cleaned_data
    try:
        action(permit=permit, expected_version=given["version"], on=given["dag"], reason=form.reason)
    except (ClosingRefused, StaleDossier, AlreadyOpen) as refused:
        return str(refused)
    return ""


def _values(row: Row) -> dict[Field, Value]:
    shown_cells = ((field, cell) for field, cell in row.facts.items() if isinstance(cell, Shown))
    return {field: cell.value for field, cell in shown_cells if cell.value is not None}


def _control_of(form: Correction, field: Field) -> str | None:
    return next((name for name in form.fields if name.partition("-")[0] == field.value), None)


def _shown_again(case: str, part: Part) -> HttpResponse:
    """Back to the data, at the part that was changed."""
    where = reverse("dossier-data", args=[shown(case)])
    return HttpResponseRedirect(f"{where}#deel-{part.value}", status=303)


def _back(case: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("dossier", args=[shown(case)]), status=303)
