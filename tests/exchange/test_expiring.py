"""Terms end: what waits goes when a term was accepted for it, a number after five years, and no sooner."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from hervat.access.feed import Feed
from hervat.exchange.actions.expiring import clear, forget_numbers
from hervat.exchange.models import Inbox, Quarantined
from hervat.exchange.rules.vocabulary import KEPT_DAYS, KNOWN_DAYS
from hervat.jobs.incoming import clear_incoming
from hervat.journal.models import Line
from tests.cast import TODAY

from .sending import message, number, outcomes, send, sick

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
ACCEPTED = f"""demo: false
acceptances:
  - {{open_point: concepten-en-quarantaine, version: 2, by: Archivaris, on: {TODAY}, why: Zo is het.}}
"""
WRONG = sick(first_sick_on="2026-02-30")


def came(name: str, days_ago: int) -> None:
    """A message that was taken in some days ago."""
    Inbox.objects.create(
        id=number(name),
        digest=bytes(32),
        kind="herstel",
        outcome="vastgelegd",
        received_at=NOON - timedelta(days=days_ago),
    )


def test_nothing_that_waits_is_destroyed_before_somebody_accepted_a_term(
    feed: Feed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    send(feed, WRONG)
    late = NOON + timedelta(days=KEPT_DAYS)
    assert clear_incoming(late) == 0

    accepted = tmp_path / "acceptances.yaml"
    accepted.write_text(ACCEPTED, encoding="utf-8")
    monkeypatch.setenv("HERVAT_ACCEPTANCES", str(accepted))

    assert clear_incoming(late - timedelta(days=1)) == 0
    assert clear_incoming(late) == 1
    assert outcomes(feed, WRONG) == ["al-ontvangen"]


def test_a_number_is_forgotten_after_five_years_and_the_line_says_so(feed: Feed) -> None:
    came("oud", KNOWN_DAYS + 1)
    came("jong", KNOWN_DAYS - 1)

    assert forget_numbers(permit=feed.everywhere()) == 1
    assert clear(permit=feed.everywhere(), destroys=False).forgotten == 0

    assert [str(one.id) for one in Inbox.objects.all()] == [number("jong")]
    line = Line.objects.order_by("-id")[0]
    assert (line.actor, line.effect, line.operation) == ("p-en-o-quarantaine", "D", "ziekmelding-verwerken")


def test_the_number_of_what_waits_stays_and_the_database_forgets_none_too_soon(feed: Feed) -> None:
    send(feed, WRONG)
    Inbox.objects.filter(id=WRONG["id"]).update(outcome="in-quarantaine")
    came("jong", 1_800)
    with connection.cursor() as cursor:
        cursor.execute("SELECT exchange_forget(now())")
        assert cursor.fetchone() == (0,)
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Inbox.objects.all().delete()
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Quarantined.objects.all().delete()

    assert Inbox.objects.count() == 2


def test_what_was_sent_before_any_number_is_known_is_set_apart(feed: Feed) -> None:
    long_ago = (TODAY - timedelta(days=KNOWN_DAYS + 2)).isoformat()
    old = sick(who="W903") | {"sent_at": f"{long_ago}T08:00:00+01:00"}

    assert outcomes(feed, old) == ["te-oud"]
    about_nobody = message("herstel", {"employee_number": "W999", "first_fit_on": "2026-10-01"})
    assert outcomes(feed, about_nobody | {"sent_at": f"{long_ago}T08:00:00+01:00"}) == [
        "niet-ziek-niet-bewaard"
    ]
