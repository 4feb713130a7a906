"""Seals the secrets of second factors: whoever reads the database cannot make their codes.

Under a key derived from those that wrap ordinary data; the number of the key stands in front, so an older
one still opens. Must never: show or log a secret, or keep one as it is when there is no key.
Read next: `adapter.py`, docs/vault.md.
"""

import os
from base64 import b64decode, b64encode
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from hervat.vault.rules.sealing import Domain
from hervat.vault.rules.wrapping import MissingKeyError

_NONCE: Final = 12
_FOR: Final = b"hervat second factor"


def seal(text: str) -> str:
    """Return a secret as it is kept. Raises `MissingKeyError`."""
    epoch = max(settings.KEYS_ORDINARY, default=0)
    nonce = os.urandom(_NONCE)
    sealed = _cipher(epoch).encrypt(nonce, text.encode(), _FOR)
    return f"{epoch}.{b64encode(nonce + sealed).decode()}"


def open_sealed(kept: str) -> str:
    """Return the secret. Raises `MissingKeyError`, and `ValueError` when it was not sealed here."""
    epoch, _, coded = kept.partition(".")
    content = b64decode(coded, validate=True)
    try:
        return _cipher(int(epoch)).decrypt(content[:_NONCE], content[_NONCE:], _FOR).decode()
    except InvalidTag:
        raise ValueError("Een tweede factor opent niet: de rij is beschadigd of verplaatst.") from None


def _cipher(epoch: int) -> AESGCM:
    key = settings.KEYS_ORDINARY.get(epoch)
    if key is None:
        raise MissingKeyError(Domain.ORDINARY, epoch or None)
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=_FOR).derive(key))
