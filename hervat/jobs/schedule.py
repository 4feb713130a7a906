"""What runs when, as whom: every job of the house stands here and nowhere else.

A moment is a cron line in UTC, as the queue reads it; what goes by the clock of the Netherlands asks for
the hour itself. Must never: name a job that cannot be run twice without harm, or give the owner's rights to
one that can do without. Read next: `tasks.py` (how the queue learns of them), docs/jobs.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from hervat.jobs.clearing import clear_expired
from hervat.jobs.digest import FIRST_HOUR, NAME, ONE, plan_digests
from hervat.jobs.incoming import clear_incoming
from hervat.jobs.months import open_log_months
from hervat.jobs.replanning import plan_all, plan_turning
from hervat.register.vocabulary import Code


class RunsAs(Code):
    """Under which role of the database a job runs."""

    APPLICATION = "toepassing"
    OWNER = "eigenaar"


def send_digests(at: datetime) -> int:
    """Put the messages of today in the queue, where each is sent and tried again by itself."""
    from procrastinate.contrib.django import app

    def put(user: UUID, on: date) -> None:
        lock = f"{ONE}:{user}:{on}"
        app.configure_task(ONE, lock=lock, queueing_lock=lock).defer(user=str(user), on=on.isoformat())

    return plan_digests(at, put=put)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    """A job: its name, what it does, when (cron, in UTC, and in words; without, when asked), and as whom.

    `run` gets the moment and returns how many things it did. Before `from_hour`, by the clock of the
    Netherlands, it does nothing.
    """

    name: str
    what: str
    cron: str
    when: str
    runs_as: RunsAs = RunsAs.APPLICATION
    run: Callable[[datetime], int]
    from_hour: int = 0


_ALL = (
    Scheduled(
        name="opruimen",
        what="Wis verlopen sessies en codes, en oude regels van de wachtrij",
        cron="10 * * * *",
        when="elk uur",
        run=clear_expired,
    ),
    Scheduled(
        name="berichten",
        what="Vernietig wat te lang in quarantaine staat, en vergeet oude nummers van berichten",
        cron="40 2 * * *",
        when="elke nacht",
        run=clear_incoming,
    ),
    Scheduled(
        name="omslag",
        what="Plan opnieuw voor wie een verlof begint of eindigt",
        # Midnight in Amsterdam is 22 or 23 hours, UTC; the other of the two finds nothing left to do.
        cron="5 22,23 * * *",
        when="elke nacht",
        run=plan_turning,
    ),
    Scheduled(
        name="herplannen",
        what="Plan alle lopende trajecten opnieuw, na een wijziging van de wet",
        cron="",
        when="met de hand",
        run=plan_all,
    ),
    Scheduled(
        name=NAME,
        what="Stuur iedereen met werk hoeveel er te doen is, zonder te zeggen over wie",
        # By the clock of the Netherlands it begins at seven; those before that do nothing.
        cron="*/15 5-8 * * 1-5",
        when="werkdagen 7.00",
        run=send_digests,
        from_hour=FIRST_HOUR,
    ),
    Scheduled(
        name="logmaanden",
        what="Maak plaats voor de komende maanden van het logboek",
        cron="20 3 * * *",
        when="elke nacht",
        runs_as=RunsAs.OWNER,
        run=open_log_months,
    ),
)
JOBS: Final[Mapping[str, Scheduled]] = {job.name: job for job in _ALL}


def names_for(runs_as: RunsAs) -> tuple[str, ...]:
    """Return the jobs of one role; each has a queue of its own name."""
    return tuple(job.name for job in JOBS.values() if job.runs_as is runs_as)
