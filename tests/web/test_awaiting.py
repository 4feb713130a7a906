"""A dossier in which nobody recorded yet that somebody fell ill is in the lists of who reaches it."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.models import Dossier
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.rules.case_number import show_case_number
from hervat.journal.models import Line
from tests.access.conftest import post
from tests.cast import BRIGADE, COMMANDER, JAN, OTHER_COMMANDER, PO_ADVISER, SANNE, TODAY, players
from tests.dossiers.files import feed, open_for

from .cast import account, begin, keys, logged_in, room  # noqa: F401 - fixtures
from .conftest import CHECK

WAITS = "Nog geen ziekmelding vastgelegd"


@pytest.fixture
def sanne(room: None) -> Iterator[Opened]:  # noqa: F811
    """Sanne, of whom a dossier is open and nothing recorded; of Jan, elsewhere, it is."""
    for player in players():
        post(player, below=player.unit is BRIGADE)
    for sick in (SANNE, JAN):
        account(sick)
    with override_settings(DEMO_CHECK=CHECK):
        begin(JAN, open_for(JAN))
        yield open_for(SANNE)


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def part_of(page: str) -> str:
    return page.partition('aria-labelledby="zonder-melding"')[2].partition("</section>")[0]


@pytest.mark.parametrize("path", ["/caseload/", "/nu/"])
def test_it_is_shown_with_where_to_record_it_until_that_is_done(sanne: Opened, path: str) -> None:
    number, adviser = show_case_number(sanne.case_number), logged_in(PO_ADVISER)
    with CaptureQueriesContext(connection) as counted:
        part = part_of(text_of(adviser, path))

    assert SANNE.name in part
    assert f'href="/dossier/{number}/vastleggen/ziek/?rol=po-adviseur"' in part
    asked = [one["sql"] for one in counted.captured_queries]
    assert not [sql for sql in asked if "awaits_report" in sql and "page AS MATERIALIZED" not in sql]
    listed = Line.objects.filter(dossier=sanne.dossier, manner="in-lijst").order_by("-id")[0]
    assert "ziekteverzuimgegevens" in listed.items
    part = part_of(text_of(logged_in(COMMANDER), path))
    assert f'href="/dossier/{number}/?rol=commandant"' in part
    assert WAITS not in text_of(logged_in(OTHER_COMMANDER), path)

    form = f"/dossier/{number}/vastleggen/ziek/"
    version = re.search(r'name="version" value="(\d+)"', text_of(adviser, form))
    assert version
    assert adviser.post(form, {"version": version[1], "dag": TODAY.isoformat()}).status_code == 303
    assert WAITS not in text_of(adviser, path)
    with permitted(feed(SANNE.unit.id)):
        assert not Dossier.objects.get(id=sanne.dossier).awaits_report


def test_it_is_found_along_an_index_that_holds_no_other(sanne: Opened) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'dossier_awaits_report'")
        (definition,) = cursor.fetchone()

    assert "WHERE (awaits_report AND ((status)::text = 'open'::text))" in definition
