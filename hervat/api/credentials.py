"""Which system asks: client credentials in, a token that lives ten minutes out (RFC 6749 §4.4, RFC 6750).

An API with systems of its own is a realm: a token of one says nothing in another.

The token names the client and nothing else, and is signed; on each use the client is looked up again, so
ending it works at once. Wrong credentials get one answer, whether the id exists or not, after the same
work; a refusal is a line of the log, which holds nothing of what was sent.
Must never: log, repeat or keep a secret. Read next: `oversight.py`, `../journal/queries/clients.py`.
"""

import base64
import binascii
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from typing import Protocol
from urllib.parse import parse_qs, unquote_plus
from uuid import UUID

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpRequest, HttpResponse, JsonResponse

from hervat.api.answers import is_longer
from hervat.api.oversight import log_refusal
from hervat.api.problems import CannotAnswer, GrantRefused
from hervat.journal.queries.clients import ClientView, digest_of, find_client

TOKEN_SECONDS = 600
LONGEST_FORM = 4_096
LONGEST_HEADER = 1_024
REFUSALS_A_MINUTE = 60
"""More failed attempts a process does not lay down: a log that only grows is not for anybody to fill."""

_NOBODY = UUID(int=0)
_NO_DIGEST = sha256(b"the digest of no secret: a secret is 43 characters").digest()
_FORM = "application/x-www-form-urlencoded"


class Known(Protocol):
    """A system as its own room knows it."""

    @property
    def id(self) -> UUID: ...
    @property
    def may_ask(self) -> bool: ...
    @property
    def secret_digest(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Realm:
    """The systems of one API: how one is found, and how it is laid down that one was turned away."""

    name: str
    root: str
    find: Callable[[UUID], Known | None]
    log_refusal: Callable[[HttpRequest, Known | None, str], None]

    @property
    def salt(self) -> str:
        """What makes a token of this realm one of no other."""
        return f"hervat.api.{self.name}.v1.token"


def _log_refusal(request: HttpRequest, client: Known | None, reason: str) -> None:
    log_refusal(request, client if isinstance(client, ClientView) else None, reason)


LOG = Realm("logboek", "/api/logboek/v1", find_client, _log_refusal)


def give_token(request: HttpRequest, realm: Realm = LOG) -> HttpResponse:
    """Answer `POST /token`: a token for who knows the secret of a client that has not ended."""
    wrong = _wrong_form(request)
    if wrong is not None:
        return wrong
    client, found = _authenticate(realm, request.headers.get("Authorization", ""))
    if client is None:
        return _refuse(request, realm, found)
    answer = {
        "access_token": sign_token(client.id, realm),
        "token_type": "Bearer",
        "expires_in": TOKEN_SECONDS,
    }
    response = JsonResponse(answer)
    response["Pragma"] = "no-cache"  # RFC 6749 §5.1
    return response


def sign_token(client: UUID, realm: Realm = LOG) -> str:
    """Return a token for a client, in the characters that RFC 6750 allows."""
    return TimestampSigner(salt=realm.salt, sep=".").sign(str(client))


def who_asks(request: HttpRequest) -> ClientView:
    """Return the system that asks the log. Raises `CannotAnswer` (401)."""
    client = find_client(whose_token(request, LOG))
    if client is None or not client.may_ask:
        raise _turned_away(request, LOG, client)
    return client


def who_sends(request: HttpRequest, realm: Realm) -> UUID:
    """Return the system of another realm that asks. Raises `CannotAnswer` (401)."""
    client = realm.find(whose_token(request, realm))
    if client is None or not client.may_ask:
        raise _turned_away(request, realm, client)
    return client.id


def whose_token(request: HttpRequest, realm: Realm) -> UUID:
    """Return the system that the token which came along names. Raises `CannotAnswer` (401)."""
    given = request.headers.get("Authorization", "")
    scheme, _, token = given.partition(" ")
    if not given or scheme.lower() != "bearer" or len(given) > LONGEST_HEADER:
        raise _not_known(realm, "Deze vraag heeft geen token.", "")
    try:
        named = TimestampSigner(salt=realm.salt, sep=".").unsign(token.strip(), max_age=TOKEN_SECONDS)
    except SignatureExpired:
        raise _not_known(realm, "Het token is verlopen.", "invalid_token") from None
    except (BadSignature, ValueError):
        raise _not_known(realm, "Het token is niet geldig.", "invalid_token") from None
    return UUID(named)


def _turned_away(request: HttpRequest, realm: Realm, client: Known | None) -> CannotAnswer:
    _turn_away(request, realm, client)
    return _not_known(realm, "Deze koppeling is beëindigd.", "invalid_token")


def _authenticate(realm: Realm, given: str) -> tuple[Known | None, Known | None]:
    """Return the client that proved itself, and the one that was named; for each outcome the same work."""
    identifier, secret = _basic(given)
    found = realm.find(identifier)
    right = compare_digest(digest_of(secret), found.secret_digest if found else _NO_DIGEST)
    proved = found if found is not None and right and found.may_ask else None
    return proved, found


def _basic(given: str) -> tuple[UUID, str]:
    """Return the id and the secret of HTTP Basic (RFC 6749 §2.3.1), or those of nobody."""
    scheme, _, encoded = given.partition(" ")
    if scheme.lower() != "basic" or len(given) > LONGEST_HEADER:
        return _NOBODY, ""
    try:
        named, _, secret = base64.b64decode(encoded.strip(), validate=True).decode("utf-8").partition(":")
        return UUID(unquote_plus(named)), unquote_plus(secret)
    except (binascii.Error, ValueError):
        return _NOBODY, ""


def _wrong_form(request: HttpRequest) -> GrantRefused | None:
    if request.content_type != _FORM or is_longer(request, LONGEST_FORM):
        return GrantRefused(400, "invalid_request", f"Stuur een kort formulier ({_FORM}).")
    try:
        form = parse_qs(request.body.decode(), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        return GrantRefused(400, "invalid_request", "Het formulier is niet te lezen.")
    return _wrong_fields(form)


def _wrong_fields(form: dict[str, list[str]]) -> GrantRefused | None:
    if any(len(values) > 1 for values in form.values()):
        return GrantRefused(400, "invalid_request", "Een veld staat er meer dan een keer in.")
    if "client_id" in form or "client_secret" in form:
        return GrantRefused(400, "invalid_request", "Stuur de gegevens in de kop Authorization: Basic.")
    if "grant_type" not in form:
        return GrantRefused(400, "invalid_request", "Het veld grant_type ontbreekt.")
    if form["grant_type"] != ["client_credentials"]:
        return GrantRefused(400, "unsupported_grant_type", "Alleen client_credentials kan hier.")
    if form.get("scope", [""]) != [""]:
        return GrantRefused(400, "invalid_scope", "Deze server kent geen scopes. Laat scope weg.")
    return None


def _refuse(request: HttpRequest, realm: Realm, found: Known | None) -> HttpResponse:
    _turn_away(request, realm, found)
    response = GrantRefused(401, "invalid_client", "De gegevens van de koppeling kloppen niet.")
    response["WWW-Authenticate"] = f'Basic realm="{realm.name}", charset="UTF-8"'
    return response


def _turn_away(request: HttpRequest, realm: Realm, found: Known | None) -> None:
    """Log a refusal, unless there were too many: then say so (429), and log nothing."""
    if not _refusals.allow(time.monotonic()):
        raise CannotAnswer(429, headers={"Retry-After": "60"})
    ended = found is not None and not found.may_ask
    realm.log_refusal(request, found, "koppeling-beeindigd" if ended else "onjuiste-machine-gegevens")


def _not_known(realm: Realm, why: str, error: str) -> CannotAnswer:
    challenge = f'Bearer realm="{realm.name}"' + (f', error="{error}"' if error else "")
    detail = f"{why} Vraag een token aan op {realm.root}/token en stuur het mee als Authorization: Bearer."
    return CannotAnswer(401, detail, headers={"WWW-Authenticate": challenge})


class Allowance:
    """So many a minute in this process; who asks more is told to wait."""

    def __init__(self, a_minute: int) -> None:
        self._moments: deque[float] = deque(maxlen=a_minute)
        self._lock = threading.Lock()

    def allow(self, now: float) -> bool:
        """Count one at a moment in seconds, unless a minute's worth was counted less than a minute ago."""
        with self._lock:
            full = len(self._moments) == self._moments.maxlen
            if full and now - self._moments[0] < 60:
                return False
            self._moments.append(now)
            return True


_refusals = Allowance(REFUSALS_A_MINUTE)
