"""What is known of somebody's sickness: spells, leave, what has happened. Frozen values, checked once.

Dates are taken as given; none is ever moved for a weekend or a holiday. Making one of these raises
`InputError` when it contradicts itself. Must never: hold a name, a cause or a diagnosis.
Read next: `reading.py` (from JSON), `cases.py` (spells that belong together).
"""

from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from hervat.law.errors import InputError
from hervat.law.vocabulary import LeaveKind, Notice, Regime, SameCause, SanctionKind


@dataclass(frozen=True, slots=True)
class Spell:
    """Incapacity from the first sick day up to, not including, the first fit day; None: not fit yet.

    >>> Spell(date(2023, 5, 1), date(2023, 5, 1))
    Traceback (most recent call last):
    hervat.law.errors.InputError: Een ziekteperiode eindigt op of voor haar eerste dag. ...
    """

    first_sick_day: date
    first_fit_day: date | None = None

    def __post_init__(self) -> None:
        if self.first_fit_day is not None and self.first_fit_day <= self.first_sick_day:
            raise InputError(
                "Een ziekteperiode eindigt op of voor haar eerste dag.",
                "Geef eerst de eerste ziektedag en dan de eerste dag dat iemand weer beter is.",
            )


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave under the WAZO, both days included, and whether the incapacity around it has one cause."""

    first_day: date
    last_day: date
    same_cause: SameCause = SameCause.UNKNOWN
    kind: LeaveKind = LeaveKind.MATERNITY

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise InputError(
                "Een verlof eindigt voor het begint.",
                "Geef bij 'from' de eerste en bij 'to' de laatste verlofdag.",
            )


@dataclass(frozen=True, slots=True)
class Resumption:
    """From a day on, somebody is absent for this part of the hours; it never stops the clock."""

    since: date
    absence_percentage: int


@dataclass(frozen=True, slots=True)
class Correction:
    """Another first sick day than was reported, and why."""

    reported: date
    corrected: date
    reason: str


@dataclass(frozen=True, slots=True)
class Sanction:
    """A wage sanction of UWV; without weeks its length is not known."""

    decided_on: date
    weeks: int | None = None
    kind: SanctionKind | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What has happened; None means: not known to have happened."""

    opinion_given_on: date | None = None
    plan_agreed_on: date | None = None
    last_evaluated_on: date | None = None
    week_42_report_made_on: date | None = None
    first_year_evaluated_on: date | None = None
    second_track_started_on: date | None = None
    uwv_notice: Notice = Notice.UNKNOWN
    uwv_notice_received_on: date | None = None
    current_opinion_given_on: date | None = None
    reintegration_report_made_on: date | None = None
    application_made_on: date | None = None
    sanction: Sanction | None = None
    repair_reported_on: date | None = None
    finding_on: date | None = None
    voluntary_extension_requested_on: date | None = None
    voluntary_extension_last_day: date | None = None
    early_iva_requested_on: date | None = None
    aow_age_reached_on: date | None = None

    def __post_init__(self) -> None:
        _in_order(self.repair_reported_on, self.finding_on, "repair_reported_on", "finding_on")
        _in_order(
            self.voluntary_extension_requested_on,
            self.voluntary_extension_last_day,
            "voluntary_extension_requested_on",
            "voluntary_extension_last_day",
        )
        if self.sanction is None and (self.repair_reported_on or self.finding_on):
            raise InputError(
                "Er is herstel gemeld of vastgesteld zonder loonsanctie.",
                "Geef ook 'sanction_decided_on', of laat 'repair_reported_on' en 'finding_on' weg.",
            )
        if self.sanction is not None:
            decided = self.sanction.decided_on
            _in_order(decided, self.repair_reported_on, "sanction_decided_on", "repair_reported_on")
            _in_order(decided, self.finding_on, "sanction_decided_on", "finding_on")


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything a timeline is computed from, sorted by day and free of contradictions."""

    spells: tuple[Spell, ...]
    leaves: tuple[Leave, ...] = ()
    resumptions: tuple[Resumption, ...] = ()
    facts: Facts = field(default_factory=Facts)
    correction: Correction | None = None
    regime: Regime = Regime.SICKNESS_ACT

    def __post_init__(self) -> None:
        if not self.spells:
            raise InputError(
                "Er is geen ziekteperiode.", "Geef bij 'spells' ten minste een eerste ziektedag."
            )
        if len(self.spells) > 1:
            spells = tuple(sorted(self.spells, key=lambda spell: spell.first_sick_day))
            object.__setattr__(self, "spells", spells)
            _refuse_overlapping_spells(spells)
        if len(self.leaves) > 1:
            leaves = tuple(sorted(self.leaves, key=lambda leave: leave.first_day))
            object.__setattr__(self, "leaves", leaves)
            _refuse_overlapping_leaves(leaves)
        if self.correction is not None:
            _refuse_correction_of_nothing(self.correction, self.spells)


def correct(spells: tuple[Spell, ...], correction: Correction) -> tuple[Spell, ...]:
    """Return the spells with the first sick day that UWV or the employer put right (WIA art. 23 lid 2).

    >>> wrong = Correction(date(2023, 1, 2), date(2023, 1, 4), "vergissing")
    >>> correct((Spell(date(2023, 1, 2)),), wrong)[0].first_sick_day
    datetime.date(2023, 1, 4)
    """
    return tuple(
        Spell(correction.corrected, spell.first_fit_day)
        if spell.first_sick_day == correction.reported
        else spell
        for spell in spells
    )


def _in_order(first: date | None, then: date | None, first_name: str, then_name: str) -> None:
    if first is not None and then is not None and then < first:
        raise InputError(
            f"'{then_name}' ligt voor '{first_name}'.", "Controleer beide datums; het een volgt op het ander."
        )


def _refuse_overlapping_spells(spells: tuple[Spell, ...]) -> None:
    for earlier, later in pairwise(spells):
        if earlier.first_fit_day is None or later.first_sick_day < earlier.first_fit_day:
            raise InputError(
                "Twee ziekteperioden overlappen elkaar, of een latere volgt op een die nog loopt.",
                "Geef elke periode haar eigen eerste ziektedag en eerste dag beter; alleen de laatste loopt.",
            )


def _refuse_overlapping_leaves(leaves: tuple[Leave, ...]) -> None:
    for earlier, later in pairwise(leaves):
        if later.first_day <= earlier.last_day:
            raise InputError(
                "Twee verloven overlappen elkaar.", "Voeg ze samen of verbeter de datums; 'to' telt mee."
            )


def _refuse_correction_of_nothing(correction: Correction, spells: tuple[Spell, ...]) -> None:
    if not any(spell.first_sick_day == correction.reported for spell in spells):
        raise InputError(
            "De verbetering noemt een eerste ziektedag die niet bij 'spells' staat.",
            "Laat bij 'spells' de gemelde dag staan en noem dezelfde dag bij 'reported'.",
        )
    _refuse_overlapping_spells(correct(spells, correction))
