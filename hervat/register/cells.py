"""How a value crosses from a room to a page, an API, a document or an export: as a cell.

Whoever shows a cell cannot show more than it holds: what may not be seen is not in it, only why not.
Must never: be made by a mouth. Read next: `permit.py`.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from hervat.register.decisions import Gap, Refused
from hervat.register.model import Reason
from hervat.register.vocabulary import Certainty

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shown(Generic[T]):
    """The value itself; None when there is none."""

    value: T | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Only that there is something, or its outcome: a code, never the content."""

    code: str | None


@dataclass(frozen=True, slots=True)
class Hidden:
    """Why the value is not shown, as the register says it."""

    reason: Reason


def hidden(decision: Refused | Gap) -> Hidden:
    """Return the cell for what may not be seen: the reason, or the open point that nobody accepted.

    >>> hidden(Refused(Reason("Niet nodig.", "AVG art. 5", Certainty.HIGH))).reason.text
    'Niet nodig.'
    """
    if isinstance(decision, Refused):
        return Hidden(decision.reason)
    point = decision.open_point
    return Hidden(Reason(f"Nog niet beslist: {point.title}.", point.source, Certainty.OPEN))
