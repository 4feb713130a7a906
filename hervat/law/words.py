"""Dutch words for dates and counts, for reasons and errors.

Its own months rather than a locale: a server without Dutch would otherwise speak English.
Read next: `why.py`.
"""

from datetime import date

_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def long_date(day: date) -> str:
    """Return a date as people write it.

    >>> long_date(date(2023, 1, 2))
    '2 januari 2023'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def from_to(first: date, last: date, to: str = "tot") -> str:
    """Return two dates without saying twice what they share.

    >>> from_to(date(2023, 6, 5), date(2023, 6, 19))
    '5 tot 19 juni 2023'
    >>> from_to(date(2023, 5, 1), date(2023, 8, 20), "tot en met")
    '1 mei tot en met 20 augustus 2023'
    """
    if first.year != last.year:
        return f"{long_date(first)} {to} {long_date(last)}"
    if first.month != last.month:
        return f"{first.day} {_MONTHS[first.month - 1]} {to} {long_date(last)}"
    return f"{first.day} {to} {long_date(last)}"


def days(count: int) -> str:
    """Return a number of days, one of them in the singular.

    >>> days(1), days(14)
    ('1 dag', '14 dagen')
    """
    return f"{count} dag" if count == 1 else f"{count} dagen"


def moved(count: int) -> str:
    """Return a shift with its sign.

    >>> moved(14), moved(-3)
    ('+14 dagen', '-3 dagen')
    """
    return f"{'+' if count >= 0 else '-'}{days(abs(count))}"


FACT_NAMES = {
    "opinion_given_on": "oordeel van de bedrijfsarts",
    "plan_agreed_on": "plan van aanpak afgesproken",
    "last_evaluated_on": "laatste evaluatie",
    "week_42_report_made_on": "42e-weeksmelding",
    "first_year_evaluated_on": "eerstejaarsevaluatie",
    "second_track_started_on": "begin van spoor 2",
    "uwv_notice_received_on": "kennisgeving van UWV",
    "current_opinion_given_on": "actueel oordeel",
    "reintegration_report_made_on": "re-integratieverslag",
    "application_made_on": "WIA-aanvraag",
    "sanction_decided_on": "besluit tot loonsanctie",
    "repair_reported_on": "melding van herstel van het verzuim",
    "finding_on": "vaststelling door UWV",
    "voluntary_extension_requested_on": "verzoek om vrijwillige verlenging",
    "voluntary_extension_last_day": "einde van de vrijwillige verlenging",
    "early_iva_requested_on": "aanvraag van een vervroegde IVA",
    "aow_age_reached_on": "AOW-leeftijd bereikt",
}
"""What a fact is called, by its key in the data: law and data are Dutch for people."""
