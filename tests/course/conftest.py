"""The room of the dossiers with the units of the cast, and its keys: the course stands on both.

Hypothesis without a deadline: no test waits for a clock, and the first example reads the law from file.
"""

from hypothesis import settings

from ..dossiers.conftest import committed, connect, keys, room

__all__ = ["committed", "connect", "keys", "room"]

settings.register_profile("no-deadline", deadline=None, max_examples=50)
settings.load_profile("no-deadline")
