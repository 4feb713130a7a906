"""`hervat journal verify`: everything once more, against what was kept elsewhere.

Reads as the application and trusts only the public keys. On a terminal a bar shows how far it is; elsewhere
a line for every tenth. Must never: leave out a checkpoint that was asked for, or call good what was not
compared without saying so. Read next: `../journal/queries/verify.py`, docs/journal.md.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from hervat.cli.journal_keys import key_argument
from hervat.cli.journal_open import many, on_database, refuse
from hervat.cli.parser import WRONG_USAGE

if TYPE_CHECKING:
    from hervat.journal.queries.findings import Report
    from hervat.journal.rules.notes import Verifier

Progress = Callable[[int, int], None]

_NAMES = ("heads-*.txt", "checkpoint")


def add_verify(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = verbs.add_parser(
        "verify", help="ga het hele logboek na; 0 als alles klopt, 1 als er iets mis is"
    )
    parser.add_argument(
        "--checkpoint",
        type=Path,
        action="append",
        metavar="PLAATS",
        help="bewaarde controlepunten, een bestand of map; mag vaker (anders: HERVAT_CHECKPOINTS)",
    )
    parser.add_argument(
        "--key",
        type=key_argument,
        action="extend",
        metavar="SLEUTEL",
        help="de publieke sleutel, of een bestand met sleutels; mag vaker (anders: uit de omgeving)",
    )
    parser.set_defaults(run=on_database("default", _verify))


def _verify(arguments: argparse.Namespace) -> int:
    from django.conf import settings

    from hervat.journal.queries.verify import verify

    keys: Sequence[Verifier] = arguments.key or settings.JOURNAL_PUBLIC_KEYS
    if not keys:
        refuse(
            "zonder publieke sleutel valt er niets na te gaan. Geef --key, of zet HERVAT_JOURNAL_PUBLIC_KEYS."
        )
        return WRONG_USAGE
    try:
        kept = [
            _text(file)
            for place in arguments.checkpoint or settings.JOURNAL_CHECKPOINTS
            for file in _files(place)
        ]
    except FileNotFoundError as error:
        return refuse(
            f"in {error.filename} staan geen controlepunten. Controleer de plaats, en koppel haar aan."
        )
    except OSError as error:
        return refuse(f"{error.filename} is niet te lezen ({error.strerror}). Er is niets nagegaan.")
    with _shown() as progress:
        report = verify(verifiers=keys, checkpoints=kept, progress=progress)
    print("\n".join(_said(report, keys)))
    return 0 if report.good else 1


def _files(place: Path) -> list[Path]:
    """Return the files with checkpoints in a folder, or the file itself."""
    if place.is_file():
        return [place]
    found = sorted(file for name in _NAMES for file in place.glob(name))
    if not found and not place.is_dir():
        raise FileNotFoundError(2, "is er niet", str(place))
    return found


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")


@contextmanager
def _shown() -> Iterator[Progress]:
    if sys.stderr.isatty():
        with _bar() as progress:
            yield progress
    else:
        yield _Tenths()


class _Tenths:
    """A line on stderr for every tenth of the leaves."""

    def __init__(self) -> None:
        self._told = 0

    def __call__(self, done: int, total: int) -> None:
        tenth = 10 * done // total if total else 10
        if tenth > self._told:
            self._told = tenth
            print(f"hervat journal: {_number(done)} van {_number(total)} bladen", file=sys.stderr, flush=True)


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.fields[said]}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"))
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, said="Nagaan")

        def progress(done: int, total: int) -> None:
            rate = f", {_number(int(speed))} per seconde" if (speed := bar.tasks[0].speed) else ""
            bar.update(task, completed=done, total=total, said=f"{_number(done)} bladen{rate}")

        yield progress


def _said(report: "Report", keys: "Sequence[Verifier]") -> Iterator[str]:
    leaves, heads = many(report.size, "blad", "bladen"), many(report.heads, "hoofd", "hoofden")
    yield f"Nagegaan: {leaves} onder {heads}, met {many(report.lines, 'regel', 'regels')}."
    yield f"Sleutels: {', '.join(f'{key.name}+{key.key_id.hex()}' for key in keys)}."
    yield from _notices(report)
    if report.good:
        yield "Alles klopt."
        return
    yield "Er is iets mis:"
    yield from (f"- {finding.text}" for finding in report.findings)
    if report.rest:
        yield f"- {report.rest}"


def _notices(report: "Report") -> Iterator[str]:
    """What is no fault, and must be known all the same."""
    yield (
        f"Vergeleken met {many(report.checkpoints, 'controlepunt', 'controlepunten')} van elders."
        if report.checkpoints
        else "Let op: met geen controlepunt vergeleken dat elders is bewaard. Wie de database en de sleutel "
        "heeft kan het hele logboek herschrijven; alleen zo'n controlepunt toont dat. Geef --checkpoint."
    )
    for month in report.redacted:
        yield (
            f"Opgeschoond: {month.month:%Y-%m}, {many(month.lines, 'regel', 'regels')}. De inhoud is "
            "vernietigd, de bladen staan er nog."
        )
    for restore in report.restores:
        at = f" op {restore.at.astimezone(UTC):%d-%m-%Y %H.%M} UTC" if restore.at else ""
        yield (
            f"Teruggezet{at}: van {_number(restore.lost)} bladen zijn er {_number(restore.kept)} terug "
            f"({restore.reason or 'zonder reden'})."
        )
    if report.lost_by_restore:
        yield f"Door terugzetten verloren: {many(report.lost_by_restore, 'controlepunt', 'controlepunten')}."
    if report.unsealed:
        waiting = many(report.unsealed, "regel", "regels")
        yield f"Nog niet verzegeld: {waiting}. Verzegel met hervat journal seal."


def _number(value: int) -> str:
    """With a point for thousands, as a Dutch reader expects."""
    return f"{value:,}".replace(",", ".")
