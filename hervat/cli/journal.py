"""`hervat journal`: seal the log, verify it, prove a line, and check what somebody else proved.

`check`, `new-key` and `key` need neither a database nor Django. Must never: print or log the private key
anywhere but in the answer to `new-key`, or repeat a value that somebody typed for a key.
Read next: `journal_seal.py`, `journal_verify.py`, `check_proof.py`, docs/journal.md.
"""

import argparse
import os
from pathlib import Path
from typing import TypeAlias

from hervat.cli.journal_clients import add_client_commands
from hervat.cli.journal_keys import key_argument
from hervat.cli.journal_open import refuse
from hervat.cli.journal_proofs import add_proofs
from hervat.cli.journal_redact import add_redact
from hervat.cli.journal_seal import add_seal
from hervat.cli.journal_verify import add_verify

Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
_PRIVATE_KEY, _PUBLIC_KEYS = "HERVAT_JOURNAL_KEY", "HERVAT_JOURNAL_PUBLIC_KEYS"


def add_to(subparsers: Verbs) -> None:
    parser = subparsers.add_parser("journal", help="verzegel en controleer het logboek")
    verbs = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    add_seal(verbs)
    add_verify(verbs)
    add_proofs(verbs)
    _add_check(verbs)
    add_redact(verbs)
    _add_keys(verbs)
    add_client_commands(verbs)


def _add_check(verbs: Verbs) -> None:
    parser = verbs.add_parser("check", help="controleer een bewijs, zonder database")
    parser.add_argument("file", type=Path, metavar="BESTAND", help="wat hervat journal prove gaf")
    parser.add_argument(
        "--key",
        type=key_argument,
        action="extend",
        required=True,
        metavar="SLEUTEL",
        help="de publieke sleutel van het logboek, of een bestand met sleutels; mag vaker",
    )
    parser.set_defaults(run=_check)


def _add_keys(verbs: Verbs) -> None:
    parser = verbs.add_parser("new-key", help="maak een sleutel voor een nieuw logboek")
    parser.add_argument("name", metavar="NAAM", help="de naam van het logboek, zoals logboek.example.nl")
    parser.set_defaults(run=_new_key)
    parser = verbs.add_parser("key", help="toon de publieke sleutel")
    parser.set_defaults(run=_key)


def _check(arguments: argparse.Namespace) -> int:
    """Say what a file proves; 0 when it does, 1 when it does not."""
    from hervat.journal.rules.proofs import ProofError, read_proof

    try:
        verdict = read_proof(arguments.file.read_text("utf-8")).check(arguments.key)
    except (OSError, UnicodeError):
        return refuse("het bestand is niet te lezen; controleer het pad, en of het een tekstbestand is.")
    except ProofError as error:
        return refuse(str(error))
    print(verdict.text)
    return 0 if verdict.good else 1


def _new_key(arguments: argparse.Namespace) -> int:
    from hervat.journal.rules.notes import NoteError, Signer, new_key

    try:
        private = new_key(arguments.name)
    except NoteError as error:
        return refuse(str(error))
    print(f"De privésleutel, voor {_PRIVATE_KEY} van wie verzegelt. Hij staat nergens anders: bewaar hem")
    print("buiten de database en geef hem nooit aan het proces dat de website levert.")
    print(private)
    print(f"De publieke sleutel, voor {_PUBLIC_KEYS} en voor wie controleert. Maak hem bekend:")
    print(Signer.parse(private).verifier)
    return 0


def _key(_: argparse.Namespace) -> int:
    """Print every public key that the environment names, oldest first, that of the private key last."""
    from hervat.journal.rules.notes import NoteError, Signer, Verifier

    private = os.environ.get(_PRIVATE_KEY, "").strip()
    public = os.environ.get(_PUBLIC_KEYS, "").replace(",", "\n").split()
    try:
        own = [str(Signer.parse(private).verifier)] if private else []
        keys = [key for key in (str(Verifier.parse(key)) for key in public) if key not in own] + own
    except NoteError as error:
        return refuse(str(error))
    if not keys:
        return refuse(f"er is geen sleutel. Zet {_PRIVATE_KEY} of {_PUBLIC_KEYS}, zie docs/settings.md.")
    print("\n".join(dict.fromkeys(keys)))
    return 0
