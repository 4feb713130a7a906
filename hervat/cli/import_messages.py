"""`hervat import messages`: takes in messages from a file or stdin, one transaction each.

A progress bar where somebody watches, and a summary per kind and outcome. Killed and started again it loses
and doubles nothing. Must never: print what a message says; of a bad one it says line and fault.
Read next: `../exchange/actions/receive.py`, docs/personnel-feed.md.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from hervat.cli.administering import guarded, today
from hervat.cli.import_side_by_side import Stopped, portions, side_by_side
from hervat.cli.parser import in_range

if TYPE_CHECKING:
    from hervat.exchange.actions.receive import Received

IN_QUARANTINE: Final = 3
_COMMAND: Final = "hervat import messages"
_MOST_FAULTS: Final = 20


@dataclass(slots=True)
class Summary:
    """How many of each kind had which outcome; `faults` are the first, by line."""

    counted: Counter[tuple[str, str]] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[int, str]] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def messages(self) -> int:
        return sum(self.counted.values())

    def add(self, line: int, received: "Received") -> None:
        self.counted[received.kind.value if received.kind else "?", received.outcome.value] += 1
        if received.fault is not None:
            self.codes[received.fault.code.value] += 1
            if len(self.faults) < _MOST_FAULTS:
                self.faults.append((line, received.fault.text))


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = verbs.add_parser("messages", help="neem berichten van het personeelssysteem in")
    parser.add_argument(
        "file", metavar="BESTAND", help="JSON Lines: een bericht per regel; - leest van stdin"
    )
    parser.add_argument(
        "--processes", type=in_range(1, 16), default=2, metavar="N", help="hoeveel personen tegelijk (2)"
    )
    parser.add_argument("--json", action="store_true", help="de samenvatting als JSON")
    parser.set_defaults(run=guarded(_COMMAND, _run))


def _run(arguments: argparse.Namespace) -> int:
    from hervat.access.feed import Feed
    from hervat.config.demo import is_demo
    from hervat.register.vocabulary import Source
    from hervat.vault.rules.sealing import VaultError

    feed, summary = Feed(on=today(), source=Source.COMMAND_LINE, demo=is_demo()), Summary()
    try:
        with _lines(arguments.file) as (lines, size):
            _take_in(feed, lines, size, arguments.processes, summary)
    except Stopped:
        return _cannot("een proces stopte voor zijn berichten klaar waren. Geef dezelfde opdracht nog eens.")
    except (OSError, UnicodeDecodeError):
        return _cannot("dit bestand is niet te lezen. Geef een bestand in UTF-8, of - voor stdin.")
    except VaultError as error:
        return _cannot(str(error))
    _print_json(summary) if arguments.json else _print(summary)
    return IN_QUARANTINE if summary.codes else 0


def _take_in(
    feed: Any, lines: Iterator[tuple[str, int]], size: int | None, processes: int, summary: Summary
) -> None:
    began = time.perf_counter()
    with _progress(size) as advance, side_by_side(feed, processes) as take_in:
        # From stdin they come when they come: none waits for the next.
        for portion in portions(lines) if size is not None else portions(lines, size=1):
            for number, received in sorted(take_in(portion.lines), key=itemgetter(0)):
                summary.add(number, received)
            advance(portion.length, summary.messages, time.perf_counter() - began)
    summary.seconds = time.perf_counter() - began


@contextmanager
def _lines(named: str) -> Iterator[tuple[Iterator[tuple[str, int]], int | None]]:
    if named == "-":
        yield _read(sys.stdin.buffer), None
        return
    path = Path(named)
    with path.open("rb") as opened:
        yield _read(opened), path.stat().st_size


def _read(opened: IO[bytes]) -> Iterator[tuple[str, int]]:
    """Yield each line with its length; one that is no UTF-8 is a bad message and not the end."""
    for number, line in enumerate(opened):
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        yield text.removeprefix("\ufeff") if number == 0 else text, len(line)


@contextmanager
def _progress(size: int | None) -> Iterator[Any]:
    """Show how far it is, on a terminal only; elsewhere nothing."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda *_: None
        return
    columns = (SpinnerColumn(), BarColumn(), TaskProgressColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=size)

        def advance(length: int, messages: int, seconds: float) -> None:
            rate = messages / seconds if seconds else 0
            progress.update(task, advance=length, description=f"{messages} berichten, {rate:.0f} per seconde")

        yield advance


def _print(summary: Summary) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    from hervat.exchange.rules.vocabulary import KIND_NAMES, OUTCOME_NAMES, MessageKind, Outcome

    table = Table("Bericht", "Uitkomst", "Aantal", box=SIMPLE_HEAD, pad_edge=False)
    for (kind, outcome), count in sorted(summary.counted.items()):
        name = KIND_NAMES[MessageKind(kind)] if kind != "?" else "niet te lezen"
        table.add_row(name, OUTCOME_NAMES[Outcome(outcome)], str(count))
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 120, highlight=False)
    console.print(table)
    rate = summary.messages / summary.seconds if summary.seconds else 0
    print(f"{summary.messages} berichten in {summary.seconds:.1f} s ({rate:.0f} per seconde).")
    for line, text in summary.faults:
        console.print(f"Regel {line}: {text}", markup=False, soft_wrap=True)
    if summary.codes:
        waiting = sum(summary.codes.values())
        print(f"In quarantaine: {waiting}. Een P&O-adviseur ziet ze onder Quarantaine en handelt ze af.")


def _print_json(summary: Summary) -> None:
    said = {
        "messages": summary.messages,
        "seconds": round(summary.seconds, 3),
        "outcomes": _by_kind(summary),
        "faults": dict(sorted(summary.codes.items())),
    }
    print(json.dumps(said, ensure_ascii=False, indent=2))


def _by_kind(summary: Summary) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for (kind, outcome), count in sorted(summary.counted.items()):
        found.setdefault(kind, {})[outcome] = count
    return found


def _cannot(why: str) -> int:
    print(f"{_COMMAND}: {why}", file=sys.stderr)
    return 1
