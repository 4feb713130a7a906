"""Who is known already of who is reported by hand: the latest dossier that a permit reaches, or none.

Found by employee number, and only when the name that was typed is theirs: whoever mistypes a number finds
nobody. Also a closed dossier is found, to know whether this is the same case; nothing of it is shown.
Must never: tell of somebody outside the scope. Read next: `search.py`, `../actions/opening.py`,
`../../course/queries/reported.py`.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection

from hervat.dossiers.queries.cells import Opener
from hervat.dossiers.queries.rows import within
from hervat.dossiers.rules.vocabulary import Field, Status
from hervat.journal.queries.prepared import ask
from hervat.register.cells import Shown
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Scope
from hervat.vault.queries import keys_for, search_keys
from hervat.vault.rules.sealing import Domain

SEEN: Final = (Item.EMPLOYEE_ID, Item.NAME_AND_ADDRESS, Item.SICKNESS_ABSENCE)
"""What somebody sees in full who may ask this."""

_FIND: Final = "SELECT dossiers_find_person('employee', %s)"
# Raw SQL: the condition of a permit's scope is the one of every list.
_LATEST: Final = """
SELECT dossier.id, dossier.person_id, dossier.unit_id, dossier.version, dossier.status, dossier.first_sick_on,
    dossier.opened_on, dossier.case_number, identity.name
FROM dossiers_dossier AS dossier
LEFT JOIN dossiers_identity AS identity
    ON identity.person_id = dossier.person_id AND identity.replaced_at IS NULL
WHERE {within} AND dossier.person_id = %s AND dossier.followed_on IS NULL
ORDER BY (dossier.status = 'open') DESC, dossier.first_sick_on DESC, dossier.opened_on DESC, dossier.id
LIMIT 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody who is known, by their latest dossier within reach."""

    dossier: UUID
    person: UUID
    unit: UUID
    version: int
    status: Status
    first_sick_on: date
    opened_on: date
    case_number: str
    name: str = field(repr=False)


def latest_of(permit: Permit, number: str, name: str) -> Known | None:
    """Return the latest dossier within a permit of who has this number and this name; inside `permitted`.

    Raises `NotPermitted` where these may not be seen in full, `EmployeeNumberError` and `TooShortError`.
    """
    if not all(permit.scope(item) is Scope.FULL for item in SEEN):
        raise NotPermitted("Deze machtiging ziet niet genoeg om iemand met de hand te melden.")
    keys = search_keys()
    index, asked = keys.of_employee_number(number), keys.query_tokens(name)
    ((person,),) = ask(_FIND, [index])
    condition, values = within(permit)
    with connection.cursor() as cursor:
        cursor.execute(_LATEST.format(within=condition), [*values, person])
        row = cursor.fetchone()
    known = _known(permit, row) if row else None
    fits = known is not None and keys.tokens_of(known.name).issuperset(asked)
    return known if fits else None


def _known(permit: Permit, row: tuple[Any, ...]) -> Known | None:
    dossier, person, unit, version, status, first_sick_on, opened_on, case_number, sealed = row
    opener = Opener(permit, keys_for([person], Domain.ORDINARY))
    cell = opener.fact(person, dossier, Field.NAME, sealed)
    if not isinstance(cell, Shown) or cell.value is None:
        return None
    return Known(
        dossier=dossier,
        person=person,
        unit=unit,
        version=version,
        status=Status(status),
        first_sick_on=first_sick_on,
        opened_on=opened_on,
        case_number=case_number,
        name=str(cell.value),
    )
