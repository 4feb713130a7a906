"""Killed halfway and started again, an import loses and doubles nothing; its exit code says some wait."""

import json
import os
import signal
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hervat.access.feed import Feed
from hervat.cli.demo_feed import lines
from hervat.config.postgres import APPLICATION, Cluster
from hervat.exchange.models import Inbox
from hervat.register.in_force import DEMO_ACCEPTANCES
from hervat.register.vocabulary import Source
from tests.house.tree import REPOSITORY
from tests.matrix.conftest import rolled_back

from .looking import dossiers, facts, identity
from .sending import send

PEOPLE = 15
FIRST_NUMBER = 200_000


def key(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


@pytest.fixture
def environment(committed: None, postgres: Cluster, settings: Any, tmp_path: Path) -> dict[str, str]:
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
    command = [sys.executable, "-m", "tests.exchange.killed", str(file)]
    return subprocess.Popen(command, env=environment, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)  # noqa: S603


def state(feed: Feed) -> list[Any]:
    numbers = [f"W{FIRST_NUMBER + number}" for number in range(PEOPLE)]
    return [
        (
            [(str(one.first_sick_on), str(one.followed_on), one.status) for one in dossiers(feed, who)],
            facts(feed, who),
            identity(feed, who) if dossiers(feed, who) else None,
        )
        for who in numbers
    ]


def test_killed_and_started_again_it_loses_and_doubles_nothing(
    environment: dict[str, str], tmp_path: Path
) -> None:
    on = datetime.now(UTC).date()
    texts = list(lines(PEOPLE, 7, on, 10))
    file = tmp_path / "berichten.jsonl"
    file.write_text("\n".join(texts) + "\n", "utf-8")
    feed = Feed(on=on, source=Source.COMMAND_LINE, demo=True)
    with rolled_back():
        send(feed, *texts)
        meant, kept = state(feed), Inbox.objects.count()

    first = start(environment, file)
    while Inbox.objects.count() < kept // 3:
        assert first.poll() is None, first.communicate()
        time.sleep(0.02)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    before = Inbox.objects.count()
    assert kept // 3 <= before < kept

    again = start(environment, file)
    said = json.loads(again.communicate()[0])

    assert again.returncode == 3
    assert said["messages"] == len(texts)
    counted = [one for outcomes in said["outcomes"].values() for one in outcomes.items()]
    assert sum(count for outcome, count in counted if outcome == "al-ontvangen") == before + len(texts) - kept
    assert Inbox.objects.count() == kept
    assert state(feed) == meant
