"""The lines in the log of what is done with users, units and postings, made from the permit.

A user is a data subject, under the code that never changes; a unit is an object and about nobody.
Must never: name a user otherwise than by code. Read next: `../../journal/actions/append.py`.
"""

from collections.abc import Collection, Iterable
from uuid import UUID

from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.rules.acts import Met
from hervat.journal.rules.line import Effect, Manner, Outcome, SubjectKind
from hervat.organisation.rules.postings import By
from hervat.organisation.rules.refusals import Refusal
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import ActorKind, Item, Operation, Scope, Use

POSTING = "plaatsing"
UNIT = "eenheid"
DEPUTY = "waarneming"


def demand_in_full(permit: Permit, *items: Item) -> None:
    """Raise `NotPermitted` unless these items may be written of everybody, and not only of oneself."""
    permit.demand(*items, use=Use.WRITE)
    if any(permit.scope(item, Use.WRITE) is not Scope.FULL for item in items):
        raise NotPermitted(f"Deze machtiging geeft alleen recht op het eigen account: {', '.join(items)}.")


def demand_somebody(permit: Permit) -> None:
    """Raise `NotPermitted` for a job: who is user, and who is posted where, is decided by people."""
    if permit.actor_kind is ActorKind.JOB:
        raise NotPermitted("Over gebruikers en plaatsingen beslist een mens, geen taak of bericht.")


def by(permit: Permit) -> By:
    """Return who acts, as it is kept with what they did."""
    return By(permit.actor_kind, permit.actor)


def of_user(
    user: UUID, items: Collection[Item], *, posting: UUID | None = None, manner: Manner = Manner.OPENED
) -> Met:
    """Return what an act met of one user, perhaps in one posting."""
    return Met(
        subject=user,
        subject_kind=SubjectKind.USER,
        items=frozenset(items),
        object_kind=POSTING if posting else None,
        object_id=posting,
        manner=manner,
    )


def of_deputy(user: UUID, deputation: UUID | None = None, *, manner: Manner = Manner.OPENED) -> Met:
    """Return what an act met of who acts for a colleague, or of that colleague."""
    return Met(
        subject=user,
        subject_kind=SubjectKind.USER,
        items=frozenset({Item.USER_DEPUTY}),
        object_kind=DEPUTY if deputation else None,
        object_id=deputation,
        manner=manner,
    )


def of_unit(unit: UUID) -> Met:
    """Return what an act met of a unit."""
    return Met(object_kind=UNIT, object_id=unit)


def administered(permit: Permit, effect: Effect, met: Iterable[Met]) -> None:
    """Log what was done, in the transaction that did it."""
    record(act_of(permit, Operation.ADMINISTER_USERS, effect), met)


def refused(permit: Permit, effect: Effect, met: Iterable[Met], refusal: Refusal) -> Refusal:
    """Log that it was not done, and return why. The caller has written nothing, and commits this line."""
    act = act_of(permit, Operation.ADMINISTER_USERS, effect)
    record(act, met, outcome=Outcome.REFUSED, reason=refusal.why)
    return refusal
