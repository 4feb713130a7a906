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
from hervat.organisation.queries.standing import unit_tree
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import ActorKind, Item, Operation, Use

# Raw SQL: the tokens are of no use to Python, they only change their unit.
_TOKENS: Final = """
WITH gone AS (DELETE FROM dossiers_nametoken WHERE dossier_id = %(dossier)s RETURNING token)
INSERT INTO dossiers_nametoken (token, unit_id, dossier_id) SELECT token, %(unit)s, %(dossier)s FROM gone
"""


class UnitNotThere(ValueError):  # noqa: N818 - it names the situation
    """Nobody can be moved to a unit that is unknown or closed."""

    def __init__(self) -> None:
        super().__init__("Deze eenheid bestaat niet, of is gesloten. Kies een eenheid die er nog is.")


def move_to_unit(*, permit: Permit, expected_version: int, unit: UUID) -> int:
    """Move the dossier of a permit to a unit; return its version.

    The source moves somebody; a person does only between units that they reach. Raises `StaleDossier`,
    `UnitNotThere` for one that is unknown or closed, and `NotPermitted`.
    """
    permit.demand(Item.UNIT, use=Use.WRITE)
    wanted = unit_tree().get(unit)
    if wanted is None or not wanted.is_open(permit.on):
        raise UnitNotThere
    act = act_of(permit, Operation.KEEP_DOSSIER, Effect.UPDATE)
    with permitted(permit):
        dossier = lock(permit, expected_version)
        if dossier.unit_id == unit:
            return dossier.version
        _demand_both(permit, dossier.unit_id, unit)
        dossier.unit_id = unit
        dossier.version += 1
        dossier.save(update_fields=["unit_id", "version"])
        with connection.cursor() as cursor:
            cursor.execute(_TOKENS, {"dossier": dossier.id, "unit": unit})
        record_of_dossier(act, dossier.person_id, dossier.id, {Item.UNIT})
    return dossier.version


def _demand_both(permit: Permit, *units: UUID) -> None:
    # The policy lets a dossier through by its id: under whose eyes it comes is for here.
    if permit.actor_kind is not ActorKind.JOB and not permit.units.issuperset(units):
        raise NotPermitted(
            "Deze machtiging reikt niet tot de eenheid van nu en die waar het dossier heen gaat."
        )
