"""When an assignment counts, which step follows which, and what a case-by-case role must bring."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from hervat.dossiers.rules.assignments import (
    Assigned,
    AssignmentFault,
    Proposal,
    counts_on,
    fault_of,
    may_become,
)
from hervat.dossiers.rules.vocabulary import AssignmentState, CaseGround
from hervat.register.vocabulary import Role

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
DAY = timedelta(1)
ASSIGNED = Assigned(
    id=UUID(int=1),
    role=Role.LABOUR_EXPERT,
    state=AssignmentState.ACCEPTED,
    first_day=FIRST,
    last_day=LAST,
    ground=None,
    accepted_on=FIRST,
    ended_on=None,
)
LAWYER = Proposal(
    user=UUID(int=2),
    role=Role.LEGAL_ADVISER,
    first_day=FIRST,
    last_day=LAST,
    ground=CaseGround.OBJECTION,
    why="Bezwaar tegen het besluit van 3 november.",
)


def test_an_assignment_counts_on_its_first_and_last_day_and_not_beside_them() -> None:
    counting = [counts_on(ASSIGNED, day) for day in (FIRST - DAY, FIRST, LAST, LAST + DAY)]

    assert counting == [False, True, True, False]
    assert counts_on(replace(ASSIGNED, last_day=None), LAST + DAY)


def test_an_assignment_does_not_count_before_it_is_accepted_nor_on_the_day_it_ends() -> None:
    late = replace(ASSIGNED, accepted_on=FIRST + DAY)
    ended = replace(ASSIGNED, ended_on=LAST - DAY, state=AssignmentState.ENDED)

    assert [counts_on(late, day) for day in (FIRST, FIRST + DAY)] == [False, True]
    assert [counts_on(ended, day) for day in (LAST - 2 * DAY, LAST - DAY)] == [True, False]
    assert not counts_on(replace(ASSIGNED, accepted_on=None), FIRST)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({}, None),
        ({"ground": None}, AssignmentFault.NEEDS_GROUND),
        ({"last_day": None}, AssignmentFault.NEEDS_END),
        ({"why": "  "}, AssignmentFault.NEEDS_END),
        ({"last_day": FIRST - DAY}, AssignmentFault.ORDER),
        ({"role": Role.PRIVACY_OFFICER}, AssignmentFault.ROLE),
        ({"role": Role.LABOUR_EXPERT, "ground": None, "why": None, "last_day": None}, None),
        ({"role": Role.LABOUR_EXPERT, "why": None}, AssignmentFault.NEEDS_END),
    ],
)
def test_a_case_by_case_role_brings_a_ground_a_reason_and_an_end(
    changes: dict[str, object], fault: AssignmentFault | None
) -> None:
    assert fault_of(replace(LAWYER, **changes)) is fault  # type: ignore[arg-type]


def test_each_state_follows_one_other_and_nothing_follows_the_end() -> None:
    steps = {(a, b) for a in AssignmentState for b in AssignmentState if may_become(a, b)}

    assert steps == {
        (AssignmentState.PROPOSED, AssignmentState.ACCEPTED),
        (AssignmentState.PROPOSED, AssignmentState.REJECTED),
        (AssignmentState.ACCEPTED, AssignmentState.ENDED),
    }
