"""What a change does: which dates move, by how many days, and why."""

from datetime import date

from hervat.law.compare import compare
from hervat.law.reading import read_situation
from hervat.law.timeline import Timeline, timeline
from hervat.law.vocabulary import FactKind, Status


def on_first_june(data: dict[str, object]) -> Timeline:
    return timeline(read_situation(data)[0], on=date(2023, 6, 1))


SICK = on_first_june({"spells": [["2023-01-02", None]]})
BROKEN = on_first_june({"spells": [["2023-01-02", "2023-05-01"], ["2023-05-28", None]]})


def test_only_what_moves_comes_back_with_the_reason_that_is_new() -> None:
    moved = {difference.id: difference for difference in compare(SICK, BROKEN)}

    assert "problem_analysis" not in moved
    assert moved["week_42_notification"].days == 27
    assert [reason.kind for reason in moved["week_42_notification"].because] == [FactKind.RECOVERY]
    assert moved["pay_end"].after == date(2025, 1, 25)


def test_nothing_moves_against_itself_and_back_is_the_opposite() -> None:
    there, back = compare(SICK, BROKEN), compare(BROKEN, SICK)

    assert compare(BROKEN, BROKEN) == ()
    assert [one.days for one in there] == [-one.days for one in back]
    assert all(one.because == () for one in back)


def test_a_step_that_is_done_differs_by_its_status_alone() -> None:
    done = on_first_june({"spells": [["2023-01-02", None]], "facts": {"opinion_given_on": "2023-02-12"}})
    found = {difference.id: difference for difference in compare(SICK, done)}

    assert found["problem_analysis"].status_before is Status.OVERDUE
    assert found["problem_analysis"].status_after is Status.DONE_IN_TIME
    assert found["problem_analysis"].days == 0


def test_a_milestone_that_appears_or_disappears_is_told() -> None:
    early = on_first_june(
        {"spells": [["2023-01-02", None]], "facts": {"early_iva_requested_on": "2023-05-01"}}
    )
    appeared = next(one for one in compare(SICK, early) if one.id == "shortened_waiting_period")
    gone = next(one for one in compare(early, SICK) if one.id == "shortened_waiting_period")

    assert (appeared.before, appeared.after, gone.after) == (None, date(2024, 6, 30), None)
