"""The words of the logging standard's register API, and which of ours they are.

The enumerations are those of the draft register API 0.1 (terms of the W3C Data Privacy Vocabulary 2.1),
whole, so that a caller can rely on them. It must never choose a word the entry gives no cause for: where
ours says two things at once, both words are given. Read next: `schemas.py`, docs/api.md.
"""

from collections.abc import Mapping
from enum import StrEnum

from hervat.register.vocabulary import Item, LegalBasis, Operation


class DataSubject(StrEnum):
    """Whose data."""

    ADULT = "Adult"
    APPLICANT = "Applicant"
    CITIZEN = "Citizen"
    CONSUMER = "Consumer"
    CUSTOMER = "Customer"
    DATA_SUBJECT = "DataSubject"
    EMPLOYEE = "Employee"
    GUARDIAN = "GuardianOfHuman"
    IMMIGRANT = "Immigrant"
    JOB_APPLICANT = "JobApplicant"
    MEMBER = "Member"
    NON_CITIZEN = "NonCitizen"
    PARENT = "ParentOfHuman"
    PARTICIPANT = "Participant"
    PATIENT = "Patient"
    STUDENT = "Student"
    SUBSCRIBER = "Subscriber"
    TOURIST = "Tourist"
    USER = "User"
    VISITOR = "Visitor"
    VULNERABLE = "VulnerableHuman"


class Basis(StrEnum):
    """On what ground."""

    CONSENT = "Consent"
    CONTRACT = "Contract"
    DATA_TRANSFER = "DataTransferLegalBasis"
    LEGAL_OBLIGATION = "LegalObligation"
    LEGITIMATE_INTEREST = "LegitimateInterest"
    OFFICIAL_AUTHORITY = "OfficialAuthorityOfController"
    PUBLIC_INTEREST = "PublicInterest"
    VITAL_INTEREST = "VitalInterest"


class MeasureType(StrEnum):
    """What kind of measure."""

    ORGANISATIONAL = "Organisational"
    TECHNICAL = "Technical"


class ProcessingOption(StrEnum):
    """What is done with the data."""

    COPY = "Copy"
    DISCLOSE = "Disclose"
    OBTAIN = "Obtain"
    ORGANISE = "Organise"
    REMOVE = "Remove"
    STORE = "Store"
    TRANSFER = "Transfer"
    TRANSFORM = "Transform"
    USE = "Use"


class LegalRole(StrEnum):
    """What a recipient is in law."""

    CONTROLLER = "DataController"
    EXPORTER = "DataExporter"
    IMPORTER = "DataImporter"
    PROCESSOR = "DataProcessor"
    PROTECTION_OFFICER = "DataProtectionOfficer"
    JOINT_CONTROLLERS = "JointDataControllers"
    SERVICE_CONSUMER = "ServiceConsumer"
    SERVICE_PROVIDER = "ServiceProvider"
    THIRD_PARTY = "ThirdParty"


class EntityType(StrEnum):
    """What an entity is."""

    LEGAL_ENTITY = "LegalEntity"
    NATURAL_PERSON = "NaturalPerson"
    ORGANISATION = "Organisation"


BASES: Mapping[LegalBasis, tuple[Basis, ...]] = {
    LegalBasis.CONSENT: (Basis.CONSENT,),
    LegalBasis.CONTRACT: (Basis.CONTRACT,),
    LegalBasis.LEGAL_OBLIGATION: (Basis.LEGAL_OBLIGATION,),
    LegalBasis.VITAL_INTEREST: (Basis.VITAL_INTEREST,),
    # AVG art. 6(1)(e) names both in one breath, and an entry does not tell them apart
    LegalBasis.PUBLIC_TASK: (Basis.PUBLIC_INTEREST, Basis.OFFICIAL_AUTHORITY),
    LegalBasis.LEGITIMATE_INTEREST: (Basis.LEGITIMATE_INTEREST,),
}

OPTIONS: Mapping[Operation, tuple[ProcessingOption, ...]] = {
    Operation.KEEP_DOSSIER: (ProcessingOption.ORGANISE, ProcessingOption.STORE),
    Operation.READ_DOSSIER: (ProcessingOption.USE,),
    Operation.LIST_CASELOAD: (ProcessingOption.ORGANISE, ProcessingOption.USE),
    Operation.REPORT_SICKNESS: (ProcessingOption.OBTAIN, ProcessingOption.STORE),
    Operation.ASSESS_CAPACITY: (ProcessingOption.OBTAIN, ProcessingOption.STORE, ProcessingOption.USE),
    Operation.AGREE_PLAN: (ProcessingOption.OBTAIN, ProcessingOption.STORE, ProcessingOption.USE),
    # Drawing up a message is not sending it: UWV is not among the recipients of every entry
    Operation.REPORT_TO_UWV: (ProcessingOption.TRANSFORM, ProcessingOption.USE),
    Operation.CONTEST: (ProcessingOption.USE,),
    Operation.REFER: (ProcessingOption.DISCLOSE,),
    Operation.PLACE: (ProcessingOption.STORE, ProcessingOption.USE),
    Operation.KEEP_CONTACT: (ProcessingOption.OBTAIN, ProcessingOption.STORE, ProcessingOption.USE),
    Operation.COMPUTE_FIGURES: (ProcessingOption.TRANSFORM, ProcessingOption.USE),
    Operation.ANSWER_SURVEY: (ProcessingOption.OBTAIN, ProcessingOption.STORE),
    Operation.ANALYSE_SURVEY: (ProcessingOption.TRANSFORM, ProcessingOption.USE),
    Operation.EXERCISE_RIGHTS: (ProcessingOption.COPY, ProcessingOption.DISCLOSE),
    Operation.DESTROY: (ProcessingOption.REMOVE,),
    Operation.ADMINISTER_USERS: (ProcessingOption.OBTAIN, ProcessingOption.STORE),
    Operation.LOG_IN: (ProcessingOption.USE,),
    Operation.OVERSEE: (ProcessingOption.USE,),
}

OF_USERS: frozenset[Item] = frozenset(
    {
        Item.SURVEY_SERVICE_BRANCH,
        Item.SURVEY_UNIT,
        Item.SURVEY_EXPERIENCE,
        Item.SURVEY_CASES,
        Item.SURVEY_USE,
        Item.SURVEY_STATEMENTS,
        Item.SURVEY_RANKING,
        Item.SURVEY_RECOMMENDATION,
        Item.SURVEY_REASON,
        Item.USER_NAME,
        Item.USER_CONTACT,
        Item.USER_CREDENTIALS,
        Item.USER_POSTING,
        Item.USER_ASSIGNMENT,
        Item.USER_DEPUTY,
        Item.USER_ACTIVITY,
    }
)
"""The items kept of people because they use the system; every other item is of a re-integrant."""


def data_subject(item: Item) -> DataSubject:
    """Return whose data an item is."""
    return DataSubject.USER if item in OF_USERS else DataSubject.EMPLOYEE
