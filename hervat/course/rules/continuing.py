"""Whether a new sickness belongs to the case that a dossier is about, or begins another one.

Pure. What is in doubt goes on in the same case, as the law's own reading does. Must never: settle more than
to which case a first sick day belongs. Read next: `folding.py`, `../../law/cases.py`.
"""

from datetime import date
from enum import Enum

from hervat.law.cases import NEW_CASE, judge_gap
from hervat.law.facts import Situation, Spell


class Continuing(Enum):
    """How a new first sick day stands to a case."""

    SAME_DAY = "was al ziek gemeld, vanaf deze dag"
    SICK_ALREADY = "was al ziek gemeld, vanaf een andere dag"
    SAME_CASE = "hoort bij hetzelfde geval"
    NEW_CASE = "is een nieuw geval"
    EARLIER = "ligt voor wat er al is gebeurd"


def continuing(situation: Situation, first_sick_on: date) -> Continuing:
    """Return how a first sick day stands to a situation (WIA art. 23 lid 3).

    >>> january = Situation((Spell(date(2023, 1, 2), date(2023, 5, 1)),))
    >>> continuing(january, date(2023, 5, 28)), continuing(january, date(2023, 5, 29))
    (<Continuing.SAME_CASE: 'hoort bij hetzelfde geval'>, <Continuing.NEW_CASE: 'is een nieuw geval'>)
    """
    if any(spell.first_sick_day == first_sick_on for spell in situation.spells):
        return Continuing.SAME_DAY
    last = situation.spells[-1]
    if last.first_fit_day is None:
        return Continuing.SICK_ALREADY
    if first_sick_on < last.first_fit_day:
        return Continuing.EARLIER
    gap = judge_gap(last, Spell(first_sick_on), situation.leaves)
    return Continuing.NEW_CASE if gap.ground in NEW_CASE else Continuing.SAME_CASE
