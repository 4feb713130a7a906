"""Destroying a person: the keys, and in the same transaction all by which they could be found.

What the keys opened stays as bytes that nobody reads, until retention removes the rows; dates, units and ids
stay readable, and say nothing of whom. Nothing here asks why: retention has had a second pair of eyes, and
calls this as a job. Must never: leave a name token, a blind index or an account with a person without keys.
Read next: `../../vault/actions.py`, docs/vault.md (how long a destroyed key lives on in backups).
"""

from typing import Final
from uuid import UUID

from hervat.dossiers.models import Dossier, NameToken, Person
from hervat.dossiers.queries.lines import met
from hervat.dossiers.queries.permitted import permitted_person
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.rules.line import Effect, Manner
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import ActorKind, Item, Operation
from hervat.vault.actions import destroy_keys

_FOUND_BY: Final = frozenset({Item.NAME_AND_ADDRESS, Item.BSN, Item.EMPLOYEE_ID})


def forget_person(*, permit: Permit) -> int:
    """Destroy the keys of the person a permit is about, and all by which they are found; return how many.

    It concerns every dossier of theirs, also those that the permit does not name. Raises `NotPermitted`.
    """
    person = _whose(permit)
    act = act_of(permit, Operation.DESTROY, Effect.DELETE)
    with permitted_person(permit):
        # A writer locks the dossier before it asks for the key: who comes after this finds none.
        dossiers = list(Dossier.objects.select_for_update().filter(person=person).order_by("id"))
        if permit.dossier not in {one.id for one in dossiers}:
            raise NotPermitted("Het dossier van deze machtiging is niet van deze persoon.")
        NameToken.objects.filter(dossier__in=dossiers).delete()
        Person.objects.filter(id=person).update(bsn_index=None, employee_index=None, user_code=None)
        record(act, [met(person, one.id, _FOUND_BY, Manner.COMPUTED) for one in dossiers])
        return destroy_keys(permit, person)


def _whose(permit: Permit) -> UUID:
    if permit.actor_kind is not ActorKind.JOB:
        raise NotPermitted(
            "Een persoon wordt vernietigd door een taak, nadat een tweede dat heeft goedgekeurd."
        )
    if permit.subject is None:
        raise NotPermitted("Deze machtiging gaat niet over een persoon.")
    return permit.subject
