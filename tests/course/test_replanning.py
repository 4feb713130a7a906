"""Many dossiers are planned again at once, and a dossier that moves takes along what is due in it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hervat.course.actions.moving import move_to_unit
from hervat.course.actions.recording import record
from hervat.course.actions.replanning import replan, replan_turning
from hervat.course.models import Due, Standing
from hervat.course.queries.caseload import caseload
from hervat.course.queries.course import course
from hervat.course.rules.vocabulary import Kind
from hervat.dossiers.queries.permitted import permitted
from hervat.law.vocabulary import LeaveKind, SameCause
from hervat.register.cells import Shown
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item

from ..cast import JAN, OTHER_BRIGADE, SANNE, SICK_COMMANDER, TODAY
from ..dossiers.files import FIRST_SICK, feed, list_permit, open_for, permit_for
from ..dossiers.journal import last_act
from ..permits import allowing
from .files import begun, dues_of, standing_of, weeks_ago
from .happenings import new

UNITS = (SANNE.unit.id, JAN.unit.id)
pytestmark = pytest.mark.usefixtures("room")


def everything(permit: Permit) -> tuple[list[object], list[object]]:
    with permitted(permit):
        return (
            list(Due.objects.order_by("dossier", "code", "occurrence").values_list()),
            list(Standing.objects.order_by("dossier").values_list()),
        )


def test_planning_again_changes_nothing_by_itself_and_says_whom_it_went_over() -> None:
    opened = [begun(weeks_ago(10)).dossier, begun(weeks_ago(4), sick=JAN).dossier]
    before = everything(feed(*UNITS))

    (progress,) = replan(permit=feed(*UNITS))

    assert (progress.done, progress.changed) == (2, 0)
    assert everything(feed(*UNITS)) == before
    parent, children = last_act()
    assert (parent["effect"], {line["dossier"] for line in children}) == ("U", set(opened))
    assert {line["manner"] for line in children} == {"verwerkt"}


def test_what_was_lost_is_made_again_from_the_facts_and_nobody_is_asked_for_a_reason() -> None:
    opened = begun(weeks_ago(10), new(Kind.PLAN, TODAY))
    permit = permit_for(opened)
    before = [(one.code, one.due_on, one.state, one.reason_missing) for one in dues_of(permit)]
    with permitted(permit):
        Due.objects.update(due_on=TODAY - timedelta(days=1))
        Due.objects.filter(kind="stap").update(
            state="vervallen", done_on=None, done_by="", fact=None, done_late_days=0, reason_missing=False
        )
        Standing.objects.all().delete()

    (progress,) = replan(permit=feed(*UNITS))

    assert progress.changed == 1
    assert [(one.code, one.due_on, one.state, one.reason_missing) for one in dues_of(permit)] == before
    assert standing_of(permit) is not None


def test_a_dossier_without_a_course_gets_one_from_the_day_it_was_opened_with() -> None:
    permit = permit_for(open_for())
    assert standing_of(permit) is None

    assert [one.changed for one in replan(permit=feed(*UNITS))] == [1]

    assert course(permit).first_sick_on == Shown(FIRST_SICK)
    assert [one.row.dossier for one in caseload(list_permit(*UNITS)).rows] == [permit.dossier]


def test_it_goes_on_in_batches_and_costs_as_much_for_one_as_for_three() -> None:
    for sick in (SANNE, JAN, SICK_COMMANDER):
        begun(weeks_ago(10), sick=sick)

    assert [one.done for one in replan(permit=feed(*UNITS), batch=2)] == [2, 3]
    counted = []
    for units in ((SANNE.unit.id,), UNITS):
        with CaptureQueriesContext(connection) as asked:
            list(replan(permit=feed(*units)))
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_only_units_of_the_permit_are_planned_and_days_must_be_known() -> None:
    begun(weeks_ago(10), sick=JAN)

    assert list(replan(permit=feed(SANNE.unit.id))) == []
    blind = feed(*UNITS, reads=allowing(frozenset(Item) - {Item.SICKNESS_ABSENCE}))
    with pytest.raises(NotPermitted):
        next(replan(permit=blind))
    with pytest.raises(NotPermitted):
        next(replan(permit=feed()))


def test_the_day_a_leave_ends_the_dossier_counts_again() -> None:
    opened = begun(weeks_ago(10))
    permit = permit_for(opened)
    leave = new(Kind.LEAVE, TODAY, LeaveKind.OTHER, TODAY + timedelta(6))
    cause = new(Kind.LEAVE_CAUSE, TODAY, SameCause.YES)
    record(permit=permit, expected_version=2, facts=[leave, cause])
    begun(weeks_ago(10), sick=JAN)
    stand = standing_of(permit)
    assert stand is not None
    assert (stand.counted_from, stand.turns_on) == (None, TODAY + timedelta(7))
    assert list(replan_turning(permit=feed(*UNITS, on=TODAY + timedelta(6)))) == []

    (progress,) = replan_turning(permit=feed(*UNITS, on=TODAY + timedelta(7)))

    again = standing_of(permit)
    assert again is not None
    assert (progress.done, again.turns_on) == (1, None)
    assert again.counted_from == weeks_ago(10) + timedelta(7)
    assert Item.GATEKEEPER_MEDICAL in last_act()[1][0]["items"]


def test_a_dossier_that_moves_is_listed_where_it_goes_with_what_is_due() -> None:
    opened = begun(weeks_ago(10))
    permit = permit_for(opened)
    there = OTHER_BRIGADE.id
    moving = permit_for(opened, units=frozenset({SANNE.unit.id, there}))

    assert move_to_unit(permit=moving, expected_version=2, unit=there) == 3

    assert [one.row.dossier for one in caseload(list_permit(there)).rows] == [opened.dossier]
    assert caseload(list_permit(SANNE.unit.id)).rows == ()
    assert {one.unit_id for one in dues_of(permit)} == {there}
