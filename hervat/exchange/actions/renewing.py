"""What a message says anew of somebody who is sick: who they are, their appointment, their unit.

Only what differs is written, as a correction by the source. Must never: move a dossier to a unit that is not
there. Read next: `applying.py`, `../../dossiers/actions/correcting.py`.
"""

from datetime import date
from typing import Any

from hervat.course.actions.moving import move_to_unit
from hervat.dossiers.actions.correcting import correct_appointment, correct_identity, record_work_facts
from hervat.dossiers.rules.vocabulary import CorrectionReason, Field
from hervat.exchange.actions.judging import place_named
from hervat.exchange.rules.admitting import Admitted
from hervat.exchange.rules.facts import appointment_of, end_of, identity_of
from hervat.exchange.rules.faults import FaultCode, Faulty
from hervat.exchange.rules.members import Appointment, EndFacts, Person

_SOURCE = CorrectionReason.SOURCE_CHANGED


def renew(admitted: Admitted, facts: Any, on: date) -> bool:
    """Record what facts say anew of a person and their appointment; return whether anything differed."""
    permit, version = admitted.permit, admitted.latest.version
    person, appointment = getattr(facts, "person", None), getattr(facts, "appointment", None)
    if isinstance(person, Person) and (said := identity_of(person)):
        version = correct_identity(permit=permit, expected_version=version, changes=said, reason=_SOURCE)
    said = appointment_of(appointment) if isinstance(appointment, Appointment) else {}
    if isinstance(facts, EndFacts):
        said = end_of(facts)
    if said:
        version = correct_appointment(permit=permit, expected_version=version, changes=said, reason=_SOURCE)
    if isinstance(facts, EndFacts) and "pay_ends_on" in facts.model_fields_set:
        pay = {Field.PAY_ENDS_ON: facts.pay_ends_on}
        version = record_work_facts(permit=permit, expected_version=version, changes=pay, reason=_SOURCE)
    if isinstance(appointment, Appointment) and "unit" in appointment.model_fields_set:
        version = _move(admitted, appointment.unit, version, on)
    return version != admitted.latest.version


def _move(admitted: Admitted, abbreviation: str | None, version: int, on: date) -> int:
    if abbreviation is None:
        raise Faulty(FaultCode.MISSING, "appointment.unit")
    unit = place_named(abbreviation, on)
    if unit == admitted.latest.unit:
        return version
    return move_to_unit(permit=admitted.permit, expected_version=version, unit=unit)
