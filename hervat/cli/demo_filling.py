"""Lets people fall ill in every unit of a demo, and lets a commander of each record what was done since.

What was done before is left alone, so it can be done again. Must never: write past an action.
Read next: `demo_population.py`, `demo_course.py`.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Final
from uuid import UUID

from hervat.access import cast
from hervat.access.asking import Asked
from hervat.access.choosing import purposes_for
from hervat.access.door import caseload as list_of
from hervat.access.door import enter, for_command
from hervat.access.feed import Feed
from hervat.access.refusals import Refusal
from hervat.cli.demo_course import facts_of, record_course
from hervat.cli.demo_feed import lines
from hervat.course.rules.faults import CourseFault
from hervat.course.rules.reasons import ReasonMissing
from hervat.dossiers.actions.recording import StaleDossier
from hervat.dossiers.queries.caseload import caseload
from hervat.dossiers.queries.rows import Row
from hervat.exchange.actions.receive import receive
from hervat.journal.actions.append import begin
from hervat.organisation.actions.postings import grant
from hervat.organisation.actions.users import create_user
from hervat.organisation.queries.accounts import code_of
from hervat.organisation.queries.standing import unit_tree
from hervat.register.cells import Shown
from hervat.register.permit import Permit
from hervat.register.vocabulary import Operation, Role, Source

PEOPLE: Final = 420
_SEED: Final = 20
_NAMES: Final = {
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
"""The commanders of the units that the cast has none of."""


def fill_units(on: date, people: int = PEOPLE) -> None:
    """Bring what a personnel system would send, and record what commanders did about it."""
    permit = for_command(Operation.ADMINISTER_USERS, on=on, trace=begin())
    commanders = [_commander(permit, abbreviation) for abbreviation in _NAMES]
    feed = Feed(on=on, source=Source.COMMAND_LINE, demo=True)
    for number, text in enumerate(lines(people, _SEED, on), 1):
        receive(admits=feed, text=text, line=number)
    of_cast = [code_of(one.email) for one in (cast.COMMANDER, cast.SICK_COMMANDER)]
    for commander in (*commanders, *(code for code in of_cast if code is not None)):
        _record_for(commander, on)


def _commander(permit: Permit, abbreviation: str) -> UUID:
    name = _NAMES[abbreviation]
    email = f"{name.lower().replace(' ', '.')}@demo.hervat.invalid"
    known, unit = code_of(email), unit_tree().abbreviated(abbreviation)
    if known is not None:
        return known
    user = create_user(permit=permit, name=name, email=email)
    if unit is None or not isinstance(user, UUID):
        raise RuntimeError(f"voor {abbreviation} is er geen commandant.")
    granted = grant(
        permit=permit,
        user=user,
        role=Role.COMMANDER,
        unit=unit.id,
        below=False,
        below_reason="",
        starts_on=permit.on,
    )
    if not isinstance(granted, UUID):
        raise RuntimeError(f"voor {abbreviation} is er geen commandant: {granted}.")
    return user


def _record_for(commander: UUID, on: date) -> None:
    """Let a commander record what was done for everybody in the list; who was told of before stays."""
    for number, row in enumerate(_rows(commander, on)):
        first, case = row.first_sick_on, row.case_number
        if not isinstance(first, Shown) or first.value is None or not isinstance(case, Shown):
            continue
        permit = _let_in(enter(_asked(commander, Operation.AGREE_PLAN, on), str(case.value)))
        facts = facts_of(first.value, on, behind=(number * 17) % 45)
        with suppress(CourseFault, ReasonMissing, StaleDossier):
            record_course(permit, row.version, facts)


def _rows(commander: UUID, on: date) -> Iterator[Row]:
    permit = _let_in(list_of(_asked(commander, Operation.LIST_CASELOAD, on)))
    page = caseload(permit, fields=())
    yield from page.rows
    while page.after is not None:
        page = caseload(permit, fields=(), after=page.after)
        yield from page.rows


def _asked(user: UUID, operation: Operation, on: date) -> Asked:
    return Asked(
        user=user,
        operation=operation,
        purpose=purposes_for(Role.COMMANDER, operation, on)[0].id,
        on=on,
        source=Source.COMMAND_LINE,
        trace=begin(),
        role=Role.COMMANDER,
        demo=True,
    )


def _let_in(given: Permit | Refusal) -> Permit:
    if isinstance(given, Refusal):
        raise RuntimeError(given.reason.text)
    return given
