"""Every test in this folder starts processes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .running import a_home

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("machine")


@pytest.fixture
def home() -> Iterator[Path]:
    """An empty data home."""
    with a_home() as folder:
        yield folder


@pytest.fixture(scope="module")
def used_home() -> Iterator[Path]:
    """A data home that the tests of a module share, for those that only need one to start in."""
    with a_home() as folder:
        yield folder
