"""What each kind of message does: to the tree of units, or to the one dossier that it is about.

A sickness opens a dossier, continues the latest, or opens a new one: to which case it belongs is the law's to
say. All else updates an open dossier, or is about nobody who is kept here. Whatever does not fit raises
`Faulty`, and then nothing of the message has happened. Must never: close a dossier, or bring a fact whose
item the permit may not write. Read next: `receive.py`, `amending.py`, `../rules/facts.py`.
"""

from typing import Any
from uuid import UUID

from hervat.course.actions.closing import reopen
from hervat.course.actions.loading import NewCourse, load_courses
from hervat.course.actions.opening import open_course
from hervat.course.actions.recording import record
from hervat.course.queries.continuing import continues
from hervat.course.rules.continuing import Continuing
from hervat.course.rules.values import NewFact
from hervat.dossiers.actions.changing import Changing
from hervat.dossiers.actions.loading import load_dossiers
from hervat.dossiers.actions.opening import NewDossier, mark_followed
from hervat.dossiers.queries.of_employee import Latest
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.rules.vocabulary import ClosingReason, Field, Status
from hervat.exchange.actions.amending import correct, withdraw
from hervat.exchange.actions.judging import demand_items, judged, place_named
from hervat.exchange.actions.renewing import renew
from hervat.exchange.actions.units import bring_tree
from hervat.exchange.rules.admitting import Admits, Admitted
from hervat.exchange.rules.facts import appointment_of, identity_of, known, new_facts
from hervat.exchange.rules.faults import FaultCode, Faulty
from hervat.exchange.rules.members import SickFacts
from hervat.exchange.rules.messages import AnyMessage, CorrectionMessage, UnitsMessage, WithdrawalMessage
from hervat.exchange.rules.vocabulary import Outcome


def apply(*, admits: Admits, message: AnyMessage) -> Outcome:
    """Let a message do what it says, in the transaction that is open; return what became of it.

    Raises `Faulty`.
    """
    with judged():
        match message:
            case UnitsMessage():
                return bring_tree(permit=admits.tree(), tree=message.facts)
            case CorrectionMessage():
                return correct(admits=admits, message=message)
            case WithdrawalMessage():
                return withdraw(admits=admits, message=message)
            case _ if isinstance(message.facts, SickFacts):
                return _bring_sickness(admits, message.facts, message)
            case _:
                return _bring_loose(admits, message.facts, message.id)


def _bring_loose(admits: Admits, facts: Any, message: UUID) -> Outcome:
    """Bring facts of somebody who is sick; of anybody else nothing is kept."""
    admitted = admits.person(facts.employee_number)
    if admitted is None or admitted.latest.status is not Status.OPEN:
        return Outcome.NOT_SICK
    demand_items(admitted.permit, facts)
    new = new_facts(facts, message)
    with permitted(admitted.permit):
        renewed = renew(admitted, facts, admits.on)
        if new:
            record(permit=admitted.permit, expected_version=None, facts=new)
    return Outcome.RECORDED if new or renewed else Outcome.UNCHANGED


def _bring_sickness(admits: Admits, facts: SickFacts, message: Any) -> Outcome:
    unit = place_named(facts.appointment.unit, admits.on)
    if facts.first_sick_on > admits.on:
        raise Faulty(FaultCode.IN_FUTURE, "first_sick_on")
    new = new_facts(facts, message.id)
    admitted = admits.person(facts.employee_number)
    if admitted is None:
        return _open(admits, facts, unit, message, is_new=True)
    demand_items(admitted.permit, facts)
    latest = admitted.latest
    match continues(admitted.permit, as_changing(latest), facts.first_sick_on):
        case Continuing.SAME_DAY if latest.status is Status.OPEN:
            return Outcome.RECORDED if renew(admitted, facts, admits.on) else Outcome.UNCHANGED
        case Continuing.SAME_CASE:
            return _continue(admits, admitted, facts, new)
        case Continuing.NEW_CASE:
            return _open_another(admits, admitted, facts, unit, message)
        case Continuing.SICK_ALREADY if latest.status is Status.CLOSED:
            # Closed while somebody was sick: that case was ended by a person, so this is another.
            return _open(admits, facts, unit, message)
        case Continuing.SICK_ALREADY | Continuing.SAME_DAY:
            raise Faulty(FaultCode.ALREADY_SICK, "first_sick_on")
        case _:
            raise Faulty(FaultCode.COURSE, "first_sick_on")


def _continue(admits: Admits, admitted: Admitted, facts: SickFacts, new: tuple[NewFact, ...]) -> Outcome:
    """Record a relapse in the dossier of the same case, opening it again where it was closed."""
    closed = admitted.latest.status is Status.CLOSED
    if closed:
        reopen(
            permit=admitted.permit,
            expected_version=admitted.latest.version,
            on=admits.on,
            reason=ClosingReason.SICK_AGAIN,
        )
        again = admits.person(facts.employee_number)
        assert again is not None  # noqa: S101 - it was there a moment ago
        admitted = again
    with permitted(admitted.permit):
        renew(admitted, facts, admits.on)
        record(permit=admitted.permit, expected_version=None, facts=new)
    return Outcome.REOPENED if closed else Outcome.RECORDED


def _open_another(admits: Admits, admitted: Admitted, facts: SickFacts, unit: UUID, message: Any) -> Outcome:
    """Open a dossier for a new case; the one before stays as it is until a person closes it."""
    if admitted.latest.status is Status.OPEN:
        mark_followed(
            permit=admitted.permit, expected_version=admitted.latest.version, on=facts.first_sick_on
        )
    return _open(admits, facts, unit, message)


def _open(admits: Admits, facts: SickFacts, unit: UUID, message: Any, *, is_new: bool = False) -> Outcome:
    permit = admits.opening(unit)
    demand_items(permit, facts)
    new = NewDossier(
        unit=unit,
        first_sick_on=facts.first_sick_on,
        opened_on=max(facts.first_sick_on, min(admits.on, message.sent_at.date())),
        identity=known(identity_of(facts.person)) | {Field.EMPLOYEE_ID: facts.employee_number},
        appointment=known(appointment_of(facts.appointment)),
        informed_on=admits.on,
    )
    report, *others = new_facts(facts, message.id)
    if not is_new:
        open_course(permit=permit, new=new, facts=others, message_key=report.message_key)
        return Outcome.OPENED
    # Of who is not known nothing needs to be looked up first: the road of a load, with one dossier.
    (made,) = load_dossiers(permit=permit, new=[new])
    course = NewCourse(dossier=made.dossier, person=made.person, unit=unit, facts=(report, *others))
    load_courses(permit=permit, courses=[course])
    return Outcome.OPENED


def as_changing(latest: Latest) -> Changing:
    """Return the latest dossier as the course knows one, unlocked."""
    return Changing(
        dossier=latest.dossier,
        person=latest.person,
        unit=latest.unit,
        version=latest.version,
        status=latest.status,
        first_sick_on=latest.first_sick_on,
        opened_on=latest.opened_on,
    )
