"""The addresses of the product and two pages more, which nobody named in `hervat/web/login/reach.py`."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from hervat.config.urls import handler404
from hervat.config.urls import urlpatterns as own
from hervat.web.login.sessions import confirm_first

__all__ = ["handler404"]


def new_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


@confirm_first
def medical(request: HttpRequest) -> HttpResponse:
    return HttpResponse("medisch")


urlpatterns = [*own, path("nieuw/", new_page, name="new"), path("medisch/", medical, name="medical")]
