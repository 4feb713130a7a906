"""What is set apart: who sees it, what of it, and what they can do; nothing else reaches it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from hervat.access import door
from hervat.access.asking import Asked
from hervat.access.feed import Feed
from hervat.access.refusals import Refusal
from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.queries.permitted import permitted
from hervat.exchange.actions.quarantine import (
    NotWaiting,
    QuarantineRefused,
    correct_and_release,
    discard,
    expire,
)
from hervat.exchange.models import Inbox, Quarantined
from hervat.exchange.queries.quarantine import Waiting, open_quarantined, quarantine
from hervat.exchange.rules.faults import Fault
from hervat.exchange.rules.vocabulary import DiscardReason, Outcome, QuarantineState
from hervat.journal.models import Line
from hervat.register.cells import Hidden, Shown
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Operation, Role
from hervat.vault.models import Key
from tests.access.conftest import sanne
from tests.cast import BRIGADE, COMMANDER, COMPANY, DCR_GUIDE, OTHER_COMMANDER, PO_ADVISER, TODAY, Player
from tests.dossiers.files import list_permit
from tests.matrix.asking import asks
from tests.matrix.conftest import rolled_back
from tests.permits import allowing

from .looking import dossiers, identity, spells
from .sending import APPOINTMENT, PERSON, message, outcomes, send, sick

__all__ = ["sanne"]

BAD = sick(person=PERSON | {"bsn": "123456789", "diagnose": "merkteken"})
OF_43 = sick(who="W901", appointment=APPOINTMENT | {"unit": "43 Brig"}, first_sick_on="2026-02-30")


def let_in(player: Player = PO_ADVISER) -> Permit | Refusal:
    """Ask the door for the quarantine, as the page would."""
    asked: Asked = asks(player.code, operation=Operation.REPORT_SICKNESS)
    with rolled_back():
        return door.incoming(asked)


@pytest.fixture
def adviser(sanne: Opened) -> Permit:
    """The P&O adviser of the brigade, with what is below it."""
    permit = let_in()
    assert isinstance(permit, Permit)
    return permit


def waiting(permit: Permit) -> list[Waiting]:
    return list(quarantine(permit).rows)


def test_the_adviser_of_the_unit_sees_it_and_a_commander_is_refused(feed: Feed, sanne: Opened) -> None:
    assert isinstance(let_in(COMMANDER), Refusal)
    assert isinstance(let_in(DCR_GUIDE), Refusal)
    assert isinstance(let_in(PO_ADVISER), Permit)


def test_each_sees_the_units_of_a_posting_and_what_is_of_no_unit(feed: Feed, adviser: Permit) -> None:
    assert outcomes(feed, BAD, OF_43, "geen json") == ["medisch-gegeven", "waarde-onjuist", "geen-json"]

    rows = waiting(adviser)

    units = [row.unit for row in rows]
    assert [row.code for row in rows if row.unit == Shown(None)] == ["geen-json"]
    assert adviser.units >= {one.value for one in units if isinstance(one, Shown) and one.value}
    own = COMPANY.id in adviser.units
    assert (Shown(COMPANY.id) in units) is own
    assert len(rows) == 1 + own


@pytest.fixture
def of_company(feed: Feed, sanne: Opened) -> Permit:
    """A permit for the company and for what is of no unit, as the door gives it to an adviser below there."""
    permit = let_in()
    assert isinstance(permit, Permit)
    return list_permit(*permit.units, COMPANY.id, player=PO_ADVISER, reads=permit.reads, writes=permit.writes)


def one(permit: Permit) -> Waiting:
    (row,) = waiting(permit)
    return row


def test_opened_it_shows_each_member_as_its_item_may_be_read(feed: Feed, of_company: Permit) -> None:
    send(feed, BAD)

    opened = open_quarantined(of_company, one(of_company).id)

    cells = {member.path: member.cell for member in opened.members}
    assert cells["person.name"] == Shown(PERSON["name"])
    for member in opened.members:
        if member.item is not None:
            assert isinstance(member.cell, Hidden) is (of_company.scope(member.item) is None), member.path
    assert opened.fault.members == ("person.diagnose",)
    assert "merkteken" not in repr(opened)
    line = Line.objects.order_by("-id")[0]
    assert Item.NAME_AND_ADDRESS.value in line.items


def test_a_line_that_is_no_message_is_not_shown(feed: Feed, of_company: Permit) -> None:
    send(feed, '{"diagnose": "merkteken", ')

    opened = open_quarantined(of_company, one(of_company).id)

    assert opened.members == ()
    assert "merkteken" not in repr(opened)


def test_put_right_it_is_taken_in_once_and_its_content_is_gone(feed: Feed, of_company: Permit) -> None:
    send(feed, BAD)
    row = one(of_company)
    still = correct_and_release(
        permit=of_company, admits=feed, entry=row.id, expected_version=row.version, changes={}
    )
    assert isinstance(still, Fault)
    assert still.members == ("bsn",)

    row = one(of_company)
    with pytest.raises(QuarantineRefused) as stale:
        put_right(feed, of_company, row, row.version - 1)
    assert stale.value.why is NotWaiting.CHANGED
    assert put_right(feed, of_company, row, row.version) is Outcome.OPENED

    assert identity(feed, "W900")["name"] == "Thirza van Dam"
    assert spells(feed, "W900") == [("2026-10-05", None)]
    assert waiting(of_company) == []
    with pytest.raises(QuarantineRefused):
        put_right(feed, of_company, row, row.version + 1)
    assert len(dossiers(feed, "W900")) == 1
    assert not Key.objects.filter(owner=row.id).exists()
    assert Inbox.objects.get(id=row.id).outcome == "dossier-geopend"
    assert outcomes(feed, BAD) == ["al-ontvangen"]


def put_right(feed: Feed, permit: Permit, row: Waiting, version: int) -> Outcome | Fault:
    return correct_and_release(
        permit=permit,
        admits=feed,
        entry=row.id,
        expected_version=version,
        changes={"person.bsn": None, "person.name": "Thirza van Dam"},
    )


def test_what_may_not_be_seen_is_not_put_right_and_a_job_puts_nothing_right(
    feed: Feed, of_company: Permit
) -> None:
    send(feed, BAD)
    row = one(of_company)
    version = row.version
    given: Any = {"permit": of_company, "admits": feed, "entry": row.id, "expected_version": version}

    job = feed.apart(COMPANY.id)
    # Who may not see a BSN puts none right.
    blind = list_permit(*of_company.units, player=PO_ADVISER, reads=allowing({Item.NAME_AND_ADDRESS}))
    with pytest.raises(NotPermitted):
        correct_and_release(**given | {"permit": blind}, changes={"person.bsn": "999990019"})
    with pytest.raises(NotPermitted):
        correct_and_release(**given | {"permit": job}, changes={})
    with pytest.raises(NotPermitted):
        discard(permit=job, entry=row.id, expected_version=version, reason=DiscardReason.WRONG)
    assert one(of_company).version == version


def test_put_away_it_needs_a_reason_and_is_gone(feed: Feed, of_company: Permit) -> None:
    send(feed, BAD)
    row = one(of_company)

    discard(permit=of_company, entry=row.id, expected_version=row.version, reason=DiscardReason.SENT_AGAIN)

    assert waiting(of_company) == []
    with permitted(of_company):
        kept = Quarantined.objects.get(id=row.id)
    assert (kept.state, kept.reason, kept.payload) == ("afgewezen", "opnieuw-gestuurd", None)
    assert kept.settled_role == Role.PO_ADVISER.value
    assert not Key.objects.filter(owner=row.id).exists()
    with pytest.raises(QuarantineRefused):
        open_quarantined(of_company, row.id)


def test_after_its_term_it_is_destroyed_and_before_it_is_not(feed: Feed, of_company: Permit) -> None:
    send(feed, BAD)
    row = one(of_company)
    last = Feed(on=row.expires_on - timedelta(days=1), source=feed.source, demo=True)
    then = Feed(on=row.expires_on, source=feed.source, demo=True)

    assert expire(permit=last.everywhere()) == 0
    assert expire(permit=then.everywhere()) == 1

    with permitted(of_company):
        assert Quarantined.objects.get(id=row.id).state == QuarantineState.EXPIRED.value
    assert not Key.objects.filter(owner=row.id).exists()
    assert row.expires_on == TODAY + timedelta(days=30)


def test_the_bsn_of_another_employee_is_set_apart_and_stops_nothing(feed: Feed, of_company: Permit) -> None:
    # Sanne has it, in a dossier of this unit.
    assert outcomes(feed, sick(), sick(who="W902", person=PERSON | {"bsn": "999990081"})) == [
        "nummer-van-een-ander",
        "dossier-geopend",
    ]


def test_without_a_permit_for_the_place_there_is_no_row_to_read_or_write(feed: Feed, sanne: Opened) -> None:
    send(feed, BAD, "geen json")

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM exchange_quarantined")
        assert cursor.fetchone() == (0,)
    with permitted(list_permit(BRIGADE.id, player=OTHER_COMMANDER)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM exchange_quarantined")
        assert cursor.fetchone() == (0,)
    with permitted(feed.everywhere()), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM exchange_quarantined")
        assert cursor.fetchone() == (2,)


def test_a_message_of_a_unit_that_is_not_named_goes_where_the_dossier_is(
    feed: Feed, of_company: Permit
) -> None:
    wrong = message("herstel", {"employee_number": "W900", "first_fit_on": "2026-10-01"})

    assert outcomes(feed, sick(person=PERSON | {"bsn": "999990081"}), wrong)[-1] == "niet-ziek-gemeld"
    assert one(of_company).unit == Shown(COMPANY.id)
