"""The error pages, made to appear: each error quotes a whole dossier, as a careless message would.

`urlpatterns` are addresses that exist in these tests only. Read next: `hervat/web/errors.py`,
`hervat/config/logs.py`.
"""

from collections.abc import Callable, Iterator

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import override_settings
from django.urls import path
from django.views.decorators.csrf import csrf_protect

from hervat.config import urls
from hervat.dossiers.queries.overview import overview

from ...dossiers.files import permit_for
from .mouth import Answer, Asker, Speak, as_answer


class Careless:
    """What the message of an error quotes: a dossier that somebody had in hand."""

    quoted = ""


def _raises(kind: type[Exception]) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        row = Careless.quoted  # stands in the frame as well
        raise kind(row)

    return view


@csrf_protect
def _guarded(_: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("mis/400/", _raises(SuspiciousOperation), name="mis-400"),
    path("mis/403/", _raises(PermissionDenied), name="mis-403"),
    path("mis/500/", _raises(RuntimeError), name="mis-500"),
    path("mis/csrf/", _guarded, name="mis-csrf"),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


def goes_wrong(at: str) -> Speak:
    """An error of this kind, to who asks; the log of the server has it as well."""

    address = f"/mis/{at}/"

    def speak(asker: Asker) -> Iterator[Answer]:
        Careless.quoted = repr(overview(permit_for(asker.world.pair.open)).facts)
        asker.client.handler.enforce_csrf_checks = True
        typed = {"tekst": Careless.quoted}
        with override_settings(ROOT_URLCONF=__name__):
            answers = [asker.client.get(address), asker.client.post(address, typed)]
        asker.client.handler.enforce_csrf_checks = False
        yield from (as_answer(f"{one.request['REQUEST_METHOD']} {address}", one) for one in answers)

    return speak


def too_often(_: Asker) -> Iterator[Answer]:
    """Somebody who tries to log in more often than is allowed; what they typed is not said again."""
    browser, typed = Client(), {"login": "mailzeker@example.org", "password": "Naamzeker"}
    with override_settings(ACCOUNT_RATE_LIMITS={"login": "1/m/ip"}):
        answers = [browser.post("/inloggen/", typed) for _ in range(2)]
    assert answers[-1].status_code == 429
    yield as_answer("POST /inloggen/", answers[-1])
