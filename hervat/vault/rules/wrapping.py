"""The keys that wrap: per domain several epochs, the highest wraps and every other one still opens.

A data key is 32 random bytes and is kept only wrapped, with AES-256-GCM under the key of its epoch; owner,
domain and epoch are associated data, so a wrapped key that is put in another row does not open. Why not
RFC 3394: decision 0011. Must never: show or log a key, or make one from anything but randomness.
Read next: `sealing.py`, `../actions.py` (making, destroying, rotating).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hervat.vault.rules.sealing import FORM, NONCE, TAG, DataKey, Domain, VaultError

KEY: Final = 32
WRAPPED: Final = len(FORM) + NONCE + KEY + TAG
SETTINGS: Final = {Domain.ORDINARY: "HERVAT_KEYS_ORDINARY", Domain.MEDICAL: "HERVAT_KEYS_MEDICAL"}


class MissingKeyError(VaultError):
    """The environment does not give the key that is needed."""

    def __init__(self, domain: Domain, epoch: int | None = None) -> None:
        which = f"Sleutel {epoch}" if epoch else "Elke sleutel"
        super().__init__(
            f"{which} voor het domein '{domain}' ontbreekt, dus wat daaronder is verzegeld kan niet worden "
            f"geopend of vastgelegd. Zet {SETTINGS[domain]}; zie docs/settings.md."
        )


class WrapError(VaultError):
    """A wrapped key does not open under the key of its epoch."""

    def __init__(self, domain: Domain, epoch: int) -> None:
        super().__init__(
            f"Een sleutel in het domein '{domain}' opent niet met sleutel {epoch}: de rij is beschadigd of "
            f"verplaatst, of {SETTINGS[domain]} hoort bij een andere database. Wijzig niets; herstel de "
            "omgeving of zet de reservekopie van de sleutels terug."
        )


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A data key as it is kept: whose and for what, under which epoch, and the wrapped bytes."""

    owner: UUID
    domain: Domain
    epoch: int
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys that wrap, by domain and epoch. A domain without keys is refused when it is needed."""

    _ciphers: Mapping[Domain, Mapping[int, AESGCM]] = field(repr=False)

    @classmethod
    def of(cls, keys: Mapping[Domain, Mapping[int, bytes]]) -> "Keyring":
        """Make a ring of raw keys of 32 bytes, by domain and epoch."""
        return cls({domain: {n: AESGCM(raw) for n, raw in epochs.items()} for domain, epochs in keys.items()})

    def epochs(self, domain: Domain) -> frozenset[int]:
        """Return the epochs of a domain whose key is here."""
        return frozenset(self._ciphers.get(domain, ()))

    def highest(self, domain: Domain) -> int:
        """Return the epoch that wraps new keys. Raises `MissingKeyError`."""
        if not self.epochs(domain):
            raise MissingKeyError(domain)
        return max(self.epochs(domain))

    def make(self, owner: UUID, domain: Domain) -> tuple[Wrapped, DataKey]:
        """Make a new data key: wrapped, to keep, and ready for use. Raises `MissingKeyError`."""
        raw = os.urandom(KEY)
        return self._wrap(owner, domain, raw), DataKey(owner, domain, AESGCM(raw))

    def unwrap(self, kept: Wrapped) -> DataKey:
        """Return a data key ready for use. Raises `MissingKeyError` and `WrapError`."""
        return DataKey(kept.owner, kept.domain, AESGCM(self._raw(kept)))

    def rewrap(self, kept: Wrapped) -> Wrapped:
        """Return the same data key under the highest epoch. Raises `MissingKeyError` and `WrapError`."""
        return self._wrap(kept.owner, kept.domain, self._raw(kept))

    def _wrap(self, owner: UUID, domain: Domain, raw: bytes) -> Wrapped:
        epoch = self.highest(domain)
        nonce = os.urandom(NONCE)
        ciphertext = self._ciphers[domain][epoch].encrypt(nonce, raw, _bound(owner, domain, epoch))
        return Wrapped(owner, domain, epoch, FORM + nonce + ciphertext)

    def _raw(self, kept: Wrapped) -> bytes:
        cipher = self._ciphers.get(kept.domain, {}).get(kept.epoch)
        if cipher is None:
            raise MissingKeyError(kept.domain, kept.epoch)
        nonce, ciphertext = kept.wrapped[1 : 1 + NONCE], kept.wrapped[1 + NONCE :]
        if kept.wrapped[:1] != FORM or len(kept.wrapped) != WRAPPED:
            raise WrapError(kept.domain, kept.epoch)
        try:
            return cipher.decrypt(nonce, ciphertext, _bound(kept.owner, kept.domain, kept.epoch))
        except InvalidTag:
            raise WrapError(kept.domain, kept.epoch) from None


def _bound(owner: UUID, domain: Domain, epoch: int) -> bytes:
    return b"hervat key\0" + FORM + owner.bytes + epoch.to_bytes(4) + domain.encode()
