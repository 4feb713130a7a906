"""The room of the dossiers with the cast's units, and the door for a feed of the demo."""

import pytest

from hervat.access.feed import Feed
from hervat.register.vocabulary import Source
from tests.cast import TODAY
from tests.dossiers.conftest import committed, connect, keys, room

__all__ = ["committed", "connect", "keys", "room"]


@pytest.fixture
def feed(room: None) -> Feed:
    """The door, for a delivery of today; in the tests the acceptances of the demo count."""
    return Feed(on=TODAY, source=Source.COMMAND_LINE, demo=True)
