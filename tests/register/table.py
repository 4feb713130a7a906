"""The matrix of D2599 a second time, written apart from reading.yaml, to compare it with.

Copied letter by letter from section 6 of the domain study that the reading was made after; never
generated. `–` nothing, R read, W read and write, P own data, C case by case, u outcome only.
"""

from hervat.register.vocabulary import Cell, Item, Role

LETTERS = {
    "–": Cell.NOTHING,
    "R": Cell.READ,
    "W": Cell.WRITE,
    "P": Cell.OWN,
    "C": Cell.CASE,
    "u": Cell.OUTCOME,
}

COLUMNS = (
    Role.COMMANDER,
    Role.PO_ADVISER,
    Role.UNIT_ADMIN_NCO,
    Role.EGB_PHYSICIAN,
    Role.LABOUR_EXPERT,
    Role.DCR_GUIDE,
    Role.RE_INTEGRANT,
    Role.LEGAL_ADVISER,
    Role.ROBIDUS,
    Role.INSURANCE_PHYSICIAN,
    Role.FUTURE,
)

TABLE = """
                              CO PO OB EG AD DC RI JD RO VA FS
naw-gegevens                  R  R  R  R  R  R  P  C  R  R  R
geboortedatum                 –  R  –  R  –  R  P  C  R  R  C
geslacht                      –  R  –  R  –  R  P  –  C  R  –
e-mailadres                   R  R  R  R  R  R  P  C  R  R  R
telefoonnummer                R  R  R  R  R  R  P  C  R  R  R
werknemer-id                  R  R  R  R  R  R  P  C  R  R  –
defensieonderdeel             R  R  R  R  R  R  P  C  R  R  R
eenheid                       R  R  R  R  R  R  P  C  R  R  C
werkzaamheden                 W  W  R  R  W  W  P  C  R  R  R
einde-aanstelling             R  R  R  –  R  R  P  C  R  –  R
handtekening                  R  R  –  –  –  R  P  C  –  –  R
functieomschrijving           R  R  R  R  R  R  P  C  R  R  R
uren-eigen-werk               W  W  R  R  R  R  P  C  R  R  R
uren-aangepast-werk           W  W  R  R  R  W  P  C  R  R  R
kwaliteit-arbeidsrelatie      W  W  –  W  R  R  P  C  C  R  –
loonheffingsnummer            –  R  –  –  –  R  P  C  R  –  –
einde-loondoorbetaling        R  W  –  –  R  R  P  C  R  R  –
casenummer                    R  R  R  R  R  R  P  C  R  R  R
datum-ontslag                 R  R  –  –  R  R  P  C  R  –  R
reden-ontslag                 R  R  –  –  C  R  P  C  C  –  –
bereikbaarheid-9-10           R  R  R  R  R  R  P  –  C  R  R
bereikbaarheid-10-5           R  R  R  R  R  R  P  –  C  R  R
toelichting-bereikbaarheid    R  R  –  R  R  R  P  –  –  R  C
arbeidsconflict               u  W  –  C  C  W  P  C  –  C  –
bsn                           –  R  –  R  –  C  P  –  R  R  C
ziekteverzuimgegevens         R  W  R  W  R  R  P  C  R  R  C
poortwachter-werkgeversdeel   W  W  –  W  R  W  P  C  C  R  C
poortwachter-medisch-deel     –  –  –  W  –  –  P  –  –  R  –
ziektewetgegevens             u  W  –  R  –  R  P  C  R  –  –
wia-gegevens                  u  W  –  C  R  R  P  C  W  R  –
wga-gegevens                  –  R  –  –  C  R  P  C  W  R  –
arbeidsgeschiktheidsgegevens  R  R  –  W  W  R  P  C  C  W  C
functiegeschiktheidsadvies    R  R  –  W  W  R  P  C  –  R  C
arbeidsdeskundigenrapport     R  R  –  R  W  R  P  C  C  R  C
mgo                           u  u  –  W  u  u  P  C  –  W  –
medische-gegevens             –  –  –  W  –  –  P  –  –  W  –
enquete-defensieonderdeel     –  –  –  –  –  –  –  –  –  –  –
enquete-eenheid               –  –  –  –  –  –  –  –  –  –  –
enquete-ervaring              –  –  –  –  –  –  –  –  –  –  –
enquete-aantal-dossiers       –  –  –  –  –  –  –  –  –  –  –
enquete-gebruik               –  –  –  –  –  –  –  –  –  –  –
enquete-stellingen            –  –  –  –  –  –  –  –  –  –  –
enquete-rangorde              –  –  –  –  –  –  –  –  –  –  –
enquete-aanbeveling           –  –  –  –  –  –  –  –  –  –  –
enquete-reden                 –  –  –  –  –  –  –  –  –  –  –
"""

FACTS = {
    Item.OUTCOME: "feit-uitkomst-en-plaatsing",
    Item.PROGRAMME_PARTICIPATION: "feit-deelname-programma",
    Item.RANK: "feit-rang",
    Item.LEGAL_REGIME: "feit-rechtspositie",
    Item.ACCIDENT: "feit-ongeval",
    Item.NURSING_ADDRESS: "feit-verpleegadres",
    Item.CONTACT_MOMENT: "feit-contactmomenten",
}
"""Facts the work needs and the entry does not name, each with the open point it waits for."""

MEDICAL = {Item.MEDICAL_DETAIL, Item.GATEKEEPER_MEDICAL, Item.MILITARY_MEDICAL_EXAM}
SPECIAL = {
    Item.SICKNESS_ABSENCE,
    Item.GATEKEEPER_EMPLOYER,
    Item.SICKNESS_ACT,
    Item.WIA,
    Item.WGA,
    Item.WORK_CAPACITY,
    Item.JOB_SUITABILITY_ADVICE,
    Item.LABOUR_EXPERT_REPORT,
    Item.ACCIDENT,
    Item.NURSING_ADDRESS,
}
"""The items that are data on health (AVG art. 9) without being a doctor's secret."""

SAID_BY_ONESELF = {
    Item.NAME_AND_ADDRESS,
    Item.EMAIL,
    Item.PHONE,
    Item.REACHABLE_9_10,
    Item.REACHABLE_10_5,
    Item.REACHABILITY_NOTE,
    Item.GATEKEEPER_EMPLOYER,
}
"""Of which items of the own dossier somebody is the source; P is reading only for the rest."""

LEGITIMATE_INTEREST = ("uitstroom", "loonsancties", "publiek-privaat")
"""The purposes of the dossiers that rest on a legitimate interest."""


def rows() -> dict[Item, dict[Role, Cell]]:
    """The table as cells, by item and recipient."""
    lines = TABLE.strip().splitlines()[1:]
    return {
        Item(code): dict(zip(COLUMNS, (LETTERS[letter] for letter in letters), strict=True))
        for code, *letters in (line.split() for line in lines)
    }
