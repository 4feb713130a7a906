"""Retention terms and the rights of a person: ends of months, leap days, years, weekends and holidays."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hervat.law.errors import BeforeFirstText, InputError
from hervat.law.retention import (
    HoldId,
    TermEnd,
    Wga,
    keep,
    keep_after_year,
    keep_for,
    reintegration_file,
    terms,
)
from hervat.law.rights import answer_term, breach_report_by
from hervat.law.working_days import working_day_from
from hervat.register.vocabulary import Clock, DayRule

DURATIONS = ("P12Y", "P100Y", "P7Y", "P10Y", "P2Y", "P6M", "P30D")


@pytest.mark.parametrize(
    ("started", "duration", "exact", "with_year"),
    [
        (date(2022, 1, 3), "P12Y", date(2034, 1, 3), date(2035, 1, 1)),
        (date(2024, 2, 29), "P12Y", date(2036, 2, 29), date(2037, 1, 1)),
        (date(2024, 2, 29), "P7Y", date(2031, 2, 28), date(2032, 1, 1)),
        (date(2024, 2, 28), "P7Y", date(2031, 2, 28), date(2032, 1, 1)),
        (date(2023, 3, 1), "P10Y", date(2033, 3, 1), date(2034, 1, 1)),
        (date(2024, 8, 31), "P6M", date(2025, 2, 28), date(2026, 1, 1)),
        (date(2023, 8, 31), "P6M", date(2024, 2, 29), date(2025, 1, 1)),
        (date(2023, 8, 30), "P6M", date(2024, 2, 29), date(2025, 1, 1)),
        (date(2023, 12, 31), "P2Y", date(2025, 12, 31), date(2026, 1, 1)),
        (date(2024, 1, 1), "P2Y", date(2026, 1, 1), date(2027, 1, 1)),
        (date(2024, 1, 31), "P30D", date(2024, 3, 1), date(2025, 1, 1)),
    ],
)
def test_a_term_ends_on_its_day_or_with_the_year(
    started: date, duration: str, exact: date, with_year: date
) -> None:
    assert keep(started, duration, TermEnd.EXACT).destroy_from == exact
    assert keep(started, duration, TermEnd.END_OF_YEAR).destroy_from == with_year


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(DURATIONS))
def test_a_term_is_never_earlier_than_exact(started: date, duration: str) -> None:
    exact, whole = keep(started, duration, TermEnd.EXACT), keep(started, duration, TermEnd.END_OF_YEAR)

    assert started < exact.destroy_from <= whole.destroy_from
    assert (whole.destroy_from.month, whole.destroy_from.day) == (1, 1)
    assert (exact.destroy_from - exact.last_day).days == 1


def test_a_term_after_a_birth_year_looks_at_the_year_only() -> None:
    assert keep_after_year(1985, "P100Y").destroy_from == date(2086, 1, 1)
    assert keep_for("medical_exam_result", date(1985, 7, 14), TermEnd.EXACT).last_day == date(2085, 12, 31)


@pytest.mark.parametrize("wrong", ["", "12", "P12", "P0Y", "12Y", "P12Y6M", "P1W", "P-1Y", "P1000Y", "p12y"])
def test_what_is_no_term_is_refused(wrong: str) -> None:
    with pytest.raises(InputError, match="geen bewaartermijn"):
        keep(date(2024, 1, 1), wrong, TermEnd.EXACT)


def test_a_term_before_the_first_text_has_no_answer() -> None:
    assert keep_for("closed_file", date(2015, 1, 1), TermEnd.EXACT).destroy_from == date(2022, 1, 1)
    with pytest.raises(BeforeFirstText):
        keep_for("closed_file", date(2014, 12, 31), TermEnd.EXACT)


def test_the_words_are_those_of_the_register() -> None:
    assert [one.value for one in TermEnd] == [one.value for one in DayRule]
    own = {"wia-ingang", "afronding"}
    assert {term.clock for term in terms().values()} - own <= {clock.value for clock in Clock}


def test_ten_years_of_wga_fit_in_twelve_and_after_a_sanction_they_do_not() -> None:
    first = date(2022, 1, 3)
    plain = reintegration_file(first, TermEnd.EXACT, wga=Wga.YES, wia_start_date=date(2024, 1, 1))
    after = reintegration_file(first, TermEnd.EXACT, wga=Wga.YES, wia_start_date=date(2024, 12, 30))

    assert plain.kept.destroy_from == after.kept.destroy_from == date(2034, 1, 3)
    assert plain.holds == ()
    assert [(hold.id, hold.last_day) for hold in after.holds] == [(HoldId.WGA, date(2034, 12, 29))]


def test_without_a_right_the_shorter_norm_is_an_open_point_and_holds_nothing() -> None:
    done, later = date(2022, 9, 1), date(2024, 12, 30)
    none = reintegration_file(
        date(2022, 1, 3), TermEnd.EXACT, wga=Wga.NO, wia_start_date=later, completed_on=done
    )
    unknown = reintegration_file(date(2022, 1, 3), TermEnd.EXACT, wia_start_date=later, completed_on=done)

    assert none.shorter_norm_from == unknown.shorter_norm_from == date(2024, 9, 1)
    assert none.holds == ()
    assert unknown.holds != ()
    assert any("AP noemt twee jaar" in point for point in none.open_points)
    assert any("Niet bekend" in point for point in unknown.open_points)


@pytest.mark.parametrize(
    ("received", "answer_by", "extended_to"),
    [
        (date(2026, 1, 30), date(2026, 3, 2), date(2026, 4, 30)),
        (date(2026, 1, 31), date(2026, 3, 2), date(2026, 4, 30)),
        (date(2024, 1, 31), date(2024, 2, 29), date(2024, 4, 30)),
        (date(2026, 11, 23), date(2026, 12, 23), date(2027, 2, 23)),
        (date(2026, 11, 25), date(2026, 12, 28), date(2027, 2, 25)),
        (date(2026, 3, 6), date(2026, 4, 7), date(2026, 6, 8)),
    ],
)
def test_an_answer_is_due_in_a_month_and_moves_off_weekends_and_holidays(
    received: date, answer_by: date, extended_to: date
) -> None:
    term = answer_term(received)

    assert (term.answer_by, term.notice_by, term.extended_to) == (answer_by, answer_by, extended_to)


def test_a_request_from_before_the_avg_has_no_answer() -> None:
    assert answer_term(date(2018, 5, 25)).answer_by == date(2018, 6, 25)
    with pytest.raises(BeforeFirstText, match="25 mei 2018"):
        answer_term(date(2018, 5, 24))


@given(st.dates(date(2018, 5, 25), date(2040, 12, 31)))
def test_an_answer_is_due_on_a_working_day_and_never_early(received: date) -> None:
    term = answer_term(received)

    assert term.answer_by == working_day_from(term.answer_by)
    assert 28 <= (term.answer_by - received).days <= 37
    assert term.answer_by < term.extended_to


def test_a_breach_is_reported_within_three_days_of_a_known_moment() -> None:
    found = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)

    assert breach_report_by(found) == datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    with pytest.raises(InputError, match="tijdzone"):
        breach_report_by(found.replace(tzinfo=None))
