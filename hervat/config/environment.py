"""Reads the environment: one small function per kind of value, each with a clear error.

It never guesses a secret, never gives a half-configured database a default, and never
prints a value: an error names the variable and what to do. Every variable is listed in
docs/settings.md (a test compares). Read next: `settings.py`.
"""

import base64
import os
import re
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
SHORTEST_SECRET = 50
_KEY = re.compile(r"[A-Za-z0-9_-]{43}=?", re.ASCII)
_EPOCH = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)
NEW_KEY = "hervat vault new-key"
_DATABASE_OPTIONS = frozenset(
    {"sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "target_session_attrs"}
)


def boolean(name: str, *, default: bool) -> bool:
    """Return the variable as a boolean; only `1`, `0`, `true` and `false` count."""
    value = os.environ.get(name, "").strip().lower()
    if value == "":
        return default
    if value not in {"1", "0", "true", "false"}:
        raise ImproperlyConfigured(f"{name} is geen ja of nee. Gebruik 1 of 0.")
    return value in {"1", "true"}


def number(name: str, *, default: int, least: int, most: int) -> int:
    """Return the variable as a whole number within bounds."""
    value = os.environ.get(name, "").strip()
    if value == "":
        return default
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise ImproperlyConfigured(f"{name} is geen getal van {least} tot en met {most}. Kies zo'n getal.")
    return int(value)


def lines(name: str, *, default: list[str]) -> list[str]:
    """Return the variable as a list: values apart by a comma or a new line."""
    values = [value.strip() for value in os.environ.get(name, "").replace("\n", ",").split(",")]
    return [value for value in values if value] or default


def text(name: str, *, default: str) -> str:
    """Return the variable, or the default when it is absent or empty."""
    return os.environ.get(name, "").strip() or default


def address(name: str, *, hosts: list[str], plain: bool) -> str:
    """Return where this site is, without a slash at the end: as given, or else by its first name."""
    given = text(name, default=f"{'http' if plain else 'https'}://{hosts[0].lstrip('.')}").rstrip("/")
    try:
        parts = urlsplit(given)
        named, _ = parts.hostname, parts.port
    except ValueError:
        named, parts = None, urlsplit("")
    if not named or parts.scheme not in {"http", "https"} or parts.query or parts.fragment or parts.username:
        raise ImproperlyConfigured(
            f"{name} is niet bruikbaar. De vorm is https://hervat.example.nl; zie docs/settings.md."
        )
    return given


def secret(name: str) -> str:
    """Return the secret, or nothing: Django refuses every use of an empty secret."""
    value = os.environ.get(name, "")
    if value and (len(value) < SHORTEST_SECRET or len(set(value)) < 10):
        raise ImproperlyConfigured(
            f"{name} is te makkelijk te raden. Gebruik {SHORTEST_SECRET} of meer willekeurige tekens, "
            'bijvoorbeeld van: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    return value


def key(name: str) -> bytes:
    """Return the key of 32 bytes, or nothing: whatever needs it is then refused, and nothing else."""
    value = os.environ.get(name, "").strip()
    return _key(name, value) if value else b""


def keys(name: str) -> dict[int, bytes]:
    """Return the keys by epoch, from `1:<key>,2:<key>`, or nothing: whatever needs one is then refused."""
    found: dict[int, bytes] = {}
    for entry in lines(name, default=[]):
        epoch, _, value = entry.partition(":")
        if not _EPOCH.fullmatch(epoch):
            raise _no_key(name, "voor elke sleutel hoort een nummer vanaf 1 en een dubbele punt, zoals 1:…")
        if int(epoch) in found:
            raise _no_key(name, f"nummer {epoch} staat er twee keer")
        found[int(epoch)] = _key(name, value)
    return found


def refuse_shared_keys(named: Mapping[str, Collection[bytes]]) -> None:
    """Refuse one key for two uses: whoever gets hold of it for the one would have the other."""
    for name, values in named.items():
        others = [other for other in named if other != name and set(values) & set(named[other])]
        if others or len(set(values)) < len(values):
            both = f"{name} en {others[0]}" if others else name
            raise ImproperlyConfigured(
                f"Dezelfde sleutel staat twee keer in {both}. Maak voor elk een eigen sleutel: {NEW_KEY}"
            )


def database(name: str, *, label: str = "hervat") -> dict[str, Any]:
    """Return Django's settings for the database that the variable names.

    Without the variable every use of the database is refused, but what needs no
    database (the register, the tests of pure rules) works.
    """
    url = os.environ.get(name, "")
    if not url:
        return {"ENGINE": "django.db.backends.dummy"}
    return database_from_url(url, name=name, label=label)


def database_from_url(url: str, *, name: str, label: str) -> dict[str, Any]:
    """Translate `postgresql://user:password@host:port/database?option=value`; % for special characters."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _unusable(name, "de poort of het adres is niet te lezen") from None
    if parts.scheme not in {"postgresql", "postgres"}:
        raise _unusable(name, "alleen PostgreSQL kan")
    database_name = unquote(parts.path.removeprefix("/"))
    if not parts.username or not database_name:
        raise _unusable(name, "de rol of de naam van de database ontbreekt")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    unknown = sorted(options.keys() - _DATABASE_OPTIONS)
    if unknown:
        raise _unusable(name, f"onbekende optie {', '.join(unknown)}")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database_name,
        "USER": unquote(parts.username),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": _connection_options(host, options, label),
    }


def refuse_to_serve_without(*names: str) -> None:
    """Refuse at start-up what would fail at the first request."""
    missing = [name for name in names if not os.environ.get(name)]
    if missing:
        raise ImproperlyConfigured(
            f"Zonder {' en '.join(missing)} start Hervat niet. Zie docs/settings.md; "
            "om te kijken zonder iets in te stellen: ./dev demo"
        )


def refuse_to_serve_with(*names: str) -> None:
    """Refuse at start-up what this process must not know."""
    given = [name for name in names if os.environ.get(name)]
    if given:
        raise ImproperlyConfigured(
            f"Met {' en '.join(given)} levert Hervat geen pagina's: dat is alleen voor wie verzegelt. "
            "Haal het weg uit deze omgeving, zie docs/settings.md."
        )


def _connection_options(host: str, given: dict[str, str], label: str) -> dict[str, str]:
    local = host == "" or host.startswith("/") or host in {"127.0.0.1", "localhost", "::1"}
    fixed = {"application_name": label, "client_encoding": "UTF8", "connect_timeout": "10"}
    # libpq's own default, "prefer", falls back to plain text without a word.
    safe = {} if local else {"sslmode": "verify-full"}
    return fixed | safe | given


def _key(name: str, value: str) -> bytes:
    if not _KEY.fullmatch(value):
        raise _no_key(name, "een sleutel is 32 willekeurige bytes in base64url: 43 tekens")
    raw = base64.urlsafe_b64decode(value.rstrip("=") + "=")
    if len(set(raw)) < 16:
        raise _no_key(name, "een sleutel is te makkelijk te raden")
    return raw


def _no_key(name: str, why: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} is niet bruikbaar: {why}. Een nieuwe sleutel geeft: {NEW_KEY}")


def _unusable(name: str, why: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"{name} is niet bruikbaar: {why}. De vorm is postgresql://rol:wachtwoord@server/database "
        "(bijzondere tekens als %XX), zie docs/settings.md."
    )
