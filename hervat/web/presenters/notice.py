"""The notice to a re-integrant (AVG art. 13 and 14), made of the register: source, purposes, recipients,
terms and rights. Nothing here is a text of its own that the register could contradict but the rights.

Must never: name a person. Read next: `hervat/register/model.py`, docs/register.md.
"""

from dataclasses import dataclass
from datetime import date

from hervat.register import in_force
from hervat.register.model import Register
from hervat.register.vocabulary import Item, ItemClass
from hervat.web.presenters.facts import items_of_re_integrants
from hervat.web.presenters.words import basis_text, day_text


@dataclass(frozen=True, slots=True)
class PurposeView:
    """A purpose: its words in the register, its ground, and whether one may object."""

    name: str
    phrase: str
    ground: str
    objection: bool


@dataclass(frozen=True, slots=True)
class TermView:
    """A retention term and what it holds for."""

    phrase: str
    objects: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """The notice, from one version of the register."""

    reference: str
    version: int
    since: str
    controllers: tuple[str, ...]
    organisations: tuple[str, ...]
    sources: tuple[str, ...]
    purposes: tuple[PurposeView, ...]
    recipients: tuple[str, ...]
    terms: tuple[TermView, ...]
    special: tuple[str, ...]
    automated: str
    outside_eu: str
    supply: str
    informed: str


def present_notice(on: date, informed_on: date | None) -> NoticeView:
    """Format the notice as it holds on a day; `informed_on` is when somebody read it before."""
    register = in_force.history().on(on)
    entry, group = register.entry, register.group(Item.CASE_NUMBER)
    return NoticeView(
        reference=entry.reference,
        version=register.version.number,
        since=day_text(register.version.valid_from),
        controllers=tuple(dict.fromkeys(entry.controllers)),
        # The page of the entry names one twice: in its head and among its facts.
        organisations=tuple(dict.fromkeys(entry.organisations)),
        sources=_sources(register),
        purposes=tuple(_purpose(register, one) for one in group.purposes),
        recipients=tuple(recipient.phrase for recipient in entry.recipients),
        terms=tuple(TermView(term.phrase, term.objects) for block in group.retention for term in block.terms),
        special=_special(register),
        automated=entry.automated_phrase,
        outside_eu=entry.outside_eu_phrase,
        supply=group.supply_phrase,
        informed=day_text(informed_on) if informed_on else "",
    )


def _purpose(register: Register, code: str) -> PurposeView:
    reading = next(one for one in register.reading.purposes.values() if one.id == code)
    phrase = register.purpose(reading.id)
    ground = f"{basis_text(phrase.basis)}: {'; '.join(phrase.named)}"
    return PurposeView(reading.name, phrase.phrase, ground, reading.objection)


def _sources(register: Register) -> tuple[str, ...]:
    """The sources of every group about re-integrants, each once."""
    groups = {
        register.group(one.item).id: register.group(one.item) for one in items_of_re_integrants(register)
    }
    return tuple(dict.fromkeys(source for group in groups.values() for source in group.sources))


def _special(register: Register) -> tuple[str, ...]:
    classes = {ItemClass.SPECIAL, ItemClass.MEDICAL, ItemClass.BSN}
    return tuple(one.name for one in items_of_re_integrants(register) if one.item_class in classes)
