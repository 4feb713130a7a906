"""Logging in: the first visit, the two steps, who gets where, and what never happens."""

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.test.utils import override_settings

from .login import (
    EMAIL,
    PASSWORD,
    Person,
    add_app,
    enrol,
    first_step,
    give_paper,
    mailed_code,
    make_person,
    show_paper,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys() -> Iterator[None]:
    with override_settings(KEYS_ORDINARY={1: bytes(range(32))}):
        cache.clear()
        yield


@pytest.fixture
def sanne(db: None) -> Person:
    return make_person()


@pytest.fixture
def enrolled(sanne: Person) -> Person:
    """Somebody who did their first visit, in a browser that is gone."""
    enrol(Client(), sanne)
    return sanne


def test_a_first_visit_leads_from_paper_to_a_second_factor_and_codes(client: Client, sanne: Person) -> None:
    paper = give_paper(sanne)

    assert show_paper(client, EMAIL, paper).headers["Location"] == "/eerste-keer/e-mail/"
    assert (
        client.post("/eerste-keer/e-mail/", {"code": mailed_code()}).headers["Location"]
        == "/eerste-keer/wachtwoord/"
    )
    chosen = client.post("/eerste-keer/wachtwoord/", {"password": PASSWORD, "again": PASSWORD})
    assert client.get(chosen.headers["Location"]).headers["Location"] == "/account/tweede-stap/"
    assert add_app(client, sanne).headers["Location"] == "/account/herstelcodes/"
    codes = client.get("/account/herstelcodes/").content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", codes)) == 10
    assert client.get("/account/").status_code == 200


def test_log_in_takes_a_password_and_then_a_code(client: Client, enrolled: Person) -> None:
    assert first_step(client).headers["Location"] == "/inloggen/tweede-stap/"
    assert client.get("/account/").headers["Location"].startswith("/inloggen/?")
    answer = client.post("/inloggen/tweede-stap/", {"code": enrolled.app_code()})
    assert answer.headers["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
