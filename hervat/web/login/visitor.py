"""Who the header says is here: a name and what they are, and in a demo the way to be somebody else.

Asks nothing for a visitor without a session. Must never: say more of anybody than to themselves.
Read next: `../page.py`, `guard.py`.
"""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from hervat.access import cast
from hervat.organisation.queries.standing import roles_on, unit_tree
from hervat.register import in_force
from hervat.register.vocabulary import Role
from hervat.web.login import demo_mark
from hervat.web.login.guard import has_session, is_whole


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is logged in; `whole` when no step is missing any more. `held` leads to their pages."""

    name: str
    roles: tuple[str, ...]
    whole: bool
    demo: bool
    held: frozenset[Role] = frozenset()


def visitor_of(request: HttpRequest) -> Visitor | None:
    """Return who is logged in, or nobody."""
    if not has_session(request) or not hasattr(request, "user") or not request.user.is_authenticated:
        return None
    user, demo = request.user, demo_mark.counts(request)
    played = next((one for one in cast.CAST if demo and one.email == user.email), None)
    names, held = _roles(user.code, played)
    return Visitor(user.name, names, is_whole(request), demo, held)


def role_name(role: Role) -> str:
    """Return how the register calls a role."""
    roles = in_force.history().latest.reading.roles
    return roles[role].name if role in roles else role.value


def _roles(user: UUID, played: cast.Character | None) -> tuple[tuple[str, ...], frozenset[Role]]:
    """As what somebody may act today: in words, and as codes."""
    postings = roles_on(user, timezone.localdate())
    if not postings and played:
        return (role_name(played.role),), frozenset()
    tree = unit_tree() if postings else None
    named = ((role_name(one.role), tree.get(one.unit) if tree else None) for one in postings)
    words = tuple(f"{role}, {unit.abbreviation}" if unit else role for role, unit in named)
    return words, frozenset(one.role for one in postings)
