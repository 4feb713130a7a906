"""Sessions in the database, sealed: whoever reads the table learns nothing, and can make nobody log in.

A session holds an address and, for the minutes it takes to set up an app, its secret. The key follows from
the secret of the deployment; another secret ends every session. Must never: read one that is not sealed.
Read next: `sessions.py`, Django's own `backends/db.py`.
"""

import json
import os
from base64 import b64decode, b64encode
from functools import cache
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.sessions.backends import db

_NONCE: Final = 12
_FOR: Final = b"hervat session"


class SessionStore(db.SessionStore):
    """Django's store in the database, with what it holds sealed."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        nonce = os.urandom(_NONCE)
        text = json.dumps(session_dict, separators=(",", ":")).encode()
        return b64encode(nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, text, _FOR)).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Return what a session holds; what was not sealed by us holds nothing."""
        try:
            kept = b64decode(session_data, validate=True)
            text = _cipher(settings.SECRET_KEY).decrypt(kept[:_NONCE], kept[_NONCE:], _FOR)
        except (InvalidTag, ValueError):
            return {}
        held: dict[str, Any] = json.loads(text)
        return held


@cache
def _cipher(secret: str) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=_FOR).derive(secret.encode()))
