"""Opening a dossier: the person is found by employee number or made, with keys; then the first facts.

A person has one open dossier at most. When the person is known already, what the source says now is
recorded as a correction by that source. Must never: open a dossier on a fact that the permit may not
write. Read next: `recording.py`, `closing.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction

from hervat.dossiers.actions.recording import demand_write, keep_name_tokens, lock, write
from hervat.dossiers.models import Dossier, Person
from hervat.dossiers.queries.lines import record_of_dossier
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.queries.reported import Known
from hervat.dossiers.rules.case_number import make_case_number
from hervat.dossiers.rules.values import Value
from hervat.dossiers.rules.vocabulary import FIELDS, CorrectionReason, Field, Part
from hervat.journal.actions.acting import act_of
from hervat.journal.rules.line import Effect
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Operation, Use
from hervat.vault.actions import make_keys
from hervat.vault.queries import keys_for, search_keys
from hervat.vault.rules.sealing import DataKey, Domain

_FIND = "SELECT dossiers_find_person('employee', %s)"
_WRITTEN: Final = (Item.UNIT, Item.SICKNESS_ABSENCE)


class AlreadyOpen(Exception):  # noqa: N818 - it names the situation
    """This person has an open dossier."""

    def __init__(self) -> None:
        super().__init__(
            "Voor deze persoon loopt al een dossier. Leg dit daarin vast, of sluit dat dossier eerst."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDossier:
    """What is known when a dossier is opened. `informed_on` dates the notice of AVG art. 13 and 14."""

    unit: UUID
    first_sick_on: date
    opened_on: date
    identity: Mapping[Field, Value] = field(repr=False)
    appointment: Mapping[Field, Value] = field(default_factory=dict, repr=False)
    user_code: UUID | None = None
    informed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """The dossier that was opened."""

    dossier: UUID
    person: UUID
    case_number: str


def open_dossier(*, permit: Permit, new: NewDossier) -> Opened:
    """Open a dossier and return it. Raises `AlreadyOpen`, `NotPermitted` and `ValueFault`."""
    permit.demand(*_WRITTEN, use=Use.WRITE)
    demand_write(permit, (*new.identity, *new.appointment))
    number = new.identity.get(Field.EMPLOYEE_ID)
    if not isinstance(number, str) or not set(new.identity) <= set(FIELDS[Part.IDENTITY]):
        raise NotPermitted("Een dossier opent met een werknemersnummer, en met gegevens die erbij horen.")
    act = act_of(permit, Operation.REPORT_SICKNESS, Effect.CREATE)
    index = search_keys().of_employee_number(number)
    with permitted(permit):
        known = _known(index)
        with permitted(permit, persons=frozenset({known or (made := uuid4())})):
            person = known or _make_person(made, index, new.user_code)
            dossier = _make_dossier(person, new)
            _record(permit, dossier, make_keys(person)[Domain.ORDINARY], new)
            items = {one.item for one in (*new.identity, *new.appointment)} | {*_WRITTEN, Item.CASE_NUMBER}
            record_of_dossier(act, person, dossier.id, items)
    return Opened(dossier.id, person, dossier.case_number)


def open_again(
    *, permit: Permit, known: Known, first_sick_on: date, benefits: Mapping[Field, Value]
) -> Opened:
    """Open another dossier for somebody who is known, on a report by hand; return it.

    Who it is and in which unit stays as the source last said: nothing of that is said anew, so it asks no
    right to write it. The notice is dated as with a message. Raises `AlreadyOpen` and `NotPermitted`.
    """
    permit.demand(Item.SICKNESS_ABSENCE, use=Use.WRITE)
    demand_write(permit, benefits)
    if not set(benefits) <= set(FIELDS[Part.BENEFITS]):
        raise NotPermitted("Bij een melding met de hand hoort alleen wat van een dossier zelf is.")
    act = act_of(permit, Operation.REPORT_SICKNESS, Effect.CREATE)
    with permitted(permit):
        new = NewDossier(
            unit=known.unit,
            first_sick_on=first_sick_on,
            opened_on=permit.on,
            identity={},
            informed_on=permit.on,
        )
        dossier = _make_dossier(known.person, new)
        keep_name_tokens(dossier, known.name)
        if benefits:
            key = keys_for([known.person], Domain.ORDINARY)[known.person]
            write(permit, dossier, key, Part.BENEFITS, benefits, None)
        items = {one.item for one in benefits} | {
            # The name was opened, to make it findable in this dossier too.
            *(Item.SICKNESS_ABSENCE, Item.CASE_NUMBER, Item.NAME_AND_ADDRESS),
        }
        record_of_dossier(act, known.person, dossier.id, items)
    return Opened(dossier.id, known.person, dossier.case_number)


def mark_followed(*, permit: Permit, expected_version: int, on: date) -> None:
    """Say of a dossier that a newer case of this person begins on a day, in a dossier of its own.

    It stays as it is, open too: only a person closes it.
    """
    permit.demand(Item.SICKNESS_ABSENCE, use=Use.WRITE)
    act = act_of(permit, Operation.KEEP_DOSSIER, Effect.UPDATE)
    with permitted(permit):
        dossier = lock(permit, expected_version)
        dossier.followed_on = on
        dossier.version += 1
        dossier.save(update_fields=["followed_on", "version"])
        record_of_dossier(act, dossier.person_id, dossier.id, {Item.SICKNESS_ABSENCE})


def _known(index: bytes) -> UUID | None:
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [index])
        found: UUID | None = cursor.fetchone()[0]
    return found


def _make_person(person: UUID, index: bytes, user_code: UUID | None) -> UUID:
    Person.objects.create(id=person, employee_index=index, user_code=user_code)
    return person


def _make_dossier(person: UUID, new: NewDossier) -> Dossier:
    try:
        with transaction.atomic():
            return Dossier.objects.create(
                case_number=make_case_number(),
                person_id=person,
                unit_id=new.unit,
                first_sick_on=new.first_sick_on,
                opened_on=new.opened_on,
                informed_on=new.informed_on,
                # Until the course has the report: what is in no list of courses is found by this.
                awaits_report=True,
            )
    except IntegrityError as error:
        if "dossier_one_is_open" in str(error):
            raise AlreadyOpen from None
        raise


def _record(permit: Permit, dossier: Dossier, key: DataKey, new: NewDossier) -> None:
    source = CorrectionReason.SOURCE_CHANGED
    written = write(permit, dossier, key, Part.IDENTITY, new.identity, source)
    if new.appointment:
        write(permit, dossier, key, Part.APPOINTMENT, new.appointment, source)
    if Field.NAME not in written and Field.NAME in new.identity:
        keep_name_tokens(dossier, str(new.identity[Field.NAME]))
