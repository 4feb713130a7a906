"""The closed sets of the register: items, roles, clocks and the words of a decision.

An entry *selects and names* members of these sets; it cannot add to them, so the type checker sees
every item and role there is. The values are the codes that stand in YAML files, in addresses and in
log lines: once released they never change meaning. Terms: docs/glossary.md.
Read next: `entry.py` (the entry as data), `reading.py` (which phrase is which item).
"""

from enum import StrEnum


class Code(StrEnum):
    """A member of a closed set, equal to its code and hashed as that.

    An enum of Python hashes by its English name, which differs from the text it equals, and slowly.
    """

    __hash__ = str.__hash__


class Item(Code):
    """A data item: the smallest thing about a person that is granted, logged and destroyed."""

    # Ordinary items of a re-integrant
    NAME_AND_ADDRESS = "naw-gegevens"
    BIRTH_DATE = "geboortedatum"
    SEX = "geslacht"
    EMAIL = "e-mailadres"
    PHONE = "telefoonnummer"
    EMPLOYEE_ID = "werknemer-id"
    SERVICE_BRANCH = "defensieonderdeel"
    UNIT = "eenheid"
    DUTIES = "werkzaamheden"
    APPOINTMENT_END = "einde-aanstelling"
    SIGNATURE = "handtekening"
    JOB_DESCRIPTION = "functieomschrijving"
    OWN_WORK_HOURS = "uren-eigen-werk"
    ADAPTED_WORK_HOURS = "uren-aangepast-werk"
    WORK_RELATION = "kwaliteit-arbeidsrelatie"
    PAYROLL_TAX_NUMBER = "loonheffingsnummer"
    PAY_END = "einde-loondoorbetaling"
    CASE_NUMBER = "casenummer"
    DISMISSAL_DATE = "datum-ontslag"
    DISMISSAL_REASON = "reden-ontslag"
    REACHABLE_9_10 = "bereikbaarheid-9-10"
    REACHABLE_10_5 = "bereikbaarheid-10-5"
    REACHABILITY_NOTE = "toelichting-bereikbaarheid"
    WORK_CONFLICT = "arbeidsconflict"
    BSN = "bsn"
    # Special items of a re-integrant
    MEDICAL_DETAIL = "medische-gegevens"
    SICKNESS_ABSENCE = "ziekteverzuimgegevens"
    GATEKEEPER_EMPLOYER = "poortwachter-werkgeversdeel"
    GATEKEEPER_MEDICAL = "poortwachter-medisch-deel"
    SICKNESS_ACT = "ziektewetgegevens"
    WIA = "wia-gegevens"
    WGA = "wga-gegevens"
    WORK_CAPACITY = "arbeidsgeschiktheidsgegevens"
    JOB_SUITABILITY_ADVICE = "functiegeschiktheidsadvies"
    LABOUR_EXPERT_REPORT = "arbeidsdeskundigenrapport"
    MILITARY_MEDICAL_EXAM = "mgo"
    # Survey among the users of the tool
    SURVEY_SERVICE_BRANCH = "enquete-defensieonderdeel"
    SURVEY_UNIT = "enquete-eenheid"
    SURVEY_EXPERIENCE = "enquete-ervaring"
    SURVEY_CASES = "enquete-aantal-dossiers"
    SURVEY_USE = "enquete-gebruik"
    SURVEY_STATEMENTS = "enquete-stellingen"
    SURVEY_RANKING = "enquete-rangorde"
    SURVEY_RECOMMENDATION = "enquete-aanbeveling"
    SURVEY_REASON = "enquete-reden"
    # Facts the work needs and entry D2599 does not name: each stands behind an open point
    OUTCOME = "uitkomst-en-plaatsing"
    PROGRAMME_PARTICIPATION = "deelname-programma"
    RANK = "rang"
    LEGAL_REGIME = "rechtspositie"
    ACCIDENT = "ongeval"
    NURSING_ADDRESS = "verpleegadres"
    CONTACT_MOMENT = "contactmomenten"
    # Users of the system itself (users.yaml)
    USER_NAME = "gebruiker-naam"
    USER_CONTACT = "gebruiker-contact"
    USER_CREDENTIALS = "gebruiker-inlogmiddelen"
    USER_POSTING = "gebruiker-plaatsing"
    USER_ASSIGNMENT = "gebruiker-toewijzing"
    USER_DEPUTY = "gebruiker-waarneming"
    USER_ACTIVITY = "gebruiker-handelingen"


class Role(Code):
    """Who acts. The first eleven are the recipients of entry D2599, in its order."""

    COMMANDER = "commandant"
    PO_ADVISER = "po-adviseur"
    UNIT_ADMIN_NCO = "oobb"
    EGB_PHYSICIAN = "arts-egb"
    LABOUR_EXPERT = "arbeidsdeskundige"
    DCR_GUIDE = "medewerker-dcr"
    RE_INTEGRANT = "re-integrant"
    LEGAL_ADVISER = "jurist-jdv"
    ROBIDUS = "robidus"
    INSURANCE_PHYSICIAN = "verzekeringsarts"
    FUTURE = "future"
    # Roles of the survey
    RESPONDENT = "respondent"
    RESEARCHER = "onderzoeker"
    # Roles that entry D2599 does not name among its recipients
    UWV = "uwv"
    OCCUPATIONAL_PHYSICIAN = "bedrijfsarts"
    PRIVACY_OFFICER = "fg"
    RECORDS_MANAGER = "archivaris"
    ADMINISTRATOR = "functioneel-beheerder"
    AUDITOR = "auditor"
    MANAGEMENT = "management"


class Clock(Code):
    """The event a retention term starts from. What computes the date stands in `law/`."""

    FIRST_SICK_DAY = "eerste-ziektedag"
    BIRTH_YEAR = "geboortejaar"
    CASE_CLOSED = "sluiting-dossier"
    POLICY_DECIDED = "vaststelling-beleid"
    LOGGED = "logregel"
    COLLECTED = "verzameling"
    POSTING_ENDED = "einde-plaatsing"


class ItemClass(Code):
    """How closely the law holds an item."""

    ORDINARY = "gewoon"
    BSN = "bsn"
    SPECIAL = "bijzonder"
    MEDICAL = "medisch"


class DocumentClass(Code):
    """What kind of record an item is kept in; it decides which retention terms apply."""

    REINTEGRATION_FILE = "re-integratiedossier"
    GATEKEEPER_EMPLOYER = "poortwachter-werkgeversdeel"
    GATEKEEPER_MEDICAL = "poortwachter-medisch-deel"
    MEDICAL_EXAM_RESULT = "uitslag-medisch-onderzoek"
    PLACEMENT = "herplaatsingsdocument"
    MEDICAL_ACTION_PLAN = "medisch-plan-van-aanpak"
    OCCUPATIONAL_STATEMENT = "verklaring-arbodienst"
    SICKNESS_ABSENCE = "ziekteverzuim"
    SURVEY_REPORT = "onderzoeksgegevens"
    SURVEY_LOG = "loggegevens-enquete"
    SURVEY_RAW = "ruwe-enquetegegevens"
    USER_ACCOUNT = "gebruikersaccount"
    PROCESSING_LOG = "logboek"


class Operation(Code):
    """What somebody does in the system; each belongs to at least one purpose."""

    KEEP_DOSSIER = "dossier-bijhouden"
    READ_DOSSIER = "dossier-inzien"
    LIST_CASELOAD = "caseload-bekijken"
    REPORT_SICKNESS = "ziekmelding-verwerken"
    ASSESS_CAPACITY = "belastbaarheid-beoordelen"
    AGREE_PLAN = "plan-en-evaluatie-afspreken"
    REPORT_TO_UWV = "uwv-berichten-opstellen"
    CONTEST = "bezwaar-en-sanctie-behandelen"
    REFER = "begeleiding-overdragen"
    PLACE = "plaatsing-begeleiden"
    KEEP_CONTACT = "contact-onderhouden"
    COMPUTE_FIGURES = "stuurcijfers-maken"
    ANSWER_SURVEY = "enquete-invullen"
    ANALYSE_SURVEY = "enquete-onderzoeken"
    EXERCISE_RIGHTS = "rechten-van-betrokkene"
    DESTROY = "vernietigen"
    ADMINISTER_USERS = "gebruikers-beheren"
    LOG_IN = "inloggen"
    OVERSEE = "toezicht-houden"


class Cell(Code):
    """A cell of the matrix role × item."""

    READ = "lezen"
    WRITE = "schrijven"
    OWN = "eigen"
    CASE = "per geval"
    OUTCOME = "uitkomst"
    NOTHING = "niets"


class Use(Code):
    """What one wants with an item."""

    READ = "lezen"
    WRITE = "schrijven"


class Scope(Code):
    """How much of an item a decision allows."""

    FULL = "volledig"
    OUTCOME = "alleen de uitkomst"
    OWN = "alleen over uzelf"
    CASE = "per geval, met grond en einddatum"


class LegalBasis(Code):
    """The grounds of AVG art. 6(1)."""

    CONSENT = "toestemming"
    CONTRACT = "overeenkomst"
    LEGAL_OBLIGATION = "wettelijke-verplichting"
    VITAL_INTEREST = "vitaal-belang"
    PUBLIC_TASK = "publieke-taak"
    LEGITIMATE_INTEREST = "gerechtvaardigd-belang"


class Certainty(Code):
    """How sure a reading is."""

    HIGH = "hoog"
    MEDIUM = "middel"
    OPEN = "onzeker"


class Meanwhile(Code):
    """What happens while nobody has accepted an open point."""

    REFUSE = "weigeren"
    KEEP = "niet vernietigen"
    ASK = "navragen"


class DayRule(Code):
    """On which day a term ends."""

    EXACT = "op de dag"
    END_OF_YEAR = "einde kalenderjaar"


class ActorKind(Code):
    """What acted."""

    USER = "gebruiker"
    CLIENT = "koppeling"
    JOB = "taak"
    COMMAND = "opdracht"


class Authority(Code):
    """What gave the actor the way in: NEN 7513 autorisatieprotocol."""

    POSTING = "plaatsing"
    DEPUTY = "waarneming"
    ASSIGNMENT = "toewijzing"
    CASE = "per-geval"
    OWN = "eigen-gegevens"
    CREDENTIALS = "machine-gegevens"
    COMMAND_LINE = "opdrachtregel"


class Source(Code):
    """Where in the system the line was made: NEN 7513 AuditSourceId."""

    WEB = "web"
    API = "api"
    COMMAND_LINE = "cli"
    JOB = "jobs"
