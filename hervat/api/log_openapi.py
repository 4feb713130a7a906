"""The OpenAPI 3.1 document of the log API: the standard's path, and the token that opens it.

It holds nothing of the log, so anyone may read it. It must promise nothing an answer does not hold; the
tests hold every answer to it. Read next: `log_schemas.py` (the names), `openapi.py` (what all share).
"""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from hervat.api.log_schemas import ProcessingActivities, Question
from hervat.api.openapi import HEADERS, Node, info, never_null, problem_response, schemas_of
from hervat.api.problems import Problem
from hervat.register.model import Register

DESCRIPTION = """Het logboek van deze omgeving: wie wat zag of wijzigde, van wie, voor welk doel.

Het pad `/processing-activities` volgt de standaard Logboek Dataverwerkingen, extensie lezen (concept 1.1.0),
met de velden van de extensie NEN 7513; wat met `hervat.` begint heeft de standaard niet. Alleen voor systemen
die toezicht houden, met een token van tien minuten (OAuth 2.0, client credentials). Het register beslist wat
zij zien, elke vraag is zelf een regel in het logboek, en geen antwoord wordt bewaard."""

_HOW = """Alle voorwaarden gelden samen. Een adres van een ander register geeft een lege lijst. Passen er meer
regels dan een antwoord kan houden, of ligt endTime voor startTime, dan volgt 400. De kop `traceparent` (W3C
Trace Context) noemt de handeling van de vrager; wat daarin niet te lezen is, telt niet mee."""

FORM = "application/x-www-form-urlencoded"
_SEARCH_PROBLEMS = (400, 401, 403, 405, 406, 413, 415, 429, 500)
TOKEN_PROBLEMS = (405, 406, 429, 500)


class TokenRequest(BaseModel):
    """Het formulier waarmee een token wordt gevraagd (RFC 6749 §4.4.2)."""

    model_config = ConfigDict(extra="allow")

    grant_type: Literal["client_credentials"]


class Token(BaseModel):
    """Een token (RFC 6749 §5.1)."""

    access_token: Annotated[str, Field(max_length=500)]
    token_type: Literal["Bearer"]
    expires_in: Annotated[int, Field(ge=1, le=3_600, description="Hoeveel seconden het geldt.")]


class GrantError(BaseModel):
    """Een fout bij het vragen van een token (RFC 6749 §5.2)."""

    error: Literal["invalid_request", "invalid_client", "unsupported_grant_type", "invalid_scope"]
    error_description: Annotated[str, Field(max_length=200)]


def describe_log_api(root: str, version: str, register: Register, home: str) -> Node:
    """Return the document; `home` is the address of the page where one can ask about the register."""
    document: Node = {
        "openapi": "3.1.0",
        "info": info("Logboek dataverwerkingen, lezen", version, DESCRIPTION, register, home),
        "servers": [{"url": root, "description": "Deze omgeving"}],
        "tags": [
            {"name": "Dataverwerkingen", "description": "De regels van het logboek."},
            {"name": "Aanmelden", "description": "Een token voor een systeem."},
        ],
        "paths": {"/processing-activities": {"post": _search()}, "/token": {"post": token_operation()}},
        "components": {
            "schemas": schemas_of(Question, TokenRequest, mode="validation")
            | schemas_of(ProcessingActivities, Token, GrantError, Problem),
            "headers": {name: HEADERS[name] for name in ("API-Version", "Cache-Control")} | HEADERS_OF_TOKENS,
            "responses": responses(_SEARCH_PROBLEMS),
            "securitySchemes": schemes(root),
        },
    }
    return {key: never_null(part) for key, part in document.items()}


def _search() -> Node:
    return {
        "operationId": "listProcessingActivitiesPost",
        "summary": "Regels van het logboek zoeken",
        "description": _HOW,
        "tags": ["Dataverwerkingen"],
        "security": [{"oauth": []}],
        "requestBody": body(
            "application/json", "Question", {"traceId": "4bf92f35-77b3-4da6-a3ce-929d0e0e4736"}
        ),
        "responses": {"200": found_response("De regels.", "ProcessingActivities", "traceresponse")}
        | {str(status): {"$ref": f"#/components/responses/{status}"} for status in _SEARCH_PROBLEMS},
    }


def token_operation() -> Node:
    """Describe how a token is asked."""
    refused = {str(status): _refused(status) for status in (400, 401)}
    return {
        "operationId": "createToken",
        "summary": "Een token vragen",
        "description": "Met de gegevens van de koppeling in HTTP Basic. Onbekende velden tellen niet mee.",
        "tags": ["Aanmelden"],
        "security": [{"koppeling": []}],
        "requestBody": body(FORM, "TokenRequest", {"grant_type": "client_credentials"}),
        "responses": {"200": found_response("Het token.", "Token")}
        | refused
        | {str(status): {"$ref": f"#/components/responses/{status}"} for status in TOKEN_PROBLEMS},
    }


def body(media_type: str, schema: str, example: Node) -> Node:
    """Describe a body of one media type."""
    content = {"schema": schema_ref(schema), "example": example}
    return {"required": True, "content": {media_type: content}}


def found_response(description: str, schema: str, *more: str) -> Node:
    """Describe a right answer, with the headers that it has."""
    names = ("API-Version", "Cache-Control", *more)
    return {
        "description": description,
        "headers": {name: header_ref(name) for name in names},
        "content": {"application/json": {"schema": schema_ref(schema)}},
    }


def _refused(status: int) -> Node:
    said = {400: "Het formulier klopt niet.", 401: "De gegevens van de koppeling kloppen niet."}[status]
    return found_response(said, "GrantError", *(("WWW-Authenticate",) if status == 401 else ()))


def responses(statuses: Iterable[int]) -> Node:
    """Describe the problems of an API with tokens, by status."""
    every = {"API-Version": header_ref("API-Version")}
    own = {
        401: {"WWW-Authenticate": header_ref("WWW-Authenticate")},
        429: {"Retry-After": header_ref("Retry-After")},
    }
    return {
        str(status): problem_response(status, every | own.get(status, {}))
        for status in sorted({*statuses, *TOKEN_PROBLEMS})
    }


def schemes(root: str) -> Node:
    """Describe the two ways to say who asks: for a token, and with one."""
    return {
        "oauth": {
            "type": "oauth2",
            "description": "Client credentials: alleen voor systemen.",
            "flows": {"clientCredentials": {"tokenUrl": f"{root}/token", "scopes": {}}},
        },
        "koppeling": {"type": "http", "scheme": "basic", "description": "Het nummer en het geheim."},
    }


def schema_ref(name: str) -> Node:
    """Name a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def header_ref(name: str) -> Node:
    """Name a header of the document."""
    return {"$ref": f"#/components/headers/{name}"}


def _text(description: str, longest: int, **more: str) -> Node:
    schema = {"type": "string", "maxLength": longest, **more}
    return {"description": description, "required": True, "schema": schema}


_TRACE = r"^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$"
HEADERS_OF_TOKENS: Node = {
    "traceresponse": _text("De regel die deze vraag zelf in het logboek werd.", 55, pattern=_TRACE),
    "WWW-Authenticate": _text("Hoe zich aan te melden.", 200),
    "Retry-After": _text("Na hoeveel seconden het weer kan.", 10),
}
