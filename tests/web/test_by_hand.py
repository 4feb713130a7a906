"""A dossier by hand: for who is known, with what may be asked; and honest about all else."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hervat.access.feed import Feed
from hervat.course.models import Due, Fact, Standing
from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.models import Dossier
from hervat.dossiers.queries.permitted import permitted
from hervat.exchange.rules.vocabulary import Outcome
from hervat.journal.models import Line
from hervat.register.vocabulary import Source
from tests.cast import COMMANDER, JAN, OTHER_COMMANDER, PO_ADVISER, PRIVACY_OFFICER, TODAY
from tests.exchange.looking import dossiers
from tests.exchange.sending import PERSON, recovered, send, sick

from .cast import cast, keys, logged_in, room  # noqa: F401 - fixtures

NEW = "/caseload/nieuw/"
THIRZA = {"nummer": "W900", "naam": "Oosterhof"}
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def feed(cast: Opened) -> Feed:  # noqa: F811
    """The door, for what the personnel system sends."""
    return Feed(on=TODAY, source=Source.COMMAND_LINE, demo=True)


@pytest.fixture
def adviser(feed: Feed) -> Client:
    """The P&O adviser, when somebody of the company was sick, fit again, and closed long ago."""
    told = send(feed, sick("2026-03-02", person=PERSON | {"bsn": "999990081"}), recovered("2026-04-01"))
    assert [one.outcome for one in told] == [Outcome.OPENED, Outcome.RECORDED]
    client = logged_in(PO_ADVISER)
    close(feed, client)
    return client


def close(feed: Feed, client: Client, on: date = TODAY) -> None:
    last = dossiers(feed, "W900")[-1]
    sent = {"version": str(last.version), "dag": on.isoformat(), "reden": "traject-beeindigd"}
    assert client.post(f"/dossier/{number_of(last)}/sluiten/", sent).status_code == 303


def number_of(dossier: Dossier) -> str:
    from hervat.dossiers.rules.case_number import show_case_number

    return show_case_number(dossier.case_number)


def post(client: Client, **given: str) -> tuple[int, str]:
    answer = client.post(NEW, THIRZA | {"dag": YESTERDAY.isoformat()} | given)
    return answer.status_code, " ".join(answer.content.decode().split())


def test_the_form_asks_what_an_employer_may_ask_and_says_why_the_rest_is_not_there(adviser: Client) -> None:
    page = " ".join(adviser.get(NEW).content.decode().split())

    form = page.partition('aria-labelledby="melding"')[2].partition("</form>")[0]
    names = set(re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', form))
    assert names - {"csrfmiddlewaretoken"} == {"nummer", "naam", "dag", "deel", "vangnet"}
    assert "U vraagt niet naar aard en oorzaak" in page
    assert "Een ongeval staat niet bij de gegevens" in page
    assert "verpleeg" not in page.lower() or "Nog niet beslist" in page


def test_who_does_not_record_sickness_gets_the_registers_reason(adviser: Client) -> None:
    for other in (COMMANDER, OTHER_COMMANDER, PRIVACY_OFFICER):
        answer = logged_in(other).get(NEW)
        assert answer.status_code == 403
        assert 'name="nummer"' not in answer.content.decode()


def test_for_somebody_known_a_dossier_opens_with_its_report_its_plan_and_the_notice(
    feed: Feed, adviser: Client
) -> None:
    before = Line.objects.order_by("-id").values_list("id", flat=True)[0]
    status, _page = post(adviser, deel="60", vangnet="geldt")
    assert status == 303

    today = timezone.localdate()
    old, new = dossiers(feed, "W900")
    assert (old.status, new.status, new.unit_id) == ("gesloten", "open", old.unit_id)
    assert (new.first_sick_on, new.opened_on, new.informed_on) == (YESTERDAY, today, today)
    with permitted(feed.everywhere()):
        facts = {(one.kind, one.source, one.recorded_by) for one in Fact.objects.filter(dossier=new.id)}
        assert Standing.objects.get(dossier=new.id).first_sick_on == YESTERDAY
        assert Due.objects.filter(dossier=new.id).exists()
    by = str(PO_ADVISER.code)
    assert facts == {("ziek", "mens", by), ("percentage", "mens", by)}
    lines = Line.objects.filter(id__gt=before, dossier=new.id)
    assert {one.operation for one in lines if one.actor == by} >= {"ziekmelding-verwerken"}
    page = adviser.get(f"/dossier/{number_of(new)}/").content.decode()
    assert PERSON["name"] in page
    found = adviser.post("/caseload/", {"tekst": "Oosterhof"}).content.decode()
    assert number_of(new) in found


def test_sent_twice_it_opens_once_and_says_where_it_runs(feed: Feed, adviser: Client) -> None:
    assert post(adviser)[0] == 303

    status, page = post(adviser)

    assert status == 409
    assert "Er loopt al een dossier" in page
    assert f'href="/dossier/{number_of(dossiers(feed, "W900")[-1])}/"' in page
    assert len(dossiers(feed, "W900")) == 2
    assert 'value="W900"' in page


def test_within_four_weeks_it_is_the_same_case(feed: Feed, adviser: Client) -> None:
    closed = number_of(dossiers(feed, "W900")[0])
    status, page = post(adviser, dag="2026-04-20")
    assert status == 409
    assert f'href="/dossier/{closed}/heropenen/"' in page

    assert post(adviser, dag="2026-10-01")[0] == 303
    open_one = number_of(dossiers(feed, "W900")[-1])
    send(feed, recovered(TODAY - timedelta(days=10), name="weer beter"))
    status, page = post(adviser)

    assert status == 409
    assert "terugval in hetzelfde geval" in page
    assert f'href="/dossier/{open_one}/vastleggen/ziek/"' in page
    assert post(adviser, dag="2026-03-10")[0] == 422
    assert len(dossiers(feed, "W900")) == 2


def test_who_is_not_known_or_out_of_reach_is_answered_alike_and_sends_to_the_source(adviser: Client) -> None:
    nobody = post(adviser, nummer="W999")
    out_of_reach = post(
        adviser, nummer=str(JAN.facts[next(f for f in JAN.facts if f.value == "employee_id")])
    )
    other_name = post(adviser, naam="Iemand Anders")

    assert {status for status, _ in (nobody, out_of_reach, other_name)} == {422}
    for _, page in (nobody, out_of_reach, other_name):
        assert "kent Hervat deze persoon niet" in page
        assert "Vraag de P&O-administratie" in page
        assert "/dossier/" not in page.partition("<main")[2]


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(adviser: Client) -> None:
    tomorrow = (TODAY + timedelta(days=400)).isoformat()
    for given, text in (
        ({"dag": tomorrow}, "ligt in de toekomst"),
        ({"dag": "31-2-2026"}, "geldige datum"),
        ({"nummer": "?!"}, "werknemersnummer"),
        ({"naam": "x"}, "letters"),
        ({"deel": "101"}, "100"),
    ):
        status, page = post(adviser, **given)
        assert status == 422, given
        assert text in page, (given, page.partition('class="faults"')[2][:300])
        assert 'value="W900"' in page or "nummer" in given


def test_the_page_costs_few_queries(adviser: Client) -> None:
    with CaptureQueriesContext(connection) as counted:
        assert adviser.get(NEW).status_code == 200

    assert len(counted.captured_queries) <= 12
