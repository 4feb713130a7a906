"""A posting: somebody in a role, for a unit or not, from a day through a day; and what it reaches.

Days are days in Amsterdam; `starts_on` and `ends_on` are both days on which it counts. What was granted is
never changed: an end that comes earlier is `revoked_on`, the first day on which it no longer counts, so that
a revocation of today works at once. Must never: let a posting on a part of Defence reach people by itself
(higher levels get numbers, not people). Read next: `granting.py`, docs/organisation.md.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hervat.organisation.rules.units import Tree, UnitKind
from hervat.register.vocabulary import ActorKind, Code, Role

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

UNIT_ROLES = frozenset({Role.COMMANDER, Role.PO_ADVISER, Role.UNIT_ADMIN_NCO})
"""The roles that reach dossiers by their unit; all others get theirs one by one, by assignment."""

DOCTORS = frozenset({Role.EGB_PHYSICIAN, Role.INSURANCE_PHYSICIAN, Role.OCCUPATIONAL_PHYSICIAN})
"""The roles that count only after a second administrator approved."""

NEVER_POSTED = frozenset({Role.RE_INTEGRANT, Role.RESPONDENT, Role.UWV})
"""Nobody is appointed to these: one is ill oneself, answers a survey, or is another organisation."""

POSTED = frozenset(Role) - NEVER_POSTED


class PostingState(Code):
    """How a posting stands on a day."""

    PENDING = "wacht op goedkeuring"
    COMING = "begint nog"
    IN_FORCE = "geldt"
    ENDED = "afgelopen"
    REVOKED = "ingetrokken"


@dataclass(frozen=True, slots=True)
class By:
    """Who did something, by the code under which the journal knows them."""

    kind: ActorKind
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A posting as it was granted, and what happened to it since."""

    id: UUID
    user: UUID
    role: Role
    unit: UUID | None = None
    below: bool = False
    below_reason: str = ""
    starts_on: date
    ends_on: date | None = None
    granted_by: By
    approved_on: date | None = None
    approved_by: By | None = None
    revoked_on: date | None = None
    revoked_by: By | None = None
    revoke_reason: str = ""


def day_of(moment: datetime) -> date:
    """Return the day in Amsterdam. The moment must know its zone.

    >>> from datetime import UTC
    >>> day_of(datetime(2026, 11, 23, 22, 59, tzinfo=UTC)), day_of(datetime(2026, 11, 23, 23, 0, tzinfo=UTC))
    (datetime.date(2026, 11, 23), datetime.date(2026, 11, 24))
    """
    if moment.tzinfo is None:
        raise ValueError("Een moment zonder tijdzone heeft geen dag. Geef een tijdzone mee.")
    return moment.astimezone(AMSTERDAM).date()


def state(posting: Posting, on: date) -> PostingState:
    """Return how a posting stands on a day; what ended it comes before what it waited for."""
    if posting.revoked_on is not None and on >= posting.revoked_on:
        return PostingState.REVOKED
    if posting.ends_on is not None and on > posting.ends_on:
        return PostingState.ENDED
    if posting.role in DOCTORS and (posting.approved_on is None or on < posting.approved_on):
        return PostingState.PENDING
    if on < posting.starts_on:
        return PostingState.COMING
    return PostingState.IN_FORCE


def in_force(posting: Posting, on: date) -> bool:
    """Return whether a posting counts on a day."""
    return state(posting, on) is PostingState.IN_FORCE


def last_day(posting: Posting) -> date | None:
    """Return the last day on which a posting can count, or None while it has no end."""
    ends = [posting.ends_on] if posting.ends_on is not None else []
    if posting.revoked_on is not None:
        ends.append(posting.revoked_on - timedelta(days=1))
    return min(ends, default=None)


def reaches(posting: Posting, unit: UUID, tree: Tree, on: date) -> bool:
    """Return whether a posting reaches the people of a unit on a day."""
    own = _own_unit(posting, tree, on)
    if own is None or tree.get(unit) is None:
        return False
    return unit == own or (posting.below and own in tree.above(unit))


def reached_units(posting: Posting, tree: Tree, on: date) -> frozenset[UUID]:
    """Return every unit whose people a posting reaches on a day."""
    own = _own_unit(posting, tree, on)
    if own is None:
        return frozenset()
    return frozenset({own}) | (tree.below(own) if posting.below else frozenset())


def _own_unit(posting: Posting, tree: Tree, on: date) -> UUID | None:
    """The unit of a posting that counts and may reach people at all."""
    unit = tree.get(posting.unit)
    if unit is None or posting.role not in UNIT_ROLES or not in_force(posting, on):
        return None
    if unit.kind is UnitKind.SERVICE_BRANCH and not posting.below:
        return None
    return unit.id
