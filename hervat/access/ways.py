"""The ways in: as what may this user come to this dossier today? Pure; then the register decides.

A sick commander comes to the own dossier as re-integrant and in no other way. Roles of a unit come by a
posting that reaches it, all others by an assignment in force while they hold the role. Each condition on
its own line. Must never: give a way that no posting, assignment or own dossier gives.
Read next: `narrowing.py`, `door.py`, hervat/organisation/rules/postings.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hervat.dossiers.rules.assignments import NEVER_ASSIGNED
from hervat.organisation.rules.postings import UNIT_ROLES, Posting, in_force, reached_units, reaches
from hervat.organisation.rules.units import Tree
from hervat.register.vocabulary import Authority, Role

# An assignment in one of these says nothing, however it came into the table.
_NOT_BY_ASSIGNMENT = UNIT_ROLES | NEVER_ASSIGNED


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """In which role, by which authority, and for which unit of one's own."""

    role: Role
    authority: Authority
    unit: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake:
    """An assignment in force: in which role, and whether it is for one case with a ground and an end."""

    role: Role
    by_case: bool


def ways_to(
    unit: UUID, *, own: bool, stakes: Iterable[Stake], postings: Sequence[Posting], tree: Tree, on: date
) -> tuple[Way, ...]:
    """Return every way to a dossier of a unit, the widest first; none for who has nothing to do with it."""
    if own:
        return (Way(role=Role.RE_INTEGRANT, authority=Authority.OWN),)
    held = roles_held(postings, on)
    found = [
        Way(role=posting.role, authority=Authority.POSTING, unit=posting.unit)
        for posting in postings
        if reaches(posting, unit, tree, on)
    ]
    found += [by(stake) for stake in stakes if stake.role in held and stake.role not in _NOT_BY_ASSIGNMENT]
    return tuple(dict.fromkeys(found))


def roles_held(postings: Iterable[Posting], on: date) -> frozenset[Role]:
    """Return the roles that somebody holds on a day, for a unit or not."""
    return frozenset(posting.role for posting in postings if in_force(posting, on))


def units_of(role: Role, postings: Iterable[Posting], tree: Tree, on: date) -> frozenset[UUID]:
    """Return every unit whose people somebody reaches in a role on a day."""
    reached = [reached_units(posting, tree, on) for posting in postings if posting.role is role]
    return frozenset().union(*reached)


def by(stake: Stake) -> Way:
    """Return the way that an assignment gives."""
    return Way(role=stake.role, authority=Authority.CASE if stake.by_case else Authority.ASSIGNMENT)
