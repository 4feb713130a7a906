"""Facts become a situation: in any order the same one, and what cannot be is said with what to do next."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hervat.course.rules.faults import CourseFault, Fault
from hervat.course.rules.folding import Happened, demand_leave_of, fold
from hervat.course.rules.values import SanctionTerms
from hervat.course.rules.vocabulary import Kind
from hervat.law.facts import Leave, Spell
from hervat.law.timeline import timeline
from hervat.law.vocabulary import LeaveKind, Notice, SameCause

from .happenings import courses, without_details

D = date(2023, 1, 2)


def happened(kind: Kind, days: int, last: int | None = None) -> Happened:
    return Happened(kind, D + timedelta(days), None if last is None else D + timedelta(last))


SICK, FIT = happened(Kind.SICK, 0), happened(Kind.RECOVERED, 60)


@given(courses(), st.randoms())
def test_any_order_of_arrival_folds_to_the_same_situation(
    facts: tuple[Happened, ...], random: object
) -> None:
    mixed = list(facts)
    random.shuffle(mixed)  # type: ignore[attr-defined]

    assert fold(mixed) == fold(facts)


@given(courses())
def test_a_detail_that_was_not_opened_moves_no_step(facts: tuple[Happened, ...]) -> None:
    whole, closed = (
        timeline(fold(some).situation, on=date(2026, 11, 23), with_reasons=False)
        for some in (facts, without_details(facts))
    )

    assert [step.due_on for step in whole.latest.steps] == [step.due_on for step in closed.latest.steps]


def test_spells_leave_and_facts_are_what_was_recorded() -> None:
    facts = (
        *(SICK, FIT, happened(Kind.SICK, 74)),
        Happened(Kind.LEAVE, D + timedelta(80), D + timedelta(90), LeaveKind.ADOPTION),
        Happened(Kind.LEAVE_CAUSE, D + timedelta(80), detail=SameCause.NO),
        *(happened(Kind.PLAN, 50), happened(Kind.PLAN, 100), happened(Kind.EVALUATION, 120)),
        *(happened(Kind.EVALUATION, 150), happened(Kind.UWV_NOTICE, 600)),
        *(happened(Kind.EXTENSION, 610, 800), happened(Kind.SANCTION, 650)),
    )
    situation = fold(facts).situation

    assert situation.spells == (Spell(D, D + timedelta(60)), Spell(D + timedelta(74)))
    assert situation.leaves == (
        Leave(D + timedelta(80), D + timedelta(90), SameCause.NO, LeaveKind.ADOPTION),
    )
    known = situation.facts
    assert known.plan_agreed_on == D + timedelta(50)
    assert known.last_evaluated_on == D + timedelta(150)
    assert (known.uwv_notice, known.uwv_notice_received_on) == (Notice.RECEIVED, D + timedelta(600))
    assert known.voluntary_extension_last_day == D + timedelta(800)
    assert known.sanction is not None


def test_what_was_done_in_an_earlier_case_does_not_count_in_a_later_one() -> None:
    facts = [SICK, FIT, happened(Kind.PLAN, 40), happened(Kind.SICK, 200)]
    folded = fold(facts)

    assert (folded.nth_case, folded.since) == (2, D + timedelta(200))
    assert folded.situation.facts.plan_agreed_on is None
    again = fold([*facts, happened(Kind.PLAN, 240)])
    assert again.situation.facts.plan_agreed_on == D + timedelta(240)


def test_a_fact_before_the_first_sick_day_is_handed_on_so_that_the_law_says_so() -> None:
    before = fold([SICK, happened(Kind.PLAN, -3)]).situation
    (point,) = timeline(before, on=D).latest.open_points
    assert "vóór de eerste ziektedag" in point.text
    both = fold([SICK, happened(Kind.PLAN, -3), happened(Kind.PLAN, 30)]).situation
    assert both.facts.plan_agreed_on == D + timedelta(30)


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ([], Fault.NO_SICKNESS),
        ([FIT], Fault.NOT_SICK),
        ([SICK, happened(Kind.RECOVERED, 0)], Fault.NOT_SICK),
        ([SICK, FIT, happened(Kind.RECOVERED, 70)], Fault.NOT_SICK),
        ([SICK, happened(Kind.SICK, 10)], Fault.SICK_ALREADY),
        ([SICK, SICK], Fault.DOUBLE),
        ([SICK, happened(Kind.LEAVE, 10, 20), happened(Kind.LEAVE, 20, 30)], Fault.LEAVES_OVERLAP),
        ([SICK, happened(Kind.REPAIR, 700)], Fault.NO_SANCTION),
        ([SICK, happened(Kind.SANCTION, 700), happened(Kind.FINDING, 690)], Fault.NO_SANCTION),
        (
            [SICK, happened(Kind.SANCTION, 1), happened(Kind.FINDING, 2), happened(Kind.REPAIR, 3)],
            Fault.FOUND_FIRST,
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_what_to_do(facts: list[Happened], fault: Fault) -> None:
    with pytest.raises(CourseFault) as refused:
        fold(facts)

    assert refused.value.fault is fault
    assert str(D.year) not in str(refused.value)


def test_fit_and_sick_again_on_one_day_are_two_spells() -> None:
    folded = fold([happened(Kind.SICK, 60), SICK, FIT])

    assert folded.situation.spells == (Spell(D, D + timedelta(60)), Spell(D + timedelta(60)))


def test_a_dossier_without_a_report_counts_from_the_day_it_was_opened_with() -> None:
    assert fold([], otherwise_sick_since=D).since == D
    assert fold([FIT], otherwise_sick_since=D).situation.spells == (Spell(D, D + timedelta(60)),)
    assert fold([happened(Kind.SICK, 5)], otherwise_sick_since=D).since == D + timedelta(5)


def test_a_cause_needs_its_leave_when_it_is_recorded_and_counts_for_nothing_without() -> None:
    cause = Happened(Kind.LEAVE_CAUSE, D, detail=SameCause.YES)
    with pytest.raises(CourseFault, match="begint op die dag geen verlof"):
        demand_leave_of([cause], [SICK, cause])
    demand_leave_of([cause], [SICK, cause, happened(Kind.LEAVE, 0, 5)])

    assert fold([SICK, cause]).situation.leaves == ()


def test_the_terms_of_a_sanction_are_handed_on_when_they_were_opened() -> None:
    decided = Happened(Kind.SANCTION, D + timedelta(700), detail=SanctionTerms(26))
    known = fold([SICK, decided]).situation.facts.sanction

    assert known is not None
    assert known.weeks == 26
