"""Finds a case for the door, and every way somebody has to it today: their own first, then as deputy.

Asks the rooms' questions that come before any permit and decides nothing. Must never: be asked by anything
but the door, or give a deputy a way to the own dossier of anybody. Read next: `ways.py`, `door.py`.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from hervat.access.asking import Asked
from hervat.access.ways import Stake, Way, by, deputy_ways, roles_held, ways_to
from hervat.dossiers.queries.relation import Relation, proposed, relation
from hervat.dossiers.rules.assignments import NEVER_ASSIGNED, Assigned
from hervat.organisation.queries.standing import Standing, roles_on, standing_on
from hervat.organisation.rules.postings import UNIT_ROLES, Posting


def found_for(asked: Asked, case_number: str) -> tuple[Relation | None, tuple[Way, ...]]:
    """Return how somebody stands to a case and every way they have to it; nothing where there is no case."""
    standing = standing_on(asked.user, asked.on)
    colleagues = {one.user for one in standing.deputised if one.role not in UNIT_ROLES}
    found = relation(asked.user, case_number, asked.on, others=colleagues)
    return found, _ways(asked, found, standing) if found else ()


def proposed_to(user: UUID, on: date, *, held: Sequence[Posting] | None = None) -> dict[Way, frozenset[UUID]]:
    """Return the dossiers for which somebody was proposed in a role that they hold, by what it would give."""
    roles = roles_held(roles_on(user, on) if held is None else held, on)
    found: dict[Way, set[UUID]] = {}
    for one in proposed(user):
        if one.role in roles and one.role not in NEVER_ASSIGNED:
            found.setdefault(by(Stake(role=one.role, by_case=one.by_case)), set()).add(one.dossier)
    return {way: frozenset(dossiers) for way, dossiers in found.items()}


def stakes_of(assignments: Iterable[Assigned]) -> list[Stake]:
    """Return what assignments say for the ways in."""
    return [Stake(role=one.role, by_case=one.ground is not None) for one in assignments]


def _ways(asked: Asked, found: Relation, standing: Standing) -> tuple[Way, ...]:
    if found.is_own and standing.disabled:
        return ()
    tree, on = standing.tree, asked.on
    stakes = stakes_of(found.assignments)
    own = ways_to(found.unit, own=found.is_own, stakes=stakes, postings=standing.own, tree=tree, on=on)
    if found.is_own:
        return own
    whose = [whose for whose, _ in found.others]
    others = zip(whose, stakes_of(one for _, one in found.others), strict=True)
    return own + deputy_ways(
        found.unit, owner=found.owner, stakes=others, standing=standing, tree=tree, on=on
    )
