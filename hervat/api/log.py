"""The log API, /api/logboek/v1: the lines of the journal, for systems that oversee it.

One search, in the form of the logging standard's extension for reading; a token for who may ask; and the
document that describes both. Every search is itself a line, and no answer leaves before that line has been
committed. It must never answer who has no token, cut a list short, keep an answer, or repeat what was asked.
Read next: `credentials.py` (who asks), `oversight.py` (who may), `log_lines.py`, docs/log-api.md.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import split_domain_port, validate_host
from django.urls import path, re_path
from pydantic import ValidationError

from hervat.api.activities import ROOT as REGISTER
from hervat.api.answers import is_longer, nothing_here, private, public
from hervat.api.credentials import give_token, who_asks
from hervat.api.log_lines import describe_line, wanted_activity
from hervat.api.log_openapi import describe_log_api
from hervat.api.log_schemas import MOST_LINES, Metadata, ProcessingActivities, Question, as_written
from hervat.api.oversight import Overseer, admit, log_fruitless, log_too_many
from hervat.api.problems import CannotAnswer, in_short, wrong_part
from hervat.journal.queries.lines import LineView, search
from hervat.journal.rules.notes import Verifier
from hervat.journal.rules.trace import traceparent
from hervat.register.in_force import history

ROOT = "/api/logboek/v1"
VERSION = "1.0.0"
LONGEST_QUESTION = 16_384
HOME = "/register/"
UNNAMED = "hervat"
"""What a log is called that has no key yet, and so no name."""

NO_KEY = (
    "Geef ten minste één van: traceId, dpl.core.processing_activity_id, dpl.core.data_subject_id. "
    "Zonder zo'n sleutel zou het hele logboek het antwoord zijn."
)
BACKWARDS = "endTime ligt voor startTime. Wissel ze om, of laat er een weg."
TOO_MANY = (
    f"Hierop passen meer dan {MOST_LINES} regels, en de standaard kent geen pagina's. "
    "Maak de vraag kleiner met startTime en endTime, en stel haar per periode."
)


class TooMany(Exception):  # noqa: N818 - it names the situation
    """More lines match than an answer may have."""


def find_lines(request: HttpRequest) -> HttpResponse:
    """Answer `POST /processing-activities`."""
    overseer = admit(request, who_asks(request))
    question = _question(request)
    lines = _search(request, overseer, question)
    base = request.build_absolute_uri(REGISTER)
    answer = ProcessingActivities(
        metadata=Metadata(logbook_id=logbook_id(), organization_name=_organisation(overseer)),
        lines=[describe_line(line, base) for line in lines],
    )
    response = JsonResponse(as_written(answer), json_dumps_params={"ensure_ascii": False})
    response["traceresponse"] = traceparent(overseer.act.trace.trace_id, overseer.act.trace.span_id)
    return response


def show_openapi(request: HttpRequest) -> HttpResponse:
    """Answer `GET /openapi.json`: what this API is, which holds nothing of the log."""
    home = request.build_absolute_uri(HOME)
    document = describe_log_api(ROOT, VERSION, history().latest, home)
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False})


def logbook_id() -> str:
    """Return the name of this log: that of the key its heads are signed with."""
    keys: Sequence[Verifier] = settings.JOURNAL_PUBLIC_KEYS
    return keys[-1].name if keys else UNNAMED


def _search(request: HttpRequest, overseer: Overseer, question: Question) -> tuple[LineView, ...]:
    """Search, and log the search, in one transaction; the oldest line first. Raises `CannotAnswer`."""
    wanted = None
    if question.activity is not None:
        wanted = wanted_activity(question.activity, _here(request))
        if wanted is None:
            log_fruitless(overseer, question)
            return ()
    try:
        with transaction.atomic():
            page = search(
                asked_by=overseer.act,
                trace_id=question.trace_id,
                activity=wanted.activity if wanted else None,
                register_version=wanted.version if wanted else None,
                subject=question.subject,
                subject_kind=question.subject_kind,
                foreign_entity=question.processor,
                since=question.since,
                until=question.until,
                limit=MOST_LINES,
            )
            if page.more:
                # Nothing of it is given, so nothing may say that it was: the line is undone with the search
                raise TooMany
    except TooMany:
        log_too_many(overseer, question)
        raise CannotAnswer(400, TOO_MANY) from None
    return page.lines[::-1]


def _question(request: HttpRequest) -> Question:
    """Read the question. Raises `CannotAnswer` (400, 413, 415)."""
    if request.META.get("QUERY_STRING"):
        raise CannotAnswer(400, "Deze API kent geen parameters achter een vraagteken. Laat ze weg.")
    if request.content_type != "application/json":
        raise CannotAnswer(415)
    if is_longer(request, LONGEST_QUESTION):
        raise CannotAnswer(413)
    try:
        question = Question.model_validate(_json(request.body))
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        wrong = [wrong_part(("body", *fault["loc"]), fault["type"]) for fault in faults]
        raise CannotAnswer(400, in_short(wrong), wrong) from None
    _refuse_nonsense(question)
    return question


def _refuse_nonsense(question: Question) -> None:
    if question.trace_id is None and question.activity is None and question.subject is None:
        raise CannotAnswer(400, NO_KEY)
    if question.since and question.until and question.until < question.since:
        raise CannotAnswer(400, BACKWARDS)


def _json(body: bytes) -> object:
    """Read JSON, and only what can be read in one way."""
    try:
        return json.loads(body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise CannotAnswer(400, "De vraag is geen geldige JSON, of noemt een veld twee keer.") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError
    return dict(pairs)


def _no_number(_: str) -> NoReturn:
    raise ValueError


def _here(request: HttpRequest) -> Callable[[str], bool]:
    """Return what tells whether a host, with its port, is this deployment."""
    here = _port(request.get_host())
    return lambda host: (
        validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS) and (_port(host) == here)
    )


def _port(host: str) -> str:
    port = split_domain_port(host)[1]
    return "" if port in {"80", "443"} else port


def _organisation(overseer: Overseer) -> str:
    entry = overseer.register.entry
    return next(iter(entry.organisations), entry.reference)


urlpatterns = [
    path("processing-activities", private(find_lines, VERSION)),
    path("token", private(give_token, VERSION)),
    path("openapi.json", public(show_openapi, VERSION)),
    re_path("", nothing_here(VERSION, for_anyone=False)),
]
