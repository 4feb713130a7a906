"""What a reader may know of what is derived: each link of a why, each point, each step belongs to items.

A date tells of absence; whether a step was done tells of that step's item; why a date is what it is tells of
every fact in the chain. Must never: ask who somebody is; it names items, and a permit says which are seen.
Read next: `acting.py` (the items of a step and a signal), `../queries/course.py`.
"""

from collections.abc import Mapping
from typing import Final

from hervat.law.vocabulary import DecisionId, FactKind, PointId
from hervat.law.why import Reason
from hervat.register.vocabulary import Item

DATES: Final = Item.SICKNESS_ABSENCE
"""What the days of a course are: when somebody is absent, and what follows from that."""
_ABSENCE: Final = frozenset({DATES})
_EMPLOYER: Final = frozenset({DATES, Item.GATEKEEPER_EMPLOYER})
_WIA: Final = frozenset({DATES, Item.WIA})
_ALL: Final = _EMPLOYER | _WIA
_MEDICAL: Final = frozenset({DATES, Item.GATEKEEPER_MEDICAL})

_OF_KIND: Final[Mapping[FactKind, frozenset[Item]]] = {
    FactKind.RULE: frozenset(),
    FactKind.FIRST_SICK_DAY: _ABSENCE,
    FactKind.CORRECTION: _ABSENCE,
    FactKind.RECOVERY: _ABSENCE,
    FactKind.LEAVE: _ABSENCE,
    FactKind.RESUMPTION: _ABSENCE,
    FactKind.OPINION: _EMPLOYER,
    FactKind.PLAN: _EMPLOYER,
    FactKind.EVALUATION: _EMPLOYER,
    FactKind.FIRST_YEAR_EVALUATION: _EMPLOYER,
    FactKind.WEEK_42_REPORT: _EMPLOYER,
    FactKind.UWV_NOTICE: _WIA,
    FactKind.APPLICATION: _WIA,
    FactKind.SANCTION: _WIA,
    FactKind.REPAIR: _WIA,
    FactKind.FINDING: _WIA,
    FactKind.VOLUNTARY_EXTENSION: _WIA,
    FactKind.EARLY_IVA: _WIA,
    FactKind.AOW_AGE: frozenset({Item.BIRTH_DATE}),
}
_OF_POINT: Final[Mapping[PointId, frozenset[Item]]] = {
    PointId.OTHER_CAUSE_SHORT_GAP: _MEDICAL,
    PointId.LEAVE_KIND: _ABSENCE,
    PointId.LEAVE_ON_ONE_SIDE: _ABSENCE,
    PointId.LEAVE_ON_FIRST_DAY: _ABSENCE,
    PointId.LEAVE_BEFORE_SICKNESS: _ABSENCE,
    PointId.ZERO_ABSENCE: _ABSENCE,
    PointId.FACT_BEFORE_FIRST_DAY: _ALL,
    PointId.INTERRUPTION_NEAR_END: _ABSENCE,
    PointId.AOW_AGE: frozenset({Item.BIRTH_DATE}),
    PointId.WEEK_42_LATE: _EMPLOYER,
    PointId.RECOVERED_AT_WEEK_42: _EMPLOYER,
}
_OF_DECISION: Final[Mapping[DecisionId, frozenset[Item]]] = {
    DecisionId.LEAVE_CAUSE_UNKNOWN: _ABSENCE,
    DecisionId.LEAVE_NOT_ADJACENT: _ABSENCE,
    DecisionId.APPLICATION_EXCUSE: _WIA,
}


def items_of_link(link: Reason, *, cause_known: bool) -> frozenset[Item]:
    """Return the items that a link of a why tells of.

    That a new case began can be because a leave had another cause, and who reads it must not learn which: so
    where a doctor recorded a cause, that link is the doctor's.
    """
    if cause_known and link.kind is FactKind.RECOVERY and link.days == 0:
        return _MEDICAL
    return _OF_KIND[link.kind]


def items_of_point(point: PointId) -> frozenset[Item]:
    """Return the items that an open point tells of.

    >>> sorted(items_of_point(PointId.SANCTION_VOID))
    [<Item.SICKNESS_ABSENCE: 'ziekteverzuimgegevens'>, <Item.WIA: 'wia-gegevens'>]
    """
    return _OF_POINT.get(point, _WIA)


def items_of_decision(decision: DecisionId) -> frozenset[Item]:
    """Return the items that a question for a person tells of."""
    return _OF_DECISION[decision]
