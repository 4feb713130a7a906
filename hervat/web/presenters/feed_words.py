"""The words of messages of the personnel system: their members, codes, faults, and what became of one.

Must never: name a member by the name that it has in a message. Read next: `feed.py`,
`../../exchange/rules/members.py`.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from hervat.exchange.rules.faults import FaultCode
from hervat.exchange.rules.vocabulary import DiscardReason, Outcome

REASONS: Final = {
    DiscardReason.WRONG: _("het bericht klopt niet"),
    DiscardReason.DONE_BY_HAND: _("het is al met de hand vastgelegd"),
    DiscardReason.SENT_AGAIN: _("het is opnieuw gestuurd"),
    DiscardReason.NOT_OURS: _("het is niet voor ons"),
}
CODES: Final = {
    "true": _("ja"),
    "false": _("nee"),
    "zwangerschap-en-bevalling": _("zwangerschaps- en bevallingsverlof"),
    "adoptie-of-pleegzorg": _("adoptie- of pleegzorgverlof"),
    "ander-verlof": _("ander verlof"),
    "sub-eenheid": _("sub-eenheid"),
}
NAMES: Final = {
    "kind": _("Soort bericht"),
    "sent_at": _("Verstuurd op"),
    "employee_number": _("Werknemersnummer"),
    "first_sick_on": _("Eerste ziektedag"),
    "percentage": _("Afwezig, in procenten van de uren"),
    "since": _("Vanaf welke dag"),
    "first_fit_on": _("Eerste dag weer beter"),
    "first_day": _("Eerste dag van het verlof"),
    "last_day": _("Laatste dag van het verlof"),
    "leave": _("Soort verlof"),
    "person": _("Wie het is"),
    "person.name": _("Naam"),
    "address": _("Adres"),
    "street": _("Straat en nummer"),
    "postcode": _("Postcode"),
    "town": _("Plaats"),
    "birth_date": _("Geboortedatum"),
    "sex": _("Geslacht"),
    "email": _("E-mailadres"),
    "phone": _("Telefoonnummer"),
    "bsn": _("BSN"),
    "payroll_tax_number": _("Loonheffingsnummer"),
    "appointment": _("Aanstelling"),
    "unit": _("Eenheid"),
    "service_branch": _("Defensieonderdeel"),
    "duties": _("Werkzaamheden"),
    "job_description": _("Functieomschrijving"),
    "ends_on": _("Einde aanstelling"),
    "dismissed_on": _("Datum ontslag"),
    "dismissal_reason": _("Reden ontslag"),
    "pay_ends_on": _("Einde loondoorbetaling"),
    "corrects": _("Nummer van het eerdere bericht"),
    "withdraws": _("Nummer van het eerdere bericht"),
    "units": _("Eenheden"),
    "abbreviation": _("Afkorting"),
    "name": _("Naam"),
    "above": _("Eenheid erboven"),
    "closed": _("Opgeheven"),
    "facts": _("De feiten"),
    "id": _("Nummer van het bericht"),
    "version": _("Versie van het schema"),
}
FAULTS: Final = {
    FaultCode.NOT_JSON: _("Niet te lezen"),
    FaultCode.TOO_LONG: _("Te lang"),
    FaultCode.NO_MESSAGE: _("Geen volledig bericht"),
    FaultCode.UNKNOWN_KIND: _("Onbekende soort bericht"),
    FaultCode.MEDICAL: _("Zegt iets over de ziekte zelf"),
    FaultCode.UNKNOWN_ITEM: _("Gegeven dat het register niet kent"),
    FaultCode.NOT_IN_REGISTER: _("Gegeven dat het register niet noemt"),
    FaultCode.OPEN_POINT: _("Gegeven dat wacht op een beslissing"),
    FaultCode.MISSING: _("Er ontbreekt een gegeven"),
    FaultCode.WRONG_VALUE: _("Een waarde kan niet"),
    FaultCode.IN_FUTURE: _("Een dag ligt in de toekomst"),
    FaultCode.TOO_OLD: _("Te lang geleden verstuurd"),
    FaultCode.OTHER_CONTENT: _("Zelfde nummer, andere inhoud"),
    FaultCode.UNIT_UNKNOWN: _("Eenheid onbekend of gesloten"),
    FaultCode.UNIT_REFUSED: _("Eenheden kunnen zo niet"),
    FaultCode.COURSE: _("Past niet in het verloop"),
    FaultCode.ALREADY_SICK: _("Al ziek gemeld"),
    FaultCode.NOT_SICK: _("Niet ziek op die dag"),
    FaultCode.ORIGINAL_UNKNOWN: _("Eerder bericht niet ontvangen"),
    FaultCode.ORIGINAL_WAITS: _("Eerder bericht wacht zelf nog"),
    FaultCode.OTHER_PERSON: _("Noemt een andere persoon"),
    FaultCode.NO_WITHDRAWAL: _("Niet in te trekken"),
    FaultCode.OPENED_DOSSIER: _("Opende een dossier"),
    FaultCode.NUMBER_TAKEN: _("Nummer staat bij een ander"),
    FaultCode.DESTROYED: _("Gegevens zijn vernietigd"),
}
TAKEN_IN: Final = {
    Outcome.OPENED: _("Het bericht is opgenomen: er is een dossier geopend. U vindt het in de caseload."),
    Outcome.REOPENED: _("Het bericht is opgenomen: het dossier is heropend en het verloop is bijgewerkt."),
    Outcome.RECORDED: _("Het bericht is opgenomen: het dossier is bijgewerkt."),
    Outcome.UNCHANGED: _("Het bericht is opgenomen. Het bracht niets nieuws."),
    Outcome.NOT_SICK: _("Dit gaat over iemand die niet ziek is gemeld. Er is niets van bewaard."),
    Outcome.DISCARDED: _("Het bericht is afgewezen. Wat erin stond is vernietigd."),
}
