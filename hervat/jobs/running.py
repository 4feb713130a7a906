"""Runs the worker, one job at once, and says how each stands; for `hervat jobs`.

The worker takes the queues of its role and starts what is due. Must never: print, or run a job of the owner
without the owner's address. Read next: `schedule.py`, `queue.py`, ../cli/jobs.py.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.periodic import PeriodicRegistry

from hervat.jobs.queue import Last, Outcome, last_runs, outcome_of
from hervat.jobs.schedule import JOBS, RunsAs, Scheduled, names_for
from hervat.organisation.rules.postings import AMSTERDAM

_OVER: Final = frozenset({Outcome.DONE, Outcome.FAILED, Outcome.STOPPED})
_LONGEST: Final = 600.0


@dataclass(frozen=True, slots=True)
class Standing:
    """A job with how it last went and when it is due again."""

    job: Scheduled
    last: Last
    next_at: datetime | None


def standings() -> tuple[Standing, ...]:
    """Return every job and how it stands."""
    last = last_runs()
    return tuple(Standing(job, last.get(name, Last()), _next(name)) for name, job in JOBS.items())


def work(runs_as: RunsAs) -> None:
    """Work until SIGINT or SIGTERM: the job that runs is finished first."""
    _demand(runs_as)
    _run(names_for(runs_as), wait=True)


def run_once(name: str) -> Outcome | None:
    """Run one job now and return how it ended; one that runs already is waited for. Raises `KeyError`."""
    job = JOBS[name]
    _demand(job.runs_as)
    try:
        run = app.configure_task(name).defer(timestamp=int(time.time()))
    except AlreadyEnqueued:
        _run((name,), wait=False)
        return last_runs().get(name, Last()).outcome
    until = time.monotonic() + _LONGEST
    while (outcome := outcome_of(run)) not in _OVER and time.monotonic() < until:
        _run((name,), wait=False)
    return outcome


def _next(name: str) -> datetime | None:
    import hervat.jobs.tasks  # noqa: F401 - what tells the queue of every job

    if not JOBS[name].cron:
        return None
    planned = app.periodic_registry.periodic_tasks[name, ""].croniter
    moment = datetime.fromtimestamp(planned.get_next(float, start_time=time.time()), tz=UTC)
    while moment.astimezone(AMSTERDAM).hour < JOBS[name].from_hour:
        moment = datetime.fromtimestamp(planned.get_next(float), tz=UTC)
    return moment


def _demand(runs_as: RunsAs) -> None:
    if runs_as is RunsAs.OWNER and settings.DATABASES["owner"]["ENGINE"].endswith("dummy"):
        raise ImproperlyConfigured(
            "Deze taak werkt als eigenaar van de database, en die is niet genoemd. "
            "Zet HERVAT_OWNER_DATABASE_URL; zie docs/jobs.md."
        )


def _run(queues: Sequence[str], *, wait: bool) -> None:
    waiting = DjangoConnector().get_worker_connector()
    with app.replace_connector(waiting) as worker, _by_the_clock(worker, wait):
        worker.run_worker(queues=list(queues), wait=wait, name="hervat", listen_notify=wait)


@contextmanager
def _by_the_clock(worker: App, goes_on: bool) -> Iterator[None]:
    """Only a worker that goes on starts what the clock says: else what is asked for once could run twice."""
    kept = worker.periodic_registry
    if not goes_on:
        worker.periodic_registry = PeriodicRegistry()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        worker.periodic_registry = kept
