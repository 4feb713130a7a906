"""Which server sends mail: for now only the code that comes beside a code on paper.

Without a server nothing is sent, and whoever needs that code hears so; on this very machine the mail is
printed instead. Must never: send a password over a line that is not encrypted, or print the address of
the server. Read next: docs/login.md, `settings.py`.
"""

import os
from dataclasses import dataclass, field
from typing import NoReturn
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

CONSOLE = "django.core.mail.backends.console.EmailBackend"
NOBODY = "hervat.config.mail.Nobody"
SMTP = "django.core.mail.backends.smtp.EmailBackend"
SUBMISSION = 587


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in; the line is encrypted unless the server is this machine."""

    host: str = ""
    port: int = SUBMISSION
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = True


class Nobody:
    """Takes no mail: there is no server to hand it to."""

    def __init__(self, **options: object) -> None:
        """Options are Django's, for servers that exist."""

    def send_messages(self, messages: object) -> NoReturn:
        raise ConnectionError("Er is geen mailserver ingesteld. Zet HERVAT_MAIL_URL; zie docs/settings.md.")


def server(name: str, *, on_this_machine: bool) -> tuple[str, MailServer]:
    """Return how mail is sent and with which server, from `smtp://user:password@host:587`."""
    url = os.environ.get(name, "").strip()
    if not url:
        return (CONSOLE if on_this_machine else NOBODY), MailServer()
    try:
        parts = urlsplit(url)
        port = parts.port or SUBMISSION
    except ValueError:
        raise _unusable(name) from None
    if parts.scheme != "smtp" or not parts.hostname or parts.path.strip("/") or parts.query:
        raise _unusable(name)
    local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return SMTP, MailServer(parts.hostname, port, user, password, starttls=not local)


def _unusable(name: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"{name} is niet bruikbaar. De vorm is smtp://gebruiker:wachtwoord@server:587 "
        "(bijzondere tekens als %XX), zie docs/settings.md."
    )
