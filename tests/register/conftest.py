"""Copies of a register that a test may change, each in a folder of its own."""

from pathlib import Path

import pytest

from hervat.register.loading import OWN_ENTRY

from .copies import FERRY, Copy


@pytest.fixture
def ferry(tmp_path: Path) -> Copy:
    """The ferry company's register, to be changed."""
    return Copy(FERRY, tmp_path / "veerdienst")


@pytest.fixture
def own(tmp_path: Path) -> Copy:
    """The register of D2599, to be changed."""
    return Copy(OWN_ENTRY, tmp_path / "d2599")
