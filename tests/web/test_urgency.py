"""How pressing something is: late the day after, this week through the sixth day from now."""

from datetime import date, timedelta

import pytest

from hervat.web.presenters.urgency import Urgency, away_text, urgency_chip, urgency_of, week_text, when

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days", "urgency", "words"),
    [
        (-6, Urgency.LATE, "6 dagen te laat"),
        (-1, Urgency.LATE, "1 dag te laat"),
        (0, Urgency.THIS_WEEK, "vandaag"),
        (1, Urgency.THIS_WEEK, "morgen"),
        (6, Urgency.THIS_WEEK, "over 6 dagen"),
        (7, Urgency.ON_TRACK, "over 7 dagen"),
        (13, Urgency.ON_TRACK, "over 13 dagen"),
        (14, Urgency.ON_TRACK, "over 2 weken"),
        (27, Urgency.ON_TRACK, "over 3 weken"),
    ],
)
def test_a_day_is_as_pressing_as_it_is_near(days: int, urgency: Urgency, words: str) -> None:
    day = TODAY + timedelta(days=days)

    assert (urgency_of(day, TODAY), away_text(day, TODAY)) == (urgency, words)
    assert when(day, TODAY).late == (days < 0)


def test_every_urgency_has_a_chip_of_its_own_with_a_symbol_and_a_word() -> None:
    chips = [urgency_chip(one) for one in Urgency]

    assert all(" i-" in chip.css and chip.text for chip in chips)
    assert len({chip.text for chip in chips}) == len(chips)


def test_a_week_is_counted_from_its_first_day() -> None:
    assert [week_text(days, 104) for days in (0, 1, 7, 8, 728)] == [
        "week 1 van 104",
        "week 1 van 104",
        "week 1 van 104",
        "week 2 van 104",
        "week 104 van 104",
    ]
