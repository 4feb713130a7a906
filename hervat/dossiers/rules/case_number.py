"""Case numbers: unguessable, about nobody, to be read out on the phone.

Eleven random characters (23¹¹, almost 50 bits) and a check character, in an alphabet of 23 without vowels
and without characters that look alike; 23 is prime, so the check finds every wrong character and every two
that changed places. Must never: be made from anything about a person or a moment.
Read next: `../queries/relation.py`.
"""

import re
import secrets

ALPHABET = "3456789CDFHJKLMNPQRTVWX"
LENGTH = 12
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_SPACES = re.compile(r"[\s-]+")


def make_case_number() -> str:
    """Return a new case number, as it is stored: twelve characters."""
    # One draw and not eleven: each asks the operating system.
    left, drawn = secrets.randbelow(len(ALPHABET) ** (LENGTH - 1)), ""
    for _ in range(LENGTH - 1):
        left, value = divmod(left, len(ALPHABET))
        drawn += ALPHABET[value]
    return drawn + _check_character(drawn)


def read_case_number(text: str) -> str | None:
    """Return a case number as it is stored, however it was typed, or None when it is none.

    >>> read_case_number("c3h4-k5m6 n7qx")
    'C3H4K5M6N7QX'
    >>> read_case_number("C3H4-K5M6-N7QP") is None
    True
    """
    number = _SPACES.sub("", text).upper()
    if len(number) != LENGTH or not set(number) <= _VALUE.keys():
        return None
    return number if _check_character(number[:-1]) == number[-1] else None


def show_case_number(number: str) -> str:
    """Return a stored case number as people read it.

    >>> show_case_number("C3H4K5M6N7QX")
    'C3H4-K5M6-N7QX'
    """
    return "-".join(number[place : place + 4] for place in range(0, LENGTH, 4))


def _check_character(drawn: str) -> str:
    # Every weight differs and none is zero modulo 23: that is what finds a swap.
    total = sum(weight * _VALUE[character] for weight, character in enumerate(drawn, 1))
    return ALPHABET[total % len(ALPHABET)]
