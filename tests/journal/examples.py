"""Lines to test with: a commander opens a dossier. Codes only, and none of them is somebody's."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from hervat.journal.rules.line import (
    Actor,
    ActorKind,
    Authority,
    Effect,
    Line,
    Manner,
    Outcome,
    Source,
    SubjectKind,
)
from hervat.register.identifiers import activity_id
from hervat.register.model import PurposeId
from hervat.register.vocabulary import Item, LegalBasis, Operation, Role

NOON = datetime(2026, 11, 23, 12, 0, 0, 123000, tzinfo=UTC)
COMMANDER = Actor(
    kind=ActorKind.USER, code="gebruiker-0001", role=Role.COMMANDER, unit=UUID(int=0x1, version=4)
)
SUBJECT = UUID("5a0e6c2e-93a4-4f5c-9d4b-3f1f0b1a7c01")
DOSSIER = UUID("0f8fad5b-d9cb-469f-a165-70867728950e")
DUTY = PurposeId("wettelijke-plicht")


def a_line(**changes: Any) -> Line:
    """A line of a commander who opened a dossier, with these fields otherwise."""
    fields: dict[str, Any] = {
        "trace_id": uuid4(),
        "span_id": bytes.fromhex("00f067aa0ba902b7"),
        "parent_span_id": bytes.fromhex("b7ad6b7169203331"),
        "operation": Operation.READ_DOSSIER,
        "effect": Effect.READ,
        "outcome": Outcome.DONE,
        "started_at": NOON,
        "ended_at": NOON,
        "activity": activity_id("D2599", DUTY),
        "register_version": 1,
        "purpose": DUTY,
        "ground": LegalBasis.LEGAL_OBLIGATION,
        "authority": Authority.POSTING,
        "actor": COMMANDER,
        "source": Source.WEB,
        "manner": Manner.OPENED,
        "subject": SUBJECT,
        "subject_kind": SubjectKind.RE_INTEGRANT,
        "dossier": DOSSIER,
        "items": frozenset({Item.UNIT, Item.OWN_WORK_HOURS}),
    }
    return Line(**(fields | changes))
