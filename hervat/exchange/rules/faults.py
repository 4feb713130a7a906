"""What can be wrong with a message: a code for the row, a Dutch sentence that says what to do.

A fault names members of our own schema, and of others only a name that is a plain word. Must never: hold
what a member said. Read next: `reading.py`, `../actions/quarantine.py`.
"""

import re
from dataclasses import dataclass

from hervat.register.vocabulary import Code

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}", re.ASCII)
_MOST_NAMED = 10


class FaultCode(Code):
    """Why a message was set apart."""

    NOT_JSON = "geen-json"
    TOO_LONG = "te-lang"
    NO_MESSAGE = "geen-bericht"
    UNKNOWN_KIND = "soort-onbekend"
    MEDICAL = "medisch-gegeven"
    UNKNOWN_ITEM = "gegeven-onbekend"
    NOT_IN_REGISTER = "niet-in-register"
    OPEN_POINT = "open-punt"
    MISSING = "gegeven-ontbreekt"
    WRONG_VALUE = "waarde-onjuist"
    IN_FUTURE = "in-de-toekomst"
    TOO_OLD = "te-oud"
    OTHER_CONTENT = "zelfde-nummer-andere-inhoud"
    UNIT_UNKNOWN = "eenheid-onbekend"
    UNIT_REFUSED = "eenheid-geweigerd"
    COURSE = "past-niet-in-het-verloop"
    ALREADY_SICK = "al-ziek-gemeld"
    NOT_SICK = "niet-ziek-gemeld"
    ORIGINAL_UNKNOWN = "eerder-bericht-onbekend"
    ORIGINAL_WAITS = "eerder-bericht-wacht"
    OTHER_PERSON = "andere-persoon"
    NO_WITHDRAWAL = "niet-in-te-trekken"
    OPENED_DOSSIER = "opende-een-dossier"
    NUMBER_TAKEN = "nummer-van-een-ander"
    DESTROYED = "gegevens-vernietigd"


WHAT_TO_DO: dict[FaultCode, str] = {
    FaultCode.NOT_JSON: (
        "Deze regel is geen JSON-object, dus er is niet te lezen wat er staat. Laat de afzender het bericht "
        "opnieuw sturen en wijs dit af."
    ),
    FaultCode.TOO_LONG: (
        "Deze regel is langer dan een bericht mag zijn. Zij is niet bewaard. Laat de afzender het bericht "
        "korter opnieuw sturen."
    ),
    FaultCode.NO_MESSAGE: (
        "Dit is geen bericht: nummer, soort, tijdstip of feiten ontbreken of hebben niet de goede vorm. "
        "Vul ze aan, of laat de afzender het opnieuw sturen."
    ),
    FaultCode.UNKNOWN_KIND: "Deze soort bericht bestaat hier niet. Kies een soort die het schema noemt.",
    FaultCode.MEDICAL: (
        "Dit gegeven zegt iets over de ziekte zelf. De werkgever mag aard, oorzaak en behandeling niet "
        "vragen en niet bewaren (AVG art. 9; AP-beleidsregels De zieke werknemer). De inhoud is weggelaten "
        "en niet bewaard. Geef het bericht zonder dit gegeven vrij, en laat de afzender het niet meer sturen."
    ),
    FaultCode.UNKNOWN_ITEM: (
        "Het register kent dit gegeven niet. De inhoud is weggelaten en niet bewaard. Geef het bericht "
        "zonder dit gegeven vrij, en laat de afzender het niet meer sturen."
    ),
    FaultCode.NOT_IN_REGISTER: (
        "Het register van deze organisatie noemt dit gegeven niet, dus het mag niet worden bewaard. Geef het "
        "bericht zonder dit gegeven vrij."
    ),
    FaultCode.OPEN_POINT: (
        "Het register laat dit gegeven nu niet toe: een open punt is nog niet aanvaard. Geef het bericht "
        "vrij als dat is beslist, of nu zonder dit gegeven."
    ),
    FaultCode.MISSING: "Een gegeven dat hier moet staan, ontbreekt. Vul het aan en geef het bericht vrij.",
    FaultCode.WRONG_VALUE: (
        "Een gegeven heeft een waarde die niet kan. Verbeter haar en geef het bericht vrij."
    ),
    FaultCode.IN_FUTURE: (
        "Een dag ligt in de toekomst, en dat kan hier alleen bij verlof en bij het einde van een "
        "aanstelling. Verbeter de dag, of geef het bericht vrij als die dag er is."
    ),
    FaultCode.TOO_OLD: (
        "Dit bericht is meer dan vijf jaar geleden verstuurd. Of het toen al is opgenomen, is niet meer te "
        "zien: zo lang blijft een nummer niet bekend. Kijk of het nog nodig is, en laat de afzender dan een "
        "nieuw bericht sturen; wijs dit af."
    ),
    FaultCode.OTHER_CONTENT: (
        "Er is al een bericht met dit nummer, en daar staat iets anders in. Laat de afzender een verbetering "
        "sturen met een eigen nummer, en wijs dit af."
    ),
    FaultCode.UNIT_UNKNOWN: (
        "Deze eenheid is er niet, of is gesloten. Kies de goede eenheid, of laat de beheerder haar eerst "
        "maken, en geef het bericht vrij."
    ),
    FaultCode.UNIT_REFUSED: (
        "De boom van eenheden kan zo niet worden veranderd: een eenheid staat onder de verkeerde soort, of "
        "er zijn nog plaatsingen. Verbeter het bericht, of laat de beheerder eerst de plaatsingen beëindigen."
    ),
    FaultCode.COURSE: (
        "Dit past niet bij wat er in het dossier staat. Vergelijk de dagen; verbeter het bericht of het "
        "dossier, en geef het bericht dan vrij."
    ),
    FaultCode.ALREADY_SICK: (
        "Deze persoon is al ziek gemeld, vanaf een andere dag. Stuur een correctie van die melding, of leg "
        "eerst het herstel vast."
    ),
    FaultCode.NOT_SICK: (
        "Deze persoon is in het dossier op die dag niet ziek. Vergelijk de dagen; leg zo nodig eerst de "
        "ziekmelding vast."
    ),
    FaultCode.ORIGINAL_UNKNOWN: (
        "Het bericht dat dit verbetert of intrekt, is hier niet ontvangen. Laat de afzender dat eerst sturen "
        "en geef dit dan vrij."
    ),
    FaultCode.ORIGINAL_WAITS: (
        "Het bericht dat dit verbetert of intrekt, staat nog in quarantaine. Geef dat eerst vrij of wijs het "
        "af, en geef dan dit bericht vrij."
    ),
    FaultCode.OTHER_PERSON: (
        "Dit bericht noemt een andere persoon dan het bericht dat het verbetert. Laat de afzender het eerste "
        "intrekken en een nieuw bericht sturen."
    ),
    FaultCode.NO_WITHDRAWAL: (
        "Een bericht van deze soort is niet in te trekken of te verbeteren. Laat de afzender een nieuw "
        "bericht sturen met de goede gegevens, en wijs dit af."
    ),
    FaultCode.OPENED_DOSSIER: (
        "De ziekmelding die dit intrekt, heeft een dossier geopend. Dat sluit een mens: sluit het dossier "
        "als ten onrechte geopend, en wijs dit bericht dan af."
    ),
    FaultCode.NUMBER_TAKEN: (
        "Dit nummer staat hier bij een ander werknemersnummer. Vergelijk beide in het personeelssysteem. Is "
        "het dezelfde persoon met een nieuw werknemersnummer, laat dat dan eerst in het dossier verbeteren."
    ),
    FaultCode.DESTROYED: (
        "De gegevens van deze persoon zijn vernietigd, dus er kan niets meer bij. Wijs dit bericht af."
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a message cannot be taken in: the code, and which members it is about."""

    code: FaultCode
    members: tuple[str, ...] = ()

    @property
    def in_general(self) -> str:
        """What is wrong and what to do, without the members that it is about."""
        return WHAT_TO_DO[self.code]

    @property
    def text(self) -> str:
        """The sentence for people: what is wrong, why, and what to do next."""
        named = ", ".join(f"'{name}'" for name in self.members)
        return f"{named}: {WHAT_TO_DO[self.code]}" if named else WHAT_TO_DO[self.code]


class Faulty(Exception):  # noqa: N818 - it names the situation
    """Raised where a message is found faulty; `fault` says why."""

    def __init__(self, code: FaultCode, *members: str) -> None:
        self.fault = Fault(code, members[:_MOST_NAMED])
        super().__init__(code.value)


def told(names: list[str]) -> tuple[str, ...]:
    """Return the names that may be repeated: a name that is no plain word could be anything.

    >>> told(["diagnose", "Jan Jansen, W100"])
    ('diagnose', 'een onbekend veld')
    """
    return tuple(dict.fromkeys(_plain(name) for name in names))[:_MOST_NAMED]


def _plain(name: str) -> str:
    parts = [part for part in name.split(".") if part]
    known = parts and all(_WORD.fullmatch(part) for part in parts)
    return name if known else "een onbekend veld"
