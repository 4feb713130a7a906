"""Who works on the dossiers of a demo: for each part of Defence an adviser, a doctor, a guide and commanders.

Those of the cast where it has one, others for the rest, with accounts and postings as an administrator gives
them; a doctor is approved by the second. Must never: give a password, or post somebody past an action.
Read next: `demo_filling.py`, `../access/cast.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from hervat.access import cast
from hervat.access.asking import Asked
from hervat.access.door import administer, desk_purpose, for_command
from hervat.cli.demo_living import Hands
from hervat.journal.actions.append import begin
from hervat.organisation.actions.postings import approve, grant
from hervat.organisation.actions.users import create_user
from hervat.organisation.queries.accounts import code_of
from hervat.organisation.queries.standing import unit_tree
from hervat.register.permit import Permit
from hervat.register.vocabulary import Operation, Role, Source


@dataclass(frozen=True, slots=True)
class _Part:
    """Of which units, by abbreviation, and the names of who works there."""

    units: tuple[str, ...]
    of: str
    adviser: str
    physician: str
    guide: str


_SOFIE, _MARIJKE = cast.EGB_PHYSICIAN.name, cast.DCR_GUIDE.name
_PARTS: Final = (
    _Part(("13 Brig", "A-cie"), "13 Brig", cast.PO_ADVISER.name, _SOFIE, _MARIJKE),
    _Part(("43 Brig",), "43 Brig", "Jolanda Kuiper", _SOFIE, _MARIJKE),
    _Part(("MKDH", "Mar Bat"), "CZSK", "Bart Zeilstra", "Nadia Rahimi", _MARIJKE),
    _Part(("Vlb Volkel", "Vlb Gilze"), "CLSK", "Karin Oosterhof", "Nadia Rahimi", "Peter Tahapary"),
    _Part(("Bde Schiphol", "Bde Grens"), "KMar", "Samir Aït Hamou", "Thomas Winklaar", "Peter Tahapary"),
    _Part(("Fac Bedr", "Vastgoed"), "DOSCO", "Ellen Bruinsma", "Thomas Winklaar", "Zofia Kowalczyk"),
    _Part(("Log Dienst",), "COMMIT", "Rob Pattiasina", "Thomas Winklaar", "Zofia Kowalczyk"),
)
_OTHERS: Final = (cast.LABOUR_EXPERT, cast.INSURANCE_PHYSICIAN, cast.ROBIDUS, cast.FUTURE)
_COMMANDERS: Final = {
    "13 Brig": cast.COMMANDER.name,
    "A-cie": cast.COMMANDER.name,
    "43 Brig": cast.SICK_COMMANDER.name,
    "MKDH": "Joris van Vliet",
    "Mar Bat": "Anouk Terpstra",
    "Vlb Volkel": "Mehmet Aydin",
    "Vlb Gilze": "Iris Bosman",
    "Bde Schiphol": "Ruud Claassen",
    "Bde Grens": "Naima Haddou",
    "Fac Bedr": "Wouter Lems",
    "Vastgoed": "Chantal Maduro",
    "Log Dienst": "Pieter Zwaan",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Who works on the dossiers of some units: their codes, and the commander of each unit."""

    units: frozenset[str]
    adviser: UUID
    physician: UUID
    guide: UUID
    commanders: Mapping[UUID, UUID]
    others: Mapping[Role, UUID]

    def hands(self, commander: UUID | None) -> Hands:
        """Return who works on a dossier with this commander."""
        return Hands(
            adviser=self.adviser,
            physician=self.physician,
            guide=self.guide,
            commander=commander,
            others=self.others,
        )


def make_teams(on: date) -> tuple[Team, ...]:
    """Return who works where; whoever is not there yet gets an account and a posting."""
    permit = for_command(Operation.ADMINISTER_USERS, on=on, trace=begin())
    return tuple(_team(permit, part) for part in _PARTS)


def _team(permit: Permit, part: _Part) -> Team:
    tree = unit_tree()
    commanders: dict[UUID, UUID] = {}
    for abbreviation in part.units:
        unit = tree.abbreviated(abbreviation)
        assert unit is not None  # noqa: S101 - the tree came before who works in it
        commanders[unit.id] = _user(permit, _COMMANDERS[abbreviation], Role.COMMANDER, abbreviation)
    return Team(
        units=frozenset(part.units),
        adviser=_user(permit, part.adviser, Role.PO_ADVISER, part.of, "Adviseert het hele onderdeel."),
        physician=_user(permit, part.physician, Role.EGB_PHYSICIAN),
        guide=_user(permit, part.guide, Role.DCR_GUIDE),
        commanders=commanders,
        others={one.role: _user(permit, one.name, one.role) for one in _OTHERS},
    )


def _user(permit: Permit, name: str, role: Role, unit: str = "", below: str = "") -> UUID:
    of_cast = next((one for one in cast.CAST if one.name == name), None)
    email = of_cast.email if of_cast else f"{_plain(name)}@demo.hervat.invalid"
    known = code_of(email)
    if known is not None:
        return known
    user = create_user(permit=permit, name=name, email=email)
    if not isinstance(user, UUID):
        raise RuntimeError(f"{name} kreeg geen account: {user}.")
    _post(permit, user, role, unit, below)
    return user


def _plain(name: str) -> str:
    return name.lower().replace(" ", ".").replace("ï", "i")


def _post(permit: Permit, user: UUID, role: Role, unit: str, below: str) -> None:
    """Post somebody in a role; a doctor is posted by one administrator and approved by the other."""
    by = _administrator(cast.ADMINISTRATOR, permit.on) if role is Role.EGB_PHYSICIAN else permit
    place = unit_tree().abbreviated(unit)
    granted = grant(
        permit=by,
        user=user,
        role=role,
        unit=place.id if place else None,
        below=bool(below),
        below_reason=below,
        starts_on=permit.on,
    )
    if not isinstance(granted, UUID):
        raise RuntimeError(f"niet geplaatst als {role.value}: {granted}.")
    if role is Role.EGB_PHYSICIAN:
        approve(permit=_administrator(cast.SECOND_ADMINISTRATOR, permit.on), posting=granted)


def _administrator(who: cast.Character, on: date) -> Permit:
    user = code_of(who.email)
    assert user is not None  # noqa: S101 - the cast came before everybody else
    asked = Asked(
        user=user,
        operation=Operation.ADMINISTER_USERS,
        purpose=desk_purpose(Operation.ADMINISTER_USERS, on),
        on=on,
        source=Source.COMMAND_LINE,
        trace=begin(),
    )
    permit = administer(asked)
    if not isinstance(permit, Permit):
        raise RuntimeError(permit.reason.text)
    return permit
