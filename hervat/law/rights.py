"""Terms for requests of data subjects: a month, two more with reasons; weekends and holidays move the end.

The AVG is a Union act, so Regulation 1182/71 counts: the day of receipt does not count, a month ends on
the same day of the month or its last, and an end on a Saturday, Sunday or holiday moves to the next
working day (art. 3). Must never: answer for the person who must decide. Read next: `working_days.py`.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hervat.law.calendar_terms import add_months
from hervat.law.errors import InputError
from hervat.law.parameters import parameters
from hervat.law.working_days import working_day_from


@dataclass(frozen=True, slots=True)
class AnswerTerm:
    """By when a request must be answered. `notice_by`: the last day to say that it takes longer, and why."""

    received_on: date
    answer_by: date
    notice_by: date
    extended_to: date


def answer_term(received_on: date) -> AnswerTerm:
    """Return the terms of a request (AVG art. 12 lid 3; Regulation 1182/71 art. 3 lid 1, 2 en 4).

    >>> term = answer_term(date(2026, 1, 31))
    >>> term.answer_by, term.extended_to
    (datetime.date(2026, 3, 2), datetime.date(2026, 4, 30))
    """
    months = parameters()["answer"].on(received_on)
    more = parameters()["answer_extension"].on(received_on)
    answer_by = working_day_from(add_months(received_on, months))
    return AnswerTerm(
        received_on=received_on,
        answer_by=answer_by,
        notice_by=answer_by,
        extended_to=working_day_from(add_months(received_on, months + more)),
    )


def breach_report_by(discovered_at: datetime) -> datetime:
    """Return until when a data breach can be reported to the AP: 72 hours (AVG art. 33 lid 1).

    A term of hours runs on through weekends and holidays, but holds at least two working days when
    longer than that (Regulation 1182/71 art. 3 lid 3 en 5); we keep to the shorter reading.

    >>> from datetime import UTC
    >>> breach_report_by(datetime(2026, 11, 20, 12, tzinfo=UTC)).isoformat()
    '2026-11-23T12:00:00+00:00'
    """
    if discovered_at.tzinfo is None:
        raise InputError("Het tijdstip heeft geen tijdzone.", "Geef een tijdstip met tijdzone.")
    return discovered_at + timedelta(hours=parameters()["breach_report"].on(discovered_at.date()))
