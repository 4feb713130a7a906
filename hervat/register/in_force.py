"""The register that this deployment runs: D2599, or the entry that `HERVAT_REGISTER` names.

Loaded once and kept. The acceptances come from the file that `HERVAT_ACCEPTANCES` names; those of the
demo are used by a demo only, and say so. Read next: `loading.py`, `decisions.py`.
"""

import os
from functools import cache
from pathlib import Path

from hervat.register.decisions import Decisions
from hervat.register.document import RegisterError, read_document
from hervat.register.history import History
from hervat.register.loading import HOME, OWN_ENTRY, load_history
from hervat.register.model import Acceptance
from hervat.register.open_points import parse_acceptances

DEMO_ACCEPTANCES = HOME / "acceptances.demo.yaml"


def entry_path() -> Path:
    """Return the entry file that is in force. Raises `RegisterError` when the named one is not there."""
    named = os.environ.get("HERVAT_REGISTER")
    if named and not Path(named).is_file():
        raise RegisterError(
            "HERVAT_REGISTER",
            f"'{named}' is geen bestand.",
            "Noem het bestand van de verwerking zelf, niet de map.",
        )
    return Path(named or OWN_ENTRY)


@cache
def history() -> History:
    """Return every version of the register in force. Raises `RegisterError` when it does not load."""
    return load_history(entry_path())


@cache
def acceptances(*, demo: bool = False) -> tuple[Acceptance, ...]:
    """Return the acceptances that count. Raises `RegisterError` when the file does not load."""
    named = os.environ.get("HERVAT_ACCEPTANCES")
    accepted = _acceptances(Path(named)) if named else ()
    if any(acceptance.demo for acceptance in accepted):
        raise RegisterError(
            Path(named or "").name,
            "dit zijn aanvaardingen van een demonstratie; die gelden alleen daar.",
            "Noem in HERVAT_ACCEPTANCES een bestand met 'demo: false' en eigen aanvaardingen.",
        )
    if demo and entry_path() == OWN_ENTRY:
        accepted += _acceptances(DEMO_ACCEPTANCES)
    return accepted


@cache
def decisions(*, demo: bool = False) -> Decisions:
    """Return the compiled register, with the acceptances that count."""
    return Decisions(history(), acceptances(demo=demo))


def _acceptances(path: Path) -> tuple[Acceptance, ...]:
    register = history()
    known = {point for version in register.versions for point in version.open_points}
    node = read_document(path)
    accepted = parse_acceptances(node, known)
    numbers = {version.version.number for version in register.versions}
    for acceptance in accepted:
        if acceptance.version not in numbers:
            raise RegisterError(
                path.name,
                f"de aanvaarding van '{acceptance.open_point}' noemt een versie die er niet is.",
                "Noem de versie waarvan de lezing is aanvaard.",
            )
    return accepted
