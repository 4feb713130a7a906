"""The feed's question before any permit: which dossier of this employee is the latest? For the door alone.

It answers with ids, dates and whether it is open, opens nothing and logs nothing: what is done with it is
logged there. Must never: be called by anything but the door (tests/house). Read next: `relation.py`,
`hervat/access/feed.py`, `../migrations/0003_a_case_that_follows.py`.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hervat.dossiers.queries.permitted import reaching
from hervat.dossiers.rules.scope import Scope
from hervat.dossiers.rules.vocabulary import Status
from hervat.journal.queries.prepared import ask
from hervat.vault.queries import search_keys

# A function of the database: without a permit there is no row to read.
_ASK = """
SELECT dossier, person, unit, status, first_sick_on, opened_on, closed_on, version
FROM dossiers_of_employee(%s)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Latest:
    """The latest dossier of somebody: the open one, or else the one that was closed last."""

    dossier: UUID
    person: UUID
    unit: UUID
    status: Status
    first_sick_on: date
    opened_on: date
    closed_on: date | None
    version: int


def of_employee(number: str) -> Latest | None:
    """Return the latest dossier of who has this number, or None. Raises `EmployeeNumberError`."""
    index = search_keys().of_employee_number(number)
    with reaching(Scope()):
        rows = ask(_ASK, [index])
    if not rows:
        return None
    dossier, person, unit, status, first_sick_on, opened_on, closed_on, version = rows[0]
    return Latest(
        dossier=dossier,
        person=person,
        unit=unit,
        status=Status(status),
        first_sick_on=first_sick_on,
        opened_on=opened_on,
        closed_on=closed_on,
        version=version,
    )
