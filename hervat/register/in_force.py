"""The register that this deployment runs: D2599, or the entry that `HERVAT_REGISTER` names.

The register is loaded once and kept. The acceptances come from the file that `HERVAT_ACCEPTANCES` names, and
are read again as soon as that file is another one: every process asks the file system, which costs some
microseconds, once for each permit. Those of the demo are used by a demo only, and say so.
Must never: go on with acceptances that are gone from the file. Read next: `loading.py`, `acceptance_file.py`.
"""

import os
from functools import cache, lru_cache
from pathlib import Path

from hervat.register.decisions import Decisions
from hervat.register.document import RegisterError, read_document
from hervat.register.history import History
from hervat.register.loading import HOME, OWN_ENTRY, load_history
from hervat.register.model import Acceptance
from hervat.register.open_points import parse_acceptances

DEMO_ACCEPTANCES = HOME / "acceptances.demo.yaml"
Stamp = tuple[str, int, int, int] | None
"""Which file it is, and which of its contents: a file that is put in another's place differs in both."""


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


def acceptances_path() -> Path | None:
    """Return the file that `HERVAT_ACCEPTANCES` names, or nothing."""
    named = os.environ.get("HERVAT_ACCEPTANCES")
    return Path(named) if named else None


def acceptances(*, demo: bool = False) -> tuple[Acceptance, ...]:
    """Return the acceptances that count now. Raises `RegisterError` when the file does not load."""
    return _accepted(demo, _stamp())


def decisions(*, demo: bool = False) -> Decisions:
    """Return the compiled register, with the acceptances that count now: ask once for a permit or a page."""
    return _decisions(demo, _stamp())


def _stamp() -> Stamp:
    named = os.environ.get("HERVAT_ACCEPTANCES")
    if not named:
        return None
    try:
        found = os.stat(named)
    except OSError:
        return (named, 0, 0, 0)  # reading it then says what is wrong
    return (named, found.st_mtime_ns, found.st_size, found.st_ino)


@lru_cache(maxsize=4)
def _decisions(demo: bool, stamp: Stamp) -> Decisions:
    return Decisions(history(), _accepted(demo, stamp))


@lru_cache(maxsize=4)
def _accepted(demo: bool, stamp: Stamp) -> tuple[Acceptance, ...]:
    accepted = own_acceptances(Path(stamp[0])) if stamp else ()
    if demo and entry_path() == OWN_ENTRY:
        accepted += _acceptances(DEMO_ACCEPTANCES)
    return accepted


def own_acceptances(path: Path) -> tuple[Acceptance, ...]:
    """Return what an organisation accepted in a file. Raises `RegisterError`, also for one of a demo."""
    accepted = _acceptances(path)
    if any(acceptance.demo for acceptance in accepted):
        raise RegisterError(
            path.name,
            "dit zijn aanvaardingen van een demonstratie; die gelden alleen daar.",
            "Noem in HERVAT_ACCEPTANCES een bestand met 'demo: false' en eigen aanvaardingen.",
        )
    return accepted


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
