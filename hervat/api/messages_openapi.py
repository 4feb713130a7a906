"""The OpenAPI 3.1 document of the messages API, and what it answers.

Each message is judged by itself, so the document bounds a delivery and leaves the form of a message to its
own schema, which it names. It must promise nothing an answer does not hold; the tests hold answers to it.
Read next: `messages.py`, `log_openapi.py` (what APIs with tokens share).
"""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from hervat.api.log_openapi import (
    HEADERS_OF_TOKENS,
    TOKEN_PROBLEMS,
    GrantError,
    Token,
    TokenRequest,
    found_response,
    responses,
    schemes,
    token_operation,
)
from hervat.api.openapi import HEADERS, Node, info, never_null, schemas_of
from hervat.api.problems import Problem
from hervat.exchange.rules.faults import FaultCode
from hervat.exchange.rules.vocabulary import MessageKind, Outcome
from hervat.register.model import Register

MOST_MESSAGES = 1_000
DESCRIPTION = """Berichten van het personeelssysteem: wie ziek is, en wat verandert voor wie ziek is.

Alleen wie ziek is wordt bewaard. Elk bericht wordt op zichzelf beoordeeld; het antwoord zegt van elk, in de
volgorde waarin zij kwamen, wat ermee is gebeurd. Een bericht dat twee keer komt doet de tweede keer niets. De
vorm van een bericht staat in `messages.v1.json` in de map van deze API. Met een token van tien minuten
(OAuth 2.0, client credentials)."""
_HOW = """Een bericht dat niet kan worden ingenomen, gaat in quarantaine en houdt de rest niet tegen: het
antwoord is dan 200, met de fout bij dat bericht. Stuur het niet opnieuw onder hetzelfde nummer."""
_PROBLEMS = (400, 401, 403, 405, 406, 413, 415, 429, 500)
_EXAMPLE = {
    "id": "0b9f0c1e-5f5b-4c52-8f0e-1d2c3b4a5e05",
    "kind": "herstel",
    "sent_at": "2026-11-23T08:08:00+01:00",
    "facts": {"employee_number": "W900100", "first_fit_on": "2026-11-23"},
}


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class FaultTold(_Answer):
    """Waarom een bericht in quarantaine ging."""

    code: Annotated[FaultCode, Field(description="De fout.")]
    members: Annotated[
        list[Annotated[str, Field(max_length=200)]],
        Field(max_length=10, description="Om welke velden het gaat."),
    ]
    detail: Annotated[str, Field(max_length=3_000, description="Wat er mis is, waarom, en wat te doen.")]


class Told(_Answer):
    """Wat er met een bericht is gebeurd."""

    place: Annotated[int, Field(ge=1, le=MOST_MESSAGES, description="Het hoeveelste in de levering.")]
    id: Annotated[UUID | None, Field(description="Het nummer van het bericht, als dat te lezen is.")] = None
    kind: Annotated[MessageKind | None, Field(description="De soort, als die te lezen is.")] = None
    outcome: Annotated[Outcome, Field(description="Wat ermee is gebeurd.")]
    fault: FaultTold | None = None


class Delivered(_Answer):
    """De berichten van een levering, in hun volgorde."""

    received: Annotated[int, Field(ge=1, le=MOST_MESSAGES)]
    quarantined: Annotated[int, Field(ge=0, le=MOST_MESSAGES)]
    messages: Annotated[list[Told], Field(min_length=1, max_length=MOST_MESSAGES)]


def describe_messages_api(root: str, version: str, register: Register, home: str) -> Node:
    """Return the document; `home` is the address of the page where one can ask about the register."""
    document: Node = {
        "openapi": "3.1.0",
        "info": info("Berichten van het personeelssysteem", version, DESCRIPTION, register, home),
        "servers": [{"url": root, "description": "Deze omgeving"}],
        "tags": [
            {"name": "Berichten", "description": "Wat het personeelssysteem levert."},
            {"name": "Aanmelden", "description": "Een token voor een systeem."},
        ],
        "paths": {"/messages": {"post": _deliver()}, "/token": {"post": token_operation()}},
        "components": {
            "schemas": schemas_of(TokenRequest, mode="validation")
            | schemas_of(Delivered, Token, GrantError, Problem),
            "headers": {name: HEADERS[name] for name in ("API-Version", "Cache-Control")} | HEADERS_OF_TOKENS,
            "responses": responses({*_PROBLEMS, *TOKEN_PROBLEMS}),
            "securitySchemes": schemes(root),
        },
    }
    return {key: never_null(part) for key, part in document.items()}


def _deliver() -> Node:
    message = {"type": "object", "description": "Een bericht, volgens messages.v1.json."}
    array = {"type": "array", "items": message, "minItems": 1, "maxItems": MOST_MESSAGES}
    return {
        "operationId": "deliverMessages",
        "summary": "Berichten leveren",
        "description": _HOW,
        "tags": ["Berichten"],
        "security": [{"oauth": []}],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": array, "example": [_EXAMPLE]},
                "application/x-ndjson": {
                    "schema": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 2_097_152,
                        "pattern": r"\S",
                        "description": "Een bericht per regel.",
                    }
                },
            },
        },
        "responses": {
            "200": found_response("Wat er met elk bericht is gebeurd.", "Delivered", "traceresponse")
        }
        | {str(status): {"$ref": f"#/components/responses/{status}"} for status in _PROBLEMS},
    }
