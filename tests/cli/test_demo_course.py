"""What was done in the dossiers of a demo: as in a good unit, and the same for the same chance."""

import random
from datetime import date, timedelta

from hervat.cli.demo_course import Habits, habits_of, story
from hervat.course.rules.folding import Happened, fold
from hervat.course.rules.planning import plan
from hervat.course.rules.values import fault_of
from hervat.course.rules.vocabulary import DueKind, DueState, Kind, SignalId
from tests.cast import TODAY


def drawn_from(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - to invent with


def late_after(days: int, habits: Habits) -> list[tuple[str, int]]:
    """What is late in a dossier of somebody who is ill for so many days, and how many days."""
    sick = (Happened(Kind.SICK, TODAY - timedelta(days=days)),)
    told = story(sick, TODAY, habits, drawn_from(days))
    assert [one for one in told if fault_of(one.fact, TODAY)] == []
    facts = [*sick, *(Happened(one.fact.kind, one.fact.happened_on, one.fact.last_day) for one in told)]
    made = plan(fold(facts), facts, (), on=TODAY)
    asked_already = SignalId.NO_DCR
    return [
        (due.key.code, (TODAY - due.limit).days)
        for due in made.dues
        if due.state is DueState.OPEN and due.limit < TODAY and due.key.code != asked_already
    ]


def test_who_keeps_up_has_nothing_late_on_any_day_of_two_years() -> None:
    found = {days: late for days in range(2, 720, 9) if (late := late_after(days, Habits()))}

    assert found == {}


def test_who_is_behind_is_late_by_days_and_never_by_months() -> None:
    found = [late_after(days, Habits(behind=20, late=True)) for days in range(30, 720, 9)]

    assert 0.2 < sum(1 for late in found if late) / len(found) < 0.8
    assert max(days for late in found for _, days in late) <= 20


def test_who_hears_nothing_for_weeks_is_signalled() -> None:
    assert [code for code, _ in late_after(200, Habits(silent=True))] == [SignalId.NO_CONTACT]


def test_some_are_late_with_a_reason_and_one_in_seven_or_so_is_behind() -> None:
    sick = (Happened(Kind.SICK, date(2026, 1, 5)),)
    told = story(sick, TODAY, Habits(late=True), drawn_from(2))
    drawn = [habits_of(drawn_from(number)) for number in range(500)]

    assert [len(one.why.explanation) > 10 for one in told if one.why] == [True]
    assert 0.2 < sum(1 for one in drawn if one.behind) / 500 < 0.4


def test_the_same_chance_tells_the_same_and_stops_at_recovery() -> None:
    sick = (Happened(Kind.SICK, date(2026, 1, 5)), Happened(Kind.RECOVERED, date(2026, 6, 1)))

    told = story(sick, TODAY, Habits(behind=30), drawn_from(3))

    assert told == story(sick, TODAY, Habits(behind=30), drawn_from(3))
    assert date(2026, 5, 1) < max(one.fact.happened_on for one in told) < date(2026, 6, 1)
    assert {due.key.kind for due in plan(fold(sick), sick, (), on=TODAY).dues} <= {DueKind.STEP}
