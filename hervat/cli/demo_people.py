"""Fills a demo, the first time: units, users and postings of the cast, through the actions that log them.

Nobody gets a password; "Wie wilt u zijn?" is the only way in. Must never: be called for a database that is
not a demo's (`demo.py` asks), or write a row past an action. Read next: `../access/cast.py`, `demo.py`.
"""

from datetime import UTC, date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from hervat.access import cast
from hervat.access.asking import Asked
from hervat.access.door import administer, desk_purpose, for_command
from hervat.cli.demo_dossiers import open_demo_dossiers
from hervat.journal.actions.append import begin
from hervat.organisation.actions.postings import approve, grant
from hervat.organisation.actions.units import place_unit
from hervat.organisation.actions.users import create_first_administrator, create_user
from hervat.organisation.queries.accounts import code_of
from hervat.organisation.queries.standing import unit_tree
from hervat.organisation.rules.postings import DOCTORS, NEVER_POSTED, day_of
from hervat.register.permit import Permit
from hervat.register.vocabulary import Operation, Source

T = TypeVar("T")


def fill_demo() -> None:
    """Fill a demo that is still empty, whole or not at all."""
    if code_of(cast.ADMINISTRATOR.email) is not None:
        return
    with transaction.atomic():
        permit = for_command(Operation.ADMINISTER_USERS, on=day_of(datetime.now(UTC)), trace=begin())
        _place_units(permit)
        users = _create_users(permit)
        _post(permit, users)
        add_more(permit, users)


def add_more(permit: Permit, users: dict[str, UUID]) -> None:
    """Add what else a demo has, in the same transaction: dossiers, and what happens in them.

    `users` is the code of each character by its key.
    """
    open_demo_dossiers(users, permit.on)


def _place_units(permit: Permit) -> None:
    for unit in cast.UNITS:
        parent = unit_tree().abbreviated(unit.parent) if unit.parent else None
        placed = place_unit(
            permit=permit,
            kind=unit.kind,
            abbreviation=unit.abbreviation,
            name=unit.name,
            parent=parent.id if parent else None,
        )
        _done(placed, UUID)


def _create_users(permit: Permit) -> dict[str, UUID]:
    first = cast.ADMINISTRATOR
    users = {first.key: create_first_administrator(permit=permit, name=first.name, email=first.email)}
    for one in cast.CAST:
        if one is not first:
            users[one.key] = create_user(permit=permit, name=one.name, email=one.email)
    return {key: _done(user, UUID) for key, user in users.items()}


def _post(permit: Permit, users: dict[str, UUID]) -> None:
    doctors = [one for one in cast.CAST if one.role in DOCTORS]
    others = [one for one in cast.CAST if one.role not in DOCTORS | NEVER_POSTED]
    for one in others:
        if one is not cast.ADMINISTRATOR:
            _grant(permit, one, users)
    granting = _as_administrator(users[cast.ADMINISTRATOR.key], permit.on)
    approving = _as_administrator(users[cast.SECOND_ADMINISTRATOR.key], permit.on)
    for one in doctors:
        refusal = approve(permit=approving, posting=_grant(granting, one, users))
        _done(refusal, type(None))


def _grant(permit: Permit, one: cast.Character, users: dict[str, UUID]) -> UUID:
    unit = unit_tree().abbreviated(one.unit) if one.unit else None
    granted = grant(
        permit=permit,
        user=users[one.key],
        role=one.role,
        unit=unit.id if unit else None,
        below=bool(one.below),
        below_reason=one.below,
        starts_on=permit.on,
    )
    return _done(granted, UUID)


def _as_administrator(user: UUID, on: date) -> Permit:
    asked = Asked(
        user=user,
        operation=Operation.ADMINISTER_USERS,
        purpose=desk_purpose(Operation.ADMINISTER_USERS, on),
        on=on,
        source=Source.COMMAND_LINE,
        trace=begin(),
    )
    return _done(administer(asked), Permit)


def _done(answer: object, wanted: type[T]) -> T:
    """What was made. A refusal here is a fault in the cast, so nothing of the demo is kept."""
    if not isinstance(answer, wanted):
        raise RuntimeError(f"De demo kan niet worden gevuld: {answer}")
    return answer
