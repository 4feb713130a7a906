"""The words, symbols and dates that every page shares.

One chip per state, always a symbol and a word, so that colour never says it alone.
Read next: `matrix.py`, `static/hervat/hervat.css` (the colours and symbols).
"""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hervat.register.decisions import Allowed, Decision, Refused
from hervat.register.vocabulary import (
    Cell,
    Certainty,
    Clock,
    DayRule,
    ItemClass,
    LegalBasis,
    Meanwhile,
    Scope,
)
from hervat.web.presenters.spoken import once_per_language


@dataclass(frozen=True, slots=True)
class Chip:
    """A state in a symbol and a word; `css` gives its colours and its symbol."""

    css: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere; `dutch` when the text is law or register."""

    text: str
    href: str
    dutch: bool = False


def cell_chip(cell: Cell) -> Chip:
    """Return how a cell of the matrix looks."""
    return {
        Cell.READ: Chip("read", _("lezen")),
        Cell.WRITE: Chip("write", _("schrijven")),
        Cell.OWN: Chip("own", _("eigen")),
        Cell.CASE: Chip("case", _("per geval")),
        Cell.OUTCOME: Chip("outcome", _("uitkomst")),
        Cell.NOTHING: Chip("nothing", _("niets")),
    }[cell]


def gap_chip() -> Chip:
    """Return how a decision looks that waits for somebody to accept an open point."""
    return Chip("warn i-open", _("open punt"))


def decision_chip(decision: Decision) -> Chip:
    """Return how the outcome of a decision looks."""
    if isinstance(decision, Allowed):
        return Chip("good i-yes", scope_text(decision.scope))
    if isinstance(decision, Refused):
        return Chip("bad i-no", _("nee"))
    return gap_chip()


def scope_text(scope: Scope) -> str:
    """Return to which extent something is allowed."""
    return {
        Scope.FULL: _("ja, volledig"),
        Scope.OUTCOME: _("ja, alleen de uitkomst"),
        Scope.OWN: _("ja, alleen over uzelf"),
        Scope.CASE: _("ja, per geval"),
    }[scope]


def class_text(item_class: ItemClass) -> str:
    """Return how closely the law holds an item."""
    return {
        ItemClass.ORDINARY: _("gewoon gegeven"),
        ItemClass.BSN: _("nationaal nummer"),
        ItemClass.SPECIAL: _("bijzonder gegeven"),
        ItemClass.MEDICAL: _("medisch gegeven"),
    }[item_class]


def class_chip(item_class: ItemClass) -> Chip | None:
    """Return the chip of a class that deserves one; the ordinary does not."""
    looks = {
        ItemClass.BSN: Chip("warn i-lock", _("BSN")),
        ItemClass.SPECIAL: Chip("calm i-lock", _("bijzonder")),
        ItemClass.MEDICAL: Chip("bad i-lock", _("medisch")),
    }
    return looks.get(item_class)


def basis_text(basis: LegalBasis) -> str:
    """Return a ground of AVG art. 6(1) in words, always Dutch."""
    return {
        LegalBasis.CONSENT: "toestemming, AVG art. 6 lid 1 onder a",
        LegalBasis.CONTRACT: "overeenkomst, AVG art. 6 lid 1 onder b",
        LegalBasis.LEGAL_OBLIGATION: "wettelijke verplichting, AVG art. 6 lid 1 onder c",
        LegalBasis.VITAL_INTEREST: "vitaal belang, AVG art. 6 lid 1 onder d",
        LegalBasis.PUBLIC_TASK: "publieke taak, AVG art. 6 lid 1 onder e",
        LegalBasis.LEGITIMATE_INTEREST: "gerechtvaardigd belang, AVG art. 6 lid 1 onder f",
    }[basis]


@once_per_language
def certainty_text(certainty: Certainty) -> str:
    """Return how sure a reading is."""
    return {
        Certainty.HIGH: _("zekerheid hoog"),
        Certainty.MEDIUM: _("zekerheid middel"),
        Certainty.OPEN: _("onzeker"),
    }[certainty]


def meanwhile_chip(meanwhile: Meanwhile) -> Chip:
    """Return what happens while nobody has accepted an open point."""
    return {
        Meanwhile.REFUSE: Chip("bad i-no", _("weigeren")),
        Meanwhile.KEEP: Chip("calm i-lock", _("niet vernietigen")),
        Meanwhile.ASK: Chip("calm i-ask", _("navragen")),
    }[meanwhile]


def clock_text(clock: Clock) -> str:
    """Return the event a term starts from."""
    return {
        Clock.FIRST_SICK_DAY: _("vanaf de eerste ziektedag"),
        Clock.BIRTH_YEAR: _("vanaf het geboortejaar"),
        Clock.CASE_CLOSED: _("vanaf de sluiting van het dossier"),
        Clock.POLICY_DECIDED: _("vanaf de vaststelling van het beleid"),
        Clock.LOGGED: _("vanaf de logregel"),
        Clock.COLLECTED: _("vanaf de verzameling"),
        Clock.POSTING_ENDED: _("vanaf het einde van de plaatsing"),
    }[clock]


def day_rule_text(rule: DayRule) -> str:
    """Return on which day a term ends."""
    return (
        _("eindigt op de dag zelf")
        if rule is DayRule.EXACT
        else _("eindigt aan het einde van dat kalenderjaar")
    )


def duration_text(duration: str) -> str:
    """Return an ISO 8601 duration in words."""
    found = re.fullmatch(r"P(\d+)([YMD])", duration)
    if found is None:
        return duration
    count = int(found[1])
    return {
        "Y": ngettext("%(count)s jaar", "%(count)s jaar", count),
        "M": ngettext("%(count)s maand", "%(count)s maanden", count),
        "D": ngettext("%(count)s dag", "%(count)s dagen", count),
    }[found[2]] % {"count": count}


@once_per_language
def day_text(day: date) -> str:
    """Return a date in words: 17 nov 2026."""
    return date_format(day, "j b Y")
