"""What a fact says beside its day: typed details, and their form in the bytes that are sealed.

Must never: repeat a detail in an error. Read next: `vocabulary.py`, `faults.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from hervat.course.rules.faults import CourseFault, Fault
from hervat.course.rules.vocabulary import Form, Kind, LastDay, Method
from hervat.law.vocabulary import LeaveKind, SameCause, SanctionKind

MONDAY: Final = 0
LONGEST_WEEK: Final = 80 * 4
LONGEST_SANCTION: Final = 52


@dataclass(frozen=True, slots=True)
class SanctionTerms:
    """How long UWV lengthens pay, and why; what its letter does not say is None."""

    weeks: int | None = None
    kind: SanctionKind | None = None


Detail = int | LeaveKind | SameCause | Method | SanctionTerms


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact to be recorded. `happened_on` of hours is the Monday; of a leave its first day.

    `message_key` names the part of the message that brought it, so that a later message can correct it.
    """

    kind: Kind
    happened_on: date
    last_day: date | None = None
    detail: Detail | None = field(default=None, repr=False)
    message_key: bytes | None = field(default=None, repr=False)


def fault_of(fact: NewFact, on: date) -> Fault | None:
    """Return what is wrong with a fact by itself, on the day that it is recorded, or None."""
    rule = fact.kind.rule
    if fact.happened_on > on and not rule.may_lie_ahead:
        return Fault.AHEAD
    if fact.last_day is None and rule.last_day is LastDay.OBLIGATORY:
        return Fault.NO_LAST_DAY
    if fact.last_day is not None and rule.last_day is LastDay.NONE:
        return Fault.LAST_DAY
    if fact.last_day is not None and fact.last_day < fact.happened_on:
        return Fault.ENDS_FIRST
    if rule.form is Form.QUARTERS and fact.happened_on.weekday() != MONDAY:
        return Fault.NOT_MONDAY
    return None if _fits(rule.form, fact.detail) else Fault.DETAIL


def _fits(form: Form, detail: Detail | None) -> bool:
    match form:
        case Form.NOTHING:
            return detail is None
        case Form.PERCENTAGE:
            return type(detail) is int and 0 <= detail <= 100
        case Form.QUARTERS:
            return type(detail) is int and 0 <= detail <= LONGEST_WEEK
        case Form.SANCTION:
            return isinstance(detail, SanctionTerms) and (
                detail.weeks is None or 1 <= detail.weeks <= LONGEST_SANCTION
            )
        case _:
            return isinstance(detail, _CODES[form])


_CODES: Final[Mapping[Form, type[LeaveKind | SameCause | Method]]] = {
    Form.LEAVE: LeaveKind,
    Form.CAUSE: SameCause,
    Form.METHOD: Method,
}


def pack(detail: Detail) -> str:
    """Return the text that is sealed.

    >>> pack(SanctionTerms(weeks=26)), pack(Method.PHONE), pack(80)
    ('26|', 'telefoon', '80')
    """
    if isinstance(detail, SanctionTerms):
        weeks = "" if detail.weeks is None else str(detail.weeks)
        return f"{weeks}|{detail.kind.value if detail.kind else ''}"
    return str(detail) if isinstance(detail, int) else detail.value


def unpack(kind: Kind, text: str) -> Detail:
    """Return the detail that was sealed.

    >>> unpack(Kind.SANCTION, "26|"), unpack(Kind.OWN_HOURS, "80")
    (SanctionTerms(weeks=26, kind=None), 80)
    """
    return _READ[kind.rule.form](text)


def _sanction(text: str) -> SanctionTerms:
    weeks, _, why = text.partition("|")
    return SanctionTerms(int(weeks) if weeks else None, SanctionKind(why) if why else None)


_READ: Final[Mapping[Form, Callable[[str], Detail]]] = {
    Form.PERCENTAGE: int,
    Form.QUARTERS: int,
    Form.SANCTION: _sanction,
    Form.LEAVE: LeaveKind,
    Form.CAUSE: SameCause,
    Form.METHOD: Method,
}


def demand_good(facts: tuple[NewFact, ...], on: date) -> None:
    """Raise `CourseFault` for the first fact that cannot be recorded by itself."""
    for fact in facts:
        fault = fault_of(fact, on)
        if fault is not None:
            raise CourseFault(fault, fact.kind)
