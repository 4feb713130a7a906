"""Reads the environment: one small function per kind of value, each with a clear error.

It never guesses a secret and never prints a value. Read next: `settings.py`.
"""

import os
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def boolean(name: str, *, default: bool) -> bool:
    """Return the variable as a boolean; only `1`, `0`, `true` and `false` count."""
    value = os.environ.get(name, "").strip().lower()
    if value == "":
        return default
    if value not in {"1", "0", "true", "false"}:
        raise ImproperlyConfigured(f"{name} is {value!r}; gebruik 1 of 0.")
    return value in {"1", "true"}
