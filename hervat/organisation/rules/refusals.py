"""Why something cannot be done with users, units and postings: a code for the log, a sentence for people.

A refusal is a value; an action logs it and returns it. Must never: hold anybody's name or address.
Read next: `granting.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hervat.register.vocabulary import Code


class WhyNot(Code):
    """The reasons, as they stand in the log."""

    OWN_GRANT = "eigen-plaatsing"
    NEVER_POSTED = "geen-rol-voor-plaatsing"
    UNIT_MISSING = "eenheid-ontbreekt"
    UNIT_NOT_FITTING = "eenheid-past-niet"
    UNIT_UNKNOWN = "eenheid-onbekend"
    UNIT_CLOSED = "eenheid-gesloten"
    BELOW_WITHOUT_REASON = "onderliggend-zonder-reden"
    BELOW_WITHOUT_UNIT = "onderliggend-zonder-eenheid"
    TEXT_NOT_FITTING = "tekst-past-niet"
    IN_THE_PAST = "in-het-verleden"
    ENDS_BEFORE_START = "einde-voor-begin"
    POSTED_ALREADY = "plaatsing-bestaat-al"
    USER_UNKNOWN = "gebruiker-onbekend"
    USER_DISABLED = "gebruiker-gesloten"
    EMAIL_TAKEN = "e-mailadres-in-gebruik"
    EMAIL_WRONG = "e-mailadres-onjuist"
    NOT_THE_FIRST = "niet-de-eerste-beheerder"
    POSTING_UNKNOWN = "plaatsing-onbekend"
    POSTING_OVER = "plaatsing-voorbij"
    NO_APPROVAL_NEEDED = "goedkeuring-niet-nodig"
    APPROVED_ALREADY = "al-goedgekeurd"
    NOT_A_SECOND_PERSON = "geen-tweede-persoon"
    OWN_APPROVAL = "eigen-goedkeuring"
    OTHER_SIDE = "andere-weg-dan-toekenning"
    REASON_MISSING = "reden-ontbreekt"
    PARENT_NOT_FITTING = "bovenliggende-eenheid-past-niet"
    UNIT_UNDER_ITSELF = "eenheid-onder-zichzelf"
    UNIT_IN_USE = "eenheid-in-gebruik"
    ABBREVIATION_TAKEN = "afkorting-in-gebruik"
    ACTIVATION_FOR_ONESELF = "activering-voor-uzelf"
    NOT_DEPUTISED = "rol-zonder-waarneming"
    DEPUTY_ONESELF = "waarnemer-uzelf"
    DEPUTY_WITHOUT_ROLE = "waarnemer-zonder-rol"
    DEPUTY_TOO_LONG = "waarneming-te-lang"
    DEPUTY_OUTSIDE_POSTING = "waarneming-buiten-plaatsing"
    DEPUTED_ALREADY = "waarneming-bestaat-al"
    DEPUTY_UNKNOWN = "waarneming-onbekend"
    DEPUTY_OVER = "waarneming-voorbij"


SENTENCES: Mapping[WhyNot, str] = {
    WhyNot.OWN_GRANT: "U kunt uzelf geen plaatsing geven. Vraag een andere beheerder.",
    WhyNot.NEVER_POSTED: "In deze rol wordt niemand geplaatst: zij volgt uit het eigen dossier, uit de "
    "enquête of uit een koppeling. Kies een andere rol.",
    WhyNot.UNIT_MISSING: "Deze rol werkt voor een eenheid en er is er geen genoemd. Noem de eenheid.",
    WhyNot.UNIT_NOT_FITTING: "Deze rol krijgt dossiers door toewijzing en niet door een eenheid. "
    "Laat de eenheid weg.",
    WhyNot.UNIT_UNKNOWN: "Deze eenheid bestaat niet. Controleer de afkorting.",
    WhyNot.UNIT_CLOSED: "Deze eenheid is gesloten. Kies de eenheid die haar opvolgt.",
    WhyNot.BELOW_WITHOUT_REASON: "Wie ook onderliggende eenheden ziet, heeft daar een reden voor nodig. "
    "Schrijf die reden op.",
    WhyNot.BELOW_WITHOUT_UNIT: "Onderliggende eenheden horen bij een eenheid, en deze plaatsing heeft er "
    "geen. Laat dit weg.",
    WhyNot.TEXT_NOT_FITTING: "Deze tekst is leeg, te lang of bevat onzichtbare tekens. Schrijf een korte "
    "tekst op één regel.",
    WhyNot.IN_THE_PAST: "Toegang kan niet met terugwerkende kracht veranderen, want het logboek klopt dan "
    "niet meer. Kies vandaag of een latere dag.",
    WhyNot.ENDS_BEFORE_START: "De laatste dag ligt voor de eerste. Kies een latere laatste dag.",
    WhyNot.POSTED_ALREADY: "Deze persoon heeft in die periode al zo'n plaatsing. Trek die eerst in, of kies "
    "een andere periode.",
    WhyNot.USER_UNKNOWN: "Deze gebruiker bestaat niet. Controleer het e-mailadres of de code.",
    WhyNot.USER_DISABLED: "Deze gebruiker is gesloten. Kies een ander.",
    WhyNot.EMAIL_TAKEN: "Er is al een gebruiker met dit e-mailadres, misschien een gesloten. Gebruik een "
    "ander adres.",
    WhyNot.EMAIL_WRONG: "Dit is geen e-mailadres. Schrijf het als naam@organisatie.nl.",
    WhyNot.NOT_THE_FIRST: "Er is al een beheerder geweest, dus dit is niet de eerste. Maak de gebruiker "
    "zonder deze keuze en geef de rol met 'hervat access grant'.",
    WhyNot.POSTING_UNKNOWN: "Deze plaatsing bestaat niet. Zoek haar op met 'hervat access list'.",
    WhyNot.POSTING_OVER: "Deze plaatsing is al voorbij of al ingetrokken. Er is niets te doen.",
    WhyNot.NO_APPROVAL_NEEDED: "Voor deze rol is geen goedkeuring nodig. Er is niets te doen.",
    WhyNot.APPROVED_ALREADY: "Deze plaatsing is al goedgekeurd. Er is niets te doen.",
    WhyNot.NOT_A_SECOND_PERSON: "Wie een plaatsing gaf, kan haar niet zelf goedkeuren. Vraag een andere "
    "beheerder.",
    WhyNot.OWN_APPROVAL: "U kunt uw eigen plaatsing niet goedkeuren. Vraag een andere beheerder.",
    WhyNot.OTHER_SIDE: "Deze plaatsing is langs een andere weg gegeven (pagina's of opdrachtregel); dan is "
    "niet te zien of u een tweede persoon bent. Keur haar goed langs de weg waarop zij is gegeven.",
    WhyNot.REASON_MISSING: "Hier hoort een reden bij. Schrijf in een zin waarom.",
    WhyNot.PARENT_NOT_FITTING: "Deze soort eenheid kan daar niet staan: een eenheid staat onder een "
    "defensieonderdeel, een sub-eenheid onder een eenheid of sub-eenheid. Kies een andere plek.",
    WhyNot.UNIT_UNDER_ITSELF: "Een eenheid kan niet onder zichzelf staan. Kies een andere plek.",
    WhyNot.UNIT_IN_USE: "Er zijn nog plaatsingen of open eenheden onder deze eenheid. Trek die eerst in, of "
    "verplaats ze.",
    WhyNot.ABBREVIATION_TAKEN: "Er is al een eenheid met deze afkorting. Kies een andere.",
    WhyNot.ACTIVATION_FOR_ONESELF: "U kunt voor uzelf geen code maken. Vraag een andere beheerder.",
    WhyNot.NOT_DEPUTISED: "In deze rol kan niemand waarnemen: zij heeft geen vaste dossiers, of alleen per "
    "geval. Vraag de beheerder om een eigen plaatsing.",
    WhyNot.DEPUTY_ONESELF: "Niemand neemt voor zichzelf waar. Noem een collega.",
    WhyNot.DEPUTY_WITHOUT_ROLE: "Er is geen collega met dit adres die dezelfde rol heeft, en alleen zo "
    "iemand kan waarnemen. Controleer het adres, of vraag de beheerder de collega in die rol "
    "te plaatsen.",
    WhyNot.DEPUTY_TOO_LONG: "Zo lang kan niemand waarnemen; daarna hoort er een eigen plaatsing te zijn. "
    "Kies een eerdere laatste dag.",
    WhyNot.DEPUTY_OUTSIDE_POSTING: "In die periode geldt de plaatsing niet, of niet de hele tijd. Kies een "
    "periode binnen de plaatsing.",
    WhyNot.DEPUTED_ALREADY: "Deze collega neemt in die periode al waar. Kies een andere periode.",
    WhyNot.DEPUTY_UNKNOWN: "Deze waarneming bestaat niet, of is niet van u. Bekijk de lijst opnieuw.",
    WhyNot.DEPUTY_OVER: "Deze waarneming is al voorbij of al beëindigd. Er is niets te doen.",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """That something was not done, and why."""

    why: WhyNot

    @property
    def text(self) -> str:
        """The sentence for people: what is wrong, why, and what to do next."""
        return SENTENCES[self.why]
