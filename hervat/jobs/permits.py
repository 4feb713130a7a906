"""The permit of a job, asked at the door for one run.

Must never: make one itself. Read next: `../access/jobs.py` (what each may), `../access/door.py`.
"""

from datetime import datetime

from hervat.access import door
from hervat.access.jobs import Job
from hervat.journal.actions.append import begin
from hervat.organisation.rules.postings import day_of
from hervat.register.permit import Permit


def permit_of(job: Job, at: datetime) -> Permit:
    """Return the permit of a job about users or the log. Raises `NoPurpose` where the register is silent."""
    on = day_of(at)
    purpose = door.desk_purpose(min(job.operations), on)
    return door.for_job(job, purpose, on=on, trace=begin())
