"""The messages API, /api/p-en-o/v1: what a personnel system delivers, message by message.

One delivery is up to a thousand messages, as JSON Lines or a JSON array; each is taken in by itself, and the
answer says of each, in their order, what became of it. A bad message is set apart and stops nothing. Must
never: answer who has no token, repeat what a message said, or keep an answer.
Read next: `delivering.py` (who may), `messages_openapi.py`, docs/personnel-feed.md.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, re_path

from hervat.api.answers import is_longer, nothing_here, private, public
from hervat.api.credentials import give_token
from hervat.api.delivering import REALM, ROOT, admit
from hervat.api.messages_openapi import MOST_MESSAGES, Delivered, FaultTold, Told, describe_messages_api
from hervat.api.problems import CannotAnswer
from hervat.exchange.actions.receive import Received, receive
from hervat.exchange.rules.schema import schema
from hervat.journal.rules.trace import traceparent
from hervat.register.in_force import history

VERSION = "1.0.0"
LARGEST = 2 * 1024 * 1024
LINES = "application/x-ndjson"
ARRAY = "application/json"
HOME = "/register/"


def deliver(request: HttpRequest) -> HttpResponse:
    """Answer `POST /messages`."""
    feed, trace = admit(request)
    texts = _texts(request)
    told = [_told(place, receive(admits=feed, text=text, line=place)) for place, text in enumerate(texts, 1)]
    waiting = sum(one.fault is not None for one in told)
    answer = Delivered(messages=told, received=len(told), quarantined=waiting)
    said = answer.model_dump(mode="json", by_alias=True, exclude_none=True)
    response = JsonResponse(said, json_dumps_params={"ensure_ascii": False})
    response["traceresponse"] = traceparent(trace.trace_id, trace.span_id)
    return response


def give_token_here(request: HttpRequest) -> HttpResponse:
    """Answer `POST /token`."""
    return give_token(request, REALM)


def show_openapi(request: HttpRequest) -> HttpResponse:
    """Answer `GET /openapi.json`: what this API is."""
    home = request.build_absolute_uri(HOME)
    document = describe_messages_api(ROOT, VERSION, history().latest, home)
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False})


def show_schema(request: HttpRequest) -> HttpResponse:
    """Answer `GET /messages.v1.json`: the schema of one message."""
    return JsonResponse(schema(), json_dumps_params={"ensure_ascii": False})


def _told(place: int, received: Received) -> Told:
    fault = received.fault
    return Told(
        place=place,
        id=received.id,
        kind=received.kind,
        outcome=received.outcome,
        fault=FaultTold(code=fault.code, members=list(fault.members), detail=fault.text) if fault else None,
    )


def _texts(request: HttpRequest) -> list[str]:
    """Return the messages of a delivery. Raises `CannotAnswer` (400, 413, 415)."""
    if request.META.get("QUERY_STRING"):
        raise CannotAnswer(400, "Deze API kent geen parameters achter een vraagteken. Laat ze weg.")
    if request.content_type not in {LINES, ARRAY}:
        raise CannotAnswer(415, f"Stuur berichten als {LINES} of als {ARRAY}, met die naam in Content-Type.")
    if is_longer(request, LARGEST):
        raise CannotAnswer(413, "Een levering is ten hoogste 2 MiB. Stuur de berichten in delen.")
    texts = list(_lines(request.body) if request.content_type == LINES else _elements(request.body))
    if not texts:
        raise CannotAnswer(400, "Er staat geen bericht in deze levering. Stuur er ten minste een.")
    if len(texts) > MOST_MESSAGES:
        raise CannotAnswer(400, f"Een levering is ten hoogste {MOST_MESSAGES} berichten. Stuur ze in delen.")
    return texts


def _lines(body: bytes) -> Iterator[str]:
    for line in body.decode("utf-8", "replace").splitlines():
        if line.strip():
            yield line


def _elements(body: bytes) -> Iterator[str]:
    try:
        elements = json.loads(body.decode("utf-8"), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise CannotAnswer(400, "De levering is geen geldige JSON, of noemt een veld twee keer.") from None
    if not isinstance(elements, list) or not all(isinstance(one, dict) for one in elements):
        raise CannotAnswer(400, "Een levering is een lijst van berichten: [{…}, {…}].")
    yield from (json.dumps(one) for one in elements)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError
    return dict(pairs)


urlpatterns = [
    path("messages", private(deliver, VERSION)),
    path("token", private(give_token_here, VERSION)),
    path("openapi.json", public(show_openapi, VERSION)),
    path("messages.v1.json", public(show_schema, VERSION)),
    re_path("", nothing_here(VERSION, for_anyone=False)),
]
