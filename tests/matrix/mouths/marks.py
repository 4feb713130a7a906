"""A mark in every field that can hold one: what no page says by itself, and so must come from that field.

A day is looked for in each way a day is written, never as a year alone: random codes hold those. Six fields
have only a word of a closed set, which pages say anyhow; they are for `../test_every_mouth.py`.
"""

from datetime import date

from hervat.dossiers.actions.correcting import (
    correct_appointment,
    correct_identity,
    record_benefit_facts,
    record_work_facts,
)
from hervat.dossiers.models import Dossier
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.rules.values import Address, Placement, SicknessAct, Value, WageSanction, Wga, Wia
from hervat.dossiers.rules.vocabulary import (
    CorrectionReason,
    Field,
    Outcome,
    Part,
    SafetyNet,
    WgaPhase,
)
from hervat.law.vocabulary import SanctionKind
from hervat.register.vocabulary import Authority, Operation, Role, Scope, Use

from ...dossiers.files import permit_for
from ..rule import DONE_FOR, OF_DOSSIERS, Relation, allowed, way_in
from ..world import World
from .mouth import Asker

_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def _of(day: date) -> tuple[str, ...]:
    words = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return (words, day.isoformat(), f"{day:%d-%m-%Y}", f"({day.year}, {day.month}, {day.day})")


_BORN, _ENDS, _DISMISSED, _PAY = date(1949, 1, 7), date(2081, 1, 2), date(2082, 2, 3), date(2083, 3, 4)
_PLACED, _REPORTED, _APPLIED = date(2019, 3, 14), date(2019, 5, 16), date(2019, 6, 17)
_SANCTIONED, _BENEFIT = date(2019, 7, 18), date(2019, 8, 19)
_IDENTITY: dict[Field, tuple[Value, tuple[str, ...]]] = {
    Field.NAME: ("Naamzeker Merkteken", ("Naamzeker", "Merkteken")),
    Field.ADDRESS: (Address("Straatzeker 9", "0000 ZZ", "Stadzeker"), ("Straatzeker", "Stadzeker")),
    Field.BIRTH_DATE: (_BORN, _of(_BORN)),
    Field.EMAIL: ("mailzeker@example.org", ("mailzeker",)),
    Field.PHONE: ("+31 6 99887766", ("99887766",)),
    Field.EMPLOYEE_ID: ("WZEKER1", ("WZEKER1",)),
    Field.BSN: ("999990019", ("999990019",)),
    Field.PAYROLL_TAX_NUMBER: ("778899001L07", ("778899001",)),
}
_APPOINTMENT: dict[Field, tuple[Value, tuple[str, ...]]] = {
    Field.DUTIES: ("Werkzeker doen.", ("Werkzeker",)),
    Field.JOB_DESCRIPTION: ("Functiezeker", ("Functiezeker",)),
    Field.ENDS_ON: (_ENDS, _of(_ENDS)),
    Field.DISMISSED_ON: (_DISMISSED, _of(_DISMISSED)),
}
_WORK: dict[Field, tuple[Value, tuple[str, ...]]] = {
    Field.WORK_RELATION: ("Relatiezeker.", ("Relatiezeker",)),
    Field.REACHABILITY_NOTE: ("Toelichtingzeker.", ("Toelichtingzeker",)),
    Field.PAY_ENDS_ON: (_PAY, _of(_PAY)),
    Field.OUTCOME: (Placement(Outcome.OWN_WORK, _PLACED), _of(_PLACED)),
}
_BENEFITS: dict[Field, tuple[Value, tuple[str, ...]]] = {
    Field.SICKNESS_ACT: (SicknessAct(SafetyNet.HOLDS, _REPORTED), _of(_REPORTED)),
    Field.WIA: (Wia(applied_on=_APPLIED), _of(_APPLIED)),
    Field.SANCTION: (WageSanction(_SANCTIONED, next(iter(SanctionKind))), _of(_SANCTIONED)),
    Field.WGA: (Wga(WgaPhase.WAGE_RELATED, _BENEFIT), _of(_BENEFIT)),
}
_WRITERS = {
    Part.IDENTITY: (correct_identity, _IDENTITY),
    Part.APPOINTMENT: (correct_appointment, _APPOINTMENT),
    Part.WORK: (record_work_facts, _WORK),
    Part.BENEFITS: (record_benefit_facts, _BENEFITS),
}
MARKS = {field: forms for _, part in _WRITERS.values() for field, (_, forms) in part.items()}
WITHOUT_A_MARK = set(Field) - set(MARKS)


def mark(world: World) -> None:
    """Put the marks in the open dossier of the world, as somebody who may correct everything."""
    world.begin_a_course()
    permit = permit_for(world.pair.open)
    with permitted(permit):
        version = Dossier.objects.get(id=permit.dossier).version
    for write, part in _WRITERS.values():
        changes = {field: value for field, (value, _) in part.items()}
        version = write(
            permit=permit, expected_version=version, changes=changes, reason=CorrectionReason.MISTAKE
        )


def marks_in(text: str) -> set[Field]:
    """The fields of which something stands in a text."""
    return {field for field, forms in MARKS.items() if any(form in text for form in forms)}


def readable_by(asker: Asker) -> set[Field]:
    """The fields of which somebody may see what is in them, for any purpose of reading a dossier."""
    # Who is ill and has a role reaches the marked dossier, which is another's, by that role.
    way = asker.way if asker.pair is asker.world.pair else way_in(asker.role, Relation.OWN_UNIT)
    if way is None:
        return set()
    role, authority = way
    purposes = [one for one in OF_DOSSIERS if Operation.READ_DOSSIER in DONE_FOR[one]]
    return {field for field in MARKS if any(_whole(role, field, purpose, authority) for purpose in purposes)}


def _whole(role: Role, field: Field, purpose: str, authority: Authority) -> bool:
    scope = allowed(role, field.item, Use.READ, purpose, authority)
    return scope in {Scope.FULL, Scope.OWN, Scope.CASE}
