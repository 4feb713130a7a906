"""The OpenAPI 3.1 document of an API: what the endpoints declare, with what every answer carries.

It must promise nothing an answer does not hold; the tests hold every answer to it. Headers, problems and
examples are added here, so that no endpoint has to repeat them. Read next: `answers.py`, `problems.py`.
"""

from typing import Any, Literal

from django.conf import settings
from ninja import NinjaAPI
from pydantic import BaseModel

from hervat.api.activities import ROOT
from hervat.api.problems import DETAILS, MEDIA_TYPE, TITLES, Problem
from hervat.register.identifiers import activity_id, recipients_id
from hervat.register.model import Register

Node = dict[str, Any]

DESCRIPTION = """Het register van verwerkingsactiviteiten (AVG art. 30) waarop deze software draait.

De drie paden `/processing_activities/{id}`, `.../versions/{n}` en `/entities/{id}` volgen de concept-API
van de standaard Logboek Dataverwerkingen; onder `hervat` staat wat de standaard niet heeft. Alleen lezen,
openbaar, zonder aanmelden, zonder persoonsgegevens. Elk antwoord noemt de versie van deze API in de kop
`API-Version` en heeft een `ETag`; met `If-None-Match` volgt 304 als er niets is gewijzigd."""

_PROBLEMS = (400, 404, 405, 406, 412, 500)


def describe_api(api: NinjaAPI, register: Register, home: str) -> Node:
    """Return the document of the register API, with examples from the register itself.

    `home` is the address of the page where one can ask about the register.
    """
    document: Node = dict(api.get_openapi_schema(path_prefix=""))
    document["info"] = info(api.title, api.version, DESCRIPTION, register, home)
    document["servers"] = [{"url": ROOT, "description": "Deze omgeving"}]
    document["tags"] = [
        {"name": "Verwerkingsactiviteiten", "description": "De doelen van het register, per versie."},
        {"name": "Entiteiten", "description": "De organisaties en ontvangers die het register noemt."},
        {"name": "Register", "description": "Het hele register als gegevens."},
    ]
    examples = _examples(register)
    for operations in document["paths"].values():
        for operation in operations.values():
            _complete(operation, examples)
    document["components"] |= {"headers": HEADERS, "responses": _responses()}
    document["components"]["schemas"] |= schemas_of(Problem)
    return {key: never_null(part) for key, part in document.items()}


def never_null(node: Any) -> Any:
    """What is not known is absent, so the document need not speak of null."""
    if isinstance(node, list):
        return [never_null(child) for child in node]
    if not isinstance(node, dict):
        return node
    kept = {key: never_null(child) for key, child in node.items() if (key, child) != ("default", None)}
    match kept.get("anyOf"):
        case [dict(schema), {"type": "null"}]:
            return {key: child for key, child in kept.items() if key != "anyOf"} | schema
    return kept


def info(title: str, version: str, description: str, register: Register, home: str) -> Node:
    """Say what an API is, and where one can ask about it."""
    organisation = next(iter(register.entry.organisations), register.entry.reference)
    contact = {"name": f"Beheerder van het register, {organisation}", "url": home}
    email = getattr(settings, "CONTACT_EMAIL", "")
    return {
        "title": title,
        "version": version,
        "description": description,
        "contact": contact | ({"email": email} if email else {}),
        "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    }


def _examples(register: Register) -> dict[str, str | int]:
    reference = register.entry.reference
    return {
        "processingActivityId": str(activity_id(reference, register.entry.purposes[0].id)),
        "processingActivityVersionNumber": register.version.number,
        "versionNumber": register.version.number,
        "entityId": str(recipients_id(reference)),
    }


def _complete(operation: Node, examples: dict[str, str | int]) -> None:
    for parameter in operation["parameters"]:
        parameter["example"] = examples[parameter["name"]]
        parameter["schema"].pop("title", None)
    found = operation["responses"].pop(200)
    found["description"] = operation["summary"]
    found["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}
    operation["responses"] = {"200": found, "304": {"$ref": "#/components/responses/304"}} | {
        str(status): {"$ref": f"#/components/responses/{status}"} for status in _PROBLEMS
    }


HEADERS: Node = {
    "API-Version": {
        "description": "De volledige versie van deze API.",
        "required": True,
        "schema": {"type": "string", "maxLength": 20, "pattern": r"^\d+\.\d+\.\d+$"},
    },
    "ETag": {
        "description": "Het kenmerk van dit antwoord, voor If-None-Match.",
        "required": True,
        "schema": {"type": "string", "maxLength": 100},
    },
    "Cache-Control": {
        "description": "Hoe lang het antwoord bewaard mag worden.",
        "required": True,
        "schema": {"type": "string", "maxLength": 100},
    },
}


def _responses() -> Node:
    version = {"API-Version": {"$ref": "#/components/headers/API-Version"}}
    unchanged = {"description": "Niet gewijzigd sinds het kenmerk in If-None-Match.", "headers": version}
    return {"304": unchanged} | {str(status): problem_response(status, version) for status in _PROBLEMS}


def problem_response(status: int, headers: Node) -> Node:
    """Describe the answer that says what is wrong."""
    allow = {"description": "De methoden die hier wel kunnen.", "required": True}
    return {
        "description": f"{TITLES[status]}. {DETAILS[status]}",
        "headers": headers
        | ({"Allow": allow | {"schema": {"type": "string", "maxLength": 100}}} if status == 405 else {}),
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def schemas_of(
    *models: type[BaseModel], mode: Literal["validation", "serialization"] = "serialization"
) -> Node:
    """Return models as components, each under its own name, with what they refer to."""
    found: Node = {}
    for model in models:
        schema = model.model_json_schema(mode=mode, ref_template="#/components/schemas/{model}")
        found |= {**schema.pop("$defs", {}), model.__name__: schema}
    return found
