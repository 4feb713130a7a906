"""Who acts for whom: for the two whom it is about, for administrators, and for supervision.

Whoever names a colleague, or acts for one, sees that colleague's name: who it is, is what this item says.
Both are lines in the log. Must never: give a list of colleagues to choose from, for that would be a list of
users. Read next: `../rules/deputies.py`, `lists.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.rules.acts import Met
from hervat.journal.rules.line import Effect, Manner
from hervat.organisation import models
from hervat.organisation.actions.deputies import as_deputation
from hervat.organisation.actions.recording import of_deputy
from hervat.organisation.queries.lists import DESKS, cell, operation_of
from hervat.organisation.queries.standing import as_posting
from hervat.organisation.rules.deputies import Deputation, DeputyState, deputy_state
from hervat.organisation.rules.postings import in_force
from hervat.register.cells import Hidden, Outcome, Shown
from hervat.register.permit import Permit
from hervat.register.vocabulary import ActorKind, Item, Role, Scope, Use


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyRow:
    """Somebody who acts for a colleague. `by_me` is whether whoever asks is the deputy."""

    principal: UUID
    principal_name: Shown[str] | Outcome | Hidden
    deputy: UUID
    deputy_name: Shown[str] | Outcome | Hidden
    deputation: Shown[Deputation] | Outcome | Hidden
    state: Shown[DeputyState] | Outcome | Hidden
    by_me: bool


@transaction.atomic
def deputies(*, permit: Permit, on: date, user: UUID | None = None) -> tuple[DeputyRow, ...]:
    """Return who acts for whom, newest first: of one user, or of everybody; for oneself one's own only."""
    permit.demand(Item.USER_DEPUTY, use=Use.READ)
    found = models.Deputy.objects.filter(_own(permit), _of(user)).select_related(
        "posting", "principal", "deputy"
    )
    rows = list(found.order_by("-starts_on", "id"))
    record(act_of(permit, operation_of(permit), Effect.READ), _met(rows, user))
    held = _held({row.deputy_id for row in rows}, on)
    return tuple(_row(permit, row, held.get(row.deputy_id, frozenset()), on) for row in rows)


def _own(permit: Permit) -> Q:
    if permit.scope(Item.USER_DEPUTY) is Scope.FULL and permit.role in DESKS:
        return Q()
    if permit.scope(Item.USER_DEPUTY) is Scope.OUTCOME or permit.actor_kind is not ActorKind.USER:
        return Q(pk=None)
    return _of(UUID(permit.actor))


def _of(user: UUID | None) -> Q:
    return Q() if user is None else Q(principal=user) | Q(deputy=user)


def _met(rows: Iterable[models.Deputy], user: UUID | None) -> list[Met]:
    met = [
        of_deputy(whose, row.id, manner=Manner.LISTED)
        for row in rows
        for whose in (row.principal_id, row.deputy_id)
    ]
    return met or ([of_deputy(user, manner=Manner.LISTED)] if user else [])


def _held(users: set[UUID], on: date) -> dict[UUID, frozenset[Role]]:
    found: dict[UUID, frozenset[Role]] = {}
    for row in models.Posting.objects.filter(user__in=users, user__disabled_on=None):
        posting = as_posting(row)
        if in_force(posting, on):
            found[posting.user] = found.get(posting.user, frozenset()) | {posting.role}
    return found


def _row(permit: Permit, row: models.Deputy, held: frozenset[Role], on: date) -> DeputyRow:
    deputation = as_deputation(row)
    how = deputy_state(deputation, held, on)
    role = deputation.posting.role
    return DeputyRow(
        principal=row.principal_id,
        principal_name=cell(permit, Item.USER_DEPUTY, row.principal.name),
        deputy=row.deputy_id,
        deputy_name=cell(permit, Item.USER_DEPUTY, row.deputy.name),
        deputation=cell(permit, Item.USER_DEPUTY, deputation, outcome=role),
        state=cell(permit, Item.USER_DEPUTY, how, outcome=how),
        by_me=permit.actor == str(row.deputy_id),
    )
