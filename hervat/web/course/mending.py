"""Correcting or withdrawing a fact, with a reason; what stood there stays, and is told in the story.

Must never: offer to change a fact that the permit may not write. Read next: `recording.py`, `forms.py`.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hervat.course.actions.recording import replace
from hervat.course.queries.course import CourseView, course
from hervat.course.queries.reading import FactView
from hervat.course.rules.faults import CourseFault
from hervat.course.rules.reasons import ReasonFault, ReasonMissing
from hervat.course.rules.values import SanctionTerms
from hervat.course.rules.vocabulary import Form
from hervat.dossiers.actions.correcting import KeyGone
from hervat.dossiers.actions.recording import StaleDossier
from hervat.register.cells import Shown
from hervat.register.permit import NotPermitted, Permit
from hervat.web.course.forms import Mend
from hervat.web.dossiers.asking import behind_the_door, enter, stored
from hervat.web.presenters.difference import keep_difference, present_difference
from hervat.web.presenters.dossier import shown_number
from hervat.web.presenters.kinds import code_of, may_record, words_of
from hervat.web.presenters.story import fact_text


@require_http_methods(["GET", "HEAD", "POST"])
@behind_the_door
def mend(request: HttpRequest, case: str, fact: UUID) -> HttpResponse:
    """Show a fact to be corrected or withdrawn, or do so."""
    view = course(enter(request, stored(case)))
    found = _find(view, fact)
    code = code_of(found.kind)
    permit = enter(request, stored(case), found.kind.rule.operation)
    if not may_record(permit, code):
        raise NotPermitted(code)
    sent = request.method == "POST"
    start = {"version": view.version, **_filled(found)}
    form = Mend(
        request.POST if sent else None,
        initial=start,
        code=code,
        kinds=[found.kind],
        asks_why=sent and "waarom" in request.POST,
    )
    if sent and form.is_valid():
        answer = _mend(request, permit, case, found, form)
        if answer is not None:
            return answer
    context = {
        "form": form,
        "number": shown_number(case),
        "what": fact_text(found),
        "words": words_of(code),
    }
    return render(request, "hervat/course_mend.html", context, status=422 if sent else 200)


def _mend(
    request: HttpRequest, permit: Permit, case: str, found: FactView, form: Mend
) -> HttpResponse | None:
    try:
        difference = replace(
            permit=permit,
            expected_version=form.cleaned_data["version"],
            fact=found.id,
            by=None if form.withdraws else form.facts[0],
            why=form.correction,
            reason=form.motive if "waarom" in form.fields else None,
        )
    except StaleDossier as stale:
        given: Any = form.data
        form.data = {**given.dict(), "version": str(stale.version)}
        form.add_error(None, str(stale))
    except ReasonMissing as missing:
        form.ask_why()
        form.add_error("waarom", str(missing))
    except ReasonFault as fault:
        form.add_error("toelichting", str(fault))
    except (CourseFault, KeyGone) as fault:
        form.add_error(None, str(fault))
    else:
        title = _("Ingetrokken") if form.withdraws else _("Verbeterd")
        keep_difference(request, stored(case), present_difference(title, difference))
        return HttpResponseRedirect(reverse("dossier", args=[shown_number(case)]), status=303)
    return None


def _find(view: CourseView, fact: UUID) -> FactView:
    for cell in view.facts.values():
        for one in (cell.value or ()) if isinstance(cell, Shown) else ():
            if one.id == fact:
                return one
    raise Http404(_("Dit gegeven is er niet, of het is al vervangen."))


def _filled(fact: FactView) -> Mapping[str, Any]:
    name, detail = fact.kind.value, fact.detail
    found: dict[str, Any] = {"dag": fact.happened_on, "laatste": fact.last_day}
    if fact.kind.rule.form is Form.QUARTERS and isinstance(detail, int):
        return found | {name: f"{detail / 4:g}"}
    if isinstance(detail, SanctionTerms):
        kind = detail.kind.value if detail.kind else ""
        return found | {f"{name}-weken": detail.weeks, f"{name}-soort": kind}
    return found | {name: getattr(detail, "value", detail)}
