"""What the log API is asked and answers: the schemas of the logging standard's extension for reading.

The names are the standard's, dots included, and those of its extension for NEN 7513; what neither has room
for begins with `hervat.`. Everything has a bound, and an unknown field is refused. It must never hold more
than a line of the journal does: no name, no value of an item. Read next: `log.py`, `log_lines.py`.
"""

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
    field_validator,
)
from pydantic_core import PydanticCustomError

from hervat.journal.rules.line import Effect, Manner, Outcome, SubjectKind
from hervat.register.vocabulary import ActorKind, Authority, Item, LegalBasis, Operation, Role, Source

MOST_LINES = 1_000
"""No answer has more lines: the standard knows no pages, and a cut would look like the whole."""

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)  # RFC 3339 §5.6
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+", re.ASCII)


def _fault(kind: str) -> PydanticCustomError:
    return PydanticCustomError(kind, "wrong")


def _one_way(value: object) -> object:
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise _fault("uuid")
    return value


def _moment(value: object) -> datetime:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise _fault("moment")
    try:
        return datetime.fromisoformat(value.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise _fault("moment") from None


def _absolute(value: str) -> str:
    try:
        urlsplit(value)
    except ValueError:
        raise _fault("uri") from None
    if not _URI.fullmatch(value):
        raise _fault("uri")
    return value


def _as_rfc3339(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _known_kind(value: object) -> object:
    if not isinstance(value, str) or value not in set(SubjectKind):
        raise _fault("subject_kind")
    return value


Id = Annotated[UUID, BeforeValidator(_one_way)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
Uri = Annotated[str, Field(max_length=400, json_schema_extra={"format": "uri"}), AfterValidator(_absolute)]
Logged = Annotated[
    datetime,
    PlainSerializer(_as_rfc3339, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time", "maxLength": 24}),
]
Address = Annotated[str, Field(max_length=2_000, json_schema_extra={"format": "uri"})]
Span = Annotated[str, Field(pattern="^[0-9a-fA-F]{16}$", min_length=16, max_length=16)]
Code = Annotated[str, Field(min_length=1, max_length=64)]


KEYS = ("traceId", "dpl.core.processing_activity_id", "dpl.core.data_subject_id")
"""The standard: a question has at least one of these."""


class Question(BaseModel):
    """Wat wordt gezocht. Geef ten minste traceId, een verwerkingsactiviteit of een betrokkene."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={"minProperties": 1, "anyOf": [{"required": [name]} for name in KEYS]},
    )

    trace_id: Annotated[Id | None, Field(alias="traceId", description="De regels van één handeling.")] = None
    activity: Annotated[
        Uri | None,
        Field(
            alias="dpl.core.processing_activity_id",
            description="Een verwerkingsactiviteit in het register van deze omgeving, of één versie ervan.",
        ),
    ] = None
    subject: Annotated[
        Id | None, Field(alias="dpl.core.data_subject_id", description="De code van een betrokkene.")
    ] = None
    subject_kind: Annotated[
        Annotated[SubjectKind, BeforeValidator(_known_kind)] | None,
        Field(alias="dpl.core.data_subject_id_type", description="Van welke soort die code is."),
    ] = None
    processor: Annotated[
        Uri | None,
        Field(alias="dpl.core.foreign_operation.processor", description="De applicatie die erom vroeg."),
    ] = None
    since: Annotated[
        Moment | None, Field(alias="startTime", description="Alleen wat op of na dit moment begon.")
    ] = None
    until: Annotated[
        Moment | None, Field(alias="endTime", description="Alleen wat op of voor dit moment eindigde.")
    ] = None

    @field_validator("*", mode="before")
    @classmethod
    def _not_null(cls, value: object) -> object:
        if value is None:
            raise _fault("missing")
        return value


class Answer(BaseModel):
    """Written under the standard's names."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)


class User(Answer):
    """Wie handelde (NEN 7513). Een naam staat niet in het logboek."""

    user_id: Annotated[Code, Field(alias="userID", description="De code van wie handelde.")]
    user_is_requestor: Annotated[Literal[True], Field(alias="userIsRequestor")] = True
    role: Annotated[Role | None, Field(alias="roleIDCode", description="In welke rol.")] = None
    purpose: Annotated[Code, Field(alias="purposeOfUse", description="De code van het doel.")]
    access_kind: Annotated[
        Literal["2"] | None,
        Field(alias="networkAccessPointTypeCode", description="2: een netwerkadres."),
    ] = None
    address: Annotated[Annotated[str, Field(max_length=45)] | None, Field(alias="networkAccessPointID")] = (
        None
    )


class Participant(Answer):
    """Waar de handeling nog meer over ging (NEN 7513): een dossier of een ander object."""

    kind: Annotated[Literal["2"], Field(alias="participantObjectTypeCode", description="2: een object.")] = (
        "2"
    )
    id_kind: Annotated[Code, Field(alias="participantObjectIDTypeCode", description="Wat voor object.")]
    id: Annotated[UUID, Field(alias="participantObjectID")]


class Attributes(Answer):
    """De attributen van een regel."""

    activity: Annotated[
        Address,
        Field(
            alias="dpl.core.processing_activity_id",
            description="De versie van de verwerkingsactiviteit, in de register-API van deze omgeving.",
        ),
    ]
    subject: Annotated[UUID | None, Field(alias="dpl.core.data_subject_id")] = None
    subject_kind: Annotated[SubjectKind | None, Field(alias="dpl.core.data_subject_id_type")] = None
    foreign_trace_id: Annotated[UUID | None, Field(alias="dpl.core.foreign_operation.trace_id")] = None
    foreign_span_id: Annotated[Span | None, Field(alias="dpl.core.foreign_operation.span_id")] = None
    processor: Annotated[Address | None, Field(alias="dpl.core.foreign_operation.processor")] = None
    external_api: Annotated[
        Address | None,
        Field(alias="dpl.read.externalReadAPI_id", description="De lees-API van wie is aangeroepen."),
    ] = None
    users: Annotated[list[User], Field(alias="dpl.nen7513.users", max_length=1)]
    participants: Annotated[
        list[Participant] | None, Field(alias="dpl.nen7513.participants", max_length=2)
    ] = None
    authority: Annotated[
        Authority | None,
        Field(alias="dpl.nen7513.autorisatieProtocol", description="Wat toegang gaf."),
    ] = None
    items: Annotated[
        list[Item] | None,
        Field(alias="hervat.items", max_length=len(Item), description="De gegevens, nooit wat erin staat."),
    ] = None
    effect: Annotated[Effect, Field(alias="hervat.effect", description="C, R, U, D of E (NEN 7513).")]
    outcome: Annotated[Outcome, Field(alias="hervat.outcome", description="Ook een weigering is een regel.")]
    reason: Annotated[
        Code | None, Field(alias="hervat.reason", description="Waarom het niet lukte, als code.")
    ] = None
    ground: Annotated[LegalBasis | None, Field(alias="hervat.ground", description="AVG art. 6 lid 1.")] = None
    actor_kind: Annotated[ActorKind, Field(alias="hervat.actorKind", description="Wat voor iemand handelde.")]
    unit: Annotated[UUID | None, Field(alias="hervat.unit", description="Voor welke eenheid.")] = None
    manner: Annotated[
        Manner | None, Field(alias="hervat.manner", description="Geopend, in een lijst gezien of anders.")
    ] = None
    line: Annotated[
        int,
        Field(alias="hervat.line", ge=1, le=2**53, description="Het nummer van de regel, voor een bewijs."),
    ]
    logged_at: Annotated[Logged, Field(alias="hervat.loggedAt", description="Wanneer zij is vastgelegd.")]


class ResourceAttributes(Answer):
    """Het bronsysteem (NEN 7513)."""

    source: Annotated[Source, Field(alias="nen7513.AuditSourceId", description="Waar de regel ontstond.")]


class Resource(Answer):
    """Waar de regel ontstond."""

    attributes: ResourceAttributes


class ProcessingActivity(Answer):
    """Eén regel: wat één handeling deed met de gegevens van één betrokkene."""

    trace_id: Annotated[UUID, Field(alias="traceId")]
    span_id: Annotated[Span, Field(alias="spanId")]
    parent_span_id: Annotated[Span | None, Field(alias="parentSpanId")] = None
    status: Annotated[
        Literal["Unset", "Ok", "Error"],
        Field(description="Ok, of Error bij een weigering of een fout. Unset komt niet voor."),
    ]
    name: Annotated[Operation, Field(description="De handeling, als code van het register.")]
    start_time: Annotated[Logged, Field(alias="startTime")]
    end_time: Annotated[Logged, Field(alias="endTime")]
    resource: Resource
    attributes: Attributes


class Metadata(Answer):
    """Welk logboek antwoordt, en van wie."""

    logbook_id: Annotated[str, Field(alias="logbookId", max_length=200)]
    organization_name: Annotated[str, Field(alias="organizationName", max_length=1_000)]


class ProcessingActivities(Answer):
    """De regels, in de volgorde waarin zij zijn vastgelegd."""

    metadata: Metadata
    lines: Annotated[list[ProcessingActivity], Field(alias="processingActivities", max_length=MOST_LINES)]


def as_written(answer: BaseModel) -> dict[str, Any]:
    """Return an answer as JSON values under its outside names, what is not known left out."""
    return answer.model_dump(mode="json", by_alias=True, exclude_none=True)
