"""Opens the dossiers of a demo: a dozen invented people over the units of the cast, with some facts.

Everything comes in as it would elsewhere: opened by the personnel feed, facts by the P&O adviser, and people
assigned by a proposal and an acceptance, so the log of a demo tells true. The BSNs begin with 9999, a range
that nobody has. Must never: write a row past an action, or say anything medical.
Read next: `demo_people.py`, `../access/cast.py`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from hervat.access import cast
from hervat.access.choosing import purposes_for
from hervat.access.door import enter, for_job
from hervat.access.jobs import PERSONNEL_FEED
from hervat.cli.demo_living import asked, assign, let_in, live
from hervat.cli.demo_staff import Team, make_teams
from hervat.course.actions.opening import open_course
from hervat.dossiers.actions.correcting import record_benefit_facts, record_work_facts
from hervat.dossiers.actions.opening import NewDossier, Opened
from hervat.dossiers.queries.overview import overview
from hervat.dossiers.rules.assignments import Proposal
from hervat.dossiers.rules.values import Address, SicknessAct, Value
from hervat.dossiers.rules.vocabulary import CaseGround, Conflict, Field, SafetyNet, ServiceBranch, Sex
from hervat.journal.actions.append import begin
from hervat.organisation.queries.standing import unit_tree
from hervat.register.permit import Permit
from hervat.register.vocabulary import Operation, Role, Scope, Use


@dataclass(frozen=True, slots=True, kw_only=True)
class Ill:
    """Somebody who is ill in the demo; `key` where they are one of the cast, with an account."""

    name: str
    number: str
    bsn: str
    sex: Sex
    born: date
    unit: str
    branch: ServiceBranch
    job: str
    days: int
    key: str = ""


_ARMY, _NAVY = ServiceBranch.ARMY, ServiceBranch.NAVY
_MAN, _WOMAN = Sex.MAN, Sex.WOMAN


def _ill(
    number: int, name: str, bsn: str, sex: Sex, born: tuple[int, int, int], unit: str, job: str, days: int
) -> Ill:
    return Ill(
        name=name,
        number=f"W{100_000 + number}",
        bsn=bsn,
        sex=sex,
        born=date(*born),
        unit=unit,
        branch=_NAVY if unit == "MKDH" else _ARMY,
        job=job,
        days=days,
        key=next((one.key for one in cast.CAST if one.name == name), ""),
    )


# The tests have these three too, with the same facts.
SANNE: Final = _ill(1, "Sanne Yıldız", "999990019", _WOMAN, (1991, 2, 28), "A-cie", "Groepscommandant", 210)
JAN: Final = _ill(2, "Jan-Willem van den Berg", "999990020", _MAN, (1985, 6, 30), "43 Brig", "Monteur", 77)
BRAM: Final = _ill(3, "Bram de Wit", "999990032", _MAN, (1979, 12, 31), "43 Brig", "Brigadecommandant", 95)
PEOPLE: Final = (
    SANNE,
    JAN,
    BRAM,
    _ill(4, "Thijs Mulder", "999990056", _MAN, (1998, 5, 14), "A-cie", "Chauffeur", 12),
    _ill(5, "Naomi Pinas", "999990068", _WOMAN, (1994, 9, 3), "A-cie", "Verbindelaar", 41),
    _ill(6, "Ruben Hoekstra", "999990044", _MAN, (2001, 1, 22), "A-cie", "Geweerschutter", 300),
    _ill(7, "Jeroen van Leeuwen", "999990081", _MAN, (1985, 7, 9), "13 Brig", "Stafmedewerker", 365),
    _ill(8, "Aylin Kaya", "999990093", _WOMAN, (1989, 11, 30), "13 Brig", "Logistiek planner", 150),
    _ill(9, "Meryem Bouali", "999990123", _WOMAN, (1992, 3, 17), "43 Brig", "Inlichtingenanalist", 33),
    _ill(10, "Stijn Postema", "999990135", _MAN, (1996, 8, 25), "43 Brig", "Genist", 610),
    _ill(11, "Lisa de Graaf", "999990147", _WOMAN, (1990, 4, 2), "MKDH", "Matroos", 25),
    _ill(12, "Kevin Manuhutu", "999990159", _MAN, (1987, 10, 11), "MKDH", "Duiker", 120),
    _ill(13, "Femke Dijkstra", "999990160", _WOMAN, (1983, 2, 6), "MKDH", "Kok", 480),
)
_OF_SANNE: Final = (cast.EGB_PHYSICIAN, cast.LABOUR_EXPERT, cast.DCR_GUIDE, cast.ROBIDUS, cast.FUTURE)


def open_demo_dossiers(users: dict[str, UUID], on: date) -> None:
    """Open a dossier for everybody of the demo who is ill, and let some things happen in them."""
    opened = {ill.name: _open(ill, users, on) for ill in PEOPLE}
    sanne, aylin = opened[cast.RE_INTEGRANT.name], opened["Aylin Kaya"]
    for dossier in (sanne, aylin, opened["Ruben Hoekstra"]):
        _record(dossier, users, on)
    for one in _OF_SANNE:
        _assign(sanne, one, users, on)
    _assign(sanne, cast.LEGAL_ADVISER, users, on, ground=CaseGround.OBJECTION)
    _assign(aylin, cast.INSURANCE_PHYSICIAN, users, on)
    _assign(aylin, cast.LABOUR_EXPERT, users, on, accepted=False)
    teams = make_teams(on)
    for ill in PEOPLE:
        _live(ill, opened[ill.name], teams, on)


def _open(ill: Ill, users: dict[str, UUID], on: date) -> Opened:
    unit = unit_tree().abbreviated(ill.unit)
    if unit is None:
        raise RuntimeError(f"De demo kan niet worden gevuld: de eenheid {ill.unit} is er niet.")
    purpose = purposes_for(Role.COMMANDER, Operation.REPORT_SICKNESS, on)[0].id
    permit = for_job(PERSONNEL_FEED, purpose, on=on, trace=begin(), units=frozenset({unit.id}), demo=True)
    first = on - timedelta(days=ill.days)
    new = NewDossier(
        unit=unit.id,
        first_sick_on=first,
        opened_on=first + timedelta(days=1),
        identity=identity_of(ill),
        appointment={Field.SERVICE_BRANCH: ill.branch, Field.JOB_DESCRIPTION: ill.job},
        user_code=users.get(ill.key),
    )
    return open_course(permit=permit, new=new)[0]


def _live(ill: Ill, opened: Opened, teams: tuple[Team, ...], on: date) -> None:
    """Let who works there record what was done; of a commander who is ill the adviser does."""
    team = next(team for team in teams if ill.unit in team.units)
    unit = unit_tree().abbreviated(ill.unit)
    commander = team.commanders[unit.id] if unit and ill is not BRAM else None
    live(opened.case_number, team.hands(commander), on, seed=ill.number)


def identity_of(ill: Ill) -> dict[Field, Value]:
    """Return what the personnel feed would say of somebody."""
    return {
        Field.NAME: ill.name,
        Field.ADDRESS: Address("Nergensstraat 1", "0000 ZZ", "Nergenshuizen"),
        Field.BIRTH_DATE: ill.born,
        Field.SEX: ill.sex,
        Field.EMAIL: f"{ill.number.lower()}@demo.hervat.invalid",
        Field.PHONE: "+31 6 00000000",
        Field.EMPLOYEE_ID: ill.number,
        Field.BSN: ill.bsn,
        Field.PAYROLL_TAX_NUMBER: "000000000L01",
    }


def _record(opened: Opened, users: dict[str, UUID], on: date) -> None:
    permit = _as(cast.PO_ADVISER, opened, users, on, Operation.KEEP_DOSSIER)
    work: dict[Field, Value | None] = {
        Field.WORK_RELATION: "Goed. Wil graag terug naar de eigen groep.",
        Field.WORK_CONFLICT: Conflict.NONE,
        Field.REACHABLE_9_10: True,
        Field.REACHABILITY_NOTE: "Liefst bellen, niet appen.",
    }
    benefits: dict[Field, Value | None] = {Field.SICKNESS_ACT: SicknessAct(SafetyNet.DOES_NOT_HOLD)}
    version = record_work_facts(
        permit=permit, expected_version=overview(permit).version, changes=_allowed(permit, work)
    )
    changes = _allowed(permit, benefits)
    if changes:
        record_benefit_facts(permit=permit, expected_version=version, changes=changes)


def _allowed(permit: Permit, changes: dict[Field, Value | None]) -> dict[Field, Value | None]:
    """What the adviser may record: the rest is another's to record."""
    return {
        field: value for field, value in changes.items() if permit.scope(field.item, Use.WRITE) is Scope.FULL
    }


def _assign(
    opened: Opened,
    who: cast.Character,
    users: dict[str, UUID],
    on: date,
    *,
    ground: CaseGround | None = None,
    accepted: bool = True,
) -> None:
    proposal = Proposal(
        user=users[who.key],
        role=who.role,
        first_day=on,
        last_day=on + timedelta(days=60) if ground else None,
        ground=ground,
        why="Zaak in behandeling." if ground else None,
    )
    assign(opened.case_number, users[cast.PO_ADVISER.key], proposal, on, accepted=accepted)


def _as(
    who: cast.Character, opened: Opened, users: dict[str, UUID], on: date, operation: Operation
) -> Permit:
    return let_in(enter(asked(users[who.key], who.role, operation, on), opened.case_number))
