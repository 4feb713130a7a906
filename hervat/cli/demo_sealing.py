"""The demo seals its own log: a key and a folder in the data home, and a sealer that runs along.

The private key goes to the sealer's environment alone; the pages get the public one. A database that no
demo created is never sealed with a demo's key: its log would carry it for good. Must never: let the sealer
stop without saying so. Read next: `demo.py`, `journal_seal.py`.
"""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hervat.config.processes import Child

_PRIVATE, _PUBLIC, _FOLDERS = "HERVAT_JOURNAL_KEY", "HERVAT_JOURNAL_PUBLIC_KEYS", "HERVAT_CHECKPOINTS"
_LOG = "logboek.demo"
STOPPED = (
    "het verzegelen van het logboek is gestopt; waarom, staat hierboven. De pagina's blijven werken. "
    "Start de demo opnieuw om verder te verzegelen."
)
_RUN = "import sys; from hervat.cli.main import main; sys.exit(main())"
NOT_SEALED = f"Let op: het logboek van deze database wordt niet verzegeld; dat kan met {_PRIVATE}."


def start_sealer(home: Path, running: ExitStack, *, is_demo: bool) -> "Child | None":
    """Start to seal every minute; None where a demo's key has no business and no other is given."""
    from hervat.config.home import CHECKOUT, make_folder
    from hervat.config.processes import start_child

    key = os.environ.get(_PRIVATE) or (_own_key(home) if is_demo else "")
    if not key:
        return None
    _tell_public_key(key)
    os.environ.setdefault(_FOLDERS, str(make_folder(home / "checkpoints")))
    sealer = start_child(
        [sys.executable, "-P", "-c", _RUN, "journal", "seal", "--follow"],
        stop_with=signal.SIGTERM,
        environment=os.environ | {_PRIVATE: key},
        folder=CHECKOUT,
    )
    running.callback(sealer.stop, patience=5)
    return sealer


def watch(*children: "tuple[Child | None, str]") -> Callable[[], None]:
    """Return what to call now and then: it says once of each that it has stopped."""
    left = [(child, said) for child, said in children if child]

    def look() -> None:
        for child, said in [one for one in left if one[0].has_stopped()]:
            left.remove((child, said))
            print(f"hervat demo: {said}", file=sys.stderr, flush=True)

    return look


def _tell_public_key(key: str) -> None:
    """Name for the pages the key by which the heads can be known."""
    from hervat.journal.rules.notes import Signer

    public = str(Signer.parse(key).verifier)
    given = os.environ.get(_PUBLIC, "")
    if public not in given:
        os.environ[_PUBLIC] = f"{given},{public}".strip(",")


def _own_key(home: Path) -> str:
    """Return the key of this data home's demo, made the first time."""
    from hervat.config.home import write_private
    from hervat.journal.rules.notes import new_key

    path = home / "key-journal"
    if not path.exists():
        write_private(path, new_key(_LOG))
    return path.read_text(encoding="utf-8")
