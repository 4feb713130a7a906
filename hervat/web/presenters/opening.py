"""A dossier by hand, in words: what the employer may ask, and where a report leads that opens none.

Each question that is not on the form says why, in the words of the register. Must never: offer one that the
register does not let this role record. Read next: `../incoming/opening.py`,
`../../course/rules/reporting.py`.
"""

from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from hervat.course.queries.reported import Reported
from hervat.course.rules.reporting import Leads
from hervat.dossiers.rules.case_number import show_case_number
from hervat.register.cells import hidden
from hervat.register.decisions import Allowed
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item, Scope, Use
from hervat.web.presenters.opening_words import TEXTS
from hervat.web.presenters.words import Link

_SICK: Final = "ziek"


@dataclass(frozen=True, slots=True)
class Question:
    """What an employer may ask and is not on the form, with why not. `dutch`: the register says so."""

    text: str
    why: str
    dutch: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a report led that opened nothing: what there is, and what to do."""

    title: str
    text: str
    links: tuple[Link, ...]
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class OpeningView:
    """What stands beside the form. `source_rule` is why a name is not typed here, as the register says it."""

    questions: tuple[Question, ...]
    source_rule: str
    answer: Answer | None


def present_opening(permit: Permit, found: Reported | None) -> OpeningView:
    """Format what stands beside the form, and where a report led."""
    return OpeningView(
        questions=_questions(permit),
        source_rule=_why_not(permit, Item.EMPLOYEE_ID),
        answer=_answer(found) if found else None,
    )


def asks_safety_net(permit: Permit) -> bool:
    """Return whether a permit lets somebody record whether the safety net holds."""
    return permit.scope(Item.SICKNESS_ACT, Use.WRITE) is Scope.FULL


def _questions(permit: Permit) -> tuple[Question, ...]:
    """The other questions of the policy rules of the AP, par. 4, each with why it is not asked here."""
    no_item = _("U mag het vragen. Het register kent er geen gegeven voor, dus u legt het hier niet vast.")
    where = _why_not(permit, Item.NURSING_ADDRESS) or _why_not(permit, Item.PHONE)
    asked = [
        Question(_("Hoe lang gaat het duren, denkt u?"), no_item),
        Question(_("Welke afspraken en werkzaamheden lopen er?"), no_item),
        Question(_("Op welk nummer en welk adres bent u te bereiken?"), where, dutch=True),
        Question(
            _("Was het een arbeidsongeval, of een verkeersongeval waarvoor een ander aansprakelijk is?"),
            _why_not(permit, Item.ACCIDENT) or no_item,
            dutch=bool(_why_not(permit, Item.ACCIDENT)),
        ),
    ]
    if not asks_safety_net(permit):
        why = _why_not(permit, Item.SICKNESS_ACT)
        asked.append(Question(_("Geldt het vangnet van de Ziektewet?"), why, dutch=True))
    return tuple(asked)


def _why_not(permit: Permit, item: Item) -> str:
    """Why an item may not be recorded, as the register says it; nothing where it may."""
    decision = permit.decision(item, Use.WRITE)
    return "" if isinstance(decision, Allowed) else hidden(decision).reason.text


def _answer(found: Reported) -> Answer | None:
    number = show_case_number(found.case_number) if found.case_number else ""
    if found.leads is Leads.OPENS:
        return None
    if found.leads is Leads.UNKNOWN or not number:
        return Answer(
            title=_("Bij uw eenheden kent Hervat deze persoon niet"),
            text=_("Niemand die u bereikt, heeft dit nummer en deze naam. Kijk eerst of u beide goed typte."),
            links=(Link(_("Berichten van het personeelssysteem"), reverse("feed")),),
            unknown=True,
        )
    title, text, links = _known(found.leads, number)
    return Answer(title, text, links)


def _known(leads: Leads, number: str) -> tuple[str, str, tuple[Link, ...]]:
    title, text = TEXTS[leads]
    return str(title), str(text), _links(leads, number)


def _links(leads: Leads, number: str) -> tuple[Link, ...]:
    """What there is to do, the first first."""
    dossier = Link(_("Naar dossier %(number)s") % {"number": number}, reverse("dossier", args=[number]))
    match leads:
        case Leads.RELAPSE:
            relapse = Link(_("Leg de terugval vast"), reverse("dossier-record", args=[number, _SICK]))
            return (relapse, dossier)
        case Leads.REOPENS:
            text = _("Heropen dossier %(number)s") % {"number": number}
            return (Link(text, reverse("dossier-reopen", args=[number])),)
        case Leads.CLOSE_FIRST:
            text = _("Sluit dossier %(number)s") % {"number": number}
            return (Link(text, reverse("dossier-close", args=[number])), dossier)
        case _:
            return (dossier,)
