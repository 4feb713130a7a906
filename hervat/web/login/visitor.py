"""Who the header says is here: a name and what they are, and in a demo the way to be somebody else.

Asks nothing for a visitor without a session. Must never: say more of anybody than to themselves.
Read next: `../page.py`, `guard.py`.
"""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from hervat.access import cast
from hervat.access.choosing import how_many_proposals, how_many_set_apart, may_act_as
from hervat.dossiers.rules.assignments import NEVER_ASSIGNED
from hervat.organisation.queries.standing import Standing
from hervat.organisation.rules.postings import UNIT_ROLES, Posting
from hervat.register import in_force
from hervat.register.vocabulary import Role
from hervat.web.login import demo_mark
from hervat.web.login.guard import has_session, is_whole

_KEPT, _VISITOR = "hervat_standing", "hervat_visitor"
ASSIGNED: Final = frozenset(Role) - UNIT_ROLES - NEVER_ASSIGNED
"""The roles whose dossiers come one by one."""
WITH_A_TEAM: Final = frozenset({Role.COMMANDER, Role.UNIT_ADMIN_NCO})
"""The roles that lead a unit or keep its administration."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is logged in; `whole` when no step is missing any more. `held` leads to their pages.

    `proposed` is how many proposals wait for their answer; None for who is never proposed for a dossier.
    `set_apart` is how many messages of the personnel system wait; None for who does not keep that system.
    """

    name: str
    roles: tuple[str, ...]
    whole: bool
    demo: bool
    held: frozenset[Role] = frozenset()
    proposed: int | None = None
    set_apart: int | None = None

    @property
    def reports_sickness(self) -> bool:
        """Whether this is who records sick reports where no message came."""
        return self.set_apart is not None


def visitor_of(request: HttpRequest) -> Visitor | None:
    """Return who is logged in, or nobody; asked once for a page."""
    if not hasattr(request, _VISITOR):
        setattr(request, _VISITOR, _visitor(request))
    found: Visitor | None = getattr(request, _VISITOR)
    return found


def _visitor(request: HttpRequest) -> Visitor | None:
    if not has_session(request) or not hasattr(request, "user") or not request.user.is_authenticated:
        return None
    user, demo = request.user, demo_mark.counts(request)
    played = next((one for one in cast.CAST if demo and one.email == user.email), None)
    names, held = _roles(request, played)
    return Visitor(user.name, names, is_whole(request), demo, held, *_waits(request, held))


def _waits(request: HttpRequest, held: frozenset[Role]) -> tuple[int | None, int | None]:
    """How much waits above the page, for whom it can."""
    keeps_source = Role.PO_ADVISER in held
    apart = how_many_set_apart(standing_of(request), timezone.localdate()) if keeps_source else None
    return _proposed(request, held), apart


def _proposed(request: HttpRequest, held: frozenset[Role]) -> int | None:
    if not settings.DOOR_KEY or not held & ASSIGNED:
        return None
    today, held_now = timezone.localdate(), postings_of(request)
    return how_many_proposals(request.user.code, today, held=held_now)  # type: ignore[union-attr]


def postings_of(request: HttpRequest) -> tuple[Posting, ...]:
    """Return the postings of who is logged in. To choose by; the door asks again."""
    return standing_of(request).own


def standing_of(request: HttpRequest) -> Standing:
    """Return as what who is logged in may act, asked once for a page. To choose by; the door asks again."""
    found: Standing | None = getattr(request, _KEPT, None)
    if found is None:
        found = may_act_as(request.user.code, timezone.localdate())  # type: ignore[union-attr]
        setattr(request, _KEPT, found)
    return found


def keep_standing(request: HttpRequest, standing: Standing) -> None:
    """Keep what the door just found for who is logged in, so that the menu need not ask it again."""
    setattr(request, _KEPT, standing)


def role_name(role: Role) -> str:
    """Return how the register calls a role."""
    roles = in_force.history().latest.reading.roles
    return roles[role].name if role in roles else role.value


def _roles(request: HttpRequest, played: cast.Character | None) -> tuple[tuple[str, ...], frozenset[Role]]:
    """As what somebody may act today: in words, and as codes."""
    postings = postings_of(request)
    if not postings and played:
        return (role_name(played.role),), frozenset()
    tree = standing_of(request).tree
    named = ((role_name(one.role), tree.get(one.unit)) for one in postings)
    words = tuple(f"{role}, {unit.abbreviation}" if unit else role for role, unit in named)
    return words, frozenset(one.role for one in postings)
