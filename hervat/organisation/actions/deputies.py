"""Name a deputy in a posting, and end it. Whose posting it is does so, or an administrator.

The posting's row is locked first, so that two requests at once cannot pass each other. What was named stays;
a correction is an end and a new one. Must never: say whether an address is known, or let somebody name a
deputy in a posting that they only deputise in. Read next: `../rules/deputies.py`, `../models.py`.
"""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from hervat.journal.rules.acts import Met
from hervat.journal.rules.line import Effect
from hervat.organisation import models
from hervat.organisation.actions.recording import administered, of_deputy, refused
from hervat.organisation.queries.standing import as_posting
from hervat.organisation.rules.deputies import (
    Deputation,
    DeputyReason,
    EndReason,
    Wanted,
    why_not_end,
    why_not_name,
)
from hervat.organisation.rules.postings import By, Posting
from hervat.organisation.rules.refusals import Refusal, WhyNot
from hervat.register.permit import Permit
from hervat.register.vocabulary import ActorKind, Item, Scope, Use


@transaction.atomic
def name_deputy(
    *, permit: Permit, posting: UUID, who: str, starts_on: date, ends_on: date, reason: DeputyReason
) -> UUID | Refusal:
    """Let a colleague, by address or code, act in a posting through `ends_on`. Return why not."""
    permit.demand(Item.USER_DEPUTY, use=Use.WRITE)
    found = _posting(permit, posting)
    if found is None:
        return refused(permit, Effect.CREATE, [], Refusal(WhyNot.POSTING_UNKNOWN))
    wanted = _wanted(found, who, starts_on, ends_on)
    refusal = why_not_name(found, wanted, weeks=settings.DEPUTY_WEEKS, on=permit.on) or _why_not_twice(
        found, wanted
    )
    if refusal is not None or wanted.deputy is None:
        met = [of_deputy(found.user)]
        return refused(permit, Effect.CREATE, met, refusal or Refusal(WhyNot.DEPUTY_WITHOUT_ROLE))
    named = models.Deputy.objects.create(
        posting_id=found.id,
        principal_id=found.user,
        deputy_id=wanted.deputy,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.value,
        named_by_kind=permit.actor_kind.value,
        named_by=permit.actor,
    )
    administered(permit, Effect.CREATE, _both(named))
    return named.id


@transaction.atomic
def end_deputy(*, permit: Permit, deputation: UUID) -> Refusal | None:
    """End it from now on: by whose posting it is, the deputy, or an administrator. Return why not."""
    permit.demand(Item.USER_DEPUTY, use=Use.WRITE)
    row = models.Deputy.objects.select_for_update().filter(_within(permit), pk=deputation).first()
    if row is None:
        return refused(permit, Effect.UPDATE, [], Refusal(WhyNot.DEPUTY_UNKNOWN))
    refusal = why_not_end(as_deputation(row), on=permit.on)
    if refusal is not None:
        return refused(permit, Effect.UPDATE, _both(row), refusal)
    models.Deputy.objects.filter(pk=deputation).update(
        revoked_by_kind=permit.actor_kind.value,
        revoked_by=permit.actor,
        revoked_on=permit.on,
        revoke_reason=_why_ended(permit, row).value,
    )
    administered(permit, Effect.UPDATE, _both(row))
    return None


def as_deputation(row: models.Deputy) -> Deputation:
    """Return a row as the value that the rules take."""
    return Deputation(
        id=row.id,
        posting=as_posting(row.posting),
        deputy=row.deputy_id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        reason=DeputyReason(row.reason),
        named_by=By(ActorKind(row.named_by_kind), row.named_by),
        revoked_on=row.revoked_on,
        revoke_reason=EndReason(row.revoke_reason) if row.revoke_reason else None,
    )


def _posting(permit: Permit, posting: UUID) -> Posting | None:
    """The posting, locked; only one's own unless the permit is for everybody's."""
    found = models.Posting.objects.select_for_update().filter(pk=posting)
    if permit.scope(Item.USER_DEPUTY, Use.WRITE) is not Scope.FULL:
        found = found.filter(user=_oneself(permit))
    row = found.first()
    return None if row is None else as_posting(row)


def _within(permit: Permit) -> Q:
    if permit.scope(Item.USER_DEPUTY, Use.WRITE) is Scope.FULL:
        return Q()
    oneself = _oneself(permit)
    return Q(principal=oneself) | Q(deputy=oneself)


def _oneself(permit: Permit) -> UUID | None:
    return UUID(permit.actor) if permit.actor_kind is ActorKind.USER else None


def _wanted(posting: Posting, who: str, starts_on: date, ends_on: date) -> Wanted:
    user = models.User.objects.filter(_known_as(who), disabled_on=None).first()
    held = models.Posting.objects.filter(user=user, role=posting.role.value) if user else ()
    return Wanted(
        deputy=user.code if user else None,
        held=[as_posting(row) for row in held],
        starts_on=starts_on,
        ends_on=ends_on,
    )


def _known_as(who: str) -> Q:
    try:
        return Q(code=UUID(who))
    except ValueError:
        return Q(email=who.strip().lower().replace("\0", ""))


def _why_not_twice(posting: Posting, wanted: Wanted) -> Refusal | None:
    """What the exclusion constraint refuses."""
    others = models.Deputy.objects.filter(
        Q(revoked_on=None) | Q(revoked_on__gt=wanted.starts_on),
        posting=posting.id,
        deputy=wanted.deputy,
        starts_on__lte=wanted.ends_on,
        ends_on__gte=wanted.starts_on,
    )
    return Refusal(WhyNot.DEPUTED_ALREADY) if others.exists() else None


def _why_ended(permit: Permit, row: models.Deputy) -> EndReason:
    whose = {str(row.principal_id): EndReason.TAKEN_BACK, str(row.deputy_id): EndReason.GIVEN_BACK}
    return whose.get(permit.actor, EndReason.ADMINISTRATION)


def _both(row: models.Deputy) -> list[Met]:
    """It says something of both: who is away, and who acts meanwhile."""
    return [of_deputy(user, row.id) for user in (row.principal_id, row.deputy_id)]
