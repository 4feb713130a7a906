"""An invented feed without faults is taken in whole: nothing of it contradicts itself, or waits."""

from collections import Counter

from hervat.access.feed import Feed
from hervat.cli.demo_feed import lines
from hervat.exchange.actions.receive import receive
from tests.cast import TODAY


def test_nothing_of_it_is_set_apart(feed: Feed) -> None:
    counted: Counter[str] = Counter()
    for line in lines(90, 11, TODAY):
        received = receive(admits=feed, text=line)
        counted[received.outcome.value] += 1
        assert received.fault is None, (received.kind, received.fault)

    assert {"dossier-geopend", "vastgelegd", "niet-ziek-niet-bewaard", "al-ontvangen"} <= set(counted)
