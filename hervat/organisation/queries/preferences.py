"""How somebody wants to hear of their work: for that person, and for the job that sends it.

Must never: tell it of anybody else than the permit is for. Read next: `../actions/preferences.py`.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.rules.line import Effect
from hervat.organisation import models
from hervat.organisation.actions.recording import of_user
from hervat.organisation.queries.lists import cell, operation_of
from hervat.register.cells import Hidden, Outcome, Shown
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import ActorKind, Item, Use


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """Whether somebody wants the daily message, and in which language."""

    wants_digest: Shown[bool] | Outcome | Hidden
    language: Shown[str] | Outcome | Hidden


@transaction.atomic
def own_preferences(*, permit: Permit) -> Preferences:
    """Return what somebody chose for themselves, and log it. Raises `NotPermitted` for anybody else."""
    permit.demand(Item.USER_CONTACT, use=Use.READ)
    if permit.actor_kind is not ActorKind.USER:
        raise NotPermitted("Voorkeuren zijn van een gebruiker zelf.")
    user = models.User.objects.get(code=UUID(permit.actor))
    record(act_of(permit, operation_of(permit), Effect.READ), [of_user(user.code, {Item.USER_CONTACT})])
    return Preferences(
        wants_digest=cell(permit, Item.USER_CONTACT, user.wants_digest),
        language=cell(permit, Item.USER_CONTACT, user.language),
    )
