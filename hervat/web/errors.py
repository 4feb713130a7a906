"""What a visitor reads when something is wrong: what, why, and what to do next.

Must never: name a person, a path of the server or an exception. The page for 500 needs nothing to
work, because nothing may work then. Read next: `templates/hervat/error.html`, `templates/500.html`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hervat.register.history import BeforeFirstVersion
from hervat.web.filters import HiddenFilter, UnknownFilter

METHOD = HTTPStatus.METHOD_NOT_ALLOWED
Answer = Callable[[HttpRequest], HttpResponse]
PAGE_500 = Path(__file__).parent / "templates" / "500.html"


@dataclass(frozen=True, slots=True)
class Problem:
    """An error page: the status, what is wrong, why, what to do, and the values that would do."""

    status: int
    title: str
    what: str
    advice: str
    values: tuple[str, ...] = ()
    dutch: str = ""


def bad_filter(request: HttpRequest, unknown: UnknownFilter) -> HttpResponse:
    """Answer an address with a filter value that does not exist."""
    what = _("De waarde “%(value)s” bestaat niet voor het filter “%(name)s”.")
    return _answer(
        request,
        Problem(
            status=400,
            title=_("Dit filter kennen wij niet"),
            what=what % {"value": unknown.value, "name": unknown.name},
            advice=_("Kies een van deze waarden, of ga terug naar de pagina zonder filters."),
            values=unknown.allowed,
        ),
    )


def hidden_filter(request: HttpRequest, hidden: HiddenFilter) -> HttpResponse:
    """Answer an address that chooses or sorts by what the role may not see."""
    what = _("Uw rol mag niet zien wat hiervoor nodig is, dus op “%(name)s” kunt u niet kiezen of sorteren.")
    return _answer(
        request,
        Problem(
            status=400,
            title=_("Hierop kunt u niet kiezen"),
            what=what % {"name": hidden.name},
            advice=_("Ga terug naar de pagina zonder filters; daar staan de filters die u wel hebt."),
        ),
    )


def too_early(request: HttpRequest, early: BeforeFirstVersion) -> HttpResponse:
    """Answer a question about a day on which no register held."""
    return _answer(
        request,
        Problem(
            status=400,
            title=_("Voor die dag is er geen register"),
            what="",
            advice=_("Kies een latere dag, of ga terug naar de pagina zonder filters."),
            dutch=str(early),
        ),
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Handler for 400."""
    return _answer(
        request,
        Problem(
            status=400,
            title=_("Wij begrijpen deze vraag niet"),
            what=_("Er staat iets in het adres of het formulier dat hier niet hoort."),
            advice=_("Ga terug naar de vorige pagina en probeer het opnieuw, of begin bij de voorpagina."),
        ),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Handler for 403."""
    return _answer(
        request,
        Problem(
            status=403,
            title=_("Dit mag niet"),
            what=_("U mag deze handeling op deze plek niet doen."),
            advice=_("Ga terug naar de vorige pagina, of begin bij de voorpagina."),
        ),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Handler for 404; a page that raised it with a sentence of its own has that sentence shown."""
    given = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return _answer(
        request,
        Problem(
            status=404,
            title=_("Deze pagina bestaat niet"),
            what=given or _("Het adres is verkeerd getypt, of de pagina is verplaatst."),
            advice=_("Kijk het adres na, of kies hieronder waar u heen wilt."),
        ),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that was not sent from our own page."""
    return _answer(
        request,
        Problem(
            status=403,
            title=_("Dit formulier is verlopen"),
            what=_("Het formulier kwam niet van deze website, of de pagina stond te lang open."),
            advice=_("Laad de pagina opnieuw en vul het formulier nog eens in."),
        ),
    )


def explain_method(get_response: Answer) -> Answer:
    """Middleware: say in words that an address only takes a form, where Django answers with an empty page."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        machine = request.path_info.startswith("/api/")
        if response.status_code != METHOD or request.method != "GET" or machine:
            return response
        page = _answer(request, _no_page())
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return answer


def _no_page() -> Problem:
    return Problem(
        status=METHOD,
        title=_("Hier is niets om te openen"),
        what=_("Dit adres hoort bij een knop op een andere pagina. Openen kan niet."),
        advice=_("Ga terug naar de pagina met de knop en klik daar, of begin bij de voorpagina."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Handler for 500: a file as it is, so that it also works when templates do not."""
    return HttpResponse(PAGE_500.read_bytes(), status=500)


def _answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    return render(request, "hervat/error.html", {"problem": problem}, status=problem.status)
