"""Whether the WIA application is late, and whether UWV's own lateness excuses it (WIA art. 64).

A late application lengthens pay, not the wait (ZW art. 76a lid 6 onder a; BW art. 7:629 lid 11). Where
a fact is missing that decides, the answer is a doubt with both outcomes. Must never: assume that UWV's
letter came in time. Read next: `ending.py`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hervat.law.clock import Clock
from hervat.law.facts import Facts
from hervat.law.parameters import Law
from hervat.law.vocabulary import Notice
from hervat.law.working_days import working_day_from


class Excuse(StrEnum):
    """Whether a late application counts as made in time."""

    NOT_NEEDED = "not_needed"
    NOTHING_SENT = "nothing_sent"
    LATE_NOTICE = "late_notice"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late an application is, in days, and whether that is excused.

    `days` is what pay is lengthened by, with an unknown excuse provisionally refused.
    """

    days: int
    excuse: Excuse
    until: date | None = None


IN_TIME = Lateness(0, Excuse.NOT_NEEDED)


def lateness_of(clock: Clock, law: Law, facts: Facts, latest: date) -> Lateness:
    """Return how late the application is, counted from its latest day (WIA art. 64 lid 3 en 6).

    >>> from hervat.law.parameters import law_on
    >>> clock, law = Clock(date(2023, 1, 2)), law_on(date(2023, 1, 2))
    >>> facts = Facts(application_made_on=date(2024, 10, 20), uwv_notice=Notice.NOT_SENT,
    ...               week_42_report_made_on=date(2023, 10, 23))
    >>> lateness_of(clock, law, facts, date(2024, 10, 13)).excuse
    <Excuse.NOTHING_SENT: 'nothing_sent'>
    """
    made = facts.application_made_on
    if made is None or made <= latest:
        return IN_TIME
    late = (made - latest).days
    until = _excused_until(clock, law, facts)
    if facts.uwv_notice is Notice.RECEIVED and until is None:
        return Lateness(late, Excuse.REFUSED)
    if until is not None and made > until:
        return Lateness(late, Excuse.REFUSED, until)
    reported = _reported_in_time(clock, law, facts)
    if reported is False:
        return Lateness(late, Excuse.REFUSED, until)
    if reported is None or facts.uwv_notice is Notice.UNKNOWN:
        return Lateness(late, Excuse.UNKNOWN, until)
    return Lateness(0, Excuse.LATE_NOTICE if until else Excuse.NOTHING_SENT, until)


def reported_on(facts: Facts) -> date | None:
    """Return when the week-42 report was made; an early request counts as one (ZW art. 38 lid 8).

    >>> reported_on(Facts(early_iva_requested_on=date(2023, 6, 1)))
    datetime.date(2023, 6, 1)
    """
    known = (
        facts.week_42_report_made_on,
        facts.early_iva_requested_on,
        facts.voluntary_extension_requested_on,
    )
    return min((day for day in known if day is not None), default=None)


def _excused_until(clock: Clock, law: Law, facts: Facts) -> date | None:
    """Return the last day for an application after a late notice, or None when it was not late.

    Four weeks from its receipt. A term of an act, not counted back and under twelve weeks: the
    Algemene termijnenwet moves its end off a weekend or holiday (art. 1 lid 1).
    """
    received = facts.uwv_notice_received_on
    if received is None or received <= clock.last_day_of(law.days("uwv_notice")):
        return None
    return working_day_from(received + timedelta(law.days("late_notice")), liberation_day_every_year=True)


def _reported_in_time(clock: Clock, law: Law, facts: Facts) -> bool | None:
    """Whether the week-42 report was made before week 81 was full; None: not known whether it was made."""
    reported = reported_on(facts)
    if reported is None:
        return None
    return reported <= clock.last_day_of(law.days("report_for_excuse"))
