"""The lines of the log in the words of the standard: what each key finds, and what a line says.

Who may ask stands in `test_log_access.py`, what a wrong question gets in `test_log_refusals.py`.
"""

from collections.abc import Callable
from datetime import timedelta
from ipaddress import ip_address
from typing import Any
from uuid import UUID, uuid4

import jsonschema_rs
import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hervat.api.log import VERSION
from hervat.journal.actions.clients import Issued
from hervat.journal.rules.line import Actor, Foreign, Line, Manner, Outcome, SubjectKind
from hervat.journal.rules.notes import Verifier
from hervat.register.identifiers import activity_id
from hervat.register.model import PurposeId
from hervat.register.vocabulary import ActorKind, Role
from tests.journal.examples import DOSSIER, DUTY, NOON, SUBJECT, a_line

from . import standard
from .conftest import Rows, ask, lay_down

SCHEMA = jsonschema_rs.validator_for(standard.ANSWER, validate_formats=True)
REGISTER = "http://testserver/api/register/v1/processing_activities"
ACTIVITY = f"{REGISTER}/{activity_id('D2599', DUTY)}"
WELFARE = activity_id("D2599", PurposeId("welzijn"))
CALLER = "https://uwv.example/applicaties/1"
FOREIGN = Foreign(trace_id=UUID(int=7, version=4), span_id=bytes.fromhex("b7ad6b7169203331"), entity=CALLER)
TRACE = "4bf92f35-77b3-4da6-a3ce-929d0e0e4736"
PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

OTHER = UUID("5a0e6c2e-93a4-4f5c-9d4b-3f1f0b1a7c02")
LINES: dict[str, Line] = {
    "opened": a_line(trace_id=UUID(TRACE)),
    "later": a_line(started_at=NOON + timedelta(hours=1), ended_at=NOON + timedelta(hours=2)),
    "version 2": a_line(register_version=2),
    "welfare": a_line(activity=WELFARE, subject=OTHER),
    "asked by UWV": a_line(foreign=FOREIGN),
    "a user": a_line(subject=OTHER, subject_kind=SubjectKind.USER),
    "refused": a_line(
        trace_id=UUID(TRACE),
        subject=None,
        subject_kind=None,
        dossier=None,
        items=frozenset(),
        outcome=Outcome.REFUSED,
        reason="register",
    ),
}


@pytest.fixture
def bearer_with_lines(bearer: str) -> str:
    lay_down(LINES.values())
    return bearer


def found(answer: HttpResponse) -> set[str]:
    """The names of the lines in an answer; a trace and moments tell them apart."""
    assert answer.status_code == 200, answer.content
    SCHEMA.validate(answer.json())
    names = {(str(line.trace_id), str(line.subject)): name for name, line in LINES.items()}
    return {
        names[one["traceId"], one["attributes"].get("dpl.core.data_subject_id", "None")]
        for one in answer.json()["processingActivities"]
        if one["name"] != "toezicht-houden"  # the questions before it are lines too
    }


QUESTIONS: list[tuple[dict[str, str], set[str]]] = [
    ({"traceId": TRACE}, {"opened", "refused"}),
    ({"traceId": TRACE.upper()}, {"opened", "refused"}),
    ({"dpl.core.data_subject_id": str(SUBJECT)}, {"opened", "later", "version 2", "asked by UWV"}),
    ({"dpl.core.data_subject_id": str(OTHER)}, {"welfare", "a user"}),
    (
        {"dpl.core.data_subject_id": str(OTHER), "dpl.core.data_subject_id_type": "gebruiker"},
        {"a user"},
    ),
    ({"dpl.core.processing_activity_id": ACTIVITY}, set(LINES) - {"welfare"}),
    ({"dpl.core.processing_activity_id": f"{ACTIVITY}/versions/2"}, {"version 2"}),
    ({"dpl.core.processing_activity_id": f"{ACTIVITY}/versions/3"}, set()),
    ({"dpl.core.processing_activity_id": f"{REGISTER}/{WELFARE}/versions/1"}, {"welfare"}),
    ({"dpl.core.processing_activity_id": f"{REGISTER}/{uuid4()}"}, set()),
    (
        {
            "dpl.core.data_subject_id": str(SUBJECT),
            "dpl.core.foreign_operation.processor": CALLER,
        },
        {"asked by UWV"},
    ),
    (
        {"dpl.core.data_subject_id": str(SUBJECT), "startTime": "2026-11-23T12:00:00.124Z"},
        {"later"},
    ),
    (
        {"dpl.core.data_subject_id": str(SUBJECT), "startTime": "2026-11-23T13:00:00.123+00:00"},
        {"later"},
    ),
    (
        {"dpl.core.data_subject_id": str(SUBJECT), "endTime": "2026-11-23T15:00:00.122+01:00"},
        {"opened", "version 2", "asked by UWV"},
    ),
    (
        {"dpl.core.data_subject_id": str(SUBJECT), "endTime": "2026-11-23T14:00:00.123z"},
        {"opened", "later", "version 2", "asked by UWV"},
    ),
    ({"traceId": TRACE, "dpl.core.data_subject_id": str(SUBJECT)}, {"opened"}),
    ({"traceId": TRACE, "dpl.core.data_subject_id": str(OTHER)}, set()),
    ({"traceId": str(uuid4())}, set()),
]


def test_all_keys_of_a_question_hold_together(bearer_with_lines: str) -> None:
    wrong = [
        (asked, given)
        for asked, names in QUESTIONS
        if (given := found(ask(asked, bearer_with_lines))) != names
    ]

    assert wrong == []


ADDRESSES: list[tuple[str, set[str]]] = [
    (ACTIVITY.replace("http:", "https:"), set(LINES) - {"welfare"}),
    (ACTIVITY.replace("testserver", "TESTSERVER:80"), set(LINES) - {"welfare"}),
    (ACTIVITY.replace("testserver", "elders.example"), set()),
    (ACTIVITY.replace("testserver", "testserver:8080"), set()),
    (ACTIVITY.replace("testserver", "iemand@testserver"), set()),
    (ACTIVITY.replace("testserver", "testserver.elders.example"), set()),
    (ACTIVITY.replace("/api/register/v1", "/register"), set()),
    ("urn:uuid:aeb9dffc-9924-5d3f-9d9c-a8b40a1d4dab", set()),
]


def test_an_activity_of_another_register_finds_nothing_and_ours_has_one_name(bearer_with_lines: str) -> None:
    for uri, names in ADDRESSES:
        assert found(ask({"dpl.core.processing_activity_id": uri}, bearer_with_lines)) == names, uri


def test_a_line_says_everything_the_log_has_of_it_in_the_words_of_the_standard(bearer: str) -> None:
    actor = Actor(
        kind=ActorKind.USER,
        code="gebruiker-0001",
        role=Role.COMMANDER,
        unit=UUID(int=1, version=4),
        address=ip_address("192.0.2.7"),
    )
    line = a_line(
        trace_id=UUID(TRACE), foreign=FOREIGN, actor=actor, object_kind="document", object_id=DOSSIER,
        external_api="https://uwv.example/lezen",
    )  # fmt: skip
    lay_down([line])
    (told,) = ask({"traceId": TRACE}, bearer).json()["processingActivities"]
    logged_at, number = told["attributes"].pop("hervat.loggedAt"), told["attributes"].pop("hervat.line")

    assert logged_at.endswith("Z")
    assert number > 0
    assert told == {
        "traceId": TRACE,
        "spanId": "00f067aa0ba902b7",
        "parentSpanId": "b7ad6b7169203331",
        "status": "Ok",
        "name": "dossier-inzien",
        "startTime": "2026-11-23T12:00:00.123Z",
        "endTime": "2026-11-23T12:00:00.123Z",
        "resource": {"attributes": {"nen7513.AuditSourceId": "web"}},
        "attributes": {
            "dpl.core.processing_activity_id": f"{ACTIVITY}/versions/1",
            "dpl.core.data_subject_id": str(SUBJECT),
            "dpl.core.data_subject_id_type": "re-integrant",
            "dpl.core.foreign_operation.trace_id": str(FOREIGN.trace_id),
            "dpl.core.foreign_operation.span_id": "b7ad6b7169203331",
            "dpl.core.foreign_operation.processor": CALLER,
            "dpl.read.externalReadAPI_id": "https://uwv.example/lezen",
            "dpl.nen7513.users": [
                {
                    "userID": "gebruiker-0001",
                    "userIsRequestor": True,
                    "roleIDCode": "commandant",
                    "purposeOfUse": "wettelijke-plicht",
                    "networkAccessPointTypeCode": "2",
                    "networkAccessPointID": "192.0.2.7",
                }
            ],
            "dpl.nen7513.participants": [
                {
                    "participantObjectTypeCode": "2",
                    "participantObjectIDTypeCode": kind,
                    "participantObjectID": str(DOSSIER),
                }
                for kind in ("dossier", "document")
            ],
            "dpl.nen7513.autorisatieProtocol": "plaatsing",
            "hervat.items": ["eenheid", "uren-eigen-werk"],
            "hervat.effect": "R",
            "hervat.outcome": "gelukt",
            "hervat.ground": "wettelijke-verplichting",
            "hervat.actorKind": "gebruiker",
            "hervat.unit": str(UUID(int=1, version=4)),
            "hervat.manner": "geopend",
        },
    }


def test_a_line_with_little_says_little_and_a_refusal_is_an_error_with_its_reason(bearer: str) -> None:
    bare = {"subject": None, "subject_kind": None, "dossier": None, "items": frozenset(), "manner": None}
    lay_down(
        [
            a_line(
                trace_id=UUID(TRACE),
                parent_span_id=None,
                outcome=outcome,
                reason=reason,
                authority=None,
                ground=None,
                **bare,
            )
            for outcome, reason in ((Outcome.REFUSED, "register"), (Outcome.FAILED, None))
        ]
    )
    refused, failed = ask({"traceId": TRACE}, bearer).json()["processingActivities"]

    assert (refused["status"], failed["status"]) == ("Error", "Error")
    assert refused["attributes"]["hervat.outcome"] == "geweigerd"
    assert refused["attributes"]["hervat.reason"] == "register"
    assert set(failed) == standard.ACTIVITY - {"parentSpanId"}
    assert set(failed["attributes"]) == {
        "dpl.core.processing_activity_id",
        "dpl.nen7513.users",
        "hervat.actorKind",
        "hervat.effect",
        "hervat.line",
        "hervat.loggedAt",
        "hervat.outcome",
        "hervat.unit",
    }
    assert set(failed["attributes"]["dpl.nen7513.users"][0]) == {
        "userID",
        "userIsRequestor",
        "roleIDCode",
        "purposeOfUse",
    }


def test_every_manner_and_outcome_can_be_told(bearer: str) -> None:
    lay_down([a_line(trace_id=UUID(TRACE), manner=manner) for manner in Manner])
    lay_down([a_line(trace_id=UUID(TRACE), outcome=outcome) for outcome in Outcome])
    answer = ask({"traceId": TRACE}, bearer)

    SCHEMA.validate(answer.json())
    told = [one["attributes"]["hervat.manner"] for one in answer.json()["processingActivities"]]
    assert told[: len(Manner)] == [manner.value for manner in Manner]


def test_an_activity_that_an_answer_names_can_be_asked_and_looked_up(bearer: str) -> None:
    lay_down([a_line(trace_id=UUID(TRACE))])
    (told,) = ask({"traceId": TRACE}, bearer).json()["processingActivities"]
    activity = told["attributes"]["dpl.core.processing_activity_id"]
    again = ask({"dpl.core.processing_activity_id": activity}, bearer).json()

    assert again["processingActivities"] == [told]
    assert Client().get(activity.removeprefix("http://testserver")).json()["version"] == 1


def test_the_answer_says_whose_log_it_is_and_is_for_who_asked(bearer: str) -> None:
    answer = ask({"traceId": TRACE}, bearer, origin="https://example.org")

    assert answer.json() == {
        "metadata": {"logbookId": "hervat", "organizationName": "Ministerie van Defensie"},
        "processingActivities": [],
    }
    assert (answer["API-Version"], answer["Cache-Control"]) == (VERSION, "no-store")
    assert "ETag" not in answer
    assert "Access-Control-Allow-Origin" not in answer
    assert not answer.cookies


def test_the_log_is_called_as_in_the_newest_of_its_keys(bearer: str, settings: Any) -> None:
    settings.JOURNAL_PUBLIC_KEYS = (
        Verifier("oud.example", b"x" * 32),
        Verifier("logboek.example", b"y" * 32),
    )

    assert ask({"traceId": TRACE}, bearer).json()["metadata"]["logbookId"] == "logboek.example"


def test_a_question_is_a_line_with_whom_it_found_and_answers_the_callers_trace(
    bearer: str, system: Issued, logged: Callable[[], Rows]
) -> None:
    lay_down([a_line(trace_id=UUID(TRACE)), a_line(trace_id=UUID(TRACE), subject=OTHER)])
    answer = ask({"traceId": TRACE}, bearer, traceparent=PARENT)
    parent, *children = logged()

    assert (parent["effect"], parent["outcome"], parent["actor"]) == ("R", "gelukt", str(system.id))
    assert (parent["purpose"], parent["role"], parent["source"]) == ("verantwoorden", "fg", "api")
    assert (parent["authority"], parent["ground"]) == ("machine-gegevens", "wettelijke-verplichting")
    assert str(parent["address"]) == "127.0.0.1"
    assert parent["foreign_trace_id"] == UUID("0af76519-16cd-43dd-8448-eb211c80319c")
    assert bytes(parent["foreign_span_id"]).hex() == "b7ad6b7169203331"
    assert {child["subject"] for child in children} == {SUBJECT, OTHER}
    assert {tuple(child["items"]) for child in children} == {("gebruiker-handelingen",)}
    assert answer["traceresponse"] == f"00-{parent['trace_id'].hex}-{bytes(parent['span_id']).hex()}-01"


def test_behind_a_proxy_no_address_is_kept_for_it_would_be_the_proxys(
    bearer: str, settings: Any, logged: Callable[[], Rows]
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    forged = {"x-forwarded-for": "192.0.2.7", "x-forwarded-proto": "http"}
    answer = ask({"traceId": TRACE}, bearer, **forged)

    assert answer.status_code == 200
    assert [line["address"] for line in logged()] == [None]


def test_a_caller_finds_its_own_question_back(bearer: str) -> None:
    answer = ask({"traceId": TRACE}, bearer)
    trace = str(UUID(answer["traceresponse"].split("-")[1]))
    (own,) = ask({"traceId": trace}, bearer).json()["processingActivities"]

    assert own["name"] == "toezicht-houden"


def test_a_trace_that_cannot_be_read_stops_nothing(bearer: str, logged: Callable[[], Rows]) -> None:
    headers = ["", "onzin", f"{PARENT}-x", PARENT.upper(), "ff" + PARENT[2:], "x" * 5_000]
    answers = [ask({"traceId": TRACE}, bearer, traceparent=header) for header in headers]

    assert {answer.status_code for answer in answers} == {200}
    assert [line["foreign_trace_id"] for line in logged()] == [None] * len(headers)


def test_who_was_asked_for_is_laid_down_also_where_nothing_can_be_found(
    bearer: str, logged: Callable[[], Rows]
) -> None:
    elsewhere = "https://elders.example/1"
    for question in (
        {"dpl.core.data_subject_id": str(SUBJECT)},
        {"dpl.core.data_subject_id": str(SUBJECT), "dpl.core.processing_activity_id": elsewhere},
        {"dpl.core.processing_activity_id": elsewhere},
    ):
        assert found(ask(question, bearer)) == set()

    assert [(line["subject"], line["outcome"]) for line in logged()] == [
        (None, "gelukt"),
        (SUBJECT, "gelukt"),
        (None, "gelukt"),
        (SUBJECT, "gelukt"),
        (None, "gelukt"),
    ]


def test_a_thousand_lines_are_given_and_one_more_gives_none_and_is_logged_as_refused(
    bearer: str, logged: Callable[[], Rows]
) -> None:
    lay_down(a_line(trace_id=UUID(TRACE)) for _ in range(1_000))
    whole = ask({"traceId": TRACE}, bearer)
    lay_down([a_line(trace_id=UUID(TRACE), started_at=NOON + timedelta(1), ended_at=NOON + timedelta(1))])
    too_many = ask({"traceId": TRACE, "dpl.core.data_subject_id": str(SUBJECT)}, bearer)
    narrowed = ask({"traceId": TRACE, "endTime": "2026-11-23T13:00:00Z"}, bearer)

    assert len(whole.json()["processingActivities"]) == 1_000
    assert (too_many.status_code, too_many["Content-Type"]) == (400, "application/problem+json")
    assert "1000 regels" in too_many.json()["detail"]
    assert "startTime en endTime" in too_many.json()["detail"]
    assert len(narrowed.json()["processingActivities"]) == 1_000
    assert [(line["outcome"], line["reason"], line["subject"]) for line in logged()] == [
        ("gelukt", None, None),
        ("gelukt", None, SUBJECT),
        ("geweigerd", "te-veel-regels", None),
        ("geweigerd", "te-veel-regels", SUBJECT),
        ("gelukt", None, None),
        ("gelukt", None, SUBJECT),
    ]


def test_a_question_takes_five_statements_however_much_it_finds(
    bearer: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ask({"traceId": str(uuid4())}, bearer)  # whether this is a demo is asked once per process
    for lines in (0, 1, 200):
        trace = uuid4()
        if lines:
            lay_down(a_line(trace_id=trace, subject=uuid4()) for _ in range(lines))
        # The client, the transaction, the lines, the lines of the question, the commit
        with django_assert_num_queries(5):
            assert len(ask({"traceId": str(trace)}, bearer).json()["processingActivities"]) == lines
