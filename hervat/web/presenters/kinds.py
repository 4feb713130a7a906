"""What may be recorded in a course, in words: a title, what its day is, and the help on its step.

Must never: offer what the permit may not write. Read next: `../course/forms.py`, `../../course/rules/`.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hervat.course.rules.acting import ACTING
from hervat.course.rules.vocabulary import Kind
from hervat.register import in_force
from hervat.register.permit import Permit
from hervat.register.vocabulary import Authority, Item, Scope, Use
from hervat.web.presenters.help import help_href

HOURS: Final = "uren"
"""The address of the one form for own and adapted work: who asks the one, asks the other."""
_OF_HOURS: Final = (Kind.OWN_HOURS, Kind.ADAPTED_HOURS)
RECORDED: Final[dict[str, tuple[Kind, ...]]] = {
    HOURS: _OF_HOURS,
    **{kind.value: (kind,) for kind in Kind if kind not in _OF_HOURS},
}
"""Every form by its address, with the kinds of fact it records."""
_MOVE_NOTHING: Final = frozenset({HOURS, Kind.PERCENTAGE, Kind.CONTACT, Kind.CAPACITY, Kind.PLAN_REVISION})
_SEEN: Final = frozenset({Scope.FULL, Scope.OWN, Scope.CASE})


@dataclass(frozen=True, slots=True)
class KindWords:
    """How a form speaks: its heading, what it is for, what its day and its last day are called."""

    title: str
    lead: str
    day: str
    last_day: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that somebody may record, and where."""

    code: str
    text: str
    href: str


def code_of(kind: Kind) -> str:
    """Return the form that records a kind."""
    return HOURS if kind in _OF_HOURS else kind.value


def offers(permit: Permit, number: str) -> tuple[Offer, ...]:
    """Return what a permit may record in its dossier, in the order of the course."""
    return tuple(
        Offer(code, words_of(code).title, reverse("dossier-record", args=[number, code]))
        for code in RECORDED
        if may_record(permit, code)
    )


def may_record(permit: Permit, code: str) -> bool:
    """Whether a permit may write what a form records; nobody records their own course."""
    return permit.authority is not Authority.OWN and bool(writable_kinds(permit, code))


def writable_kinds(permit: Permit, code: str) -> tuple[Kind, ...]:
    """Return the kinds of a form that a permit may write."""
    wanted = {Scope.FULL, Scope.CASE}
    return tuple(kind for kind in RECORDED[code] if permit.scope(kind.item, Use.WRITE) in wanted)


def wonders(permit: Permit) -> tuple[Offer, ...]:
    """Return what somebody may try out: whatever moves a date and they may see, written or not."""
    return tuple(Offer(code, words_of(code).title, "") for code in RECORDED if may_wonder(permit, code))


def may_wonder(permit: Permit, code: str) -> bool:
    """Whether a permit shows what a form is about, and that form can move a date."""
    seen = {Item.SICKNESS_ABSENCE, *(kind.item for kind in RECORDED[code])}
    return code not in _MOVE_NOTHING and all(permit.scope(one) in _SEEN for one in seen)


def help_of(code: str) -> str:
    """Return where the help on the step is that a form does, or nothing."""
    steps = [step for step, acting in ACTING.items() if acting.done_by[0] in RECORDED[code]]
    return help_href(steps[0]) if steps else ""


def not_obliged(permit: Permit, code: str) -> str:
    """Return what the register says to whom it is about, who need not supply this."""
    register = in_force.history().on(permit.on)
    groups = {register.group(kind.item).id: register.group(kind.item) for kind in RECORDED[code]}
    free = [group for group in groups.values() if not group.supply_obligatory]
    text = _("Voor de re-integrant geldt: u bent niet verplicht deze gegevens te verstrekken.")
    return str(text) if free else ""


def words_of(code: str) -> KindWords:
    """Return how a form speaks, in the language of who looks."""
    return KindWords(*(str(text) for text in _WORDS[code]))


_WORDS: Final[dict[str, tuple[Any, ...]]] = {
    HOURS: (
        _("Uren vastleggen"),
        _("Hoeveel uur iemand in een week werkte, in eigen en in aangepast werk."),
        _("Een dag in die week"),
    ),
    Kind.SICK: (
        _("Ziekmelding vastleggen"),
        _("Binnen vier weken na herstel loopt hetzelfde dossier door; u ziet hierna wat verschuift."),
        _("Eerste ziektedag"),
    ),
    Kind.RECOVERED: (
        _("Herstel vastleggen"),
        _("Alleen wie het eigen werk weer in volle omvang kan doen, is hersteld."),
        _("Eerste dag weer beter"),
    ),
    Kind.PERCENTAGE: (
        _("Mate van verzuim vastleggen"),
        _("Voor welk deel van de uren iemand afwezig is. Dit stopt de klok niet."),
        _("Vanaf"),
    ),
    Kind.LEAVE: (
        _("Verlof vastleggen"),
        _("Dagen van verlof tellen niet mee voor de termijnen. Of de oorzaak dezelfde is, zegt de arts."),
        _("Eerste verlofdag"),
        _("Laatste verlofdag"),
    ),
    Kind.LEAVE_CAUSE: (
        _("Oorzaak rond verlof vastleggen"),
        _("Of de ongeschiktheid voor en na het verlof dezelfde oorzaak heeft. Alleen voor artsen."),
        _("Eerste dag van dat verlof"),
    ),
    Kind.CONTACT: (
        _("Contact vastleggen"),
        _("Dat u elkaar sprak en hoe. Niet waarover, en niets over de ziekte."),
        _("Dag van het contact"),
    ),
    Kind.OPINION: (
        _("Advies van de bedrijfsarts vastleggen"),
        _("Alleen dat en wanneer het is gegeven; het plan van aanpak telt vanaf die dag."),
        _("Dag waarop het advies is gegeven"),
    ),
    Kind.PLAN: (
        _("Plan van aanpak vastleggen"),
        _("De dag waarop u en de re-integrant het samen eens werden."),
        _("Dag waarop u het eens werd"),
    ),
    Kind.PLAN_REVISION: (
        _("Bijstelling van het plan vastleggen"),
        _("De dag waarop u het plan samen aanpaste."),
        _("Dag van de bijstelling"),
    ),
    Kind.EVALUATION: (
        _("Evaluatie vastleggen"),
        _("De dag waarop u samen terugkeek. De volgende evaluatie komt vanzelf in de lijst."),
        _("Dag van de evaluatie"),
    ),
    Kind.WEEK_42: (
        _("42e-weeksmelding vastleggen"),
        _("U meldt zelf bij UWV; hier legt u vast wanneer dat is gedaan."),
        _("Dag van de melding"),
    ),
    Kind.FIRST_YEAR: (
        _("Eerstejaarsevaluatie vastleggen"),
        _("De dag waarop u samen op het eerste jaar terugkeek."),
        _("Dag van de evaluatie"),
    ),
    Kind.SECOND_TRACK: (
        _("Begin van spoor 2 vastleggen"),
        _("De dag waarop ook buiten de eigen organisatie gezocht wordt."),
        _("Eerste dag van spoor 2"),
    ),
    Kind.UWV_NOTICE: (
        _("Kennisgeving van UWV vastleggen"),
        _("De dag waarop de brief over de WIA is ontvangen."),
        _("Dag van ontvangst"),
    ),
    Kind.CURRENT_OPINION: (
        _("Actueel oordeel vastleggen"),
        _("Alleen dat en wanneer het is gegeven."),
        _("Dag waarop het is gegeven"),
    ),
    Kind.REPORT: (
        _("Re-integratieverslag vastleggen"),
        _("De dag waarop eindevaluatie en verslag klaar waren."),
        _("Dag waarop het klaar was"),
    ),
    Kind.APPLICATION: (
        _("WIA-aanvraag vastleggen"),
        _("De dag waarop bij UWV is aangevraagd."),
        _("Dag van de aanvraag"),
    ),
    Kind.SANCTION: (
        _("Loonsanctie vastleggen"),
        _("Het besluit van UWV, met duur en soort zoals het besluit die noemt."),
        _("Dag van het besluit"),
    ),
    Kind.REPAIR: (
        _("Herstel aan UWV gemeld"),
        _("De dag waarop u UWV om bekorting vroeg."),
        _("Dag van de melding"),
    ),
    Kind.FINDING: (
        _("Herstel door UWV vastgesteld"),
        _("De dag waarop UWV dat vaststelde."),
        _("Dag van vaststelling"),
    ),
    Kind.EXTENSION: (
        _("Vrijwillige verlenging vastleggen"),
        _("Het gezamenlijke verzoek, en de laatste dag zodra UWV die noemt."),
        _("Dag van het verzoek"),
        _("Laatste dag van de verlengde wachttijd"),
    ),
    Kind.EARLY_IVA: (
        _("Vervroegde IVA vastleggen"),
        _("Leg vast wat er is gebeurd, niet wat u verwacht."),
        _("Dag van de aanvraag"),
    ),
    Kind.CAPACITY: (
        _("Beoordeling van de belastbaarheid vastleggen"),
        _("Alleen dat en wanneer is beoordeeld, en wanneer opnieuw."),
        _("Dag van de beoordeling"),
        _("Opnieuw bekijken op"),
    ),
}
