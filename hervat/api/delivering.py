"""Which system delivers messages, and the line of the log that says that it did, or was turned away.

The messages themselves are the feed's (`../access/feed.py`); this line names the system, once for each
delivery, and is committed before the first is taken in. Must never: let a system in that the owner ended.
Read next: `messages.py`, `credentials.py`.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string

from hervat.access.door import NoPurpose
from hervat.access.feed import Feed
from hervat.api.credentials import Known, Realm, who_sends
from hervat.api.problems import CannotAnswer
from hervat.exchange.queries.clients import find_client
from hervat.journal.actions.append import begin, record, record_refusal
from hervat.journal.rules.acts import Act, under
from hervat.journal.rules.line import Actor, Effect
from hervat.journal.rules.trace import Trace
from hervat.register.history import BeforeFirstVersion
from hervat.register.vocabulary import ActorKind, Authority, Operation, Source

ROOT = "/api/p-en-o/v1"
UNKNOWN = "onbekend"
"""The actor in the line of an attempt by who knows no id of a system."""


def admit(request: HttpRequest) -> tuple[Feed, Trace]:
    """Let a system deliver, and lay down that it does. Raises `CannotAnswer` (401, 403)."""
    client = who_sends(request, REALM)
    feed = _feed(request)
    act = _act(request, feed, str(client))
    with transaction.atomic():
        record(act)
    return feed, act.trace


def _log_refusal(request: HttpRequest, client: Known | None, reason: str) -> None:
    act = _act(request, _feed(request), str(client.id) if client else UNKNOWN)
    record_refusal(act, (), reason)


REALM = Realm("p-en-o", ROOT, find_client, _log_refusal)


def _feed(request: HttpRequest) -> Feed:
    feed = Feed(on=timezone.localdate(), source=Source.API, demo=_is_demo(request))
    try:
        assert feed.purpose  # noqa: S101 - asked here, so that a refusal is one answer and not one each
    except (NoPurpose, BeforeFirstVersion) as error:
        raise CannotAnswer(403, str(error)) from None
    return feed


def _act(request: HttpRequest, feed: Feed, code: str) -> Act:
    activity, version = under(feed.register, feed.purpose)
    return Act(
        trace=begin(request.headers.get("traceparent")),
        operation=Operation.REPORT_SICKNESS,
        effect=Effect.EXECUTE,
        actor=Actor(kind=ActorKind.CLIENT, code=code, address=_address(request)),
        purpose=feed.purpose,
        activity=activity,
        register_version=version,
        ground=feed.register.purpose(feed.purpose).basis,
        authority=Authority.CREDENTIALS,
        source=Source.API,
        started_at=timezone.now(),
    )


def _address(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """Return whence it came; behind a proxy only the proxy's address is seen, which says nothing."""
    if settings.SECURE_PROXY_SSL_HEADER:
        return None
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "").partition("%")[0])
    except ValueError:
        return None


def _is_demo(request: HttpRequest) -> bool:
    try:
        return bool(import_string(settings.DEMO_CHECK)(request))
    except DatabaseError:
        return False
