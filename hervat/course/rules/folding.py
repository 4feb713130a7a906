"""Facts become the situation that the law asks: spells, leave, resumptions, and what was done.

The order in which facts arrived makes no difference; only their days do. A detail that was not opened is
not known, and moves no date but that of a leave's cause. Must never: settle what cannot be: it raises
`CourseFault`. Read next: `faults.py`, `../../law/timeline.py`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, Final
from uuid import UUID

from hervat.course.rules.faults import CourseFault, Fault
from hervat.course.rules.values import Detail, SanctionTerms
from hervat.course.rules.vocabulary import Kind
from hervat.law.cases import gather_cases
from hervat.law.facts import Facts, Leave, Resumption, Sanction, Situation, Spell
from hervat.law.vocabulary import LeaveKind, Notice, SameCause


@dataclass(frozen=True, slots=True)
class Happened:
    """A fact as it stands: what happened when; `id` is None for one that is not stored yet."""

    kind: Kind
    happened_on: date
    last_day: date | None = None
    detail: Detail | None = field(default=None, repr=False)
    id: UUID | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Folded:
    """The situation, and since when its latest case runs: facts before that belong to an earlier one."""

    situation: Situation
    since: date
    nth_case: int


FIELDS: Final = {
    Kind.OPINION: "opinion_given_on",
    Kind.PLAN: "plan_agreed_on",
    Kind.EVALUATION: "last_evaluated_on",
    Kind.WEEK_42: "week_42_report_made_on",
    Kind.FIRST_YEAR: "first_year_evaluated_on",
    Kind.SECOND_TRACK: "second_track_started_on",
    Kind.UWV_NOTICE: "uwv_notice_received_on",
    Kind.CURRENT_OPINION: "current_opinion_given_on",
    Kind.REPORT: "reintegration_report_made_on",
    Kind.APPLICATION: "application_made_on",
    Kind.REPAIR: "repair_reported_on",
    Kind.FINDING: "finding_on",
    Kind.EARLY_IVA: "early_iva_requested_on",
}
"""Which fact of the law a kind is."""
_LATEST: Final = frozenset({Kind.EVALUATION, Kind.REPAIR, Kind.FINDING, Kind.SANCTION, Kind.EXTENSION})
"""Of which kinds the last one counts; of the others the first, on which the step was done."""
_MAY_REPEAT: Final = frozenset({Kind.CONTACT})


def fold(facts: Iterable[Happened], *, otherwise_sick_since: date | None = None) -> Folded:
    """Return the situation that facts make. Raises `CourseFault` for what cannot be.

    `otherwise_sick_since` is the first sick day that a dossier was opened with, for one without a report.

    >>> sick, fit = Happened(Kind.SICK, date(2023, 1, 2)), Happened(Kind.RECOVERED, date(2023, 2, 6))
    >>> fold([fit, sick]).situation.spells
    (Spell(first_sick_day=datetime.date(2023, 1, 2), first_fit_day=datetime.date(2023, 2, 6)),)
    """
    known = sorted(facts, key=_by_day)
    _refuse_doubles(known)
    spells = tuple(_spells(known, otherwise_sick_since))
    leaves = tuple(_leaves(known))
    cases = gather_cases(spells, leaves)
    since = cases[-1].first_sick_day
    resumptions = tuple(
        Resumption(one.happened_on, one.detail)
        for one in known
        if one.kind is Kind.PERCENTAGE and isinstance(one.detail, int)
    )
    done = _facts(
        [one for one in known if one.happened_on >= since],
        [one for one in known if one.happened_on < cases[0].first_sick_day],
    )
    situation = Situation(spells, leaves, resumptions, done)
    return Folded(situation, since, len(cases))


def demand_leave_of(causes: Iterable[Happened], facts: Sequence[Happened]) -> None:
    """Raise `CourseFault` for a cause of a leave that is not there.

    Only when it is recorded: a leave that moves later leaves its cause behind, which then counts for nothing.
    """
    leaves = {one.happened_on for one in facts if one.kind is Kind.LEAVE}
    if any(one.kind is Kind.LEAVE_CAUSE and one.happened_on not in leaves for one in causes):
        raise CourseFault(Fault.NO_LEAVE, Kind.LEAVE_CAUSE)


def _by_day(fact: Happened) -> tuple[date, int]:
    # Fit again and sick again on one day: first the one, then the other.
    return fact.happened_on, 0 if fact.kind is Kind.RECOVERED else 1


def _refuse_doubles(facts: Sequence[Happened]) -> None:
    counted = Counter((one.kind, one.happened_on) for one in facts if one.kind not in _MAY_REPEAT)
    for (kind, _), count in counted.items():
        if count > 1:
            raise CourseFault(Fault.DOUBLE, kind)


def _spells(facts: Sequence[Happened], otherwise: date | None) -> Iterator[Spell]:
    events = [one for one in facts if one.kind in {Kind.SICK, Kind.RECOVERED}]
    if otherwise is not None and not any(one.kind is Kind.SICK for one in events):
        events = sorted([*events, Happened(Kind.SICK, otherwise)], key=_by_day)
    if not events:
        raise CourseFault(Fault.NO_SICKNESS)
    since: date | None = None
    for one in events:
        if one.kind is Kind.SICK:
            if since is not None:
                raise CourseFault(Fault.SICK_ALREADY, Kind.SICK)
            since = one.happened_on
        elif since is None or one.happened_on <= since:
            raise CourseFault(Fault.NOT_SICK, Kind.RECOVERED)
        else:
            yield Spell(since, one.happened_on)
            since = None
    if since is not None:
        yield Spell(since)


def _leaves(facts: Sequence[Happened]) -> Iterator[Leave]:
    causes = {one.happened_on: one.detail for one in facts if one.kind is Kind.LEAVE_CAUSE}
    found = [one for one in facts if one.kind is Kind.LEAVE]
    for earlier, later in pairwise(found):
        if earlier.last_day is not None and later.happened_on <= earlier.last_day:
            raise CourseFault(Fault.LEAVES_OVERLAP, Kind.LEAVE)
    for one in found:
        cause, kind = causes.get(one.happened_on), one.detail
        yield Leave(
            one.happened_on,
            one.last_day or one.happened_on,
            cause if isinstance(cause, SameCause) else SameCause.UNKNOWN,
            kind if isinstance(kind, LeaveKind) else LeaveKind.MATERNITY,
        )


def _facts(of_case: Sequence[Happened], before: Sequence[Happened]) -> Facts:
    """The facts of the latest case; one that lies before any is handed on, for the law to say so."""
    chosen: dict[Kind, Happened] = {}
    for one in of_case:
        if one.kind not in chosen or one.kind in _LATEST:
            chosen[one.kind] = one
    for one in before:
        chosen.setdefault(one.kind, one)
    _refuse_sanction(chosen)
    known: dict[str, Any] = {
        name: chosen[kind].happened_on for kind, name in FIELDS.items() if kind in chosen
    }
    if Kind.UWV_NOTICE in chosen:
        known["uwv_notice"] = Notice.RECEIVED
    if (extension := chosen.get(Kind.EXTENSION)) is not None:
        known["voluntary_extension_requested_on"] = extension.happened_on
        known["voluntary_extension_last_day"] = extension.last_day
    if (decided := chosen.get(Kind.SANCTION)) is not None:
        terms = decided.detail if isinstance(decided.detail, SanctionTerms) else SanctionTerms()
        known["sanction"] = Sanction(decided.happened_on, terms.weeks, terms.kind)
    return Facts(**known)


def _refuse_sanction(chosen: dict[Kind, Happened]) -> None:
    sanction, repair, finding = (chosen.get(kind) for kind in (Kind.SANCTION, Kind.REPAIR, Kind.FINDING))
    for one in (repair, finding):
        if one is not None and (sanction is None or one.happened_on < sanction.happened_on):
            raise CourseFault(Fault.NO_SANCTION, one.kind)
    if repair is not None and finding is not None and finding.happened_on < repair.happened_on:
        raise CourseFault(Fault.FOUND_FIRST, Kind.FINDING)
