"""Choose how to hear of one's work: the daily message or not, and in which language.

Must never: choose for somebody else. Read next: `../queries/preferences.py`.
"""

from uuid import UUID

from django.db import transaction

from hervat.journal.rules.line import Effect
from hervat.organisation import models
from hervat.organisation.actions.recording import administered, of_user
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import ActorKind, Item, Use


@transaction.atomic
def choose_preferences(*, permit: Permit, wants_digest: bool, language: str) -> None:
    """Keep what somebody chose for themselves. Raises `NotPermitted` for anybody else."""
    permit.demand(Item.USER_CONTACT, use=Use.WRITE)
    if permit.actor_kind is not ActorKind.USER:
        raise NotPermitted("Voorkeuren zijn van een gebruiker zelf.")
    user = UUID(permit.actor)
    models.User.objects.filter(code=user).update(wants_digest=wants_digest, language=language)
    administered(permit, Effect.UPDATE, [of_user(user, {Item.USER_CONTACT})])
