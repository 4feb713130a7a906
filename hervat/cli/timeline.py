"""`hervat timeline`: one question per line in, one timeline per line out, in order.

JSON Lines from a file or standard input; a bad line becomes an error object in its place and a line on
stderr, and the others go on; exit 1 at the end. Must never: stop at a bad line, keep more than one
line, or repeat in an error what somebody typed. Read next: `../law/reading.py`, `../../docs/timeline.md`.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO, NoReturn
from zoneinfo import ZoneInfo

from hervat.law.errors import InputError, LawError
from hervat.law.reading import read_day, read_situation
from hervat.law.timeline import Timeline, timeline
from hervat.law.writing import explain, timeline_data

LONGEST_LINE = 256 * 1024
# one encoder for all lines; our own data holds no circles to look for
_ENCODE = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
_HOW = 'Schrijf op elke regel één JSON-object, bijvoorbeeld {"spells": [["2023-01-02", null]]}.'


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "timeline", help="bereken de stappen van de Wet verbetering poortwachter, met uitleg"
    )
    parser.add_argument(
        "file", nargs="?", default="-", metavar="BESTAND", help="JSON Lines; - of niets: standaardinvoer"
    )
    parser.add_argument("--explain", action="store_true", help="druk de redenen af voor mensen, geen JSON")
    parser.add_argument(
        "--on", type=_on, default=None, metavar="DATUM", help="de dag voor regels zonder eigen 'on' (vandaag)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Answer every line; 0 when all were good, 1 when one was not."""
    on = arguments.on or datetime.now(ZoneInfo("Europe/Amsterdam")).date()
    with ExitStack() as opened:
        try:
            lines = _open(arguments.file, opened)
        except OSError:
            print(
                "hervat timeline: het bestand is niet te lezen; controleer pad en rechten.", file=sys.stderr
            )
            return 1
        bad = sum(
            not _answer(number, line, on, arguments.explain) for number, line in enumerate(_lines(lines), 1)
        )
    return 1 if bad else 0


def _open(name: str, opened: ExitStack) -> BinaryIO:
    return sys.stdin.buffer if name == "-" else opened.enter_context(Path(name).open("rb"))


def _lines(lines: BinaryIO) -> Iterator[bytes | None]:
    """Return each line; None for one that is too long, of which the rest is read past."""
    while line := lines.readline(LONGEST_LINE + 1):
        if len(line) <= LONGEST_LINE or line.endswith(b"\n"):
            yield line
            continue
        while (rest := lines.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
            pass
        yield None


def _answer(number: int, line: bytes | None, on: date, explained: bool) -> bool:
    """Print the answer to one line at once, so that whoever sends lines can wait for each."""
    try:
        found = _timeline(line, on)
    except LawError as error:
        print(f"hervat timeline: regel {number}: {error}", file=sys.stderr, flush=True)
        fault = {"error": error.problem, "line": number, "what_to_do": error.remedy}
        shown = f"Regel {number}: {error}\n" if explained else _ENCODE(fault)
        print(shown, flush=True)
        return False
    if explained:
        print(f"Regel {number}", *explain(found), "", sep="\n", flush=True)
    else:
        print(_ENCODE(timeline_data(found)), flush=True)
    return True


def _timeline(line: bytes | None, on: date) -> Timeline:
    if line is None:
        raise InputError("De regel is te lang.", f"Een regel heeft ten hoogste {LONGEST_LINE // 1024} KiB.")
    situation, own = read_situation(_parse(line))
    return timeline(situation, on=own or on)


def _parse(line: bytes) -> object:
    try:
        text = line.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise InputError("De regel is geen UTF-8.", "Sla het bestand op als UTF-8.") from None
    if not text:
        raise InputError("De regel is leeg.", "Haal hem weg, of zet er één JSON-object op.")
    try:
        return _DECODER.decode(text)
    except RecursionError:
        raise InputError("De regel is te diep genest.", _HOW) from None
    except InputError:
        raise
    except ValueError:
        raise InputError("De regel is geen geldige JSON.", _HOW) from None


def _refuse_constant(_: str) -> NoReturn:
    raise InputError("NaN en Infinity zijn geen JSON.", "Gebruik alleen datums, gehele getallen en tekst.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise InputError("Een sleutel staat er twee keer.", "Laat er één staan.")
    return found


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant, object_pairs_hook=_once)


def _on(given: str) -> date:
    try:
        return read_day(given, "--on")
    except InputError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
