"""Tells the queue which jobs there are: one task and one queue for each name of the schedule.

Must never: give a task an argument that says something of a person; see `queue.py`. Read next: `schedule.py`.
"""

from datetime import UTC, datetime

from django.db import connections
from procrastinate.contrib.django import app

from hervat.jobs.schedule import JOBS, Scheduled


def _add(job: Scheduled) -> None:
    """One at a time, and at most one waiting: what is late is done once, not as often as it was missed."""

    def run(timestamp: int) -> int:
        try:
            return JOBS[job.name].run(datetime.now(UTC))
        finally:
            # Each job may get a thread of its own, and a thread that ends leaves its connections open.
            connections.close_all()

    made = app.task(name=job.name, queue=job.name, lock=job.name, queueing_lock=job.name)(run)
    app.periodic(cron=job.cron)(made)


for _job in JOBS.values():
    _add(_job)
