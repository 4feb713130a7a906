"""The loader of the benches leaves what the room reads: by its constraints, its door and its own queries."""

from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from bench.bench_door import adviser, commander, post_everybody
from hervat.access import door
from hervat.cli import crowd_loading as loader
from hervat.cli import crowd_rows as rows
from hervat.cli.crowd_copying import put_back, take_off
from hervat.cli.crowd_inventing import Invented, bsn_of, guide_code, invent_units, unit_id
from hervat.config.provision import connect
from hervat.course.actions.recording import record
from hervat.course.models import Standing
from hervat.course.queries.course import course
from hervat.course.rules.values import NewFact
from hervat.course.rules.vocabulary import Kind, Method, SignalId
from hervat.dossiers.models import Assignment, Dossier, NameToken
from hervat.dossiers.queries.caseload import caseload
from hervat.dossiers.queries.overview import overview
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.queries.search import find, search
from hervat.dossiers.rules.vocabulary import Field, Status
from hervat.register.cells import Shown
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item, Operation, Role
from hervat.vault.queries import search_keys
from tests.access.test_door import asks
from tests.cast import TODAY
from tests.dossiers.conftest import committed, keys  # noqa: F401 - fixtures
from tests.dossiers.files import list_permit
from tests.permits import a_permit

COUNT = 100


@pytest.fixture
def loaded(committed: None) -> list[Invented]:  # noqa: F811
    loader.load_units()
    units = loader.to_load(COUNT, on=TODAY)[0].units
    assert loader.load_dossiers(COUNT, on=TODAY).dossiers == COUNT
    post_everybody(TODAY)
    return loader.invent_chunk(0, COUNT, TODAY, units=units)


def everywhere() -> Permit:
    return list_permit(*(unit.id for unit in invent_units()))


@pytest.mark.usefixtures("loaded")
def test_everything_is_loaded_with_every_constraint_and_reference_on() -> None:
    with connections["owner"].cursor() as owner:
        owner.execute("SELECT count(*) FROM pg_constraint WHERE NOT convalidated")
        assert owner.fetchone() == (0,)
        owner.execute("SELECT count(*) FROM pg_trigger WHERE tgenabled <> 'O'")
        assert owner.fetchone() == (0,)
    with permitted(everywhere()):
        assert Dossier.objects.count() == COUNT
        assert Assignment.objects.count() == COUNT


def test_a_load_that_stops_half_way_goes_on_where_it_was(committed: None) -> None:  # noqa: F811
    def kept() -> list[Any]:
        with connections["owner"].cursor() as owner:
            owner.execute(
                "SELECT pg_get_indexdef(indexrelid) FROM pg_index "
                " WHERE indrelid::regclass::text ~ '^(dossiers|vault|course)'"
                " UNION SELECT pg_get_constraintdef(oid) || convalidated FROM pg_constraint"
                " WHERE conrelid::regclass::text ~ '^(dossiers|vault|course)' ORDER BY 1"
            )
            return list(owner.fetchall())

    before = kept()
    loader.load_units()
    with connect(settings.DATABASES["owner"]) as owner:
        # As when it is killed: forty are there, and the indexes are not.
        take_off(owner, rows.INDEXED_LATER)
        list(loader.loaded([replace(one, end=40) for one in loader.to_load(60, on=TODAY)], 1))
        assert kept() != before
        assert put_back(owner)
        assert not put_back(owner)
    assert kept() == before != []
    assert loader.load_dossiers(60, on=TODAY).dossiers == 20
    assert loader.load_dossiers(60, on=TODAY).dossiers == 0
    assert kept() == before
    with permitted(everywhere()):
        assert Dossier.objects.count() == 60


def test_a_course_reads_back_with_what_is_due_and_what_was_said(committed: None) -> None:  # noqa: F811
    loader.load_units()
    loader.load_dossiers(40, on=TODAY, with_course=True)
    running = [one for one in loader.invent_chunk(0, 40, TODAY) if one.status is Status.OPEN]

    for one in running[:8]:
        permit = a_permit(dossier=one.dossier, subject=one.person, role=Role.PO_ADVISER)
        view = course(permit)
        assert view.first_sick_on == Shown(one.first_sick_on)
        assert {due.id for due in view.dues}
        contacts = view.facts[Kind.CONTACT]
        assert isinstance(contacts, Shown)
        assert all(isinstance(fact.detail, Method) for fact in contacts.value or ())
        fact = NewFact(Kind.CONTACT, TODAY, detail=Method.PHONE)
        told = record(permit=permit, expected_version=view.version, facts=[fact])
        # Planned again, all stands as it was loaded.
        assert {one.code for one in told.moved} <= {SignalId.NO_CONTACT}
        assert (told.opened, told.lapsed) == ((), ())
    assert Standing.objects.using("owner").count() == len(running)


def test_what_was_loaded_reads_back_equal_field_by_field(loaded: list[Invented]) -> None:
    for one in loaded[:20]:
        row = overview(a_permit(dossier=one.dossier, subject=one.person, role=Role.PO_ADVISER))
        for field in Field:
            assert row.facts[field] == Shown(one.facts.get(field)), field
        assert (row.person, row.unit) == (one.person, Shown(one.unit))
        assert (row.opened_on, row.closed_on) == (Shown(one.opened_on), Shown(one.closed_on))
        assert row.version == (2 if one.status is Status.CLOSED else 1)


def test_everybody_is_found_by_name_and_by_number_and_nobody_by_anothers(loaded: list[Invented]) -> None:
    permit = everywhere()
    first, second = [one for one in loaded if one.status is Status.OPEN][:2]
    name = str(first.facts[Field.NAME])

    assert first.dossier in {row.dossier for row in search(permit, name)}
    for item, field in ((Item.BSN, Field.BSN), (Item.EMPLOYEE_ID, Field.EMPLOYEE_ID)):
        (row,) = find(permit, item=item, number=str(first.facts[field]))
        assert row.dossier == first.dossier != second.dossier
    assert find(permit, item=Item.BSN, number=bsn_of(COUNT + 1)) == ()
    with permitted(permit):
        kept = set(NameToken.objects.filter(dossier=first.dossier).values_list("token", flat=True))
    assert kept == search_keys().tokens_of(name)


def test_the_door_lets_a_guide_in_to_sixty_and_a_commander_to_the_own_units(loaded: list[Invented]) -> None:
    def listed(who: Any, **changes: Any) -> set[Any]:
        permit = door.caseload(asks(who, operation=Operation.LIST_CASELOAD, **changes))
        assert isinstance(permit, Permit), permit
        return {row.dossier for row in caseload(permit).rows}

    running = [one for one in loaded if one.status is Status.OPEN]
    guided = listed(guide_code(1))
    assert guided == {one.dossier for one in running if one.guide == guide_code(1)} != set()
    own = {unit_id(1, 1, below) for below in range(20)}
    assert listed(commander(0)) == {one.dossier for one in running if one.unit in own}
    branch = {unit_id(1, unit, below) for unit in range(1, 14) for below in range(20)}
    of_branch = listed(adviser(), role=Role.PO_ADVISER)
    assert of_branch == {one.dossier for one in running if one.unit in branch} != set()


def test_the_same_seed_gives_the_same_people_and_another_gives_others() -> None:
    def people(seed: int) -> list[tuple[Any, ...]]:
        made = loader.invent_chunk(0, 50, TODAY, seed)
        return [(one.person, one.dossier, one.unit, one.opened_on, one.facts) for one in made]

    assert people(1) == people(1) != people(2)


def test_no_two_people_share_a_bsn() -> None:
    found = [bsn_of(number) for number in (*range(5_000), 999_998, 999_999)]

    assert len(set(found)) == len(found)
    assert all(len(one) == 9 and one.startswith(("98", "99")) for one in found)
