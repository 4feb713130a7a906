"""The hand-over of a posting: every dossier of it, and a warning when nobody follows."""

import re
from dataclasses import replace
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hervat.course.actions.tasks import add_own_task
from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.rules.case_number import show_case_number
from hervat.organisation.models import Posting
from hervat.register.vocabulary import Role
from tests.access.conftest import post
from tests.access.test_door import assign
from tests.cast import (
    BRIGADE,
    COMMANDER,
    COMPANY,
    DCR_GUIDE,
    EGB_PHYSICIAN,
    JAN,
    OTHER_COMMANDER,
    PRIVACY_OFFICER,
    SANNE,
    TODAY,
)
from tests.dossiers.files import permit_for

from .cast import cast, keys, logged_in, room  # noqa: F401 - fixtures

PATH = "/overdracht/"


def text_of(client: Client, path: str = PATH) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def let_it_end(days: int) -> None:
    """Let the commander's posting end so many days from today."""
    ends_on = timezone.localdate() + timedelta(days=days)
    Posting.objects.filter(user=COMMANDER.code).update(
        revoked_on=ends_on + timedelta(days=1),
        revoked_by="x",
        revoked_by_kind="gebruiker",
        revoke_reason="Verplaatst",
    )


def test_every_dossier_is_handed_over_with_what_is_open_and_who_works_on_it(cast: Opened) -> None:  # noqa: F811
    assign(cast, DCR_GUIDE)
    add_own_task(permit=permit_for(cast, COMMANDER), role=Role.COMMANDER, due_on=TODAY, title="Bel de arts")
    page = text_of(logged_in(COMMANDER))

    assert SANNE.name in page
    assert f"/dossier/{show_case_number(cast.case_number)}/?rol=commandant" in page
    assert "Taak: Bel de arts" in page
    assert "Medewerker DCR" in page
    assert DCR_GUIDE.name not in page, "in which role is enough"
    assert "stap te laat" in page or "stappen te laat" in page
    assert "Een taak hoort bij een rol en niet bij een mens" in page
    assert JAN.name not in page
    assert "geen laatste dag" in page


def test_a_posting_that_nobody_follows_warns_and_one_that_is_followed_does_not_say_by_whom(
    cast: Opened,  # noqa: F811
) -> None:
    let_it_end(10)
    page = text_of(logged_in(COMMANDER))
    assert "geen opvolger" in page
    assert "niemand deze rol in: 13 Brig, A-cie" in page or "A-cie" in page
    assert "Draag uw dossiers over" in text_of(logged_in(COMMANDER), "/nu/")
    follower = replace(OTHER_COMMANDER, unit=BRIGADE)
    post(follower, below=True, first_day=timezone.localdate() + timedelta(days=11))

    page = text_of(logged_in(COMMANDER))
    assert "opgevolgd" in page
    assert "geen opvolger" not in page
    assert OTHER_COMMANDER.name not in page


def test_it_is_found_from_the_account_and_not_told_of_long_before(cast: Opened) -> None:  # noqa: F811
    let_it_end(40)

    assert 'href="/overdracht/?rol=commandant"' in text_of(logged_in(COMMANDER), "/account/")
    assert "Draag uw dossiers over" not in text_of(logged_in(COMMANDER), "/nu/")


def test_who_comes_in_by_assignment_hands_over_per_dossier_and_who_has_none_is_told_so(
    cast: Opened,  # noqa: F811
) -> None:
    assert "niets over te dragen" in text_of(logged_in(EGB_PHYSICIAN))
    assign(cast, EGB_PHYSICIAN)
    assert "zijn aan u toegewezen" in text_of(logged_in(EGB_PHYSICIAN))
    assert "geen dossiers om over te dragen" in text_of(logged_in(PRIVACY_OFFICER))
    assert SANNE.name not in text_of(logged_in(OTHER_COMMANDER))
    assert logged_in(OTHER_COMMANDER).get(PATH, {"rol": "po-adviseur"}).status_code == 403
    assert COMPANY.abbreviation not in text_of(logged_in(OTHER_COMMANDER))


def test_the_page_asks_the_database_little(cast: Opened) -> None:  # noqa: F811
    commander = logged_in(COMMANDER)
    commander.get(PATH)
    with CaptureQueriesContext(connection) as asked:
        commander.get(PATH)
    # What opens and closes a transaction, and the permit in it, is no question.
    apart = r"\s*(SAVEPOINT|RELEASE|SELECT set_config|SELECT pg_backend_pid)"
    statements = [one["sql"] for one in asked if not re.match(apart, one["sql"])]

    assert len(statements) <= 12, "\n".join(sql[:150] for sql in statements)
