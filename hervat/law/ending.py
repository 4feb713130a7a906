"""When the waiting period and the duty to pay end: two values that public writers mix up.

The wait ends after 104 weeks, or later after a joint request (WIA art. 24). Pay ends with it, or later
through a late application or a wage sanction. Both the last day and the first day after are given.
Must never: move a date for a weekend. Read next: `application.py`, `sanction.py`, `gatekeeper.py`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from hervat.law.application import Lateness, lateness_of
from hervat.law.clock import Clock
from hervat.law.facts import Facts, Leave
from hervat.law.parameters import Law
from hervat.law.sanction import SanctionOutcome, latest_last_day, outcome_of

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ending:
    """The ends of a case. `statutory_last_day` is the end of 104 weeks, before any extension."""

    statutory_last_day: date
    wait_last_day: date
    pay_last_day: date
    wia_start_date: date
    sanction_max_last_day: date
    application_due_on: date
    review_due_on: date
    lateness: Lateness
    sanction: SanctionOutcome | None

    @property
    def is_extended(self) -> bool:
        return self.wait_last_day != self.statutory_last_day


@dataclass(frozen=True, slots=True)
class EarlyClaim:
    """Between which days a shortened wait can end; empty when the request came too late."""

    first_last_day: date
    latest_last_day: date

    @property
    def is_too_late(self) -> bool:
        return self.first_last_day > self.latest_last_day


def ending_of(clock: Clock, law: Law, facts: Facts, leaves: tuple[Leave, ...] = ()) -> Ending:
    """Return when wait and pay end (WIA art. 23 lid 1, 24, 25; ZW art. 76a; BW art. 7:629).

    >>> from hervat.law.parameters import law_on
    >>> ending = ending_of(Clock(date(2023, 1, 2)), law_on(date(2023, 1, 2)), Facts())
    >>> ending.wait_last_day, ending.wia_start_date
    (datetime.date(2024, 12, 29), datetime.date(2024, 12, 30))
    """
    statutory = clock.last_day_of(law.days("waiting_period"))
    wait_last = extended_last_day(facts, statutory)
    back_from = wait_last if wait_last != statutory else None
    application_due = before_end(clock, law, "application_before_end", back_from)
    review_due = before_end(clock, law, "review_before_end", back_from)
    lateness = lateness_of(clock, law, facts, application_due)
    sanction = outcome_of(facts, law, wait_last=wait_last, review_due=review_due, leaves=leaves)
    benefit_after = wait_last if sanction is None or sanction.last_day is None else sanction.last_day
    return Ending(
        statutory_last_day=statutory,
        wait_last_day=wait_last,
        pay_last_day=max(wait_last + timedelta(lateness.days), benefit_after),
        wia_start_date=benefit_after + _DAY,
        sanction_max_last_day=latest_last_day(wait_last, law, leaves),
        application_due_on=application_due,
        review_due_on=review_due,
        lateness=lateness,
        sanction=sanction,
    )


def extended_last_day(facts: Facts, statutory: date) -> date:
    """Return the last day of the wait with a voluntary extension; its end is what UWV set (WIA art. 24).

    >>> extended_last_day(Facts(voluntary_extension_last_day=date(2025, 3, 31)), date(2024, 12, 29))
    datetime.date(2025, 3, 31)
    """
    extended = facts.voluntary_extension_last_day
    if extended is None or extended <= statutory:
        return statutory
    return extended


def before_end(clock: Clock, law: Law, term: str, extended_end: date | None) -> date:
    """Return the last day of a term that counts back from the end of the wait (WIA art. 25 lid 3, 64 lid 3).

    In counted days, like every step; after an extension in days back from the end that UWV set.

    >>> from hervat.law.parameters import law_on
    >>> before_end(Clock(date(2023, 1, 2)), law_on(date(2023, 1, 2)), "report_before_end", None)
    datetime.date(2024, 9, 29)
    """
    if extended_end is not None:
        return extended_end - timedelta(law.days(term))
    return clock.last_day_of(law.days("waiting_period") - law.days(term))


def early_claim(clock: Clock, law: Law, requested_on: date) -> EarlyClaim:
    """Return between which days a shortened wait can end (WIA art. 23 lid 6).

    At least 13 weeks, at most 78, and not within ten weeks of the request.

    >>> from hervat.law.parameters import law_on
    >>> early_claim(Clock(date(2023, 1, 2)), law_on(date(2023, 1, 2)), date(2023, 6, 1))
    EarlyClaim(first_last_day=datetime.date(2023, 8, 10), latest_last_day=datetime.date(2024, 6, 30))
    """
    after_request = requested_on + timedelta(law.days("early_iva_after_request"))
    return EarlyClaim(
        first_last_day=max(clock.last_day_of(law.days("early_iva_least")), after_request),
        latest_last_day=clock.last_day_of(law.days("early_iva_most")),
    )
