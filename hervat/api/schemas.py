"""What the register API answers with: the schemas of the logging standard, and ours beside them.

The property names of the standard's draft 0.1 are kept. What it has no room for stands in one property,
`hervat`, so that our names can never clash with later ones of the standard. Everything has a bound.
It must never hold something about a person. Read next: `dpv.py` (the words), `activities.py` (how a
register becomes these), `whole_register.py` (the schemas of /entry).
"""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AliasGenerator, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from hervat.api.dpv import Basis, DataSubject, EntityType, LegalRole, MeasureType, ProcessingOption
from hervat.register.vocabulary import Clock, DayRule, DocumentClass, Operation, Role

MOST = 1_000
"""No list in an answer is longer."""

LAST_VERSION = 999_999

Code = Annotated[str, Field(min_length=1, max_length=100)]
Line = Annotated[str, Field(max_length=1_000)]
Text = Annotated[str, Field(max_length=10_000)]
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$", min_length=64, max_length=64)]
Number = Annotated[int, Field(ge=1, le=LAST_VERSION)]
Duration = Annotated[str, Field(max_length=20, json_schema_extra={"format": "duration"})]
Address = Annotated[str, Field(max_length=500, json_schema_extra={"format": "uri-reference"})]


class Answer(BaseModel):
    """Made from the values of the register by attribute; written in camelCase."""

    model_config = ConfigDict(
        frozen=True, from_attributes=True, alias_generator=AliasGenerator(serialization_alias=to_camel)
    )


class ActivityExtension(Answer):
    """Wat de standaard niet heeft over een verwerkingsactiviteit."""

    reference: Annotated[Code, Field(description="Het referentienummer van de verwerking.")]
    purpose_id: Annotated[Code, Field(description="De code van het doel.")]
    name: Annotated[Line, Field(description="De naam van de activiteit in de nieuwste versie.")]
    versions: Annotated[
        list[Number], Field(max_length=MOST, description="De versies van het register met dit doel.")
    ]
    latest: Annotated[Address, Field(description="Het adres van de nieuwste versie.")]


class ProcessingActivity(Answer):
    """Een verwerkingsactiviteit: één doel van één verwerking in het register."""

    id: Annotated[UUID, Field(description="Het vaste nummer; logregels verwijzen ernaar.")]
    active: Annotated[bool, Field(description="Of het register van vandaag dit doel noemt.")]
    latest_version: Annotated[Number, Field(description="De nieuwste versie die vandaag geldt of gold.")]
    hervat: ActivityExtension


class ProcessingActivities(Answer):
    """Alle verwerkingsactiviteiten, ook die niet meer gelden, in de volgorde van het register."""

    processing_activities: Annotated[list[ProcessingActivity], Field(max_length=MOST)]


class Risk(Answer):
    """Een risico waartegen een maatregel helpt."""

    assessment: Annotated[
        Annotated[str, Field(max_length=500, json_schema_extra={"format": "uri"})] | None,
        Field(description="De risicobeoordeling. Deze API kent er geen: de DPIA is niet openbaar."),
    ] = None


class Measure(Answer):
    """Een maatregel die deze software zelf uitvoert."""

    measure_type: MeasureType
    measure: Line
    risks: Annotated[list[Risk], Field(max_length=MOST)] = []


class PersonalData(Answer):
    """Welke gegevens, en hoe lang."""

    categories: Annotated[list[Line], Field(max_length=MOST, description="De gegevens bij naam.")]
    retention_period: Annotated[
        Duration | None,
        Field(description="De langste bewaartermijn (ISO 8601). Alle termijnen: hervat.retention."),
    ] = None


class Recipients(Answer):
    """De ontvangers samen. De standaard heeft plaats voor één; elk apart: hervat.recipients."""

    legal_role: Annotated[
        LegalRole | None, Field(description="Ontbreekt altijd: de verwerking noemt geen juridische rol.")
    ] = None
    entity_id: UUID


class Recipient(Answer):
    """Een ontvanger."""

    role: Annotated[Role, Field(description="De rol in de matrix van het register.")]
    entity_id: UUID
    phrase: Annotated[Line, Field(description="Zoals de verwerking hem noemt.")]


class Term(Answer):
    """Een bewaartermijn, zoals de verwerking hem noemt en zoals wij hem lezen."""

    id: Code
    phrase: Annotated[Line, Field(description="De woorden van de verwerking.")]
    objects: Annotated[list[Line], Field(max_length=MOST, description="Waarover, volgens de verwerking.")]
    duration: Annotated[
        Duration | None, Field(description="De duur. Ontbreekt als die niet te lezen is.")
    ] = None
    clock: Annotated[Clock | None, Field(description="De gebeurtenis waarmee de termijn begint.")] = None
    day_rule: Annotated[DayRule | None, Field(description="Op welke dag de termijn eindigt.")] = None
    documents: Annotated[
        list[DocumentClass], Field(max_length=MOST, description="De soorten documenten waarvoor hij geldt.")
    ]


class OpenPointLink(Answer):
    """Een open punt: iets wat de verwerking of de wet niet zegt."""

    id: Code
    title: Line
    url: Annotated[Address, Field(description="De pagina waar het staat uitgelegd.")]


class VersionExtension(Answer):
    """Wat de standaard niet heeft over een versie van een verwerkingsactiviteit."""

    reference: Annotated[Code, Field(description="Het referentienummer van de verwerking.")]
    purpose_id: Annotated[Code, Field(description="De code van het doel.")]
    url: Annotated[Address, Field(description="Het adres van deze versie, zoals logregels het noemen.")]
    valid_from_date: Annotated[date, Field(description="De eerste dag waarop deze versie geldt.")]
    digest: Annotated[Digest, Field(description="SHA-256 van de gegevens van deze versie van het register.")]
    change: Annotated[Text, Field(description="Wat er in deze versie is gewijzigd.")]
    grounds: Annotated[list[Text], Field(max_length=MOST, description="De grondslag in de eigen woorden.")]
    data_subjects: Annotated[list[Line], Field(max_length=MOST, description="De betrokkenen, idem.")]
    objection: Annotated[
        bool | None, Field(description="Of bezwaar kan (AVG art. 21). Ontbreekt als dat niet is gelezen.")
    ] = None
    operations: Annotated[list[Operation], Field(max_length=MOST, description="Wat ervoor wordt gedaan.")]
    recipients: Annotated[list[Recipient], Field(max_length=MOST, description="De ontvangers, elk apart.")]
    retention: Annotated[list[Term], Field(max_length=MOST, description="Alle bewaartermijnen.")]
    open_points: Annotated[list[OpenPointLink], Field(max_length=MOST, description="Wat nog open is.")]


class ProcessingActivityVersion(Answer):
    """Een verwerkingsactiviteit zoals één versie van het register haar beschrijft."""

    data_subjects: Annotated[list[DataSubject], Field(max_length=MOST)]
    legal_basis: Annotated[list[Basis], Field(max_length=MOST)]
    measures: Annotated[list[Measure], Field(max_length=MOST)]
    name: Line
    personal_data: PersonalData
    version: Number
    processing_options: Annotated[list[ProcessingOption], Field(max_length=MOST)]
    purpose: Annotated[Text, Field(description="Het doel in de woorden van de verwerking.")]
    recipients: Annotated[Recipients | None, Field(description="Ontbreekt als er geen ontvangers zijn.")] = (
        None
    )
    valid_from: Annotated[
        datetime, Field(description="Het begin van de eerste dag waarop deze versie geldt, Nederlandse tijd.")
    ]
    hervat: VersionExtension


class EntityExtension(Answer):
    """Wat de standaard niet heeft over een entiteit."""

    kind: Annotated[Code, Field(description="organisatie, verwerkingsverantwoordelijke of ontvanger.")]
    references: Annotated[
        list[Code], Field(max_length=MOST, description="De verwerkingen die deze entiteit noemen.")
    ]
    members: Annotated[
        list[UUID],
        Field(max_length=MOST, description="De ontvangers elk apart, als dit de ontvangers samen zijn."),
    ] = []


class Entity(Answer):
    """Een organisatie of ontvanger die het register noemt. Adressen noemt het register niet."""

    id: UUID
    type: Annotated[
        EntityType | None, Field(description="Ontbreekt bij ontvangers: dat zijn groepen functionarissen.")
    ] = None
    name: Text
    address: Line | None = None
    postal_code: Annotated[str | None, Field(max_length=20)] = None
    city: Line | None = None
    country: Line | None = None
    phonenumber: Annotated[str | None, Field(max_length=30)] = None
    email: Annotated[
        Annotated[str, Field(max_length=254, json_schema_extra={"format": "email"})] | None, Field()
    ] = None
    hervat: EntityExtension
