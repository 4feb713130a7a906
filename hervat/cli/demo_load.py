"""`hervat demo load`: a crowd of dossiers in a demo, up to a million, in every phase and as real ones are.

Sealed under keys of each person, found by name and number, with a course, what is due and how it stands; no
line in the log tells of them, for nobody did anything. Whoever stops it goes on later with what is not there.
Must never: load into a database that no demo made, or while a demo serves it: meanwhile it has no indexes.
Read next: `crowd_loading.py`, docs/personnel-feed.md (the road for real dossiers).
"""

import argparse
import shutil
import signal
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hervat.cli.parser import in_range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hervat.cli.crowd_loading import Chunk

_MOST: Final = 1_000_000
_ROOM: Final = 26_000
"""Bytes of disk that a dossier takes while it is loaded, its share of the log of the database included."""
_COMMAND: Final = "hervat demo load"
_NO_DEMO: Final = (
    "deze database is niet door hervat demo gemaakt, dus hier worden geen verzonnen dossiers geladen. "
    "Haal HERVAT_DATABASE_URL en HERVAT_OWNER_DATABASE_URL uit de omgeving voor een eigen database."
)


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = verbs.add_parser("load", help="laad zeer veel verzonnen dossiers in de demo, om mee te meten")
    parser.add_argument(
        "--dossiers", type=in_range(1, _MOST), required=True, metavar="N", help="hoeveel er dan zijn"
    )
    parser.add_argument(
        "--processes", type=in_range(1, 16), default=2, metavar="N", help="hoeveel tegelijk (2)"
    )
    parser.set_defaults(run=_run)


def mend() -> None:
    """Make the indexes again that a load took off and, killed, did not put back."""
    from django.conf import settings

    from hervat.cli.crowd_copying import put_back
    from hervat.config.provision import connect

    with connect(settings.DATABASES["owner"]) as owner:
        put_back(owner)


def _run(arguments: argparse.Namespace) -> int:
    from django.core.exceptions import ImproperlyConfigured

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    try:
        with ExitStack() as running:
            return _load(arguments.dossiers, arguments.processes, stop, running)
    except ImproperlyConfigured as error:
        return _cannot(str(error))


def _load(count: int, processes: int, stop: threading.Event, running: ExitStack) -> int:
    from hervat.cli.demo import prepare, set_environment, take_the_only_place, use_database
    from hervat.config.home import data_home, open_home

    home = open_home(data_home())
    take_the_only_place(home, running)
    use_database(home, running)
    set_environment(home)
    if not prepare(home):
        return _cannot(_NO_DEMO)
    from hervat.cli.administering import today
    from hervat.cli.crowd_loading import load_units, to_load

    load_units()
    chunks = to_load(count, on=today(), with_course=True)
    left = sum(one.end - one.start - one.done for one in chunks)
    if not left:
        print(f"Er zijn al {count} dossiers geladen; er komt niets bij.")
        return 0
    short = _short_of_room(home, left)
    if short:
        return _cannot(short)
    return _fill(chunks, left, count, processes, stop)


def _fill(chunks: "Sequence[Chunk]", left: int, count: int, processes: int, stop: threading.Event) -> int:
    from django.conf import settings
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from hervat.cli import crowd_rows as rows
    from hervat.cli.crowd_copying import without_indexes
    from hervat.cli.crowd_loading import loaded, tidy
    from hervat.config.provision import connect

    console, began, done = Console(stderr=True), time.perf_counter(), 0
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with connect(settings.DATABASES["owner"]) as owner:
        with without_indexes(owner, rows.INDEXED_LATER), Progress(*columns, console=console) as bar:
            task = bar.add_task("Dossiers", total=left)
            for one in loaded(chunks, processes, stopped=stop.is_set):
                done += one.dossiers
                rate = done / (time.perf_counter() - began)
                bar.update(task, completed=done, description=f"Dossiers ({rate:.0f} per seconde)")
            copied = time.perf_counter()
            console.print("De indexen worden gemaakt …")
        indexed = time.perf_counter()
    tidy()
    seconds = indexed - began
    print(
        f"{done} dossiers geladen in {seconds:.1f} s ({done / seconds:.0f} per seconde), waarvan "
        f"{indexed - copied:.1f} s voor de indexen."
    )
    if done < left:
        print(f"Gestopt: {left - done} dossiers zijn er nog niet. Geef dezelfde opdracht om verder te gaan.")
        return 1
    print(f"Er zijn nu {count} geladen dossiers. Start de demo: ./dev demo")
    return 0


def _short_of_room(home: Path, dossiers: int) -> str | None:
    free, wanted = shutil.disk_usage(home).free, dossiers * _ROOM
    if free >= wanted:
        return None
    return (
        f"er is {free / 1e9:.1f} GB vrij, en {dossiers} dossiers nemen tijdens het laden ongeveer "
        f"{wanted / 1e9:.1f} GB. Maak ruimte, of laad er minder."
    )


def _cannot(why: str) -> int:
    print(f"{_COMMAND}: {why}", file=sys.stderr)
    return 1
