"""The queue in the database: what waits, what ran and how it ended, and how long that is kept.

A row names a job, a moment and at most the code of a user: a constraint sees to it
(`migrations/0001_queue_rights.py`). Must never: keep a finished row beyond the term stated here.
Read next: `running.py`, docs/jobs.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection

from hervat.register.vocabulary import Code

KEPT: Final = timedelta(days=30)
"""How long a finished row stays: long enough to look into a failure after somebody's leave."""

# Raw SQL: the tables are the library's, whose models of them cannot be written.
_FORGET = """
DELETE FROM procrastinate_jobs AS job
WHERE job.status IN ('succeeded', 'failed', 'cancelled', 'aborted')
    AND NOT EXISTS (SELECT FROM procrastinate_events AS event WHERE event.job_id = job.id AND event.at >= %s)
"""
_LAST = """
SELECT DISTINCT ON (job.queue_name) job.queue_name, job.status, happened.at
FROM procrastinate_jobs AS job CROSS JOIN LATERAL (
    SELECT max(event.at) AS at FROM procrastinate_events AS event WHERE event.job_id = job.id
) AS happened
WHERE job.task_name = job.queue_name
ORDER BY job.queue_name, job.id DESC
"""
_FAILED = """
SELECT queue_name, count(*) FILTER (WHERE status = 'failed'), count(*) FILTER (WHERE attempts > 1)
FROM procrastinate_jobs GROUP BY queue_name
"""
_FOR_DAY = "SELECT args ->> 'user' FROM procrastinate_jobs WHERE task_name = %s AND args ->> 'on' = %s"
_STATUS = "SELECT status FROM procrastinate_jobs WHERE id = %s"


class Outcome(Code):
    """How a job ended, or where it stands."""

    WAITING = "wacht"
    RUNNING = "loopt"
    DONE = "gelukt"
    FAILED = "mislukt"
    STOPPED = "afgebroken"


_OUTCOMES: Final[Mapping[str, Outcome]] = {
    "todo": Outcome.WAITING,
    "doing": Outcome.RUNNING,
    "succeeded": Outcome.DONE,
    "failed": Outcome.FAILED,
    "cancelled": Outcome.STOPPED,
    "aborting": Outcome.STOPPED,
    "aborted": Outcome.STOPPED,
}


@dataclass(frozen=True, slots=True)
class Last:
    """The newest run of a job, and what was retried or failed for good among the rows that are kept."""

    at: datetime | None = None
    outcome: Outcome | None = None
    failed: int = 0
    retried: int = 0


def last_runs() -> dict[str, Last]:
    """Return the newest run of each job by its name."""
    with connection.cursor() as cursor:
        cursor.execute(_FAILED)
        found = {name: Last(failed=failed, retried=retried) for name, failed, retried in cursor.fetchall()}
        cursor.execute(_LAST)
        newest = {name: (at, _OUTCOMES[status]) for name, status, at in cursor.fetchall()}
    for name, (at, outcome) in newest.items():
        found[name] = replace(found[name], at=at, outcome=outcome)
    return found


def outcome_of(run: int) -> Outcome | None:
    """Return where one run stands."""
    with connection.cursor() as cursor:
        cursor.execute(_STATUS, [run])
        found = cursor.fetchone()
    return _OUTCOMES[found[0]] if found else None


def users_with_a_row(task: str, on: date) -> set[UUID]:
    """Return for whom a task is in the queue for a day, whatever became of it."""
    with connection.cursor() as cursor:
        cursor.execute(_FOR_DAY, [task, on.isoformat()])
        return {UUID(row[0]) for row in cursor.fetchall()}


def forget_before(at: datetime) -> int:
    """Remove the rows that finished longer ago than they are kept; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [at - KEPT])
        return int(cursor.rowcount)
