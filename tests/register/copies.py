"""Registers to test with: D2599, the ferry company's, and copies that a test may spoil.

The ferry company (`veerdienst/`) is a small fictitious employer with an entry, a reading and a
users.yaml of its own. Read next: `conftest.py`.
"""

import shutil
from datetime import date
from functools import cache
from pathlib import Path

from hervat.register import loading
from hervat.register.decisions import Decisions
from hervat.register.document import Node, read_document
from hervat.register.history import History
from hervat.register.model import Acceptance, OpenPointId, Register, Version

TODAY = date(2026, 11, 23)
FERRY = Path(__file__).parent / "veerdienst" / "entry.yaml"
PARTS = ("reading.yaml", "users.yaml", "open_points.yaml", "versions.yaml", "acceptances.demo.yaml")


@cache
def d2599() -> Register:
    """The register of D2599, with every version of it loaded."""
    return own_history().latest


@cache
def own_history() -> History:
    return loading.load_history(loading.OWN_ENTRY)


@cache
def ferry_history() -> History:
    return loading.load_history(FERRY)


@cache
def _original(name: str) -> str:
    return FERRY.with_name(name).read_text(encoding="utf-8")


@cache
def _read_once(name: str) -> Node:
    return read_document(FERRY.with_name(name))


class Copy:
    """A copy of a register in a folder of its own."""

    def __init__(self, entry: Path, folder: Path) -> None:
        self.folder = folder
        self.entry = folder / entry.name
        folder.mkdir(parents=True)
        for name in (entry.name, *PARTS):
            if entry.with_name(name).exists():
                shutil.copy(entry.with_name(name), folder / name)
        shutil.copytree(entry.with_name("versions"), folder / "versions")

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def write(self, name: str, text: str | bytes) -> None:
        raw = text.encode() if isinstance(text, str) else text
        (self.folder / name).write_bytes(raw)

    def edit(self, name: str, old: str, new: str) -> None:
        """Change the first place where `old` stands; it is an error when it stands nowhere."""
        before = self.text(name)
        assert old in before, f"{old!r} does not stand in {name}"
        self.write(name, before.replace(old, new, 1))

    def line(self, name: str, marker: str) -> int:
        """The number of the first line with this text."""
        lines = self.text(name).splitlines()
        return next(number for number, line in enumerate(lines, 1) if marker in line)

    def release(self, on: date, change: str = "Gewijzigd voor een test.") -> Version:
        return loading.release(self.entry, on, change)

    def build(self) -> Register:
        """Build the register of the files as they are; one that was not edited is read once for all tests."""
        names = (self.entry.name, "reading.yaml", "users.yaml", "open_points.yaml")
        nodes = [
            _read_once(name) if text == _original(name) else read_document(self.folder / name)
            for name, text in ((name, self.text(name)) for name in names)
        ]
        return loading.build(loading.Source(*nodes), ferry_history().latest.version)

    def load(self) -> History:
        return loading.load_history(self.entry)


def accept(
    history: History, *, but: str | None = None, on: date | None = None, version: int | None = None
) -> list[Acceptance]:
    """Acceptances of every open point of a version (the latest), by nobody real."""
    number = version or history.latest.version.number
    register = history.version(number)
    return [
        Acceptance(
            open_point=OpenPointId(point),
            version=number,
            by="Test",
            on=on or register.version.valid_from,
            why="Om te zien wat er dan mag.",
            demo=False,
        )
        for point in register.open_points
        if point != but
    ]


def everything_accepted(history: History) -> Decisions:
    return Decisions(history, accept(history))
