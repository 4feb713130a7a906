"""The trace of an action: the ids it starts with, and those of the caller that it answers.

The form is that of W3C Trace Context (level 1). The logging standard has every data processing start a
trace of its own, so the ids of a caller are kept as foreign and never taken over. Must never: refuse an
action because somebody sent a header that cannot be read. Read next: `acts.py`, `../actions/append.py`.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from hervat.journal.rules.line import Foreign

_FIRST_FIELDS = re.compile(
    r"(?P<version>[0-9a-f]{2})-(?P<trace>[0-9a-f]{32})-(?P<span>[0-9a-f]{16})-[0-9a-f]{2}", re.ASCII
)
_LENGTH = 55


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The ids of one action: its trace, its own span, and the operation elsewhere that asked for it."""

    trace_id: UUID
    span_id: bytes
    foreign: Foreign | None = None


def parse_traceparent(header: str | None, *, entity: str | None = None) -> Foreign | None:
    """Return whose operation we answer, or nothing when the header is absent or not valid.

    A later version is read by the fields that we know; `ff` is no version, and ids of only zeros are none.
    `entity` is the address of the caller in its register, when it is known who called.

    >>> parse_traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01").span_id.hex()
    '00f067aa0ba902b7'
    >>> parse_traceparent("00-00000000000000000000000000000000-00f067aa0ba902b7-01")
    """
    first, rest = (header or "")[:_LENGTH], (header or "")[_LENGTH:]
    found = _FIRST_FIELDS.fullmatch(first)
    if found is None or found["version"] == "ff":
        return None
    if rest and (found["version"] == "00" or not rest.startswith("-")):
        return None
    if not (found["trace"].strip("0") and found["span"].strip("0")):
        return None
    return Foreign(trace_id=UUID(hex=found["trace"]), span_id=bytes.fromhex(found["span"]), entity=entity)


def traceparent(trace_id: UUID, span_id: bytes, *, sampled: bool = True) -> str:
    """Return the header that passes a trace on. The log leaves nothing out: `sampled` is for the others.

    >>> traceparent(UUID("4bf92f3577b34da6a3ce929d0e0e4736"), bytes.fromhex("00f067aa0ba902b7"))
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
    """
    return f"00-{trace_id.hex}-{span_id.hex()}-{int(sampled):02x}"
