"""Opens the partitions of the months that come, as the owner of the database.

A line without its month's table is refused, and with it what it would tell of; so a year is open ahead.
Must never: be run as the application, which may not make a table. Read next: `../migrations/0001_lines.py`.
"""

from typing import Final

from django.db import connections, transaction

AHEAD: Final = 12
# Raw SQL: partitions are PostgreSQL's.
_COUNT = "SELECT count(*) FROM pg_inherits WHERE inhparent = 'public.journal_line'::regclass"
_OPEN = "SELECT public.journal_open_months(%s)"
_PATIENCE = "SET LOCAL lock_timeout = '5s'"


def open_months(ahead: int = AHEAD) -> int:
    """Open this month and so many after it; return how many are new."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(_PATIENCE)
        cursor.execute(_COUNT)
        (before,) = cursor.fetchone()
        cursor.execute(_OPEN, [ahead])
        cursor.execute(_COUNT)
        return int(cursor.fetchone()[0]) - int(before)
