"""The OpenAPI document: the names of the standard, complete, bounded and in Dutch.

The names come from the draft register API 0.1 of the standard Logboek Dataverwerkingen (Logius,
repository logboek-dataverwerkingen, media/rvva-openapi.json). They are written out here, so that nobody
changes one by accident.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from hervat.api.register import VERSION

OF_THE_STANDARD = {
    "/processing_activities/{processingActivityId}": "ProcessingActivity",
    "/processing_activities/{processingActivityId}/versions/{processingActivityVersionNumber}": (
        "ProcessingActivityVersion"
    ),
    "/entities/{entityId}": "Entity",
}
OUR_OWN = {"/processing_activities", "/entry", "/entry/versions/{versionNumber}"}
PROPERTIES = {
    "ProcessingActivity": {"active", "latestVersion", "id"},
    "ProcessingActivityVersion": {
        "dataSubjects",
        "legalBasis",
        "measures",
        "name",
        "personalData",
        "version",
        "processingOptions",
        "purpose",
        "recipients",
        "validFrom",
    },
    "Entity": {
        "type",
        "id",
        "name",
        "address",
        "postalCode",
        "city",
        "country",
        "phonenumber",
        "email",
    },
}
NESTED = {
    "Measure": {"measureType", "measure", "risks"},
    "Risk": {"assessment"},
    "PersonalData": {"categories", "retentionPeriod"},
    "Recipients": {"legalRole", "entityId"},
}
WORDS = {
    "DataSubject": "Adult Applicant Citizen Consumer Customer DataSubject Employee GuardianOfHuman Immigrant "
    "JobApplicant Member NonCitizen ParentOfHuman Participant Patient Student Subscriber Tourist User "
    "Visitor VulnerableHuman",
    "Basis": "Consent Contract DataTransferLegalBasis LegalObligation LegitimateInterest "
    "OfficialAuthorityOfController PublicInterest VitalInterest",
    "MeasureType": "Organisational Technical",
    "ProcessingOption": "Copy Disclose Obtain Organise Remove Store Transfer Transform Use",
    "LegalRole": "DataController DataExporter DataImporter DataProcessor DataProtectionOfficer "
    "JointDataControllers ServiceConsumer ServiceProvider ThirdParty",
    "EntityType": "LegalEntity NaturalPerson Organisation",
}
Node = dict[str, Any]


@pytest.fixture(scope="module")
def document() -> Node:
    found: Node = Client().get("/api/register/v1/openapi.json").json()
    return found


def schemas(node: object, path: str = "") -> Iterator[tuple[str, Node]]:
    """Every schema in a part of the document, with where it stands."""
    if isinstance(node, dict):
        if "type" in node and isinstance(node["type"], str):
            yield path, node
        for key, child in node.items():
            yield from schemas(child, f"{path}/{key}")
    if isinstance(node, list):
        for place, child in enumerate(node):
            yield from schemas(child, f"{path}/{place}")


def test_the_paths_are_those_of_the_standard_and_three_of_our_own(document: Node) -> None:
    assert set(document["paths"]) == set(OF_THE_STANDARD) | OUR_OWN


@pytest.mark.parametrize(("path", "schema"), OF_THE_STANDARD.items())
def test_each_path_of_the_standard_gives_what_the_standard_says(
    document: Node, path: str, schema: str
) -> None:
    given = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]

    assert given["$ref"] == f"#/components/schemas/{schema}"


@pytest.mark.parametrize(("schema", "names"), PROPERTIES.items())
def test_the_properties_are_those_of_the_standard_with_ours_in_one(
    document: Node, schema: str, names: set[str]
) -> None:
    assert set(document["components"]["schemas"][schema]["properties"]) == names | {"hervat"}


@pytest.mark.parametrize(("schema", "names"), NESTED.items())
def test_the_nested_properties_are_those_of_the_standard(
    document: Node, schema: str, names: set[str]
) -> None:
    assert set(document["components"]["schemas"][schema]["properties"]) == names


@pytest.mark.parametrize(("schema", "words"), WORDS.items())
def test_the_enumerations_are_those_of_the_standard(document: Node, schema: str, words: str) -> None:
    assert document["components"]["schemas"][schema]["enum"] == words.split()


def test_answers_hold_no_property_that_the_document_does_not_name(document: Node) -> None:
    client = Client()
    for path, schema in OF_THE_STANDARD.items():
        examples = document["paths"][path]["get"]["parameters"]
        address = path.format(**{one["name"]: one["example"] for one in examples})
        answer = client.get(f"/api/register/v1{address}").json()
        described = document["components"]["schemas"][schema]
        assert set(described["required"]) <= set(answer) <= set(described["properties"])


def test_every_string_number_and_list_has_a_bound(document: Node) -> None:
    unbounded = [
        path
        for path, schema in schemas({key: document[key] for key in ("paths", "components")})
        if not _bounded(schema)
    ]

    assert unbounded == []


def _bounded(schema: Node) -> bool:
    match schema["type"]:
        case "string":
            fixed = {"enum", "const", "maxLength"} & schema.keys()
            return bool(fixed) or schema.get("format") in {"uuid", "date", "date-time"}
        case "integer" | "number":
            return {"minimum", "maximum"} <= schema.keys()
        case "array":
            return "maxItems" in schema
    return True


def test_every_operation_promises_the_version_and_problems(document: Node) -> None:
    for path in document["paths"].values():
        assert set(path) == {"get"}
        answers = path["get"]["responses"]
        assert set(answers) == {"200", "304", "400", "404", "405", "406", "412", "500"}
        assert set(answers["200"]["headers"]) == {"API-Version", "ETag", "Cache-Control"}
    for status, answer in document["components"]["responses"].items():
        assert "API-Version" in answer["headers"]
        assert status == "304" or set(answer["content"]) == {"application/problem+json"}


def test_the_document_says_who_and_where_and_under_which_licence(document: Node) -> None:
    assert document["openapi"] == "3.1.0"
    assert document["info"]["version"] == VERSION
    assert document["info"]["license"]["identifier"] == "EUPL-1.2"
    assert document["info"]["contact"]["url"] == "http://testserver/register/"
    assert [server["url"] for server in document["servers"]] == ["/api/register/v1"]


def test_a_deployment_names_its_own_address_for_questions(settings: Any) -> None:
    without = Client().get("/api/register/v1/openapi.json").json()
    settings.CONTACT_EMAIL = "register@example.org"
    named = Client().get("/api/register/v1/openapi.json").json()

    assert "email" not in without["info"]["contact"]
    assert named["info"]["contact"]["email"] == "register@example.org"


def test_every_operation_and_parameter_is_described(document: Node) -> None:
    for path in document["paths"].values():
        operation = path["get"]
        assert operation["summary"]
        assert operation["description"]
        assert operation["tags"]
        assert all(one["description"] and "example" in one for one in operation["parameters"])


def test_no_page_of_documentation_is_served() -> None:
    for address in ("docs", "redoc", ""):
        assert Client().get(f"/api/register/v1/{address}").status_code == 404
