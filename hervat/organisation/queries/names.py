"""The names of whoever read somebody's file, for that person: only where the organisation chose to show them.

The register gives a re-integrant an outcome of a user's name, and leaves the name itself to the organisation
(HERVAT_READERS_BY_NAME). Must never: be asked for a list of users, or by anybody but about their own file.
Read next: `lists.py`, docs/settings.md.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.rules.line import Effect, Manner
from hervat.organisation import models
from hervat.organisation.actions.recording import of_user
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Authority, Item, Operation, Use


@transaction.atomic
def names_of_readers(*, permit: Permit, readers: Iterable[UUID]) -> dict[str, str]:
    """Return the names of these users by their code, and log it. Raises `NotPermitted`."""
    permit.demand(Item.USER_NAME, use=Use.READ)
    if permit.authority is not Authority.OWN:
        raise NotPermitted("Namen van lezers zijn alleen voor wie het dossier over gaat.")
    found = models.User.objects.filter(code__in=set(readers)).order_by("code")
    rows = [(user.code, user.name) for user in found]
    met = [of_user(code, frozenset({Item.USER_NAME}), manner=Manner.LISTED) for code, _ in rows]
    record(act_of(permit, Operation.EXERCISE_RIGHTS, Effect.READ), met)
    return {str(code): name for code, name in rows}
