"""What a message says, in the terms of the rooms below: fields of a person, facts of a course.

Absent is not said, and stays; null is said to be nothing. Must never: make up what a message does not say.
Read next: `messages.py`, `../actions/applying.py`.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from uuid import UUID

from hervat.course.rules.values import NewFact
from hervat.course.rules.vocabulary import Kind
from hervat.dossiers.rules.values import Address as StoredAddress
from hervat.dossiers.rules.values import Value
from hervat.dossiers.rules.vocabulary import Field
from hervat.exchange.rules.members import (
    Address,
    Appointment,
    EndFacts,
    LeaveFacts,
    PercentageFacts,
    Person,
    RecoveryFacts,
    SickFacts,
)

Changes = dict[Field, Value | None]
_OF_PERSON = {
    "name": Field.NAME,
    "address": Field.ADDRESS,
    "birth_date": Field.BIRTH_DATE,
    "sex": Field.SEX,
    "email": Field.EMAIL,
    "phone": Field.PHONE,
    "bsn": Field.BSN,
    "payroll_tax_number": Field.PAYROLL_TAX_NUMBER,
}
_OF_APPOINTMENT = {
    "service_branch": Field.SERVICE_BRANCH,
    "duties": Field.DUTIES,
    "job_description": Field.JOB_DESCRIPTION,
    "ends_on": Field.ENDS_ON,
}
_OF_END = {
    "ends_on": Field.ENDS_ON,
    "dismissed_on": Field.DISMISSED_ON,
    "dismissal_reason": Field.DISMISSAL_REASON,
}
MEMBERS = {
    field: name for names in (_OF_PERSON, _OF_APPOINTMENT, _OF_END) for name, field in names.items()
} | {
    Field.EMPLOYEE_ID: "employee_number",
    Field.PAY_ENDS_ON: "pay_ends_on",
}
"""The member of a message that a stored field comes from."""


def identity_of(person: Person) -> Changes:
    """Return what a message says of who somebody is."""
    return _said(person, _OF_PERSON)


def appointment_of(appointment: Appointment) -> Changes:
    """Return what a message says of an appointment, the unit apart."""
    return _said(appointment, _OF_APPOINTMENT)


def end_of(facts: EndFacts) -> Changes:
    """Return what a message says of the end of an appointment, the end of pay apart."""
    return _said(facts, _OF_END)


def known(changes: Changes) -> dict[Field, Value]:
    """Return what there is, without what is said to be nothing: for a new dossier."""
    return {field: value for field, value in changes.items() if value is not None}


def new_facts(facts: Any, message: UUID) -> tuple[NewFact, ...]:
    """Return the facts of a course that a message brings, each under a key by which it is found again."""
    return tuple(_facts(facts, message))


def key_of(message: UUID, kind: Kind) -> bytes:
    """Return the key of the part of a message that brings a fact of this kind.

    >>> key_of(UUID(int=1), Kind.SICK) == key_of(UUID(int=1), Kind.PERCENTAGE)
    False
    """
    return sha256(b"hervat message\0" + message.bytes + kind.value.encode()).digest()


def _facts(facts: Any, message: UUID) -> Iterator[NewFact]:
    match facts:
        case SickFacts():
            yield NewFact(Kind.SICK, facts.first_sick_on, message_key=key_of(message, Kind.SICK))
            if facts.percentage is not None:
                yield _percentage(facts.first_sick_on, facts.percentage, message)
        case PercentageFacts():
            yield _percentage(facts.since, facts.percentage, message)
        case RecoveryFacts():
            yield NewFact(Kind.RECOVERED, facts.first_fit_on, message_key=key_of(message, Kind.RECOVERED))
        case LeaveFacts():
            yield NewFact(
                Kind.LEAVE,
                facts.first_day,
                facts.last_day,
                facts.leave.kind,
                message_key=key_of(message, Kind.LEAVE),
            )


def _percentage(since: Any, percentage: int, message: UUID) -> NewFact:
    return NewFact(Kind.PERCENTAGE, since, detail=percentage, message_key=key_of(message, Kind.PERCENTAGE))


def _said(part: Person | Appointment | EndFacts, names: dict[str, Field]) -> Changes:
    return {
        field: _stored(getattr(part, name)) for name, field in names.items() if name in part.model_fields_set
    }


def _stored(value: Any) -> Value | None:
    if isinstance(value, Address):
        return StoredAddress(value.street, value.postcode, value.town)
    stored: Value | None = value
    return stored
