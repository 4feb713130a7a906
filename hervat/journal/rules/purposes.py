"""For which purpose something is done with the log itself: the register says it, per version.

Another employer's entry may call its purposes otherwise, so no code of a purpose stands here. Must never:
fall back on a purpose that the register does not give. Read next: `acts.py`, `hervat/register/users.yaml`.
"""

from hervat.register.model import PurposeId, Register
from hervat.register.vocabulary import Item, Operation


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
