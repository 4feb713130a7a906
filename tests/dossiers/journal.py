"""What the log says of a test: the lines of a transaction that is rolled back afterwards."""

from typing import Any

from django.db import connection


def lines() -> list[dict[str, Any]]:
    """Every line so far, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT operation, effect, manner, subject, dossier, actor, role, items, parent_span_id"
            " FROM journal_line ORDER BY id"
        )
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def last_act() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The parent line of the newest act, and its children."""
    found = lines()
    start = max(place for place, line in enumerate(found) if line["parent_span_id"] is None)
    return found[start], found[start + 1 :]
