"""What goes wrong below /api/ before an address is found, or after it has answered.

A name this website does not have, a request no layer can read, an error in another middleware: Django and
the pages answer those in HTML. This middleware stands outermost and makes problems of them. It must leave
everything outside /api/ alone. Read next: `answers.py`, `config/settings.py` (the order of the middleware).
"""

from collections.abc import Callable, Mapping

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from hervat.api import activities, delivering, log, messages, register
from hervat.api.answers import finish
from hervat.api.problems import is_told, problem

VERSIONS: Mapping[str, str] = {
    activities.ROOT: register.VERSION,
    log.ROOT: log.VERSION,
    delivering.ROOT: messages.VERSION,
}
WRONG_HOST = (
    "Deze website is niet bereikbaar onder deze naam. Gebruik het adres dat de beheerder heeft bekendgemaakt."
)


def keep_html_out(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: below /api/ every error is a problem."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith("/api/"):
            return get_response(request)
        refusal = _refuse_host(request)
        if refusal is not None:
            return _finish(request, refusal)
        response = get_response(request)
        if response.status_code < 400 or is_told(response):
            return response
        return _finish(request, response)

    return answer


def _finish(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    for_anyone = not request.path_info.startswith((log.ROOT, delivering.ROOT))
    return finish(request, response, _version(request), for_anyone=for_anyone)


def _refuse_host(request: HttpRequest) -> HttpResponse | None:
    try:
        request.get_host()
    except DisallowedHost:
        return problem(400, WRONG_HOST)
    return None


def _version(request: HttpRequest) -> str:
    return next((one for root, one in VERSIONS.items() if request.path_info.startswith(root)), "")
