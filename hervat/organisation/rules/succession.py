"""Whether the units of a posting are reached by somebody in the same role from the day after its end. Pure.

A unit whose commander leaves and has no successor is where people feel left to their fate. Must never: say
who it is that follows; whoever hands over may not know the postings of others. Read next: `postings.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from hervat.organisation.rules.postings import Posting, last_day, reached_units
from hervat.organisation.rules.units import Tree

SOON: Final = timedelta(days=30)
"""How long before its end a posting is to be handed over."""


@dataclass(frozen=True, slots=True)
class Succession:
    """What becomes of a posting. `left` are units that nobody reaches in the role from the day after its end.

    `from_day` is when somebody reaches all of those after all, as far as that is known.
    """

    posting: Posting
    ends_on: date | None
    left: frozenset[UUID] = frozenset()
    from_day: date | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every unit has somebody from the day after."""
        return self.ends_on is not None and not self.left


def succession(posting: Posting, others: Iterable[Posting], tree: Tree) -> Succession:
    """Return what becomes of a posting, by the postings of others in the same role."""
    ends_on = last_day(posting)
    if ends_on is None:
        return Succession(posting, None)
    same = [one for one in others if one.role is posting.role and one.user != posting.user]
    left = _left(posting, same, tree, ends_on)
    later = sorted({one.starts_on for one in same if left and one.starts_on > ends_on + timedelta(days=1)})
    found = (day for day in later if not _left(posting, same, tree, ends_on, on=day))
    return Succession(posting, ends_on, left, next(found, None))


def ends_soon(posting: Posting, on: date) -> bool:
    """Return whether a posting is in its last days."""
    ends_on = last_day(posting)
    return ends_on is not None and on <= ends_on <= on + SOON


def _left(
    posting: Posting, same: Iterable[Posting], tree: Tree, ends_on: date, *, on: date | None = None
) -> frozenset[UUID]:
    """The units that are reached on the last day, and by nobody else on a day after it."""
    day = on or ends_on + timedelta(days=1)
    reached = frozenset().union(*(reached_units(one, tree, day) for one in same))
    return reached_units(posting, tree, ends_on) - reached
