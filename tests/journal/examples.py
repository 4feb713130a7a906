"""Lines and acts to test with: a commander opens a dossier, an officer reads the log. Nobody's codes."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from hervat.journal.rules.acts import Act, Met
from hervat.journal.rules.line import Actor, Effect, Line, Manner, Outcome, SubjectKind
from hervat.journal.rules.trace import Trace
from hervat.register.identifiers import activity_id
from hervat.register.model import PurposeId
from hervat.register.vocabulary import ActorKind, Authority, Item, LegalBasis, Operation, Role, Source

NOON = datetime(2026, 11, 23, 12, 0, 0, 123000, tzinfo=UTC)
COMMANDER = Actor(
    kind=ActorKind.USER, code="gebruiker-0001", role=Role.COMMANDER, unit=UUID(int=0x1, version=4)
)
OPERATOR = Actor(kind=ActorKind.COMMAND, code="cli:beheer")
SUBJECT = UUID("5a0e6c2e-93a4-4f5c-9d4b-3f1f0b1a7c01")
DOSSIER = UUID("0f8fad5b-d9cb-469f-a165-70867728950e")
DUTY = PurposeId("wettelijke-plicht")
OVERSIGHT = PurposeId("verantwoorden")
OFFICER = Actor(kind=ActorKind.USER, code="8c0e1a52-5b0c-4f0e-9a55-0d5c2b1f7e09", role=Role.PRIVACY_OFFICER)


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


def an_act(**changes: Any) -> Act:
    """The act of an officer who oversees the log, with these fields otherwise."""
    fields: dict[str, Any] = {
        "trace": Trace(trace_id=uuid4(), span_id=bytes.fromhex("00f067aa0ba902b7")),
        "operation": Operation.OVERSEE,
        "effect": Effect.READ,
        "actor": OFFICER,
        "purpose": OVERSIGHT,
        "activity": activity_id("HERVAT-GEBRUIKERS", OVERSIGHT),
        "register_version": 1,
        "ground": LegalBasis.LEGAL_OBLIGATION,
        "authority": Authority.POSTING,
        "source": Source.WEB,
        "started_at": NOON,
    }
    return Act(**(fields | changes))


def somebody(**changes: Any) -> Met:
    """The re-integrant of these examples, opened, with these fields otherwise."""
    fields: dict[str, Any] = {
        "subject": SUBJECT,
        "subject_kind": SubjectKind.RE_INTEGRANT,
        "dossier": DOSSIER,
        "items": frozenset({Item.UNIT}),
    }
    return Met(**(fields | changes))
