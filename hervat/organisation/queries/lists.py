"""Who holds which posting, who is a user: for administrators, for supervision, and for each of oneself.

Every row that is shown is a line in the log, with the items that it showed. With a permit for one's own
account only, there are no rows but one's own. Must never: return a model, or a name as plain text.
Read next: `standing.py` (what the door asks), `../../register/cells.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet

from hervat.journal.actions.append import record
from hervat.journal.rules.acts import Met
from hervat.journal.rules.line import Effect, Manner
from hervat.organisation import models
from hervat.organisation.actions.recording import act_of, of_user
from hervat.organisation.queries.standing import as_posting
from hervat.organisation.rules.postings import Posting, PostingState, state
from hervat.register.cells import Hidden, Outcome, Shown, hidden
from hervat.register.decisions import Allowed
from hervat.register.permit import Permit
from hervat.register.vocabulary import ActorKind, Item, Operation, Role, Scope, Use

T = TypeVar("T")
R = TypeVar("R", bound=Model)
_SUPERVISORS = frozenset({Role.PRIVACY_OFFICER, Role.AUDITOR})
_WHOLE = frozenset({Scope.FULL, Scope.OWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A posting with whose it is. `state` and `posting` are one item, the name is another."""

    user: UUID
    name: Shown[str] | Outcome | Hidden
    posting: Shown[Posting] | Outcome | Hidden
    state: Shown[PostingState] | Outcome | Hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A user as others see them."""

    user: UUID
    name: Shown[str] | Outcome | Hidden
    email: Shown[str] | Outcome | Hidden
    disabled_on: Shown[date] | Outcome | Hidden


def postings_of(*, permit: Permit, user: UUID, on: date) -> tuple[Holder, ...]:
    """Return every posting of a user, past ones too, and how each stands on a day."""
    return _holders(permit, models.Posting.objects.filter(user=user), on, Manner.OPENED, also=user)


def holders(
    *,
    permit: Permit,
    on: date,
    user: UUID | None = None,
    role: Role | None = None,
    unit: UUID | None = None,
    states: Iterable[PostingState] = tuple(PostingState),
) -> tuple[Holder, ...]:
    """Return the postings of a user, in a role, for a unit, and in one of these states on a day."""
    found = models.Posting.objects.all()
    if user is not None:
        found = found.filter(user=user)
    if role is not None:
        found = found.filter(role=role.value)
    if unit is not None:
        found = found.filter(unit=unit)
    return _holders(permit, found, on, Manner.LISTED, states=frozenset(states))


@transaction.atomic
def users(*, permit: Permit, active_only: bool = False) -> tuple[Account, ...]:
    """Return the users, those that are disabled last."""
    permit.demand(Item.USER_NAME, use=Use.READ)
    found = _own(permit, Item.USER_NAME, models.User.objects.all(), "code")
    if active_only:
        found = found.filter(disabled_on=None)
    rows = list(found.order_by("disabled_on", "email"))
    _log(permit, [of_user(row.code, _seen(permit, *_ACCOUNT), manner=Manner.LISTED) for row in rows])
    return tuple(_account(permit, row) for row in rows)


@transaction.atomic
def find_user(*, permit: Permit, who: str) -> UUID | None:
    """Return the code of the user with this e-mail address or code, or nothing; logged either way."""
    permit.demand(Item.USER_CONTACT, use=Use.READ)
    code = _as_code(who)
    by = {"email": who.strip().lower().replace("\0", "")} if code is None else {"code": code}
    found = _own(permit, Item.USER_CONTACT, models.User.objects.filter(**by), "code").first()
    _log(permit, [] if found is None else [of_user(found.code, {Item.USER_CONTACT})])
    return None if found is None else found.code


_ACCOUNT = (Item.USER_NAME, Item.USER_CONTACT, Item.USER_POSTING)


@transaction.atomic
def _holders(
    permit: Permit,
    found: "QuerySet[models.Posting]",
    on: date,
    manner: Manner,
    *,
    states: frozenset[PostingState] = frozenset(PostingState),
    also: UUID | None = None,
) -> tuple[Holder, ...]:
    """Read, log and return; `also` is logged when there is nothing of them: an empty answer tells as well."""
    permit.demand(Item.USER_POSTING, use=Use.READ)
    rows = _own(permit, Item.USER_POSTING, found, "user").select_related("user").order_by("starts_on", "id")
    shown = [row for row in rows if state(as_posting(row), on) in states]
    items = _seen(permit, Item.USER_NAME, Item.USER_POSTING)
    met = [of_user(row.user_id, items, posting=row.id, manner=manner) for row in shown]
    _log(permit, met or ([of_user(also, items, manner=manner)] if also else []))
    return tuple(_holder(permit, row, on) for row in shown)


def _own(permit: Permit, item: Item, found: "QuerySet[R]", field: str) -> "QuerySet[R]":
    """Only one's own rows, unless the permit is for everybody's in full."""
    if permit.scope(item) is Scope.FULL:
        return found
    if permit.actor_kind is not ActorKind.USER:
        return found.none()
    return found.filter(**{field: permit.actor})


def _holder(permit: Permit, row: models.Posting, on: date) -> Holder:
    posting = as_posting(row)
    how = state(posting, on)
    return Holder(
        user=row.user_id,
        name=_cell(permit, Item.USER_NAME, row.user.name),
        posting=_cell(permit, Item.USER_POSTING, posting, outcome=posting.role),
        state=_cell(permit, Item.USER_POSTING, how, outcome=how),
    )


def _account(permit: Permit, row: models.User) -> Account:
    return Account(
        user=row.code,
        name=_cell(permit, Item.USER_NAME, row.name),
        email=_cell(permit, Item.USER_CONTACT, row.email),
        disabled_on=_cell(permit, Item.USER_POSTING, row.disabled_on),
    )


def _cell(
    permit: Permit, item: Item, value: T | None, *, outcome: str | None = None
) -> Shown[T] | Outcome | Hidden:
    decision = permit.decision(item)
    if not isinstance(decision, Allowed):
        return hidden(decision)
    return Shown(value) if decision.scope in _WHOLE else Outcome(outcome)


def _seen(permit: Permit, *items: Item) -> frozenset[Item]:
    return frozenset(item for item in items if permit.scope(item) is not None)


def _log(permit: Permit, met: Iterable[Met]) -> None:
    record(act_of(permit, _operation(permit), Effect.READ), met)


def _operation(permit: Permit) -> Operation:
    """What one does who reads this: administer, oversee, or see what is kept of oneself."""
    if permit.role is Role.ADMINISTRATOR:
        return Operation.ADMINISTER_USERS
    return Operation.OVERSEE if permit.role in _SUPERVISORS else Operation.EXERCISE_RIGHTS


def _as_code(who: str) -> UUID | None:
    try:
        return UUID(who)
    except ValueError:
        return None
