"""Sealing a value under the key of one person and domain, for one place, and opening it again.

A sealed value is: a byte for the form (1), a random nonce of 12 bytes, the ciphertext of AES-256-GCM and its
tag of 16. The owner, the domain and the place are associated data: a value that is copied to another
person, domain or place does not open. Before sealing it is filled up to a multiple of 32 bytes, so that
"ja" and "nee" are equally long. Must never: say a value or a key in an error, or give back what was not
authenticated. Documents, which are sealed in frames, get a form of their own.
Read next: `wrapping.py` (where the keys come from), docs/vault.md.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hervat.register.vocabulary import Code

FORM: Final = b"\x01"
NONCE: Final = 12
TAG: Final = 16
BLOCK: Final = 32
_CONTENT: Final = len(FORM) + NONCE
_FILLINGS: Final = tuple(bytes([filling]) * filling for filling in range(BLOCK + 1))
_SHORTEST: Final = _CONTENT + BLOCK + TAG


class Domain(Code):
    """Which of a person's data a key opens: people who may open the one need not open the other."""

    ORDINARY = "gewoon"
    MEDICAL = "medisch"


class VaultError(Exception):
    """The vault refuses; the message is Dutch and never holds a value, a key or a search term."""


class SealError(VaultError):
    """A sealed value does not open: damaged, put in another place, or under a key that is gone."""

    def __init__(self) -> None:
        super().__init__(
            "Een verzegeld gegeven is niet te openen: het is beschadigd, hoort bij een ander gegeven of een "
            "andere persoon, of zijn sleutel is vernietigd. Wijzig niets en waarschuw de beheerder."
        )


class TextError(VaultError):
    """A text holds half a character, as JSON can bring it."""

    def __init__(self) -> None:
        super().__init__(
            "Deze tekst bevat een teken dat niet kan worden bewaard. Verwijder bijzondere tekens en sla "
            "opnieuw op."
        )


@dataclass(frozen=True, slots=True)
class DataKey:
    """The key of one person and domain, ready for use: making the cipher costs more than using it."""

    owner: UUID
    domain: Domain
    cipher: AESGCM = field(repr=False)
    _bound: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # The parts have one length or end in a zero, so that two different ones never look alike.
        bound = b"hervat\0" + FORM + self.owner.bytes + self.domain.encode() + b"\0"
        object.__setattr__(self, "_bound", bound)

    def bound_to(self, place: str) -> bytes:
        """Return the associated data of what is sealed with this key for a place."""
        return self._bound + place.encode()


def seal(key: DataKey, value: str | bytes, place: str) -> bytes:
    """Seal a value for one place: `Model.field`, and with the id of the row where a person has several.

    Raises `TextError` for a text that is none.
    """
    raw = _encoded(value) if isinstance(value, str) else value
    return _sealed(key, raw, place, os.urandom(NONCE))


def seal_all(key: DataKey, values: Sequence[tuple[bytes, str]]) -> list[bytes]:
    """Seal many values under one key, each for its own place: the operating system is asked once."""
    drawn = os.urandom(NONCE * len(values))
    nonces = (drawn[at : at + NONCE] for at in range(0, len(drawn), NONCE))
    return [_sealed(key, raw, place, nonce) for (raw, place), nonce in zip(values, nonces, strict=True)]


def unseal(key: DataKey, sealed: bytes | memoryview, place: str) -> bytes:
    """Return the value that was sealed with this key for this place. Raises `SealError`."""
    sealed = bytes(sealed)
    if sealed[:1] != FORM or len(sealed) < _SHORTEST:
        raise SealError
    try:
        filled = key.cipher.decrypt(sealed[1:_CONTENT], sealed[_CONTENT:], key.bound_to(place))
    except InvalidTag:
        raise SealError from None
    return filled[: -filled[-1]]


def unseal_text(key: DataKey, sealed: bytes | memoryview, place: str) -> str:
    """Return the text that was sealed with this key for this place. Raises `SealError`."""
    raw = unseal(key, sealed, place)
    # Outside of it: the error of Python carries what it could not read along, into whatever shows it.
    with suppress(UnicodeDecodeError):
        return raw.decode()
    raise SealError


def _sealed(key: DataKey, raw: bytes, place: str, nonce: bytes) -> bytes:
    filled = raw + _FILLINGS[BLOCK - len(raw) % BLOCK]
    return FORM + nonce + key.cipher.encrypt(nonce, filled, key.bound_to(place))


def _encoded(text: str) -> bytes:
    with suppress(UnicodeEncodeError):
        return text.encode()
    raise TextError
