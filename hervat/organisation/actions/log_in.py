"""The lines in the log of logging in and out, and of what somebody does with their own means of logging in.

There is no permit yet: this is what comes before the door. A name that nobody has is told as a keyed
digest, for it may be a mistyped password. Must never: take a password or a code, or log what was typed.
Read next: `recording.py`, docs/login.md.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

from hervat.journal.actions.append import begin, record, record_refusal
from hervat.journal.rules.acts import Act, under
from hervat.journal.rules.line import Actor, Effect
from hervat.organisation.actions.recording import of_user
from hervat.organisation.rules.postings import day_of
from hervat.register import in_force
from hervat.register.model import PurposeId, Register
from hervat.register.vocabulary import ActorKind, Authority, Code, Item, Operation, Source

Address = IPv4Address | IPv6Address | None


class Event(Code):
    """What happened, as it stands in the log."""

    LOGGED_IN = "ingelogd"
    LOGGED_OUT = "uitgelogd"
    EXPIRED = "sessie-verlopen"
    ENDED = "sessies-beeindigd"
    CONFIRMED = "opnieuw-bevestigd"
    PASSWORD_SET = "wachtwoord-gekozen"  # noqa: S105 - a code for the log
    FACTOR_ADDED = "tweede-factor-toegevoegd"
    FACTOR_REMOVED = "tweede-factor-verwijderd"
    CODES_RENEWED = "herstelcodes-vernieuwd"
    ACTIVATION_SHOWN = "activering-getoond"
    PASSWORD_WRONG = "wachtwoord-onjuist"  # noqa: S105 - a code for the log
    CODE_WRONG = "code-onjuist"
    ACTIVATION_WRONG = "activering-onjuist"
    MAIL_CODE_WRONG = "mailcode-onjuist"
    LOCKED_OUT = "te-vaak-geprobeerd"


REFUSALS = frozenset(
    {
        Event.PASSWORD_WRONG,
        Event.CODE_WRONG,
        Event.ACTIVATION_WRONG,
        Event.MAIL_CODE_WRONG,
        Event.LOCKED_OUT,
    }
)
_EFFECTS: Mapping[Event, Effect] = {
    Event.PASSWORD_SET: Effect.UPDATE,
    Event.FACTOR_ADDED: Effect.CREATE,
    Event.FACTOR_REMOVED: Effect.DELETE,
    Event.CODES_RENEWED: Effect.UPDATE,
}


def tell(event: Event, *, user: UUID | None, name: str = "", address: Address = None) -> None:
    """Log what somebody did at log-in; `name` is what was given when nobody is known by it."""
    act = _act(event, _actor(user, name, address))
    met = [of_user(user, {Item.USER_CREDENTIALS})] if user else []
    if event in REFUSALS:
        record_refusal(act, met, event.value)
        return
    with transaction.atomic():
        record(act, met, reason=event.value)


def _act(event: Event, actor: Actor) -> Act:
    now = datetime.now(UTC)
    register = in_force.history().on(day_of(now))
    operation, purpose = _done_for(register)
    activity, version = under(register, purpose)
    return Act(
        trace=begin(),
        operation=operation,
        effect=_EFFECTS.get(event, Effect.EXECUTE),
        actor=actor,
        purpose=purpose,
        activity=activity,
        register_version=version,
        ground=register.purpose(purpose).basis,
        authority=None if event in REFUSALS else Authority.OWN,
        source=Source.WEB,
        started_at=now,
    )


def _actor(user: UUID | None, name: str, address: Address) -> Actor:
    return Actor(kind=ActorKind.USER, code=str(user) if user else unknown(name), address=address)


def unknown(name: str) -> str:
    """Return the code of a name that nobody has: the same for the same name, and nothing of it."""
    keyed = salted_hmac("hervat.log-in.unknown", name.strip().lower(), algorithm="sha256")
    return f"onbekend:{keyed.hexdigest()[:16]}"


def _done_for(register: Register) -> tuple[Operation, PurposeId]:
    """As what the register knows logging in, and for which purpose.

    A register that does not name it, as the first version of ours, has it under keeping the users.
    """
    purposes = [register.reading.purposes[one] for one in register.group(Item.USER_CREDENTIALS).purposes]
    for operation in (Operation.LOG_IN, Operation.ADMINISTER_USERS):
        for purpose in purposes:
            if operation in purpose.operations:
                return operation, purpose.id
    raise LookupError(
        "Het register noemt geen doel om vast te stellen wie een gebruiker is, dus inloggen kan niet worden "
        "gelogd en mag niet. Neem zo'n doel op in users.yaml."
    )
