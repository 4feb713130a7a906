"""The wage sanction: until when UWV can lengthen pay, and how it is shortened (WIA art. 25 lid 9–14).

Must never: decide that a sanction is justified; only dates follow from what UWV decided.
Read next: `ending.py`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from hervat.law.facts import Facts, Leave
from hervat.law.parameters import Law


@dataclass(frozen=True, slots=True)
class SanctionOutcome:
    """What a sanction does to pay. `last_day` is None when the decision is void."""

    last_day: date | None
    leave_days: int = 0
    shortened_by: int = 0
    is_expected: bool = False


def add_days_of_work(end: date, days: int, leaves: tuple[Leave, ...]) -> date:
    """Return the last day of a term of so many days after an end; leave pauses it or puts off its start.

    WIA art. 25 lid 9: a sanction starts later or is interrupted by leave under the WAZO.

    >>> add_days_of_work(date(2024, 12, 29), 364, ())
    datetime.date(2025, 12, 28)
    >>> add_days_of_work(date(2024, 12, 29), 364, (Leave(date(2025, 3, 1), date(2025, 3, 10)),))
    datetime.date(2026, 1, 7)
    """
    last = end + timedelta(days)
    for leave in leaves:
        if leave.last_day <= end or leave.first_day > last:
            continue
        last += leave.last_day - max(leave.first_day - timedelta(1), end)
    return last


def latest_last_day(wait_last: date, law: Law, leaves: tuple[Leave, ...]) -> date:
    """Return the last day of the longest sanction, whether or not there is one (WIA art. 25 lid 9).

    >>> from hervat.law.parameters import law_on
    >>> latest_last_day(date(2024, 12, 29), law_on(date(2023, 1, 2)), ())
    datetime.date(2025, 12, 28)
    """
    return add_days_of_work(wait_last, law.days("sanction_at_most"), leaves)


def outcome_of(
    facts: Facts, law: Law, *, wait_last: date, review_due: date, leaves: tuple[Leave, ...]
) -> SanctionOutcome | None:
    """Return what a decided sanction does; None without one. Sent after the end of the wait it is void.

    WIA art. 25 lid 11; sent on the last day it is in time (ECLI:NL:CRVB:2018:3943).

    >>> from hervat.law.facts import Sanction
    >>> from hervat.law.parameters import law_on
    >>> ends = {"wait_last": date(2024, 12, 29), "review_due": date(2024, 11, 17), "leaves": ()}
    >>> for sent in (date(2024, 12, 29), date(2024, 12, 30)):
    ...     outcome_of(Facts(sanction=Sanction(sent, 52)), law_on(date(2023, 1, 2)), **ends).last_day
    datetime.date(2025, 12, 28)
    """
    sanction = facts.sanction
    if sanction is None:
        return None
    if sanction.decided_on > wait_last:
        return SanctionOutcome(None)
    weeks = sanction.weeks
    days = law.days("sanction_at_most") if weeks is None else weeks * 7
    full = add_days_of_work(wait_last, days, leaves)
    leave_days = (full - wait_last).days - days
    ends_on = shortened_last_day(facts, law, delay=max(0, (sanction.decided_on - review_due).days))
    if ends_on is None or ends_on >= full:
        return SanctionOutcome(full, leave_days)
    last = max(ends_on, wait_last)
    return SanctionOutcome(last, leave_days, (full - last).days, facts.finding_on is None)


def shortened_last_day(facts: Facts, law: Law, *, delay: int) -> date | None:
    """Return the last day of a sanction after repair; None when nothing was repaired (lid 12–14).

    UWV finds within three weeks of the report that the failing was put right; the sanction ends six
    weeks after that finding. The end comes forward by every day that UWV decided too late: on this, and
    on the sanction itself (`delay`). Without a finding yet: what holds when UWV is in time.

    >>> from hervat.law.facts import Sanction
    >>> from hervat.law.parameters import law_on
    >>> repaired = Facts(sanction=Sanction(date(2024, 11, 1)), repair_reported_on=date(2025, 2, 3),
    ...                  finding_on=date(2025, 3, 3))
    >>> shortened_last_day(repaired, law_on(date(2023, 1, 2)), delay=0)
    datetime.date(2025, 4, 7)
    """
    found, reported = facts.finding_on, facts.repair_reported_on
    if found is None and reported is None:
        return None
    if reported is None:
        assert found is not None  # noqa: S101
        in_time = found
    else:
        latest = reported + timedelta(law.days("finding_within"))
        in_time = latest if found is None else min(found, latest)
    return in_time + timedelta(law.days("sanction_after_finding") - delay)
