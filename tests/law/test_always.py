"""What must hold for every situation, whatever the dates."""

import json
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hervat.law.cases import Gap, Ground
from hervat.law.clock import clock_of
from hervat.law.facts import Facts, Leave, Situation, Spell
from hervat.law.reading import read_situation, write_situation
from hervat.law.timeline import CaseTimeline, timeline
from hervat.law.vocabulary import Status, StepId
from hervat.law.writing import explain, timeline_data

from .situations import DAYS, leaves, situations, spells

IN_ORDER = (
    StepId.PROBLEM_ANALYSIS,
    StepId.ACTION_PLAN,
    StepId.WEEK_42_NOTIFICATION,
    StepId.FIRST_YEAR_EVALUATION,
    StepId.UWV_NOTICE,
    StepId.CURRENT_OPINION,
    StepId.REINTEGRATION_REPORT,
    StepId.WIA_APPLICATION,
    StepId.REINTEGRATION_REVIEW,
)

pytestmark = pytest.mark.thorough


def due(one: CaseTimeline) -> dict[str, date]:
    return {step.id.value: step.due_on for step in one.steps}


@given(spells(), DAYS)
def test_the_steps_come_in_order(sick: tuple[Spell, ...], on: date) -> None:
    for one in timeline(Situation(sick), on=on).cases:
        dates = [due(one)[step] for step in IN_ORDER]
        assert dates == sorted(dates)
        assert dates[-1] < one.ending.wait_last_day < one.ending.wia_start_date


@given(situations(), DAYS)
def test_no_step_falls_before_the_first_sick_day(situation: Situation, on: date) -> None:
    for one in timeline(situation, on=on, with_reasons=False).cases:
        assert min(due(one).values()) >= one.first_sick_day
        assert all(stone.last_day >= one.first_sick_day for stone in one.milestones)
        assert one.ending.pay_last_day >= one.ending.wait_last_day


@given(situations(), DAYS)
def test_start_and_reasons_add_up_to_the_date(situation: Situation, on: date) -> None:
    for one in timeline(situation, on=on).cases:
        for what in (*one.steps, *one.milestones):
            reasons = what.why
            start = next(reason.first for reason in reasons if reason.first is not None)
            assert start is not None
            reached = start + timedelta(sum(reason.days for reason in reasons))
            assert reached == (what.due_on if hasattr(what, "due_on") else what.last_day), reasons


@given(spells().flatmap(lambda sick: st.tuples(st.just(sick), leaves(sick))))
def test_counted_days_are_the_sick_days_without_leave(
    given_: tuple[tuple[Spell, ...], tuple[Leave, ...]],
) -> None:
    sick, off = given_
    assume(all(spell.first_fit_day for spell in sick))
    on_leave = {
        leave.first_day + timedelta(n)
        for leave in off
        for n in range((leave.last_day - leave.first_day).days + 1)
    }
    expected = sum(
        spell.first_sick_day + timedelta(n) not in on_leave
        for spell in sick
        for n in range((spell.first_fit_day - spell.first_sick_day).days)  # type: ignore[operator]
    )

    assert (
        sum(one.counted_days for one in timeline(Situation(sick, off), on=date(2040, 1, 1)).cases) == expected
    )


@given(spells().flatmap(lambda sick: st.tuples(st.just(sick), leaves(sick))), st.integers(1, 800))
def test_the_nth_day_is_the_day_on_which_n_days_have_counted(
    given_: tuple[tuple[Spell, ...], tuple[Leave, ...]], number: int
) -> None:
    for one in timeline(Situation(*given_), on=date(2023, 1, 1)).cases:
        clock = clock_of(one.case)
        assert clock.counted_through(clock.nth_day(number)) == number
        assert clock.counted_through(clock.nth_day(number) - timedelta(1)) == number - 1


@given(
    st.dates(date(2015, 1, 1), date(2026, 1, 1)), st.integers(1, 700), st.integers(1, 27), st.integers(1, 700)
)
def test_an_interruption_never_brings_a_step_forward(first: date, sick: int, gap: int, again: int) -> None:
    fit = first + timedelta(sick)
    relapse = fit + timedelta(gap)
    whole = timeline(Situation((Spell(first),)), on=first).latest
    broken = timeline(Situation((Spell(first, fit), Spell(relapse))), on=first).latest
    twice = timeline(
        Situation(
            (
                Spell(first, fit),
                Spell(relapse, relapse + timedelta(again)),
                Spell(relapse + timedelta(again + gap)),
            )
        ),
        on=first,
    ).latest

    for name, day in due(whole).items():
        assert day <= due(broken)[name] <= due(twice)[name]
        assert due(broken)[name] - day in {timedelta(0), timedelta(gap)}


@given(spells(at_most=4), st.integers(0, 3), st.integers(0, 6), st.sampled_from((10, 41, 111)))
def test_leave_never_brings_a_step_forward(sick: tuple[Spell, ...], at: int, later: int, length: int) -> None:
    first = sick[at % len(sick)].first_sick_day + timedelta(later)
    without = timeline(Situation(sick), on=first).latest
    with_leave = timeline(Situation(sick, (Leave(first, first + timedelta(length)),)), on=first).latest
    assume(without.first_sick_day == with_leave.first_sick_day)

    assert all(day <= due(with_leave)[name] for name, day in due(without).items())


@given(st.dates(date(2015, 1, 1), date(2026, 1, 1)), st.integers(1, 900), st.integers(0, 60))
def test_twenty_seven_days_merge_and_twenty_eight_do_not(first: date, sick: int, gap: int) -> None:
    fit = first + timedelta(sick)
    found = timeline(Situation((Spell(first, fit), Spell(fit + timedelta(gap)))), on=first)

    assert len(found.cases) == (1 if gap < 28 else 2)


@given(situations(), DAYS)
def test_json_in_and_out_loses_nothing(situation: Situation, on: date) -> None:
    data = json.loads(json.dumps(write_situation(situation, on)))

    assert read_situation(data) == (situation, on)


@given(situations(), DAYS)
def test_a_timeline_is_json_and_says_everything_to_people(situation: Situation, on: date) -> None:
    found = timeline(situation, on=on)
    data = timeline_data(found)
    text = "\n".join(explain(found))

    assert json.loads(json.dumps(data)) == data
    assert all(step.rule.name in text for step in found.latest.steps)
    assert all(point.text in text for point in found.latest.open_points)
    assert all(one.question in text for one in found.latest.decisions)


@given(situations(), DAYS)
def test_reasons_change_no_date(situation: Situation, on: date) -> None:
    bare, full = timeline(situation, on=on, with_reasons=False), timeline(situation, on=on)

    assert [due(one) for one in bare.cases] == [due(one) for one in full.cases]
    assert all(step.why == () for one in bare.cases for step in one.steps)
    assert [one.ending for one in bare.cases] == [one.ending for one in full.cases]


@given(situations(), DAYS)
def test_a_doubt_always_has_two_outcomes_that_differ_and_one_is_followed(
    situation: Situation, on: date
) -> None:
    for one in timeline(situation, on=on).cases:
        for decision in one.decisions:
            followed = {possible.id: possible.dates for possible in decision.possibilities}
            assert len(followed) == 2
            assert followed[decision.provisional].items() >= due(one).items()


@given(situations(), DAYS)
def test_a_step_is_only_done_when_a_fact_says_so(situation: Situation, on: date) -> None:
    for one in timeline(situation, on=on).cases:
        for step in one.steps:
            is_done = step.status in {Status.DONE_IN_TIME, Status.DONE_LATE}
            assert is_done == (step.done_on is not None and step.done_on <= on)
            assert (step.remark is not None) or step.status is not Status.NOT_APPLICABLE


@given(situations(), DAYS)
def test_every_gap_within_a_case_is_short_or_around_leave(situation: Situation, on: date) -> None:
    for one in timeline(situation, on=on).cases:
        gaps: list[Gap] = list(one.case.gaps)
        assert all(gap.days < 28 for gap in gaps if gap.ground is Ground.SHORT)
        assert len(one.case.spells) == len(gaps) + 1
        for (earlier, later), gap in zip(pairwise(one.case.spells), gaps, strict=True):
            assert (earlier.first_fit_day, later.first_sick_day) == (gap.first_fit_day, gap.relapsed_on)


def test_facts_without_anything_are_nothing() -> None:
    assert write_situation(Situation((Spell(date(2023, 1, 2)),), facts=Facts())) == {
        "spells": [["2023-01-02", None]]
    }
