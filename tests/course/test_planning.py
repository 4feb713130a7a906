"""What must happen follows from the facts: the same dates as the law's timeline, whatever came first."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hervat.course.rules.acting import ACTING, items_of
from hervat.course.rules.folding import Happened, fold
from hervat.course.rules.planning import Key, Plan, Planned, plan
from hervat.course.rules.standing import standing_of
from hervat.course.rules.vocabulary import DueKind, DueState, Kind, SignalId
from hervat.law.timeline import timeline
from hervat.law.vocabulary import Status, StepId
from hervat.register.vocabulary import Item, Role

from .happenings import courses, with_ids

D = date(2023, 1, 2)
LATER = date(2045, 1, 1)


def day(days: int) -> date:
    return D + timedelta(days)


def planned(*facts: Happened, stood: tuple[Planned, ...] = (), on: date = LATER) -> Plan:
    return plan(fold(facts), facts, stood, on=on)


def due(made: Plan, code: str, occurrence: int = 1) -> Planned:
    (found,) = (one for one in made.dues if (one.key.code, one.key.occurrence) == (code, occurrence))
    return found


def stands(made: Plan, last: int) -> set[tuple[object, ...]]:
    """What stands of the latest case, apart from rows and what lapsed, and that no other is open."""
    for one in made.dues:
        assert one.key.nth_case == last or one.state is not DueState.OPEN
    return {
        (one.key, one.due_on, one.legal_limit, one.state, one.done_on, one.late_days, one.fact)
        for one in made.dues
        if one.state is not DueState.LAPSED and one.key.nth_case == last
    }


@given(courses())
def test_each_step_is_due_when_the_timeline_says_and_done_when_it_says(facts: tuple[Happened, ...]) -> None:
    made = planned(*facts)
    latest = timeline(fold(facts).situation, on=LATER, with_reasons=False).latest
    steps = {step.id.value: step for step in latest.steps if step.id in ACTING}
    for one in made.dues:
        if one.key.kind is DueKind.STEP and one.key.code != StepId.EVALUATION:
            step = steps.pop(one.key.code)
            assert (one.due_on, one.legal_limit) == (step.due_on, step.legal_limit)
            done = step.status in {Status.DONE_IN_TIME, Status.DONE_LATE}
            assert (one.state is DueState.DONE, one.done_on if done else None) == (done, one.done_on)
            assert one.late_days == (step.days_late if done else 0)
    not_needed = {step.status for code, step in steps.items() if code != StepId.EVALUATION}
    assert not_needed <= {Status.NOT_APPLICABLE}


@given(courses())
def test_the_last_evaluation_planned_is_the_one_of_the_timeline(facts: tuple[Happened, ...]) -> None:
    made = planned(*facts)
    latest = timeline(fold(facts).situation, on=LATER, with_reasons=False).latest
    (step,) = (step for step in latest.steps if step.id is StepId.EVALUATION)
    last = [one for one in made.dues if one.key.code == StepId.EVALUATION and one.state is DueState.OPEN]
    if step.status is not Status.NOT_APPLICABLE and step.due_on <= latest.ending.pay_last_day:
        assert [one.due_on for one in last] == [step.due_on]
    else:
        assert last == []


@given(courses(), st.data())
def test_facts_that_come_one_by_one_and_go_again_end_in_the_same_plan(
    facts: tuple[Happened, ...], data: st.DataObject
) -> None:
    known, stood = [facts[0]], tuple[Planned, ...]()
    for one in facts[1:]:
        known.append(one)
        if data.draw(st.booleans()):
            stood = planned_if_it_can_be(known, stood)
    gone = data.draw(st.sampled_from(known))
    stood = planned_if_it_can_be([one for one in known if one is not gone], stood)

    made = planned(*facts, stood=stood)

    last = fold(facts).nth_case
    assert stands(made, last) == stands(planned(*facts), last)
    assert planned(*facts, stood=with_ids(made)).write == ()


def planned_if_it_can_be(facts: list[Happened], stood: tuple[Planned, ...]) -> tuple[Planned, ...]:
    try:
        return with_ids(planned(*facts, stood=stood))
    except ValueError:
        return stood


@given(courses())
def test_how_a_dossier_stands_is_what_the_law_counts(facts: tuple[Happened, ...]) -> None:
    on = date(2026, 11, 23)
    known = tuple(one for one in facts if one.happened_on <= on or one.kind is Kind.LEAVE)
    try:
        folded = fold(known)
    except ValueError:
        return
    stand = standing_of(plan(folded, known, (), on=on), on=on)
    latest = timeline(folded.situation, on=on, with_reasons=False).latest
    assert stand.first_sick_on == latest.first_sick_day
    if stand.counted_from is not None:
        assert (on - stand.counted_from).days + 1 == latest.counted_days
    assert stand.turns_on is None or stand.turns_on > on


SICK = Happened(Kind.SICK, D)


def test_a_sick_report_plans_every_step_with_who_acts() -> None:
    made = planned(SICK)

    steps = [one for one in made.dues if one.key.kind is DueKind.STEP]
    assert {one.key.code for one in steps} == {step.value for step in ACTING}
    assert StepId.REINTEGRATION_REVIEW not in ACTING
    agreed = due(made, StepId.ACTION_PLAN)
    assert (agreed.role, agreed.also_role, agreed.due_on) == (Role.COMMANDER, Role.RE_INTEGRANT, day(55))
    assert due(made, StepId.PROBLEM_ANALYSIS).role is Role.EGB_PHYSICIAN
    assert due(made, StepId.WIA_APPLICATION).role is Role.RE_INTEGRANT
    assert made.done == made.moved == made.lapsed == ()


def test_recovery_lets_what_lies_ahead_lapse_and_a_relapse_opens_it_moved() -> None:
    first = planned(SICK)
    fit = Happened(Kind.RECOVERED, day(100))
    recovered = planned(SICK, fit, stood=with_ids(first))
    assert StepId.WEEK_42_NOTIFICATION in recovered.lapsed
    assert due(recovered, StepId.ACTION_PLAN).state is DueState.OPEN
    assert standing_of(recovered, on=day(110)).counted_from is None

    again = planned(SICK, fit, Happened(Kind.SICK, day(120)), stood=with_ids(recovered))

    assert StepId.WEEK_42_NOTIFICATION in {one.code for one in again.moved}
    moved = due(again, StepId.WEEK_42_NOTIFICATION).due_on - due(first, StepId.WEEK_42_NOTIFICATION).due_on
    assert moved == timedelta(20)
    assert standing_of(again, on=day(130)).counted_from == day(20)


def test_each_evaluation_is_due_six_weeks_after_the_one_before() -> None:
    agreed = Happened(Kind.PLAN, day(50))
    held = [Happened(Kind.EVALUATION, day(days)) for days in (92, 140)]
    made = planned(SICK, agreed, *held)

    first, second, third = (due(made, StepId.EVALUATION, number) for number in (1, 2, 3))
    assert (first.due_on, first.done_on, first.late_days) == (day(92), day(92), 0)
    assert (second.due_on, second.done_on, second.late_days) == (day(134), day(140), 6)
    assert (third.due_on, third.state) == (day(182), DueState.OPEN)
    assert (second.reason_missing, first.reason_missing) == (True, False)


def test_what_a_person_skipped_stays_skipped_and_moves_along() -> None:
    stood = with_ids(planned(SICK))
    skipped = tuple(
        one
        if one.key.code != StepId.ACTION_PLAN
        else Planned(
            key=one.key,
            role=one.role,
            also_role=one.also_role,
            due_on=one.due_on,
            legal_limit=one.legal_limit,
            state=DueState.SKIPPED,
            id=one.id,
            has_reason=True,
        )
        for one in stood
    )
    earlier = planned(Happened(Kind.SICK, day(-7)), stood=skipped)
    still = due(earlier, StepId.ACTION_PLAN)
    assert (still.state, still.due_on) == (DueState.SKIPPED, day(48))

    done = planned(SICK, Happened(Kind.PLAN, day(70)), stood=skipped)
    assert due(done, StepId.ACTION_PLAN).state is DueState.DONE
    assert not due(done, StepId.ACTION_PLAN).reason_missing


def test_an_own_task_is_left_alone_and_makes_the_next_day() -> None:
    own = Planned(key=Key(DueKind.OWN, "eigen", 1, 1), role=Role.PO_ADVISER, due_on=day(3))
    made = planned(SICK, stood=(own,))

    assert own in made.dues
    stand = standing_of(made, on=day(1))
    assert (stand.next_due_on, stand.next_code, stand.next_role) == (day(3), "eigen", Role.PO_ADVISER)


def test_signals_lie_ahead_from_the_day_they_begin_and_go_with_what_they_ask() -> None:
    first = planned(SICK)
    assert due(first, SignalId.NO_CONTACT).due_on == day(42)
    assert due(first, SignalId.NO_DCR).due_on == day(280)
    touched = planned(SICK, Happened(Kind.CONTACT, day(30)), stood=with_ids(first))
    assert [(one.code, one.days) for one in touched.moved] == [(SignalId.NO_CONTACT, 30)]
    agreed = planned(SICK, Happened(Kind.PLAN, day(30)))
    assert due(agreed, SignalId.PLAN_WITHOUT_EVALUATION).due_on == day(30 + 84 + 1)
    elsewhere = planned(SICK, Happened(Kind.SECOND_TRACK, day(200)), stood=with_ids(first))
    assert SignalId.NO_DCR in elsewhere.lapsed
    assert standing_of(first, on=D).next_code == StepId.PROBLEM_ANALYSIS


@pytest.mark.parametrize("step", ACTING)
def test_who_acts_says_why_and_where_that_stands_and_what_shows_it(step: StepId) -> None:
    acting = ACTING[step]

    assert acting.reason.endswith(".")
    assert acting.source
    assert items_of(step.value) == {acting.item} <= {Item.GATEKEEPER_EMPLOYER, Item.WIA}
