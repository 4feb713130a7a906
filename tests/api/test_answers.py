"""What goes wrong inside is not told to the caller, and what the caller sent is not told to the log."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.test import RequestFactory

from hervat.api.answers import public
from hervat.api.problems import CannotAnswer

SECRET = "123456782"  # noqa: S105 - a citizen service number for tests, not a password


def ask(error: Exception) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    answer = public(view, "2.3.4")(RequestFactory().get(f"/api/{SECRET}"))
    assert isinstance(answer, HttpResponse)
    return answer


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ValueError(SECRET), 500),
        (Http404(SECRET), 404),
        (SuspiciousOperation(SECRET), 400),
        (CannotAnswer(404, "Dit is er niet meer."), 404),
    ],
)
@pytest.mark.parametrize("debug", [True, False])
def test_an_error_becomes_a_problem_that_tells_nothing_of_the_inside(
    error: Exception,
    status: int,
    debug: bool,
    settings: pytest.FixtureRequest,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings.DEBUG = debug  # type: ignore[attr-defined]
    answer = ask(error)

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert (answer["API-Version"], answer["Cache-Control"]) == ("2.3.4", "no-store")
    assert SECRET.encode() not in answer.content
    assert SECRET not in " ".join(record.getMessage() for record in caplog.records)


def test_only_what_nobody_foresaw_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("WARNING", logger="django.request")
    ask(Http404())
    assert caplog.records == []

    ask(ValueError())
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_an_error_page_of_a_view_becomes_a_problem() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponseServerError("<h1>Server Error</h1>")

    answer = public(view, "1.0.0")(RequestFactory().get("/api/x"))

    assert answer["Content-Type"] == "application/problem+json"


def test_the_tag_follows_the_body_and_a_match_on_another_version_fails() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return JsonResponse({"path": request.path})

    one = public(view, "1.0.0")(RequestFactory().get("/api/1"))
    two = public(view, "1.0.0")(RequestFactory().get("/api/2"))
    stale = public(view, "1.0.0")(RequestFactory().get("/api/2", headers={"if-match": one["ETag"]}))

    assert one["ETag"] != two["ETag"]
    assert (stale.status_code, stale["Content-Type"]) == (412, "application/problem+json")
