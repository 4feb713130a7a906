"""Changing a dossier from the room above: locked at a version, which goes up, inside its transaction.

One statement locks, compares and counts, because every message of a feed passes here. A person says which
version they saw; a job that brings what happened elsewhere does not, and comes after whoever was first.
Must never: be used by a mouth; what changes in the dossier is told by who calls this.
Read next: `recording.py` (the same for the facts of this room), `../../course/actions/`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection

from hervat.dossiers.actions.recording import lock
from hervat.dossiers.queries.rows import within
from hervat.dossiers.rules.vocabulary import Status
from hervat.journal.queries.prepared import ask
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import ActorKind

# Raw SQL: the ORM would lock first and write afterwards. An UPDATE without a row is told apart below.
_CHANGE: Final = """
UPDATE dossiers_dossier SET version = version + 1
WHERE id = %(dossier)s::uuid AND (%(expected)s::int IS NULL OR version = %(expected)s::int)
RETURNING id, person_id, unit_id, version, status, first_sick_on, opened_on, awaits_report
"""
_CHANGED: Final = """
SELECT id, person_id, unit_id, version, status, first_sick_on, opened_on, awaits_report
FROM dossiers_dossier WHERE id = %(dossier)s::uuid
"""
_REPORTED: Final = "UPDATE dossiers_dossier SET awaits_report = false WHERE id = %s"
_FIRST_SICK_ON: Final = "UPDATE dossiers_dossier SET first_sick_on = %s WHERE id = %s"


# A dossier that somebody is changing now is passed over; who changes it lets follow what follows.
_HOLD: Final = """
SELECT id, person_id, unit_id, version, status, first_sick_on, opened_on, awaits_report
FROM dossiers_dossier AS dossier
WHERE {within} AND status = 'open' AND {chosen} ORDER BY id LIMIT %s FOR UPDATE OF dossier SKIP LOCKED
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changing:
    """A dossier that is locked until the end of the transaction; `version` is the one it gets."""

    dossier: UUID
    person: UUID
    unit: UUID
    version: int
    status: Status
    first_sick_on: date
    opened_on: date
    awaits_report: bool = False


def change(
    permit: Permit, expected_version: int | None, dossier: UUID | None = None, *, adds_only: bool = False
) -> Changing:
    """Lock the dossier of a permit, or one in its scope, and count its version up; inside `permitted`.

    Raises `StaleDossier`, and `NotPermitted` for another dossier, or for a person without a version who does
    more than add what nobody else can have changed (`adds_only`).
    """
    which = permit.dossier or dossier
    if which is None or (dossier is not None and dossier != which):
        raise NotPermitted("Deze machtiging gaat niet over dit dossier.")
    if expected_version is None and permit.actor_kind is ActorKind.USER and not adds_only:
        raise NotPermitted("Wie een dossier wijzigt, zegt welke versie daarvan is gezien.")
    row = _asked(_CHANGE, which, expected_version)
    if row is None and permit.dossier is not None and expected_version is not None:
        lock(permit, expected_version)
    return _changing(row)


def changed(permit: Permit, dossier: UUID | None = None) -> Changing:
    """Return a dossier that an action of this room changed, and so locked, in the same transaction."""
    return _changing(_asked(_CHANGED, permit.dossier or dossier, None))


def hold_batch(
    permit: Permit, size: int, *, after: UUID | None = None, only: Collection[UUID] | None = None
) -> list[Changing]:
    """Lock the next open dossiers in a permit's scope, or some of them; their version stays."""
    condition, values = within(permit)
    chosen, value = ("id = ANY(%s)", list(only)) if only is not None else ("id > %s", after)
    with connection.cursor() as cursor:
        cursor.execute(_HOLD.format(within=condition, chosen=chosen), [*values, value, size])
        return [_changing(row) for row in cursor.fetchall()]


def _changing(row: tuple[Any, ...] | None) -> Changing:
    if row is None:
        raise NotPermitted("Het dossier van deze machtiging is er niet.")
    found, person, unit, version, status, first_sick_on, opened_on, awaits_report = row
    return Changing(
        dossier=found,
        person=person,
        unit=unit,
        version=version,
        status=Status(status),
        first_sick_on=first_sick_on,
        opened_on=opened_on,
        awaits_report=awaits_report,
    )


def note_report(changing: Changing) -> None:
    """Note that the sick report of a dossier was recorded, where it was still awaited."""
    if changing.awaits_report:
        with connection.cursor() as cursor:
            cursor.execute(_REPORTED, [changing.dossier])


def move_first_sick_day(changing: Changing, day: date) -> None:
    """Let the first sick day of a dossier follow from what happened."""
    if day != changing.first_sick_on:
        with connection.cursor() as cursor:
            cursor.execute(_FIRST_SICK_ON, [day, changing.dossier])


def _asked(statement: str, dossier: UUID | None, expected: int | None) -> tuple[Any, ...] | None:
    rows = ask(statement, {"dossier": dossier, "expected": expected})
    return rows[0] if rows else None
