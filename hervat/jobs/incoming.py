"""Lets the terms of what came from the personnel system end, each night.

Must never: destroy what waits before a term was accepted for it. Read next:
`../exchange/actions/expiring.py`, docs/personnel-feed.md (How long).
"""

from datetime import datetime

from hervat.access.feed import Feed
from hervat.exchange.actions.expiring import clear
from hervat.jobs.permits import is_demo
from hervat.organisation.rules.postings import day_of
from hervat.register.vocabulary import Source


def clear_incoming(at: datetime) -> int:
    """Let them end; return how many messages were destroyed and numbers forgotten."""
    feed = Feed(on=day_of(at), source=Source.JOB, demo=is_demo())
    done = clear(permit=feed.everywhere(), destroys=feed.destroys_quarantine)
    return done.destroyed + done.forgotten
