"""The closed sets of the room: which facts there are, which item and operation each is, and their words.

The values are what stands in rows, log lines and addresses: once released they never change meaning. A
fact's day stands readable, because a clock needs it; what it says beside that is its detail, and is sealed.
Must never: get a code that says something medical, or a fact without an item.
Read next: `values.py` (details), `folding.py`, docs/course.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from hervat.register.vocabulary import Code, Item, Operation


class Kind(Code):
    """A kind of fact: something that happened on a day."""

    SICK = "ziek"
    RECOVERED = "hersteld"
    PERCENTAGE = "percentage"
    LEAVE = "verlof"
    LEAVE_CAUSE = "verlof-oorzaak"
    OWN_HOURS = "uren-eigen-werk"
    ADAPTED_HOURS = "uren-aangepast-werk"
    CONTACT = "contact"
    OPINION = "advies-bedrijfsarts"
    PLAN = "plan-van-aanpak"
    PLAN_REVISION = "bijstelling-plan"
    EVALUATION = "evaluatie"
    WEEK_42 = "42e-weeksmelding"
    FIRST_YEAR = "eerstejaarsevaluatie"
    SECOND_TRACK = "tweede-spoor"
    UWV_NOTICE = "kennisgeving-uwv"
    CURRENT_OPINION = "actueel-oordeel"
    REPORT = "re-integratieverslag"
    APPLICATION = "wia-aanvraag"
    SANCTION = "loonsanctie"
    REPAIR = "herstel-gemeld"
    FINDING = "herstel-vastgesteld"
    EXTENSION = "vrijwillige-verlenging"
    EARLY_IVA = "vervroegde-iva"
    CAPACITY = "belastbaarheid"

    @property
    def rule(self) -> "KindRule":
        """What holds for facts of this kind."""
        return RULES[self]

    @property
    def item(self) -> Item:
        """The item of the register that a fact of this kind is."""
        return RULES[self].item


class Form(Enum):
    """What a fact says beside its day."""

    NOTHING = "niets"
    PERCENTAGE = "afwezigheid in procenten"
    LEAVE = "soort verlof"
    CAUSE = "of de oorzaak dezelfde is"
    QUARTERS = "uren per week, in kwartieren"
    METHOD = "wijze van contact"
    SANCTION = "duur en soort van de loonsanctie"


class LastDay(Enum):
    """Whether a fact has a last day: of a leave or an extension, or the day on which to look again."""

    NONE = "geen"
    OPTIONAL = "mag"
    OBLIGATORY = "moet"


class Method(Code):
    """How there was contact."""

    CONVERSATION = "gesprek"
    VISIT = "bezoek"
    PHONE = "telefoon"
    VIDEO = "beeldbellen"
    MESSAGE = "bericht"


class Road(Code):
    """By which road a fact came."""

    PERSON = "mens"
    FEED = "personeelssysteem"


class DueKind(Code):
    """What sort of thing is due: a step of the law, somebody's own task, or a signal."""

    STEP = "stap"
    OWN = "eigen"
    SIGNAL = "signaal"


class DueState(Code):
    """How something that is due stands."""

    OPEN = "open"
    DONE = "gedaan"
    LAPSED = "vervallen"
    SKIPPED = "overgeslagen"


class LateReason(Code):
    """Why a step was done late, skipped, or done otherwise (Regeling procesgang art. 5). Never medical."""

    WAITED_FOR_PHYSICIAN = "wachten-op-arts"
    WAITED_FOR_OTHERS = "wachten-op-anderen"
    NOT_REACHED = "niet-bereikt"
    DEPLOYED = "uitzending-of-oefening"
    ON_LEAVE = "verlof"
    HANDED_OVER = "overdracht-of-vervanging"
    KNOWN_LATE = "laat-bekend-geworden"
    RETURN_NEAR = "terugkeer-nabij"
    AGREED_OTHERWISE = "anders-afgesproken"
    FORGOTTEN = "vergeten"


class SignalId(Code):
    """What may want attention. A signal decides nothing."""

    NO_CONTACT = "geen-contact"
    HOURS_NOT_GROWING = "uren-groeien-niet"
    NO_DCR = "dcr-niet-voorgesteld"
    APPOINTMENT_ENDS_FIRST = "aanstelling-eindigt-eerder"
    PLAN_WITHOUT_EVALUATION = "plan-zonder-evaluatie"


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRule:
    """What holds for facts of one kind."""

    name: str
    item: Item
    operation: Operation
    form: Form = Form.NOTHING
    last_day: LastDay = LastDay.NONE
    may_lie_ahead: bool = False


def _absence(name: str, form: Form = Form.NOTHING, last_day: LastDay = LastDay.NONE) -> KindRule:
    return KindRule(
        name=name,
        item=Item.SICKNESS_ABSENCE,
        operation=Operation.REPORT_SICKNESS,
        form=form,
        last_day=last_day,
        may_lie_ahead=form is Form.LEAVE,
    )


def _hours(name: str, item: Item) -> KindRule:
    return KindRule(name=name, item=item, operation=Operation.KEEP_DOSSIER, form=Form.QUARTERS)


def _gatekeeper(name: str, operation: Operation = Operation.AGREE_PLAN) -> KindRule:
    return KindRule(name=name, item=Item.GATEKEEPER_EMPLOYER, operation=operation)


def _wia(name: str, form: Form = Form.NOTHING, last_day: LastDay = LastDay.NONE) -> KindRule:
    return KindRule(
        name=name,
        item=Item.WIA,
        operation=Operation.REPORT_TO_UWV,
        form=form,
        last_day=last_day,
    )


RULES: Final[Mapping[Kind, KindRule]] = {
    Kind.SICK: _absence("Ziek"),
    Kind.RECOVERED: _absence("Hersteld"),
    Kind.PERCENTAGE: _absence("Mate van verzuim", Form.PERCENTAGE),
    Kind.LEAVE: _absence("Verlof", Form.LEAVE, LastDay.OBLIGATORY),
    Kind.LEAVE_CAUSE: KindRule(
        name="Oorzaak rond verlof",
        item=Item.GATEKEEPER_MEDICAL,
        operation=Operation.ASSESS_CAPACITY,
        form=Form.CAUSE,
        may_lie_ahead=True,
    ),
    Kind.OWN_HOURS: _hours("Uren eigen werk", Item.OWN_WORK_HOURS),
    Kind.ADAPTED_HOURS: _hours("Uren aangepast werk", Item.ADAPTED_WORK_HOURS),
    Kind.CONTACT: KindRule(
        name="Contact",
        item=Item.CONTACT_MOMENT,
        operation=Operation.KEEP_CONTACT,
        form=Form.METHOD,
    ),
    Kind.OPINION: _gatekeeper("Advies van de bedrijfsarts", Operation.ASSESS_CAPACITY),
    Kind.PLAN: _gatekeeper("Plan van aanpak"),
    Kind.PLAN_REVISION: _gatekeeper("Bijstelling van het plan"),
    Kind.EVALUATION: _gatekeeper("Evaluatie van het plan"),
    Kind.WEEK_42: _gatekeeper("42e-weeksmelding", Operation.REPORT_TO_UWV),
    Kind.FIRST_YEAR: _gatekeeper("Eerstejaarsevaluatie"),
    Kind.SECOND_TRACK: _gatekeeper("Begin van spoor 2"),
    Kind.UWV_NOTICE: _wia("Kennisgeving van UWV"),
    Kind.CURRENT_OPINION: _gatekeeper("Actueel oordeel", Operation.ASSESS_CAPACITY),
    Kind.REPORT: _gatekeeper("Re-integratieverslag"),
    Kind.APPLICATION: _wia("WIA-aanvraag"),
    Kind.SANCTION: _wia("Loonsanctie", Form.SANCTION),
    Kind.REPAIR: _wia("Herstel gemeld aan UWV"),
    Kind.FINDING: _wia("Herstel vastgesteld door UWV"),
    Kind.EXTENSION: _wia("Vrijwillige verlenging", last_day=LastDay.OPTIONAL),
    Kind.EARLY_IVA: _wia("Vervroegde IVA aangevraagd"),
    Kind.CAPACITY: KindRule(
        name="Belastbaarheid beoordeeld",
        item=Item.WORK_CAPACITY,
        operation=Operation.ASSESS_CAPACITY,
        last_day=LastDay.OPTIONAL,
    ),
}
