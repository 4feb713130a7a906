"""How long a session lasts, what it proved, and when it was last confirmed.

Idle time and the whole duration are the session's own marks, not the cookie's: a browser that keeps a
cookie longer gains nothing. Must never: take a password alone for a confirmation.
Read next: `guard.py`, docs/login.md.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Final

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from hervat.web.login import demo_mark

BEGAN: Final = "hervat_began"
SEEN: Final = "hervat_seen"
# A page a second must not be a write a second.
_GRAIN: Final = 30
SECOND_FACTORS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def start(request: HttpRequest) -> None:
    """Mark that a session begins now."""
    request.session[BEGAN] = request.session[SEEN] = time.time()


def is_over(request: HttpRequest) -> bool:
    """Return whether nobody used this session for too long, or it lasted long enough."""
    now = time.time()
    began, seen = request.session.get(BEGAN, 0), request.session.get(SEEN, 0)
    return now - seen > settings.IDLE_MINUTES * 60 or now - began > settings.SESSION_COOKIE_AGE


def touch(request: HttpRequest) -> None:
    """Remember that the session is used, now and then."""
    now = time.time()
    if now - request.session.get(SEEN, 0) > _GRAIN:
        request.session[SEEN] = now


def proved_second_factor(request: HttpRequest) -> bool:
    """Return whether a second factor was shown in this very session."""
    return _last_proof(request) > 0


def has_second_factor(request: HttpRequest) -> bool:
    """Return whether somebody has one at all, wherever it was chosen."""
    return bool(is_mfa_enabled(request.user, list(SECOND_FACTORS)))


def recently_confirmed(request: HttpRequest) -> bool:
    """Return whether a second factor was shown in the last five minutes, at log-in or since."""
    if not request.user.is_authenticated:
        return False
    if demo_mark.counts(request):
        return True
    return time.time() - _last_proof(request) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


View = Callable[..., HttpResponse]


def confirm_first(view: View) -> View:
    """Decorator: ask for a second factor again before this page, unless that was just done.

    For the medical part and for exports. The page comes back by itself afterwards.
    """

    @wraps(view)
    def confirmed(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not recently_confirmed(request):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return confirmed


def _last_proof(request: HttpRequest) -> float:
    records = get_authentication_records(request, request.user)
    return max((float(one["at"]) for one in records if one.get("method") == "mfa"), default=0.0)
