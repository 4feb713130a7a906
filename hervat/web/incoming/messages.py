"""The messages that were set apart: a list, and one to put right and take in, or to put away with a reason.

Whoever comes second is told so: nothing is taken in twice, by two people, in two tabs or with the back
button. Must never: keep what a message says outside the room that sealed it.
Read next: `forms.py`, `../presenters/feed.py`, `../../exchange/actions/quarantine.py`.
"""

from dataclasses import replace
from typing import Final
from uuid import UUID

from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hervat.access import door
from hervat.access.feed import Feed
from hervat.dossiers.actions.recording import StaleDossier
from hervat.exchange.actions.quarantine import (
    NotWaiting,
    QuarantineRefused,
    correct_and_release,
    discard,
)
from hervat.exchange.queries.quarantine import Opened, open_quarantined, quarantine
from hervat.exchange.rules.faults import Fault
from hervat.exchange.rules.vocabulary import Outcome
from hervat.register.permit import Permit
from hervat.register.vocabulary import Operation, Role, Source
from hervat.web.dossiers.asking import ask, behind_the_door, let_in, today
from hervat.web.errors import Problem
from hervat.web.incoming.forms import PutAway, PutRight
from hervat.web.login.visitor import standing_of
from hervat.web.presenters.feed import feed_href, lacking, present_feed, present_message, settled_text
from hervat.web.source import is_demo
from hervat.web.work.looking import colleague_of, colleagues_of

_KEPT: Final = "hervat_bericht_afgehandeld"


@require_safe
@behind_the_door
def feed(request: HttpRequest) -> HttpResponse:
    """Show what waits, the oldest first, and once what became of the last."""
    permit = _incoming(request)
    found, done = quarantine(permit), request.session.pop(_KEPT, "")
    view = present_feed(
        found,
        standing_of(request).tree,
        today(),
        destroys=_feed(request).destroys_quarantine,
        done=done,
        whose=permit.principal,
        colleagues=colleagues_of(request, Role.PO_ADVISER),
    )
    return render(request, "hervat/feed.html", {"view": view})


@require_http_methods(["GET", "HEAD", "POST"])
@behind_the_door
def feed_message(request: HttpRequest, entry: UUID) -> HttpResponse:
    """Show one message to put right, take it in, or put it away."""
    permit = _incoming(request)
    try:
        opened = open_quarantined(permit, entry)
        if request.method != "POST":
            return _show(request, permit, opened)
        act = _put_away if request.POST.get("doe") == "afwijzen" else _take_in
        return act(request, permit, opened)
    except QuarantineRefused as refused:
        return _refused(request, permit, refused)
    except (StaleDossier, IntegrityError):
        # The feed or a colleague wrote to this dossier or made this person at the same moment.
        return _problem(request, permit, 409, _("Iemand was u net voor"), _first())


def _take_in(request: HttpRequest, permit: Permit, opened: Opened) -> HttpResponse:
    form = PutRight(request.POST, opened=opened, lacking=lacking(opened, permit))
    if not form.is_valid():
        return _show(request, permit, opened, right=form, status=422)
    if form.cleaned_data["version"] != opened.waiting.version:
        return _changed(request, permit, opened)
    answer = correct_and_release(
        permit=permit,
        admits=_feed(request),
        entry=opened.waiting.id,
        expected_version=form.cleaned_data["version"],
        changes=form.changes,
    )
    if isinstance(answer, Fault):
        again = open_quarantined(permit, opened.waiting.id)
        return _show(request, permit, again, status=422, refused=True)
    return _done(request, permit, answer)


def _put_away(request: HttpRequest, permit: Permit, opened: Opened) -> HttpResponse:
    form = PutAway(request.POST)
    if not form.is_valid():
        return _show(request, permit, opened, away=form, status=422)
    if form.cleaned_data["version"] != opened.waiting.version:
        return _changed(request, permit, opened)
    discard(
        permit=permit,
        entry=opened.waiting.id,
        expected_version=form.cleaned_data["version"],
        reason=form.reason,
    )
    return _done(request, permit, Outcome.DISCARDED)


def _changed(request: HttpRequest, permit: Permit, opened: Opened) -> HttpResponse:
    """The form as it was filled in, for the newest version; sending it again is a choice."""
    given: QueryDict = request.POST.copy()
    given["version"] = str(opened.waiting.version)
    right = PutRight(given, opened=opened, lacking=lacking(opened, permit))
    right.is_valid()
    return _show(request, permit, opened, right=right, status=409, stale=True)


def _show(
    request: HttpRequest,
    permit: Permit,
    opened: Opened,
    *,
    right: PutRight | None = None,
    away: PutAway | None = None,
    status: int = 200,
    stale: bool = False,
    refused: bool = False,
) -> HttpResponse:
    start = {"version": opened.waiting.version}
    destroys = _feed(request).destroys_quarantine
    context = {
        "view": present_message(opened, standing_of(request).tree, today(), destroys=destroys),
        "right": right or PutRight(initial=start, opened=opened, lacking=lacking(opened, permit)),
        "away": away or PutAway(initial=start),
        "list_href": feed_href(permit.principal),
        "stale": stale,
        "refused": refused,
    }
    return render(request, "hervat/feed_message.html", context, status=status)


def _done(request: HttpRequest, permit: Permit, outcome: Outcome) -> HttpResponse:
    request.session[_KEPT] = outcome.value
    return HttpResponseRedirect(feed_href(permit.principal), status=303)


def _refused(request: HttpRequest, permit: Permit, refused: QuarantineRefused) -> HttpResponse:
    if refused.why is NotWaiting.GONE:
        raise Http404(refused.why.value)
    # It was there: who looks finds it gone, who acts comes second.
    status = 409 if request.method == "POST" else 410
    what = settled_text(refused.state, by_oneself=refused.by_oneself)
    return _problem(request, permit, status, _("Dit bericht is al afgehandeld"), what)


def _problem(request: HttpRequest, permit: Permit, status: int, title: str, what: str) -> HttpResponse:
    problem = Problem(status=status, title=title, what=what, advice="")
    context = {"problem": problem, "list_href": feed_href(permit.principal)}
    return render(request, "hervat/feed_settled.html", context, status=status)


def _first() -> str:
    return _("Er is niets opgenomen. Ga terug naar de lijst en probeer het opnieuw.")


def _incoming(request: HttpRequest) -> Permit:
    """Let a P&O adviser in: to what is theirs, or a colleague's whom they stand in for."""
    asked = ask(request, Operation.REPORT_SICKNESS, role=Role.PO_ADVISER)
    return let_in(door.incoming(replace(asked, instead_of=colleague_of(request))))


def _feed(request: HttpRequest) -> Feed:
    return Feed(on=today(), source=Source.WEB, demo=is_demo(request))
