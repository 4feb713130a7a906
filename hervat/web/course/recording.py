"""Recording what happened: one form for each kind of fact, with the reason where a step turns out to be late.

Who wrote on an older version loses nothing typed: the form comes back for the newest one. After it the
dossier says once which dates moved. Must never: record without a day that somebody gave.
Read next: `forms.py`, `../presenters/difference.py`, `../../course/actions/recording.py`.
"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hervat.course.actions.recording import record
from hervat.course.rules.difference import Difference
from hervat.course.rules.faults import CourseFault
from hervat.course.rules.reasons import ReasonFault, ReasonMissing
from hervat.dossiers.actions.correcting import KeyGone
from hervat.dossiers.actions.recording import StaleDossier
from hervat.dossiers.queries.overview import overview
from hervat.register.permit import NotPermitted, Permit
from hervat.web.course.forms import Record
from hervat.web.dossiers.asking import behind_the_door, enter, stored, today
from hervat.web.presenters.difference import keep_difference, present_difference
from hervat.web.presenters.dossier import shown_number
from hervat.web.presenters.kinds import (
    RECORDED,
    help_of,
    may_record,
    not_obliged,
    words_of,
    writable_kinds,
)


@require_http_methods(["GET", "HEAD", "POST"])
@behind_the_door
def record_fact(request: HttpRequest, case: str, kind: str) -> HttpResponse:
    """Show the form of a kind of fact, or record what was filled in."""
    if kind not in RECORDED:
        raise Http404(_("Dit kan hier niet worden vastgelegd."))
    permit = enter(request, stored(case), RECORDED[kind][0].rule.operation)
    if not may_record(permit, kind):
        raise NotPermitted(kind)
    kinds = writable_kinds(permit, kind)
    if request.method != "POST":
        start = {"version": overview(permit).version, "dag": today()}
        return _show(request, permit, case, Record(initial=start, code=kind, kinds=kinds, asks_why=False))
    form = Record(request.POST, code=kind, kinds=kinds, asks_why="waarom" in request.POST)
    if not form.is_valid():
        return _show(request, permit, case, form, status=422)
    return _record(request, permit, case, form)


def _record(request: HttpRequest, permit: Permit, case: str, form: Record) -> HttpResponse:
    try:
        difference = record(
            permit=permit,
            expected_version=form.cleaned_data["version"],
            facts=form.facts,
            reason=form.motive if "waarom" in form.fields else None,
        )
    except StaleDossier as stale:
        again = _for_newest(request, form, stale.version)
        return _show(request, permit, case, again, status=409, stale=str(stale))
    except ReasonMissing as missing:
        form = Record(request.POST, code=form.code, kinds=form.kinds, asks_why=True)
        form.is_valid()
        form.add_error("waarom", str(missing))
    except ReasonFault as fault:
        form.add_error("toelichting", str(fault))
    except (CourseFault, KeyGone) as fault:
        form.add_error(None, str(fault))
    else:
        return _back(request, case, form, difference)
    return _show(request, permit, case, form, status=422)


def _for_newest(request: HttpRequest, form: Record, version: int) -> Record:
    """The form as it was filled in, for the newest version; saving it again is a choice."""
    given = request.POST.copy()
    given["version"] = str(version)
    return Record(given, code=form.code, kinds=form.kinds, asks_why="waarom" in form.fields)


def _show(
    request: HttpRequest, permit: Permit, case: str, form: Record, *, status: int = 200, stale: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "number": shown_number(case),
        "words": words_of(form.code),
        "help_href": help_of(form.code),
        "free": not_obliged(permit, form.code),
        "stale": stale,
    }
    return render(request, "hervat/course_record.html", context, status=status)


def _back(request: HttpRequest, case: str, form: Record, difference: Difference) -> HttpResponse:
    keep_difference(request, stored(case), present_difference(words_of(form.code).title, difference))
    return HttpResponseRedirect(reverse("dossier", args=[shown_number(case)]), status=303)
