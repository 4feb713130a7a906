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
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.rules.acts import Met
from hervat.journal.rules.line import Effect, Manner
from hervat.organisation import models
from hervat.organisation.actions.recording import of_user
from hervat.organisation.queries.standing import as_posting
from hervat.organisation.rules.postings import DOCTORS, Posting, PostingState, state
from hervat.register.cells import Hidden, Outcome, Shown, hidden
from hervat.register.decisions import Allowed
from hervat.register.permit import Permit
from hervat.register.vocabulary import ActorKind, Authority, Item, Operation, Role, Scope, Use

MOST_ON_A_PAGE = 50

T = TypeVar("T")
R = TypeVar("R", bound=Model)
_SUPERVISORS = frozenset({Role.PRIVACY_OFFICER, Role.AUDITOR})
DESKS = _SUPERVISORS | {Role.ADMINISTRATOR}
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


@dataclass(frozen=True, slots=True)
class Accounts:
    """Users by name, and whether there are more: the last one's code is where the next page begins."""

    accounts: tuple[Account, ...]
    more: bool


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
def search_users(
    *, permit: Permit, text: str = "", closed: bool = False, after: UUID | None = None
) -> Accounts:
    """Return users whose name or address holds a text: those that are open, or those that are closed."""
    permit.demand(Item.USER_NAME, Item.USER_CONTACT, use=Use.READ)
    found = _own(permit, Item.USER_NAME, models.User.objects.filter(disabled_on__isnull=not closed), "code")
    wanted = text.strip().replace("\0", "")
    if wanted:
        found = found.filter(Q(name__icontains=wanted) | Q(email__icontains=wanted))
    if after is not None:
        found = found.filter(_behind(after))
    rows = list(found.order_by("name", "code")[: MOST_ON_A_PAGE + 1])
    shown = rows[:MOST_ON_A_PAGE]
    _log(permit, [of_user(row.code, _seen(permit, *_ACCOUNT), manner=Manner.LISTED) for row in shown])
    return Accounts(tuple(_account(permit, row) for row in shown), len(rows) > len(shown))


@transaction.atomic
def account_of(*, permit: Permit, user: UUID) -> Account | None:
    """Return one user, or nothing; logged either way."""
    permit.demand(Item.USER_NAME, use=Use.READ)
    row = _own(permit, Item.USER_NAME, models.User.objects.filter(code=user), "code").first()
    _log(permit, [] if row is None else [of_user(user, _seen(permit, *_ACCOUNT))])
    return None if row is None else _account(permit, row)


@transaction.atomic
def names_of(*, permit: Permit, users: Iterable[UUID]) -> dict[UUID, Shown[str] | Outcome | Hidden]:
    """Return the names of users beside whose code a name helps; nothing where no name may be seen.

    Who never held a posting has an account for one reason, to see their own dossier: their name tells that
    they are ill, and is not given.
    """
    wanted = set(users)
    if not wanted or permit.scope(Item.USER_NAME) is None:
        return {}
    held = Exists(models.Posting.objects.filter(user=OuterRef("code")))
    posted = models.User.objects.filter(held, code__in=wanted)
    rows = list(_own(permit, Item.USER_NAME, posted, "code"))
    met = [of_user(row.code, {Item.USER_NAME}, manner=Manner.LISTED) for row in rows]
    if met:
        _log(permit, met)
    return {row.code: cell(permit, Item.USER_NAME, row.name) for row in rows}


def waiting(*, permit: Permit, on: date) -> tuple[Holder, ...]:
    """Return the doctors' postings that wait for a second administrator."""
    found = models.Posting.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=on),
        Q(revoked_on=None) | Q(revoked_on__gt=on),
        role__in=[role.value for role in DOCTORS],
        approved_on=None,
    )
    return _holders(permit, found, on, Manner.LISTED, states=frozenset({PostingState.PENDING}))


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


def _behind(after: UUID) -> Q:
    """What stands behind a user in the order of names; nothing where that user is not there any more."""
    name = models.User.objects.filter(code=after).values_list("name", flat=True).first()
    return Q(pk=None) if name is None else Q(name__gt=name) | Q(name=name, code__gt=after)


def _own(permit: Permit, item: Item, found: "QuerySet[R]", field: str) -> "QuerySet[R]":
    """Only one's own rows, unless the permit is for everybody's in full, at a desk.

    A row of the matrix is of a role, and a list of everybody is of a desk.
    """
    if permit.scope(item) is Scope.FULL and permit.role in DESKS:
        return found
    if permit.actor_kind is not ActorKind.USER:
        return found.none()
    return found.filter(**{field: permit.actor})


def _holder(permit: Permit, row: models.Posting, on: date) -> Holder:
    posting = as_posting(row)
    how = state(posting, on)
    return Holder(
        user=row.user_id,
        name=cell(permit, Item.USER_NAME, row.user.name),
        posting=cell(permit, Item.USER_POSTING, posting, outcome=posting.role),
        state=cell(permit, Item.USER_POSTING, how, outcome=how),
    )


def _account(permit: Permit, row: models.User) -> Account:
    return Account(
        user=row.code,
        name=cell(permit, Item.USER_NAME, row.name),
        email=cell(permit, Item.USER_CONTACT, row.email),
        disabled_on=cell(permit, Item.USER_POSTING, row.disabled_on),
    )


def cell(
    permit: Permit, item: Item, value: T | None, *, outcome: str | None = None
) -> Shown[T] | Outcome | Hidden:
    """Return a value of a user as far as a permit shows it."""
    decision = permit.decision(item)
    if not isinstance(decision, Allowed):
        return hidden(decision)
    return Shown(value) if decision.scope in _WHOLE else Outcome(outcome)


def _seen(permit: Permit, *items: Item) -> frozenset[Item]:
    return frozenset(item for item in items if permit.scope(item) is not None)


def _log(permit: Permit, met: Iterable[Met]) -> None:
    record(act_of(permit, operation_of(permit), Effect.READ), met)


def operation_of(permit: Permit) -> Operation:
    """What one does who reads this: administer, oversee, or see what is kept of oneself."""
    if permit.role is Role.ADMINISTRATOR:
        return Operation.ADMINISTER_USERS
    usual = Operation.OVERSEE if permit.role in _SUPERVISORS else Operation.EXERCISE_RIGHTS
    # One's own account is kept for the access it gives, not for accounting for what was done.
    own = permit.authority is Authority.OWN and usual not in permit.operations
    return Operation.ADMINISTER_USERS if own else usual


def _as_code(who: str) -> UUID | None:
    try:
        return UUID(who)
    except ValueError:
        return None
