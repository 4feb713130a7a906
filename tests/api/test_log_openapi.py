"""The document of the log API: the standard's path, names and enumerations, complete, bounded, in Dutch."""

from typing import Any

import pytest
from django.test import Client

from hervat.api.log import VERSION

from . import standard
from .test_openapi import Node, _bounded, schemas

DOCUMENT = "/api/logboek/v1/openapi.json"


@pytest.fixture(scope="module")
def document() -> Node:
    found: Node = Client().get(DOCUMENT).json()
    return found


def properties(document: Node, name: str) -> Node:
    found: Node = document["components"]["schemas"][name]["properties"]
    return found


def test_the_path_is_that_of_the_standard_and_the_token_is_ours(document: Node) -> None:
    assert set(document["paths"]) == {standard.PATH, "/token"}
    assert {method for path in document["paths"].values() for method in path} == {"post"}
    assert document["paths"][standard.PATH]["post"]["operationId"] == "listProcessingActivitiesPost"


def test_a_question_has_the_keys_of_the_standard_and_needs_one_of_three(document: Node) -> None:
    question = document["components"]["schemas"]["Question"]

    assert set(question["properties"]) == standard.QUESTION
    assert question["additionalProperties"] is False
    assert [one["required"] for one in question["anyOf"]] == [
        ["traceId"],
        ["dpl.core.processing_activity_id"],
        ["dpl.core.data_subject_id"],
    ]


def test_a_line_has_the_properties_of_the_standard_and_no_other(document: Node) -> None:
    line = document["components"]["schemas"]["ProcessingActivity"]

    assert set(line["properties"]) == standard.ACTIVITY
    assert set(line["required"]) >= standard.ACTIVITY_REQUIRED
    assert line["properties"]["status"]["enum"] == standard.OUTCOMES
    assert set(properties(document, "Metadata")) == standard.METADATA
    assert set(document["components"]["schemas"]["Problem"]["required"]) >= standard.PROBLEM_REQUIRED - {
        "type"
    }


def test_an_attribute_is_of_the_standard_of_nen_7513_or_ours_by_name(document: Node) -> None:
    attributes = set(properties(document, "Attributes"))
    core = {name for name in attributes if name.startswith("dpl.core.")}

    assert core - set(standard.ATTRIBUTES["properties"]) == {
        "dpl.core.foreign_operation.trace_id",
        "dpl.core.foreign_operation.span_id",
    }
    assert {name for name in attributes if name.startswith("dpl.nen7513.")} <= standard.OF_NEN_7513
    assert {name for name in attributes if name.startswith("dpl.read.")} == {"dpl.read.externalReadAPI_id"}
    assert all(name.startswith(("dpl.core.", "dpl.nen7513.", "dpl.read.", "hervat.")) for name in attributes)


def test_the_fields_of_nen_7513_have_its_names(document: Node) -> None:
    assert set(properties(document, "User")) <= standard.USER_OF_NEN_7513
    assert set(properties(document, "Participant")) <= standard.PARTICIPANT_OF_NEN_7513
    assert set(properties(document, "ResourceAttributes")) <= standard.RESOURCE_OF_NEN_7513


def test_there_is_no_place_for_a_name(document: Node) -> None:
    assert not {"userName", "alternateUserID"} & set(properties(document, "User"))
    assert "participantObjectName" not in properties(document, "Participant")


def test_every_string_number_and_list_has_a_bound(document: Node) -> None:
    parts = {key: document[key] for key in ("paths", "components")}

    assert [path for path, schema in schemas(parts) if not _bounded(schema)] == []


def test_an_answer_is_at_most_a_thousand_lines(document: Node) -> None:
    assert properties(document, "ProcessingActivities")["processingActivities"]["maxItems"] == 1_000


def test_the_search_wants_a_token_and_the_token_wants_credentials(document: Node) -> None:
    schemes = document["components"]["securitySchemes"]
    paths = document["paths"]

    assert schemes["oauth"]["flows"] == {
        "clientCredentials": {"tokenUrl": "/api/logboek/v1/token", "scopes": {}}
    }
    assert schemes["koppeling"]["scheme"] == "basic"
    assert paths[standard.PATH]["post"]["security"] == [{"oauth": []}]
    assert paths["/token"]["post"]["security"] == [{"koppeling": []}]


def test_every_answer_promises_the_version_and_every_refusal_a_problem(document: Node) -> None:
    search = document["paths"][standard.PATH]["post"]["responses"]

    assert {int(status) for status in search} >= standard.STATUSES
    assert set(search["200"]["headers"]) == {"API-Version", "Cache-Control", "traceresponse"}
    for answer in document["components"]["responses"].values():
        assert "API-Version" in answer["headers"]
        assert set(answer["content"]) == {"application/problem+json"}
    assert "WWW-Authenticate" in document["components"]["responses"]["401"]["headers"]


def test_every_reference_leads_somewhere(document: Node) -> None:
    def references(node: Any) -> list[str]:
        if isinstance(node, list):
            return [one for child in node for one in references(child)]
        if not isinstance(node, dict):
            return []
        here = [node["$ref"]] if "$ref" in node else []
        return here + [one for child in node.values() for one in references(child)]

    assert references(document)
    for reference in references(document):
        found: Any = document
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
        assert found


def test_the_document_says_what_it_is_and_where(document: Node) -> None:
    assert document["openapi"] == "3.1.0"
    assert document["info"]["version"] == VERSION
    assert [server["url"] for server in document["servers"]] == ["/api/logboek/v1"]
    assert "null" not in str(document)


def test_anyone_may_read_the_document_and_it_touches_no_database() -> None:
    answer = Client().get(DOCUMENT, headers={"origin": "https://example.org"})

    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (200, "*")
    assert answer["API-Version"] == VERSION
