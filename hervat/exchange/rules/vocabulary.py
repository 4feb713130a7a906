"""The closed sets of the exchange: kinds of message, what became of one, and how a quarantined one stands.

The values stand in messages, rows and summaries: once released they never change meaning. Must never: get a
kind or a code that says something medical. Read next: `messages.py`, `faults.py`, docs/personnel-feed.md.
"""

from uuid import UUID

from hervat.register.vocabulary import Code

NOWHERE = UUID("00000000-0000-8000-8000-000000000000")
"""The place of a message whose unit cannot be read: every P&O adviser reaches it, and nobody else."""

KEPT_DAYS = 30
"""How long a message waits in quarantine before its content is destroyed."""

KNOWN_DAYS = 1_826
"""How long the number of a message is known, to see it come twice and to correct it by: five years.

A case runs three at most (104 weeks, and a sanction of 52), and may be contested after. What was sent before
that is set apart, so that a message whose number is forgotten cannot do its work again.
"""


class MessageKind(Code):
    """What a message of the personnel system tells."""

    UNITS = "eenheden"
    PERSON = "persoonsgegevens"
    APPOINTMENT = "aanstelling"
    SICK = "ziekmelding"
    PERCENTAGE = "percentage"
    RECOVERY = "herstel"
    RELAPSE = "terugval"
    LEAVE = "verlof"
    END = "einde-aanstelling"
    CORRECTION = "correctie"
    WITHDRAWAL = "intrekking"


LOOSE = frozenset(MessageKind) - {MessageKind.UNITS, MessageKind.SICK, MessageKind.RELAPSE}
"""Kinds that say something about somebody who must be known already, or nothing of it is kept."""


class Outcome(Code):
    """What became of a message, or of a row of a first load."""

    OPENED = "dossier-geopend"
    REOPENED = "dossier-heropend"
    RECORDED = "vastgelegd"
    UNCHANGED = "niets-nieuws"
    NOT_SICK = "niet-ziek-niet-bewaard"
    DUPLICATE = "al-ontvangen"
    QUARANTINED = "in-quarantaine"
    DISCARDED = "afgewezen"


class QuarantineState(Code):
    """How a message stands that was set apart."""

    WAITING = "wacht"
    RELEASED = "vrijgegeven"
    DISCARDED = "afgewezen"
    EXPIRED = "verlopen"


class DiscardReason(Code):
    """Why somebody put a message away without taking it in."""

    WRONG = "bericht-klopt-niet"
    DONE_BY_HAND = "met-de-hand-vastgelegd"
    SENT_AGAIN = "opnieuw-gestuurd"
    NOT_OURS = "niet-voor-ons"


KIND_NAMES = {
    MessageKind.UNITS: "eenheden",
    MessageKind.PERSON: "persoonsgegevens",
    MessageKind.APPOINTMENT: "aanstelling",
    MessageKind.SICK: "ziekmelding",
    MessageKind.PERCENTAGE: "verandering van percentage",
    MessageKind.RECOVERY: "herstel",
    MessageKind.RELAPSE: "terugval",
    MessageKind.LEAVE: "verlof",
    MessageKind.END: "einde van de aanstelling",
    MessageKind.CORRECTION: "verbetering van een eerder bericht",
    MessageKind.WITHDRAWAL: "intrekking van een eerder bericht",
}
OUTCOME_NAMES = {
    Outcome.OPENED: "dossier geopend",
    Outcome.REOPENED: "dossier heropend",
    Outcome.RECORDED: "vastgelegd",
    Outcome.UNCHANGED: "bracht niets nieuws",
    Outcome.NOT_SICK: "over wie niet ziek is: niet bewaard",
    Outcome.DUPLICATE: "al eerder ontvangen",
    Outcome.QUARANTINED: "in quarantaine",
    Outcome.DISCARDED: "eerder afgewezen",
}
