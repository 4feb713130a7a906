"""Every error page says in Dutch what is wrong and what to do, and nothing about the server."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from django.urls import path
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from hervat.config import urls
from hervat.web import errors
from hervat.web.login import guard, reach

SOMEBODY = "de naam van een mens"


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(SOMEBODY)


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation(SOMEBODY)


def denied(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied(SOMEBODY)


@csrf_protect
def guarded(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ja")


@require_POST
def only_sent(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ja")


urlpatterns = [
    path("knop/", only_sent, name="only-sent"),
    path("kapot/", broken, name="broken"),
    path("vreemd/", suspicious, name="suspicious"),
    path("verboden/", denied, name="denied"),
    path("formulier/", guarded, name="guarded"),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


@pytest.fixture
def clumsy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """A visitor of a site in which some pages for anybody go wrong."""
    monkeypatch.setattr(
        guard, "PUBLIC", reach.PUBLIC | {"broken", "suspicious", "denied", "guarded", "only-sent"}
    )
    with override_settings(ROOT_URLCONF=__name__):
        client = Client(enforce_csrf_checks=True)
        client.raise_request_exception = False
        yield client


@pytest.mark.parametrize(
    ("address", "status", "title", "advice"),
    [
        ("/kapot/", 500, "Er ging bij ons iets mis", "Probeer het over een minuut opnieuw"),
        ("/vreemd/", 400, "Wij begrijpen deze vraag niet", "probeer het opnieuw"),
        ("/verboden/", 403, "Dit mag niet", "Ga terug naar de vorige pagina"),
        ("/knop/", 405, "Hier is niets om te openen", "Ga terug naar de pagina met de knop"),
        ("/nergens/", 404, "Deze pagina bestaat niet", "Kijk het adres na"),
    ],
)
def test_an_error_page_says_what_and_what_next(
    clumsy: Client, address: str, status: int, title: str, advice: str
) -> None:
    answer = clumsy.get(address)
    page = answer.content.decode()

    assert answer.status_code == status
    assert f"<h1>{title}</h1>" in page
    assert advice in page
    assert SOMEBODY not in page
    assert 'lang="nl"' in page


def test_a_form_without_its_token_is_explained(clumsy: Client) -> None:
    answer = clumsy.post("/formulier/", {})

    assert answer.status_code == 403
    assert "Dit formulier is verlopen" in answer.content.decode()


def test_the_page_for_500_needs_no_template_engine(rf: RequestFactory) -> None:
    with override_settings(TEMPLATES=[]):
        answer = errors.server_error(rf.get("/"))

    assert b"Er ging bij ons iets mis" in answer.content
    assert b"{%" not in answer.content


def test_a_clock_before_the_first_version_is_explained(visitor: Client) -> None:
    with time_machine.travel("2020-01-01", tick=False):
        answers = [visitor.get(path) for path in ("/", "/register/", "/register/matrix/")]

    assert [answer.status_code for answer in answers] == [400, 400, 400]
    assert all("Voor die dag is er geen register" in answer.content.decode() for answer in answers)


def test_an_address_without_its_slash_still_arrives(visitor: Client) -> None:
    assert visitor.get("/register").headers["Location"] == "/register/"
