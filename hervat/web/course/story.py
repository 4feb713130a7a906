"""What happened in a dossier, in plain sentences; and what a change would move, before anybody makes it.

Must never: keep what somebody only wondered about. Read next: `../presenters/story.py`,
`../../course/queries/whatif.py`.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hervat.course.queries.story import story
from hervat.course.queries.whatif import what_if
from hervat.course.rules.faults import CourseFault
from hervat.course.rules.vocabulary import Kind
from hervat.register.permit import Permit
from hervat.web.course.forms import Record
from hervat.web.dossiers.asking import behind_the_door, enter, stored, today
from hervat.web.presenters.difference import present_difference
from hervat.web.presenters.dossier import shown_number
from hervat.web.presenters.kinds import RECORDED, Offer, may_wonder, wonders, words_of
from hervat.web.presenters.story import present_story


@require_safe
@behind_the_door
def dossier_story(request: HttpRequest, case: str) -> HttpResponse:
    """Tell what happened, the newest first."""
    permit = enter(request, stored(case))
    context = {"view": present_story(permit, story(permit)), "number": shown_number(case)}
    return render(request, "hervat/dossier_story.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@behind_the_door
def dossier_what_if(request: HttpRequest, case: str) -> HttpResponse:
    """Show which dates would move if something had happened; nothing is kept."""
    permit = enter(request, stored(case))
    choices = wonders(permit)
    if not choices:
        raise Http404(_("Hier valt niets uit te proberen."))
    asked = request.POST.get("soort") or request.GET.get("soort") or _first(choices)
    if asked not in RECORDED or not may_wonder(permit, asked):
        raise Http404(_("Dit valt hier niet uit te proberen."))
    sent = request.method == "POST"
    start = {"version": 1, "dag": today()}
    given = request.POST if sent else None
    form = Record(given, initial=start, code=asked, kinds=RECORDED[asked], asks_why=False)
    context = {
        "form": form,
        "number": shown_number(case),
        "choices": choices,
        "chosen": asked,
        "words": words_of(asked),
        "difference": _asked(permit, form) if sent and form.is_valid() else None,
    }
    return render(request, "hervat/dossier_what_if.html", context, status=422 if form.errors else 200)


def _first(choices: tuple[Offer, ...]) -> str:
    """Recovery is what most people wonder about."""
    codes = [one.code for one in choices]
    return Kind.RECOVERED.value if Kind.RECOVERED in codes else codes[0]


def _asked(permit: Permit, form: Record) -> object:
    try:
        return present_difference(words_of(form.code).title, what_if(permit, form.facts))
    except CourseFault as fault:
        form.add_error(None, str(fault))
    return None
