"""A small organisation to test with: one part of Defence with two units, one of which has two levels below.

Landmacht ─┬─ bataljon ── compagnie ── peloton
           └─ ander bataljon
Luchtmacht
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from hervat.organisation.actions.postings import grant
from hervat.organisation.actions.units import place_unit
from hervat.organisation.actions.users import create_user
from hervat.organisation.rules.refusals import Refusal
from hervat.organisation.rules.units import UnitKind
from hervat.register.permit import Permit
from hervat.register.vocabulary import Authority, Role
from tests.permits import a_permit

TODAY = date(2026, 11, 23)
ADMINISTRATOR = UUID("8a5a2d54-5c0f-4f86-9b16-4b1f2ff0a001")
SECOND = UUID("8a5a2d54-5c0f-4f86-9b16-4b1f2ff0a002")


def administering(actor: UUID | str = ADMINISTRATOR, **changes: Any) -> Permit:
    """A permit of an administrator, who may do everything."""
    fields = {"role": Role.ADMINISTRATOR, "dossier": None, "subject": None, "actor": str(actor), "on": TODAY}
    return a_permit(**(fields | {"authority": Authority.POSTING} | changes))


def done(answer: UUID | Refusal) -> UUID:
    """The code of what was made; a refusal fails the test with its reason."""
    assert isinstance(answer, UUID), answer
    return answer


@dataclass(frozen=True)
class Units:
    army: UUID
    battalion: UUID
    company: UUID
    platoon: UUID
    other: UUID
    air: UUID


@pytest.fixture
def units(db: None) -> Units:
    def place(kind: UnitKind, abbreviation: str, parent: UUID | None = None) -> UUID:
        name = f"De eenheid {abbreviation}"
        return done(
            place_unit(permit=administering(), kind=kind, abbreviation=abbreviation, name=name, parent=parent)
        )

    army = place(UnitKind.SERVICE_BRANCH, "CLAS")
    battalion = place(UnitKind.UNIT, "42BAT", army)
    company = place(UnitKind.SUB_UNIT, "42A", battalion)
    return Units(
        army=army,
        battalion=battalion,
        company=company,
        platoon=place(UnitKind.SUB_UNIT, "42A1", company),
        other=place(UnitKind.UNIT, "17BAT", army),
        air=place(UnitKind.SERVICE_BRANCH, "CLSK"),
    )


@pytest.fixture
def anna(db: None) -> UUID:
    return done(create_user(permit=administering(), name="Anna de Vries", email="anna@defensie.example"))


@pytest.fixture
def bert(db: None) -> UUID:
    return done(create_user(permit=administering(), name="Bert Jansen", email="bert@defensie.example"))


Post = Callable[..., UUID]


@pytest.fixture
def post() -> Post:
    """Grant a posting from today on, with what a test wants otherwise."""

    def granted(
        user: UUID, role: Role = Role.LABOUR_EXPERT, unit: UUID | None = None, **changes: Any
    ) -> UUID:
        fields = {"permit": administering(), "starts_on": TODAY} | changes
        return done(grant(user=user, role=role, unit=unit, **fields))

    return granted


Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines(db: None) -> Lines:
    """What the log got since the test began, or since it was last asked."""
    seen = [_last()]

    def since() -> list[dict[str, Any]]:
        rows = _rows(seen[0])
        seen[0] = _last()
        return rows

    return since


def _last() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM journal_line")
        (last,) = cursor.fetchone()
    return int(last)


def _rows(after: int) -> list[dict[str, Any]]:
    columns = (
        *("operation", "effect", "outcome", "reason", "actor", "role", "manner", "subject", "subject_kind"),
        *("object_kind", "object_id", "items", "parent_span_id", "trace_id", "span_id"),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(columns)} FROM journal_line WHERE id > %s ORDER BY id",  # noqa: S608
            [after],
        )
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
