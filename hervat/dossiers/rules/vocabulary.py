"""The closed sets of the room: how a dossier stands, the codes of its facts, and its stored fields.

The values are what stands in rows and log lines: once released they never change meaning. Where another
system has a free text, the entry often names none, and then there is a code here. Must never: get a code
that says something medical. Read next: `values.py`, docs/glossary.md.
"""

from hervat.register.vocabulary import Code, Item


class Status(Code):
    """Whether somebody is being guided."""

    OPEN = "open"
    CLOSED = "gesloten"


class Closing(Code):
    """What happened to a dossier."""

    CLOSED = "gesloten"
    REOPENED = "heropend"


class ClosingReason(Code):
    """Why a dossier was closed or opened again. Never the outcome: that is an item of its own."""

    COURSE_ENDED = "traject-beeindigd"
    OPENED_BY_MISTAKE = "ten-onrechte-geopend"
    DOUBLE = "dubbel-dossier"
    SICK_AGAIN = "opnieuw-uitgevallen"
    CLOSED_BY_MISTAKE = "ten-onrechte-gesloten"
    OBJECTION = "bezwaar-of-beroep"
    SANCTION = "loonsanctie"


class CorrectionReason(Code):
    """Why a fact was replaced by another."""

    MISTAKE = "vergissing"
    CHANGED = "situatie-veranderd"
    SOURCE_CHANGED = "bron-gewijzigd"
    ASKED_BY_SUBJECT = "verzoek-betrokkene"
    DECISION_OF_UWV = "besluit-uwv"


class AssignmentState(Code):
    """How an assignment stands."""

    PROPOSED = "voorgesteld"
    ACCEPTED = "aanvaard"
    REJECTED = "afgewezen"
    ENDED = "beeindigd"


class CaseGround(Code):
    """Why somebody may see, in this one case, what the register gives case by case."""

    OBJECTION = "bezwaar-of-beroep"
    SANCTION = "loonsanctie"
    REPORT_TO_UWV = "melding-uwv"
    ASSESSMENT = "beoordeling"
    TRANSFER = "overdracht"
    DISMISSAL = "ontslagprocedure"
    RIGHTS = "rechten-van-betrokkene"


class Sex(Code):
    """As the personnel system says it."""

    MAN = "man"
    WOMAN = "vrouw"
    OTHER = "x"


class ServiceBranch(Code):
    """The part of Defence."""

    NAVY = "czsk"
    ARMY = "clas"
    AIR_FORCE = "clsk"
    MARECHAUSSEE = "kmar"
    SUPPORT = "dosco"
    MATERIEL = "commit"
    STAFF = "bs"


class DismissalReason(Code):
    """Why an appointment ended: a code without medical text, as the reading says."""

    AT_REQUEST = "op-verzoek"
    END_OF_TERM = "einde-tijdelijke-aanstelling"
    AGE = "leeftijd"
    UNFIT = "ongeschiktheid"
    REORGANISATION = "reorganisatie"
    OTHER = "anders"


class Conflict(Code):
    """Whether there is a conflict at work, and what is done about it."""

    NONE = "geen"
    REPORTED = "gemeld"
    MEDIATION = "bemiddeling"
    SETTLED = "opgelost"


class SafetyNet(Code):
    """Whether the safety net of the Sickness Act holds; never which, nor why."""

    HOLDS = "geldt"
    DOES_NOT_HOLD = "geldt-niet"
    UNKNOWN = "onbekend"


class WiaDecision(Code):
    """What UWV decided on an application for the WIA."""

    IVA = "iva"
    WGA_FULL = "wga-80-100"
    WGA_PARTIAL = "wga-35-80"
    UNDER_35 = "minder-dan-35"
    REFUSED = "geweigerd"


class WgaPhase(Code):
    """In which phase a WGA benefit is."""

    WAGE_RELATED = "loongerelateerd"
    WAGE_SUPPLEMENT = "loonaanvulling"
    FOLLOW_UP = "vervolguitkering"


class Outcome(Code):
    """How re-integration ended; stored only once the open point about it is accepted."""

    OWN_WORK = "eigen-werk"
    OTHER_WORK_INSIDE = "ander-werk-binnen"
    OTHER_WORK_OUTSIDE = "ander-werk-buiten"
    WITHOUT_WORK = "zonder-werk"


class Part(Code):
    """A table of sealed facts. The first two are of a person, the others of a dossier."""

    IDENTITY = "identiteit"
    APPOINTMENT = "aanstelling"
    WORK = "werk"
    BENEFITS = "uitkeringen"


class Field(Code):
    """A sealed field; the value is the name of its column."""

    NAME = "name"
    ADDRESS = "address"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    EMAIL = "email"
    PHONE = "phone"
    EMPLOYEE_ID = "employee_id"
    BSN = "bsn"
    PAYROLL_TAX_NUMBER = "payroll_tax_number"
    SERVICE_BRANCH = "service_branch"
    DUTIES = "duties"
    JOB_DESCRIPTION = "job_description"
    ENDS_ON = "ends_on"
    DISMISSED_ON = "dismissed_on"
    DISMISSAL_REASON = "dismissal_reason"
    WORK_RELATION = "work_relation"
    WORK_CONFLICT = "work_conflict"
    REACHABLE_9_10 = "reachable_9_10"
    REACHABLE_10_5 = "reachable_10_5"
    REACHABILITY_NOTE = "reachability_note"
    PAY_ENDS_ON = "pay_ends_on"
    OUTCOME = "outcome"
    SICKNESS_ACT = "sickness_act"
    WIA = "wia"
    SANCTION = "sanction"
    WGA = "wga"

    @property
    def item(self) -> Item:
        """The item of the register that this field holds."""
        return _ITEM[self]

    @property
    def part(self) -> Part:
        """The table it stands in."""
        return next(part for part, fields in FIELDS.items() if self in fields)


FIELDS: dict[Part, tuple[Field, ...]] = {
    Part.IDENTITY: tuple(Field)[:9],
    Part.APPOINTMENT: tuple(Field)[9:15],
    Part.WORK: tuple(Field)[15:22],
    Part.BENEFITS: tuple(Field)[22:],
}

SAID_BY_ONESELF = frozenset(
    {
        Field.ADDRESS,
        Field.EMAIL,
        Field.PHONE,
        Field.REACHABLE_9_10,
        Field.REACHABLE_10_5,
        Field.REACHABILITY_NOTE,
    }
)
"""Which fields of an item that the register lets somebody record about themselves are theirs to say:
the address and not the name, which are one item there."""

_ITEM: dict[Field, Item] = {
    Field.NAME: Item.NAME_AND_ADDRESS,
    Field.ADDRESS: Item.NAME_AND_ADDRESS,
    Field.BIRTH_DATE: Item.BIRTH_DATE,
    Field.SEX: Item.SEX,
    Field.EMAIL: Item.EMAIL,
    Field.PHONE: Item.PHONE,
    Field.EMPLOYEE_ID: Item.EMPLOYEE_ID,
    Field.BSN: Item.BSN,
    Field.PAYROLL_TAX_NUMBER: Item.PAYROLL_TAX_NUMBER,
    Field.SERVICE_BRANCH: Item.SERVICE_BRANCH,
    Field.DUTIES: Item.DUTIES,
    Field.JOB_DESCRIPTION: Item.JOB_DESCRIPTION,
    Field.ENDS_ON: Item.APPOINTMENT_END,
    Field.DISMISSED_ON: Item.DISMISSAL_DATE,
    Field.DISMISSAL_REASON: Item.DISMISSAL_REASON,
    Field.WORK_RELATION: Item.WORK_RELATION,
    Field.WORK_CONFLICT: Item.WORK_CONFLICT,
    Field.REACHABLE_9_10: Item.REACHABLE_9_10,
    Field.REACHABLE_10_5: Item.REACHABLE_10_5,
    Field.REACHABILITY_NOTE: Item.REACHABILITY_NOTE,
    Field.PAY_ENDS_ON: Item.PAY_END,
    Field.OUTCOME: Item.OUTCOME,
    Field.SICKNESS_ACT: Item.SICKNESS_ACT,
    Field.WIA: Item.WIA,
    Field.SANCTION: Item.WIA,
    Field.WGA: Item.WGA,
}
