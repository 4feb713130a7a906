"""How many messages wait in some places: a number about nobody, for the menu of who keeps the source.

The door's side asks this, so it knows nothing of what messages do. Must never: tell more than a number.
Read next: `quarantine.py`, `../migrations/0003_how_many_wait.py`.
"""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from hervat.journal.queries.prepared import ask, ids

# Raw SQL: a function of the database, which counts to a hundred without a permit and tells of nobody.
_HOW_MANY: Final = "SELECT exchange_waiting(%s::uuid[])"


def how_many_wait(places: Iterable[UUID]) -> int:
    """Return how many messages wait in some places, at most a hundred."""
    return int(ask(_HOW_MANY, [ids(places)])[0][0])
