"""Moving an open dossier to another unit: what is due, and how it stands, goes along at once.

Must never: leave a task in the list of a unit that no longer reaches the dossier.
Read next: `../../dossiers/actions/moving.py`, `dues.py`.
"""

from typing import Final
from uuid import UUID

from django.db import connection

from hervat.dossiers.actions import moving
from hervat.dossiers.queries.permitted import permitted
from hervat.register.permit import Permit

# Raw SQL: one statement for any number of rows, of which nothing else changes.
_DUES: Final = "UPDATE course_due SET unit_id = %s WHERE dossier_id = %s"
_STANDS: Final = "UPDATE course_standing SET unit_id = %s WHERE dossier_id = %s"


def move_to_unit(*, permit: Permit, expected_version: int, unit: UUID) -> int:
    """Move the dossier of a permit to a unit; return its version. Raises `StaleDossier`."""
    with permitted(permit):
        version = moving.move_to_unit(permit=permit, expected_version=expected_version, unit=unit)
        with connection.cursor() as cursor:
            cursor.execute(_DUES, [unit, permit.dossier])
            cursor.execute(_STANDS, [unit, permit.dossier])
    return version
