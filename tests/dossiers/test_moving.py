"""A dossier moves to another unit: who finds it, who may move it, and what PostgreSQL lets through."""

from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from hervat.dossiers.actions.moving import UnitNotThere, move_to_unit
from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.actions.recording import StaleDossier
from hervat.dossiers.models import Dossier, NameToken
from hervat.dossiers.queries.caseload import caseload
from hervat.dossiers.queries.permitted import permitted, reaching
from hervat.dossiers.queries.search import search
from hervat.dossiers.rules.scope import Scope
from hervat.organisation.models import Unit
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import ActorKind, Item

from ..cast import COMPANY, OTHER_BRIGADE, SANNE, TODAY
from ..permits import allowing
from .files import feed, list_permit, open_for, permit_for
from .journal import last_act, lines

pytestmark = pytest.mark.usefixtures("room")
OLD, NEW = COMPANY.id, OTHER_BRIGADE.id


@pytest.fixture
def opened() -> Opened:
    return open_for(SANNE)


def of_feed(opened: Opened) -> Permit:
    """The permit of the personnel feed for one dossier."""
    return feed(dossier=opened.dossier, subject=opened.person)


def seen_in(unit: UUID) -> tuple[set[UUID], set[UUID]]:
    """The dossiers that a list of a unit holds, and those that a search by name finds there."""
    permit = list_permit(unit)
    return (
        {row.dossier for row in caseload(permit).rows},
        {row.dossier for row in search(permit, "yil")},
    )


def units_of_tokens(opened: Opened) -> set[UUID]:
    with permitted(of_feed(opened)):
        return set(NameToken.objects.filter(dossier=opened.dossier).values_list("unit_id", flat=True))


def test_who_is_moved_is_found_in_the_new_unit_and_not_in_the_old_one(opened: Opened) -> None:
    assert (seen_in(OLD), seen_in(NEW)) == (({opened.dossier}, {opened.dossier}), (set(), set()))

    assert move_to_unit(permit=of_feed(opened), expected_version=1, unit=NEW) == 2

    assert (seen_in(OLD), seen_in(NEW)) == ((set(), set()), ({opened.dossier}, {opened.dossier}))
    assert units_of_tokens(opened) == {NEW}


def test_moving_is_in_the_log_with_the_item_and_moving_to_where_it_is_changes_nothing(opened: Opened) -> None:
    move_to_unit(permit=of_feed(opened), expected_version=1, unit=NEW)
    _, (child,) = last_act()
    assert (child["operation"], child["dossier"], child["items"]) == (
        "dossier-bijhouden",
        opened.dossier,
        ["eenheid"],
    )

    before = len(lines())
    assert move_to_unit(permit=of_feed(opened), expected_version=2, unit=NEW) == 2
    assert len(lines()) == before


def test_a_person_moves_a_dossier_only_between_units_that_they_reach(opened: Opened) -> None:
    before = len(lines())
    for units in (frozenset(), {OLD}, {NEW}):
        with pytest.raises(NotPermitted, match="reikt niet"):
            move_to_unit(permit=permit_for(opened, units=frozenset(units)), expected_version=1, unit=NEW)
    closed_to = permit_for(opened, units=frozenset({OLD, NEW}), writes=allowing(set(Item) - {Item.UNIT}))
    with pytest.raises(NotPermitted, match="eenheid"):
        move_to_unit(permit=closed_to, expected_version=1, unit=NEW)
    assert (len(lines()), units_of_tokens(opened)) == (before, {OLD})

    both = permit_for(opened, units=frozenset({OLD, NEW}))
    assert both.actor_kind is ActorKind.USER
    assert move_to_unit(permit=both, expected_version=1, unit=NEW) == 2


def test_nobody_is_moved_to_a_unit_that_is_closed_or_not_there_nor_from_an_older_version(
    opened: Opened,
) -> None:
    gone = Unit.objects.create(
        kind="eenheid",
        parent_id=Unit.objects.get(id=NEW).parent_id,
        abbreviation="WEG",
        name="Weg",
        closed_on=TODAY,
    )
    for unit in (gone.id, uuid4()):
        with pytest.raises(UnitNotThere):
            move_to_unit(permit=of_feed(opened), expected_version=1, unit=unit)
    with pytest.raises(StaleDossier):
        move_to_unit(permit=of_feed(opened), expected_version=7, unit=NEW)

    assert move_to_unit(permit=of_feed(opened), expected_version=1, unit=NEW) == 2


def test_postgresql_lets_a_row_out_of_the_units_of_a_list_to_nowhere_else(opened: Opened) -> None:
    def move() -> None:
        with transaction.atomic():
            Dossier.objects.filter(id=opened.dossier).update(unit=NEW)

    with reaching(Scope(units=frozenset({OLD}))), pytest.raises(ProgrammingError) as refused:
        move()
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)
    with reaching(Scope(units=frozenset({NEW}))):
        move()  # out of reach: no row is touched
    with reaching(Scope(dossiers=frozenset({opened.dossier}))), connection.cursor() as cursor:
        cursor.execute("SELECT unit_id FROM dossiers_dossier WHERE id = %s", [opened.dossier])
        assert cursor.fetchone() == (OLD,)
    with reaching(Scope(units=frozenset({OLD, NEW}))):
        move()
    assert seen_in(NEW)[0] == {opened.dossier}
