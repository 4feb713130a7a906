"""The words of a dossier: how its fields are called, and how a value or a cell reads.

Must never: look into what a cell does not hold. Read next: `dossier.py`, `caseload.py`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from hervat.dossiers.rules.values import Address, Placement, SicknessAct, Value, WageSanction, Wga, Wia
from hervat.dossiers.rules.vocabulary import Field, Part
from hervat.law.vocabulary import SanctionKind
from hervat.organisation.queries.standing import unit_tree
from hervat.organisation.rules.units import Tree
from hervat.register import in_force
from hervat.register.cells import Hidden, Outcome, Shown
from hervat.register.model import ItemReading, Register
from hervat.register.vocabulary import Authority, Item, Role
from hervat.web.presenters.spoken import once_per_language
from hervat.web.presenters.words import day_text


@dataclass(frozen=True, slots=True)
class Said:
    """A cell in words: its lines, or that it is empty, only an outcome, or hidden with the reason."""

    lines: tuple[str, ...] = ()
    outcome: bool = False
    hidden: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say, although it may be seen."""
        return not self.lines and not self.hidden


def say(cell: object, units: Tree | None = None) -> Said:
    """Return a cell in words; a unit by its abbreviation in `units`, which a list fetches once."""
    if isinstance(cell, Hidden):
        return Said(hidden=cell.reason.text)
    if isinstance(cell, Outcome):
        return Said((word(cell.code),) if cell.code else (), outcome=True)
    if not isinstance(cell, Shown) or cell.value is None:
        return Said()
    if isinstance(cell.value, UUID):
        return Said((unit_name(cell.value, units or unit_tree()),))
    return Said(say_value(cell.value))


def say_value(value: Value) -> tuple[str, ...]:
    """Return a value in one line or more."""
    match value:
        case Address():
            return value.street, f"{value.postcode} {value.town}"
        case SicknessAct() | Wia() | WageSanction() | Wga() | Placement():
            return _parts(value)
        case bool():
            return (_("ja") if value else _("nee"),)
        case date():
            return (day_text(value),)
        case StrEnum():
            return (word(value.value),)
    return tuple(str(value).split("\n"))


def unit_name(unit: UUID, units: Tree) -> str:
    """Return how a unit is called for short."""
    found = units.get(unit)
    return found.abbreviation if found else _("onbekende eenheid")


def role_name(role: Role | None) -> str:
    """Return how the register calls a role; what has none is a task of the system."""
    roles = in_force.history().latest.reading.roles
    if role is None or role not in roles:
        return _("het systeem zelf")
    return roles[role].name


def item_name(item: Item) -> str:
    """Return how the register calls an item."""
    items = in_force.history().latest.reading.items
    return items[item].name if item in items else item.value


def items_of_re_integrants(register: Register) -> tuple[ItemReading, ...]:
    """Return every item that is kept of a re-integrant, ordinary and special, in the register's order."""
    subjects = register.group(Item.CASE_NUMBER).subjects
    readings = register.reading.items.values()
    return tuple(one for one in readings if register.group(one.item).subjects == subjects)


@once_per_language
def authority_text(authority: Authority) -> str:
    """Return by what somebody came in."""
    return {
        Authority.POSTING: _("uw plaatsing bij de eenheid"),
        Authority.DEPUTY: _("u neemt waar voor een collega"),
        Authority.ASSIGNMENT: _("een toewijzing van dit dossier"),
        Authority.CASE: _("een toewijzing voor deze zaak, met een grond en een laatste dag"),
        Authority.OWN: _("het is uw eigen dossier"),
        Authority.CREDENTIALS: _("een koppeling van het systeem"),
        Authority.COMMAND_LINE: _("de opdrachtregel"),
    }[authority]


@once_per_language
def part_title(part: Part) -> str:
    """Return the heading of a part."""
    return {
        Part.IDENTITY: _("Wie het is"),
        Part.APPOINTMENT: _("Aanstelling"),
        Part.WORK: _("Werk en contact"),
        Part.BENEFITS: _("Uitkeringen en UWV"),
    }[part]


@once_per_language
def field_name(field: Field) -> str:
    """Return the label of a field."""
    return {
        Field.NAME: _("Naam"),
        Field.ADDRESS: _("Adres"),
        Field.BIRTH_DATE: _("Geboortedatum"),
        Field.SEX: _("Geslacht"),
        Field.EMAIL: _("E-mailadres"),
        Field.PHONE: _("Telefoonnummer"),
        Field.EMPLOYEE_ID: _("Werknemersnummer"),
        Field.BSN: _("BSN"),
        Field.PAYROLL_TAX_NUMBER: _("Loonheffingsnummer"),
        Field.SERVICE_BRANCH: _("Defensieonderdeel"),
        Field.DUTIES: _("Werkzaamheden"),
        Field.JOB_DESCRIPTION: _("Functieomschrijving"),
        Field.ENDS_ON: _("Einde aanstelling"),
        Field.DISMISSED_ON: _("Datum ontslag"),
        Field.DISMISSAL_REASON: _("Reden ontslag"),
        Field.WORK_RELATION: _("Kwaliteit van de arbeidsrelatie"),
        Field.WORK_CONFLICT: _("Arbeidsconflict"),
        Field.REACHABLE_9_10: _("Bereikbaar tussen 9 en 10 uur"),
        Field.REACHABLE_10_5: _("Bereikbaar tussen 10 en 17 uur"),
        Field.REACHABILITY_NOTE: _("Toelichting op de bereikbaarheid"),
        Field.PAY_ENDS_ON: _("Einde loondoorbetaling"),
        Field.OUTCOME: _("Uitkomst en plaatsing"),
        Field.SICKNESS_ACT: _("Ziektewet"),
        Field.WIA: _("WIA-aanvraag"),
        Field.SANCTION: _("Loonsanctie"),
        Field.WGA: _("WGA-uitkering"),
    }[field]


def sub_name(name: str) -> str:
    """Return the label of a part of a value."""
    return {
        "street": _("Straat en nummer"),
        "postcode": _("Postcode"),
        "town": _("Plaats"),
        "safety_net": _("Vangnet van de Ziektewet"),
        "reported_on": _("Gemeld aan UWV op"),
        "notice_received_on": _("Bericht van UWV ontvangen op"),
        "applied_on": _("Aangevraagd op"),
        "decision": _("Besluit"),
        "decided_on": _("Besloten op"),
        "starts_on": _("Gaat in op"),
        "kind": _("Soort"),
        "last_day": _("Laatste dag"),
        "phase": _("Fase"),
        "self_insured": _("Eigenrisicodrager"),
        "outcome": _("Uitkomst"),
        "since": _("Sinds"),
    }[name]


def word(code: str) -> str:
    """Return a code of a closed set in words; a code without a word of its own is one already."""
    words = {
        "man": _("man"),
        "vrouw": _("vrouw"),
        "x": _("x"),
        "czsk": "CZSK",
        "clas": "CLAS",
        "clsk": "CLSK",
        "kmar": "KMar",
        "dosco": "DOSCO",
        "commit": "COMMIT",
        "bs": _("Bestuursstaf"),
        "op-verzoek": _("op verzoek"),
        "einde-tijdelijke-aanstelling": _("einde tijdelijke aanstelling"),
        "geldt-niet": _("geldt niet"),
        "wga-80-100": "WGA 80-100",
        "wga-35-80": "WGA 35-80",
        "iva": "IVA",
        "minder-dan-35": _("minder dan 35 procent"),
        "niet-aangevraagd": _("niet aangevraagd"),
        "eigen-werk": _("eigen werk"),
        "ander-werk-binnen": _("ander werk binnen Defensie"),
        "ander-werk-buiten": _("ander werk buiten Defensie"),
        "zonder-werk": _("zonder werk"),
        SanctionKind.ADMINISTRATIVE.value: _("administratief: het verslag is niet volledig"),
        SanctionKind.SUBSTANTIVE.value: _("inhoudelijk: er is te weinig gedaan"),
        "beeindigd": _("beëindigd"),
        "traject-beeindigd": _("het traject is beëindigd"),
        "ten-onrechte-geopend": _("ten onrechte geopend"),
        "dubbel-dossier": _("dubbel dossier"),
        "opnieuw-uitgevallen": _("opnieuw uitgevallen"),
        "ten-onrechte-gesloten": _("ten onrechte gesloten"),
        "bezwaar-of-beroep": _("bezwaar of beroep"),
        "situatie-veranderd": _("de situatie is veranderd"),
        "bron-gewijzigd": _("de bron is gewijzigd"),
        "verzoek-betrokkene": _("op verzoek van de persoon zelf"),
        "besluit-uwv": _("besluit van UWV"),
        "melding-uwv": _("melding aan UWV"),
        "rechten-van-betrokkene": _("rechten van de persoon zelf"),
    }
    return words.get(code, code)


def _parts(value: object) -> tuple[str, ...]:
    names = value.__dataclass_fields__  # type: ignore[attr-defined]
    shown = ((name, getattr(value, name)) for name in names)
    return tuple(f"{sub_name(name)}: {say_value(part)[0]}" for name, part in shown if part is not None)
