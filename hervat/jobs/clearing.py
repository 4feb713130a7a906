"""Clears what has expired: sessions, codes of a first visit, and old rows of the queue.

Must never: end a session that still counts. Read next: `../organisation/actions/expiring.py`, `queue.py`.
"""

from datetime import datetime

from hervat.access.jobs import CLEARING
from hervat.jobs.permits import permit_of
from hervat.jobs.queue import forget_before
from hervat.organisation.actions.expiring import expire


def clear_expired(at: datetime) -> int:
    """Clear it; return how much."""
    gone = expire(permit=permit_of(CLEARING, at), at=at)
    return gone.sessions + gone.activations + forget_before(at)
