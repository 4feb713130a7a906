"""What every answer under /api/ carries, whatever the endpoint: so that no endpoint has to think of it.

The version header, problems instead of HTML, GET and HEAD and OPTIONS, what the caller accepts, the ETag
and who may read it from a browser. It must never hold back an error: what nobody foresaw is logged and
becomes a 500 that says nothing of the inside. Read next: `problems.py`, `register.py`.
"""

import logging
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver
from django.utils.cache import get_conditional_response, set_response_etag

from hervat.api.problems import MEDIA_TYPE, CannotAnswer, problem

READ_METHODS = ("GET", "HEAD", "OPTIONS")
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


def nothing_here(version: str = "") -> View:
    """Return the view for every address that does not exist, whatever the method."""

    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return finish(request, problem(404), version)

    view.csrf_exempt = True  # type: ignore[attr-defined]
    return view


def public(view: View, version: str) -> View:
    """Make a view answer anyone, from any website, to GET, HEAD and OPTIONS only."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase | None = _refuse(request)
        if response is None:
            response = _conditional(request, _call(view, request, args, kwargs))
        return finish(request, response, version)

    answer.csrf_exempt = True  # type: ignore[attr-defined]
    return answer


def _refuse(request: HttpRequest) -> HttpResponse | None:
    """Return what can be said without the endpoint."""
    if request.method == "OPTIONS":
        return _options()
    if request.method not in READ_METHODS:
        response = problem(405)
        response["Allow"] = ", ".join(READ_METHODS)
        return response
    if request.headers.get("Accept", "").strip() and not request.accepts("application/json"):
        return problem(406)
    return None


def _options() -> HttpResponse:
    response = HttpResponse(status=204)
    del response["Content-Type"]
    response["Allow"] = ", ".join(READ_METHODS)
    response["Access-Control-Allow-Methods"] = ", ".join(READ_METHODS)
    response["Access-Control-Allow-Headers"] = "If-None-Match"
    response["Access-Control-Max-Age"] = "86400"
    return response


def _call(view: View, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
    """Ask the endpoint, which knows GET only; whatever it raises becomes a problem."""
    method, request.method = request.method, "GET"
    try:
        return view(request, *args, **kwargs)
    except Exception as error:
        return _problem_of(request, error)
    finally:
        request.method = method


def _problem_of(request: HttpRequest, error: Exception) -> HttpResponse:
    if isinstance(error, CannotAnswer):
        return problem(error.status, error.detail, error.errors)
    if isinstance(error, Http404):
        return problem(404)
    if isinstance(error, BadRequest | SuspiciousOperation):
        return problem(400)
    # The route and not the path: an address may hold somebody's number
    route = request.resolver_match.route if request.resolver_match else ""
    _logger.error("Fout in een antwoord van de API op %s", route, exc_info=error)
    return problem(500)


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


def finish(request: HttpRequest, response: HttpResponseBase, version: str) -> HttpResponseBase:
    """Add what every answer has, and turn what is not a problem yet into one."""
    if response.status_code >= 400 and response.get("Content-Type") != MEDIA_TYPE:
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
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "API-Version, ETag"
    if request.method == "HEAD" and isinstance(response, HttpResponse):
        # Not every server drops the body of an answer to HEAD
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    return response
