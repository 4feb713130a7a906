"""What an API under /api/ says when it cannot answer: problem details (RFC 9457), in Dutch.

A problem says what is wrong and what to do next. It must never repeat what the caller sent (an address
may hold somebody's number), show a trace, or be HTML. Every API shares this module.
Read next: `answers.py` (what every answer carries), docs/api.md (the problems, for callers).
"""

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import NinjaAPI
from ninja.errors import ValidationError
from pydantic import BaseModel, Field

MEDIA_TYPE = "application/problem+json"


class WrongPart(BaseModel):
    """One thing in the request that is wrong."""

    place: Annotated[str, Field(max_length=20, description="Waar het staat: path, query, header of body.")]
    name: Annotated[str, Field(max_length=200, description="De naam van de parameter of het veld.")]
    detail: Annotated[str, Field(max_length=400, description="Wat eraan mankeert en wat wel kan.")]


class Problem(BaseModel):
    """Een fout, volgens RFC 9457."""

    type: Annotated[
        Literal["about:blank"], Field(description="Altijd about:blank: de statuscode zegt de soort.")
    ] = "about:blank"
    status: Annotated[int, Field(ge=400, le=599, description="De HTTP-statuscode.")]
    title: Annotated[str, Field(max_length=100, description="Wat er mis is, in enkele woorden.")]
    detail: Annotated[str, Field(max_length=600, description="Waarom, en wat u kunt doen.")]
    errors: Annotated[
        list[WrongPart] | None,
        Field(max_length=100, description="Bij 400: alles wat in de vraag niet klopt."),
    ] = None


TITLES: Mapping[int, str] = {
    400: "De vraag klopt niet",
    401: "Aanmelden is nodig",
    403: "Dat mag niet",
    404: "Niet gevonden",
    405: "Deze methode kan hier niet",
    406: "Deze vorm is er niet",
    412: "De voorwaarde klopt niet",
    413: "De vraag is te groot",
    415: "Deze vorm kan de server niet lezen",
    429: "Te veel pogingen",
    500: "Er ging iets mis",
}

DETAILS: Mapping[int, str] = {
    400: "De server kan de vraag niet lezen. Vergelijk haar met openapi.json in de map van deze API.",
    401: "Vraag een token aan op /api/logboek/v1/token en stuur het mee in de kop Authorization: Bearer.",
    403: "Het register staat dit deze koppeling niet toe.",
    404: "Op dit adres staat niets. Let op: adressen eindigen niet op een schuine streep. "
    "Alle adressen staan in openapi.json in de map van deze API.",
    405: "Gebruik een van de methoden in de kop Allow van dit antwoord.",
    406: "Deze API antwoordt in application/json. Laat de kop Accept weg of neem application/json erin op.",
    412: "De kop If-Match noemt een andere versie dan de huidige. Vraag opnieuw op zonder die kop.",
    413: "Een vraag aan deze API is kort. Stuur alleen de velden die openapi.json noemt.",
    415: "Stuur de vraag als application/json, met die naam in de kop Content-Type.",
    429: "Er is hier te vaak met onjuiste gegevens aangeklopt. Wacht een minuut en controleer de gegevens.",
    500: "De server kon deze vraag niet beantwoorden. Probeer het later opnieuw; "
    "blijft het misgaan, meld dan het tijdstip en de soort vraag aan de beheerder.",
}

# By the error types of pydantic; what is not listed here gets the last sentence
_FAULTS: Mapping[str, str] = {
    "missing": "ontbreekt. Geef een waarde.",
    "extra_forbidden": "kent deze API niet. Laat het weg.",
    "string_too_long": "is te lang. Gebruik een waarde binnen de lengte die openapi.json noemt.",
    "string_too_short": "is te kort. Gebruik een waarde binnen de lengte die openapi.json noemt.",
    "string_pattern_mismatch": "heeft niet de goede vorm. Gebruik de vorm die openapi.json noemt.",
    "int_parsing": "is geen geheel getal. Gebruik alleen cijfers.",
    "greater_than_equal": "is te klein. Gebruik een waarde binnen de grenzen die openapi.json noemt.",
    "string_type": "is geen tekst. Gebruik een tekst tussen aanhalingstekens.",
    "uuid": "is geen UUID. Gebruik 36 tekens: cijfers, a tot en met f, en koppeltekens.",
    "moment": "is geen tijdstip volgens RFC 3339. Gebruik een vorm als 2026-11-23T12:00:00Z, met tijdzone.",
    "uri": "is geen absolute URI. Gebruik een adres dat met een schema begint, zoals https:.",
    "subject_kind": "is een soort die dit logboek niet kent. Gebruik een waarde die openapi.json noemt.",
    "less_than_equal": "is te groot. Gebruik een waarde binnen de grenzen die openapi.json noemt.",
}
_OTHER_FAULT = "heeft een waarde die hier niet kan. Vergelijk haar met openapi.json."


class CannotAnswer(Exception):  # noqa: N818 - it names the situation, as the caller meets it
    """Raised by an endpoint that has no answer; becomes the problem it carries."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        errors: Sequence[WrongPart] = (),
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        super().__init__(status)
        self.status = status
        self.detail = detail
        self.errors = errors
        self.headers = headers


class GrantRefused(HttpResponse):
    """An error of a token endpoint: no problem, but the form of RFC 6749 §5.2."""

    def __init__(self, status: int, error: str, description: str) -> None:
        body = json.dumps({"error": error, "error_description": description})
        super().__init__(body, status=status, content_type="application/json")


def is_told(response: HttpResponseBase) -> bool:
    """Whether an error is already in the form that its standard prescribes."""
    return response.get("Content-Type") == MEDIA_TYPE or isinstance(response, GrantRefused)


def problem(status: int, detail: str = "", errors: Sequence[WrongPart] = ()) -> HttpResponse:
    """Return the response that says what is wrong; without a detail, the one that goes with the status."""
    told = Problem(
        status=status,
        title=TITLES.get(status, TITLES[500 if status >= 500 else 400]),
        detail=detail or DETAILS.get(status, DETAILS[500 if status >= 500 else 400]),
        errors=list(errors[:100]) or None,
    )
    body = json.dumps(told.model_dump(exclude_none=True), ensure_ascii=False)
    response = HttpResponse(body, status=status, content_type=MEDIA_TYPE)
    response["Content-Language"] = "nl"
    return response


def tell_problems(api: NinjaAPI) -> None:
    """Make an API answer wrong input as a problem; everything else goes on to `answers.py`."""
    api.add_exception_handler(ValidationError, _wrong_input)
    api.add_exception_handler(Exception, _pass_on)


def _wrong_input(request: HttpRequest, error: Any) -> HttpResponse:
    wrong = [wrong_part(fault["loc"], fault["type"]) for fault in error.errors]
    return problem(400, in_short(wrong), wrong)


def in_short(wrong: Sequence[WrongPart]) -> str:
    """Return the first things that are wrong as one text."""
    return " ".join(f"'{part.name}' {part.detail}" for part in wrong[:3])


def wrong_part(location: Sequence[str | int], fault: str) -> WrongPart:
    """Name what is wrong by where it stands and by pydantic's type of fault, never by what it says."""
    # The name of an unknown field is the caller's own text, and may be anything
    unknown = fault == "extra_forbidden"
    name = "dit veld" if unknown else ".".join(map(str, location[1:]))[:200] or "de vraag"
    return WrongPart(place=str(location[0]), name=name, detail=_FAULTS.get(fault, _OTHER_FAULT))


def _pass_on(request: HttpRequest, error: Any) -> HttpResponse:
    raise error
