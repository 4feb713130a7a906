"""People who do not exist, the units they serve in and who guides them: the same for the same seed.

Names are put together of syllables, with some of those that searches stumble over among them; a BSN passes
the eleven-test and begins with 98 or 99, numbers that nobody has and no feed of a demo uses; addresses lead
nowhere. What must differ for everybody (an id, an employee number, a BSN) follows from the number alone.
Must never: hold somebody who exists. Read next: `crowd_rows.py`.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import blake2b
from operator import mul
from typing import Final, TypeVar
from uuid import UUID

from hervat.dossiers.rules.case_number import make_case_number
from hervat.dossiers.rules.values import Address, SicknessAct, Value, Wia
from hervat.dossiers.rules.vocabulary import Conflict, Field, SafetyNet, ServiceBranch, Sex, Status
from hervat.organisation.rules.units import UnitKind

PER_GUIDE: Final = 60
"""How many dossiers one guide has."""

T = TypeVar("T")
_BRANCHES: Final = tuple(ServiceBranch)
_SEXES: Final = tuple(Sex)
UNITS_EACH: Final = 13
_SUBUNITS_EACH: Final = 19
_FIRST: Final = (
    *("Sanne", "Daan", "Fatima", "Jan-Willem", "Noor", "Kees", "Zoë", "Ravi", "Marijke", "Olivier"),
    *("Lotte", "Joost", "Hanneke", "Bram", "Esra", "Gerard", "Iris", "Pim", "Sofie", "Emre", "Chantal"),
)
_PARTICLES: Final = ("", "", "", "", "van ", "de ", "van den ", "van der ", "ten ")
_KNOWN: Final = ("Yıldız", "Jansen", "Berg", "El Amrani", "d'Artagnan", "Groß-Ørsted", "Smit", "IJsbrandy")
_BEGIN: Final = (
    *("Ba", "Be", "Bo", "Bra", "Da", "De", "Dij", "Gra", "Ha", "Hen", "Ho", "Ja"),
    *("Ka", "Ke", "Kui", "La", "Li", "Ma", "Mee", "Mo", "No", "Pe", "Ri", "Scha"),
)
_MIDDLE: Final = (
    *("ber", "de", "der", "ge", "ken", "la", "le", "lin", "man", "mel"),
    *("na", "ner", "re", "ri", "ro", "sen", "ta", "ten", "ver", "vel"),
)
_END: Final = (
    *("berg", "bosch", "brink", "dijk", "gaard", "hof", "huis", "kamp"),
    *("laan", "man", "meer", "poel", "sma", "stra", "veld", "werf"),
)
_DAY: Final = timedelta(days=1)
_OPENED: Final = (*range(3, 60), *range(60, 721, 3))
"""How many days ago dossiers were opened: of every phase, and not of every day, so that courses recur."""
_WEIGHTS: Final = range(9, 2, -1)
_FIRST_TEN: Final = 9_984_000
"""Above it are the numbers of the people of feeds."""


@dataclass(frozen=True, slots=True)
class InventedUnit:
    """A unit, and what it stands under."""

    id: UUID
    kind: UnitKind
    parent: UUID | None
    abbreviation: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invented:
    """A dossier and the person it is about."""

    number: int
    person: UUID
    dossier: UUID
    unit: UUID
    guide: UUID
    case_number: str
    status: Status
    first_sick_on: date
    opened_on: date
    closed_on: date | None
    facts: dict[Field, Value] = field(repr=False)


def unit_id(branch: int, unit: int = 0, sub_unit: int = 0) -> UUID:
    """Return the id of a unit by its place in the tree, counted from one; 0 is not in it."""
    return UUID(int=(0xE1 << 64) + (branch << 32) + (unit << 16) + sub_unit, version=4)


UNITS: Final = [
    [unit_id(branch, unit, below) for unit in range(1, UNITS_EACH + 1) for below in range(_SUBUNITS_EACH + 1)]
    for branch in range(1, len(_BRANCHES) + 1)
]


def guide_code(number: int) -> UUID:
    """Return the code of a guide."""
    return UUID(int=(0x60 << 64) + number, version=4)


def invent_units() -> list[InventedUnit]:
    """Return some 1,800 units, each after what it stands under."""
    made: list[InventedUnit] = []
    for b, branch in enumerate(_BRANCHES, 1):
        above, short = unit_id(b), branch.value.upper()
        made.append(InventedUnit(above, UnitKind.SERVICE_BRANCH, None, short, short))
        for u in range(1, UNITS_EACH + 1):
            unit, own = unit_id(b, u), f"{short} {u}"
            made.append(InventedUnit(unit, UnitKind.UNIT, above, own, f"Eenheid {u} van {short}"))
            made += [
                InventedUnit(
                    unit_id(b, u, s), UnitKind.SUB_UNIT, unit, f"{own}-{s}", f"Onderdeel {s} van {own}"
                )
                for s in range(1, _SUBUNITS_EACH + 1)
            ]
    return made


def dossier_id(number: int, seed: int) -> UUID:
    """Return the id of the dossier with this number, without inventing the rest of it."""
    return UUID(bytes=blake2b(f"{seed}:{number}".encode(), digest_size=16).digest(), version=4)


def invent(
    number: int, chance: random.Random, on: date, seed: int, units: Sequence[Sequence[UUID]] = UNITS
) -> Invented:
    """Return the dossier with this number, as it stands on a day; `units` are those of each branch."""
    branch = _below(chance, len(_BRANCHES))
    unit = units[branch][_below(chance, len(units[branch]))]
    opened = on - _one(chance, _OPENED) * _DAY
    closed = chance.random() < 0.1  # one in ten
    dossier = dossier_id(number, seed)
    return Invented(
        number=number,
        person=UUID(int=dossier.int ^ (1 << 48), version=4),
        dossier=dossier,
        unit=unit,
        guide=guide_code(number // PER_GUIDE),
        case_number=make_case_number(),
        status=Status.CLOSED if closed else Status.OPEN,
        first_sick_on=opened - _DAY,
        opened_on=opened,
        closed_on=on if closed else None,
        facts={**_identity(number, chance), **_at_work(chance, _BRANCHES[branch])},
    )


def bsn_of(number: int) -> str:
    """Return the BSN of a dossier: of ten numbers in a row, nine at least have a check digit.

    >>> bsn_of(0), bsn_of(999_999)
    ('998400002', '987288908')
    """
    ten, place = divmod(number, 9)
    begin = _FIRST_TEN - ten
    total = sum(map(mul, _WEIGHTS, map(int, str(begin))))
    bad = next((digit for digit in range(10) if (total + 2 * digit) % 11 == 10), 10)
    digit = place if place < bad else place + 1
    return f"{begin}{digit}{(total + 2 * digit) % 11}"


def _below(chance: random.Random, number: int) -> int:
    """A whole number from 0: the ways of `random` itself take five times as long to be exactly even."""
    return int(chance.random() * number)


def _one(chance: random.Random, of: Sequence[T]) -> T:
    return of[_below(chance, len(of))]


def _name(chance: random.Random) -> str:
    if chance.random() < 0.05:
        last = _one(chance, _KNOWN)
    else:
        last = _one(chance, _BEGIN) + _one(chance, _MIDDLE) + _one(chance, _END)
    return f"{_one(chance, _FIRST)} {_one(chance, _PARTICLES)}{last}"


def _identity(number: int, chance: random.Random) -> dict[Field, Value]:
    return {
        Field.NAME: _name(chance),
        Field.ADDRESS: Address(f"Nergensstraat {1 + _below(chance, 300)}", "0000 ZZ", "Nergenshuizen"),
        Field.BIRTH_DATE: date(1965, 1, 1) + _below(chance, 14_000) * _DAY,
        Field.SEX: _one(chance, _SEXES),
        Field.EMAIL: f"w{number:08}@demo.hervat.invalid",
        Field.PHONE: "+31 6 00000000",
        Field.EMPLOYEE_ID: f"W{number:08}",
        Field.BSN: bsn_of(number),
        Field.PAYROLL_TAX_NUMBER: "000000000L01",
    }


def _at_work(chance: random.Random, branch: ServiceBranch) -> dict[Field, Value]:
    facts: dict[Field, Value] = {
        Field.SERVICE_BRANCH: branch,
        Field.DUTIES: "Leidt een groep van acht en onderhoudt het materieel.",
        Field.JOB_DESCRIPTION: "Groepscommandant",
        Field.WORK_RELATION: "Goed. Wil graag terug naar de eigen groep.",
        Field.WORK_CONFLICT: Conflict.NONE,
        Field.REACHABLE_9_10: chance.random() < 0.8,
        Field.REACHABILITY_NOTE: "Liefst bellen, niet appen.",
        Field.SICKNESS_ACT: SicknessAct(SafetyNet.DOES_NOT_HOLD),
    }
    if chance.random() < 0.2:
        facts[Field.WIA] = Wia(applied_on=date(2026, 5, 1))
    return facts
