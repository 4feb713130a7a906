"""The words of a name, folded, so that what people type finds what stands in the passport.

Kept are the beginnings of 2 to 15 letters of every word, in one alphabet: no accents, no capitals, "ß" as
"ss", "ı" as "i". A hyphen or an apostrophe both splits and joins: "d'Artagnan" is found as "artagnan" and as
"dartagnan". A particle (van, de, ten) is kept as a whole word only, and passed over in a question that has
another word: many Dutch names have one, and few people remember which. Must never: see a key.
Read next: `finding.py` (words become tokens).
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from hervat.vault.rules.sealing import VaultError

SHORTEST: Final = 2
LONGEST: Final = 15
MOST_TYPED: Final = 200
PARTICLES: Final = frozenset(
    {
        *("van", "de", "den", "der", "des", "het", "ten", "ter", "te", "aan", "bij", "in", "op", "over"),
        *("uit", "voor", "du", "la", "le", "les", "von", "zu", "zum", "zur"),
    }
)
# How people shorten "van de" and "van den" without a dot between; no name begins like this.
_SHORTENED: Final = frozenset(("vd", "vdr"))
_JOINS: Final = str.maketrans(
    dict.fromkeys("’‘‛`´ʼʻʹʽ′＇", "'")
    | dict.fromkeys("‐‑‒–—―−", "-")
    | {"ŉ": "n"}
    | dict.fromkeys("·\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
)
# Letters that Unicode does not take apart, as a passport writes them in plain letters (ICAO 9303), but
# with the one letter that people type where that has two: o for ø.
_LETTERS: Final = str.maketrans(
    {
        "ı": "i",
        "ȷ": "j",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ĸ": "k",
        "ə": "e",
        "ɨ": "i",
        "ʉ": "u",
        "ƀ": "b",
        "ǥ": "g",
        "ƶ": "z",
    }
)
_CHUNK: Final = re.compile(r"[^\W_]+(?:['-]+[^\W_]+)*")


class TooShortError(VaultError):
    """Too little was typed to look for."""

    def __init__(self) -> None:
        super().__init__("Typ ten minste twee letters van een voornaam of achternaam.")


def fold(text: str) -> str:
    """Return a text in plain small letters; hyphens and apostrophes in one form, the rest as it is.

    >>> fold("Yıldız İnci, IJsbrand Groß-Ørsted")
    'yildiz inci, ijsbrand gross-orsted'
    """
    if text.isascii():
        return text.translate(_JOINS).lower()
    # Twice apart: small letters of what was one sign can be a letter with a mark.
    plain = unicodedata.normalize("NFKD", text.translate(_JOINS)).casefold()
    apart = unicodedata.normalize("NFKD", plain.translate(_JOINS))
    return "".join(sign for sign in apart if unicodedata.category(sign)[0] != "M").translate(_LETTERS)


def kept_words(name: str) -> frozenset[str]:
    """Return every beginning of every word of a name; of a particle only the whole."""
    return frozenset(beginning for word in set(_words(name)) for beginning in _beginnings(word))


def asked_words(text: str) -> frozenset[str]:
    """Return the words that were typed, each of which must begin a word of the name.

    Raises `TooShortError`.

    >>> sorted(asked_words("J. van den Berg-d'Ar"))
    ['berg', 'dar']
    """
    typed = (chunk.replace("'", "") for part in _chunks(text[:MOST_TYPED]) for chunk in part.split("-"))
    words = frozenset(word[:LONGEST] for word in typed if len(word) >= SHORTEST)
    if not words:
        raise TooShortError
    return words - PARTICLES - _SHORTENED or words


def _chunks(text: str) -> list[str]:
    return _CHUNK.findall(fold(text))


def _words(name: str) -> Iterator[str]:
    for chunk in _chunks(name):
        yield chunk.replace("'", "").replace("-", "")
        yield from chunk.replace("'", "-").split("-")
        yield from chunk.replace("'", "").split("-")


def _beginnings(word: str) -> list[str]:
    if word in PARTICLES:
        return [word]
    return [word[:length] for length in range(SHORTEST, min(len(word), LONGEST) + 1)]
