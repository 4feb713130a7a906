"""Reads what the journal needs from the environment: its keys, and the folders for checkpoints.

Only the sealer has the private key; who verifies or serves has the public ones. Must never: repeat a value
in an error. Read next: `settings.py`, `../journal/rules/notes.py`, docs/settings.md.
"""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from hervat.config.environment import lines, text
from hervat.journal.rules.notes import NoteError, Signer, Verifier


def signer(name: str) -> Signer | None:
    """Return the private key that the variable holds, or None: sealing is then refused."""
    value = text(name, default="")
    if not value:
        return None
    try:
        return Signer.parse(value)
    except NoteError as error:
        raise ImproperlyConfigured(f"{name} is niet bruikbaar. {error}") from None


def verifiers(name: str, signer: Signer | None) -> tuple[Verifier, ...]:
    """Return the public keys, oldest first; that of the private key comes last by itself."""
    own = [signer.verifier] if signer else []
    try:
        given = [Verifier.parse(value) for value in lines(name, default=[])]
    except NoteError as error:
        raise ImproperlyConfigured(f"{name} is niet bruikbaar. {error}") from None
    return tuple(dict.fromkeys([*(key for key in given if key not in own), *own]))


def folders(name: str) -> tuple[Path, ...]:
    """Return the folders; each a whole path, so that it does not depend on where somebody stands."""
    found = [Path(value) for value in lines(name, default=[])]
    if not all(folder.is_absolute() for folder in found):
        raise ImproperlyConfigured(
            f"{name} is niet bruikbaar: een map is geen volledig pad. Begin elke map met een schuine streep."
        )
    return tuple(dict.fromkeys(found))
