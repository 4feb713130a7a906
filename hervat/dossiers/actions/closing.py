"""Closing a dossier and opening it again, each with a reason; and dating the notice to the re-integrant.

Closing decides nothing about the person: the outcome is an item of its own, and the terms run from the day.
Must never: be called by a rule or a clock; a person closes. Read next: `recording.py`.
"""

from datetime import date
from enum import Enum

from django.db import IntegrityError, transaction

from hervat.dossiers.actions.opening import AlreadyOpen
from hervat.dossiers.actions.recording import lock
from hervat.dossiers.models import Dossier, Event
from hervat.dossiers.queries.lines import record_of_dossier
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.rules.vocabulary import Closing, ClosingReason, Status
from hervat.journal.actions.acting import act_of
from hervat.journal.rules.line import Effect
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import ActorKind, Authority, Item, Operation, Use


class ClosingFault(Enum):
    """Why a dossier cannot be closed or opened again."""

    CLOSED = "Dit dossier is al gesloten. Open het eerst opnieuw als er iets moet veranderen."
    OPEN = "Dit dossier is open."
    TOO_EARLY = "De dag van sluiting ligt voor de dag van opening. Verbeter de dag."
    WRONG_REASON = "Deze reden hoort niet bij wat u doet. Kies een andere."


class ClosingRefused(ValueError):  # noqa: N818 - it names what happened
    """A closing that cannot be; `fault` says why."""

    def __init__(self, fault: ClosingFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


TO_CLOSE = frozenset({ClosingReason.COURSE_ENDED, ClosingReason.OPENED_BY_MISTAKE, ClosingReason.DOUBLE})
TO_REOPEN = frozenset(ClosingReason) - TO_CLOSE


def close_dossier(*, permit: Permit, expected_version: int, on: date, reason: ClosingReason) -> int:
    """Close a dossier on a day; return its version. Raises `ClosingRefused` and `StaleDossier`.

    A person closes: with the permit of a job or a command it raises `NotPermitted`.
    """
    if reason not in TO_CLOSE:
        raise ClosingRefused(ClosingFault.WRONG_REASON)
    if permit.actor_kind is not ActorKind.USER:
        raise NotPermitted("Een dossier wordt gesloten door een mens, niet door een taak of een opdracht.")
    permit.demand(Item.SICKNESS_ABSENCE, use=Use.WRITE)
    act = act_of(permit, Operation.KEEP_DOSSIER, Effect.UPDATE)
    with permitted(permit):
        dossier = lock(permit, expected_version)
        if dossier.status == Status.CLOSED.value:
            raise ClosingRefused(ClosingFault.CLOSED)
        if on < dossier.opened_on:
            raise ClosingRefused(ClosingFault.TOO_EARLY)
        dossier.closed_on = on
        _save(permit, dossier, Status.CLOSED, Closing.CLOSED, on, reason)
        record_of_dossier(act, dossier.person_id, dossier.id, {Item.CASE_NUMBER})
    return dossier.version


def reopen_dossier(*, permit: Permit, expected_version: int, on: date, reason: ClosingReason) -> int:
    """Open a closed dossier again; return its version.

    Raises `ClosingRefused`, `StaleDossier`, and `AlreadyOpen` when another one runs.
    """
    if reason not in TO_REOPEN:
        raise ClosingRefused(ClosingFault.WRONG_REASON)
    permit.demand(Item.SICKNESS_ABSENCE, use=Use.WRITE)
    act = act_of(permit, Operation.KEEP_DOSSIER, Effect.UPDATE)
    with permitted(permit):
        dossier = lock(permit, expected_version)
        if dossier.status == Status.OPEN.value:
            raise ClosingRefused(ClosingFault.OPEN)
        dossier.closed_on = None
        _save(permit, dossier, Status.OPEN, Closing.REOPENED, on, reason)
        record_of_dossier(act, dossier.person_id, dossier.id, {Item.CASE_NUMBER})
    return dossier.version


def date_notice(*, permit: Permit, expected_version: int, on: date) -> int:
    """Date the notice of AVG art. 13 and 14 to the re-integrant; return the version of the dossier.

    Whoever read it about themselves says so; anybody else dates it as who keeps the dossier.
    """
    if permit.authority is Authority.OWN:
        permit.demand(Item.CASE_NUMBER, use=Use.READ)
    else:
        permit.demand(Item.SICKNESS_ABSENCE, use=Use.WRITE)
    act = act_of(permit, Operation.KEEP_DOSSIER, Effect.UPDATE)
    with permitted(permit):
        dossier = lock(permit, expected_version)
        dossier.informed_on = on
        dossier.version += 1
        dossier.save(update_fields=["informed_on", "version"])
        record_of_dossier(act, dossier.person_id, dossier.id, {Item.CASE_NUMBER})
    return dossier.version


def _save(
    permit: Permit, dossier: Dossier, status: Status, kind: Closing, on: date, reason: ClosingReason
) -> None:
    dossier.status = status.value
    dossier.version += 1
    try:
        with transaction.atomic():
            dossier.save(update_fields=["status", "closed_on", "version"])
    except IntegrityError as error:
        if "dossier_one_is_open" in str(error):
            raise AlreadyOpen from None
        raise
    Event.objects.create(
        dossier=dossier,
        kind=kind.value,
        reason=reason.value,
        happened_on=on,
        dossier_version=dossier.version,
        recorded_by=permit.actor,
        recorded_role=permit.role.value if permit.role else "",
    )
