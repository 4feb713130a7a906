"""A small register made by hand, of an employer who does not exist, in two versions.

Version 1 has two purposes and names one item that nobody has read; version 2, from 2027, has dropped the
second purpose. Beside it stands an entry on users, without recipients, of the same organisation.
"""

from dataclasses import replace
from datetime import date

from hervat.register.model import (
    Blocks,
    Entry,
    Group,
    ItemReading,
    OpenPoint,
    OpenPointId,
    PurposeId,
    PurposePhrase,
    PurposeReading,
    Reading,
    Reason,
    Recipient,
    Register,
    RetentionBlock,
    RoleReading,
    TermId,
    TermPhrase,
    TermReading,
    Version,
)
from hervat.register.vocabulary import (
    Cell,
    Certainty,
    Clock,
    DayRule,
    DocumentClass,
    Item,
    ItemClass,
    LegalBasis,
    Meanwhile,
    Operation,
    Role,
    Use,
)

GUIDING = PurposeId("begeleiden")
FIGURES = PurposeId("cijfers")
ACCESS = PurposeId("toegang")
REASON = Reason("Omdat het nodig is.", "Eigen lezing", Certainty.HIGH)


def phrase(purpose: PurposeId, words: str, basis: LegalBasis) -> PurposePhrase:
    return PurposePhrase(purpose, words, basis, "Grond:", (f"Grond van {purpose}",))


def term(code: str, words: str) -> TermPhrase:
    return TermPhrase(TermId(code), words, ("dossier",))


PEOPLE = Group(
    id="medewerkers",
    subjects="Medewerkers",
    items=("Naam en adres", "Poortwachterdocumentatie", "Lievelingskleur"),
    purposes=(GUIDING, FIGURES),
    retention=(
        RetentionBlock("Eigen lijst", (term("6-maanden", "V 6 maanden"), term("12-jaar", "V 12 jaar"))),
        RetentionBlock("Later", (term("ooit", "V ooit"),)),
    ),
    source_intro="",
    sources=("Medewerker",),
    supply_obligatory=False,
    supply_phrase="Niet verplicht.",
)
USERS = replace(
    PEOPLE, id="gebruikers", subjects="Gebruikers", items=("Naam",), purposes=(ACCESS,), retention=()
)

EMPLOYER = Entry(
    reference="X1",
    description="Begeleiding.",
    organisations=("Gemeente Voorbeeld", "Gemeente Voorbeeld"),
    digest="a" * 64,
    purposes=(
        phrase(GUIDING, "Begeleiden naar werk.", LegalBasis.PUBLIC_TASK),
        phrase(FIGURES, "Cijfers maken.", LegalBasis.LEGITIMATE_INTEREST),
    ),
    groups=(PEOPLE,),
    automated=False,
    automated_phrase="Nee.",
    recipients=(Recipient(Role.COMMANDER, "Leidinggevenden"), Recipient(Role.PO_ADVISER, "HR-adviseurs")),
    outside_eu=False,
    outside_eu_phrase="Nee.",
    controllers=("Gemeente Voorbeeld",),
    related=(),
    related_phrase="Geen.",
)
OWN = replace(
    EMPLOYER,
    reference="X-GEBRUIKERS",
    purposes=(phrase(ACCESS, "Toegang regelen.", LegalBasis.LEGAL_OBLIGATION),),
    groups=(USERS,),
    recipients=(),
    controllers=(),
)


def read_purpose(purpose: PurposeId, name: str, role: Role, *operations: Operation) -> PurposeReading:
    return PurposeReading(purpose, name, purpose == FIGURES, operations, (role,), "", "", REASON)


def read_item(item: Item, name: str, group: str, words: str, item_class: ItemClass) -> ItemReading:
    return ItemReading(
        item=item,
        name=name,
        group=group,
        phrase=words,
        item_class=item_class,
        document=DocumentClass.REINTEGRATION_FILE,
        cells={Role.COMMANDER: Cell.READ, Role.PO_ADVISER: Cell.WRITE},
        reasons={Role.COMMANDER: REASON, Role.PO_ADVISER: REASON},
        open_point=None if words else OpenPointId("rang-ontbreekt"),
    )


def read_term(code: str, duration: str) -> TermReading:
    return TermReading(
        TermId(code),
        Clock.CASE_CLOSED,
        duration,
        DayRule.EXACT,
        {},
        (DocumentClass.REINTEGRATION_FILE,),
        REASON,
    )


GATEKEEPER = "Poortwachterdocumentatie"
READING = Reading(
    purposes={
        GUIDING: read_purpose(
            GUIDING, "Begeleiding", Role.COMMANDER, Operation.REFER, Operation.READ_DOSSIER
        ),
        FIGURES: read_purpose(FIGURES, "Cijfers", Role.PO_ADVISER, Operation.COMPUTE_FIGURES),
    },
    roles={Role.COMMANDER: RoleReading(Role.COMMANDER, "Leidinggevende", "LG", REASON)},
    items={
        reading.item: reading
        for reading in (
            read_item(
                Item.NAME_AND_ADDRESS, "NAW-gegevens", "medewerkers", "Naam en adres", ItemClass.ORDINARY
            ),
            read_item(
                Item.GATEKEEPER_EMPLOYER, "Werkgeversdeel", "medewerkers", GATEKEEPER, ItemClass.SPECIAL
            ),
            read_item(Item.GATEKEEPER_MEDICAL, "Medisch deel", "medewerkers", GATEKEEPER, ItemClass.MEDICAL),
            read_item(Item.RANK, "Rang", "medewerkers", "", ItemClass.ORDINARY),
            read_item(Item.USER_NAME, "Naam van de gebruiker", "gebruikers", "Naam", ItemClass.ORDINARY),
        )
    },
    terms={
        TermId("6-maanden"): read_term("6-maanden", "P6M"),
        TermId("12-jaar"): read_term("12-jaar", "P12Y"),
    },
)


def point(
    code: str, blocks: Blocks | None = None, terms: tuple[TermId, ...] = (), elements: tuple[str, ...] = ()
) -> OpenPoint:
    return OpenPoint(
        id=OpenPointId(code),
        title=f"Titel van {code}",
        what="Wat er ontbreekt.",
        where=("Ontvangers",),
        elements=elements,
        reading="Onze lezing.",
        meanwhile=Meanwhile.REFUSE if blocks else Meanwhile.KEEP,
        meanwhile_text="Weigeren.",
        owner="FG",
        source="Eigen lezing",
        certainty=Certainty.OPEN,
        blocks=blocks,
        terms=terms,
        refuses_when_accepted=False,
    )


NOTHING = Blocks(frozenset(), frozenset(), frozenset(), frozenset(), frozenset())
POINTS = (
    point("geen-grond-voor-cijfers", replace(NOTHING, purposes=frozenset({FIGURES}))),
    point("medisch", replace(NOTHING, classes=frozenset({ItemClass.MEDICAL}), uses=frozenset({Use.READ}))),
    point("rang-ontbreekt", replace(NOTHING, items=frozenset({Item.RANK}))),
    point("rol-van-hr", replace(NOTHING, roles=frozenset({Role.PO_ADVISER}))),
    point("uwv-vergeten", replace(NOTHING, roles=frozenset({Role.UWV}))),
    point("twaalf-jaar", terms=(TermId("12-jaar"),)),
    point("grond-zonder-artikel", elements=("grond: Grond van cijfers",)),
    point("aanleverplicht", elements=("aanleverplicht",)),
    point("boete"),
)

FIRST = Register(
    entries=(EMPLOYER, OWN),
    reading=READING,
    open_points={one.id: one for one in POINTS},
    version=Version(1, date(2026, 11, 1), "1" * 64, "Eerste versie."),
)
SECOND = replace(
    FIRST,
    entries=(replace(EMPLOYER, purposes=EMPLOYER.purposes[:1]), OWN),
    version=Version(2, date(2027, 1, 1), "2" * 64, "Cijfers vervallen."),
)
VERSIONS = (FIRST, SECOND)
