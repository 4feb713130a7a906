"""Whose list somebody looks at: in which role, and whether their own or that of whom they stand in for.

Must never: mix the two in one list, or let in otherwise than by the door. Read next: `caseload.py`,
`../../access/choosing.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from hervat.access import door
from hervat.access.choosing import Lists, lists_for
from hervat.organisation.queries.deputies import DeputyRow, deputies
from hervat.organisation.rules.deputies import DeputyState
from hervat.organisation.rules.units import Tree
from hervat.register.cells import Shown
from hervat.register.permit import Permit
from hervat.register.vocabulary import Operation, Role
from hervat.web.dossiers.asking import ask, chosen_role, let_in, today, user_code
from hervat.web.login.visitor import standing_of


@dataclass(frozen=True, slots=True)
class Looking:
    """A list that somebody was let in to, and which others they may choose; colleagues with their names.

    `until` is the last day on which one stands in for each of them.
    """

    permit: Permit
    tree: Tree
    roles: tuple[Role, ...]
    colleagues: Mapping[UUID, str]
    until: Mapping[UUID, date] = field(default_factory=dict)

    @property
    def instead_of(self) -> str:
        """Whose list it is, by name; nothing for one's own."""
        return self.colleagues.get(self.permit.principal, "") if self.permit.principal else ""

    @property
    def last_day(self) -> date | None:
        """The last day on which one stands in for whose list it is."""
        return self.until.get(self.permit.principal) if self.permit.principal else None


def looking(request: HttpRequest, among: Iterable[Role] = Role, *, numbers: bool = False) -> Looking | None:
    """Let somebody in to the list of the address, or return nothing for who has no list in these roles.

    With `numbers` also to how many stand below a posting. Raises `Shut` when the door says no.
    """
    standing = standing_of(request)
    lists, fitting = lists_for(standing, today()), frozenset(among)
    colleague = colleague_of(request)
    own = tuple(role for role in lists.roles if role in fitting)
    roles = own if colleague is None else _of_colleague(lists, colleague, fitting)
    if not roles and not (colleague or chosen_role(request)):
        return None
    role = chosen_role(request) or next(iter(roles), None)
    asked = replace(ask(request, Operation.LIST_CASELOAD, role=role), instead_of=colleague)
    permit = let_in(door.caseload(asked, numbers=numbers))
    return Looking(permit, standing.tree, roles, *_named(request, lists, fitting))


def colleagues_of(request: HttpRequest, role: Role) -> Mapping[UUID, str]:
    """Return whom somebody stands in for in a role, by name."""
    names, _until = _named(request, lists_for(standing_of(request), today()), frozenset({role}))
    return names


def _of_colleague(lists: Lists, colleague: UUID, fitting: frozenset[Role]) -> tuple[Role, ...]:
    return tuple(role for role in lists.instead_of.get(colleague, ()) if role in fitting)


def colleague_of(request: HttpRequest) -> UUID | None:
    """Return the colleague whose list the address asks for. What is no code of anybody raises 404."""
    given = (request.POST.get("namens") or request.GET.get("namens") or "").strip()
    if not given:
        return None
    try:
        return UUID(given)
    except ValueError:
        raise Http404(_("Voor deze collega neemt u niet waar.")) from None


def _named(
    request: HttpRequest, lists: Lists, fitting: frozenset[Role]
) -> tuple[Mapping[UUID, str], Mapping[UUID, date]]:
    """The colleagues whose list one may see, by name, and until when; asked for only where there are any."""
    there = [one for one in lists.instead_of if _of_colleague(lists, one, fitting)]
    if not there:
        return {}, {}
    purpose = door.desk_purpose(Operation.ADMINISTER_USERS, today())
    asked = ask(request, Operation.ADMINISTER_USERS, role=next(iter(lists.roles), None), purpose=purpose)
    permit = let_in(door.own_account(asked))
    every = deputies(permit=permit, on=today(), user=user_code(request))
    rows = [row for row in every if row.by_me and _runs(row)]
    names = {row.principal: row.principal_name for row in rows}
    found = {one: names.get(one) for one in there}
    return {
        one: cell.value if isinstance(cell, Shown) and cell.value else _("een collega")
        for one, cell in found.items()
    }, _ends(rows)


def _runs(row: DeputyRow) -> bool:
    return isinstance(row.state, Shown) and row.state.value is DeputyState.IN_FORCE


def _ends(rows: Iterable[DeputyRow]) -> Mapping[UUID, date]:
    """The last day for each colleague; of two postings, the one that lasts longest."""
    ends: dict[UUID, date] = {}
    for row in rows:
        if isinstance(row.deputation, Shown) and row.deputation.value:
            last = row.deputation.value.ends_on
            ends[row.principal] = max(last, ends.get(row.principal, last))
    return ends
