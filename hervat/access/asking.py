"""What somebody asks of the door, and how a refusal of it is logged.

Must never: hold what was typed, such as a case number that does not exist. Read next: `door.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from ipaddress import IPv4Address, IPv6Address
from typing import Any
from uuid import UUID

from hervat.access.refusals import Refusal
from hervat.journal.actions.append import record_refusal
from hervat.journal.rules.acts import Act, Met, under
from hervat.journal.rules.line import Actor, Effect
from hervat.journal.rules.trace import Trace
from hervat.register.model import PurposeId, Register
from hervat.register.vocabulary import ActorKind, Item, Operation, Role, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks to do what, for which purpose, on which day, and from where.

    `role` is the role that somebody with more than one wants to act in, `instead_of` the colleague in whose
    stead. `demo` is whether the acceptances of the demonstration count.
    """

    user: UUID
    operation: Operation
    purpose: PurposeId
    on: date
    source: Source
    trace: Trace
    caller: str | None = None
    address: IPv4Address | IPv6Address | None = None
    role: Role | None = None
    instead_of: UUID | None = None
    demo: bool = False

    @property
    def whence(self) -> dict[str, Any]:
        """Return what a permit and a line of the log say of where it was asked from."""
        return {
            "trace_id": self.trace.trace_id,
            "span_id": self.trace.span_id,
            "caller": self.caller,
            "address": self.address,
        }


def log_refusal(
    asked: Asked, register: Register, refused: Refusal, *, role: Role | None = None, met: Iterable[Met] = ()
) -> Refusal:
    """Log and commit a refusal, and return it. Raises `RuntimeError` inside a transaction."""
    activity, version = under(register, _purpose(asked, register))
    act = Act(
        trace=asked.trace,
        operation=asked.operation,
        effect=Effect.READ,
        actor=Actor(kind=ActorKind.USER, code=str(asked.user), role=role, address=asked.address),
        purpose=_purpose(asked, register),
        activity=activity,
        register_version=version,
        ground=None,
        authority=None,
        source=asked.source,
        started_at=datetime.now(UTC),
    )
    record_refusal(act, met, refused.why.value)
    return refused


def _purpose(asked: Asked, register: Register) -> PurposeId:
    """The purpose that was asked for; one that is not in the register is logged as something to watch."""
    if asked.purpose in register.reading.purposes:
        return asked.purpose
    return register.group(Item.USER_ACTIVITY).purposes[-1]
