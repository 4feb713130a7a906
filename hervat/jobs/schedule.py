"""What runs when, as whom: every job of the house stands here and nowhere else.

A moment is a cron line in UTC, as the queue reads it; what goes by the clock of the Netherlands asks for
the hour itself. Must never: name a job that cannot be run twice without harm, or give the owner's rights to
one that can do without. Read next: `tasks.py` (how the queue learns of them), docs/jobs.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hervat.jobs.clearing import clear_expired
from hervat.jobs.months import open_log_months
from hervat.register.vocabulary import Code


class RunsAs(Code):
    """Under which role of the database a job runs."""

    APPLICATION = "toepassing"
    OWNER = "eigenaar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    """A job: its name, what it does, when (cron, in UTC, and in words), and as whom.

    `run` gets the moment and returns how many things it did.
    """

    name: str
    what: str
    cron: str
    when: str
    runs_as: RunsAs = RunsAs.APPLICATION
    run: Callable[[datetime], int]


_ALL = (
    Scheduled(
        name="opruimen",
        what="Wis verlopen sessies en codes, en oude regels van de wachtrij",
        cron="10 * * * *",
        when="elk uur",
        run=clear_expired,
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
