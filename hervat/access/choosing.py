"""What somebody can choose before asking the door: in which role, for which purpose, what to answer.

A choice is no permission: the door decides again on what is chosen. Must never: offer a purpose that the
register does not name for that role and operation. Read next: `door.py`, `asking.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hervat.access.finding import proposed_to
from hervat.access.refusals import Why
from hervat.access.ways import list_postings, roles_held, units_of
from hervat.exchange.queries.waiting import how_many_wait
from hervat.exchange.rules.vocabulary import NOWHERE
from hervat.organisation.queries.standing import Standing, roles_on, standing_on
from hervat.organisation.rules.postings import UNIT_ROLES, Posting
from hervat.register import in_force
from hervat.register.model import PurposeId, PurposeReading, Register
from hervat.register.vocabulary import Item, Operation, Role


class NoPurpose(ValueError):  # noqa: N818 - it names the situation, as the caller meets it
    """The register has no purpose for what somebody wants to do with users, so it may not be done."""

    def __init__(self, register: Register, operation: Operation) -> None:
        super().__init__(
            f"Het register (versie {register.version.number}) noemt geen doel waarvoor '{operation}' mag bij "
            "gebruikers. Neem zo'n doel op in users.yaml."
        )


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists that somebody may choose: in roles of their own, and of which colleague in which roles."""

    roles: tuple[Role, ...]
    instead_of: Mapping[UUID, tuple[Role, ...]]


def may_act_as(user: UUID, on: date) -> Standing:
    """Return by which postings somebody may act, their own and those of colleagues, to choose from."""
    return standing_on(user, on)


def lists_for(standing: Standing, on: date) -> Lists:
    """Return the lists of people that somebody may choose: their own, and those of whom they stand in for."""
    colleagues = dict.fromkeys(posting.user for posting in standing.deputised)
    deputised = {one: [held for held in standing.deputised if held.user == one] for one in colleagues}
    lists = {one: roles_among(held, Operation.LIST_CASELOAD, on) for one, held in deputised.items()}
    own = roles_among(standing.own, Operation.LIST_CASELOAD, on)
    return Lists(own, {one: roles for one, roles in lists.items() if roles})


def roles_for(user: UUID, operation: Operation, on: date) -> tuple[Role, ...]:
    """Return the roles that somebody holds and that the register names for an operation, in its order."""
    return roles_among(roles_on(user, on), operation, on)


def roles_among(postings: Sequence[Posting], operation: Operation, on: date) -> tuple[Role, ...]:
    """Return the roles of these postings that the register names for an operation, in its order."""
    held = roles_held(postings, on)
    return tuple(role for role in Role if role in held and purposes_for(role, operation, on))


def why_not_for(purpose: PurposeReading | None, operation: Operation, role: Role) -> Why | None:
    """Return why something is not done for a purpose in a role, or None."""
    if purpose is None:
        return Why.NO_SUCH_PURPOSE
    if operation not in purpose.operations:
        return Why.NOT_FOR_THIS_PURPOSE
    if role not in purpose.roles:
        return Why.ROLE_NOT_FOR_PURPOSE
    return None


def how_many_proposals(user: UUID, on: date, *, held: Sequence[Posting] | None = None) -> int:
    """Return how many proposals wait for somebody's answer: a number about themselves, which nobody logs.

    `held` are their postings, for who has asked for them already.
    """
    return sum(map(len, proposed_to(user, on, held=held).values()))


def how_many_set_apart(standing: Standing, on: date) -> int:
    """Return how many messages of the personnel system wait for a P&O adviser: a number about nobody."""
    units = units_of(Role.PO_ADVISER, standing.own, standing.tree, on)
    return how_many_wait(units | {NOWHERE}) if units else 0


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list that somebody has: whose it is (their own, or a colleague's), in which role and units."""

    whose: UUID
    role: Role
    units: frozenset[UUID]
    purpose: PurposeId


def lists_of(user: UUID, on: date) -> tuple[ListOf, ...]:
    """Return every list somebody has on a day: their own, and those in a colleague's stead."""
    standing, found = standing_on(user, on), []
    for instead_of in (None, *dict.fromkeys(one.user for one in standing.deputised)):
        postings = list_postings(standing, instead_of)
        for role in roles_among(postings, Operation.LIST_CASELOAD, on):
            units = units_of(role, postings, standing.tree, on)
            if units or role not in UNIT_ROLES:
                purpose = purposes_for(role, Operation.LIST_CASELOAD, on)[0].id
                found.append(ListOf(instead_of or user, role, units, purpose))
    return tuple(found)


def purposes_for(role: Role, operation: Operation, on: date) -> tuple[PurposeReading, ...]:
    """Return the purposes for which a role may do something, the one for which most is done first."""
    register = in_force.history().on(on)
    fitting = [
        purpose
        for purpose in register.reading.purposes.values()
        if operation in purpose.operations and role in purpose.roles
    ]
    return tuple(sorted(fitting, key=lambda purpose: -len(purpose.operations)))


def desk_purpose(operation: Operation, on: date) -> PurposeId:
    """Return the purpose for which something may be done with users or the log. Raises `NoPurpose`."""
    register = in_force.history().on(on)
    for purpose in register.group(Item.USER_POSTING).purposes:
        if operation in register.reading.purposes[purpose].operations:
            return purpose
    raise NoPurpose(register, operation)
