"""Blind indexes and name tokens: how a person is found although the database cannot be read.

Each kind has a key of its own, derived with HKDF-SHA-256 from HERVAT_INDEX_KEY, and gives HMAC-SHA-256 over
the value in one fixed form: 16 bytes for a BSN or an employee number, 8 for a word of a name. The same value
always gives the same bytes, so whoever holds the key can try all 90 million BSNs in minutes: it must never
come into the database or its backup. Must never: repeat what was searched for in an error.
Read next: `names.py` (the words of a name), docs/vault.md (what a token still tells).
"""

import hmac
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from stdnum.exceptions import ValidationError
from stdnum.nl import bsn

from hervat.vault.rules import names
from hervat.vault.rules.sealing import VaultError

_BSN: Final = re.compile(r"[0-9]{8,9}", re.ASCII)
_EMPLOYEE_NUMBER: Final = re.compile(r"[a-z0-9]{1,32}", re.ASCII)
_BETWEEN: Final = re.compile(r"[\s.\-/]+")


class BsnError(VaultError):
    """What was given is no citizen service number."""

    def __init__(self) -> None:
        super().__init__(
            "Dit is geen burgerservicenummer: het heeft acht of negen cijfers en voldoet aan de elfproef. "
            "Controleer het nummer en typ het opnieuw."
        )


class EmployeeNumberError(VaultError):
    """What was given cannot be an employee number."""

    def __init__(self) -> None:
        super().__init__(
            "Dit is geen werknemersnummer: het heeft 1 tot en met 32 letters en cijfers. "
            "Controleer het nummer en typ het opnieuw."
        )


class SearchKeyError(VaultError):
    """The environment gives no key to search with."""

    def __init__(self) -> None:
        super().__init__(
            "De sleutel om mee te zoeken ontbreekt, dus niemand kan op nummer of naam worden gevonden of "
            "vastgelegd. Zet HERVAT_INDEX_KEY; zie docs/settings.md."
        )


@dataclass(frozen=True, slots=True)
class SearchKeys:
    """The derived keys, one per kind; what they make of a value is equal for equal values only."""

    _bsn: bytes = field(repr=False)
    _employee_number: bytes = field(repr=False)
    _name: bytes = field(repr=False)
    _message: bytes = field(repr=False)

    @classmethod
    def of(cls, index_key: bytes) -> "SearchKeys":
        """Derive the keys. Raises `SearchKeyError`."""
        if not index_key:
            raise SearchKeyError
        return cls(*(_derived(index_key, kind) for kind in (b"bsn", b"employee number", b"name", b"message")))

    def of_bsn(self, value: str) -> bytes:
        """Return the 16 bytes under which a BSN is found. Raises `BsnError`."""
        return _mac(self._bsn, normal_bsn(value))[:16]

    def of_message(self, content: bytes) -> bytes:
        """Return the 32 bytes by which a message is known again.

        Keyed, because what a message can say is little enough to be tried out.
        """
        return _mac(self._message, content)

    def of_employee_number(self, value: str) -> bytes:
        """Return the 16 bytes under which an employee number is found. Raises `EmployeeNumberError`."""
        return _mac(self._employee_number, normal_employee_number(value))[:16]

    def tokens_of(self, name: str) -> frozenset[int]:
        """Return what to keep of a name: a token for every beginning of every word."""
        return frozenset(map(self._token, names.kept_words(name)))

    def query_tokens(self, text: str) -> tuple[int, ...]:
        """Return what to look for: one token per word that was typed, and a name must have them all.

        The longest word comes first: fewest names have it. Raises `names.TooShortError` when too little was
        typed: no tokens would mean everybody.
        """
        words = sorted(names.asked_words(text), key=lambda word: (-len(word), word))
        return tuple(map(self._token, words))

    def _token(self, word: str) -> int:
        return int.from_bytes(_mac(self._name, word)[:8], signed=True)


def normal_bsn(value: str) -> str:
    """Return a BSN as nine digits. Raises `BsnError`.

    >>> normal_bsn("1112.22.333")
    '111222333'
    """
    digits = _BETWEEN.sub("", value)
    if not _BSN.fullmatch(digits):
        raise BsnError
    try:
        return str(bsn.validate(digits))
    except ValidationError:
        raise BsnError from None


def normal_employee_number(value: str) -> str:
    """Return an employee number without spaces and signs, in small letters; zeros in front stay.

    >>> normal_employee_number(" 00-12.345 K")
    '0012345k'
    """
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", value)).casefold()
    if not _EMPLOYEE_NUMBER.fullmatch(plain):
        raise EmployeeNumberError
    return plain


def _derived(index_key: bytes, kind: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"hervat vault 1 " + kind).derive(index_key)


def _mac(key: bytes, value: str | bytes) -> bytes:
    return hmac.digest(key, value.encode() if isinstance(value, str) else value, "sha256")
