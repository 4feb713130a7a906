"""Create a user, disable one, and make the first administrator of an installation.

A password is set by its owner, at log-in, never here. Disabling works at once: the postings end, and
whoever is logged in is nobody at the next page. Must never: remove a user; a log line names the code.
Read next: `postings.py`, `../models.py`.
"""

from datetime import date
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from hervat.journal.rules.line import Effect
from hervat.organisation import models
from hervat.organisation.actions.postings import end, post
from hervat.organisation.actions.recording import (
    administered,
    demand_in_full,
    demand_somebody,
    of_user,
    refused,
)
from hervat.organisation.rules.granting import Asked, fits
from hervat.organisation.rules.refusals import Refusal, WhyNot
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item, Role

_ACCOUNT = frozenset({Item.USER_NAME, Item.USER_CONTACT})
_CLOSED = frozenset({Item.USER_POSTING, Item.USER_CREDENTIALS})
_DISABLED = "Account gesloten."
# Raw SQL: Django has no advisory locks. The number is that of this lock, and of nothing else.
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(2599001)"


@transaction.atomic
def create_user(*, permit: Permit, name: str, email: str) -> UUID | Refusal:
    """Create an account that nobody can log in to yet; return its code, or why not."""
    demand_somebody(permit)
    demand_in_full(permit, *_ACCOUNT)
    made = _make(name, email)
    if isinstance(made, Refusal):
        return refused(permit, Effect.CREATE, [], made)
    administered(permit, Effect.CREATE, [of_user(made, _ACCOUNT)])
    return made


@transaction.atomic
def create_first_administrator(*, permit: Permit, name: str, email: str) -> UUID | Refusal:
    """Create the user who then makes all others; refused as soon as there ever was an administrator."""
    demand_somebody(permit)
    demand_in_full(permit, *_ACCOUNT, Item.USER_POSTING)
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)
    if models.Posting.objects.filter(role=Role.ADMINISTRATOR.value).exists():
        return refused(permit, Effect.CREATE, [], Refusal(WhyNot.NOT_THE_FIRST))
    made = create_user(permit=permit, name=name, email=email)
    if isinstance(made, UUID):
        post(permit, _administrator(made, permit.on))
    return made


@transaction.atomic
def disable_user(*, permit: Permit, user: UUID) -> Refusal | None:
    """Close an account at once, with every posting that still counts or would. Return why not.

    The password is gone with it; the key of the other secrets is the vault's (`../../access/accounts.py`). A
    session that is open belongs to nobody from now on; removing it is the log-in's task.
    """
    demand_somebody(permit)
    demand_in_full(permit, Item.USER_POSTING)
    found = models.User.objects.select_for_update().filter(pk=user).first()
    refusal = _why_not_disable(found)
    if refusal is not None:
        return refused(permit, Effect.UPDATE, [of_user(user, {Item.USER_POSTING})], refusal)
    models.User.objects.filter(pk=user).update(disabled_on=permit.on, password=make_password(None))
    open_ones = _not_over(user, permit.on)
    end(permit, open_ones, from_on=permit.on, reason=_DISABLED)
    met = [of_user(user, {Item.USER_POSTING}, posting=posting) for posting in open_ones]
    administered(permit, Effect.UPDATE, [of_user(user, _CLOSED), *met])
    return None


def _make(name: str, email: str) -> UUID | Refusal:
    name, email = name.strip(), email.strip().lower()
    if not fits(name):
        return Refusal(WhyNot.TEXT_NOT_FITTING)
    if not _is_address(email):
        return Refusal(WhyNot.EMAIL_WRONG)
    user = models.User(name=name, email=email)
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:
        return Refusal(WhyNot.EMAIL_TAKEN)
    return user.code


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


def _administrator(user: UUID, on: date) -> Asked:
    return Asked(
        user=user,
        role=Role.ADMINISTRATOR,
        unit=None,
        below=False,
        below_reason="",
        starts_on=on,
        ends_on=None,
    )


def _why_not_disable(user: models.User | None) -> Refusal | None:
    if user is None:
        return Refusal(WhyNot.USER_UNKNOWN)
    return None if user.is_active else Refusal(WhyNot.USER_DISABLED)


def _not_over(user: UUID, on: date) -> list[UUID]:
    """The postings that still count, or would one day."""
    postings = models.Posting.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=on), Q(revoked_on=None) | Q(revoked_on__gt=on), user=user
    )
    return list(postings.values_list("pk", flat=True))
