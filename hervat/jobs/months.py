"""Opens the months of the log that come, so that a line always has a place; as the owner of the database.

Must never: be the only thing that does so shortly before a month begins: a year is open ahead.
Read next: `../journal/actions/months.py`, docs/journal.md.
"""

from datetime import datetime

from django.db import transaction

from hervat.access.jobs import LOG_MONTHS
from hervat.jobs.permits import permit_of
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.actions.months import open_months
from hervat.journal.rules.line import Effect
from hervat.register.vocabulary import Operation


def open_log_months(at: datetime) -> int:
    """Open them; return how many are new. Who asks is logged, as for everything."""
    act = act_of(permit_of(LOG_MONTHS, at), Operation.OVERSEE, Effect.EXECUTE)
    opened = open_months()
    with transaction.atomic():
        record(act, [])
    return opened
