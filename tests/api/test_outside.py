"""Below /api/ even what Django itself refuses is a problem; outside it nothing changes."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.test import RequestFactory

from hervat.api.outside import keep_html_out
from hervat.api.register import VERSION


def ask(path: str, inner: HttpResponse, host: str = "testserver") -> HttpResponse:
    answer = keep_html_out(lambda request: inner)(RequestFactory().get(path, headers={"host": host}))
    assert isinstance(answer, HttpResponse)
    return answer


def page(status: int) -> HttpResponse:
    return HttpResponse("<h1>Oeps</h1>", status=status)


def test_an_error_page_below_api_becomes_a_problem_and_elsewhere_stays_a_page() -> None:
    below, elsewhere = ask("/api/register/v1/entry", page(500)), ask("/register/", page(500))

    assert (below.status_code, below["Content-Type"]) == (500, "application/problem+json")
    assert (below["API-Version"], below["X-Content-Type-Options"]) == (VERSION, "nosniff")
    assert elsewhere.content == b"<h1>Oeps</h1>"


def test_a_name_that_is_not_ours_is_a_problem_below_api() -> None:
    answer = ask("/api/register/v1/entry", page(200), host="elders.example")

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert "elders.example" not in answer.content.decode()


def test_what_is_allowed_is_kept_and_what_is_right_is_left_alone() -> None:
    refused = ask("/api/x", HttpResponseNotAllowed(["GET"]))
    right = ask("/api/x", page(200))

    assert (refused["Allow"], refused["Content-Type"]) == ("GET", "application/problem+json")
    assert right.content == b"<h1>Oeps</h1>"


def test_an_address_outside_is_not_looked_at() -> None:
    def inner(request: HttpRequest) -> HttpResponse:
        raise SuspiciousOperation

    with pytest.raises(SuspiciousOperation):
        keep_html_out(inner)(RequestFactory().get("/", headers={"host": "elders.example"}))
