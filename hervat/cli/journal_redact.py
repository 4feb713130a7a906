"""`hervat journal redact`: destroy the lines of a month whose term has passed; their leaves stay.

The register says when, and only open points that were accepted count. Must never: destroy on the word of
whoever types. Read next: `../journal/actions/redact.py`, docs/journal.md.
"""

import argparse
import re
from datetime import UTC, date, datetime

from hervat.cli.journal_open import many, on_database


def add_redact(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = verbs.add_parser("redact", help="vernietig de regels van een maand waarvan de termijn om is")
    parser.add_argument(
        "--month", type=_month, required=True, metavar="JJJJ-MM", help="de maand, zoals 2021-03"
    )
    parser.add_argument("--dry-run", action="store_true", help="vernietig niets; zeg wat er zou gebeuren")
    parser.set_defaults(run=on_database("owner", _redact))


def _redact(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from hervat.access.machine import command_actor
    from hervat.journal.actions.redact import redact
    from hervat.register import in_force

    today = timezone.localdate()
    done = redact(
        month=arguments.month,
        on=today,
        at=datetime.now(UTC),
        decisions=in_force.decisions(),
        register=in_force.history().on(today),
        actor=command_actor(),
        dry_run=arguments.dry_run,
    )
    what = "Er zou worden vernietigd" if done.dry_run else "Vernietigd"
    print(
        f"{what}: {done.month:%Y-%m}, {many(done.lines, 'regel', 'regels')}. "
        "De bladen blijven; het logboek is na te gaan."
    )
    return 0


def _month(given: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", given) or given < "0001":
        raise argparse.ArgumentTypeError("dit is geen maand; schrijf jaar-maand, zoals 2021-03")
    return date(int(given[:4]), int(given[5:]), 1)
