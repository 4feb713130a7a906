"""Many messages, one in a hundred bad: killed halfway and started again, nothing is lost or doubled.

What is bad waits for the P&O adviser and stopped nothing. Four hundred messages here; HERVAT_TEST_MESSAGES
asks for as many as you like (docs/personnel-feed.md).
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from hervat.cli.demo_feed import lines
from hervat.config.postgres import APPLICATION, Cluster
from hervat.exchange.models import Inbox
from hervat.organisation.models import Posting, Unit
from hervat.register.in_force import DEMO_ACCEPTANCES
from hervat.register.vocabulary import Role
from tests.access.conftest import FIRST_DAY
from tests.cast import PO_ADVISER, Player
from tests.exchange.looking import dossiers, facts, identity
from tests.exchange.sending import send
from tests.house.tree import REPOSITORY
from tests.matrix.conftest import rolled_back
from tests.web.desks import account

from .conftest import Become
from .people import feed, today

MESSAGES = int(os.environ.get("HERVAT_TEST_MESSAGES", "400"))
PEOPLE, FIRST_NUMBER, SEED = max(1, MESSAGES * 10 // 37), 200_000, 7
EVERYWHERE = Player(UUID(int=0x32, version=4), "Nora Willems", Role.PO_ADVISER)


def key(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


@pytest.fixture
def environment(world: str, postgres: Cluster, tmp_path: Path) -> dict[str, str]:
    """What a process of its own needs to reach the database of the tests, with everything accepted."""
    accepted = tmp_path / "accepted.yaml"
    accepted.write_text(DEMO_ACCEPTANCES.read_text("utf-8").replace("demo: true", "demo: false"), "utf-8")
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(REPOSITORY),
        "DJANGO_SETTINGS_MODULE": "hervat.config.settings",
        "HERVAT_DATABASE_URL": postgres.url(APPLICATION, "hervat"),
        "HERVAT_SECRET_KEY": settings.SECRET_KEY,
        "HERVAT_KEYS_ORDINARY": f"1:{key(settings.KEYS_ORDINARY[1])}",
        "HERVAT_KEYS_MEDICAL": f"1:{key(settings.KEYS_MEDICAL[1])}",
        "HERVAT_INDEX_KEY": key(settings.INDEX_KEY),
        "HERVAT_DOOR_KEY": key(settings.DOOR_KEY),
        "HERVAT_ACCEPTANCES": str(accepted),
    }


def start(environment: dict[str, str], file: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.journeys.killed", str(file)]
    return subprocess.Popen(command, env=environment, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)  # noqa: S603


def state() -> list[Any]:
    """What stands in the dossiers of the first thirty people."""
    came, numbers = feed(), [f"W{FIRST_NUMBER + number}" for number in range(min(PEOPLE, 30))]
    return [
        (
            [(str(one.first_sick_on), str(one.followed_on), one.status) for one in dossiers(came, who)],
            facts(came, who),
            identity(came, who) if dossiers(came, who) else None,
        )
        for who in numbers
    ]


def adviser_of_all() -> Player:
    """A P&O adviser of every unit there is now."""
    account(EVERYWHERE)
    clerk = {"granted_by_kind": "opdracht", "granted_by": "cli:beheer", "starts_on": FIRST_DAY}
    reach = {"below": True, "below_reason": "Alle eenheden.", "role": Role.PO_ADVISER.value}
    for unit in Unit.objects.filter(parent=None):
        Posting.objects.create(user_id=EVERYWHERE.code, unit=unit, **reach, **clerk)
    return EVERYWHERE


def how_many(page: Page) -> int:
    """How many messages wait, as the page says."""
    found = re.search(r"Er wacht(?:en)? (\d+) bericht", page.locator("main").inner_text())
    return int(found[1]) if found else 0


def test_an_import_that_is_killed_goes_on_and_the_adviser_finds_what_was_bad(
    environment: dict[str, str], tmp_path: Path, become: Become
) -> None:
    texts = list(lines(PEOPLE, SEED, today(), 1))
    file = tmp_path / "berichten.jsonl"
    file.write_text("\n".join(texts) + "\n", "utf-8")
    earlier = Inbox.objects.count()
    waits = how_many(become(PO_ADVISER, "/personeelssysteem/"))
    with rolled_back():
        bad = sum(one.fault is not None for one in send(feed(), *texts))
        meant, kept = state(), Inbox.objects.count() - earlier
    assert bad >= MESSAGES // 200

    first = start(environment, file)
    while Inbox.objects.count() - earlier < kept // 2:
        assert first.poll() is None, first.communicate()
        time.sleep(0.02)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    before = Inbox.objects.count() - earlier
    assert kept // 2 <= before < kept

    again = start(environment, file)
    said = json.loads(again.communicate()[0])

    assert again.returncode == 3
    assert said["messages"] == len(texts)
    counted = [one for outcomes in said["outcomes"].values() for one in outcomes.items()]
    assert sum(count for outcome, count in counted if outcome == "al-ontvangen") == before + len(texts) - kept
    assert Inbox.objects.count() - earlier == kept
    assert state() == meant

    page = become(adviser_of_all(), "/personeelssysteem/")
    expect(page.locator(".apart > li")).to_have_count(min(waits + bad, 50))
    assert how_many(page) == waits + bad
