"""Messages that were set apart: who sees them, what of it, and that nothing is taken in twice."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hervat.access.feed import Feed
from hervat.dossiers.actions.opening import Opened
from hervat.exchange.models import Inbox
from hervat.exchange.rules.faults import FaultCode
from hervat.exchange.rules.schema import schema
from hervat.exchange.rules.vocabulary import MessageKind
from hervat.journal.models import Line
from hervat.register.vocabulary import Source
from hervat.web.presenters.feed import code_name, member_name
from hervat.web.presenters.feed_words import FAULTS
from tests.cast import COMMANDER, OTHER_COMMANDER, PO_ADVISER, PRIVACY_OFFICER, TODAY
from tests.exchange.looking import dossiers, identity
from tests.exchange.sending import PERSON, send, sick

from .cast import cast, keys, logged_in, room  # noqa: F401 - fixtures

WRONG = sick(person=PERSON | {"bsn": "123456789", "diagnose": "merkteken"}, percentage=50)
LATER = sick(who="W901", first_sick_on="2026-02-30", person=PERSON | {"bsn": "999990081"})
NOT_JSON = '{"diagnose": "merkteken", '


@pytest.fixture
def feed(cast: Opened) -> Feed:  # noqa: F811
    """The door, for what the personnel system sends."""
    return Feed(on=TODAY, source=Source.COMMAND_LINE, demo=True)


def page_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.status_code
    return " ".join(answer.content.decode().split())


def path_of(client: Client) -> str:
    """The address of the one message that waits."""
    (found,) = set(
        re.findall(r'href="(/personeelssysteem/[0-9a-f-]+/)"', page_of(client, "/personeelssysteem/"))
    )
    return found


def values_on(page: str) -> dict[str, str]:
    """What a browser would send back: the fields of the first form as they stand."""
    form = page.partition('aria-labelledby="bericht"')[2].partition("</form>")[0]
    typed = dict(re.findall(r'<input type="\w+" name="([\w.-]+)" value="([^"]*)"', form))
    chosen = re.findall(r'<select name="([\w.-]+)".*?<option value="([^"]*)" selected', form)
    return typed | dict(chosen)


def test_the_adviser_finds_it_in_the_menu_and_others_find_nothing(feed: Feed) -> None:
    adviser = logged_in(PO_ADVISER)
    assert "Er wacht niets" in page_of(adviser, "/personeelssysteem/")
    send(feed, WRONG, LATER, NOT_JSON)

    page = page_of(adviser, "/personeelssysteem/")

    assert re.search(r'href="/personeelssysteem/"[^>]*>Berichten <span class="waits">3<', page)
    assert "Er wachten 3 berichten." in page
    assert "Zegt iets over de ziekte zelf" in page
    assert "regel 3" in page
    assert "A-cie" in page
    for text in ("merkteken", PERSON["name"], "W901", "123456789"):
        assert text not in page
    for other in (COMMANDER, OTHER_COMMANDER, PRIVACY_OFFICER):
        assert page_of(logged_in(other), "/personeelssysteem/", 403).count("Berichten <span") == 0


def test_one_message_shows_the_wrong_field_and_what_to_do_and_not_what_was_left_out(feed: Feed) -> None:
    send(feed, WRONG)
    adviser = logged_in(PO_ADVISER)
    path = path_of(adviser)

    page = page_of(adviser, path)

    assert "‘person.diagnose’" in page
    assert "merkteken" not in page
    assert f'value="{PERSON["name"]}"' in page
    assert "nog niet beslist" in page
    assert page_of(logged_in(COMMANDER), path, 403)
    line = Line.objects.filter(object_kind="quarantaine").order_by("-id")[0]
    assert "naw-gegevens" in line.items


def test_put_right_it_is_taken_in_and_refused_again_it_says_what_is_still_wrong(feed: Feed) -> None:
    send(feed, WRONG)
    adviser = logged_in(PO_ADVISER)
    path = path_of(adviser)
    given = values_on(page_of(adviser, path))
    assert given["lid-percentage"] == "50"

    again = adviser.post(path, given | {"doe": "opnemen", "lid-person.name": "Thirza van Dam"})
    text = " ".join(again.content.decode().split())
    assert again.status_code == 422
    assert "Nog niet opgenomen" in text
    assert re.search(r'name="lid-person.bsn" value="123456789"[^>]*aria-invalid="true"', text)
    assert 'value="Thirza van Dam"' in text

    done = adviser.post(path, values_on(text) | {"doe": "opnemen", "lid-person.bsn": ""})
    assert (done.status_code, done.headers["Location"]) == (303, "/personeelssysteem/")
    page = page_of(adviser, "/personeelssysteem/")
    assert "er is een dossier geopend" in page
    assert "Er wacht niets" in page
    assert "er is een dossier geopend" not in page_of(adviser, "/personeelssysteem/")
    assert identity(feed, "W900")["name"] == "Thirza van Dam"
    released = Line.objects.filter(object_kind="quarantaine", effect="U").order_by("-id")[0]
    assert released.actor == str(PO_ADVISER.code)


def test_a_second_release_does_nothing_and_says_so(feed: Feed) -> None:
    send(feed, LATER)
    adviser, colleague = logged_in(PO_ADVISER), logged_in(PO_ADVISER)
    path = path_of(adviser)
    given = values_on(page_of(adviser, path)) | {"doe": "opnemen", "lid-first_sick_on": "2-10-2026"}

    stale = colleague.post(path, given | {"version": "9"})
    assert stale.status_code == 409
    assert "intussen gewijzigd" in stale.content.decode()
    assert 'value="2-10-2026"' in stale.content.decode()
    assert adviser.post(path, given).status_code == 303
    second = colleague.post(path, given)

    assert second.status_code == 409
    text = second.content.decode()
    assert "Dit bericht is al afgehandeld" in text
    assert "U nam het zelf op." in text
    assert page_of(adviser, path, 410)
    assert len(dossiers(feed, "W901")) == 1


def test_put_away_asks_a_reason_and_what_is_no_message_can_only_be_put_away(feed: Feed) -> None:
    send(feed, NOT_JSON)
    adviser = logged_in(PO_ADVISER)
    path = path_of(adviser)
    page = page_of(adviser, path)
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    assert "merkteken" not in page

    sent = {"version": version[1], "doe": "afwijzen"}
    assert adviser.post(path, sent).status_code == 422
    assert adviser.post(path, sent | {"reden": "opnieuw-gestuurd"}).status_code == 303

    assert "Het bericht is afgewezen" in page_of(adviser, "/personeelssysteem/")
    assert Inbox.objects.get(outcome="afgewezen")
    assert adviser.post(path, sent | {"reden": "opnieuw-gestuurd"}).status_code == 409


def test_a_field_that_is_missing_can_be_filled_in(feed: Feed) -> None:
    lacks = sick(who="W902", person=PERSON | {"bsn": "999990081"})
    del lacks["facts"]["first_sick_on"]
    send(feed, lacks)
    adviser = logged_in(PO_ADVISER)
    path = path_of(adviser)
    given = values_on(page_of(adviser, path))
    assert given["lid-person.birth_date"] == "2-4-1990"

    sent = adviser.post(path, given | {"doe": "opnemen", "lid-first_sick_on": "05-10-2026"})

    assert sent.status_code == 303
    assert str(dossiers(feed, "W902")[0].first_sick_on) == "2026-10-05"


def test_a_unit_of_a_tree_can_be_put_right_in_its_place(feed: Feed) -> None:
    units = [{"abbreviation": "Nieuw", "name": "Nieuwe compagnie", "kind": "sub-eenheid", "above": "13 Brg"}]
    tree = {"id": WRONG["id"], "kind": "eenheden", "sent_at": WRONG["sent_at"], "facts": {"units": units}}
    send(feed, json.dumps(tree))
    adviser = logged_in(PO_ADVISER)
    path = path_of(adviser)
    given = values_on(page_of(adviser, path))
    assert given["lid-units.0.above"] == "13 Brg"

    sent = adviser.post(path, given | {"doe": "opnemen", "lid-units.0.above": "13 Brig"})

    assert sent.status_code == 303


@pytest.mark.parametrize("path", ["/personeelssysteem/", None])
def test_the_pages_cost_few_queries(feed: Feed, path: str | None) -> None:
    send(feed, WRONG, LATER)
    adviser: Client = logged_in(PO_ADVISER)
    where = (
        path or re.findall(r'href="(/personeelssysteem/[^"]+)"', page_of(adviser, "/personeelssysteem/"))[0]
    )

    with CaptureQueriesContext(connection) as counted:
        page_of(adviser, where)

    statements = [one["sql"] for one in counted.captured_queries]
    kept = [one for one in statements if not one.startswith(("SAVEPOINT", "RELEASE"))]
    assert len(kept) <= 12, kept


def test_every_member_and_fault_has_words() -> None:
    definitions = schema()["$defs"]
    names = {name for part in definitions.values() for name in part.get("properties", ())}
    codes = {code for part in definitions.values() for code in part.get("enum", ())}

    assert [name for name in names if str(member_name(name)) == name] == []
    assert set(FAULTS) == set(FaultCode)
    assert len({code_name(kind) for kind in MessageKind}) == len(MessageKind)
    assert all(code_name(code) for code in codes)
