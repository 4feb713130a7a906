"""The fixed cast of the tests: the people of the demo, with a code for each, as in the journal.

Who they are stands in `hervat/access/cast.py`, and the facts of who is ill in `hervat/cli/demo_dossiers.py`.
Nobody here exists: the BSNs pass the eleven-test and begin with 9999, a range that is given to nobody; the
addresses and telephone numbers are nobody's either.
"""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from hervat.access import cast
from hervat.cli import demo_dossiers
from hervat.dossiers.rules.values import Value
from hervat.dossiers.rules.vocabulary import Field
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


def _unit(number: int, abbreviation: str, parent: OfUnit | None = None) -> OfUnit:
    """A unit of the demo, of which the one above it is the same here."""
    (one,) = (unit for unit in cast.UNITS if unit.abbreviation == abbreviation)
    assert one.parent == (parent.abbreviation if parent else None)
    return OfUnit(_code(number), abbreviation, one.kind, parent)


# Units: a part of Defence, two units, and a sub-unit of the first.
ARMY = _unit(0x100, "CLAS")
BRIGADE = _unit(0x101, "13 Brig", ARMY)
COMPANY = _unit(0x102, "A-cie", BRIGADE)
OTHER_BRIGADE = _unit(0x103, "43 Brig", ARMY)
UNITS = (ARMY, BRIGADE, COMPANY, OTHER_BRIGADE)
_UNIT_OF = {unit.abbreviation: unit for unit in UNITS}


def _player(number: int, one: cast.Character) -> Player:
    return Player(_code(number), one.name, one.role, _UNIT_OF[one.unit] if one.unit else None)


COMMANDER = _player(1, cast.COMMANDER)
OTHER_COMMANDER = _player(2, cast.SICK_COMMANDER)
PO_ADVISER = _player(3, cast.PO_ADVISER)
UNIT_ADMIN_NCO = _player(4, cast.UNIT_ADMIN_NCO)
EGB_PHYSICIAN = _player(5, cast.EGB_PHYSICIAN)
INSURANCE_PHYSICIAN = _player(6, cast.INSURANCE_PHYSICIAN)
LABOUR_EXPERT = _player(7, cast.LABOUR_EXPERT)
DCR_GUIDE = _player(8, cast.DCR_GUIDE)
LEGAL_ADVISER = _player(9, cast.LEGAL_ADVISER)
ROBIDUS = _player(10, cast.ROBIDUS)
FUTURE = _player(11, cast.FUTURE)
PRIVACY_OFFICER = _player(12, cast.PRIVACY_OFFICER)
RECORDS_MANAGER = _player(13, cast.RECORDS_MANAGER)
ADMINISTRATOR = _player(14, cast.ADMINISTRATOR)
AUDITOR = _player(15, cast.AUDITOR)
MANAGEMENT = _player(16, cast.MANAGEMENT)


def _sick(code: UUID, ill: demo_dossiers.Ill) -> Sick:
    return Sick(code, _UNIT_OF[ill.unit], demo_dossiers.identity_of(ill))


SANNE = _sick(_code(0x20), demo_dossiers.SANNE)
"""The sick sergeant, whose dossier most tests are about."""

JAN = _sick(_code(0x21), demo_dossiers.JAN)
"""A mechanic in the other brigade: whoever may see Sanne may not see him."""

SICK_COMMANDER = _sick(OTHER_COMMANDER.code, demo_dossiers.BRAM)
"""The commander of the other brigade, ill: he reaches his own dossier only as re-integrant."""

APPOINTMENT: dict[Field, Value] = {
    Field.SERVICE_BRANCH: demo_dossiers.SANNE.branch,
    Field.JOB_DESCRIPTION: demo_dossiers.SANNE.job,
}


def players() -> tuple[Player, ...]:
    """Everybody who works with Hervat."""
    return tuple(value for value in globals().values() if isinstance(value, Player))
