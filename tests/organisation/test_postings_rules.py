"""What counts on which day, on both sides of every boundary, and whom it reaches."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hervat.organisation.rules.postings import (
    DOCTORS,
    POSTED,
    UNIT_ROLES,
    By,
    Posting,
    PostingState,
    day_of,
    in_force,
    last_day,
    reached_units,
    reaches,
    state,
)
from hervat.organisation.rules.units import Tree, Unit, UnitKind, tree_of
from hervat.register.vocabulary import ActorKind, Role

ONE_DAY = timedelta(days=1)
BEGIN, END = date(2026, 3, 2), date(2026, 10, 25)
SOMEBODY = By(ActorKind.USER, "gebruiker-0001")


def a_posting(**changes: Any) -> Posting:
    fields: dict[str, Any] = {
        "id": UUID(int=1),
        "user": UUID(int=2),
        "role": Role.LABOUR_EXPERT,
        "starts_on": BEGIN,
        "ends_on": END,
        "granted_by": SOMEBODY,
    }
    return Posting(**(fields | changes))


# --- days ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begins", "first"),
    [
        ("2026-11-22T23:00+00:00", date(2026, 11, 23)),  # winter
        ("2026-07-01T22:00+00:00", date(2026, 7, 2)),  # summer
        ("2026-03-28T23:00+00:00", date(2026, 3, 29)),  # the day of 23 hours
        ("2026-03-29T22:00+00:00", date(2026, 3, 30)),
        ("2026-10-24T22:00+00:00", date(2026, 10, 25)),  # the day of 25 hours
        ("2026-10-25T23:00+00:00", date(2026, 10, 26)),
        ("2026-12-31T23:00+00:00", date(2027, 1, 1)),
    ],
)
def test_a_day_begins_at_midnight_in_amsterdam_and_not_in_utc(begins: str, first: date) -> None:
    moment = datetime.fromisoformat(begins)

    assert day_of(moment - timedelta(microseconds=1)) == first - ONE_DAY
    assert day_of(moment) == first


def test_a_posting_through_the_day_of_25_hours_counts_until_its_last_minute() -> None:
    last_minute, next_minute = (
        datetime(2026, 10, 25, 22, 59, tzinfo=UTC),
        datetime(2026, 10, 25, 23, tzinfo=UTC),
    )

    assert in_force(a_posting(), day_of(last_minute))
    assert not in_force(a_posting(), day_of(next_minute))


def test_a_moment_without_a_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="zonder tijdzone"):
        day_of(datetime(2026, 11, 23, 12))  # noqa: DTZ001 - that is what is refused


# --- what counts ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("posting", "on", "expected"),
    [
        (a_posting(), BEGIN - ONE_DAY, PostingState.COMING),
        (a_posting(), BEGIN, PostingState.IN_FORCE),
        (a_posting(), END, PostingState.IN_FORCE),
        (a_posting(), END + ONE_DAY, PostingState.ENDED),
        (a_posting(ends_on=None), date(2099, 1, 1), PostingState.IN_FORCE),
        (a_posting(ends_on=BEGIN), BEGIN, PostingState.IN_FORCE),
        (a_posting(ends_on=BEGIN), BEGIN + ONE_DAY, PostingState.ENDED),
        (a_posting(revoked_on=END), END - ONE_DAY, PostingState.IN_FORCE),
        (a_posting(revoked_on=END), END, PostingState.REVOKED),
        (a_posting(revoked_on=BEGIN), BEGIN, PostingState.REVOKED),
        (a_posting(revoked_on=BEGIN - ONE_DAY), BEGIN, PostingState.REVOKED),
    ],
)
def test_both_ends_count_and_a_revocation_does_from_its_day(
    posting: Posting, on: date, expected: PostingState
) -> None:
    assert state(posting, on) is expected
    assert in_force(posting, on) == (expected is PostingState.IN_FORCE)


@pytest.mark.parametrize("role", sorted(POSTED))
def test_only_a_doctor_waits_for_approval(role: Role) -> None:
    waiting = a_posting(role=role)
    approved = replace(waiting, approved_on=BEGIN + ONE_DAY, approved_by=SOMEBODY)

    assert in_force(waiting, BEGIN) == (role not in DOCTORS)
    assert in_force(approved, BEGIN) == (role not in DOCTORS)
    assert in_force(approved, BEGIN + ONE_DAY)


def test_the_last_day_is_the_earlier_of_the_two() -> None:
    assert last_day(a_posting()) == END
    assert last_day(a_posting(ends_on=None)) is None
    assert last_day(a_posting(revoked_on=END)) == END - ONE_DAY
    assert last_day(a_posting(ends_on=BEGIN, revoked_on=END)) == BEGIN


# --- what it reaches -----------------------------------------------------------------------------

PART, UNIT, SUB, DEEPER, OTHER, ELSEWHERE = (UUID(int=number) for number in range(10, 16))


def a_unit(id: UUID, kind: UnitKind, parent: UUID | None = None) -> Unit:
    return Unit(id=id, kind=kind, parent=parent, abbreviation=f"E{id.int}", name="Een eenheid")


TREE = tree_of(
    [
        a_unit(PART, UnitKind.SERVICE_BRANCH),
        a_unit(UNIT, UnitKind.UNIT, PART),
        a_unit(SUB, UnitKind.SUB_UNIT, UNIT),
        a_unit(DEEPER, UnitKind.SUB_UNIT, SUB),
        a_unit(OTHER, UnitKind.UNIT, PART),
        a_unit(ELSEWHERE, UnitKind.SERVICE_BRANCH),
    ]
)
WHOLE_PART = {PART, UNIT, SUB, DEEPER, OTHER}


@pytest.mark.parametrize(
    ("unit", "below", "expected"),
    [
        (UNIT, False, {UNIT}),
        (UNIT, True, {UNIT, SUB, DEEPER}),
        (SUB, False, {SUB}),
        (SUB, True, {SUB, DEEPER}),
        (DEEPER, True, {DEEPER}),
        (PART, False, set()),
        (PART, True, WHOLE_PART),
        (ELSEWHERE, True, {ELSEWHERE}),
        (uuid4(), True, set()),
        (None, False, set()),
    ],
)
def test_a_posting_reaches_its_own_unit_and_what_is_below_only_when_said(
    unit: UUID | None, below: bool, expected: set[UUID]
) -> None:
    posting = a_posting(role=Role.COMMANDER, unit=unit, below=below)

    assert reached_units(posting, TREE, BEGIN) == expected
    assert {one for one in TREE.units if reaches(posting, one, TREE, BEGIN)} == expected
    assert reached_units(posting, TREE, BEGIN - ONE_DAY) == frozenset()
    assert not any(reaches(posting, one, TREE, BEGIN - ONE_DAY) for one in TREE.units)


@pytest.mark.parametrize("role", sorted(POSTED))
def test_only_the_roles_of_a_unit_reach_by_their_unit(role: Role) -> None:
    assert reaches(a_posting(role=role, unit=UNIT), UNIT, TREE, BEGIN) == (role in UNIT_ROLES)


def test_a_unit_that_nobody_knows_is_not_reached() -> None:
    posting = a_posting(role=Role.COMMANDER, unit=UNIT, below=True)

    assert reaches(posting, SUB, TREE, BEGIN)
    assert not reaches(posting, uuid4(), TREE, BEGIN)


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """Two parts, some units under them, and sub-units under whatever is there."""
    units = [a_unit(UUID(int=number), UnitKind.SERVICE_BRANCH) for number in (1, 2)]
    for number in range(3, 3 + draw(st.integers(0, 12))):
        parent = draw(st.sampled_from(units))
        kind = UnitKind.UNIT if parent.kind is UnitKind.SERVICE_BRANCH else UnitKind.SUB_UNIT
        units.append(a_unit(UUID(int=number), kind, parent.id))
    return tree_of(draw(st.permutations(units)))


@given(tree=trees(), data=st.data(), below=st.booleans())
def test_one_unit_at_a_time_and_all_at_once_say_the_same(
    tree: Tree, data: st.DataObject, below: bool
) -> None:
    posting = a_posting(role=Role.COMMANDER, unit=data.draw(st.sampled_from(sorted(tree.units))), below=below)
    reached = reached_units(posting, tree, BEGIN)

    assert reached == {unit for unit in tree.units if reaches(posting, unit, tree, BEGIN)}
    for unit in reached - {posting.unit}:
        assert below
        assert posting.unit in set(tree.above(unit))
