"""The ways in: as what may this user come to this dossier today? Pure; then the register decides.

A sick commander comes to the own dossier as re-integrant and in no other way. Roles of a unit come by a
posting that reaches it, all others by an assignment in force while they hold the role. A deputy comes by a
colleague's, in a role that they hold themselves, and after every way of their own. Each condition on its own
line. Must never: give a way that no posting, assignment or own dossier gives.
Read next: `narrowing.py`, `door.py`, hervat/organisation/rules/postings.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hervat.dossiers.rules.assignments import NEVER_ASSIGNED, ONLY_BY_CASE
from hervat.organisation.queries.standing import Standing
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
    principal: UUID | None = None
    """In whose stead, for a deputy."""
    numbers_below: frozenset[UUID] = frozenset()
    """The units of what stands under which numbers may be told, and no people."""


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


def deputy_ways(
    unit: UUID,
    *,
    owner: UUID | None,
    stakes: Iterable[tuple[UUID, Stake]],
    standing: Standing,
    tree: Tree,
    on: date,
) -> tuple[Way, ...]:
    """Return every way to a dossier in a colleague's stead; never to that colleague's own.

    What the colleague sees case by case is not passed on: a way as deputy is no way for one case.
    """
    held = roles_held(standing.own, on)
    assigned = {(whose, stake.role) for whose, stake in stakes if stake.role not in _NOT_BY_ASSIGNMENT}
    ways = [
        Way(role=posting.role, authority=Authority.DEPUTY, unit=posting.unit, principal=posting.user)
        for posting in standing.deputised
        if posting.role in held
        if posting.user != owner
        if reaches(posting, unit, tree, on) or (posting.user, posting.role) in assigned
        if in_force(posting, on)
    ]
    return tuple(dict.fromkeys(ways))


def roles_held(postings: Iterable[Posting], on: date) -> frozenset[Role]:
    """Return the roles that somebody holds on a day, for a unit or not."""
    return frozenset(posting.role for posting in postings if in_force(posting, on))


def units_of(role: Role, postings: Iterable[Posting], tree: Tree, on: date) -> frozenset[UUID]:
    """Return every unit whose people somebody reaches in a role on a day."""
    reached = [reached_units(posting, tree, on) for posting in postings if posting.role is role]
    return frozenset().union(*reached)


def posted_units(role: Role, postings: Iterable[Posting], on: date) -> frozenset[UUID]:
    """Return the units somebody is posted to in a role on a day, also where that reaches no people."""
    found = (one.unit for one in postings if one.role is role and in_force(one, on))
    return frozenset(unit for unit in found if unit is not None)


def by(stake: Stake) -> Way:
    """Return the way that an assignment gives."""
    return Way(role=stake.role, authority=Authority.CASE if stake.by_case else Authority.ASSIGNMENT)


def list_postings(standing: Standing, instead_of: UUID | None) -> tuple[Posting, ...]:
    """Return the postings of a list: one's own, or those of the colleague in whose stead one acts."""
    if instead_of is None:
        return standing.own
    held = {posting.role for posting in standing.own}
    return tuple(one for one in standing.deputised if one.user == instead_of and one.role in held)


def list_way(role: Role, instead_of: UUID | None = None) -> Way:
    """Return the way to a list in a role: one's own, or in a colleague's stead."""
    if instead_of is not None:
        return Way(role=role, authority=Authority.DEPUTY, principal=instead_of)
    if role is Role.RE_INTEGRANT:
        return Way(role=role, authority=Authority.OWN)
    if role in ONLY_BY_CASE:
        return Way(role=role, authority=Authority.CASE)
    return Way(role=role, authority=Authority.POSTING if role in UNIT_ROLES else Authority.ASSIGNMENT)
