"""`hervat jobs`: the worker, every job at once when it is wanted, and how each stands.

The jobs are another mouth, of which the command line knows the name only (`settings.JOBS`). Must never: run
with the key that seals, which belongs to the sealer alone. Read next: `../jobs/running.py`, docs/jobs.md.
"""

import argparse
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from hervat.cli.administering import guarded, print_rows
from hervat.cli.parser import WRONG_USAGE

if TYPE_CHECKING:
    from datetime import datetime

_COMMAND = "hervat jobs"
_AS = ("toepassing", "eigenaar")
_COLUMNS = (
    ("name", "Taak"),
    ("what", "Wat"),
    ("runs_as", "Als"),
    ("when", "Wanneer"),
    ("last", "Laatst"),
    ("outcome", "Uitkomst"),
    ("failed", "Mislukt"),
    ("next", "Volgende"),
)


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("jobs", help="het werk op de achtergrond")
    verbs = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    run = verbs.add_parser("run", help="werk door tot Ctrl-C of SIGTERM, en begin elke taak op haar tijd")
    run.add_argument(
        "--as",
        dest="runs_as",
        choices=_AS,
        default=_AS[0],
        metavar="WIE",
        help="toepassing (standaard) of eigenaar: alleen taken die als die rol werken",
    )
    run.add_argument("--quiet", action="store_true", help="zeg niets zolang het goed gaat")
    run.set_defaults(run=guarded(_COMMAND, _run))
    once = verbs.add_parser("once", help="doe één taak nu")
    once.add_argument("name", metavar="TAAK", help="zie hervat jobs list")
    once.set_defaults(run=guarded(_COMMAND, _once))
    listing = verbs.add_parser("list", help="toon elke taak: wanneer, hoe het de vorige keer ging")
    listing.add_argument("--json", action="store_true", help="als JSON")
    listing.set_defaults(run=guarded(_COMMAND, _list))


def _run(arguments: argparse.Namespace) -> int:
    from hervat.config.environment import refuse_to_serve_with

    jobs = _jobs()
    refuse_to_serve_with("HERVAT_JOURNAL_KEY")
    if not arguments.quiet:
        print(f"De taken van de {arguments.runs_as} worden gedaan (stoppen: Ctrl-C).", flush=True)
    jobs.work(jobs.RunsAs(arguments.runs_as))
    return 0


def _once(arguments: argparse.Namespace) -> int:
    jobs = _jobs()
    if arguments.name not in jobs.JOBS:
        print(f"{_COMMAND}: deze taak bestaat niet; kies uit {', '.join(jobs.JOBS)}.", file=sys.stderr)
        return WRONG_USAGE
    outcome = jobs.run_once(arguments.name)
    print(f"{arguments.name}: {outcome or 'niet begonnen'}.")
    return 0 if outcome is jobs.Outcome.DONE else 1


def _list(arguments: argparse.Namespace) -> int:
    rows = [_row(one, plain=arguments.json) for one in _jobs().standings()]
    print_rows(rows, _COLUMNS, as_json=arguments.json)
    return 0


def _row(one: Any, *, plain: bool) -> dict[str, Any]:
    job, last = one.job, one.last
    return {
        "name": job.name,
        "what": job.what,
        "runs_as": job.runs_as,
        "when": job.when,
        "last": _moment(last.at, plain=plain),
        "outcome": last.outcome,
        "failed": last.failed,
        "retried": last.retried,
        "next": _moment(one.next_at, plain=plain),
    }


def _moment(at: "datetime | None", *, plain: bool) -> str | None:
    from hervat.organisation.rules.postings import AMSTERDAM

    if at is None:
        return None
    return at.isoformat() if plain else f"{at.astimezone(AMSTERDAM):%d-%m-%Y %H.%M}"


def _jobs() -> Any:
    from django.conf import settings

    return import_module(settings.JOBS)
