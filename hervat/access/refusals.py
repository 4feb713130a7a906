"""A refusal: what the door answers instead of a permit. A value, logged before it is given.

`NOT_FOUND` is for what one may not know of: the answer is the same whether it exists or not. `FORBIDDEN`
says in Dutch why not and where that stands. Must never: name a person, or say more of a dossier that is
not to be known than that it was not found. Read next: `door.py`.
"""

from dataclasses import dataclass

from hervat.register.decisions import Gap, Refused
from hervat.register.model import Reason
from hervat.register.vocabulary import Certainty, Code


class Why(Code):
    """Why the door stays shut; the code that stands in the log."""

    UNKNOWN_CASE = "zaak-onbekend"
    NO_RELATION = "geen-relatie"
    NO_SUCH_PURPOSE = "doel-onbekend"
    NOT_FOR_THIS_PURPOSE = "handeling-niet-voor-doel"
    NOT_AS_THIS_ROLE = "niet-in-deze-rol"
    ROLE_NOT_FOR_PURPOSE = "rol-niet-voor-doel"
    CLOSED = "dossier-gesloten"
    NOTHING_ALLOWED = "niets-toegestaan"


NOT_TO_BE_KNOWN = frozenset({Why.UNKNOWN_CASE, Why.NO_RELATION})


@dataclass(frozen=True, slots=True)
class Refusal:
    """No, and why: the reason is for the person who asked."""

    why: Why
    reason: Reason

    @property
    def is_not_found(self) -> bool:
        """Whether the answer must not differ from that for something that does not exist."""
        return self.why in NOT_TO_BE_KNOWN


_TEXTS = {
    Why.UNKNOWN_CASE: "Dit dossier is er niet, of het is niet voor u.",
    Why.NO_RELATION: "Dit dossier is er niet, of het is niet voor u.",
    Why.NO_SUCH_PURPOSE: "Dit doel staat niet in het register. Kies een doel van uw rol.",
    Why.NOT_FOR_THIS_PURPOSE: "Deze handeling hoort niet bij dit doel. Kies een ander doel.",
    Why.NOT_AS_THIS_ROLE: "In deze rol hebt u hier geen toegang. Kies een andere rol of vraag een plaatsing.",
    Why.ROLE_NOT_FOR_PURPOSE: "Uw rol werkt niet voor dit doel. Kies een ander doel.",
    Why.CLOSED: (
        "Dit dossier is gesloten. Daarna leest alleen de re-integrant zelf verder; anderen per geval, "
        "met een grond en een einddatum."
    ),
}
_SOURCE = "register, lezing van Hervat; AVG art. 5 lid 1 onder b en f"


def refusal(why: Why) -> Refusal:
    """Return the refusal with the words that go with it."""
    return Refusal(why, Reason(_TEXTS[why], _SOURCE, Certainty.HIGH))


def nothing_allowed(decision: Refused | Gap) -> Refusal:
    """Return the refusal for somebody who may see no item at all, with the reason for the first."""
    if isinstance(decision, Refused):
        return Refusal(Why.NOTHING_ALLOWED, decision.reason)
    point = decision.open_point
    text = f"Nog niet beslist, dus niet: {point.title}. Beslist: {point.owner}."
    return Refusal(Why.NOTHING_ALLOWED, Reason(text, point.source, Certainty.OPEN))
