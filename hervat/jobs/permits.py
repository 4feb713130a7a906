"""The permit of a job, asked at the door for one run.

Must never: make one itself. Read next: `../access/jobs.py` (what each may), `../access/door.py`.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from hervat.access import door
from hervat.access.jobs import Job
from hervat.journal.actions.append import begin
from hervat.organisation.rules.postings import day_of
from hervat.register import in_force
from hervat.register.permit import Permit


def permit_of(job: Job, at: datetime) -> Permit:
    """Return the permit of a job about users or the log. Raises `NoPurpose` where the register is silent."""
    on = day_of(at)
    purpose = door.desk_purpose(min(job.operations), on)
    return door.for_job(job, purpose, on=on, trace=begin())


def permit_over(job: Job, at: datetime, units: frozenset[UUID]) -> Permit:
    """Return the permit of a job over the dossiers of some units. Raises `NoPurpose` likewise."""
    on = day_of(at)
    register = in_force.history().on(on)
    fitting = [one for one in register.reading.purposes.values() if job.operations <= set(one.operations)]
    if not fitting:
        raise door.NoPurpose(register, min(job.operations))
    return door.for_job(job, fitting[0].id, on=on, trace=begin(), units=units, demo=is_demo())


def is_demo() -> bool:
    """Return whether the acceptances of the demonstration count here."""
    return bool(import_string(settings.DEMO_DATABASE)())
