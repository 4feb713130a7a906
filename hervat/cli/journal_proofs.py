"""`hervat journal prove`, `consistency` and `heads`: what others can check offline.

A proof shows the line that it proves, so asking for one is a read of the log with a line of its own, and
nothing is written before that has committed. Must never: print a line without its log line.
Read next: `../journal/queries/proofs.py`, `check_proof.py`, docs/journal.md.
"""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from hervat.cli.journal_open import on_database, refuse

if TYPE_CHECKING:
    from hervat.journal.rules.acts import Act, Met
    from hervat.journal.rules.proofs import Inclusion

_SHOWN = 20


def add_proofs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = verbs.add_parser("prove", help="bewijs dat een regel in het logboek staat")
    parser.add_argument("id", type=_number, metavar="NUMMER", help="het nummer van de regel")
    parser.add_argument("--output", type=Path, metavar="BESTAND", help="schrijf het bewijs hierheen")
    parser.set_defaults(run=on_database("default", _prove))

    parser = verbs.add_parser("consistency", help="bewijs dat het logboek alleen is gegroeid")
    parser.add_argument("old", type=_number, metavar="OUD", help="het aantal regels van een eerder hoofd")
    parser.add_argument("new", type=_number, metavar="NIEUW", help="het aantal regels van een later hoofd")
    parser.add_argument("--output", type=Path, metavar="BESTAND", help="schrijf het bewijs hierheen")
    parser.set_defaults(run=on_database("default", _consistency))

    parser = verbs.add_parser("heads", help="toon de laatste ondertekende hoofden")
    parser.add_argument("--all", action="store_true", help="toon ze allemaal")
    parser.add_argument("--notes", action="store_true", help="toon de controlepunten zelf, om te bewaren")
    parser.set_defaults(run=on_database("default", _heads))


def _prove(arguments: argparse.Namespace) -> int:
    from django.db import transaction

    from hervat.journal.actions.append import record
    from hervat.journal.queries.proofs import prove

    act = _act()
    proof = prove(arguments.id)
    with transaction.atomic():
        record(act, _met(proof))
    return _give(proof.to_json(), arguments.output)


def _consistency(arguments: argparse.Namespace) -> int:
    from hervat.journal.queries.proofs import consistency

    return _give(consistency(arguments.old, arguments.new).to_json(), arguments.output)


def _heads(arguments: argparse.Namespace) -> int:
    from hervat.journal.queries.heads import heads

    found = heads()
    shown = found if arguments.all else found[-_SHOWN:]
    if arguments.notes:
        print("\n".join(head.note for head in shown), end="")
        return 0
    for head in shown:
        print(f"{head.sealed_at.astimezone(UTC):%d-%m-%Y %H.%M.%S} UTC  {head.size:>12}  {head.root.hex()}")
    if not found:
        print("Er is nog niets verzegeld. Verzegel met hervat journal seal.")
    elif len(shown) < len(found):
        print(f"De laatste {len(shown)} van {len(found)}; alle met --all.")
    return 0


def _give(proof: str, output: Path | None) -> int:
    if output is None:
        print(proof, end="")
        return 0
    try:
        output.write_text(proof, encoding="utf-8")
    except OSError as error:
        return refuse(f"{output} is niet te schrijven ({error.strerror}). Kies een andere plaats.")
    print(f"Bewijs geschreven naar {output}. Nagaan: hervat journal check {output} --key SLEUTEL")
    return 0


def _act() -> "Act":
    """A read of the log by the command line; the register must have a purpose for it."""
    from django.utils import timezone

    from hervat.access.machine import command_actor
    from hervat.journal.actions.append import begin
    from hervat.journal.rules.acts import Act, under
    from hervat.journal.rules.line import Effect
    from hervat.journal.rules.purposes import purpose_for
    from hervat.register import in_force
    from hervat.register.vocabulary import Authority, Operation, Source

    register = in_force.history().on(timezone.localdate())
    purpose = purpose_for(register, Operation.OVERSEE)
    activity, version = under(register, purpose)
    return Act(
        trace=begin(),
        operation=Operation.OVERSEE,
        effect=Effect.READ,
        actor=command_actor(),
        purpose=purpose,
        activity=activity,
        register_version=version,
        ground=register.purpose(purpose).basis,
        authority=Authority.COMMAND_LINE,
        source=Source.COMMAND_LINE,
        started_at=datetime.now(UTC),
    )


def _met(proof: "Inclusion") -> "list[Met]":
    """The data subject of the line that is shown; a line without one is about nobody in particular."""
    from hervat.journal.rules.acts import Met
    from hervat.journal.rules.line import SubjectKind
    from hervat.register.vocabulary import Item

    if "subject" not in proof.line:
        return []
    dossier = proof.line.get("dossier")
    return [
        Met(
            subject=UUID(str(proof.line["subject"])),
            subject_kind=SubjectKind(str(proof.line["subject_kind"])),
            dossier=UUID(str(dossier)) if dossier else None,
            items=frozenset({Item.USER_ACTIVITY}),
        )
    ]


def _number(given: str) -> int:
    if not (given.isascii() and given.isdigit() and len(given) <= 18):
        raise argparse.ArgumentTypeError("geef een geheel getal vanaf 0")
    return int(given)
