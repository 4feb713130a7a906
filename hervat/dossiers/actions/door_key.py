"""Gives PostgreSQL its copy of the key that signs permits; only the owner may.

Called by `hervat migrate`. After another key has been set every process must start anew: until then its
permits are not believed, and it reaches nothing. Must never: run as the application's role.
Read next: `../rules/scope.py`.
"""

from hervat.dossiers.models import DoorKey
from hervat.dossiers.rules.scope import door_key


def keep_door_key(raw: bytes) -> None:
    """Keep the key as its two pads, in the place of the one before; without a key nothing is reached."""
    if not raw:
        DoorKey.objects.using("owner").all().delete()
        return
    key = door_key(raw)
    DoorKey.objects.using("owner").update_or_create(
        single=True, defaults={"inner": key.inner, "outer": key.outer}
    )
