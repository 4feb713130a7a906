"""This week is today and the six days after it, in every list and count alike."""

from datetime import timedelta

import pytest

from hervat.course.actions.tasks import add_own_task
from hervat.course.queries.caseload import counters
from hervat.course.queries.due import due_counts, due_list
from hervat.course.rules.week import is_this_week
from hervat.register.cells import Shown
from hervat.register.vocabulary import Role

from ..cast import COMMANDER, SANNE, TODAY
from ..dossiers.files import list_permit, permit_for
from .files import begun
from .happenings import contact


@pytest.mark.parametrize(
    ("days", "within"), [(-1, False), (0, True), (1, True), (6, True), (7, False), (8, False)]
)
def test_a_week_is_seven_days_with_today(days: int, within: bool) -> None:
    assert is_this_week(TODAY + timedelta(days=days), TODAY) is within


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize(("days", "within"), [(6, 1), (7, 0)])
def test_what_must_be_done_and_the_counters_of_a_list_mean_the_same_week(days: int, within: int) -> None:
    sick_since = TODAY - timedelta(days=41 - days)
    opened = begun(sick_since, contact(TODAY))
    permit = list_permit(SANNE.unit.id)
    task = permit_for(opened, COMMANDER)
    add_own_task(permit=task, role=Role.COMMANDER, due_on=TODAY + timedelta(days=days), title="Bel Sanne")

    assert counters(permit).this_week == Shown(within)
    assert due_list(permit, TODAY).this_week.count == within
    assert due_counts(permit, TODAY).this_week == within
