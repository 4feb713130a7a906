"""A first visit: a code on paper from an administrator, and one by e-mail, let somebody choose a password.

Also the way back for who forgot a password or lost every second factor: there is no other. The two codes
prove who it is, so using them needs no permit; making one does.
Must never: keep or log a code, say whether an address is known, or let an old code work beside a new one.
Read next: `../rules/activations.py`, `log_in.py`, docs/login.md.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from hervat.journal.rules.line import Effect
from hervat.organisation import models
from hervat.organisation.actions.log_in import Address, Event, tell
from hervat.organisation.actions.recording import (
    administered,
    demand_in_full,
    demand_somebody,
    of_user,
    refused,
)
from hervat.organisation.rules import activations as rules
from hervat.organisation.rules.refusals import Refusal, WhyNot
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item

_ITEMS = frozenset({Item.USER_CONTACT, Item.USER_CREDENTIALS})


@dataclass(frozen=True, slots=True)
class Paper:
    """A code to hand over, and until when it counts. It is shown once and cannot be shown again."""

    code: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Mail:
    """The second code, and where it goes."""

    activation: UUID
    address: str = field(repr=False)
    code: str = field(repr=False)


@transaction.atomic
def make_activation(*, permit: Permit, user: UUID, renew_factors: bool = False) -> Paper | Refusal:
    """Make a code on paper for a user; an earlier one no longer counts. Return it, or why not.

    With `renew_factors` every second factor goes when it is used: for who lost them all.
    """
    demand_somebody(permit)
    demand_in_full(permit, Item.USER_CONTACT)
    found = models.User.objects.select_for_update().filter(pk=user).first()
    met = [of_user(user, _ITEMS)]
    refusal = _why_not_make(permit, found)
    if refusal is not None:
        return refused(permit, Effect.CREATE, met, refusal)
    now = timezone.now()
    models.Activation.objects.filter(user=user, used_at=None, ended_at=None).update(ended_at=now)
    paper = Paper(rules.new_paper_code(), now + rules.PAPER_LASTS)
    models.Activation.objects.create(
        user_id=user,
        paper_digest=rules.digest(paper.code, of="papier"),
        renew_factors=renew_factors,
        made_by_kind=permit.actor_kind.value,
        made_by=permit.actor,
        expires_at=paper.expires_at,
    )
    administered(permit, Effect.CREATE, met)
    return paper


@transaction.atomic
def show_paper_code(*, email: str, code: str) -> Mail | None:
    """Make the second code for who shows the first one with its address, or nothing. The caller logs."""
    now = timezone.now()
    found = (
        _open_ones(now)
        .filter(paper_digest=rules.digest(code, of="papier"), user__email=email.strip().lower())
        .filter(mails__lt=rules.MOST_MAILS)
        .first()
    )
    if found is None:
        return None
    mail = Mail(found.id, found.user.email, rules.new_mail_code())
    found.mail_digest = _mail_digest(found.id, mail.code)
    found.mail_expires_at = now + rules.MAIL_LASTS
    found.mails, found.tries = found.mails + 1, 0
    found.save(update_fields=["mail_digest", "mail_expires_at", "mails", "tries"])
    return mail


def check_mail_code(*, activation: UUID, code: str, address: Address = None) -> bool:
    """Return whether this is the second code; a wrong one counts as a try, and is logged."""
    user, right = _try(activation, code)
    if not right:
        tell(Event.MAIL_CODE_WRONG, user=user, name=str(activation), address=address)
    return right


def use_activation(
    *, activation: UUID, code: str, password: str, address: Address = None
) -> models.User | None:
    """Choose the password, once: nobody else's session lives on. Return the user, or nothing."""
    with transaction.atomic():
        found = _checked(activation, code)
        if found is None:
            return None
        user = models.User.objects.select_for_update().get(pk=found.user_id)
        user.set_password(password)
        user.save(update_fields=["password"])
        found.used_at = timezone.now()
        found.mail_digest = ""
        found.save(update_fields=["used_at", "mail_digest"])
        tell(Event.PASSWORD_SET, user=user.code, address=address)
    return user


def renews_factors(activation: UUID) -> bool:
    """Return whether whoever uses this code starts anew with second factors."""
    return models.Activation.objects.filter(pk=activation, renew_factors=True).exists()


def whose(activation: UUID) -> models.User | None:
    """Return whose first visit this is, for the rules of a password."""
    found = models.Activation.objects.filter(pk=activation).select_related("user").first()
    return found.user if found else None


@transaction.atomic
def _try(activation: UUID, code: str) -> tuple[UUID | None, bool]:
    found = _open_ones(timezone.now()).filter(pk=activation).first()
    if found is None:
        return None, False
    if _fits(found, code):
        return found.user_id, True
    found.tries += 1
    found.save(update_fields=["tries"])
    return found.user_id, False


def _checked(activation: UUID, code: str) -> models.Activation | None:
    found = _open_ones(timezone.now()).filter(pk=activation).first()
    return found if found is not None and _fits(found, code) else None


def _fits(found: models.Activation, code: str) -> bool:
    now = timezone.now()
    if found.tries >= rules.MOST_TRIES or found.mail_expires_at is None or found.mail_expires_at <= now:
        return False
    return secrets.compare_digest(found.mail_digest, _mail_digest(found.id, code))


def _open_ones(now: datetime) -> "QuerySet[models.Activation]":
    """What still counts, locked: two browsers with one code wait for each other."""
    return (
        models.Activation.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(used_at=None, ended_at=None, expires_at__gt=now, user__disabled_on=None)
    )


def _mail_digest(activation: UUID, code: str) -> str:
    return rules.digest(code, of=f"mail {activation}", pepper=settings.SECRET_KEY)


def _why_not_make(permit: Permit, user: models.User | None) -> Refusal | None:
    if user is None:
        return Refusal(WhyNot.USER_UNKNOWN)
    if not user.is_active:
        return Refusal(WhyNot.USER_DISABLED)
    return Refusal(WhyNot.ACTIVATION_FOR_ONESELF) if permit.actor == str(user.code) else None
