"""Deputies: who acts for a colleague, in which posting, from and until when. Pure.

A deputy holds the same role by a posting of their own, on every day: so nobody gets a role this way, and a
doctor's deputy was approved by two administrators already. The reason is a code and never says that somebody
is ill. Must never: pass on what was itself passed on, or what is seen case by case.
Read next: `postings.py`, `../actions/deputies.py`, `../../access/ways.py`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from hervat.organisation.rules.postings import (
    UNIT_ROLES,
    By,
    Posting,
    PostingState,
    in_force,
    last_day,
    state,
)
from hervat.organisation.rules.refusals import Refusal, WhyNot
from hervat.register.vocabulary import Code, Role

DEPUTISED: Final = UNIT_ROLES | {
    Role.EGB_PHYSICIAN,
    Role.INSURANCE_PHYSICIAN,
    Role.LABOUR_EXPERT,
    Role.DCR_GUIDE,
    Role.ROBIDUS,
    Role.FUTURE,
}
"""The roles with dossiers of their own: by their unit, or assigned and not only case by case."""

MOST_WEEKS: Final = 26
"""What no installation may go past, whatever it sets: the table refuses it too."""


class DeputyReason(Code):
    """Why somebody needs a deputy. Absence covers leave and illness alike: which, is nobody's business."""

    ABSENCE = "afwezig"
    DEPLOYMENT = "inzet"
    COURSE = "opleiding"
    HANDOVER = "overdracht"
    OTHER_WORK = "ander-werk"


class EndReason(Code):
    """Why it ended before its last day: who did it says why."""

    TAKEN_BACK = "teruggenomen"
    GIVEN_BACK = "teruggegeven"
    ADMINISTRATION = "door-beheer"


class DeputyState(Code):
    """How it stands on a day."""

    COMING = "begint nog"
    IN_FORCE = "geldt"
    WAITING = "geldt nu niet"
    ENDED = "afgelopen"
    REVOKED = "beëindigd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deputation:
    """That somebody acts in a colleague's posting; the principal is whose posting it is."""

    id: UUID
    posting: Posting
    deputy: UUID
    starts_on: date
    ends_on: date
    reason: DeputyReason
    named_by: By
    revoked_on: date | None = None
    revoke_reason: EndReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Whom somebody wants as deputy; `deputy` is None where nobody is known by what was given."""

    deputy: UUID | None
    held: Collection[Posting]
    starts_on: date
    ends_on: date


def deputy_state(one: Deputation, held: Collection[Role], on: date) -> DeputyState:
    """Return how it stands on a day; `held` are the roles that the deputy holds by own postings that day.

    It waits while the posting does not count, or the deputy does not hold the role.
    """
    if one.revoked_on is not None and on >= one.revoked_on:
        return DeputyState.REVOKED
    if on > one.ends_on:
        return DeputyState.ENDED
    if on < one.starts_on:
        return DeputyState.COMING
    counts = in_force(one.posting, on) and one.posting.role in held and one.posting.role in DEPUTISED
    return DeputyState.IN_FORCE if counts else DeputyState.WAITING


def latest_end(starts_on: date, weeks: int) -> date:
    """Return the last day that may be named.

    >>> latest_end(date(2026, 11, 23), 13)
    datetime.date(2027, 2, 21)
    """
    return starts_on + timedelta(weeks=weeks, days=-1)


def why_not_name(posting: Posting, wanted: Wanted, *, weeks: int, on: date) -> Refusal | None:
    """Return why somebody cannot be named as deputy in a posting, or None when they can."""
    if posting.role not in DEPUTISED:
        return Refusal(WhyNot.NOT_DEPUTISED)
    if wanted.starts_on < on:
        return Refusal(WhyNot.IN_THE_PAST)
    if wanted.ends_on < wanted.starts_on:
        return Refusal(WhyNot.ENDS_BEFORE_START)
    if wanted.ends_on > latest_end(wanted.starts_on, min(weeks, MOST_WEEKS)):
        return Refusal(WhyNot.DEPUTY_TOO_LONG)
    if not _covers(posting, wanted):
        return Refusal(WhyNot.DEPUTY_OUTSIDE_POSTING)
    if wanted.deputy == posting.user:
        return Refusal(WhyNot.DEPUTY_ONESELF)
    # Who is not known, closed or without the role is answered alike: an address tells nothing.
    roles = {one.role for one in wanted.held if in_force(one, wanted.starts_on)}
    return None if wanted.deputy and posting.role in roles else Refusal(WhyNot.DEPUTY_WITHOUT_ROLE)


def why_not_end(one: Deputation, *, on: date) -> Refusal | None:
    """Return why it cannot be ended: it is over already."""
    over = on > one.ends_on or (one.revoked_on is not None and on >= one.revoked_on)
    return Refusal(WhyNot.DEPUTY_OVER) if over else None


def _covers(posting: Posting, wanted: Wanted) -> bool:
    last = last_day(posting)
    starts = state(posting, wanted.starts_on) is PostingState.IN_FORCE
    return starts and (last is None or wanted.ends_on <= last)
