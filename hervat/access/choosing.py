"""What somebody can choose before asking the door: in which role, and for which purpose.

A choice is no permission: the door decides again on what is chosen. Must never: offer a purpose that the
register does not name for that role and operation. Read next: `door.py`, `asking.py`.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from hervat.access.ways import roles_held
from hervat.organisation.queries.standing import roles_on
from hervat.organisation.rules.postings import Posting
from hervat.register import in_force
from hervat.register.model import PurposeReading
from hervat.register.vocabulary import Operation, Role


def roles_for(user: UUID, operation: Operation, on: date) -> tuple[Role, ...]:
    """Return the roles that somebody holds and that the register names for an operation, in its order."""
    return roles_among(roles_on(user, on), operation, on)


def roles_among(postings: Sequence[Posting], operation: Operation, on: date) -> tuple[Role, ...]:
    """Return the roles of these postings that the register names for an operation, in its order."""
    held = roles_held(postings, on)
    return tuple(role for role in Role if role in held and purposes_for(role, operation, on))


def purposes_for(role: Role, operation: Operation, on: date) -> tuple[PurposeReading, ...]:
    """Return the purposes for which a role may do something, the one for which most is done first."""
    register = in_force.history().on(on)
    fitting = [
        purpose
        for purpose in register.reading.purposes.values()
        if operation in purpose.operations and role in purpose.roles
    ]
    return tuple(sorted(fitting, key=lambda purpose: -len(purpose.operations)))
