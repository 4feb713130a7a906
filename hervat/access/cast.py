"""The invented people of the demo and of the tests: one meaning each, with what they see in one line.

Nobody here exists; the addresses lead nowhere. Must never: be put in a database that is not a demo's.
Read next: `../web/login/demo.py` ("Wie wilt u zijn?"), `../cli/demo_people.py`.
"""

from dataclasses import dataclass
from typing import Final

from hervat.organisation.rules.units import UnitKind
from hervat.register.vocabulary import Role


@dataclass(frozen=True, slots=True)
class CastUnit:
    """A unit of the demo, by its abbreviation; the one above it stands earlier in the list."""

    abbreviation: str
    name: str
    kind: UnitKind
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """Somebody of the demo: `who` they are, `why` they are here and what they `see`, each in one line.

    Without a posting somebody is a re-integrant: that follows from their own dossier.
    """

    key: str
    name: str
    role: Role
    unit: str | None = None
    below: str = ""
    who: str
    why: str
    sees: str

    @property
    def email(self) -> str:
        """An address of a domain that can never exist."""
        return f"{self.key}@demo.hervat.invalid"


_BRANCH, _UNIT, _SUB_UNIT = UnitKind.SERVICE_BRANCH, UnitKind.UNIT, UnitKind.SUB_UNIT
UNITS: Final = (
    CastUnit("CLAS", "Commando Landstrijdkrachten", _BRANCH),
    CastUnit("13 Brig", "13 Lichte Brigade", _UNIT, "CLAS"),
    CastUnit("A-cie", "Alfa-compagnie", _SUB_UNIT, "13 Brig"),
    CastUnit("43 Brig", "43 Gemechaniseerde Brigade", _UNIT, "CLAS"),
    CastUnit("CZSK", "Commando Zeestrijdkrachten", _BRANCH),
    CastUnit("MKDH", "Marinekazerne Den Helder", _UNIT, "CZSK"),
    CastUnit("Mar Bat", "Mariniersbataljon", _UNIT, "CZSK"),
    CastUnit("CLSK", "Commando Luchtstrijdkrachten", _BRANCH),
    CastUnit("Vlb Volkel", "Vliegbasis Volkel", _UNIT, "CLSK"),
    CastUnit("Vlb Gilze", "Vliegbasis Gilze-Rijen", _UNIT, "CLSK"),
    CastUnit("KMar", "Koninklijke Marechaussee", _BRANCH),
    CastUnit("Bde Schiphol", "Brigade Schiphol", _UNIT, "KMar"),
    CastUnit("Bde Grens", "Brigade Grensbewaking", _UNIT, "KMar"),
    CastUnit("DOSCO", "Defensie Ondersteuningscommando", _BRANCH),
    CastUnit("Fac Bedr", "Facilitair Bedrijf", _UNIT, "DOSCO"),
    CastUnit("Vastgoed", "Directie Vastgoed", _UNIT, "DOSCO"),
    CastUnit("COMMIT", "Commando Materieel en IT", _BRANCH),
    CastUnit("Log Dienst", "Logistieke Dienst", _UNIT, "COMMIT"),
)

COMMANDER = Character(
    key="daan.verhoeven",
    name="Daan Verhoeven",
    role=Role.COMMANDER,
    unit="13 Brig",
    below="Commandant van de hele brigade, compagnieën inbegrepen.",
    who="Majoor, commandant van de 13 Lichte Brigade.",
    why="Hij is werkgever van wie in zijn eenheid ziek is, en spreekt met hen af wat er gebeurt.",
    sees="Zijn mensen, hun uren en de stappen van de wet; nooit waarom iemand ziek is.",
)
SICK_COMMANDER = Character(
    key="bram.de.wit",
    name="Bram de Wit",
    role=Role.COMMANDER,
    unit="43 Brig",
    who="Overste, commandant van de 43 Gemechaniseerde Brigade, en nu zelf ziek.",
    why="Hij leidt zijn eenheid en is zelf re-integrant.",
    sees="De dossiers van zijn eenheid als commandant; zijn eigen dossier alleen als re-integrant.",
)
PO_ADVISER = Character(
    key="fatima.el.amrani",
    name="Fatima El Amrani",
    role=Role.PO_ADVISER,
    unit="13 Brig",
    below="Adviseert alle compagnieën van de brigade.",
    who="P&O-adviseur van de 13 Lichte Brigade.",
    why="Zij helpt de commandant de wet te volgen en brengt mensen naar ander werk.",
    sees="Het dossier van werk en afspraken; geen medische gegevens.",
)
UNIT_ADMIN_NCO = Character(
    key="kees.brouwer",
    name="Kees Brouwer",
    role=Role.UNIT_ADMIN_NCO,
    unit="A-cie",
    who="Adjudant, onderofficier bedrijfsvoering van de Alfa-compagnie.",
    why="Hij houdt de administratie van zijn compagnie bij.",
    sees="Van zijn eigen compagnie wie er ziek is, hun uren en hoe zij te bereiken zijn; niets medisch.",
)
EGB_PHYSICIAN = Character(
    key="sofie.janssen",
    name="Sofie Janssen",
    role=Role.EGB_PHYSICIAN,
    who="Arts bij het Eerstelijns Gezondheidszorgbedrijf.",
    why="Zij beoordeelt wat iemand nog kan.",
    sees="De medische gegevens van wie aan haar is toegewezen.",
)
LABOUR_EXPERT = Character(
    key="ravi.ramdin",
    name="Ravi Ramdin",
    role=Role.LABOUR_EXPERT,
    who="Arbeidsdeskundige bij het bureau medische beoordelingen.",
    why="Hij zoekt welk werk past bij wat iemand nog kan.",
    sees="Mogelijkheden en beperkingen van wie hem is toegewezen; geen diagnose.",
)
DCR_GUIDE = Character(
    key="marijke.postma",
    name="Marijke Postma",
    role=Role.DCR_GUIDE,
    who="Begeleider bij het dienstencentrum Re-integratie.",
    why="Zij begeleidt mensen naar een baan binnen of buiten Defensie.",
    sees="Het dossier van wie zij begeleidt, zonder het medische deel.",
)
RE_INTEGRANT = Character(
    key="sanne.yildiz",
    name="Sanne Yıldız",
    role=Role.RE_INTEGRANT,
    who="Sergeant bij de Alfa-compagnie, ziek sinds dit voorjaar.",
    why="Dit gaat over haar: zij werkt aan haar eigen terugkeer.",
    sees="Haar eigen gegevens, en wie die heeft gelezen.",
)
LEGAL_ADVISER = Character(
    key="olivier.smit",
    name="Olivier Smit",
    role=Role.LEGAL_ADVISER,
    who="Juridisch adviseur bij DC JDV.",
    why="Hij behandelt bezwaren en loonsancties.",
    sees="Per zaak, met een grond en een einddatum, wat die zaak nodig heeft.",
)
ROBIDUS = Character(
    key="lotte.maes",
    name="Lotte Maes",
    role=Role.ROBIDUS,
    who="Medewerker van Robidus Solutions.",
    why="Zij helpt Defensie met de regels van WIA en WGA.",
    sees="De uitkeringsgegevens van wie haar is toegewezen.",
)
INSURANCE_PHYSICIAN = Character(
    key="pim.hendriks",
    name="Pim Hendriks",
    role=Role.INSURANCE_PHYSICIAN,
    who="Verzekeringsarts bij het bureau medische beoordelingen.",
    why="Hij beoordeelt of iemand recht heeft op een uitkering.",
    sees="De medische gegevens van wie aan hem is toegewezen.",
)
FUTURE = Character(
    key="joost.peeters",
    name="Joost Peeters",
    role=Role.FUTURE,
    who="Medewerker van Future Smart Resource Center.",
    why="Hij zoekt werk buiten Defensie voor wie dat wil.",
    sees="Van wie hem is toegewezen wat nodig is om werk te vinden.",
)
PRIVACY_OFFICER = Character(
    key="hanneke.vos",
    name="Hanneke Vos",
    role=Role.PRIVACY_OFFICER,
    who="Functionaris gegevensbescherming (FG).",
    why="Zij houdt toezicht: wie las wat, en mocht dat?",
    sees="Het logboek en de open punten; geen inhoud van dossiers.",
)
RECORDS_MANAGER = Character(
    key="chi.ming.liu",
    name="Chi Ming Liu",
    role=Role.RECORDS_MANAGER,
    who="Archivaris.",
    why="Hij keurt goed wat vernietigd wordt als de termijn om is.",
    sees="Welke dossiers wanneer weg moeten; geen inhoud.",
)
ADMINISTRATOR = Character(
    key="esra.demir",
    name="Esra Demir",
    role=Role.ADMINISTRATOR,
    who="Functioneel beheerder.",
    why="Zij maakt accounts en geeft mensen hun rol.",
    sees="Gebruikers en hun plaatsingen; geen dossiers.",
)
SECOND_ADMINISTRATOR = Character(
    key="tom.bakker",
    name="Tom Bakker",
    role=Role.ADMINISTRATOR,
    who="Functioneel beheerder, de tweede.",
    why="Hij keurt goed dat iemand als arts toegang krijgt; dat kan Esra niet alleen.",
    sees="Gebruikers en hun plaatsingen; geen dossiers.",
)
AUDITOR = Character(
    key="gerard.mol",
    name="Gerard Mol",
    role=Role.AUDITOR,
    who="Auditor.",
    why="Hij controleert of het logboek klopt.",
    sees="Het logboek en zijn bewijzen; geen dossiers.",
)
MANAGEMENT = Character(
    key="iris.van.dam",
    name="Iris van Dam",
    role=Role.MANAGEMENT,
    who="Kolonel, leiding van de landmacht.",
    why="Zij wil weten hoe het gaat, niet met wie.",
    sees="Getallen, met kleine aantallen afgeschermd; geen mensen.",
)

RECIPIENTS: Final = (
    *(COMMANDER, PO_ADVISER, UNIT_ADMIN_NCO, EGB_PHYSICIAN, LABOUR_EXPERT, DCR_GUIDE),
    *(RE_INTEGRANT, LEGAL_ADVISER, ROBIDUS, INSURANCE_PHYSICIAN, FUTURE),
)
"""One for each recipient of the entry, in its order."""

OTHERS: Final = (
    SICK_COMMANDER,
    PRIVACY_OFFICER,
    RECORDS_MANAGER,
    ADMINISTRATOR,
    SECOND_ADMINISTRATOR,
    AUDITOR,
    MANAGEMENT,
)
CAST: Final = (*RECIPIENTS, *OTHERS)


def character(key: str) -> Character | None:
    """Return somebody of the cast, or nothing.

    >>> character("sanne.yildiz").name, character("niemand")
    ('Sanne Yıldız', None)
    """
    return next((one for one in CAST if one.key == key), None)
