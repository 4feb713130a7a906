"""Forbidden fields filled with markers: no marker in a view, a line of the log, an error or a repr.

And from below: what plain SQL reaches inside each kind of permit is that permit's dossier or list, in every
table of the dossiers. Read next: `test_mouths.py`; the pages are tried in `tests/web/`.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from hervat.access import door
from hervat.dossiers.actions.correcting import (
    correct_identity,
    record_benefit_facts,
    record_work_facts,
)
from hervat.dossiers.actions.recording import ReasonNeeded, StaleDossier
from hervat.dossiers.queries.assignments import assignments
from hervat.dossiers.queries.caseload import caseload
from hervat.dossiers.queries.history import history
from hervat.dossiers.queries.overview import overview
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.queries.search import find, search
from hervat.dossiers.rules.scope import scope_of
from hervat.dossiers.rules.values import Address, Value, ValueFault
from hervat.dossiers.rules.vocabulary import CorrectionReason, Field
from hervat.journal.models import Line
from hervat.register.cells import Shown
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Operation, Role

from ..cast import TODAY
from ..dossiers.files import permit_for
from ..register.table import COLUMNS
from .asking import asks
from .rule import BY_UNIT, Relation
from .world import World

MARKERS: dict[Field, Value] = {
    Field.NAME: "Merk Naam",
    Field.ADDRESS: Address("Merkstraat 9", "0000 ZZ", "Merkstad"),
    Field.EMAIL: "merkmail@example.org",
    Field.PHONE: "+31 6 77777777",
    Field.PAYROLL_TAX_NUMBER: "merkloonheffing",
}
OF_WORK: dict[Field, Value] = {
    Field.WORK_RELATION: "merkrelatie",
    Field.REACHABILITY_NOTE: "merktoelichting",
}
WORDS = {
    Field.NAME: "Merk Naam",
    Field.ADDRESS: "Merkst",
    Field.EMAIL: "merkmail",
    Field.PHONE: "77777777",
    Field.PAYROLL_TAX_NUMBER: "merkloonheffing",
    Field.WORK_RELATION: "merkrelatie",
    Field.REACHABILITY_NOTE: "merktoelichting",
    Field.BSN: "",
    Field.EMPLOYEE_ID: "",
}
"""What to look for; the two numbers are those of the person."""
ROLES = (*COLUMNS, Role.PRIVACY_OFFICER)


@pytest.fixture
def marked(world: World) -> World:
    """The world, with a marker in every field that holds text."""
    permit = permit_for(world.pair.open)
    version = overview(permit).version
    why = CorrectionReason.MISTAKE
    version = correct_identity(permit=permit, expected_version=version, changes=MARKERS, reason=why)
    record_work_facts(permit=permit, expected_version=version, changes=OF_WORK, reason=why)
    return world


def let_in(world: World, role: Role) -> tuple[Permit | None, Permit | None]:
    """The permits of somebody in a role, for the dossier and for a list."""
    relation = Relation.OWN_UNIT if role in BY_UNIT else Relation.ASSIGNED
    user = world.pair.person.code if role is Role.RE_INTEGRANT else world.users[role, relation]
    one = door.enter(asks(user), world.pair.open.case_number)
    some = door.caseload(asks(user, operation=Operation.LIST_CASELOAD, role=role))
    return (one if isinstance(one, Permit) else None), (some if isinstance(some, Permit) else None)


def words(world: World, permit: Permit | None) -> set[str]:
    """The markers that somebody may not see."""
    facts = world.pair.person.facts
    found = WORDS | {field: str(facts[field]) for field in (Field.BSN, Field.EMPLOYEE_ID)}
    return {word for field, word in found.items() if permit is None or permit.scope(field.item) is None}


def said(world: World, one: Permit | None, some: Permit | None) -> Iterator[str]:
    """Whatever the rooms answer under these permits: views, errors and the permits themselves."""
    yield from (repr(permit) for permit in (one, some))
    number = str(world.pair.person.facts[Field.EMPLOYEE_ID])
    asked: list[Callable[[], Any]] = []
    if one is not None:
        asked += [lambda: overview(one), lambda: assignments(one)]
        asked += [lambda field=field: history(one, field) for field in Field]
        asked += [lambda write=write: write(one) for write in (_stale, _wrong, _without_a_reason)]
    if some is not None:
        asked += [lambda: caseload(some, fields=tuple(Field))]
        asked += [lambda: search(some, "merk naam"), lambda: find(some, item=Item.EMPLOYEE_ID, number=number)]
    for ask in asked:
        try:
            yield repr(ask())
        except (NotPermitted, StaleDossier, ReasonNeeded, ValueFault) as error:
            yield repr(error) + str(error) + repr(vars(error)) + repr(error.args)


def _stale(permit: Permit) -> object:
    changes: dict[Field, Value | None] = {Field.WORK_RELATION: "iets anders"}
    return record_work_facts(
        permit=permit, expected_version=1, changes=changes, reason=CorrectionReason.MISTAKE
    )


def _wrong(permit: Permit) -> object:
    changes: Any = {Field.WIA: "geen WIA"}
    return record_benefit_facts(permit=permit, expected_version=1, changes=changes)


def _without_a_reason(permit: Permit) -> object:
    changes: dict[Field, Value | None] = {Field.WORK_RELATION: "iets anders"}
    with suppress(NotPermitted):
        return record_work_facts(permit=permit, expected_version=_version(permit), changes=changes)
    return None


def _version(permit: Permit) -> int:
    return overview(permit).version


@pytest.mark.parametrize("role", ROLES)
def test_no_marker_of_a_forbidden_field_is_in_a_view_an_error_or_a_line(marked: World, role: Role) -> None:
    one, some = let_in(marked, role)
    before = Line.objects.order_by("-id").values_list("id", flat=True)[0]
    forbidden = words(marked, one)
    everything = "\n".join(said(marked, one, some))

    assert not {word for word in forbidden if word in everything}
    written = "\n".join(repr(vars(line)) for line in Line.objects.filter(id__gt=before))
    assert not {word for word in words(marked, None) if word in written}
    if one is not None:
        name = overview(one).facts[Field.NAME]
        assert (name == Shown("Merk Naam")) == ("Merk Naam" in everything) != ("Merk Naam" in forbidden)


# --- from below ----------------------------------------------------------------------------------

BY_DOSSIER = ("workfacts", "benefitfacts", "event", "assignment", "nametoken")
BY_PERSON = ("identity", "appointment")


def reached() -> dict[str, set[UUID]]:
    """Which dossiers and persons stand in the rows that the application finds with plain SQL."""
    with connection.cursor() as cursor:
        found: dict[str, set[UUID]] = {}
        for table, column in (
            ("dossier", "id"),
            ("person", "id"),
            *((table, "dossier_id") for table in BY_DOSSIER),
            *((table, "person_id") for table in BY_PERSON),
        ):
            cursor.execute(f"SELECT DISTINCT {column} FROM dossiers_{table}")  # noqa: S608
            found[table] = {one for (one,) in cursor.fetchall()}
    return found


def test_plain_sql_inside_a_permit_reaches_its_dossier_or_its_list_and_nothing_else(world: World) -> None:
    everybody = {one.open.person for one in (world.pair, *world.own.values())}
    ours = {opened.dossier for opened, _ in world.pair}
    users = world.users
    listing = {"operation": Operation.LIST_CASELOAD}
    of_unit = door.caseload(asks(users[Role.COMMANDER, Relation.OWN_UNIT], **listing))
    elsewhere = door.caseload(asks(users[Role.COMMANDER, Relation.OTHER_UNIT], **listing))
    assigned = door.caseload(asks(users[Role.DCR_GUIDE, Relation.ASSIGNED], role=Role.DCR_GUIDE, **listing))
    by_case = door.caseload(
        asks(users[Role.LEGAL_ADVISER, Relation.BY_CASE], role=Role.LEGAL_ADVISER, **listing)
    )
    ended = door.caseload(asks(users[Role.DCR_GUIDE, Relation.ENDED_TODAY], role=Role.DCR_GUIDE, **listing))
    own = door.caseload(asks(world.pair.person.code, **listing))
    entered = door.enter(asks(users[Role.COMMANDER, Relation.OWN_UNIT]), world.pair.open.case_number)
    desk = door.desk_purpose(Operation.ADMINISTER_USERS, TODAY)
    administering = door.administer(
        asks(users[Role.ADMINISTRATOR, Relation.OWN_UNIT], desk, operation=Operation.ADMINISTER_USERS)
    )
    expected: list[tuple[object, set[UUID] | None, set[UUID]]] = [
        (entered, {world.pair.open.dossier}, {world.pair.open.person}),
        (of_unit, None, everybody),
        (elsewhere, set(), set()),
        (assigned, ours, {world.pair.open.person}),
        (by_case, ours, {world.pair.open.person}),
        (ended, set(), set()),
        (own, ours, {world.pair.open.person}),
        (administering, set(), set()),
    ]
    for permit, dossiers, persons in expected:
        assert isinstance(permit, Permit), permit
        with permitted(permit):
            found = reached()
        assert found["person"] == persons, (permit.role, permit.authority)
        if dossiers is not None:
            assert found["dossier"] == dossiers, (permit.role, permit.authority)
        for table in BY_DOSSIER:
            assert found[table] <= found["dossier"], table
        for table in BY_PERSON:
            assert found[table] == persons, table
        assert scope_of(permit).case == ""
    assert set().union(*reached().values()) == set()
