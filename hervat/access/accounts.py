"""Closing an account: the postings end, and the key of its log-in secrets is destroyed, in one transaction.

The vault stands above the organisation, so neither can do both; every mouth closes accounts here
(tests/house/test_permits.py). A closed account is never opened again, so what its key opened has no use left.
Must never: close an account and leave its secrets readable. Read next: `../organisation/actions/users.py`.
"""

from uuid import UUID

from django.db import transaction

from hervat.organisation.actions.users import disable_user
from hervat.organisation.rules.refusals import Refusal
from hervat.register.permit import Permit
from hervat.vault.actions import destroy_log_in_key


@transaction.atomic
def close_account(*, permit: Permit, user: UUID) -> Refusal | None:
    """Close an account at once and for good. Return why not."""
    refusal = disable_user(permit=permit, user=user)
    if refusal is None:
        destroy_log_in_key(permit=permit, user=user)
    return refusal
