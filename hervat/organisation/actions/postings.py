"""Grant a posting, approve a doctor's, revoke one. What was granted stays; a correction is a new row.

The user's row is locked first, so that two administrators at once cannot pass each other.
Must never: let somebody grant to themselves, or approve what they granted. Read next:
`../rules/granting.py` (the conditions), `../models.py` (the same as constraints).
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from hervat.journal.rules.line import Effect
from hervat.organisation import models
from hervat.organisation.actions.recording import (
    administered,
    by,
    demand_in_full,
    demand_somebody,
    of_user,
    refused,
)
from hervat.organisation.queries.standing import as_posting, unit_tree
from hervat.organisation.rules.granting import Asked, why_not_approve, why_not_grant, why_not_revoke
from hervat.organisation.rules.refusals import Refusal, WhyNot
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item, Role

_ITEMS = frozenset({Item.USER_POSTING})
_UNKNOWN = Refusal(WhyNot.POSTING_UNKNOWN)


@transaction.atomic
def grant(
    *,
    permit: Permit,
    user: UUID,
    role: Role,
    unit: UUID | None = None,
    below: bool = False,
    below_reason: str = "",
    starts_on: date,
    ends_on: date | None = None,
) -> UUID | Refusal:
    """Post a user from `starts_on` through `ends_on`; return the code of the posting, or why not."""
    demand_somebody(permit)
    demand_in_full(permit, Item.USER_POSTING)
    asked = Asked(
        user=user,
        role=role,
        unit=unit,
        below=below,
        below_reason=below_reason,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    refusal = _why_not_user(user) or _why_not_unit_or_posting(permit, asked)
    if refusal is not None:
        return refused(permit, Effect.CREATE, [of_user(user, _ITEMS)], refusal)
    return post(permit, asked)


def post(permit: Permit, asked: Asked) -> UUID:
    """Write the row of a posting that was asked for and not refused, and log it."""
    posting = models.Posting.objects.create(
        user_id=asked.user,
        role=asked.role.value,
        unit_id=asked.unit,
        below=asked.below,
        below_reason=asked.below_reason,
        starts_on=asked.starts_on,
        ends_on=asked.ends_on,
        granted_by_kind=permit.actor_kind.value,
        granted_by=permit.actor,
    )
    administered(permit, Effect.CREATE, [of_user(asked.user, _ITEMS, posting=posting.id)])
    return posting.id


@transaction.atomic
def approve(*, permit: Permit, posting: UUID) -> Refusal | None:
    """Approve a doctor's posting as the second administrator; it counts from today. Return why not."""
    demand_somebody(permit)
    demand_in_full(permit, Item.USER_POSTING)
    found = _locked(posting)
    if found is None:
        return refused(permit, Effect.UPDATE, [], _UNKNOWN)
    met = [of_user(found.user_id, _ITEMS, posting=posting)]
    refusal = why_not_approve(as_posting(found), by=by(permit), on=permit.on)
    if refusal is not None:
        return refused(permit, Effect.UPDATE, met, refusal)
    models.Posting.objects.filter(pk=posting).update(
        approved_by_kind=permit.actor_kind.value, approved_by=permit.actor, approved_on=permit.on
    )
    administered(permit, Effect.UPDATE, met)
    return None


@transaction.atomic
def revoke(*, permit: Permit, posting: UUID, reason: str, from_on: date | None = None) -> Refusal | None:
    """Let a posting count no longer from a day on: at once when no day is given. Return why not."""
    demand_somebody(permit)
    demand_in_full(permit, Item.USER_POSTING)
    found = _locked(posting)
    if found is None:
        return refused(permit, Effect.UPDATE, [], _UNKNOWN)
    from_on = from_on or permit.on
    met = [of_user(found.user_id, _ITEMS, posting=posting)]
    refusal = why_not_revoke(as_posting(found), reason=reason, from_on=from_on, on=permit.on)
    if refusal is not None:
        return refused(permit, Effect.UPDATE, met, refusal)
    end(permit, [posting], from_on=from_on, reason=reason)
    administered(permit, Effect.UPDATE, met)
    return None


def end(permit: Permit, postings: Iterable[UUID], *, from_on: date, reason: str) -> None:
    """Write the revocation of postings that may be revoked; the caller logs it."""
    models.Posting.objects.filter(pk__in=list(postings)).update(
        revoked_by_kind=permit.actor_kind.value,
        revoked_by=permit.actor,
        revoked_on=from_on,
        revoke_reason=reason,
    )


def _why_not_user(user: UUID) -> Refusal | None:
    found = models.User.objects.select_for_update().filter(pk=user).first()
    if found is None:
        return Refusal(WhyNot.USER_UNKNOWN)
    return None if found.is_active else Refusal(WhyNot.USER_DISABLED)


def _why_not_unit_or_posting(permit: Permit, asked: Asked) -> Refusal | None:
    if asked.unit is not None:
        # A unit that is being closed at this moment must be seen as closed.
        models.Unit.objects.select_for_update().filter(pk=asked.unit).first()
    refusal = why_not_grant(asked, by=by(permit), tree=unit_tree(), on=permit.on)
    if refusal is not None:
        return refusal
    others = models.Posting.objects.filter(user=asked.user, role=asked.role.value, unit=asked.unit)
    overlap = any(_overlap(asked, one) for one in others)
    return Refusal(WhyNot.POSTED_ALREADY) if overlap else None


def _overlap(asked: Asked, other: models.Posting) -> bool:
    """Whether two postings would count on one day: what the exclusion constraint refuses."""
    if other.revoked_on is not None and other.revoked_on <= max(asked.starts_on, other.starts_on):
        return False
    if other.ends_on is not None and other.ends_on < asked.starts_on:
        return False
    return asked.ends_on is None or asked.ends_on >= other.starts_on


def _locked(posting: UUID) -> models.Posting | None:
    return models.Posting.objects.select_for_update().filter(pk=posting).first()
