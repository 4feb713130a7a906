"""Seals the secrets of second factors under a key of the vault, one of each user.

The log-in library hands over a text and not whose it is, so that is said around it (`about`), or it is who
is logged in. A secret that is copied to another user's row does not open. Must never: show or log a secret,
or keep one as it is when there is no key. Read next: `adapter.py`, docs/vault.md.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final
from uuid import UUID

from allauth.core import context

from hervat.vault import actions, queries
from hervat.vault.rules.sealing import Domain, SealError, unseal_text
from hervat.vault.rules.sealing import seal as seal_value

PLACE: Final = "authenticator.data"
_about: Final[ContextVar[UUID | None]] = ContextVar("whose second factor", default=None)


@contextmanager
def about(user: UUID) -> Iterator[None]:
    """Say whose second factor is meant: in the second step nobody is logged in yet."""
    token = _about.set(user)
    try:
        yield
    finally:
        _about.reset(token)


def seal(text: str) -> str:
    """Return a secret as it is kept; the user gets a key with the first. Raises `MissingKeyError`."""
    key = actions.make_keys(_whose(), [Domain.ORDINARY])[Domain.ORDINARY]
    return b64encode(seal_value(key, text, PLACE)).decode()


def open_sealed(kept: str) -> str:
    """Return the secret. Raises `MissingKeyError`, and `SealError` when it is not this user's or damaged."""
    user = _whose()
    key = queries.keys_for([user], Domain.ORDINARY).get(user)
    if key is None:
        raise SealError
    return unseal_text(key, _decoded(kept), PLACE)


def _whose() -> UUID:
    user = _about.get() or context.request.user.pk
    if not isinstance(user, UUID):
        raise SealError
    return user


def _decoded(kept: str) -> bytes:
    try:
        return b64decode(kept, validate=True)
    except ValueError:
        raise SealError from None
