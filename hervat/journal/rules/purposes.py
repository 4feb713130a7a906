"""Who may do what with the log itself, and for which purpose: the register says it, per version.

Another employer's entry may call its purposes otherwise and give oversight to another role, so neither
stands here. Must never: fall back on a purpose that the register does not give, or take a decision about
one's own lines for one about the log. Read next: `acts.py`, `hervat/register/users.yaml`.
"""

from datetime import date

from hervat.register.decisions import Allowed, Decision, Decisions, Gap, Refused
from hervat.register.model import PurposeId, Register
from hervat.register.vocabulary import Item, Operation, Role, Scope, Use


class NoPurpose(ValueError):  # noqa: N818 - it names the situation, as the caller meets it
    """The register has no purpose for an operation on the log, so it may not be done."""

    def __init__(self, register: Register, operation: Operation) -> None:
        super().__init__(
            f"Het register (versie {register.version.number}) noemt geen doel waarvoor '{operation}' mag bij "
            "de handelingen in het logboek. Neem zo'n doel op in users.yaml."
        )


def purpose_for(register: Register, operation: Operation) -> PurposeId:
    """Return the purpose for which an operation on the log is done: one that keeps `USER_ACTIVITY`.

    Raises `NoPurpose`.
    """
    reading = register.reading
    if Item.USER_ACTIVITY in reading.items:
        for purpose in register.group(Item.USER_ACTIVITY).purposes:
            if purpose in reading.purposes and operation in reading.purposes[purpose].operations:
                return purpose
    raise NoPurpose(register, operation)


def oversight(decisions: Decisions, register: Register, role: Role, on: date) -> Decision:
    """Return what the register decides on a role that wants to read the log. Raises `NoPurpose`."""
    purpose = purpose_for(register, Operation.OVERSEE)
    return decisions.decide(role, Item.USER_ACTIVITY, Use.READ, purpose, on)


def why_no_oversight(register: Register, role: Role, decision: Decision) -> str | None:
    """Return why a role may not read all of the log, in Dutch, or None when it may."""
    match decision:
        case Allowed(scope=Scope.FULL):
            return None
        case Allowed(scope=scope):
            name = register.reading.roles[role].name if role in register.reading.roles else role
            return (
                f"De rol '{name}' ziet in het logboek {scope}, en een koppeling is geen persoon. "
                "Neem een rol die volgens het register toezicht houdt."
            )
        case Gap(open_point=point):
            return (
                f"Het register zegt dit niet, en het open punt '{point.title}' is niet aanvaard. "
                f"Wie dat kan: {point.owner}."
            )
        case Refused(reason=reason):
            return f"{reason.text} ({reason.source})"
