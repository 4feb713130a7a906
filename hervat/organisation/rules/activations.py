"""The two codes of a first visit: one on paper, one by e-mail. Kept only as digests.

The paper code cannot be guessed; the short one by e-mail can, so it lives minutes and has few tries.
Must never: be kept or logged as it is. Read next: `../actions/activations.py`, docs/login.md.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import Final

# No vowels, so no words; nothing that looks like something else.
_LETTERS: Final = "BCDFGHJKLMNPQRSTVWXZ23456789"
_PAPER: Final = 16
_MAIL: Final = 8
PAPER_LASTS: Final = timedelta(days=14)
MAIL_LASTS: Final = timedelta(minutes=15)
MOST_MAILS: Final = 5
MOST_TRIES: Final = 5


def new_paper_code() -> str:
    """Return a code to print: sixteen signs in groups of four, 76 bits."""
    signs = "".join(secrets.choice(_LETTERS) for _ in range(_PAPER))
    return "-".join(signs[start : start + 4] for start in range(0, _PAPER, 4))


def new_mail_code() -> str:
    """Return a code of eight figures."""
    return "".join(secrets.choice("0123456789") for _ in range(_MAIL))


def plain(code: str) -> str:
    """Return a code as it counts, however it was typed.

    >>> plain(" bcdf-ghjk lmnp-qrst ")
    'BCDFGHJKLMNPQRST'
    """
    return "".join(sign for sign in code.upper() if sign.isalnum())


def digest(code: str, *, of: str, pepper: str = "") -> str:
    """Return what is kept of a code; `of` keeps the two kinds and their owners apart.

    >>> digest("a-b", of="papier") == digest("AB", of="papier") != digest("AB", of="mail")
    True
    """
    return hashlib.sha256(f"{of}\0{pepper}\0{plain(code)}".encode()).hexdigest()
