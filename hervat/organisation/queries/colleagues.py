"""Colleagues: who holds a role now and may be proposed for a dossier, and who works on one already.

Who, in which role and for which unit is one item: what an assignment says. Whoever assigns sees it in full,
also of who may be chosen; others see role and unit; somebody whose dossier it is, the name too where the
organisation chose so. Each person shown is a line in the log. Must never: give somebody who does not hold
the role today, an address, or a choice to who may not assign.
Read next: `lists.py` (for desks), `../../dossiers/queries/assignments.py`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.rules.acts import Met
from hervat.journal.rules.line import Effect, Manner
from hervat.organisation import models
from hervat.organisation.actions.recording import of_user
from hervat.organisation.queries.standing import as_posting, postings_near, unit_tree
from hervat.organisation.rules.postings import UNIT_ROLES, Posting, in_force, reaches
from hervat.register.cells import Hidden, Outcome, Shown, hidden
from hervat.register.decisions import Allowed
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Authority, Item, Operation, Role, Scope, Use

MOST_TO_CHOOSE: Final = 50
_ITEMS: Final = frozenset({Item.USER_ASSIGNMENT})

Holding = tuple[UUID, Role]
"""A user in a role."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may be proposed: by the code that goes into the proposal, with name and unit."""

    user: UUID
    name: str
    unit: UUID | None


@dataclass(frozen=True, slots=True)
class Colleagues:
    """Who may be chosen, by name, and whether there are more than are shown."""

    found: tuple[Colleague, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who works on a dossier: for which unit, and the name as far as the permit shows it.

    `posted_from` is the first day of the posting that reaches the people of the unit, when one does.
    """

    unit: UUID | None
    name: Shown[str] | Outcome | Hidden
    posted_from: date | None = None


@transaction.atomic
def colleagues(*, permit: Permit, role: Role, text: str = "") -> Colleagues:
    """Return who holds a role today, or those whose name or unit holds a text. Raises `NotPermitted`."""
    demand_choosing(permit)
    found = _in_force(_holding(role, permit.on, text).exclude(user=UUID(permit.actor)), permit.on)
    chosen = list(islice(_once(found), MOST_TO_CHOOSE + 1))
    shown = chosen[:MOST_TO_CHOOSE]
    met = [of_user(one.user, _ITEMS, manner=Manner.LISTED) for one in shown]
    record(act_of(permit, Operation.REFER, Effect.READ), met)
    return Colleagues(tuple(shown), len(chosen) > len(shown))


def demand_choosing(permit: Permit) -> None:
    """Raise `NotPermitted` for who does not assign others."""
    permit.demand(Item.USER_ASSIGNMENT, use=Use.WRITE)
    if permit.scope(Item.USER_ASSIGNMENT, Use.WRITE) is not Scope.FULL:
        raise NotPermitted("Deze rol wijst niemand toe.")


def workers_of(
    permit: Permit, who: Collection[Holding], *, by_name: bool = False
) -> tuple[dict[Holding, Worker], list[Met]]:
    """Return who these are, and what the caller must log; `by_name` is a choice of the organisation."""
    rows = _newest(who, permit.on)
    users = {user.code: user for user in models.User.objects.filter(code__in={user for user, _ in who})}
    workers = {
        one: Worker(rows[one].unit if one in rows else None, _name(permit, users[one[0]].name, by_name))
        for one in who
        if one[0] in users
    }
    met = [of_user(user, _ITEMS, manner=Manner.LISTED) for user, _ in workers if str(user) != permit.actor]
    return workers, met


def workers_at(
    permit: Permit, unit: UUID, assigned: Collection[Holding], *, by_name: bool = False
) -> tuple[dict[Holding, Worker], list[Met]]:
    """Return who reaches the people of a unit by posting, then who is assigned, and what to log."""
    tree, on = unit_tree(), permit.on
    near = [unit, *tree.above(unit)]
    names, postings = postings_near(near, UNIT_ROLES, {user for user, _ in assigned})
    reaching = sorted((one for one in postings if reaches(one, unit, tree, on)), key=lambda one: one.role)
    workers = {
        (one.user, one.role): Worker(one.unit, _name(permit, names[one.user], by_name), one.starts_on)
        for one in reaching
        if one.role in UNIT_ROLES
    }
    newest = {(one.user, one.role): one for one in sorted(postings, key=lambda one: in_force(one, on))}
    for user, role in assigned:
        if user in names and (user, role) not in workers:
            held = newest.get((user, role))
            workers[user, role] = Worker(held.unit if held else None, _name(permit, names[user], by_name))
    met = [of_user(user, _ITEMS, manner=Manner.LISTED) for user, _ in workers if str(user) != permit.actor]
    return workers, met


def _holding(role: Role, on: date, text: str) -> "QuerySet[models.Posting]":
    open_account = Q(user__disabled_on=None) | Q(user__disabled_on__gt=on)
    found = models.Posting.objects.filter(
        open_account, Q(ends_on=None) | Q(ends_on__gte=on), role=role.value, starts_on__lte=on
    )
    wanted = text.strip().replace("\0", "")
    if wanted:
        units = [
            unit.id
            for unit in unit_tree().units.values()
            if wanted.lower() in f"{unit.abbreviation} {unit.name}".lower()
        ]
        found = found.filter(Q(user__name__icontains=wanted) | Q(unit__in=units))
    return found.select_related("user").order_by("user__name", "user", "starts_on")


def _in_force(rows: Iterable[models.Posting], on: date) -> Iterator[models.Posting]:
    return (row for row in rows if in_force(as_posting(row), on))


def _once(rows: Iterable[models.Posting]) -> Iterator[Colleague]:
    seen: set[UUID] = set()
    for row in rows:
        if row.user_id not in seen:
            seen.add(row.user_id)
            yield Colleague(row.user_id, row.user.name, row.unit_id)


def _newest(who: Collection[Holding], on: date) -> Mapping[Holding, Posting]:
    """The posting of each that counts on a day, or else the last that began."""
    rows = models.Posting.objects.filter(user__in={user for user, _ in who}).order_by("starts_on", "id")
    postings = sorted(map(as_posting, rows), key=lambda one: in_force(one, on))
    return {(one.user, one.role): one for one in postings if (one.user, one.role) in set(who)}


def _name(permit: Permit, name: str, by_name: bool) -> Shown[str] | Outcome | Hidden:
    decision = permit.decision(Item.USER_ASSIGNMENT)
    if not isinstance(decision, Allowed):
        return hidden(decision)
    if decision.scope is not Scope.FULL:
        return Outcome(None)
    own = permit.authority is Authority.OWN
    return Shown(name) if by_name or not own else Outcome(None)
