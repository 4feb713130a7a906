"""Public keys as somebody types them: the key itself, or a file with one on every line.

Must never: repeat what was typed, which may be the private key by mistake. Read next: `journal.py`.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hervat.journal.rules.notes import Verifier


def key_argument(given: str) -> "list[Verifier]":
    """Read a public key, or a file with one on every line."""
    from hervat.journal.rules.notes import NoteError, Verifier

    if given.startswith("PRIVATE+KEY+"):
        raise argparse.ArgumentTypeError("dit is de privésleutel; geef de publieke (hervat journal key)")
    try:
        text = given if "+" in given else Path(given).read_text("utf-8")
        return [Verifier.parse(line.strip()) for line in text.splitlines() if line.strip()]
    except (OSError, UnicodeError):
        raise argparse.ArgumentTypeError(
            "dit is geen publieke sleutel en geen bestand dat te lezen is"
        ) from None
    except NoteError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
