"""The words and shapes of the calculator: how a step stands, how sure its date is.

A step whose date has passed and that nobody said was done is not called late: the calculator does not
know. Read next: `terms.py`, `terms_drawing.py` (the shapes), `static/hervat/terms.css`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hervat.law.parameters import Article
from hervat.law.steps import Step
from hervat.law.vocabulary import Actor, Certainty, Status, StepId
from hervat.web.presenters.spoken import once_per_language
from hervat.web.presenters.words import Chip, day_text

SHORT = {
    StepId.PROBLEM_ANALYSIS: "Probleemanalyse",
    StepId.ACTION_PLAN: "Plan van aanpak",
    StepId.EVALUATION: "Evaluatie",
    StepId.WEEK_42_NOTIFICATION: "42e-weeksmelding",
    StepId.FIRST_YEAR_EVALUATION: "Eerstejaarsevaluatie",
    StepId.SECOND_TRACK: "Begin spoor 2",
    StepId.UWV_NOTICE: "Kennisgeving UWV",
    StepId.CURRENT_OPINION: "Actueel oordeel",
    StepId.REINTEGRATION_REPORT: "Re-integratieverslag",
    StepId.WIA_APPLICATION: "WIA-aanvraag",
    StepId.REINTEGRATION_REVIEW: "RIV-toets UWV",
    StepId.SICK_REPORT: "Melding arbodienst",
    StepId.WAITING_PERIOD_END: "Einde wachttijd",
    StepId.PAY_END: "Einde loon",
    StepId.WAGE_SANCTION_END: "Einde loonsanctie",
    StepId.SHORTENED_WAITING_PERIOD: "Einde verkorte wachttijd",
}
"""Names that fit beside a timeline and in a calendar, where no word may say that somebody is sick."""


class Shape(StrEnum):
    """How a mark on the timeline looks; each state its own, so that colour never says it alone."""

    DONE = "done"
    DONE_LATE = "done-late"
    PASSED = "passed"
    SOON = "soon"
    OPEN = "open"
    LATER = "later"
    NONE = "none"
    END = "end"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class Look:
    """A state: its chip in the table, its shape and its brief word on the timeline."""

    chip: Chip
    shape: Shape
    brief: str


def look_of(step: Step) -> Look:
    """Return how a step looks."""
    return look_of_status(step.status)


@once_per_language
def look_of_status(status: Status) -> Look:
    """Return how a step looks that stands so."""
    return {
        Status.DONE_IN_TIME: Look(Chip("good i-yes", _("op tijd gedaan")), Shape.DONE, _("gedaan")),
        Status.DONE_LATE: Look(
            Chip("warn i-late", _("te laat gedaan")), Shape.DONE_LATE, _("te laat gedaan")
        ),
        Status.OVERDUE: Look(Chip("bad i-passed", _("datum voorbij")), Shape.PASSED, _("voorbij")),
        Status.DUE_SOON: Look(Chip("warn i-soon", _("binnenkort")), Shape.SOON, _("binnenkort")),
        Status.OPEN: Look(Chip("read i-now", _("nu aan de beurt")), Shape.OPEN, _("nu")),
        Status.NOT_YET: Look(Chip("calm i-later", _("later")), Shape.LATER, ""),
        Status.NOT_APPLICABLE: Look(Chip("calm i-none", _("niet aan de orde")), Shape.NONE, _("n.v.t.")),
    }[status]


def end_look(*, reached: bool) -> Look:
    """Return how a day looks that comes by itself."""
    if reached:
        return Look(Chip("calm i-end", _("bereikt")), Shape.END, _("bereikt"))
    return Look(Chip("calm i-end", _("komt vanzelf")), Shape.END, "")


def legend(shapes: set[Shape]) -> tuple[tuple[Shape, str], ...]:
    """Return what the shapes that occur mean, in a fixed order."""
    words = {
        Shape.DONE: _("op tijd gedaan"),
        Shape.DONE_LATE: _("te laat gedaan"),
        Shape.PASSED: _("datum voorbij, niet opgegeven als gedaan"),
        Shape.SOON: _("binnen een week"),
        Shape.OPEN: _("nu aan de beurt"),
        Shape.LATER: _("later"),
        Shape.NONE: _("niet aan de orde"),
        Shape.END: _("komt vanzelf"),
        Shape.TODAY: _("peildatum"),
    }
    return tuple((shape, word) for shape, word in words.items() if shape in shapes)


def who_text(who: Actor) -> str:
    """Return who acts; nobody for a day that comes by itself."""
    return "" if who is Actor.NOBODY else who.value


@once_per_language
def sure_text(certainty: Certainty) -> str:
    """Return how sure a statement about the law is."""
    return {
        Certainty.READ: _("gelezen in de wettekst"),
        Certainty.DERIVED: _("afgeleid uit de wettekst"),
        Certainty.MEMORY: _("niet nagelezen"),
        Certainty.UNCERTAIN: _("onzeker: laat het nagaan"),
        Certainty.OWN: _("eigen keuze"),
    }[certainty]


def sure_chip(certainty: Certainty) -> Chip:
    """Return the chip of a certainty."""
    css = {Certainty.READ: "good i-yes", Certainty.DERIVED: "good i-yes", Certainty.OWN: "calm i-none"}
    return Chip(css.get(certainty, "warn i-open"), sure_text(certainty))


def basis_chip(article: Article, certainty: Certainty) -> Chip:
    """Return whether something is law, practice or our own choice."""
    if certainty is Certainty.OWN:
        return Chip("calm", _("eigen keuze"))
    if article.text.startswith("praktijk") or "geen wet" in article.text:
        return Chip("case", _("praktijk, geen wet"))
    if "praktijk" in article.text:
        return Chip("case", _("wet en praktijk"))
    return Chip("calm", _("wet of beleid"))


def late_text(days: int) -> str:
    """Return how many days a date lies behind."""
    return ngettext("%(count)s dag", "%(count)s dagen", days) % {"count": days}


def ahead_text(day: date, on: date) -> str:
    """Return how far a date lies ahead."""
    days = (day - on).days
    if days <= 0:
        return _("vandaag")
    return ngettext("over %(count)s dag", "over %(count)s dagen", days) % {"count": days}


def when_text(first: date | None, last: date) -> str:
    """Return a date, or the two ends of a window."""
    return day_text(last) if first is None else f"{day_text(first)} – {day_text(last)}"
