"""Setting a message apart, putting it right and taking it in, putting it away, and letting its term end.

What it said is sealed under a key of its own, which goes with the content as soon as it is settled or after
thirty days. Who puts it right touches only what they may see, and it then goes the way of every message,
under the feed's permit. Must never: show what it said (`../queries/quarantine.py` does, as cells), or take
one in twice. Read next: `receive.py`, `../rules/reading.py`, docs/personnel-feed.md.
"""

import json
from collections.abc import Mapping
from datetime import timedelta
from enum import Enum
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from hervat.dossiers.queries.permitted import permitted
from hervat.exchange.actions.applying import apply
from hervat.exchange.models import Inbox, Quarantined
from hervat.exchange.rules.admitting import Admits
from hervat.exchange.rules.faults import Fault, FaultCode, Faulty
from hervat.exchange.rules.putting_right import item_of, put_right
from hervat.exchange.rules.reading import Line, about, read
from hervat.exchange.rules.vocabulary import (
    KEPT_DAYS,
    NOWHERE,
    DiscardReason,
    Outcome,
    QuarantineState,
)
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.rules.acts import Met
from hervat.journal.rules.line import Effect
from hervat.organisation.queries.standing import unit_tree
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import ActorKind, Operation, Scope, Use
from hervat.vault.actions import forget_keys, make_keys
from hervat.vault.queries import keys_for
from hervat.vault.rules.finding import EmployeeNumberError
from hervat.vault.rules.sealing import Domain, seal, unseal_text

OBJECT: Final = "quarantaine"
PLACE: Final = "exchange.quarantined.payload"
_DOMAINS: Final = (Domain.ORDINARY,)


class NotWaiting(Enum):
    """Why nothing can be done with a message that was set apart."""

    GONE = "Dit bericht is er niet, of het is niet voor u. Ga terug naar de lijst."
    SETTLED = "Dit bericht is intussen afgehandeld. Ga terug naar de lijst."
    CHANGED = "Iemand anders heeft dit bericht intussen gewijzigd. Bekijk het opnieuw."


class QuarantineRefused(ValueError):  # noqa: N818 - it names what happened
    """Something that cannot be done with a message that was set apart; `why` says why.

    `state` is what became of one that is settled, `by_oneself` whether whoever asks did that.
    """

    def __init__(
        self, why: NotWaiting, state: QuarantineState | None = None, *, by_oneself: bool = False
    ) -> None:
        super().__init__(why.value)
        self.why, self.state, self.by_oneself = why, state, by_oneself


def set_apart(*, admits: Admits, key: UUID, said: Line, fault: Fault, line: int | None) -> None:
    """Put a message apart, sealed, for the unit that it is for; in the transaction that is open."""
    place = _place_of(admits, said.kept)
    permit = admits.apart(place)
    act = act_of(permit, Operation.REPORT_SICKNESS, Effect.CREATE)
    data_key = make_keys(key, _DOMAINS)[Domain.ORDINARY]
    with permitted(permit):
        Quarantined.objects.create(
            id=key,
            place=place,
            kind=said.kind.value if said.kind else "",
            code=fault.code.value,
            line=line,
            payload=seal(data_key, _packed(said.kept, fault), PLACE),
            received_on=admits.on,
            expires_on=admits.on + timedelta(days=KEPT_DAYS),
        )
        record(act, [Met(object_kind=OBJECT, object_id=key)])


def correct_and_release(
    *, permit: Permit, admits: Admits, entry: UUID, expected_version: int, changes: Mapping[str, Any]
) -> Outcome | Fault:
    """Put a message right and take it in; return what became of it, or what is still wrong with it.

    `changes` are members by their path, as faults name them; None takes one out. What is still wrong stays in
    quarantine, as it was put right so far. Raises `QuarantineRefused`, and `NotPermitted` for a member that
    may not be seen in full.
    """
    _demand_somebody(permit)
    act = act_of(permit, Operation.REPORT_SICKNESS, Effect.UPDATE)
    with permitted(permit):
        found = _lock(permit, entry, expected_version)
        kept = _unsealed(found)["kept"]
        _demand_members(permit, changes)
        said = put_right(kept, changes)
        answer = _taken_in(admits, read(said) if said is not None else None)
        if isinstance(answer, Outcome):
            _settle(permit, found, QuarantineState.RELEASED)
            Inbox.objects.filter(id=entry).update(outcome=answer.value)
        else:
            _keep_waiting(found, kept if said is None else json.dumps(said), answer)
        record(act, [Met(object_kind=OBJECT, object_id=entry)])
    return answer


def discard(*, permit: Permit, entry: UUID, expected_version: int, reason: DiscardReason) -> None:
    """Put a message away without taking it in, with a reason. Raises `QuarantineRefused`."""
    _demand_somebody(permit)
    act = act_of(permit, Operation.REPORT_SICKNESS, Effect.DELETE)
    with permitted(permit):
        found = _lock(permit, entry, expected_version)
        _settle(permit, found, QuarantineState.DISCARDED, reason.value)
        Inbox.objects.filter(id=entry).update(outcome=Outcome.DISCARDED.value)
        record(act, [Met(object_kind=OBJECT, object_id=entry)])


def expire(*, permit: Permit) -> int:
    """Destroy what is past its term in quarantine, and return how many messages that were."""
    act = act_of(permit, Operation.REPORT_SICKNESS, Effect.DELETE)
    with permitted(permit):
        waiting = Quarantined.objects.filter(
            state=QuarantineState.WAITING.value, expires_on__lte=permit.on
        ).select_for_update()
        found = list(waiting.order_by("id"))
        for one in found:
            _settle(permit, one, QuarantineState.EXPIRED)
        ids = [one.id for one in found]
        Inbox.objects.filter(id__in=ids).update(outcome=Outcome.DISCARDED.value)
        record(act, [Met(object_kind=OBJECT, object_id=one) for one in ids])
    return len(found)


def _taken_in(admits: Admits, line: Line | None) -> Outcome | Fault:
    if line is None:
        return Fault(FaultCode.NOT_JSON)
    if line.message is None or line.fault is not None:
        return line.fault or Fault(FaultCode.NO_MESSAGE)
    try:
        with transaction.atomic():
            return apply(admits=admits, message=line.message)
    except Faulty as error:
        return error.fault


def _demand_somebody(permit: Permit) -> None:
    if permit.actor_kind is not ActorKind.USER:
        raise NotPermitted("Wat in quarantaine staat, handelt een mens af.")


def _demand_members(permit: Permit, changes: Mapping[str, Any]) -> None:
    """Raise `NotPermitted` for a member that whoever puts it right may not see in full.

    What it says is written by the feed's own permit: it comes from the personnel system, which P&O keeps.
    """
    # Taking a member out is never more than keeping less.
    for item in filter(None, (item_of(name) for name, value in changes.items() if value is not None)):
        permit.demand(item, use=Use.READ)
        if permit.scope(item) is not Scope.FULL:
            raise NotPermitted("Wie dit gegeven niet geheel ziet, verbetert het niet.")


def settled(permit: Permit, found: Quarantined) -> QuarantineRefused:
    """Return that a message is settled, with what became of it."""
    return QuarantineRefused(
        NotWaiting.SETTLED, QuarantineState(found.state), by_oneself=found.settled_by == permit.actor
    )


def _lock(permit: Permit, entry: UUID, expected_version: int) -> Quarantined:
    found = Quarantined.objects.select_for_update().filter(id=entry).first()
    if found is None:
        raise QuarantineRefused(NotWaiting.GONE)
    if found.state != QuarantineState.WAITING.value:
        raise settled(permit, found)
    if found.version != expected_version:
        raise QuarantineRefused(NotWaiting.CHANGED)
    return found


def _settle(permit: Permit, found: Quarantined, state: QuarantineState, reason: str = "") -> None:
    Quarantined.objects.filter(id=found.id).update(
        state=state.value,
        payload=None,
        version=found.version + 1,
        settled_at=Now(),
        settled_by=permit.actor,
        settled_role=permit.role.value if permit.role else "",
        reason=reason,
    )
    forget_keys([found.id], _DOMAINS)


def _keep_waiting(found: Quarantined, kept: str, fault: Fault) -> None:
    key = keys_for([found.id], Domain.ORDINARY)[found.id]
    Quarantined.objects.filter(id=found.id).update(
        code=fault.code.value,
        payload=seal(key, _packed(kept, fault), PLACE),
        version=found.version + 1,
    )


def _unsealed(found: Quarantined) -> dict[str, Any]:
    key = keys_for([found.id], Domain.ORDINARY)[found.id]
    unsealed: dict[str, Any] = json.loads(unseal_text(key, found.payload or b"", PLACE))
    return unsealed


def _packed(kept: str, fault: Fault) -> str:
    return json.dumps({"kept": kept, "members": fault.members})


def _place_of(admits: Admits, kept: str) -> UUID:
    """Return the unit that a message is for: the one it names, or that of the dossier it is about."""
    number, abbreviation = about(kept)
    unit = unit_tree().abbreviated(abbreviation) if abbreviation else None
    if unit is not None:
        return unit.id
    try:
        found = admits.person(number) if number else None
    except EmployeeNumberError:
        found = None
    return found.latest.unit if found else NOWHERE
