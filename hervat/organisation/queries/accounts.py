"""What log-in asks before there is anybody, and the vault before it destroys a key: whose account is this?

Neither logs: what is done with the answer is logged (`../actions/log_in.py`). Must never: be asked for
anything but that, and for showing somebody their own name. Read next: `standing.py`.
"""

from uuid import UUID

from hervat.organisation import models


def account_of(email: str) -> models.User | None:
    """Return the account of an address, closed ones too, for log-in itself."""
    return models.User.objects.filter(email=email.strip().lower().replace("\0", "")).first()


def code_of(email: str) -> UUID | None:
    """Return the code of the account of an address."""
    found = account_of(email)
    return found.code if found else None


def is_closed(user: UUID) -> bool:
    """Return whether this is an account, and a closed one: for who destroys its key, and logs that."""
    return models.User.objects.filter(code=user, disabled_on__isnull=False).exists()
