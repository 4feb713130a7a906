"""The register API, /api/register/v1: the register of processing activities, for machines.

The three paths of the government's logging standard, by their own names, and what is needed to find
them. Read-only and public: there is nothing about a person in it, so nobody logs in and nothing is
logged. It must never touch the database. Read next: `activities.py`, `answers.py`, docs/api.md.
"""

import re
from collections.abc import Callable
from functools import partial, wraps
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import re_path
from django.utils import timezone
from ninja import NinjaAPI, Path
from ninja.renderers import JSONRenderer
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from hervat.api.activities import Activity, activities, describe_activity, describe_version
from hervat.api.answers import nothing_here, read_only
from hervat.api.entities import entities
from hervat.api.openapi import describe_api
from hervat.api.problems import CannotAnswer, WrongPart, tell_problems
from hervat.api.schemas import (
    LAST_VERSION,
    Entity,
    ProcessingActivities,
    ProcessingActivity,
    ProcessingActivityVersion,
)
from hervat.api.whole_register import WholeRegister, describe_register
from hervat.register.history import BeforeFirstVersion
from hervat.register.in_force import history

VERSION = "1.0.0"
PUBLIC_FOR_A_DAY = "public, max-age=86400"
HOME = "/register/"


class ReadableJSON(JSONRenderer):
    """Dutch has accents; a reader of curl's output should see them."""

    json_dumps_params = {"ensure_ascii": False}  # noqa: RUF012 - as ninja declares it


api = NinjaAPI(
    title="Register van verwerkingsactiviteiten",
    version=VERSION,
    urls_namespace="register-api",
    renderer=ReadableJSON(),
    docs_url=None,  # Swagger's page loads from another host
    openapi_url=None,
)
tell_problems(api)


def refuse_query(run: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Refuse what no endpoint here has: a caller must not think that a filter worked."""

    @wraps(run)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.META.get("QUERY_STRING"):
            wrong = WrongPart(place="query", name="?", detail="kent deze API niet. Laat het weg.")
            raise CannotAnswer(
                400, "Deze API kent geen parameters achter een vraagteken. Laat ze weg.", [wrong]
            )
        return run(request, *args, **kwargs)

    return asked


api.add_decorator(refuse_query, mode="view")

_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


def _whole(value: object) -> object:
    """Let through only the one way to write a number, so that a version has one address."""
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise PydanticCustomError("int_parsing", "not a whole number")
    return value


Id = Annotated[
    str,
    Path(
        pattern="^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        min_length=36,
        max_length=36,
        format="uuid",
        description="Een UUID, in kleine letters met koppeltekens.",
    ),
]
Number = Annotated[
    int,
    BeforeValidator(_whole),
    Path(ge=1, le=LAST_VERSION, description="Het nummer van een versie van het register."),
]


answer = partial(api.get, by_alias=True, exclude_none=True)


@answer(
    "/processing_activities",
    response=ProcessingActivities,
    operation_id="listProcessingActivities",
    summary="Alle verwerkingsactiviteiten",
    description="Elk doel van elke verwerking, ook wat niet meer geldt. De lijst is kort: zonder pagina's.",
    tags=["Verwerkingsactiviteiten"],
)
def list_activities(request: HttpRequest) -> ProcessingActivities:
    versions = history().versions
    today = timezone.localdate()
    return ProcessingActivities(
        processing_activities=[describe_activity(versions, of, today) for of in activities(versions).values()]
    )


@answer(
    "/processing_activities/{processingActivityId}",
    response=ProcessingActivity,
    operation_id="getProcessingActivity",
    summary="Eén verwerkingsactiviteit",
    description="Of de activiteit nog geldt en wat haar nieuwste versie is.",
    tags=["Verwerkingsactiviteiten"],
)
def show_activity(request: HttpRequest, processingActivityId: Id) -> ProcessingActivity:  # noqa: N803
    of = _versions_of(processingActivityId)
    return describe_activity(history().versions, of, timezone.localdate())


@answer(
    "/processing_activities/{processingActivityId}/versions/{processingActivityVersionNumber}",
    response=ProcessingActivityVersion,
    operation_id="getProcessingActivityVersion",
    summary="Eén versie van een verwerkingsactiviteit",
    description="Zoals logregels ernaar verwijzen. Een versie die er eenmaal is, blijft en verandert niet.",
    tags=["Verwerkingsactiviteiten"],
)
def show_activity_version(
    request: HttpRequest,
    response: HttpResponse,
    processingActivityId: Id,  # noqa: N803 - the standard's own name
    processingActivityVersionNumber: Number,  # noqa: N803
) -> ProcessingActivityVersion:
    response["Cache-Control"] = PUBLIC_FOR_A_DAY
    for activity in _versions_of(processingActivityId):
        if activity.number == processingActivityVersionNumber:
            return describe_version(activity)
    raise CannotAnswer(
        404,
        "Deze verwerkingsactiviteit heeft geen versie met dit nummer. "
        "Vraag de activiteit zelf op: hervat.versions noemt de nummers die er zijn.",
    )


@answer(
    "/entities/{entityId}",
    response=Entity,
    operation_id="getEntity",
    summary="Eén organisatie of ontvanger",
    description="Zoals de nieuwste versie van het register die haar noemt, haar omschrijft.",
    tags=["Entiteiten"],
)
def show_entity(request: HttpRequest, entityId: Id) -> Entity:  # noqa: N803 - the standard's own name
    entity = entities(history().versions).get(UUID(entityId))
    if entity is None:
        raise CannotAnswer(
            404,
            "Geen organisatie of ontvanger met dit nummer. De nummers staan bij elke versie van een "
            "verwerkingsactiviteit, onder recipients en hervat.recipients.",
        )
    return entity


@answer(
    "/entry",
    response=WholeRegister,
    operation_id="getEntry",
    summary="Het hele register dat vandaag geldt",
    description="De verwerkingen zin voor zin, hoe wij ze lezen met de matrix, en alle open punten.",
    tags=["Register"],
)
def show_register(request: HttpRequest) -> WholeRegister:
    try:
        return describe_register(history().on(timezone.localdate()))
    except BeforeFirstVersion:
        raise CannotAnswer(
            404, "Vandaag geldt nog geen versie van het register. Vraag /entry/versions/1 op."
        ) from None


@answer(
    "/entry/versions/{versionNumber}",
    response=WholeRegister,
    operation_id="getEntryVersion",
    summary="Het hele register in één versie",
    description="Een versie die er eenmaal is, blijft en verandert niet.",
    tags=["Register"],
)
def show_register_version(
    request: HttpRequest,
    response: HttpResponse,
    versionNumber: Number,  # noqa: N803 - the API speaks camelCase
) -> WholeRegister:
    response["Cache-Control"] = PUBLIC_FOR_A_DAY
    try:
        return describe_register(history().version(versionNumber))
    except KeyError:
        raise CannotAnswer(
            404,
            f"Deze versie van het register is er niet. De laatste is {history().latest.version.number}.",
        ) from None


@answer("/openapi.json", response=dict[str, Any], include_in_schema=False)
def show_openapi(request: HttpRequest) -> HttpResponse:
    home = request.build_absolute_uri(HOME)
    return api.create_response(request, describe_api(api, history().latest, home), status=200)


def _versions_of(identifier: str) -> list[Activity]:
    of = activities(history().versions).get(UUID(identifier))
    if of is None:
        raise CannotAnswer(
            404,
            "Geen verwerkingsactiviteit met dit nummer. "
            "Alle nummers staan op /api/register/v1/processing_activities.",
        )
    return of


urlpatterns = [*read_only(api.urls[0], VERSION), re_path("", nothing_here(VERSION))]
