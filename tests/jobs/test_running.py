"""The worker for real: a job runs as its role, leaves its line, and how it ended is told."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from hervat.cli.main import main
from hervat.jobs.queue import Outcome
from hervat.jobs.running import run_once, standings
from hervat.jobs.schedule import JOBS
from hervat.journal.actions.months import open_months
from hervat.journal.models import Line

pytestmark = pytest.mark.usefixtures("queue")


def told(name: str) -> tuple[Outcome | None, int]:
    (one,) = (one for one in standings() if one.job.name == name)
    return one.last.outcome, one.last.failed


@pytest.mark.parametrize("name", ["opruimen", "logmaanden"])
def test_a_job_runs_once_and_leaves_a_line_in_its_own_name(name: str) -> None:
    assert told(name) == (None, 0)
    before = Line.objects.order_by("-id").values_list("id", flat=True).first() or 0

    assert run_once(name) is Outcome.DONE

    assert told(name) == (Outcome.DONE, 0)
    (line,) = Line.objects.filter(id__gt=before, parent_span_id=None)
    assert (line.actor, line.source, line.outcome) == (name, "jobs", "gelukt")


def test_what_is_asked_for_once_runs_once_also_when_the_clock_says_that_it_is_time() -> None:
    hour = JOBS["opruimen"].cron.split()[0]
    with time_machine.travel(datetime(2026, 11, 23, 9, int(hour), 30, tzinfo=UTC)):
        assert run_once("opruimen") is Outcome.DONE
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == (1,)


def test_a_job_that_fails_is_told_of_and_does_not_stop_another(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(at: datetime) -> int:
        raise RuntimeError("Hier gaat het mis.")

    monkeypatch.setattr("hervat.jobs.tasks.JOBS", JOBS | {"opruimen": replace(JOBS["opruimen"], run=fails)})

    assert run_once("opruimen") is Outcome.FAILED
    assert told("opruimen") == (Outcome.FAILED, 1)
    assert run_once("logmaanden") is Outcome.DONE


def test_a_job_of_the_owner_needs_the_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.DATABASES, "owner", {"ENGINE": "django.db.backends.dummy"})

    with pytest.raises(ImproperlyConfigured, match="HERVAT_OWNER_DATABASE_URL"):
        run_once("logmaanden")
    assert run_once("opruimen") is Outcome.DONE


def test_a_month_that_is_not_there_is_opened_once(transactional_db: None) -> None:
    months = datetime.now(UTC).year * 12 + datetime.now(UTC).month - 1 + 14
    name = f"journal_line_{months // 12}_{months % 12 + 1:02}"
    ahead = open_months(14)
    assert open_months(14) == 0
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [name])
        assert (ahead, cursor.fetchone()) in {(1, (True,)), (2, (True,)), (0, (True,))}


def test_the_command_runs_lists_and_refuses(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["jobs", "once", "opruimen"]) == 0
    assert "opruimen: gelukt." in capsys.readouterr().out
    assert main(["jobs", "list"]) == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in JOBS)
    assert "gelukt" in listed
    assert main(["jobs", "once", "vernietig-alles"]) == 2
    assert "kies uit opruimen" in capsys.readouterr().err


def test_the_worker_does_not_start_with_the_key_that_seals(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HERVAT_JOURNAL_KEY", "PRIVATE+KEY+x")

    assert main(["jobs", "run"]) == 1
    assert "HERVAT_JOURNAL_KEY" in capsys.readouterr().err
