"""The two pages of the calculator: fill in and see, and the rules behind it.

What is sent is computed and forgotten. Must never: store it, log it, put it in an address, or set a
cookie. Read next: `reading.py`, `../presenters/terms.py`, `calendar.py`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from hervat.law.timeline import Timeline, timeline
from hervat.web.presenters.terms import present_case
from hervat.web.presenters.terms_compare import present_comparison
from hervat.web.presenters.terms_drawing import draw_tall, draw_wide, keys
from hervat.web.presenters.terms_form import present_form
from hervat.web.presenters.terms_rules import present_rules
from hervat.web.terms import fields
from hervat.web.terms.calendar import FILE_NAME, MEDIA_TYPE, calendar_file
from hervat.web.terms.fields import WHAT_IF, Do
from hervat.web.terms.reading import Given, keep, nothing_given, read

PAGE = "hervat/terms.html"


# No CSRF token: its cookie would be set on every plain visit. There is nothing to forge: the answer is
# computed from the question alone, nothing is kept, and no visitor is known.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest) -> HttpResponse:
    """Show the form; sent, show the timeline of what was filled in."""
    today = timezone.localdate()
    if request.method != "POST":
        return render(request, PAGE, {"form": present_form(nothing_given(today))})
    response = _answer(request, request.POST.dict(), today)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show every number and rule of the law with its article."""
    view = present_rules(get_language() or "nl", timezone.localdate())
    return render(request, "hervat/terms_rules.html", {"view": view})


def _answer(request: HttpRequest, posted: Mapping[str, str], today: date) -> HttpResponse:
    do = posted.get("doe", "")
    if do in {Do.ADD_SPELL, Do.ADD_LEAVE}:
        given = _with_a_row_more(keep(posted, "", today), do)
        return render(request, PAGE, {"form": present_form(given)})
    given = read(posted, "", today)
    if given.situation is None:
        return render(request, PAGE, {"form": present_form(given)}, status=422)
    found = timeline(given.situation, on=given.on)
    if do == Do.CALENDAR:
        return _file(found)
    return _result(request, posted, given, found)


def _result(request: HttpRequest, posted: Mapping[str, str], given: Given, found: Timeline) -> HttpResponse:
    do, case = posted.get("doe", ""), present_case(found)
    context = {
        "form": present_form(given),
        "case": case,
        "drawings": (draw_wide(case, "tijdlijn"), draw_tall(case, "tijdlijn")),
        "keys": keys(case),
    }
    if do not in fields.ABOUT_WHAT_IF:
        return render(request, PAGE, context | {"what_if": present_form(given, WHAT_IF)})
    return _what_if(request, posted, context, found, given.on)


def _what_if(
    request: HttpRequest, posted: Mapping[str, str], context: dict[str, object], before: Timeline, on: date
) -> HttpResponse:
    do = posted["doe"]
    context["asked"] = True
    if do != Do.WHAT_IF:
        changed = _with_a_row_more(keep(posted, WHAT_IF, on), do)
        return render(request, PAGE, context | {"what_if": present_form(changed, WHAT_IF)})
    changed = read(posted, WHAT_IF, on)
    context["what_if"] = present_form(changed, WHAT_IF)
    if changed.situation is None:
        return render(request, PAGE, context, status=422)
    after = timeline(changed.situation, on=changed.on)
    return render(request, PAGE, context | {"compared": present_comparison(before, after)})


def _with_a_row_more(given: Given, do: str) -> Given:
    if do in {Do.ADD_SPELL, Do.WHAT_IF_SPELL}:
        return replace(given, spells=min(given.spells + 1, fields.MOST_SPELLS))
    return replace(given, leaves=min(given.leaves + 1, fields.MOST_LEAVES))


def _file(found: Timeline) -> HttpResponse:
    response = HttpResponse(calendar_file(found, timezone.now()), content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response
