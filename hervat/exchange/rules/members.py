"""What a message may say of somebody, as types: persons, appointments, sickness, units.

Each member names the item of the register that it holds; what is not named here is not read. The JSON
Schema that senders get is written from these types (`schema.py`, with a test that it is). Absent means:
nothing said; null means: there is none. Must never: get a member for which the register has no item.
Read next: `messages.py` (the messages that say it), docs/personnel-feed.md.
"""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from hervat.dossiers.rules.vocabulary import DismissalReason, ServiceBranch, Sex
from hervat.law.vocabulary import LeaveKind
from hervat.organisation.rules.units import UnitKind
from hervat.register.vocabulary import Code, Item

ITEM = "x-register-item"
MOST_UNITS = 2_000
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})", re.ASCII
)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
_ONE_LINE = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"


class LeaveWord(Code):
    """Which leave under the WAZO, in the words of a message."""

    MATERNITY = "zwangerschap-en-bevalling"
    ADOPTION = "adoptie-of-pleegzorg"
    OTHER = "ander-verlof"

    @property
    def kind(self) -> LeaveKind:
        """The kind of leave in the law."""
        return LeaveKind[self.name]


def _written(form: re.Pattern[str]) -> BeforeValidator:
    def check(value: object) -> object:
        if not isinstance(value, str) or not form.fullmatch(value):
            raise PydanticCustomError("form", "wrong")
        return value

    return BeforeValidator(check)


def _moment(value: object) -> object:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise PydanticCustomError("form", "wrong")
    try:
        return datetime.fromisoformat(value).astimezone(UTC)
    except (ValueError, OverflowError):
        raise PydanticCustomError("form", "wrong") from None


def _text_schema(form: re.Pattern[str], name: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "format": name, "pattern": f"^{form.pattern}$"})


Day = Annotated[date, _written(_DAY), _text_schema(_DAY, "date")]
Moment = Annotated[datetime, BeforeValidator(_moment), _text_schema(_MOMENT, "date-time")]
Id = Annotated[
    UUID,
    _written(_UUID),
    WithJsonSchema(
        {
            "type": "string",
            "format": "uuid",
            "pattern": "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
        }
    ),
]
Percentage = Annotated[int, Field(strict=True, ge=0, le=100)]


def _line(longest: int) -> StringConstraints:
    return StringConstraints(strict=True, min_length=1, max_length=longest, pattern=_ONE_LINE)


def _text(longest: int) -> StringConstraints:
    return StringConstraints(strict=True, min_length=1, max_length=longest)


def _of(item: Item, description: str, **more: Any) -> Any:
    return Field(description=description, json_schema_extra={ITEM: item.value}, **more)


class Part(BaseModel):
    """A part of a message: unknown members are refused, by their name."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Address(Part):
    """Waar iemand woont; straat met huisnummer."""

    street: Annotated[str, _line(200)] = _of(Item.NAME_AND_ADDRESS, "Straat en huisnummer.")
    postcode: Annotated[str, _line(20)] = _of(Item.NAME_AND_ADDRESS, "Postcode.")
    town: Annotated[str, _line(200)] = _of(Item.NAME_AND_ADDRESS, "Woonplaats.")


class Person(Part):
    """Wie iemand is. Wat ontbreekt, blijft zoals het was; null wist het."""

    name: Annotated[str, _line(200)] | None = _of(
        Item.NAME_AND_ADDRESS, "Voornaam en achternaam.", default=None
    )
    address: Address | None = _of(Item.NAME_AND_ADDRESS, "Het woonadres.", default=None)
    birth_date: Day | None = _of(Item.BIRTH_DATE, "De geboortedatum.", default=None)
    sex: Sex | None = _of(Item.SEX, "Zoals het personeelssysteem het zegt.", default=None)
    email: Annotated[str, _line(254)] | None = _of(Item.EMAIL, "Het e-mailadres.", default=None)
    phone: Annotated[str, _line(30)] | None = _of(Item.PHONE, "Het telefoonnummer.", default=None)
    bsn: Annotated[str, StringConstraints(strict=True, pattern="^[0-9]{9}$")] | None = _of(
        Item.BSN, "Negen cijfers, met elfproef.", default=None
    )
    payroll_tax_number: Annotated[str, _line(20)] | None = _of(
        Item.PAYROLL_TAX_NUMBER, "Het loonheffingsnummer.", default=None
    )


class WholePerson(Person):
    """Wie iemand is, bij een ziekmelding: ten minste de naam."""

    name: Annotated[str, _line(200)] = _of(Item.NAME_AND_ADDRESS, "Voornaam en achternaam.")


class Appointment(Part):
    """Waarin iemand is aangesteld. Wat ontbreekt, blijft zoals het was; null wist het."""

    unit: Annotated[str, _line(40)] | None = _of(
        Item.UNIT, "De afkorting van de eenheid, als in de boom van eenheden.", default=None
    )
    service_branch: ServiceBranch | None = _of(Item.SERVICE_BRANCH, "Het defensieonderdeel.", default=None)
    duties: Annotated[str, _text(4000)] | None = _of(Item.DUTIES, "De werkzaamheden.", default=None)
    job_description: Annotated[str, _text(4000)] | None = _of(
        Item.JOB_DESCRIPTION, "De functie.", default=None
    )
    ends_on: Day | None = _of(Item.APPOINTMENT_END, "De laatste dag van de aanstelling.", default=None)


class WholeAppointment(Appointment):
    """Waarin iemand is aangesteld, bij een ziekmelding: ten minste de eenheid."""

    unit: Annotated[str, _line(40)] = _of(
        Item.UNIT, "De afkorting van de eenheid, als in de boom van eenheden."
    )


class AboutSomebody(Part):
    """Feiten over een persoon, bekend aan het werknemersnummer."""

    employee_number: Annotated[
        str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9 ./-]{0,19}$")
    ] = _of(Item.EMPLOYEE_ID, "Het werknemersnummer.")


class PersonFacts(AboutSomebody):
    """Nieuwe persoonsgegevens."""

    person: Person


class AppointmentFacts(AboutSomebody):
    """Een andere aanstelling of eenheid."""

    appointment: Appointment


class SickFacts(AboutSomebody):
    """Een ziekmelding of terugval, met alle gegevens van persoon en aanstelling."""

    first_sick_on: Day = _of(Item.SICKNESS_ABSENCE, "De eerste ziektedag.")
    percentage: Percentage | None = _of(
        Item.SICKNESS_ABSENCE, "Voor welk deel van de uren iemand afwezig is; zonder: geheel.", default=None
    )
    person: WholePerson
    appointment: WholeAppointment


class PercentageFacts(AboutSomebody):
    """Een ander deel van de uren, vanaf een dag."""

    since: Day = _of(Item.SICKNESS_ABSENCE, "Vanaf welke dag.")
    percentage: Percentage = _of(Item.SICKNESS_ABSENCE, "Voor welk deel van de uren iemand afwezig is.")


class RecoveryFacts(AboutSomebody):
    """Iemand is hersteld."""

    first_fit_on: Day = _of(Item.SICKNESS_ABSENCE, "De eerste dag dat iemand weer beter is.")


class LeaveFacts(AboutSomebody):
    """Verlof volgens de WAZO; beide dagen tellen mee."""

    first_day: Day = _of(Item.SICKNESS_ABSENCE, "De eerste dag.")
    last_day: Day = _of(Item.SICKNESS_ABSENCE, "De laatste dag.")
    leave: LeaveWord = _of(Item.SICKNESS_ABSENCE, "Welk verlof.")


class EndFacts(AboutSomebody):
    """Een aanstelling eindigt."""

    ends_on: Day | None = _of(Item.APPOINTMENT_END, "De laatste dag van de aanstelling; null: loopt door.")
    dismissed_on: Day | None = _of(Item.DISMISSAL_DATE, "De dag van het ontslag.", default=None)
    dismissal_reason: DismissalReason | None = _of(Item.DISMISSAL_REASON, "De reden, als code.", default=None)
    pay_ends_on: Day | None = _of(Item.PAY_END, "De laatste dag van de bezoldiging.", default=None)


class UnitFacts(Part):
    """Een eenheid, bekend aan haar afkorting."""

    abbreviation: Annotated[str, _line(40)] = Field(description="De afkorting.")
    name: Annotated[str, _line(200)] = Field(description="De naam.")
    kind: UnitKind = Field(description="Welk soort eenheid; dat verandert nooit.")
    above: Annotated[str, _line(40)] | None = Field(
        default=None, description="De afkorting van de eenheid erboven; bij een defensieonderdeel geen."
    )
    closed: bool = Field(default=False, strict=True, description="Of de eenheid is opgeheven.")


class TreeFacts(Part):
    """Eenheden, elk na de eenheid waaronder zij staat. Wat niet wordt genoemd, blijft zoals het is."""

    units: list[UnitFacts] = Field(min_length=1, max_length=MOST_UNITS)
