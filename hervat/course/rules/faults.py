"""What cannot be: why a fact is not recorded, in Dutch, with what to do next.

Must never: carry a day, a name or what somebody filled in. Read next: `folding.py`, `values.py`.
"""

from enum import Enum

from hervat.course.rules.vocabulary import Kind


class Fault(Enum):
    """Why facts do not fit, by themselves or together."""

    AHEAD = "De dag ligt in de toekomst. Leg vast wat er is gebeurd, niet wat wordt verwacht."
    NO_LAST_DAY = "De laatste dag ontbreekt. Vul ook de laatste verlofdag in."
    LAST_DAY = "Hierbij hoort geen laatste dag. Laat dat veld leeg."
    ENDS_FIRST = "De laatste dag ligt voor de eerste. Verbeter een van beide."
    NOT_MONDAY = "Uren horen bij een week. Kies de maandag waarop die week begint."
    DETAIL = "Wat erbij is ingevuld, past niet bij dit gegeven. Kies een van de mogelijkheden."
    SICK_ALREADY = (
        "Volgens het dossier was iemand op die dag al ziek. Leg eerst vast wanneer iemand weer beter was, "
        "of verbeter de eerste ziektedag die er al staat."
    )
    NOT_SICK = (
        "Volgens het dossier was iemand op die dag niet ziek, of de hersteldag is niet later dan de eerste "
        "ziektedag. Leg eerst de ziekmelding vast, of verbeter de dag."
    )
    NO_SICKNESS = (
        "Zo blijft er in dit dossier geen ziekmelding over. Verbeter de eerste ziektedag, of sluit het "
        "dossier als het ten onrechte is geopend."
    )
    LEAVES_OVERLAP = "Dit verlof overlapt een ander verlof. Verbeter de dagen, of voeg beide samen."
    NO_LEAVE = "Er begint op die dag geen verlof. Kies de eerste dag van een verlof dat is vastgelegd."
    DOUBLE = "Dit staat er voor die dag al. Verbeter wat er staat, of kies een andere dag."
    NO_SANCTION = (
        "Er is geen loonsanctie waar dit bij hoort, of dit ligt voor het besluit daarover. Leg eerst het "
        "besluit van UWV vast, of verbeter de dag."
    )
    FOUND_FIRST = "Het herstel is volgens deze dagen vastgesteld voor het is gemeld. Verbeter een van beide."
    NOT_OF_DOSSIER = (
        "Dit gegeven hoort niet bij dit dossier, of het is al vervangen. Bekijk het dossier opnieuw."
    )
    OTHER_KIND = (
        "Een gegeven wordt vervangen door een gegeven van dezelfde soort. Trek het in en leg het nieuwe vast."
    )
    CLOSED = "Dit dossier is gesloten. Open het eerst opnieuw als er iets moet veranderen."
    NOTHING = "Er is niets ingevuld. Vul ten minste een gegeven in."
    KNOWN = "Dit bericht is al verwerkt. Er is niets veranderd."


class CourseFault(ValueError):  # noqa: N818 - it names what is wrong
    """Facts that cannot be; `fault` says why, `kind` of which sort the fact is."""

    def __init__(self, fault: Fault, kind: Kind | None = None) -> None:
        super().__init__(f"{kind.rule.name}: {fault.value}" if kind else fault.value)
        self.fault = fault
        self.kind = kind
