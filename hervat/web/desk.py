"""The way in to the pages of a desk: the FG and auditor oversee, the functional administrator administers.

Asks the door for each request, outside any transaction, and says a refusal with its reason. What somebody
typed to search by (a name, a code) is kept in their session; the address has a token that means nothing.
Must never: let a page of a desk answer without a permit, or put a person in an address.
Read next: `oversight/`, `administration/`, `../access/door.py`.
"""

import secrets
from collections.abc import Callable, Mapping
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hervat.access import door
from hervat.access.asking import Asked
from hervat.access.refusals import Refusal
from hervat.journal.actions.append import begin
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Operation, Source
from hervat.web.errors import Problem
from hervat.web.login.lines import address_of
from hervat.web.source import is_demo

View = Callable[..., HttpResponse]
Page = Callable[..., HttpResponse]
_KEPT = "hervat_zoekvragen"
_MOST_KEPT = 20


def overseeing(view: View) -> Page:
    """Decorator: a page of who oversees; the view gets the permit."""
    return _at_desk(view, door.oversee, Operation.OVERSEE)


def administering(view: View) -> Page:
    """Decorator: a page of a functional administrator; the view gets the permit."""
    return _at_desk(view, door.administer, Operation.ADMINISTER_USERS)


def on_own_account(view: View) -> Page:
    """Decorator: a page of one's own account, whatever one's role; the view gets the permit."""
    return _at_desk(view, door.own_account, Operation.ADMINISTER_USERS)


def _at_desk(view: View, admit: Callable[[Asked], Permit | Refusal], operation: Operation) -> Page:
    @never_cache
    @wraps(view)
    def answered(request: HttpRequest, **kwargs: object) -> HttpResponse:
        try:
            permit = admit(_asked(request, operation))
            if isinstance(permit, Refusal):
                return refused(request, permit.reason.text)
            return view(request, permit, **kwargs)
        except door.NoPurpose as silent:
            return refused(request, str(silent))
        except NotPermitted:
            return refused(request, "Uw rol mag dit op deze plek niet.")

    return answered


def refused(request: HttpRequest, why: str) -> HttpResponse:
    """Answer somebody who may not come here, with the reason."""
    problem = Problem(
        status=403,
        title=_("Dit mag niet"),
        what="",
        advice=_("Klopt dit niet? Vraag de functioneel beheerder welke rol u hebt."),
        dutch=why,
    )
    return render(request, "hervat/error.html", {"problem": problem}, status=403)


def keep(request: HttpRequest, asked: Mapping[str, str]) -> str:
    """Keep what somebody searches by in their session; return the token to find it with."""
    kept = dict(request.session.get(_KEPT, {}))
    token = secrets.token_urlsafe(9)
    kept[token] = dict(asked)
    request.session[_KEPT] = dict(list(kept.items())[-_MOST_KEPT:])
    return token


def recall(request: HttpRequest, token: str) -> dict[str, str] | None:
    """Return what was searched by, or nothing when that is not known in this session."""
    found = request.session.get(_KEPT, {}).get(token)
    return dict(found) if found else None


def _asked(request: HttpRequest, operation: Operation) -> Asked:
    today = timezone.localdate()
    return Asked(
        user=request.user.code,  # type: ignore[union-attr]
        operation=operation,
        purpose=door.desk_purpose(operation, today),
        on=today,
        source=Source.WEB,
        trace=begin(request.headers.get("traceparent")),
        caller=request.headers.get("traceparent"),
        address=address_of(request),
        demo=is_demo(request),
    )
