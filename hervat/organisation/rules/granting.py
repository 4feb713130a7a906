"""May this posting be granted, approved or revoked? May this unit stand there? One condition a line.

What can be said from values alone; what needs the table (does it exist, is it there already) the actions
ask. The same conditions stand as constraints in PostgreSQL. Must never: be the only thing that stops a
grant to oneself. Read next: `refusals.py`, `../actions/postings.py`.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hervat.organisation.rules.postings import (
    DOCTORS,
    POSTED,
    UNIT_ROLES,
    By,
    Posting,
    PostingState,
    state,
)
from hervat.organisation.rules.refusals import Refusal, WhyNot
from hervat.organisation.rules.units import PARENTS, Tree, UnitKind
from hervat.register.vocabulary import Role

LONGEST = 200
_OVER = frozenset({PostingState.ENDED, PostingState.REVOKED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A posting that somebody wants to grant."""

    user: UUID
    role: Role
    unit: UUID | None
    below: bool
    below_reason: str
    starts_on: date
    ends_on: date | None


def fits(text: str) -> bool:
    """Return whether a text is one line that can be printed, not empty and not too long.

    >>> fits("Waarneming voor de compagnie"), fits("  "), fits("twee\\nregels")
    (True, False, False)
    """
    return bool(text.strip()) and len(text) <= LONGEST and text.isprintable()


def why_not_grant(asked: Asked, *, by: By, tree: Tree, on: date) -> Refusal | None:
    """Return why a posting cannot be granted on a day, or None when it can."""
    if by.code == str(asked.user):
        return Refusal(WhyNot.OWN_GRANT)
    if asked.role not in POSTED:
        return Refusal(WhyNot.NEVER_POSTED)
    if asked.starts_on < on:
        return Refusal(WhyNot.IN_THE_PAST)
    if asked.ends_on is not None and asked.ends_on < asked.starts_on:
        return Refusal(WhyNot.ENDS_BEFORE_START)
    return _why_not_there(asked, tree) or _why_not_below(asked)


def _why_not_there(asked: Asked, tree: Tree) -> Refusal | None:
    if asked.role not in UNIT_ROLES:
        return None if asked.unit is None else Refusal(WhyNot.UNIT_NOT_FITTING)
    if asked.unit is None:
        return Refusal(WhyNot.UNIT_MISSING)
    unit = tree.get(asked.unit)
    if unit is None:
        return Refusal(WhyNot.UNIT_UNKNOWN)
    if not unit.is_open(asked.starts_on):
        return Refusal(WhyNot.UNIT_CLOSED)
    return None


def _why_not_below(asked: Asked) -> Refusal | None:
    if not asked.below:
        return None if asked.below_reason == "" else Refusal(WhyNot.TEXT_NOT_FITTING)
    if asked.unit is None:
        return Refusal(WhyNot.BELOW_WITHOUT_UNIT)
    if not asked.below_reason.strip():
        return Refusal(WhyNot.BELOW_WITHOUT_REASON)
    return None if fits(asked.below_reason) else Refusal(WhyNot.TEXT_NOT_FITTING)


def why_not_approve(posting: Posting, *, by: By, on: date) -> Refusal | None:
    """Return why somebody cannot be the second administrator of a doctor's posting."""
    if posting.role not in DOCTORS:
        return Refusal(WhyNot.NO_APPROVAL_NEEDED)
    if state(posting, on) in _OVER:
        return Refusal(WhyNot.POSTING_OVER)
    if posting.approved_by is not None:
        return Refusal(WhyNot.APPROVED_ALREADY)
    if by.code == str(posting.user):
        return Refusal(WhyNot.OWN_APPROVAL)
    # An account on the machine and a user cannot be compared: they may be one person.
    if by.kind is not posting.granted_by.kind:
        return Refusal(WhyNot.OTHER_SIDE)
    if by.code == posting.granted_by.code:
        return Refusal(WhyNot.NOT_A_SECOND_PERSON)
    return None


def why_not_revoke(posting: Posting, *, reason: str, from_on: date, on: date) -> Refusal | None:
    """Return why a posting cannot be revoked from a day on. A planned end may only come earlier."""
    if state(posting, on) in _OVER:
        return Refusal(WhyNot.POSTING_OVER)
    if not reason.strip():
        return Refusal(WhyNot.REASON_MISSING)
    if not fits(reason):
        return Refusal(WhyNot.TEXT_NOT_FITTING)
    if from_on < on:
        return Refusal(WhyNot.IN_THE_PAST)
    if posting.ends_on is not None and from_on > posting.ends_on:
        return Refusal(WhyNot.POSTING_OVER)
    if posting.revoked_on is not None and from_on >= posting.revoked_on:
        return Refusal(WhyNot.POSTING_OVER)
    return None


def why_not_place(kind: UnitKind, parent: UUID | None, tree: Tree) -> Refusal | None:
    """Return why a unit of this kind cannot stand under this one."""
    above = tree.get(parent)
    if parent is not None and above is None:
        return Refusal(WhyNot.UNIT_UNKNOWN)
    if above is None:
        return None if not PARENTS[kind] else Refusal(WhyNot.PARENT_NOT_FITTING)
    return None if above.kind in PARENTS[kind] else Refusal(WhyNot.PARENT_NOT_FITTING)
