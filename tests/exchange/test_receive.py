"""What each kind of message does to a dossier, and what does not count as one."""

from typing import Any
from uuid import UUID

import pytest

from hervat.access.feed import Feed
from hervat.exchange.models import Inbox
from hervat.organisation.queries.standing import unit_tree

from .looking import dossiers, identity, spells
from .sending import APPOINTMENT, PERSON, message, number, outcomes, recovered, send, sick

OF_W900 = {"employee_number": "W900"}


def test_a_sick_report_opens_a_dossier_and_coming_again_it_does_nothing(feed: Feed) -> None:
    assert outcomes(feed, sick(), sick()) == ["dossier-geopend", "al-ontvangen"]

    (dossier,) = dossiers(feed, "W900")
    assert dossier.informed_on == feed.on
    assert spells(feed, "W900") == [("2026-10-05", None)]
    assert identity(feed, "W900")["name"] == PERSON["name"]


def test_members_in_another_order_are_the_same_message(feed: Feed) -> None:
    again = dict(reversed(list(sick().items())))

    assert outcomes(feed, sick(), again) == ["dossier-geopend", "al-ontvangen"]


def test_recovery_percentage_and_leave_are_recorded_in_the_open_dossier(feed: Feed) -> None:
    leave = {"first_day": "2026-12-12", "last_day": "2026-12-20", "leave": "ander-verlof"}

    assert outcomes(
        feed,
        sick(percentage=80),
        message("percentage", OF_W900 | {"since": "2026-10-12", "percentage": 50}),
        message("verlof", OF_W900 | leave),
        recovered("2026-10-20"),
    ) == ["dossier-geopend", "vastgelegd", "vastgelegd", "vastgelegd"]
    assert spells(feed, "W900") == [("2026-10-05", "2026-10-20")]


@pytest.mark.parametrize(
    ("relapsed", "outcome"), [("2026-10-24", "vastgelegd"), ("2026-10-25", "dossier-geopend")]
)
def test_a_relapse_within_four_weeks_goes_on_and_a_later_one_is_a_new_case(
    feed: Feed, relapsed: str, outcome: str
) -> None:
    reports = (sick("2026-09-01"), recovered("2026-09-27"), sick(relapsed, name="again"))

    assert outcomes(feed, *reports)[-1] == outcome
    found = dossiers(feed, "W900")
    assert len(found) == (1 if outcome == "vastgelegd" else 2)
    # The case before stays open until a person closes it, and says that another one follows.
    assert [str(one.followed_on) for one in found[:-1]] == [relapsed] * (len(found) - 1)
    assert {one.status for one in found} == {"open"}


def test_facts_after_a_new_case_go_to_the_dossier_of_that_case(feed: Feed) -> None:
    outcomes(feed, sick("2026-08-03"), recovered("2026-08-10"), sick("2026-10-12", name="again"))

    assert outcomes(feed, recovered("2026-11-02", name="fit again")) == ["vastgelegd"]
    assert spells(feed, "W900") == [("2026-10-12", "2026-11-02")]


def test_new_facts_of_who_is_sick_are_written_and_the_same_ones_are_not(feed: Feed) -> None:
    new = {"person": {"name": "Thirza van Dam", "phone": None}}
    same = {"person": {"email": PERSON["email"]}}

    assert outcomes(
        feed,
        sick(),
        message("persoonsgegevens", OF_W900 | new),
        message("persoonsgegevens", OF_W900 | same),
        message("aanstelling", OF_W900 | {"appointment": {"job_description": "Planner", "unit": "43 Brig"}}),
        message("einde-aanstelling", OF_W900 | {"ends_on": "2027-03-01", "pay_ends_on": "2027-03-01"}),
    ) == ["dossier-geopend", "vastgelegd", "niets-nieuws", "vastgelegd", "vastgelegd"]
    assert identity(feed, "W900")["name"] == "Thirza van Dam"
    assert identity(feed, "W900")["phone"] is None
    (dossier,) = dossiers(feed, "W900")
    tree = unit_tree()
    other = tree.abbreviated("43 Brig")
    assert other is not None
    assert dossier.unit_id == other.id


def test_the_tree_of_units_is_brought_and_what_is_there_stays(feed: Feed) -> None:
    units = [
        {"abbreviation": "B-cie", "name": "Bravo", "kind": "sub-eenheid", "above": "13 Brig"},
        {"abbreviation": "C-pel", "name": "Peloton", "kind": "sub-eenheid", "above": "B-cie"},
    ]
    moved = [units[0] | {"above": "43 Brig"}, units[1] | {"closed": True}]

    assert outcomes(feed, *(message("eenheden", {"units": units}, name) for name in "ab")) == [
        "vastgelegd",
        "niets-nieuws",
    ]
    assert outcomes(feed, message("eenheden", {"units": moved})) == ["vastgelegd"]
    tree = unit_tree()
    found, closed, above = tree.abbreviated("B-cie"), tree.abbreviated("C-pel"), tree.abbreviated("43 Brig")
    assert found is not None
    assert closed is not None
    assert above is not None
    assert found.parent == above.id
    assert closed.closed_on is not None
    wrong = {"abbreviation": "D", "name": "D", "kind": "eenheid", "above": "B-cie"}
    assert outcomes(feed, message("eenheden", {"units": [wrong]})) == ["eenheid-geweigerd"]
    assert unit_tree().abbreviated("D") is None


def test_a_correction_replaces_and_a_withdrawal_takes_back(feed: Feed) -> None:
    fit, wrong = recovered("2026-10-20"), sick()

    def corrected(earlier: dict[str, Any], facts: dict[str, Any]) -> dict[str, Any]:
        return message("correctie", {"corrects": earlier["id"], "kind": earlier["kind"], "facts": facts})

    first = corrected(wrong, wrong["facts"] | {"first_sick_on": "2026-10-07", "percentage": 60})
    assert outcomes(feed, wrong, first) == ["dossier-geopend", "vastgelegd"]
    assert spells(feed, "W900") == [("2026-10-07", None)]

    assert outcomes(feed, fit, corrected(fit, OF_W900 | {"first_fit_on": "2026-10-22"})) == ["vastgelegd"] * 2
    assert spells(feed, "W900") == [("2026-10-07", "2026-10-22")]

    taken_back = message("intrekking", OF_W900 | {"withdraws": fit["id"]})
    assert outcomes(feed, taken_back) == ["vastgelegd"]
    assert spells(feed, "W900") == [("2026-10-07", None)]
    opened = message("intrekking", OF_W900 | {"withdraws": wrong["id"]})
    assert outcomes(feed, opened) == ["opende-een-dossier"]
    assert len(dossiers(feed, "W900")) == 1


def test_a_correction_of_what_was_not_received_or_of_another_person_is_set_apart(feed: Feed) -> None:
    outcomes(feed, sick(), sick(who="W901", person=PERSON | {"bsn": "999990020"}), recovered("2026-10-20"))
    of_other = {"employee_number": "W901", "withdraws": recovered("2026-10-20")["id"]}

    assert outcomes(
        feed,
        message("intrekking", OF_W900 | {"withdraws": number("never sent")}),
        message("intrekking", of_other),
        "{",
    ) == ["eerder-bericht-onbekend", "andere-persoon", "geen-json"]


def test_what_does_not_fit_is_set_apart_and_the_rest_goes_on(feed: Feed) -> None:
    assert outcomes(
        feed,
        sick(),
        sick("2026-10-09", name="another day"),
        sick("2026-10-05", name="the same day"),
        sick("2027-01-01", who="W902"),
        sick(who="W903", appointment=APPOINTMENT | {"unit": "Nergens"}),
        sick(who="W904", person=PERSON | {"bsn": "123456789"}),
        recovered("2026-10-01"),
        recovered("2026-10-20"),
    ) == [
        "dossier-geopend",
        "al-ziek-gemeld",
        "niets-nieuws",
        "in-de-toekomst",
        "eenheid-onbekend",
        "waarde-onjuist",
        "niet-ziek-gemeld",
        "vastgelegd",
    ]


def test_the_same_number_with_other_content_is_set_apart_once(feed: Feed) -> None:
    other = sick("2026-10-09") | {"id": sick()["id"]}

    assert outcomes(feed, sick(), other, other, sick()) == [
        "dossier-geopend",
        "zelfde-nummer-andere-inhoud",
        "al-ontvangen",
        "al-ontvangen",
    ]


def test_without_acceptances_nothing_is_taken_in_and_the_open_point_is_named(room: None, feed: Feed) -> None:
    refusing = Feed(on=feed.on, source=feed.source)

    (received,) = send(refusing, sick())

    assert received.fault is not None
    assert received.fault.code == "open-punt"
    assert "first_sick_on" in received.fault.members
    assert dossiers(feed, "W900") == []


def test_the_inbox_keeps_number_and_digest_and_nothing_of_what_was_said(feed: Feed) -> None:
    outcomes(feed, sick())

    row = Inbox.objects.get(id=UUID(sick()["id"]))
    assert {field.name for field in Inbox._meta.get_fields()} == {
        *("id", "digest", "kind", "outcome", "about", "received_at")
    }
    assert len(bytes(row.digest)) == 32
