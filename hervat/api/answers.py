"""What every answer under /api/ carries, whatever the endpoint: so that no endpoint has to think of it.

The version header, problems instead of HTML, the methods, what the caller accepts, the ETag and who may
read it from a browser. A `public` answer is for anyone and may be kept; a `private` one is for who asked,
and is kept nowhere. It must never hold back an error: what nobody foresaw is logged and becomes a 500 that
says nothing of the inside. Read next: `problems.py`, `register.py`, `log.py`.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver
from django.utils.cache import get_conditional_response, set_response_etag

from hervat.api.problems import CannotAnswer, is_told, problem

READ_METHODS = ("GET", "HEAD", "OPTIONS")
SEND_METHODS = ("POST", "OPTIONS")
PUBLIC_FOR_FIVE_MINUTES = "public, max-age=300"

View = Callable[..., HttpResponseBase]
_logger = logging.getLogger("django.request")


def read_only(patterns: Iterable[URLPattern | URLResolver], version: str) -> list[URLPattern]:
    """Return the addresses of a public, read-only API, each answering as this module says."""
    inside = [pattern for pattern in patterns if isinstance(pattern, URLPattern)]
    return [
        URLPattern(pattern.pattern, public(pattern.callback, version), pattern.default_args, pattern.name)
        for pattern in inside
    ]


def nothing_here(version: str = "", *, for_anyone: bool = True) -> View:
    """Return the view for every address that does not exist, whatever the method."""

    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return finish(request, problem(404), version, for_anyone=for_anyone)

    view.csrf_exempt = True  # type: ignore[attr-defined]
    return view


def public(view: View, version: str) -> View:
    """Make a view answer anyone, from any website, to GET, HEAD and OPTIONS only."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase | None = _refuse(request, READ_METHODS)
        if response is None:
            response = _conditional(request, _call(view, request, args, kwargs))
        elif response.status_code == 204:
            _open_to_browsers(response)
        return finish(request, response, version)

    answer.csrf_exempt = True  # type: ignore[attr-defined]
    return answer


def private(view: View, version: str) -> View:
    """Make a view answer POST, to who asks and nobody else: kept nowhere, read by no other website.

    Nobody's browser sends credentials of its own accord here (there are no cookies), so CSRF has no hold.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase | None = _refuse(request, SEND_METHODS)
        if response is None:
            response = _call(view, request, args, kwargs)
        response["Cache-Control"] = "no-store"
        return finish(request, response, version, for_anyone=False)

    answer.csrf_exempt = True  # type: ignore[attr-defined]
    return answer


def is_longer(request: HttpRequest, most: int) -> bool:
    """Whether a body is longer than so many bytes; asked before any of it is read."""
    declared = request.META.get("CONTENT_LENGTH") or ""
    # Without a length Django reads nothing, so there is nothing to be too long
    return declared.isdecimal() and int(declared[:20]) > most


def _refuse(request: HttpRequest, methods: tuple[str, ...]) -> HttpResponse | None:
    """Return what can be said without the endpoint."""
    if request.method == "OPTIONS":
        return _options(methods)
    if request.method not in methods:
        response = problem(405)
        response["Allow"] = ", ".join(methods)
        return response
    if request.headers.get("Accept", "").strip() and not request.accepts("application/json"):
        return problem(406)
    return None


def _options(methods: tuple[str, ...]) -> HttpResponse:
    response = HttpResponse(status=204)
    del response["Content-Type"]
    response["Allow"] = ", ".join(methods)
    return response


def _open_to_browsers(response: HttpResponseBase) -> None:
    response["Access-Control-Allow-Methods"] = response["Allow"]
    response["Access-Control-Allow-Headers"] = "If-None-Match"
    response["Access-Control-Max-Age"] = "86400"


def _call(view: View, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
    """Ask the endpoint, which knows no HEAD; whatever it raises becomes a problem."""
    method = request.method
    request.method = "GET" if method == "HEAD" else method
    try:
        return view(request, *args, **kwargs)
    except Exception as error:
        return _problem_of(request, error)
    finally:
        request.method = method


def _problem_of(request: HttpRequest, error: Exception) -> HttpResponse:
    if isinstance(error, CannotAnswer):
        return _with(problem(error.status, error.detail, error.errors), error.headers)
    if isinstance(error, Http404):
        return problem(404)
    if isinstance(error, BadRequest | SuspiciousOperation):
        return problem(400)
    # The route and not the path: an address may hold somebody's number
    route = request.resolver_match.route if request.resolver_match else ""
    _logger.error("Fout in een antwoord van de API op %s", route, exc_info=error)
    return problem(500)


def _with(response: HttpResponse, headers: Mapping[str, str]) -> HttpResponse:
    for name, value in headers.items():
        response[name] = value
    return response


def _conditional(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Add the ETag and answer `If-None-Match`.

    The tag is over the whole body, which holds the digest of the register's version: the digest alone
    would not change when a release adds a property, and callers would keep what they had.
    """
    if response.status_code != 200 or not isinstance(response, HttpResponse):
        return response
    response.setdefault("Cache-Control", PUBLIC_FOR_FIVE_MINUTES)
    set_response_etag(response)
    conditional = get_conditional_response(request, etag=response["ETag"], response=response)
    return conditional if conditional is not None else response


def finish(
    request: HttpRequest, response: HttpResponseBase, version: str, *, for_anyone: bool = True
) -> HttpResponseBase:
    """Add what every answer has, and turn what is not a problem yet into one."""
    if response.status_code >= 400 and not is_told(response):
        told = problem(response.status_code)
        if "Allow" in response:
            told["Allow"] = response["Allow"]
        response = told
    if response.status_code >= 400:
        response["Cache-Control"] = "no-store"
    # Otherwise Django logs every refusal with its path, which may hold somebody's number
    response._has_been_logged = True  # type: ignore[attr-defined]
    if version:
        response["API-Version"] = version
    response["X-Content-Type-Options"] = "nosniff"
    if for_anyone:
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "API-Version, ETag"
    if request.method == "HEAD" and isinstance(response, HttpResponse):
        # Not every server drops the body of an answer to HEAD
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    return response
