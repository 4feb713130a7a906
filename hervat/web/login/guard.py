"""Stands before every page: nobody unknown, nobody idle, nobody without a second factor gets past.

A visitor without a session costs nothing here: no query, no cookie. Whoever is half way in may do what
`reach.py` names and nothing else. In a demo the mark of "Wie wilt u zijn?" stands in for the second factor,
only while the request is a demo's. Must never: open a page because its name is new.
Read next: `reach.py`, `sessions.py`, `demo.py`.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from hervat.organisation.actions.log_in import Event
from hervat.web.login import demo_mark, sessions
from hervat.web.login.lines import tell_of
from hervat.web.login.reach import API, ENROLMENT, ENTRANCE, PUBLIC, name_of_page

NEXT = "next"


class Guard:
    """Middleware, after those of session and user."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = has_session(request)
        if known:
            _end_what_is_over(request)
        response = self.get_response(request)
        if known or response.cookies.get(settings.SESSION_COOKIE_NAME):
            # What somebody saw must not come back from the browser's memory after logging out.
            add_never_cache_headers(response)
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Return where to go first, or nothing when the page may answer."""
        name = name_of_page(request)
        if request.path_info.startswith(API):
            request.user = AnonymousUser()
            return None
        if name in PUBLIC:
            return None
        if not (has_session(request) and request.user.is_authenticated):
            return None if name in ENTRANCE else _to_log_in(request)
        if is_whole(request):
            return None
        return _while_half_way(request, name)


def has_session(request: HttpRequest) -> bool:
    """Return whether a visitor brought a session, without reading it."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def is_whole(request: HttpRequest) -> bool:
    """Return whether this session proved a second factor, or is a demo's."""
    return sessions.proved_second_factor(request) or demo_mark.counts(request)


def _while_half_way(request: HttpRequest, name: str) -> HttpResponse | None:
    if sessions.has_second_factor(request):
        # The factor was chosen elsewhere, after this session began: it has to be shown here too.
        logout(request)
        return _to_log_in(request)
    return None if name in ENROLMENT else HttpResponseRedirect(reverse("mfa_index"))


def _end_what_is_over(request: HttpRequest) -> None:
    if SESSION_KEY not in request.session:
        return
    if not request.user.is_authenticated:
        # Closed, or with another password since: the session is nobody's.
        request.session.flush()
    elif demo_mark.is_false(request):
        logout(request)
    elif sessions.is_over(request):
        tell_of(request, Event.EXPIRED, user=request.user.pk)
        logout(request)
    else:
        sessions.touch(request)


def _to_log_in(request: HttpRequest) -> HttpResponse:
    query = f"?{urlencode({NEXT: request.get_full_path()})}" if request.method == "GET" else ""
    return HttpResponseRedirect(reverse("account_login") + query)
