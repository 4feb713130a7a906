"""How fast messages are taken in one by one, and a first load by the bulk road; planning and log included.

On its own PostgreSQL, where commits reach the disk, through the door as the application's role; the bulk road
as the owner. Two feeds: as a personnel system sends it, much of it about who is not sick, and sick reports
only, the dearest message there is. Beside the clock stands the work of a core, which other work on the
machine hardly changes. Read next: `own_database.py`, docs/personnel-feed.md.
"""

import json
import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, Final

from bench.own_database import own_database
from hervat.cli.demo_feed_people import invent

PEOPLE: Final = "HERVAT_BENCH_PEOPLE"
ROWS: Final = "HERVAT_BENCH_ROWS"
FIRST_ROW: Final = 40_000
Figures = dict[str, object]


def run() -> Figures:
    people = int(os.environ.get(PEOPLE, "1500"))
    with own_database():
        return {**_messages(people), **_bulk(int(os.environ.get(ROWS, "10000")))}


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

    delivery = list(lines(people, 3, on, first=2 * people))[1:]
    return (
        _delivered(feed, delivery)
        | _timed("mixed", take_in, mixed)
        | _timed("sick_reports", take_in, list(reports.values()))
    )


def _bulk(count: int) -> Figures:
    """The command itself, from the file to the last commit, on as many processes as there are cores."""
    from hervat.access.feed import Feed
    from hervat.cli.import_dossiers import load_good
    from hervat.exchange.rules.sheet import GoodRow, read_row
    from hervat.register.vocabulary import Source

    on = datetime.now(UTC).date()
    feed = Feed(on=on, source=Source.COMMAND_LINE, demo=True)
    figures: Figures = {"bulk_rows": count}
    cores = min(2, os.cpu_count() or 1)
    for processes, share in ((1, range(count)), (cores, range(count, 2 * count))):
        cells = [_cells(FIRST_ROW + number, on) for number in share]
        began = perf_counter()
        rows = [
            (number, row) for number, one in enumerate(cells) if isinstance(row := read_row(one, on), GoodRow)
        ]
        read = perf_counter() - began
        done = sum(1 for _ in load_good(feed, rows, processes))
        name = f"bulk_{processes}_processes"
        figures[f"{name}_per_second"] = round(done / (perf_counter() - began))
        figures[f"{name}_reading_seconds"] = read
    return figures


def _cells(number: int, on: date) -> dict[str, object]:
    """Return the row of an invented person, sick for up to two years."""
    who = invent(number, 1)
    return {
        "employee_number": who.employee_number,
        "person.name": who.name,
        "person.bsn": who.bsn,
        "person.birth_date": who.born,
        "person.sex": who.sex.value,
        "person.address.street": f"Nergensstraat {number}",
        "person.address.postcode": "0000 ZZ",
        "person.address.town": "Nergenshuizen",
        "person.email": f"{who.employee_number.lower()}@demo.hervat.invalid",
        "person.phone": "+31 6 00000000",
        "appointment.unit": who.unit,
        "appointment.service_branch": who.branch.value,
        "appointment.job_description": who.job,
        "first_sick_on": on - timedelta(days=3 + number % 700),
    }


def _delivered(feed: Any, texts: list[str]) -> Figures:
    """Take in a file of messages as the command does, on as many processes as there are cores."""
    from hervat.cli.import_side_by_side import portions, side_by_side

    cores = min(2, os.cpu_count() or 1)
    began = perf_counter()
    with side_by_side(feed, cores) as take_in:
        done = sum(len(list(take_in(one.lines))) for one in portions((text, len(text)) for text in texts))
    return {
        "delivered_messages": done,
        f"delivered_on_{cores}_processes_per_second": round(done / (perf_counter() - began)),
    }


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
