"""One dossier: everything the permit allows, and for the rest why not.

Must never: give a model, or a value outside a cell. Read next: `rows.py`, `cells.py`, `history.py`.
"""

from hervat.dossiers.queries.lines import record_of_dossier
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.queries.rows import Row, rows_of
from hervat.dossiers.rules.vocabulary import Field
from hervat.journal.actions.acting import act_of
from hervat.journal.rules.line import Effect
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Operation

_ONE = "SELECT * FROM dossiers_dossier WHERE id = %s"


def overview(permit: Permit) -> Row:
    """Return the dossier of a permit, and log that it was opened. Raises `NotPermitted` without one."""
    if permit.dossier is None:
        raise NotPermitted("Deze machtiging gaat niet over een dossier.")
    act = act_of(permit, Operation.READ_DOSSIER, Effect.READ)
    with permitted(permit):
        found = rows_of(permit, _ONE, [permit.dossier], tuple(Field))
        if not found.rows:
            raise NotPermitted("Het dossier van deze machtiging is er niet.")
        dossier = found.rows[0]
        record_of_dossier(act, dossier.person, dossier.dossier, found.items)
    return dossier
