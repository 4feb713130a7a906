"""Corrects or withdraws what an earlier message said: the fact that it brought is replaced, and stays known.

The earlier message must have been taken in here, and be about the same person. What a message said of
somebody or of an appointment is not undone but said anew. Must never: take a dossier away with the report
that opened it: that is for a person. Read next: `applying.py`, `../../course/actions/recording.py` (replace).
"""

from typing import Any
from uuid import UUID

from django.db import transaction

from hervat.course.actions.recording import record, replace
from hervat.course.rules.faults import CourseFault
from hervat.course.rules.faults import Fault as OfCourse
from hervat.course.rules.values import NewFact
from hervat.course.rules.vocabulary import Kind
from hervat.dossiers.rules.vocabulary import CorrectionReason, Status
from hervat.exchange.actions.judging import demand_items
from hervat.exchange.actions.renewing import renew
from hervat.exchange.models import Inbox
from hervat.exchange.rules.admitting import Admits, Admitted
from hervat.exchange.rules.facts import key_of, new_facts
from hervat.exchange.rules.faults import FaultCode, Faulty
from hervat.exchange.rules.members import SickFacts
from hervat.exchange.rules.messages import CorrectionMessage, WithdrawalMessage
from hervat.exchange.rules.vocabulary import MessageKind, Outcome

_SICKNESS = frozenset({MessageKind.SICK, MessageKind.RELAPSE})
_BROUGHT = {
    MessageKind.SICK: (Kind.PERCENTAGE, Kind.SICK),
    MessageKind.RELAPSE: (Kind.PERCENTAGE, Kind.SICK),
    MessageKind.PERCENTAGE: (Kind.PERCENTAGE,),
    MessageKind.RECOVERY: (Kind.RECOVERED,),
    MessageKind.LEAVE: (Kind.LEAVE,),
}
"""Which facts a message of a kind brought; what a sickness may have brought beside it goes first."""
_MISTAKE = CorrectionReason.MISTAKE


def correct(*, admits: Admits, message: CorrectionMessage) -> Outcome:
    """Put what an earlier message said in its right form. Raises `Faulty`."""
    corrected = message.facts
    original = _original(corrected.corrects)
    if not _same_kind(_kind_of(original), corrected.kind):
        raise Faulty(FaultCode.WRONG_VALUE, "kind")
    admitted = admits.person(corrected.facts.employee_number)
    if admitted is None or admitted.latest.status is not Status.OPEN:
        return Outcome.NOT_SICK
    demand_items(admitted.permit, corrected.facts)
    renewed = renew(admitted, corrected.facts, admits.on)
    if original.outcome == Outcome.NOT_SICK.value:
        # It came before somebody was sick, and nothing of it was kept: there is nothing to put right.
        return Outcome.RECORDED if renewed else Outcome.UNCHANGED
    _replace(admitted, corrected.facts, corrected.corrects, message.id)
    return Outcome.RECORDED


def withdraw(*, admits: Admits, message: WithdrawalMessage) -> Outcome:
    """Take back what an earlier message said. Raises `Faulty`."""
    original = _original(message.facts.withdraws)
    kind = _kind_of(original)
    admitted = admits.person(message.facts.employee_number)
    if admitted is None or admitted.latest.status is not Status.OPEN:
        return Outcome.NOT_SICK
    if original.outcome == Outcome.OPENED.value:
        raise Faulty(FaultCode.OPENED_DOSSIER)
    if kind not in _BROUGHT:
        raise Faulty(FaultCode.NO_WITHDRAWAL)
    if original.outcome == Outcome.NOT_SICK.value:
        return Outcome.UNCHANGED
    for brought in _BROUGHT[kind]:
        _take_back(admitted, message.facts.withdraws, brought, obligatory=brought is _BROUGHT[kind][-1])
    return Outcome.RECORDED


def _replace(admitted: Admitted, facts: Any, earlier: UUID, message: UUID) -> None:
    new = {fact.kind: fact for fact in new_facts(facts, message)}
    if isinstance(facts, SickFacts) and Kind.PERCENTAGE not in new:
        _take_back(admitted, earlier, Kind.PERCENTAGE, obligatory=False)
    for kind, fact in new.items():
        try:
            _put(admitted, key_of(earlier, kind), fact)
        except CourseFault as error:
            if error.fault is not OfCourse.NOT_OF_DOSSIER or kind is not Kind.PERCENTAGE:
                raise
            record(permit=admitted.permit, expected_version=None, facts=[fact])


def _take_back(admitted: Admitted, earlier: UUID, kind: Kind, *, obligatory: bool) -> None:
    try:
        _put(admitted, key_of(earlier, kind), None)
    except CourseFault as error:
        if obligatory or error.fault is not OfCourse.NOT_OF_DOSSIER:
            raise


def _put(admitted: Admitted, fact: bytes, by: NewFact | None) -> None:
    # A savepoint: where there is nothing to replace, the message goes on.
    with transaction.atomic():
        replace(permit=admitted.permit, expected_version=None, fact=fact, by=by, why=_MISTAKE)


def _original(message: UUID) -> Inbox:
    found = Inbox.objects.filter(id=message).first()
    if found is None:
        raise Faulty(FaultCode.ORIGINAL_UNKNOWN)
    if found.outcome == Outcome.QUARANTINED.value:
        raise Faulty(FaultCode.ORIGINAL_WAITS)
    if found.outcome == Outcome.DISCARDED.value:
        raise Faulty(FaultCode.ORIGINAL_UNKNOWN)
    return found


def _kind_of(original: Inbox) -> MessageKind:
    """Return the kind of what a message said: a correction is of the kind that it corrects."""
    while original.kind == MessageKind.CORRECTION.value and original.about is not None:
        original = _original(original.about)
    return MessageKind(original.kind)


def _same_kind(one: MessageKind, other: MessageKind) -> bool:
    return one is other or {one, other} <= _SICKNESS
