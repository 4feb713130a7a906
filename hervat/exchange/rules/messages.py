"""The messages of the personnel system, as types: the one source of what a message may say.

The JSON Schema that senders get is written from these types (`schema.py`, with a test that it is).
Must never: change what version 1 accepts.
Read next: `members.py` (what they say), `reading.py` (a line becomes one), docs/personnel-feed.md.
"""

from typing import Annotated, Literal

from pydantic import Field

from hervat.exchange.rules.members import (
    AboutSomebody,
    AppointmentFacts,
    EndFacts,
    Id,
    LeaveFacts,
    Moment,
    Part,
    PercentageFacts,
    PersonFacts,
    RecoveryFacts,
    SickFacts,
    TreeFacts,
)
from hervat.exchange.rules.vocabulary import MessageKind


class Message(Part):
    """Een bericht: een eigen nummer, de soort, wanneer het is verstuurd, en de feiten."""

    version: Literal[1] = Field(default=1, description="De versie van dit schema.")
    id: Id = Field(description="Het nummer van het bericht: een UUID, nooit iets over een persoon.")
    sent_at: Moment = Field(description="Wanneer het is verstuurd, met tijdzone.")


class UnitsMessage(Message):
    """De boom van eenheden, of een deel ervan."""

    kind: Literal[MessageKind.UNITS]
    facts: TreeFacts


class PersonMessage(Message):
    """Persoonsgegevens. Alleen bewaard van wie een open dossier heeft."""

    kind: Literal[MessageKind.PERSON]
    facts: PersonFacts


class AppointmentMessage(Message):
    """Aanstelling. Alleen bewaard van wie een open dossier heeft."""

    kind: Literal[MessageKind.APPOINTMENT]
    facts: AppointmentFacts


class SickMessage(Message):
    """Een ziekmelding."""

    kind: Literal[MessageKind.SICK]
    facts: SickFacts


class PercentageMessage(Message):
    """Een verandering van percentage."""

    kind: Literal[MessageKind.PERCENTAGE]
    facts: PercentageFacts


class RecoveryMessage(Message):
    """Herstel."""

    kind: Literal[MessageKind.RECOVERY]
    facts: RecoveryFacts


class RelapseMessage(Message):
    """Opnieuw ziek. Of dat bij het vorige geval hoort, volgt uit de wet en niet uit het bericht."""

    kind: Literal[MessageKind.RELAPSE]
    facts: SickFacts


class LeaveMessage(Message):
    """Verlof."""

    kind: Literal[MessageKind.LEAVE]
    facts: LeaveFacts


class EndMessage(Message):
    """Einde van een aanstelling."""

    kind: Literal[MessageKind.END]
    facts: EndFacts


class Corrected(Part):
    """Wat een eerder bericht had moeten zeggen: dezelfde soort, met alle feiten."""

    corrects: Id = Field(description="Het nummer van het bericht dat wordt verbeterd.")


class CorrectedPerson(Corrected):
    """De goede persoonsgegevens."""

    kind: Literal[MessageKind.PERSON]
    facts: PersonFacts


class CorrectedAppointment(Corrected):
    """De goede aanstelling."""

    kind: Literal[MessageKind.APPOINTMENT]
    facts: AppointmentFacts


class CorrectedSick(Corrected):
    """De goede ziekmelding of terugval."""

    kind: Literal[MessageKind.SICK, MessageKind.RELAPSE]
    facts: SickFacts


class CorrectedPercentage(Corrected):
    """Het goede percentage."""

    kind: Literal[MessageKind.PERCENTAGE]
    facts: PercentageFacts


class CorrectedRecovery(Corrected):
    """Het goede herstel."""

    kind: Literal[MessageKind.RECOVERY]
    facts: RecoveryFacts


class CorrectedLeave(Corrected):
    """Het goede verlof."""

    kind: Literal[MessageKind.LEAVE]
    facts: LeaveFacts


class CorrectedEnd(Corrected):
    """Het goede einde van de aanstelling."""

    kind: Literal[MessageKind.END]
    facts: EndFacts


AnyCorrected = Annotated[
    CorrectedPerson
    | CorrectedAppointment
    | CorrectedSick
    | CorrectedPercentage
    | CorrectedRecovery
    | CorrectedLeave
    | CorrectedEnd,
    Field(discriminator="kind"),
]


class CorrectionMessage(Message):
    """Verbetering van een eerder bericht."""

    kind: Literal[MessageKind.CORRECTION]
    facts: AnyCorrected


class WithdrawalFacts(AboutSomebody):
    """Welk bericht niet had moeten komen, en over wie."""

    withdraws: Id = Field(description="Het nummer van het bericht dat wordt ingetrokken.")


class WithdrawalMessage(Message):
    """Intrekking van een eerder bericht."""

    kind: Literal[MessageKind.WITHDRAWAL]
    facts: WithdrawalFacts


AnyMessage = Annotated[
    UnitsMessage
    | PersonMessage
    | AppointmentMessage
    | SickMessage
    | PercentageMessage
    | RecoveryMessage
    | RelapseMessage
    | LeaveMessage
    | EndMessage
    | CorrectionMessage
    | WithdrawalMessage,
    Field(discriminator="kind"),
]
