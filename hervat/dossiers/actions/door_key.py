"""Gives PostgreSQL its copy of the key that signs permits; only the owner may.

Called by `hervat migrate`. After another key has been set every process must start anew: until then its
permits are not believed, and it reaches nothing. Must never: run as the application's role.
Read next: `../rules/scope.py`.
"""

from django.db import connections

from hervat.dossiers.rules.scope import door_key

# Raw SQL: the table belongs to no model, so that emptying the tables of a test leaves its row.
_KEEP = """
INSERT INTO dossiers_door_key (inner_pad, outer_pad) VALUES (%s, %s)
ON CONFLICT (single) DO UPDATE SET inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad
"""
_FORGET = "DELETE FROM dossiers_door_key"


def keep_door_key(raw: bytes) -> None:
    """Keep the key as its two pads, in the place of the one before; without a key nothing is reached."""
    with connections["owner"].cursor() as cursor:
        if not raw:
            cursor.execute(_FORGET)
            return
        key = door_key(raw)
        cursor.execute(_KEEP, [key.inner, key.outer])
