"""What the door takes off: case by case without a case, somebody else's own, writing in what is closed."""

from itertools import product

import pytest

from hervat.access.narrowing import Circumstances, narrow, only
from hervat.register import in_force
from hervat.register.decisions import ITEMS, PLACE, Allowed, Refused
from hervat.register.vocabulary import Authority, Item, Role, Scope, Use
from tests.permits import allowing

TODAY = in_force.history().latest.version.valid_from
PURPOSES = tuple(in_force.history().latest.reading.purposes)


def scope_of(scope: Scope, use: Use, circumstances: Circumstances) -> Scope | None:
    narrowed = narrow(allowing({Item.BSN}, scope=scope), use, circumstances)[PLACE[Item.BSN]]
    return narrowed.scope if isinstance(narrowed, Allowed) else None


def test_case_by_case_needs_an_assignment_for_that_case() -> None:
    assert scope_of(Scope.CASE, Use.READ, Circumstances(Authority.CASE)) is Scope.CASE
    for authority in (Authority.POSTING, Authority.ASSIGNMENT):
        assert scope_of(Scope.CASE, Use.READ, Circumstances(authority)) is None


def test_ones_own_data_are_for_oneself() -> None:
    assert scope_of(Scope.OWN, Use.WRITE, Circumstances(Authority.OWN)) is Scope.OWN
    for authority in (Authority.POSTING, Authority.ASSIGNMENT, Authority.CASE):
        assert scope_of(Scope.OWN, Use.WRITE, Circumstances(authority)) is None


def test_a_closed_dossier_is_read_and_not_written() -> None:
    closed = Circumstances(Authority.CASE, closed=True)

    assert scope_of(Scope.FULL, Use.READ, closed) is Scope.FULL
    assert scope_of(Scope.FULL, Use.WRITE, closed) is None
    assert scope_of(Scope.FULL, Use.WRITE, Circumstances(Authority.CASE)) is Scope.FULL


def test_on_ones_own_account_what_is_allowed_in_full_is_ones_own_only() -> None:
    own = Circumstances(Authority.OWN, account=True)

    assert scope_of(Scope.FULL, Use.WRITE, own) is Scope.OWN
    assert scope_of(Scope.OWN, Use.WRITE, own) is Scope.OWN
    assert scope_of(Scope.OUTCOME, Use.READ, own) is Scope.OUTCOME
    assert scope_of(Scope.FULL, Use.WRITE, Circumstances(Authority.OWN)) is Scope.FULL


def test_what_is_taken_off_says_why() -> None:
    closed = narrow(allowing(), Use.WRITE, Circumstances(Authority.POSTING, closed=True))

    assert {type(decision) for decision in closed} == {Refused}
    assert all("gesloten" in decision.reason.text for decision in closed if isinstance(decision, Refused))


@pytest.mark.thorough
def test_the_door_never_allows_what_the_register_refuses() -> None:
    decisions = in_force.decisions(demo=True)
    for role, use, purpose in product(Role, Use, PURPOSES):
        given = decisions.project(role, use, purpose, TODAY)
        for authority, closed in product(Authority, (False, True)):
            narrowed = narrow(given, use, Circumstances(authority, closed))
            assert len(narrowed) == len(ITEMS)
            for before, after in zip(given, narrowed, strict=True):
                assert after == before or (isinstance(before, Allowed) and isinstance(after, Refused))


@pytest.mark.parametrize("item", Item)
def test_what_is_limited_to_some_items_keeps_those_and_gets_no_other(item: Item) -> None:
    given = allowing({Item.BSN, Item.UNIT}, outcome={Item.WIA})

    limited = only(given, {item})

    for one in ITEMS:
        kept = given[PLACE[one]] if one is item else None
        now = limited[PLACE[one]]
        assert now == kept if one is item else isinstance(now, Refused), one
