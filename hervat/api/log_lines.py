"""From a question of the standard to a search of the log, and from lines to the standard's words.

Pure: values in, values out. The processing activities of the lines are addresses in the register API of
this deployment. It must never widen a question: what it cannot place finds nothing, or is refused.
Read next: `log_schemas.py`, `hervat/journal/queries/lines.py`, docs/log-api.md (each choice explained).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit
from uuid import UUID

from hervat.api.activities import ROOT
from hervat.api.log_schemas import (
    Attributes,
    Participant,
    ProcessingActivity,
    Resource,
    ResourceAttributes,
    User,
)
from hervat.api.problems import CannotAnswer, WrongPart, in_short
from hervat.journal.queries.lines import LineView
from hervat.journal.rules.line import Outcome

_ACTIVITY = re.compile(
    r"/processing_activities/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:/versions/([1-9][0-9]{0,5}))?",
    re.ASCII,
)
_ACTIVITY_FIELD = "dpl.core.processing_activity_id"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The processing activity that a question names, in one version or in all."""

    activity: UUID
    version: int | None


def wanted_activity(uri: str, is_here: Callable[[str], bool]) -> Wanted | None:
    """Return the activity that an address names, or None when it is not of this deployment.

    `is_here` says whether a host, with its port, is this deployment. Raises `CannotAnswer` for an address in
    our register that is no activity: it can only be a mistake, and an empty answer would hide it.

    >>> register = "https://example.org/api/register/v1/processing_activities"
    >>> is_here = "example.org".__eq__
    >>> wanted_activity(f"{register}/aeb9dffc-9924-5d3f-9d9c-a8b40a1d4dab/versions/2", is_here).version
    2
    >>> wanted_activity("https://example.com/register/1", is_here)
    """
    parts = urlsplit(uri)
    if parts.scheme.lower() not in {"http", "https"} or not is_here(parts.netloc.lower()):
        return None
    if not parts.path.startswith(f"{ROOT}/"):
        return None
    found = _ACTIVITY.fullmatch(parts.path.removeprefix(ROOT))
    if found is None or parts.query or parts.fragment:
        wrong = WrongPart(
            place="body",
            name=_ACTIVITY_FIELD,
            detail="wijst in het register van deze omgeving geen verwerkingsactiviteit aan. "
            f"Gebruik {ROOT}/processing_activities/…, eventueel met /versions/….",
        )
        raise CannotAnswer(400, in_short([wrong]), [wrong])
    return Wanted(UUID(found[1]), int(found[2]) if found[2] else None)


def describe_line(line: LineView, base: str) -> ProcessingActivity:
    """Return a line in the words of the standard; `base` is the address of the register API, absolute."""
    return ProcessingActivity(
        trace_id=line.trace_id,
        span_id=line.span_id.hex(),
        parent_span_id=line.parent_span_id.hex() if line.parent_span_id else None,
        status=_status(line.outcome),
        name=line.operation,
        start_time=line.started_at,
        end_time=line.ended_at,
        resource=Resource(attributes=ResourceAttributes(source=line.source)),
        attributes=_attributes(line, base),
    )


def _attributes(line: LineView, base: str) -> Attributes:
    return Attributes(
        activity=f"{base}/processing_activities/{line.activity}/versions/{line.register_version}",
        subject=line.subject,
        subject_kind=line.subject_kind,
        foreign_trace_id=line.foreign.trace_id if line.foreign else None,
        foreign_span_id=line.foreign.span_id.hex() if line.foreign else None,
        processor=line.foreign.entity if line.foreign else None,
        external_api=line.external_api,
        users=[_user(line)],
        participants=_participants(line) or None,
        authority=line.authority,
        items=sorted(line.items) or None,
        effect=line.effect,
        outcome=line.outcome,
        reason=line.reason,
        ground=line.ground,
        actor_kind=line.actor.kind,
        unit=line.actor.unit,
        manner=line.manner,
        line=line.id,
        logged_at=line.logged_at,
    )


def _user(line: LineView) -> User:
    address = line.actor.address
    return User(
        user_id=line.actor.code,
        role=line.actor.role,
        purpose=line.purpose,
        access_kind="2" if address else None,
        address=str(address) if address else None,
    )


def _participants(line: LineView) -> list[Participant]:
    named = [("dossier", line.dossier), (line.object_kind, line.object_id)]
    return [Participant(id_kind=kind, id=code) for kind, code in named if kind and code]


def _status(outcome: Outcome) -> Literal["Ok", "Error"]:
    return "Ok" if outcome is Outcome.DONE else "Error"
