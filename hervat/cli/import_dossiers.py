"""`hervat import dossiers`: a first load from a sheet, with a template and a file of faults.

Row by row, or with --bulk hundreds at once and on several processes. A row with a fault is not loaded and
stands in the file of faults; put right, that file can be given again. Must never: print what a cell holds.
Read next: `sheets.py`, `../exchange/actions/loading.py`, docs/personnel-feed.md.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hervat.cli.administering import guarded, today
from hervat.cli.parser import in_range

if TYPE_CHECKING:
    from hervat.access.feed import Feed
    from hervat.exchange.actions.loading import Loaded
    from hervat.exchange.rules.sheet import GoodRow

WITH_FAULTS: Final = 3
_COMMAND: Final = "hervat import dossiers"
_MOST_SHOWN: Final = 20


@dataclass(slots=True)
class Summary:
    """What became of the rows; `faults` by the number of the row in its file."""

    counted: Counter[str] = field(default_factory=Counter)
    faults: dict[int, Any] = field(default_factory=dict)
    seconds: float = 0.0

    def add(self, row: int, loaded: "Loaded") -> None:
        if isinstance(loaded, tuple):
            self.counted["fout"] += 1
            self.faults[row] = loaded
        else:
            self.counted[loaded.value] += 1


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = verbs.add_parser("dossiers", help="laad dossiers uit een CSV-bestand of XLSX-werkmap")
    parser.add_argument("file", type=Path, metavar="BESTAND", help="het bestand, of waar het sjabloon komt")
    parser.add_argument("--template", choices=["csv", "xlsx"], help="schrijf een leeg sjabloon")
    parser.add_argument(
        "--errors", type=Path, metavar="BESTAND", help="schrijf de rijen met fouten hier, om te verbeteren"
    )
    parser.add_argument("--bulk", action="store_true", help="de snelle weg, voor duizenden rijen")
    parser.add_argument(
        "--processes", type=in_range(1, 16), default=2, metavar="N", help="met --bulk: hoeveel tegelijk (2)"
    )
    parser.add_argument("--json", action="store_true", help="de samenvatting als JSON")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    # A template needs no database.
    return _template(arguments) if arguments.template else guarded(_COMMAND, _load)(arguments)


def _template(arguments: argparse.Namespace) -> int:
    from hervat.cli.sheets import write_template
    from hervat.exchange.rules.sheet import COLUMNS

    try:
        write_template(arguments.file, arguments.template, list(COLUMNS))
    except OSError:
        return _cannot("hier is niet te schrijven. Kies een andere plek.")
    print(f"Sjabloon geschreven: {arguments.file}")
    return 0


def _load(arguments: argparse.Namespace) -> int:
    from hervat.access.feed import Feed
    from hervat.cli.sheets import SheetUnreadable, read_sheet, write_csv
    from hervat.config.demo import is_demo
    from hervat.exchange.rules.sheet import HeaderFault, read_header
    from hervat.register.vocabulary import Source
    from hervat.vault.rules.sealing import VaultError

    feed, summary = Feed(on=today(), source=Source.COMMAND_LINE, demo=is_demo()), Summary()
    began = time.perf_counter()
    try:
        header, *rows = read_sheet(arguments.file)
        places = read_header(header)
        good = list(_good(rows, places, feed, summary))
        for row, loaded in _loaded(feed, good, arguments):
            summary.add(row, loaded)
        summary.seconds = time.perf_counter() - began
        if arguments.errors:
            write_csv(arguments.errors, _with_faults(header, rows, summary))
    except (SheetUnreadable, HeaderFault, VaultError) as error:
        return _cannot(str(error))
    except ValueError:
        return _cannot("in dit bestand staat niets. Gebruik het sjabloon: --template csv of --template xlsx.")
    except OSError:
        return _cannot("dit bestand is niet te lezen of te schrijven. Controleer de plek.")
    _print_json(summary) if arguments.json else _print(summary)
    return WITH_FAULTS if summary.faults else 0


def _good(
    rows: Sequence[Sequence[object]], places: dict[int, str], feed: "Feed", summary: Summary
) -> "Iterator[tuple[int, GoodRow]]":
    """Yield the rows that can be loaded, with their number; of the others the faults are kept."""
    from hervat.exchange.rules.sheet import read_row

    for number, cells in enumerate(rows, 2):
        said = {member: cells[place] for place, member in places.items() if place < len(cells)}
        read = read_row(said, feed.on)
        if isinstance(read, tuple):
            summary.add(number, read)
        else:
            yield number, read


def _loaded(
    feed: "Feed", good: "Sequence[tuple[int, GoodRow]]", arguments: argparse.Namespace
) -> "Iterator[tuple[int, Loaded]]":
    from hervat.exchange.actions.loading import load_row

    if arguments.bulk:
        yield from load_good(feed, good, arguments.processes)
        return
    for number, row in good:
        yield number, load_row(admits=feed, row=row)


def load_good(
    feed: "Feed", good: "Sequence[tuple[int, GoodRow]]", processes: int
) -> "Iterator[tuple[int, Loaded]]":
    """Load rows by the bulk road, and yield what became of each, in their order."""
    from hervat.exchange.actions.loading import CHUNK

    chunks = [(feed, chunk) for chunk in _chunks(good, CHUNK)]
    if processes == 1 or len(chunks) == 1:
        yield from (one for chunk in map(_load_chunk, chunks) for one in chunk)
    else:
        yield from _on_processes(chunks, processes)


def _on_processes(chunks: Sequence[Any], processes: int) -> "Iterator[tuple[int, Loaded]]":
    from multiprocessing import get_context

    from django.db import connections

    connections.close_all()  # a connection is of one process
    with get_context("fork").Pool(processes) as pool:
        for chunk in pool.imap(_load_chunk, chunks):
            yield from chunk


def _load_chunk(work: "tuple[Feed, Sequence[tuple[int, GoodRow]]]") -> "list[tuple[int, Loaded]]":
    from hervat.exchange.actions.loading import load_rows

    feed, chunk = work
    loaded = load_rows(admits=feed, rows=[row for _, row in chunk])
    return [(number, one) for (number, _), one in zip(chunk, loaded, strict=True)]


def _chunks(rows: "Iterable[tuple[int, GoodRow]]", size: int) -> "Iterator[list[tuple[int, GoodRow]]]":
    waiting = iter(rows)
    while chunk := list(islice(waiting, size)):
        yield chunk


def _with_faults(
    header: Sequence[object], rows: Sequence[Sequence[object]], summary: Summary
) -> Iterator[list[object]]:
    from hervat.exchange.rules.sheet import FAULTS, ROW

    own = [
        place for place, one in enumerate(header) if str(one or "").strip().casefold() not in {ROW, FAULTS}
    ]
    yield [ROW, FAULTS, *(header[place] for place in own)]
    for number, faults in sorted(summary.faults.items()):
        cells = rows[number - 2]
        kept = [cells[place] if place < len(cells) else "" for place in own]
        yield [number, "; ".join(one.text for one in faults), *kept]


def _print(summary: Summary) -> None:
    from hervat.exchange.rules.vocabulary import OUTCOME_NAMES, Outcome

    names = {one.value: name for one, name in OUTCOME_NAMES.items()} | {
        "fout": "met een fout: niet geladen",
        Outcome.DUPLICATE.value: "had al een open dossier: overgeslagen",
    }
    for outcome, count in sorted(summary.counted.items()):
        print(f"{count:>8}  {names[outcome]}")
    total = sum(summary.counted.values())
    rate = total / summary.seconds if summary.seconds else 0
    print(f"{total} rijen in {summary.seconds:.1f} s ({rate:.0f} per seconde).")
    for number, faults in sorted(summary.faults.items())[:_MOST_SHOWN]:
        print(f"Rij {number}: {'; '.join(one.text for one in faults)}")


def _print_json(summary: Summary) -> None:
    said = {
        "rows": sum(summary.counted.values()),
        "seconds": round(summary.seconds, 3),
        "outcomes": dict(sorted(summary.counted.items())),
        "faults": [
            {"row": number, "column": one.column, "problem": one.problem}
            for number, faults in sorted(summary.faults.items())
            for one in faults
        ],
    }
    print(json.dumps(said, ensure_ascii=False, indent=2))


def _cannot(why: str) -> int:
    print(f"{_COMMAND}: {why}", file=sys.stderr)
    return 1
