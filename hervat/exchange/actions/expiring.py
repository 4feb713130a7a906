"""Lets terms end: of what waits in quarantine, and of the numbers by which messages are known.

Must never: destroy what waits before somebody accepted a term for it, or forget a number that a message may
still come by. Read next: `quarantine.py`, `receive.py`, docs/personnel-feed.md (How long).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from hervat.dossiers.queries.permitted import permitted
from hervat.exchange.actions.quarantine import expire
from hervat.exchange.rules.vocabulary import KNOWN_DAYS
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.queries.prepared import ask
from hervat.journal.rules.line import Effect
from hervat.register.permit import Permit
from hervat.register.vocabulary import Operation

# Raw SQL: a function of the database, which forgets none before its term, at most fifty thousand at once.
_FORGET: Final = "SELECT exchange_forget(%s::timestamptz)"
_AT_ONCE: Final = 50_000


@dataclass(frozen=True, slots=True)
class Cleared:
    """How many messages that waited were destroyed, and how many numbers forgotten."""

    destroyed: int
    forgotten: int


def clear(*, permit: Permit, destroys: bool) -> Cleared:
    """Let terms end; `destroys` says that a term for what waits was accepted (`Feed.destroys_quarantine`)."""
    return Cleared(expire(permit=permit) if destroys else 0, forget_numbers(permit=permit))


def forget_numbers(*, permit: Permit) -> int:
    """Forget the numbers of messages that came more than five years ago, and return how many."""
    before = datetime.combine(permit.on - timedelta(days=KNOWN_DAYS), time(), UTC)
    act = act_of(permit, Operation.REPORT_SICKNESS, Effect.DELETE)
    total = 0
    while True:
        with permitted(permit):
            gone = int(ask(_FORGET, [before])[0][0])
            total += gone
            if gone < _AT_ONCE:
                # A number is about nobody: the line says who forgot, and when.
                record(act, [])
                return total
