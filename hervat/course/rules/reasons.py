"""Why a step was late, skipped or done otherwise: when a reason is obligatory, and what a good one is.

The reason is what the audit of UWV reads (Regeling procesgang art. 5): a code that can be counted, and an
explanation that stands for itself. A message of another system has nobody to ask; there the reason is missing
until somebody gives it, and giving it is a task. Must never: repeat an explanation in an error.
Read next: `planning.py`, `../actions/tasks.py`.
"""

from typing import Final

from hervat.course.rules.difference import Motive

SHORTEST: Final = 10
LONGEST: Final = 1000


class ReasonFault(ValueError):  # noqa: N818 - it names what is wrong
    """An explanation that explains nothing, or too much."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"De toelichting {problem}. Schrijf kort op wat er speelde, en niets medisch.")


class ReasonMissing(ValueError):  # noqa: N818 - it names the situation
    """A step is done late or skipped, and nobody said why; `codes` are the steps."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        super().__init__(
            "Dit is later dan de uiterste dag. Kies waarom, en licht dat toe: dit leest UWV bij de toets van "
            "het re-integratieverslag."
        )
        self.codes = codes


def demand_good(motive: Motive) -> None:
    """Raise `ReasonFault` for an explanation that is too short or too long.

    >>> from hervat.course.rules.vocabulary import LateReason
    >>> demand_good(Motive(LateReason.FORGOTTEN, "Vergeten."))
    Traceback (most recent call last):
    hervat.course.rules.reasons.ReasonFault: De toelichting is te kort. ...
    """
    length = len(motive.explanation.strip())
    if length < SHORTEST:
        raise ReasonFault("is te kort")
    if length > LONGEST:
        raise ReasonFault(f"is langer dan {LONGEST} tekens")
