"""How far the log is sealed: the newest head, and how many lines came since.

Only numbers and moments: nothing here is somebody's data, so it needs no purpose and makes no line.
Must never: be taken for proof; `hervat journal verify` is. Read next: `heads.py`, `../actions/seal.py`.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from hervat.journal.queries.heads import newest_head

MOST_COUNTED = 100_000

# Raw SQL: ids of transactions, which the ORM does not know. A bound, or a log that is not sealed is counted
# whole for each visit.
_SINCE = """
SELECT count(*), min(logged_at) FROM (
    SELECT logged_at FROM public.journal_line
    WHERE (xid, id) > (%s::text::xid8, %s::bigint) AND id > %s LIMIT %s
) AS waiting
"""


@dataclass(frozen=True, slots=True)
class SealState:
    """`size` lines are sealed, the last time at `sealed_at`; `waiting` came since, the first at `oldest`."""

    size: int
    sealed_at: datetime | None
    waiting: int
    oldest: datetime | None

    @property
    def many(self) -> bool:
        """Whether there wait more than were counted."""
        return self.waiting >= MOST_COUNTED


def seal_state() -> SealState:
    """Return how far the log is sealed, by what the database says of itself."""
    with connection.cursor() as cursor:
        head = newest_head(cursor)
        mark = (head.upto_xid, head.upto_id, head.floor) if head else (0, 0, 0)
        cursor.execute(_SINCE, [str(mark[0]), *mark[1:], MOST_COUNTED])
        waiting, oldest = cursor.fetchone()
    return SealState(head.size if head else 0, head.sealed_at if head else None, waiting, oldest)
