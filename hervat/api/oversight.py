"""What a system may see of the log: the register decides, as it does for people.

The purpose is the one that the entry on users gives for oversight; the role is that of the client. Only a
decision to let that role read all of it will do: "about yourself" has no meaning for a system. A refusal
is a line of its own, committed before it is said. Must never: say yes where the register is silent.
Read next: `log.py`, `hervat/register/decisions.py`, `hervat/journal/rules/acts.py`.
"""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string

from hervat.api.log_schemas import Question
from hervat.api.problems import CannotAnswer
from hervat.journal.actions.append import begin, record, record_refusal
from hervat.journal.queries.clients import ClientView
from hervat.journal.rules.acts import Act, Met, under
from hervat.journal.rules.line import Actor, Effect, SubjectKind
from hervat.journal.rules.purposes import NoPurpose, oversight, purpose_for, why_no_oversight
from hervat.register import in_force
from hervat.register.decisions import Gap
from hervat.register.history import BeforeFirstVersion
from hervat.register.model import Register
from hervat.register.vocabulary import ActorKind, Authority, Item, Operation, Source

UNKNOWN = "onbekend"
"""The actor in the line of an attempt by who knows no id of a client."""


@dataclass(frozen=True, slots=True)
class Overseer:
    """A client that may read the log: under which register, and the act that its reading is."""

    client: ClientView
    register: Register
    act: Act


def admit(request: HttpRequest, client: ClientView) -> Overseer:
    """Let a client read, if the register does. Raises `CannotAnswer` (403) after logging the refusal."""
    register = _register_of_today()
    act = _act(request, client, register, Effect.READ)
    decisions = in_force.decisions(demo=_is_demo(request))
    decision = oversight(decisions, register, client.role, timezone.localdate())
    why_not = why_no_oversight(register, client.role, decision)
    if why_not is None:
        return Overseer(client, register, act)
    record_refusal(act, (), "open-punt" if isinstance(decision, Gap) else "register")
    raise CannotAnswer(403, why_not[:600])


def log_refusal(request: HttpRequest, client: ClientView | None, reason: str) -> None:
    """Lay down that somebody was turned away; of what was sent nothing is kept."""
    act = _act(request, client, _register_of_today(), Effect.EXECUTE)
    record_refusal(act, (), reason)


def log_fruitless(overseer: Overseer, question: Question) -> None:
    """Lay down a question to which this log cannot have an answer."""
    with transaction.atomic():
        record(overseer.act, _about(question))


def log_too_many(overseer: Overseer, question: Question) -> None:
    """Lay down that a question was too wide, and that nothing was given."""
    record_refusal(overseer.act, _about(question), "te-veel-regels")


def _about(question: Question) -> tuple[Met, ...]:
    """Return whom a question is about: who is asked for was asked for, found or not."""
    if question.subject is None:
        return ()
    kind = question.subject_kind or SubjectKind.RE_INTEGRANT
    return (Met(subject=question.subject, subject_kind=kind, items=frozenset({Item.USER_ACTIVITY})),)


def _act(request: HttpRequest, client: ClientView | None, register: Register, effect: Effect) -> Act:
    try:
        purpose = purpose_for(register, Operation.OVERSEE)
    except NoPurpose as error:
        raise CannotAnswer(403, str(error)) from None
    activity, version = under(register, purpose)
    return Act(
        trace=begin(request.headers.get("traceparent")),
        operation=Operation.OVERSEE,
        effect=effect,
        actor=_actor(request, client),
        purpose=purpose,
        activity=activity,
        register_version=version,
        ground=register.purpose(purpose).basis,
        authority=Authority.CREDENTIALS,
        source=Source.API,
        started_at=timezone.now(),
    )


def _actor(request: HttpRequest, client: ClientView | None) -> Actor:
    code, role = (str(client.id), client.role) if client else (UNKNOWN, None)
    return Actor(kind=ActorKind.CLIENT, code=code, role=role, address=_address(request))


def _address(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """Return whence it was asked; behind a proxy only the proxy's address is seen, which says nothing."""
    if settings.SECURE_PROXY_SSL_HEADER:
        return None
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "").partition("%")[0])
    except ValueError:
        return None


def _register_of_today() -> Register:
    try:
        return in_force.history().on(timezone.localdate())
    except BeforeFirstVersion:
        raise CannotAnswer(403, "Vandaag geldt nog geen versie van het register.") from None


def _is_demo(request: HttpRequest) -> bool:
    """Whether the acceptances of the demonstration count; which check says so is the settings' to say."""
    try:
        return bool(import_string(settings.DEMO_CHECK)(request))
    except DatabaseError:
        return False
