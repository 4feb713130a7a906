"""Runs the command in this process, on the built-in register or on another.

The register in force is kept for the whole process; `on` puts another in its place for one test.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from hervat.cli.main import main
from hervat.register import in_force
from hervat.register.loading import OWN_ENTRY
from tests.register.copies import FERRY, Copy

On = Callable[..., None]


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HERVAT_REGISTER", raising=False)
    monkeypatch.delenv("HERVAT_ACCEPTANCES", raising=False)


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> On:
    """Put another entry, or a file of acceptances, in force."""

    def put(entry: Path | str | None = None, *, acceptances: Path | None = None) -> None:
        if entry is not None:
            monkeypatch.setenv("HERVAT_REGISTER", str(entry))
        if acceptances is not None:
            monkeypatch.setenv("HERVAT_ACCEPTANCES", str(acceptances))
        for name in ("_accepted", "_decisions", *(["history"] if entry is not None else [])):
            monkeypatch.setattr(in_force, name, cache(getattr(in_force, name).__wrapped__))

    return put


@pytest.fixture
def ferry(tmp_path: Path) -> Copy:
    return Copy(FERRY, tmp_path / "veerdienst")


@pytest.fixture
def own(tmp_path: Path) -> Copy:
    return Copy(OWN_ENTRY, tmp_path / "d2599")


Answer = tuple[int, str, str]


@pytest.fixture
def hervat(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Run `hervat …`; return its exit code and what it wrote to stdout and stderr."""

    def run(*arguments: str) -> Answer:
        try:
            code = main(arguments)
        except SystemExit as left:
            code = int(left.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return run
