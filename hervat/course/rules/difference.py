"""What a change did: which dates moved from when to when, what was done, opened, or no longer needed.

Must never: tell more of it than who made the change may know. Read next: `planning.py`.
"""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from hervat.course.rules.vocabulary import LateReason


@dataclass(frozen=True, slots=True)
class Moved:
    """A step whose day moved: `code` is its `StepId` or `SignalId`."""

    code: str
    was: date
    now: date

    @property
    def days(self) -> int:
        """How many days later; negative for earlier.

        >>> Moved("action_plan", date(2023, 2, 26), date(2023, 3, 5)).days
        7
        """
        return (self.now - self.was).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What one change did to a dossier; `version` is how it stands now, `facts` what was recorded."""

    version: int
    facts: tuple[UUID, ...] = ()
    moved: tuple[Moved, ...] = ()
    done: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    lapsed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Motive:
    """Why a step was late, skipped or done otherwise: a code, and what an audit will read."""

    code: LateReason
    explanation: str = field(repr=False)
