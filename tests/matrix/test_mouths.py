"""What comes out, against the rule: the dossier, a list, a search, the history, and what can be written.

Every cell of every field is `Shown`, `Outcome` or `Hidden` exactly as the rule says, the value is the one
that was recorded, and the log names the items that were visible and no others. Read next: `test_door.py`.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.db.models import Max

from hervat.access import door
from hervat.dossiers.actions.correcting import (
    correct_appointment,
    correct_identity,
    record_benefit_facts,
    record_work_facts,
)
from hervat.dossiers.queries.caseload import LISTED, caseload
from hervat.dossiers.queries.history import history
from hervat.dossiers.queries.overview import overview
from hervat.dossiers.queries.rows import Row
from hervat.dossiers.queries.search import find, search
from hervat.dossiers.rules.vocabulary import FIELDS, CorrectionReason, Field, Part
from hervat.journal.models import Line
from hervat.register.cells import Hidden, Outcome, Shown
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Authority, Item, Operation, Role, Scope, Use

from ..register.table import COLUMNS as COLUMNS_OF_THE_MATRIX
from .asking import asks
from .rule import BY_UNIT, DONE_FOR, PURPOSES, Relation, allowed, gets_in, way_in
from .world import APPOINTED, BENEFITS, WORK, Pair, World

VALUES = {**WORK, **BENEFITS, **APPOINTED}
COLUMNS = {
    "case_number": Item.CASE_NUMBER,
    "status": Item.CASE_NUMBER,
    "opened_on": Item.CASE_NUMBER,
    "closed_on": Item.CASE_NUMBER,
    "informed_on": Item.CASE_NUMBER,
    "unit": Item.UNIT,
    "first_sick_on": Item.SICKNESS_ABSENCE,
}
"""The columns that are not sealed, and the item that each tells of."""
WRITERS: dict[Part, Callable[..., int]] = {
    Part.IDENTITY: correct_identity,
    Part.APPOINTMENT: correct_appointment,
    Part.WORK: record_work_facts,
    Part.BENEFITS: record_benefit_facts,
}
READERS = tuple(COLUMNS_OF_THE_MATRIX)
ILL = (Role.RE_INTEGRANT, Role.COMMANDER)
"""Whose own dossier is tried: with no other role, and with one."""
Stated = Callable[[Item, Use], Scope | None]


def permits(world: World, role: Role) -> Iterator[tuple[Permit, Stated, Pair]]:
    """Every permit that somebody gets in a role: each way in once, each purpose, open and closed."""
    # That other relations give the same permit, and the own dossier to any role, is for test_door.py.
    ways = {
        way: relation
        for relation in Relation
        if (way := way_in(role, relation)) is not None and (way[1] is not Authority.OWN or role in ILL)
    }
    for (way, relation), purpose in product(ways.items(), PURPOSES):
        pair = world.dossiers(role, relation)
        for opened, closed in pair:
            if not gets_in(way[0], purpose, way[1], closed=closed):
                continue
            answer = door.enter(asks(world.users[role, relation], purpose), opened.case_number)
            assert isinstance(answer, Permit), (role, relation, purpose)
            yield answer, _stated(way, purpose, closed), pair


def reading(world: World, role: Role) -> tuple[Permit, Stated, Pair]:
    """The first of them under which a dossier is read."""
    found = permits(world, role)
    return next(one for one in found if Operation.READ_DOSSIER in DONE_FOR[one[0].purpose])


def _stated(way: tuple[Role, Authority], purpose: str, closed: bool) -> Stated:
    return lambda item, use: allowed(way[0], item, use, purpose, way[1], closed=closed)


def faults(row: Row, stated: Stated, pair: Pair, fields: tuple[Field, ...] = tuple(Field)) -> list[str]:
    """The cells that say something else than the rule; a full dossier says its values."""
    recorded: dict[Field, Any] = {**VALUES, **pair.person.facts}
    wrong = [
        f"{field}: {row.facts[field]}"
        for field in fields
        if not fits(row.facts[field], stated(field.item, Use.READ))
    ]
    wrong += [
        f"{field}: not what was recorded"
        for field in fields
        if isinstance(cell := row.facts[field], Shown) and cell.value not in (recorded[field], None)
    ]
    wrong += [
        f"{name}: {getattr(row, name)}"
        for name, item in COLUMNS.items()
        if not fits(getattr(row, name), stated(item, Use.READ))
    ]
    return wrong + [f"{field} was not asked for" for field in set(row.facts) - set(fields)]


def fits(cell: object, scope: Scope | None) -> bool:
    if scope is None:
        return isinstance(cell, Hidden) and bool(cell.reason.text)
    if scope is Scope.OUTCOME:
        return isinstance(cell, Outcome)
    return isinstance(cell, Shown)


def visible(stated: Stated, fields: tuple[Field, ...] = tuple(Field)) -> set[str]:
    """The items that a line of the log must name."""
    items = {*COLUMNS.values(), *(field.item for field in fields)}
    return {item.value for item in items if stated(item, Use.READ)}


def not_done(read: Callable[[], Any]) -> bool:
    """Whether a read is refused, and leaves no line."""
    before = Line.objects.count()
    with pytest.raises(NotPermitted):
        read()
    return Line.objects.count() == before


def logged(read: Callable[[], Any]) -> tuple[Any, list[dict[str, Any]]]:
    """What a read gives, and the lines that it added."""
    before = Line.objects.aggregate(last=Max("id"))["last"]
    answer = read()
    return answer, list(Line.objects.filter(id__gt=before).order_by("id").values())


# --- one dossier ---------------------------------------------------------------------------------


@pytest.mark.thorough
@pytest.mark.parametrize("role", READERS)
def test_every_cell_of_a_dossier_is_what_the_rule_says_and_so_is_its_line(world: World, role: Role) -> None:
    for permit, stated, pair in permits(world, role):
        if Operation.READ_DOSSIER not in DONE_FOR[permit.purpose]:
            assert not_done(partial(overview, permit))
            continue
        row, (parent, child) = logged(partial(overview, permit))

        assert faults(row, stated, pair) == [], (permit.role, permit.authority, permit.purpose)
        assert set(child["items"]) == visible(stated)
        assert (child["dossier"], child["actor"], child["role"]) == (
            permit.dossier,
            permit.actor,
            permit.role,
        )
        assert parent["items"] == []


def test_somebody_sees_values_and_somebody_only_that_there_is_one(world: World) -> None:
    seen = {
        role: overview(reading(world, role)[0]).facts
        for role in (Role.COMMANDER, Role.PO_ADVISER, Role.DCR_GUIDE)
    }

    assert isinstance(seen[Role.COMMANDER][Field.WORK_CONFLICT], Hidden | Outcome)
    assert seen[Role.PO_ADVISER][Field.WORK_CONFLICT] == Shown(WORK[Field.WORK_CONFLICT])
    assert all(isinstance(facts[Field.BSN], Hidden | Shown) for facts in seen.values())


@pytest.mark.thorough
@pytest.mark.parametrize("role", [Role.COMMANDER, Role.LEGAL_ADVISER, Role.FUTURE, Role.EGB_PHYSICIAN])
def test_the_history_of_a_field_is_open_to_who_sees_the_field(world: World, role: Role) -> None:
    permit, stated, _ = reading(world, role)
    for field in Field:
        found = history(permit, field)
        scope = stated(field.item, Use.READ)
        assert (found.hidden is None) == (scope is not None), field
        assert bool(found.facts) == (scope is not None), field
        assert all(fits(fact.value, scope) for fact in found.facts)


# --- lists ---------------------------------------------------------------------------------------

LISTING = Operation.LIST_CASELOAD


@pytest.mark.thorough
@pytest.mark.parametrize("role", Role)
def test_a_list_holds_the_open_dossiers_that_the_door_lets_in_to_as_that_role(
    world: World, role: Role
) -> None:
    for relation in Relation:
        user, way = world.users[role, relation], way_in(role, relation)
        instead_of = _in_whose_stead(world, role, way)
        answer = door.caseload(
            asks(user, operation=LISTING, role=None if way is None else way[0], instead_of=instead_of)
        )
        if not isinstance(answer, Permit):
            assert way is None, (role, relation)
            continue
        page, (_, *children) = logged(partial(caseload, answer))
        # Dossiers of others who are ill and hold this role stand in the same unit.
        mine = [row for row in page.rows if row.dossier == world.dossiers(role, relation).open.dossier]
        assert len(mine) == (way is not None), (role, relation, answer.role)
        assert {line["dossier"] for line in children} == {row.dossier for row in page.rows}
        if way is not None:
            # A list is by assignment; what is seen case by case only, stands on the dossier's own page.
            by_case = way[1] is Authority.CASE and role is not Role.LEGAL_ADVISER
            as_listed = (way[0], Authority.ASSIGNMENT) if by_case else way
            stated = _stated(as_listed, "wettelijke-plicht", closed=False)
            assert faults(mine[0], stated, world.dossiers(role, relation), LISTED) == []


def _in_whose_stead(world: World, role: Role, way: tuple[Role, Authority] | None) -> UUID | None:
    """A deputy asks for the list of one colleague; the own list is another."""
    if way is None or way[1] is not Authority.DEPUTY:
        return None
    return world.users[role, Relation.OWN_UNIT if role in BY_UNIT else Relation.ASSIGNED]


@pytest.mark.parametrize("role", [*BY_UNIT, Role.DCR_GUIDE, Role.LEGAL_ADVISER])
def test_in_a_list_and_a_search_the_own_dossier_stands_only_as_re_integrant(world: World, role: Role) -> None:
    own = world.own[role]
    as_role = door.caseload(asks(own.person.code, operation=LISTING, role=role))
    as_oneself = door.caseload(asks(own.person.code, operation=LISTING, role=Role.RE_INTEGRANT))
    assert isinstance(as_role, Permit)
    assert isinstance(as_oneself, Permit)
    number = str(own.person.facts[Field.EMPLOYEE_ID])

    assert [row.person for row in caseload(as_oneself).rows] == [own.open.person]
    for rows in (
        caseload(as_role).rows,
        search(as_role, "zieke zwaluw"),
        find(as_role, item=Item.EMPLOYEE_ID, number=number),
    ):
        assert own.open.person not in {row.person for row in rows}


@pytest.mark.parametrize("role", [*BY_UNIT, Role.DCR_GUIDE, Role.FUTURE, Role.INSURANCE_PHYSICIAN])
def test_a_search_finds_whom_the_list_holds_and_nobody_by_a_number_that_is_not_seen(
    world: World, role: Role
) -> None:
    relation = Relation.OWN_UNIT if role in BY_UNIT else Relation.ASSIGNED
    way = way_in(role, relation)
    assert way is not None
    stated = _stated(way, "wettelijke-plicht", closed=False)
    permit = door.caseload(asks(world.users[role, relation], operation=LISTING, role=role))
    other = door.caseload(asks(world.users[role, Relation.OTHER_UNIT], operation=LISTING, role=role))
    assert isinstance(permit, Permit)
    facts = world.pair.person.facts

    assert world.pair.open.dossier in {row.dossier for row in search(permit, "zieke zwaluw")}
    if isinstance(other, Permit):
        assert search(other, "zieke zwaluw") == ()
    for item, field in ((Item.BSN, Field.BSN), (Item.EMPLOYEE_ID, Field.EMPLOYEE_ID)):
        number = str(facts[field])
        if stated(item, Use.READ) in {Scope.FULL, Scope.CASE}:
            found = {row.dossier for row in find(permit, item=item, number=number)}
            assert found == {world.pair.open.dossier}  # the closed one is nobody's any more
            continue
        with pytest.raises(NotPermitted):
            find(permit, item=item, number=number)


# --- writing -------------------------------------------------------------------------------------


@pytest.mark.thorough
@pytest.mark.parametrize("role", READERS)
def test_a_field_is_written_by_whom_the_rule_says_and_by_nobody_else(world: World, role: Role) -> None:
    for permit, stated, pair in permits(world, role):
        recorded: dict[Field, Any] = {**VALUES, **pair.person.facts}
        kept = Operation.KEEP_DOSSIER in DONE_FOR[permit.purpose]
        version, last = overview_version(permit), last_line()
        for part, field in ((part, field) for part, fields in FIELDS.items() for field in fields):
            after = written(permit, part, {field: recorded[field]}, version)
            added = last_line()
            may = kept and stated(field.item, Use.WRITE) is not None
            # The register knows name and address as one item; only the address is one's own to say.
            may &= field is not Field.NAME or permit.authority is not Authority.OWN
            assert (after is not None) == may, (permit.authority, permit.purpose, field)
            assert (added > last) == may, field
            version, last = after or version, added


def written(permit: Permit, part: Part, changes: dict[Field, Any], version: int) -> int | None:
    """The version of a dossier once this was written in it, or nothing when that is not permitted."""
    try:
        with transaction.atomic():
            return WRITERS[part](
                permit=permit, expected_version=version, changes=changes, reason=CorrectionReason.MISTAKE
            )
    except NotPermitted:
        return None


def last_line() -> int:
    return int(Line.objects.order_by("-id").values_list("id", flat=True)[0])


def overview_version(permit: Permit) -> int:
    """The version of the dossier, as PostgreSQL has it: reading it under the permit would add a line."""
    from hervat.dossiers.models import Dossier
    from hervat.dossiers.queries.permitted import permitted

    with permitted(permit):
        return Dossier.objects.get(id=permit.dossier).version
