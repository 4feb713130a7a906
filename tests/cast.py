"""The fixed cast of the tests: invented people, one meaning each, the same as in the demo.

Nobody here exists. The BSNs pass the eleven-test and begin with 9999, a range that is given to nobody; the
addresses and telephone numbers are nobody's either. A user is known by a code, as in the journal.
"""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from hervat.dossiers.rules.values import Address, Value
from hervat.dossiers.rules.vocabulary import Field, ServiceBranch, Sex
from hervat.organisation.rules.units import UnitKind
from hervat.register.vocabulary import Role

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class OfUnit:
    """A unit of the organisation."""

    id: UUID
    abbreviation: str
    kind: UnitKind
    parent: "OfUnit | None" = None


@dataclass(frozen=True)
class Player:
    """Somebody who works with Hervat."""

    code: UUID
    name: str
    role: Role
    unit: OfUnit | None = None


@dataclass(frozen=True)
class Sick:
    """Somebody who is ill; `code` is their own account."""

    code: UUID
    unit: OfUnit
    facts: dict[Field, Value] = field(repr=False)

    @property
    def name(self) -> str:
        return str(self.facts[Field.NAME])


def _code(number: int) -> UUID:
    return UUID(int=number, version=4)


# Units: a part of Defence, two units, and a sub-unit of the first.
ARMY = OfUnit(_code(0x100), "CLAS", UnitKind.SERVICE_BRANCH)
BRIGADE = OfUnit(_code(0x101), "13 Brig", UnitKind.UNIT, ARMY)
COMPANY = OfUnit(_code(0x102), "A-cie", UnitKind.SUB_UNIT, BRIGADE)
OTHER_BRIGADE = OfUnit(_code(0x103), "43 Brig", UnitKind.UNIT, ARMY)
UNITS = (ARMY, BRIGADE, COMPANY, OTHER_BRIGADE)

COMMANDER = Player(_code(1), "Majoor Daan Verhoeven", Role.COMMANDER, BRIGADE)
OTHER_COMMANDER = Player(_code(2), "Majoor Noor Willems", Role.COMMANDER, OTHER_BRIGADE)
PO_ADVISER = Player(_code(3), "Fatima El Amrani", Role.PO_ADVISER, BRIGADE)
UNIT_ADMIN_NCO = Player(_code(4), "Adjudant Kees Brouwer", Role.UNIT_ADMIN_NCO, BRIGADE)
EGB_PHYSICIAN = Player(_code(5), "Dr. Sofie Janssen", Role.EGB_PHYSICIAN)
INSURANCE_PHYSICIAN = Player(_code(6), "Dr. Pim Hendriks", Role.INSURANCE_PHYSICIAN)
LABOUR_EXPERT = Player(_code(7), "Ravi Ramdin", Role.LABOUR_EXPERT)
DCR_GUIDE = Player(_code(8), "Marijke Postma", Role.DCR_GUIDE)
LEGAL_ADVISER = Player(_code(9), "mr. Olivier Smit", Role.LEGAL_ADVISER)
ROBIDUS = Player(_code(10), "Lotte de Wit", Role.ROBIDUS)
FUTURE = Player(_code(11), "Joost Peeters", Role.FUTURE)
PRIVACY_OFFICER = Player(_code(12), "Hanneke Vos", Role.PRIVACY_OFFICER)
RECORDS_MANAGER = Player(_code(13), "Bram Kuiper", Role.RECORDS_MANAGER)
ADMINISTRATOR = Player(_code(14), "Esra Demir", Role.ADMINISTRATOR)
AUDITOR = Player(_code(15), "Gerard Mol", Role.AUDITOR)
MANAGEMENT = Player(_code(16), "Kolonel Iris van Dam", Role.MANAGEMENT)


def _facts(name: str, number: str, bsn: str, sex: Sex, born: date) -> dict[Field, Value]:
    return {
        Field.NAME: name,
        Field.EMPLOYEE_ID: number,
        Field.BSN: bsn,
        Field.SEX: sex,
        Field.BIRTH_DATE: born,
        Field.ADDRESS: Address("Nergensstraat 1", "0000 ZZ", "Nergenshuizen"),
        Field.EMAIL: f"{number.lower()}@example.org",
        Field.PHONE: "+31 6 00000000",
        Field.PAYROLL_TAX_NUMBER: "000000000L01",
    }


SANNE = Sick(
    _code(0x20),
    COMPANY,
    _facts("Sanne Yıldız", "W100001", "999990019", Sex.WOMAN, date(1991, 2, 28)),
)
"""The sick sergeant, whose dossier most tests are about."""

JAN = Sick(
    _code(0x21),
    OTHER_BRIGADE,
    _facts("Jan-Willem van den Berg", "W100002", "999990020", Sex.MAN, date(1985, 6, 30)),
)
"""A corporal in the other brigade: whoever may see Sanne may not see him."""

SICK_COMMANDER = Sick(
    COMMANDER.code,
    BRIGADE,
    _facts(COMMANDER.name, "W100003", "999990032", Sex.MAN, date(1979, 12, 31)),
)
"""The commander, ill: he reaches his own dossier only as re-integrant."""

APPOINTMENT: dict[Field, Value] = {
    Field.SERVICE_BRANCH: ServiceBranch.ARMY,
    Field.JOB_DESCRIPTION: "Groepscommandant",
}


def players() -> tuple[Player, ...]:
    """Everybody who works with Hervat."""
    return tuple(value for value in globals().values() if isinstance(value, Player))
