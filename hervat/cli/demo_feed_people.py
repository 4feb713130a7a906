"""Invented people for a feed: names of the many origins of people in Defence, and numbers that nobody has.

A BSN begins with 9999 and passes the eleven-test while there are such numbers, and beyond them with the
numbers just below: none of those is given out. Must never: hold somebody who exists.
Read next: `demo_feed.py`.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from hervat.access.cast import UNITS
from hervat.dossiers.rules.vocabulary import ServiceBranch, Sex

_NAMES: Final = (
    ("Sanne", "Lotte", "Femke", "Marijke", "Anouk", "Roos", "Hanneke", "Ilse", "Maud", "Tessa"),
    ("Daan", "Bram", "Sjoerd", "Ruben", "Joris", "Pieter-Jan", "Wouter", "Teun", "Gijs", "Niels"),
)
_FAMILIES: Final = (
    *("de Vries", "van den Berg", "Bakker", "Jansen", "Visser", "Smit", "Meijer", "de Groot", "Mulder"),
    *("Hoekstra", "Dijkstra", "Postma", "Sikkema", "van der Meulen", "van 't Hof", "IJzerman", "Kuipers"),
)
_ELSEWHERE: Final = (
    (("Fatima", "Meryem", "Naima"), ("Youssef", "Bilal", "Karim"), ("El Amrani", "Bouali", "Aït Hamou")),
    (("Aylin", "Elif", "Zeynep"), ("Emre", "Yusuf", "Cem"), ("Yıldız", "Kaya", "Çelik", "Özdemir")),
    (("Naomi", "Joëlle", "Shanti"), ("Kenneth", "Rishi", "Winston"), ("Pinas", "Ramdin", "Bhagwandin")),
    (("Rosalinda", "Shurendy"), ("Elvis", "Rignald"), ("Martina", "Maduro", "Winklaar", "Croes")),
    (("Febe", "Corrie"), ("Kevin", "Benjamin"), ("Manuhutu", "Tahapary", "Latuheru", "Pattiasina")),
    (("Agnieszka", "Zofia"), ("Łukasz", "Paweł"), ("Wiśniewski", "Kowalczyk", "Dąbrowski")),
    (("Chi Ming", "Mei"), ("Wai Kit", "Jun"), ("Liu", "Cheung", "Tsang")),
    (("Saba", "Hewan"), ("Abel", "Yonas"), ("Tesfay", "Haile", "Gebremedhin")),
    (("Parisa", "Zahra"), ("Reza", "Farid"), ("Rahimi", "Ahmadzai", "Moradi")),
)
_JOBS: Final = (
    *("Chauffeur", "Monteur", "Verbindelaar", "Geweerschutter", "Groepscommandant", "Planner", "Genist"),
    *("Kok", "Matroos", "Duiker", "Beveiliger", "Stafmedewerker", "Magazijnmedewerker", "Docent"),
)
_BRANCH: Final = {unit.abbreviation: unit.parent or unit.abbreviation for unit in UNITS}
_FIRST_NUMBER: Final = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Invented:
    """Somebody who does not exist."""

    number: int
    seed: int
    employee_number: str
    bsn: str
    name: str
    sex: Sex
    born: date
    unit: str
    branch: ServiceBranch
    job: str


def invent(number: int, seed: int) -> Invented:
    """Return the person with this number: always the same for a seed, with a BSN of the number alone."""
    chance = random.Random(f"{seed} person {number}")  # noqa: S311 - to invent with, not to hide
    sex = Sex.MAN if chance.random() < 0.83 else Sex.WOMAN
    unit = chance.choice(_units())
    return Invented(
        number=number,
        seed=seed,
        employee_number=f"W{_FIRST_NUMBER + number}",
        bsn=bsn_of(number),
        name=_name(chance, sex),
        sex=sex,
        born=date(1966, 1, 1) + timedelta(days=chance.randrange(14_500)),
        unit=unit,
        branch=_branch_of(unit),
        job=chance.choice(_JOBS),
    )


def _branch_of(unit: str) -> ServiceBranch:
    """Return the part of Defence that a unit stands under."""
    while unit not in {branch.value.upper() for branch in ServiceBranch} and _BRANCH[unit] != unit:
        unit = _BRANCH[unit]
    return ServiceBranch(unit.lower())


def bsn_of(number: int) -> str:
    """Return the BSN of a person: nine digits that pass the eleven-test, past those of the cast.

    >>> bsn_of(0)[:4], bsn_of(0) == bsn_of(1)
    ('9999', False)
    """
    return _bsns()[number] if number < len(_bsns()) else _further(number - len(_bsns()))


@cache
def _bsns() -> tuple[str, ...]:
    """Every good number from 9999 02000 on; those before are the cast's."""
    return tuple(bsn for first in range(99_990_200, 100_000_000) if (bsn := _checked(first)))


def _further(number: int) -> str:
    """Return a good number below those: of two in a row, one at least has a check digit."""
    first = 99_989_999 - 2 * number
    return _checked(first) or _checked(first - 1) or ""


def _checked(first: int) -> str:
    total = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), str(first), strict=True))
    return f"{first}{total % 11}" if total % 11 < 10 else ""


@cache
def _units() -> tuple[str, ...]:
    return tuple(unit.abbreviation for unit in UNITS if unit.parent is not None)


def _name(chance: random.Random, sex: Sex) -> str:
    woman = sex is Sex.WOMAN
    if chance.random() < 0.68:
        return f"{chance.choice(_NAMES[0 if woman else 1])} {chance.choice(_FAMILIES)}"
    women, men, families = chance.choice(_ELSEWHERE)
    last = chance.choice(families)
    if chance.random() < 0.2:
        last = f"{last}-{chance.choice(_FAMILIES)}"
    return f"{chance.choice(women if woman else men)} {last}"
