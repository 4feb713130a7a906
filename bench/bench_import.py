"""How fast messages are taken in one by one, and a first load by the bulk road; planning and log included.

On its own PostgreSQL, where commits reach the disk, through the door as the application's role; the bulk road
as the owner. Two feeds: as a personnel system sends it, much of it about who is not sick, and sick reports
only, the dearest message there is. Beside the clock stands the work of a core, which other work on the
machine hardly changes. Read next: `own_database.py`, docs/personnel-feed.md.
"""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Final

from bench.own_database import own_database

PEOPLE: Final = "HERVAT_BENCH_PEOPLE"
Figures = dict[str, object]


def run() -> Figures:
    people = int(os.environ.get(PEOPLE, "1500"))
    with own_database():
        return {**_messages(people)}


def _messages(people: int) -> Figures:
    from hervat.access.feed import Feed
    from hervat.cli.demo_feed import lines
    from hervat.exchange.actions.receive import receive
    from hervat.register.vocabulary import Source

    on = datetime.now(UTC).date()
    feed = Feed(on=on, source=Source.COMMAND_LINE, demo=True)
    tree, *mixed = lines(people, 1, on, 1)
    receive(admits=feed, text=tree)
    others = lines(people, 2, on, first=people)
    reports = {_who(one): one for one in others if '"kind":"ziekmelding","sent_at"' in one}

    def take_in(text: str) -> object:
        return receive(admits=feed, text=text)

    return _timed("mixed", take_in, mixed) | _timed("sick_reports", take_in, list(reports.values()))


def _timed(name: str, take_in: Callable[[str], object], texts: list[str]) -> Figures:
    for text in texts[:20]:
        take_in(text)
    began, worked = perf_counter(), process_time() + server_time()
    for text in texts[20:]:
        take_in(text)
    taken, work = perf_counter() - began, process_time() + server_time() - worked
    count = len(texts) - 20
    return {
        f"{name}_messages": count,
        f"{name}_per_second": round(count / taken),
        f"{name}_ms_of_a_core": 1000 * work / count,
    }


def _who(line: str) -> str:
    return str(json.loads(line)["facts"]["employee_number"])


def server_time() -> float:
    """Seconds that the server process of this connection ran; 0 where the machine does not tell."""
    from django.db import connection

    connection.ensure_connection()
    try:
        told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text()
    except OSError:
        return 0.0
    return int(told.split()[0]) / 1e9
