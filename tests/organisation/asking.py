"""Asks PostgreSQL which constraint refuses something, and the register what a role may do with users."""

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, transaction
from psycopg import Error

from hervat.register import in_force
from hervat.register.model import PurposeId
from hervat.register.permit import Permit
from hervat.register.vocabulary import Role, Use

from .conftest import TODAY, administering


def refused_by(make: Callable[[], object]) -> str:
    """Return the name of the constraint that refused, or nothing when it was made."""
    try:
        with transaction.atomic():
            make()
            return ""
    except DatabaseError as error:
        cause = error.__cause__
    if not isinstance(cause, Error):
        raise TypeError("PostgreSQL was not asked")
    return cause.diag.constraint_name or "something else"


def registered(role: Role, **changes: Any) -> Permit:
    """A permit with what the register really decides for a role."""
    decisions, purpose = in_force.decisions(), PurposeId("toegang-regelen")
    return administering(
        role=role,
        reads=decisions.project(role, Use.READ, purpose, TODAY),
        writes=decisions.project(role, Use.WRITE, purpose, TODAY),
        **changes,
    )
