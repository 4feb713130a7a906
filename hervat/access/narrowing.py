"""What the door takes off what the register allows: case by case needs a case, a closed dossier stays shut.

Pure, and in one direction: an allowed use may become refused or one's own only, never the other way round
(tested).
Read next: `door.py`, `../register/decisions.py`.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from hervat.register.decisions import ITEMS, Allowed, Decision, Projection, Refused
from hervat.register.model import Reason
from hervat.register.vocabulary import Authority, Certainty, Item, Scope, Use

_ONLY_BY_CASE = Refused(
    Reason(
        "Dit gegeven ziet u alleen per geval: met een toewijzing die een grond en een einddatum noemt.",
        "register D2599, lezing van Hervat (matrix: per geval)",
        Certainty.HIGH,
    )
)
_ONLY_ONES_OWN = Refused(
    Reason(
        "Dit gegeven ziet u alleen over uzelf.", "register D2599, lezing van Hervat (matrix)", Certainty.HIGH
    )
)
_CLOSED = Refused(
    Reason(
        "Dit dossier is gesloten: er wordt niets meer in vastgelegd. Heropen het eerst, met een reden.",
        "AVG art. 5 lid 1 onder b en e",
        Certainty.HIGH,
    )
)
_NOT_FOR_THIS = Refused(
    Reason("Voor deze handeling is dit gegeven niet nodig.", "AVG art. 5 lid 1 onder c", Certainty.HIGH)
)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What of the moment counts: how somebody came in, and whether the dossier is closed."""

    authority: Authority
    closed: bool = False
    account: bool = False
    """Whether it is for somebody's own account alone."""


def narrow(decisions: Projection, use: Use, circumstances: Circumstances) -> Projection:
    """Return the decisions as they are in these circumstances."""
    return tuple(_narrowed(decision, use, circumstances) for decision in decisions)


def only(decisions: Projection, items: AbstractSet[Item]) -> Projection:
    """Return the decisions for these items, and a refusal for every other that was allowed."""
    return tuple(
        _NOT_FOR_THIS if isinstance(decision, Allowed) and item not in items else decision
        for item, decision in zip(ITEMS, decisions, strict=True)
    )


def outcomes(decisions: Projection) -> Projection:
    """Return the decisions with no more of each item than its outcome: for what counts and reads nothing."""
    return tuple(
        Allowed(Scope.OUTCOME, decision.ground) if isinstance(decision, Allowed) else decision
        for decision in decisions
    )


def _narrowed(decision: Decision, use: Use, circumstances: Circumstances) -> Decision:
    if not isinstance(decision, Allowed):
        return decision
    if decision.scope is Scope.CASE and circumstances.authority is not Authority.CASE:
        return _ONLY_BY_CASE
    if decision.scope is Scope.OWN and circumstances.authority is not Authority.OWN:
        return _ONLY_ONES_OWN
    if use is Use.WRITE and circumstances.closed:
        return _CLOSED
    if circumstances.account and decision.scope is Scope.FULL:
        return Allowed(Scope.OWN, decision.ground)
    return decision
