"""A course as each reader may know it: every day, and of the rest what the register gives and why not."""

from dataclasses import asdict
from datetime import date, timedelta

import pytest

from hervat.course.actions.recording import record
from hervat.course.actions.tasks import add_own_task, skip
from hervat.course.queries.course import CourseView, course
from hervat.course.rules.values import SanctionTerms
from hervat.course.rules.vocabulary import DueState, Kind, Method, SignalId
from hervat.dossiers.actions.correcting import correct_appointment
from hervat.dossiers.rules.vocabulary import CorrectionReason, Field
from hervat.law.vocabulary import LeaveKind, SameCause, Status, StepId
from hervat.register.cells import Hidden, Outcome, Shown
from hervat.register.permit import NotPermitted
from hervat.register.vocabulary import Item, Role

from ..cast import COMMANDER, EGB_PHYSICIAN, SANNE, TODAY, UNIT_ADMIN_NCO
from ..dossiers.files import list_permit, permit_for
from ..dossiers.journal import last_act
from ..permits import allowing
from .files import WHY, begun, due_of, weeks_ago
from .happenings import contact, fit, new, sick

EVERYTHING = frozenset(Item)
NOT_FOR_OOBB = {
    *(Item.GATEKEEPER_EMPLOYER, Item.GATEKEEPER_MEDICAL, Item.WIA, Item.WORK_CAPACITY),
    Item.USER_ACTIVITY,
}
MONDAY = date(2026, 11, 16)
pytestmark = pytest.mark.usefixtures("room")


def step(view: CourseView, id: StepId) -> object:
    (found,) = (one for one in view.steps if one.id is id)
    return found


def test_the_week_counts_while_somebody_is_sick_and_stands_still_on_leave_or_when_fit() -> None:
    opened = begun(weeks_ago(10))
    permit = permit_for(opened)
    view = course(permit)
    assert (view.week, view.counted_days, view.of_weeks) == (Shown(11), Shown(71), 104)
    assert view.first_sick_on == Shown(weeks_ago(10))

    leave = new(Kind.LEAVE, TODAY, LeaveKind.OTHER, TODAY + timedelta(7))
    record(permit=permit, expected_version=2, facts=[leave])
    assert course(permit).week == Shown(None)
    assert course(permit).counted_days == Shown(70)


def test_recovery_and_a_relapse_after_twenty_days_move_each_day_by_twenty_and_say_why() -> None:
    permit = permit_for(begun(weeks_ago(20), contact(weeks_ago(19))))
    before = step(course(permit), StepId.WEEK_42_NOTIFICATION)
    away = [fit(weeks_ago(5)), sick(weeks_ago(5) + timedelta(20))]

    record(permit=permit, expected_version=2, facts=away)

    after = step(course(permit), StepId.WEEK_42_NOTIFICATION)
    assert after.due_on.value - before.due_on.value == timedelta(20)
    told = " ".join(link.reason.text for link in after.why)
    assert "+20 dagen: hersteld van" in told
    days = after.why[0].reason.first + timedelta(sum(link.reason.days for link in after.why))
    assert days == after.due_on.value


def test_who_may_not_know_a_document_sees_its_day_and_not_whether_it_was_done() -> None:
    opened = begun(weeks_ago(10))
    permit = permit_for(opened, COMMANDER)
    facts = [new(Kind.OPINION, weeks_ago(6)), new(Kind.PLAN, weeks_ago(5)), contact(weeks_ago(1))]
    record(permit=permit, expected_version=2, facts=facts)
    oobb = permit_for(opened, UNIT_ADMIN_NCO, reads=allowing(EVERYTHING - NOT_FOR_OOBB))

    whole, part = (step(course(one), StepId.ACTION_PLAN) for one in (permit, oobb))

    assert (whole.done_on, whole.status) == (Shown(weeks_ago(5)), Shown(Status.DONE_IN_TIME))
    assert part.due_on == whole.due_on == Shown(weeks_ago(4))
    assert isinstance(part.done_on, Hidden)
    assert isinstance(part.status, Hidden)
    assert isinstance(part.days_late, Hidden)
    assert [link.reason is None for link in part.why] == [True, False]
    assert part.why[0].hidden is not None
    assert "dat u niet mag zien" in part.why[0].hidden.reason.text
    assert all(link.reason for link in whole.why)


def test_whoever_may_not_know_how_often_sees_each_step_once() -> None:
    opened = begun(weeks_ago(30))
    permit = permit_for(opened, COMMANDER)
    held = [new(Kind.EVALUATION, weeks_ago(weeks)) for weeks in (18, 12, 7)]
    facts = [new(Kind.PLAN, weeks_ago(24)), *held]
    record(permit=permit, expected_version=2, facts=facts, reason=WHY)
    oobb = permit_for(opened, UNIT_ADMIN_NCO, reads=allowing(EVERYTHING - NOT_FOR_OOBB))

    whole, part = (
        [one for one in course(permit_).dues if one.code == StepId.EVALUATION] for permit_ in (permit, oobb)
    )

    assert [one.state for one in whole] == [Shown(DueState.DONE)] * 3 + [Shown(DueState.OPEN)]
    (only,) = part
    assert only.due_on == whole[-1].due_on
    for one in (only.state, only.done_on, only.reason, only.reason_missing, only.late_days):
        assert isinstance(one, Hidden)


def test_an_outcome_says_that_there_is_something_and_nothing_of_it() -> None:
    opened = begun(weeks_ago(95))
    permit = permit_for(opened)
    facts = [new(Kind.APPLICATION, weeks_ago(3)), new(Kind.SANCTION, weeks_ago(1), SanctionTerms(26))]
    record(permit=permit, expected_version=2, facts=facts)
    outcome = permit_for(opened, COMMANDER, reads=allowing(EVERYTHING - {Item.WIA}, outcome={Item.WIA}))

    view = course(outcome)

    applied = step(view, StepId.WIA_APPLICATION)
    assert applied.done_on == applied.status == Outcome("vastgelegd")
    assert step(view, StepId.UWV_NOTICE).done_on == Outcome(None)
    assert view.facts[Kind.SANCTION] == Outcome("vastgelegd")
    assert view.facts[Kind.REPAIR] == Outcome(None)
    days = {one.id for one in view.milestones}
    assert StepId.WAGE_SANCTION_END not in days
    assert StepId.WAGE_SANCTION_END in {one.id for one in course(permit).milestones}
    assert "26" not in str([asdict(one) for one in view.points])


def test_hours_and_contact_are_shown_with_what_they_say() -> None:
    opened = begun(weeks_ago(10))
    permit = permit_for(opened)
    facts = [new(Kind.OWN_HOURS, MONDAY, 34), contact(weeks_ago(1), Method.VISIT)]
    record(permit=permit, expected_version=2, facts=facts)

    view = course(permit)

    (hours,), (call,) = (view.facts[kind].value for kind in (Kind.OWN_HOURS, Kind.CONTACT))
    assert (hours.happened_on, hours.detail) == (MONDAY, 34)
    assert (call.detail, call.recorded_role) == (Method.VISIT, Role.PO_ADVISER)
    blind = permit_for(opened, reads=allowing(EVERYTHING - {Item.OWN_WORK_HOURS}))
    assert isinstance(course(blind).facts[Kind.OWN_HOURS], Hidden)


def test_that_a_leave_had_another_cause_is_not_read_from_why_a_case_is_new() -> None:
    opened = begun(weeks_ago(60))
    doctor = permit_for(opened, EGB_PHYSICIAN)
    first, last = weeks_ago(40), weeks_ago(24) - timedelta(1)
    facts = [fit(first), new(Kind.LEAVE, first, LeaveKind.MATERNITY, last), sick(weeks_ago(24))]
    cause = new(Kind.LEAVE_CAUSE, first, SameCause.NO)
    record(permit=doctor, expected_version=2, facts=[*facts, cause])
    employer = permit_for(opened, COMMANDER, reads=allowing(EVERYTHING - {Item.GATEKEEPER_MEDICAL}))

    whole, part = course(doctor), course(employer)

    assert whole.first_sick_on == part.first_sick_on == Shown(weeks_ago(24))
    assert "de oorzaak een andere" in str(whole.steps)
    assert "oorzaak een andere" not in str(part)
    assert isinstance(part.facts[Kind.LEAVE_CAUSE], Hidden)
    _, children = last_act()
    assert {line["manner"]: Item.GATEKEEPER_MEDICAL in line["items"] for line in children} == {
        "geopend": False,
        "verwerkt": True,
    }


def test_a_signal_is_seen_by_who_may_know_all_it_rests_on_and_only_once_it_began() -> None:
    opened = begun(weeks_ago(45))
    permit = permit_for(opened)
    hours = [new(Kind.OWN_HOURS, MONDAY - timedelta(weeks=weeks), 40) for weeks in (12, 6, 1)]
    record(permit=permit, expected_version=2, facts=[contact(weeks_ago(5)), *hours])
    ends = {Field.ENDS_ON: TODAY + timedelta(days=100)}
    correct_appointment(
        permit=permit, expected_version=3, changes=ends, reason=CorrectionReason.SOURCE_CHANGED
    )

    assert {one.id for one in course(permit).signals} == {
        *(SignalId.HOURS_NOT_GROWING, SignalId.NO_DCR, SignalId.APPOINTMENT_ENDS_FIRST),
    }
    for item, gone in (
        (Item.ADAPTED_WORK_HOURS, SignalId.HOURS_NOT_GROWING),
        (Item.APPOINTMENT_END, SignalId.APPOINTMENT_ENDS_FIRST),
    ):
        fewer = permit_for(opened, reads=allowing(EVERYTHING - {item}))
        assert gone not in {one.id for one in course(fewer).signals}
    record(permit=permit, expected_version=4, facts=[fit(TODAY)])
    assert course(permit).signals == ()


def test_a_reason_and_a_task_are_read_by_who_may_know_the_step() -> None:
    opened = begun(weeks_ago(3))
    permit = permit_for(opened, COMMANDER)
    skip(permit=permit, expected_version=2, due=due_of(permit, StepId.ACTION_PLAN).id, reason=WHY)
    add_own_task(permit=permit, role=Role.COMMANDER, due_on=TODAY, title="Werkplek bekijken")
    oobb = permit_for(opened, UNIT_ADMIN_NCO, reads=allowing(EVERYTHING - NOT_FOR_OOBB))

    (skipped,) = (one for one in course(permit).dues if one.code == StepId.ACTION_PLAN)
    (own,) = (one for one in course(permit).dues if one.code == "eigen")

    assert skipped.reason.value.explanation == WHY.explanation
    assert own.title == Shown("Werkplek bekijken")
    seen = str(course(oobb))
    assert "Werkplek" not in seen
    assert WHY.explanation not in seen
    assert not any(one.code == "eigen" for one in course(oobb).dues)


def test_whoever_may_not_know_that_somebody_is_absent_learns_no_day() -> None:
    opened = begun(weeks_ago(10))
    blind = permit_for(opened, reads=allowing(EVERYTHING - {Item.SICKNESS_ABSENCE}))

    view = course(blind)

    for one in (view.first_sick_on, view.week, view.spells, view.leaves, view.wait_ends_on):
        assert isinstance(one, Hidden)
    assert all(isinstance(one.due_on, Hidden) and one.why == () for one in view.steps)
    assert view.points == view.signals == ()
    with pytest.raises(NotPermitted):
        course(list_permit(SANNE.unit.id))
