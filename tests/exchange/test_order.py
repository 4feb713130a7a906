"""Any order that respects the order of each person's own facts ends in the same state, doubles or not.

Every history is delivered twice: sorted by person, and shuffled over the people, with some that come again.
"""

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hervat.access.feed import Feed
from tests.matrix.conftest import rolled_back

from .looking import dossiers, facts, identity
from .sending import PERSON, message, send, sick

NUMBERS = ("W901", "W902", "W903")
BSN = ("999990019", "999990020", "999990032")
FIRST = date(2026, 1, 5)


@st.composite
def a_history(draw: st.DrawFn, number: int) -> list[dict[str, Any]]:
    """What happens to one person, in order: sickness, recovery and relapse, and what is said beside it."""
    who, day, sent = NUMBERS[number], FIRST, []
    said = {"employee_number": who}
    fit: dict[str, Any] | None = None
    for turn in range(draw(st.integers(1, 3))):
        day += timedelta(days=draw(st.integers(0, 45)))
        sent.append(sick(day, who, f"{who}{turn}", person=PERSON | {"bsn": BSN[number]}))
        if draw(st.booleans()):
            day += timedelta(days=1)
            part = {"since": str(day), "percentage": draw(st.integers(10, 90))}
            sent.append(message("percentage", said | part))
        if draw(st.booleans()):
            sent.append(message("persoonsgegevens", said | {"person": {"name": f"Naam {turn}"}}))
        day += timedelta(days=draw(st.integers(1, 40)))
        fit = message("herstel", said | {"first_fit_on": str(day)}, f"{who} fit {turn}")
        sent.append(fit)
        if draw(st.booleans()):
            day += timedelta(days=1)
            right = {"corrects": fit["id"], "kind": "herstel", "facts": said | {"first_fit_on": str(day)}}
            sent.append(message("correctie", right))
    if fit is not None and draw(st.booleans()):
        sent.append(message("intrekking", said | {"withdraws": sent[-1]["id"]}))
    return sent


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The messages of three people sorted by person, and the same in another order, some of them again."""
    histories = [draw(a_history(number)) for number in range(len(NUMBERS))]
    waiting, mixed = [list(one) for one in histories], list[dict[str, Any]]()
    while any(waiting):
        mixed.append(draw(st.sampled_from([one for one in waiting if one])).pop(0))
        if draw(st.integers(0, 3)) == 0:
            mixed.append(draw(st.sampled_from(mixed)))
    return [one for history in histories for one in history], mixed


def state(feed: Feed) -> list[Any]:
    """Everything that is known of the three people, ids and moments apart."""
    return [
        (
            [(str(one.first_sick_on), str(one.followed_on), one.status) for one in dossiers(feed, who)],
            facts(feed, who),
            identity(feed, who) if dossiers(feed, who) else None,
        )
        for who in NUMBERS
    ]


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(deliveries())
def test_any_order_ends_in_the_same_state(
    feed: Feed, delivered: tuple[list[dict[str, Any]], list[dict[str, Any]]]
) -> None:
    ended = []
    for messages in delivered:
        with rolled_back():
            send(feed, *messages)
            ended.append(state(feed))

    assert ended[0] == ended[1]
