"""Who wants the daily message, and where it goes: for the job that sends it, and for nobody else.

Only who holds a posting has work here. Whose account exists for their own dossier gets no message: that there
is one would tell. Must never: give an address to anybody but that job. Read next: `preferences.py`.
"""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.rules.line import Effect, Manner
from hervat.organisation import models
from hervat.organisation.actions.recording import of_user
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import ActorKind, Item, Operation, Use


@dataclass(frozen=True, slots=True)
class Reader:
    """Where a message goes, and in which language."""

    email: str = field(repr=False)
    language: str


@transaction.atomic
def digest_readers(*, permit: Permit, on: date) -> tuple[UUID, ...]:
    """Return who wants the daily message and is posted on a day, by code; each is a line in the log."""
    found = tuple(_wanting(permit, on).values_list("code", flat=True).order_by("code"))
    met = [of_user(code, {Item.USER_CONTACT}, manner=Manner.COMPUTED) for code in found]
    record(act_of(permit, Operation.ADMINISTER_USERS, Effect.READ), met)
    return found


@transaction.atomic
def reader(*, permit: Permit, user: UUID, on: date) -> Reader | None:
    """Return where the message of one user goes; nothing when they do not want it, or no longer work here."""
    found = _wanting(permit, on).filter(code=user).first()
    met = [of_user(user, {Item.USER_CONTACT})] if found else []
    record(act_of(permit, Operation.ADMINISTER_USERS, Effect.READ), met)
    return Reader(found.email, found.language) if found else None


def _wanting(permit: Permit, on: date) -> "QuerySet[models.User]":
    permit.demand(Item.USER_CONTACT, use=Use.READ)
    if permit.actor_kind is not ActorKind.JOB:
        raise NotPermitted("Adressen voor berichten zijn er alleen voor de taak die ze verstuurt.")
    counts = models.Posting.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=on), Q(revoked_on=None) | Q(revoked_on__gt=on), starts_on__lte=on
    )
    return models.User.objects.filter(disabled_on=None, wants_digest=True, code__in=counts.values("user"))
