"""Tells the queue which jobs there are: one task and one queue for each name of the schedule.

The daily message is a task for each user, in the queue of the job that plans it. Must never: give a task an
argument that says something of a person; see `queue.py`. Read next: `schedule.py`.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from django.db import connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hervat.jobs import digest
from hervat.jobs.schedule import JOBS, Scheduled

# A mail server that is away for a while is back within the hour, or somebody has to look.
AGAIN: Final = RetryStrategy(max_attempts=5, linear_wait=300)


def _add(job: Scheduled) -> None:
    """One at a time, and at most one waiting: what is late is done once, not as often as it was missed."""

    def run(timestamp: int = 0) -> int:
        return _alone(lambda: JOBS[job.name].run(datetime.now(UTC)))

    made = app.task(name=job.name, queue=job.name, lock=job.name, queueing_lock=job.name)(run)
    if job.cron:
        app.periodic(cron=job.cron)(made)


def _alone(work: Callable[[], int]) -> int:
    try:
        return work()
    finally:
        # Each job may get a thread of its own, and a thread that ends leaves its connections open.
        connections.close_all()


for _job in JOBS.values():
    _add(_job)


@app.task(name=digest.ONE, queue=digest.NAME, retry=AGAIN)
def send_one(user: str, on: str) -> int:
    """Send one daily message."""
    return _alone(lambda: int(digest.send_digest(UUID(user), date.fromisoformat(on), at=datetime.now(UTC))))
