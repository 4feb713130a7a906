"""Asking the door, as a page would."""

from typing import Any
from uuid import UUID

from hervat.access.asking import Asked
from hervat.journal.rules.trace import Trace
from hervat.register.model import PurposeId
from hervat.register.vocabulary import Operation, Source

from ..cast import TODAY
from .rule import DONE_FOR

TRACE = Trace(trace_id=UUID(int=0x4BF92F, version=4), span_id=bytes(range(1, 9)))
# What is done most for a purpose.
USUAL = {purpose: min(operations) for purpose, operations in DONE_FOR.items()} | {
    "wettelijke-plicht": Operation.READ_DOSSIER
}


def asks(user: UUID, purpose: str = "wettelijke-plicht", **changes: Any) -> Asked:
    """What somebody asks of the door: what is usual for a purpose, unless a test says otherwise."""
    fields: dict[str, Any] = {
        "user": user,
        "operation": USUAL.get(purpose, Operation.READ_DOSSIER),
        "purpose": PurposeId(purpose),
        "on": TODAY,
        "source": Source.WEB,
        "trace": TRACE,
        "demo": True,
    }
    return Asked(**(fields | changes))
