"""Moving an open dossier to another unit: from then on other people reach it by their postings.

The names are found under the new unit at once. Must never: move a dossier in which nobody may write.
Read next: `changing.py`, `../../course/actions/` (what follows in the tasks).
"""

from typing import Final
from uuid import UUID

from django.db import connection

from hervat.dossiers.actions.recording import lock
from hervat.dossiers.queries.lines import record_of_dossier
from hervat.dossiers.queries.permitted import permitted
from hervat.journal.actions.acting import act_of
from hervat.journal.rules.line import Effect
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item, Operation, Use

# Raw SQL: the tokens are of no use to Python, they only change their unit.
_TOKENS: Final = """
WITH gone AS (DELETE FROM dossiers_nametoken WHERE dossier_id = %(dossier)s RETURNING token)
INSERT INTO dossiers_nametoken (token, unit_id, dossier_id) SELECT token, %(unit)s, %(dossier)s FROM gone
"""


def move_to_unit(*, permit: Permit, expected_version: int, unit: UUID) -> int:
    """Move the dossier of a permit to a unit; return its version. Raises `StaleDossier`."""
    permit.demand(Item.UNIT, use=Use.WRITE)
    act = act_of(permit, Operation.KEEP_DOSSIER, Effect.UPDATE)
    with permitted(permit):
        dossier = lock(permit, expected_version)
        dossier.unit_id = unit
        dossier.version += 1
        dossier.save(update_fields=["unit_id", "version"])
        with connection.cursor() as cursor:
            cursor.execute(_TOKENS, {"dossier": dossier.id, "unit": unit})
        record_of_dossier(act, dossier.person_id, dossier.id, {Item.UNIT})
    return dossier.version
