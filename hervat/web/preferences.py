"""What a visitor chose for the screen: the language and light or dark.

For: two POST forms that set a cookie, and the middleware that applies it. Dutch is the language until
somebody chooses otherwise, whatever the browser prefers; a plain visit sets no cookie at all.
Must never: hold anything about a person, or redirect to another host.
Read next: `page.py` (what every page shows), `templates/hervat/base.html` (the forms).
"""

from collections.abc import Callable
from enum import StrEnum
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

YEAR = 365 * 24 * 3600
LANGUAGE_COOKIE = "hervat_taal"
THEME_COOKIE = "hervat_weergave"


class Language(StrEnum):
    """The languages of the interface; law, register and reasons stay Dutch in both."""

    DUTCH = "nl"
    ENGLISH = "en"


class Theme(StrEnum):
    """Light or dark; SYSTEM follows the device."""

    SYSTEM = "systeem"
    LIGHT = "licht"
    DARK = "donker"


def language_of(request: HttpRequest) -> Language:
    """Return the language this visitor chose, Dutch if none or an unknown one."""
    chosen = request.COOKIES.get(LANGUAGE_COOKIE, "")
    return Language(chosen) if chosen in set(Language) else Language.DUTCH


def theme_of(request: HttpRequest) -> Theme:
    """Return the theme this visitor chose, that of the device if none or an unknown one."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return Theme(chosen) if chosen in set(Theme) else Theme.SYSTEM


def apply_preferences(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware: answer in the chosen language, and tell caches that cookies matter."""

    def answer(request: HttpRequest) -> HttpResponse:
        with translation.override(language_of(request).value):
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "nl")
        patch_vary_headers(response, ["Cookie"])
        return response

    return answer


# No CSRF token: the token's cookie would be set on every plain visit, for a form that harms nobody.
# The origin is checked instead.
@csrf_exempt
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the chosen language and go back to the page."""
    return _remember(request, LANGUAGE_COOKIE, request.POST.get("taal", ""), set(Language))


@csrf_exempt
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or the device's own, and go back to the page."""
    return _remember(request, THEME_COOKIE, request.POST.get("weergave", ""), set(Theme))


def remember_language(request: HttpRequest, response: HttpResponse, language: Language) -> HttpResponse:
    """Let an answer remember the language that somebody chose elsewhere."""
    return _keep(request, response, LANGUAGE_COOKIE, language.value)


def _remember(request: HttpRequest, cookie: str, value: str, allowed: set[str]) -> HttpResponse:
    _check_origin(request)
    if value not in allowed:
        raise SuspiciousOperation(f"onbekende voorkeur voor {cookie}")
    return _keep(request, HttpResponseRedirect(_way_back(request), status=303), cookie, value)


def _keep(request: HttpRequest, response: HttpResponse, cookie: str, value: str) -> HttpResponse:
    response.set_cookie(
        cookie, value, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


def _check_origin(request: HttpRequest) -> None:
    origin = request.headers.get("Origin", "")
    if origin and urlsplit(origin).netloc != request.get_host():
        raise PermissionDenied("formulier van een andere website")


def _way_back(request: HttpRequest) -> str:
    address = request.POST.get("terug", "/")
    if not address.startswith("/") or not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return "/"
    return address
