"""The door against the rule: every role, relation, purpose, item and use, of an open and a closed dossier."""

from collections.abc import Iterator
from itertools import product

import pytest

from hervat.access import door
from hervat.access.refusals import Refusal
from hervat.dossiers.models import Assignment
from hervat.dossiers.queries.permitted import permitted
from hervat.organisation.models import User
from hervat.register.permit import Permit
from hervat.register.vocabulary import Authority, Item, Operation, Role, Scope, Use

from ..cast import TODAY
from ..dossiers.files import permit_for
from .asking import asks
from .rule import ALL_PURPOSES, BY_UNIT, DONE_FOR, PURPOSES, Relation, allowed, gets_in, way_in
from .world import World

Allowance = dict[tuple[Item, Use], Scope | None]


def given(permit: Permit) -> Allowance:
    return {(item, use): permit.scope(item, use) for item, use in product(Item, Use)}


def stated(role: Role, purpose: str, authority: Authority, closed: bool) -> Allowance:
    return {
        (item, use): allowed(role, item, use, purpose, authority, closed=closed)
        for item, use in product(Item, Use)
    }


def tried(role: Role, relation: Relation) -> tuple[str, ...]:
    """Every purpose for who may come in; two for who may not, so that each meets each relation somewhere."""
    if way_in(role, relation) is not None:
        return ALL_PURPOSES
    return "wettelijke-plicht", ALL_PURPOSES[list(Role).index(role) % len(ALL_PURPOSES)]


def faults(world: World, role: Role, relation: Relation) -> Iterator[str]:
    """Where the door says something else than the rule, for somebody in one relation."""
    for (opened, closed), purpose in product(world.dossiers(role, relation), tried(role, relation)):
        answer = door.enter(asks(world.users[role, relation], purpose), opened.case_number)
        fault = _fault(answer, role, relation, purpose, closed)
        if fault:
            yield f"{role}, {relation}, {purpose}, {'closed' if closed else 'open'}: {fault}"


def _fault(
    answer: Permit | Refusal, role: Role, relation: Relation, purpose: str, closed: bool
) -> str | None:
    way = way_in(role, relation)
    if way is None:
        hidden = isinstance(answer, Refusal) and answer.is_not_found
        return None if hidden else f"should not be found, and is {answer}"
    if not gets_in(way[0], purpose, way[1], closed=closed):
        told = isinstance(answer, Refusal) and not answer.is_not_found and len(answer.reason.text) > 20
        return None if told else f"should be refused with a reason, and is {answer}"
    if isinstance(answer, Refusal):
        return f"should be let in, and is refused: {answer.why}"
    if (answer.role, answer.authority) != way:
        return f"should come in as {way}, and comes as {answer.role}, {answer.authority}"
    wrong = given(answer).items() ^ stated(way[0], purpose, way[1], closed).items()
    return f"differs in {sorted(str(one) for one in wrong)}" if wrong else None


@pytest.mark.thorough
@pytest.mark.parametrize("role", Role)
def test_a_permit_holds_what_the_rule_says_and_who_has_no_business_there_finds_nothing(
    world: World, role: Role
) -> None:
    found = [fault for relation in Relation for fault in faults(world, role, relation)]

    assert found == []


def test_the_matrix_lets_in_and_keeps_out() -> None:
    ways = {(role, relation): way_in(role, relation) for role, relation in product(Role, Relation)}
    asked = sum(2 * len(tried(role, relation)) for role, relation in ways)

    assert asked * len(Item) * len(Use) > 200_000
    assert 50 < sum(way is not None for way in ways.values()) < len(ways) / 2
    assert {purpose for role in Role for purpose in tried(role, Relation.NOTHING)} == set(ALL_PURPOSES)


def test_an_operation_is_let_in_only_for_a_purpose_that_names_it(world: World) -> None:
    sick = world.pair
    let_in = {
        (purpose, operation)
        for purpose, operation in product(PURPOSES, Operation)
        if isinstance(
            door.judge(asks(sick.person.code, purpose, operation=operation), sick.open.case_number).answer,
            Permit,
        )
    }

    assert let_in == {
        (purpose, operation)
        for purpose in PURPOSES
        if gets_in(Role.RE_INTEGRANT, purpose, Authority.OWN)
        for operation in DONE_FOR[purpose]
    }


def test_nobody_comes_in_as_another_role_than_they_have_there(world: World) -> None:
    for held, relation in ((Role.COMMANDER, Relation.OWN_UNIT), (Role.DCR_GUIDE, Relation.ASSIGNED)):
        user = world.users[held, relation]
        for role in Role:
            answer = door.judge(asks(user, role=role), world.pair.open.case_number).answer
            assert isinstance(answer, Permit) == (role is held), (held, role)
    for held in BY_UNIT:
        own = world.own[held]
        for role in Role:
            answer = door.judge(asks(own.person.code, role=role), own.open.case_number).answer
            assert isinstance(answer, Permit) == (role is Role.RE_INTEGRANT), (held, role)


def test_whoever_is_disabled_does_not_reach_their_own_dossier_either(world: World) -> None:
    own = world.own[Role.COMMANDER]
    reading, listing = asks(own.person.code), asks(own.person.code, operation=Operation.LIST_CASELOAD)
    rights = asks(own.person.code, "verantwoorden", operation=Operation.EXERCISE_RIGHTS)
    ways = (
        lambda: door.enter(reading, own.open.case_number),
        lambda: door.caseload(listing),
        lambda: door.own_log(rights),
    )
    assert all(isinstance(way(), Permit) for way in ways)

    User.objects.filter(code=own.person.code).update(disabled_on=TODAY)

    assert all(isinstance(way(), Refusal) for way in ways)


def test_nobody_is_let_in_to_answer_a_proposal_about_the_own_dossier(world: World) -> None:
    own, user = world.own[Role.DCR_GUIDE], world.users[Role.DCR_GUIDE, Relation.SELF]
    answering = asks(user, operation=Operation.REFER)
    other = asks(world.users[Role.DCR_GUIDE, Relation.PROPOSED], operation=Operation.REFER)
    with permitted(permit_for(own.open)):
        Assignment.objects.filter(dossier=own.open.dossier).update(
            state="voorgesteld", decided_on=None, decided_by=""
        )

    assert isinstance(door.answer(other, world.pair.open.case_number), Permit)
    assert isinstance(door.answer(answering, own.open.case_number), Refusal)
