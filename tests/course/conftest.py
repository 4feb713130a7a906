"""The room of the dossiers with the units of the cast, and its keys: the course stands on both."""

from ..dossiers.conftest import committed, connect, keys, room

__all__ = ["committed", "connect", "keys", "room"]
