"""What a wrong question gets: a problem in Dutch that says what to do and never repeats what was asked.

And what goes wrong inside: no line without its question, and no answer without its line.
"""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.test import Client

from hervat.config.postgres import SUPERUSER, Cluster
from hervat.journal.actions.clients import Issued
from tests.journal.examples import SUBJECT, a_line

from .conftest import SEARCH, Rows, ask, lay_down

TRACE = "4bf92f35-77b3-4da6-a3ce-929d0e0e4736"
SECRET = "123456782"  # noqa: S105 - a citizen service number for tests, not a password
ACTIVITY = "dpl.core.processing_activity_id"
REGISTER = "http://testserver/api/register/v1"

NO_KEY = (
    {},
    {"startTime": "2026-11-23T12:00:00Z"},
    {"dpl.core.data_subject_id_type": "re-integrant"},
    {"dpl.core.foreign_operation.processor": "https://uwv.example/1", "endTime": "2026-11-23T12:00:00Z"},
)
WRONG: tuple[tuple[object, str], ...] = (
    ({"traceId": SECRET}, "is geen UUID"),
    ({"traceId": TRACE.replace("-", "")}, "is geen UUID"),
    ({"traceId": f"{{{TRACE}}}"}, "is geen UUID"),
    ({"traceId": f"{TRACE}\n"}, "is geen UUID"),
    ({"traceId": TRACE.replace("4", "４")}, "is geen UUID"),
    ({"traceId": None}, "ontbreekt"),
    ({"traceId": [TRACE]}, "is geen UUID"),
    ({"traceId": {"$ne": ""}}, "is geen UUID"),
    ({"dpl.core.data_subject_id": SECRET}, "is geen UUID"),
    ({"dpl.core.data_subject_id": 123456782}, "is geen UUID"),
    ({"dpl.core.data_subject_id": f"{SUBJECT}' OR 1=1 --"}, "is geen UUID"),
    ({"traceId": TRACE, "dpl.core.data_subject_id_type": SECRET}, "soort die dit logboek niet kent"),
    ({"traceId": TRACE, "dpl.core.data_subject_id_type": []}, "soort die dit logboek niet kent"),
    ({"traceId": TRACE, SECRET: "x"}, "'dit veld' kent deze API niet"),
    ({"trace_id": TRACE}, "'dit veld' kent deze API niet"),
    ({"traceId": TRACE, "limit": 5}, "'dit veld' kent deze API niet"),
    ({ACTIVITY: SECRET}, "geen absolute URI"),
    ({ACTIVITY: "/api/register/v1/processing_activities/x"}, "geen absolute URI"),
    ({ACTIVITY: "https://[" + SECRET}, "geen absolute URI"),
    ({ACTIVITY: "https://example.org/\0"}, "geen absolute URI"),
    ({ACTIVITY: "https://example.org/" + "x" * 400}, "is te lang"),
    ({ACTIVITY: 5}, "is geen tekst"),
    ({ACTIVITY: f"{REGISTER}/entry"}, "geen verwerkingsactiviteit aan"),
    ({ACTIVITY: f"{REGISTER}/processing_activities/{SECRET}"}, "geen verwerkingsactiviteit aan"),
    ({ACTIVITY: f"{REGISTER}/processing_activities/{TRACE.upper()}"}, "geen verwerkingsactiviteit aan"),
    ({ACTIVITY: f"{REGISTER}/processing_activities/{TRACE}/versions/01"}, "geen verwerkingsactiviteit aan"),
    ({ACTIVITY: f"{REGISTER}/processing_activities/{TRACE}/versions/9999999"}, "geen verwerkingsactiviteit"),
    ({ACTIVITY: f"{REGISTER}/processing_activities/{TRACE}?x=1"}, "geen verwerkingsactiviteit aan"),
    ({"traceId": TRACE, "startTime": "2026-11-23"}, "geen tijdstip"),
    ({"traceId": TRACE, "startTime": "2026-11-23T12:00:00"}, "geen tijdstip"),
    ({"traceId": TRACE, "startTime": "2026-02-30T12:00:00Z"}, "geen tijdstip"),
    ({"traceId": TRACE, "startTime": 1763899200}, "geen tijdstip"),
    ({"traceId": TRACE, "startTime": "1763899200"}, "geen tijdstip"),
    ({"traceId": TRACE, "endTime": "0001-01-01T00:00:00+14:00"}, "geen tijdstip"),
    ({"traceId": TRACE, "endTime": "9999-12-31T23:59:59-14:00"}, "geen tijdstip"),
    (
        {"traceId": TRACE, "startTime": "2026-11-23T12:00:01Z", "endTime": "2026-11-23T12:00:00Z"},
        "endTime ligt voor startTime",
    ),
    ([], "'de vraag'"),
    ([{"traceId": TRACE}], "'de vraag'"),
    ("null", "'de vraag'"),
    ('"tekst"', "'de vraag'"),
    (" ", "geen geldige JSON"),
    (SECRET * 2 + "{", "geen geldige JSON"),
    ('{"traceId": NaN}', "geen geldige JSON"),
    (f'{{"traceId": "{TRACE}", "traceId": "{TRACE}"}}', "een veld twee keer"),
    ("[" * 8_000, "geen geldige JSON"),
    ('{"a":' * 3_000, "geen geldige JSON"),
    ("1" * 10_000, "geen geldige JSON"),
    (b'{"traceId": "\xff"}', "geen geldige JSON"),
    (b"\xef\xbb\xbf{}", "geen geldige JSON"),
    ('{"traceId": "\\ud800"}', "is geen UUID"),
)


def test_a_question_without_a_key_of_the_standard_is_told_which_there_are(bearer: str) -> None:
    for question in NO_KEY:
        answer = ask(question, bearer)
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
        assert "traceId, dpl.core.processing_activity_id, dpl.core.data_subject_id" in answer.json()["detail"]
    assert ask({**NO_KEY[1], "traceId": TRACE}, bearer).status_code == 200


def test_a_wrong_question_is_told_what_is_wrong_and_nothing_of_it_is_repeated_or_laid_down(
    bearer: str, logged: Callable[[], Rows], caplog: pytest.LogCaptureFixture
) -> None:
    for question, why in WRONG:
        answer = ask(question, bearer)
        told = answer.content.decode()
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json"), question
        assert why in answer.json()["detail"], question
        assert SECRET not in told
        assert TRACE not in told
        assert answer["Cache-Control"] == "no-store"

    assert logged() == []
    assert caplog.records == []


def test_what_is_wrong_is_named_with_the_place_where_it_stands(bearer: str) -> None:
    wrong = ask({"traceId": "x", "endTime": "y"}, bearer).json()["errors"]

    assert [(one["place"], one["name"]) for one in wrong] == [("body", "traceId"), ("body", "endTime")]


def test_a_question_that_is_too_big_in_another_form_or_with_parameters_is_refused(bearer: str) -> None:
    good = {"traceId": TRACE}
    padded = f'{{"traceId": "{TRACE}"}}' + " " * 17_000

    assert ask(padded, bearer).status_code == 413
    assert ask(padded[:16_000], bearer).status_code == 200
    for media in ("text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""):
        assert ask(good, bearer, media=media).status_code == 415
    assert ask(good, bearer, media="application/json; charset=utf-8").status_code == 200
    assert ask(good, bearer, path=f"{SEARCH}?limit=1").status_code == 400
    assert ask(good, bearer, accept="text/html").status_code == 406


@pytest.fixture
def full(system: Issued, postgres: Cluster) -> Iterator[None]:
    """A log that takes no line: every attempt to write one fails in the database."""
    with psycopg.connect(postgres.url(SUPERUSER, "hervat"), autocommit=True) as superuser:
        superuser.execute(
            "CREATE TRIGGER takes_none BEFORE INSERT ON journal_line "
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change()"
        )
        yield
        superuser.execute("DROP TRIGGER takes_none ON journal_line")


def test_where_no_line_can_be_written_nothing_is_given(
    bearer: str, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    lay_down([a_line()])
    question = {"dpl.core.data_subject_id": str(SUBJECT)}
    assert len(ask(question, bearer).json()["processingActivities"]) == 1

    request.getfixturevalue("full")
    answer = ask(question, bearer)

    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert "processingActivities" not in answer.json()
    assert "traceresponse" not in answer
    assert str(SUBJECT) not in answer.content.decode()
    assert [record.getMessage() for record in caplog.records] == [
        "Fout in een antwoord van de API op api/logboek/v1/processing-activities"
    ]


def test_where_no_refusal_can_be_written_the_refusal_stands(full: None) -> None:
    answer = Client(raise_request_exception=False).post(
        "/api/logboek/v1/token",
        data="grant_type=client_credentials",
        content_type="application/x-www-form-urlencoded",
    )

    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
