"""A test that starts a process is known by what it names, so that it is left out of the fast run."""

import subprocess
import sys

import pytest

from ..processes import starts_a_process


def start() -> int:
    return subprocess.run([sys.executable, "--version"], capture_output=True, check=False).returncode


def by_another() -> list[int]:
    return [start() for _ in range(2)]


def neither() -> str:
    return "subprocess"


def test_a_function_that_starts_a_process_is_known_by_what_it_names_itself_or_by_another() -> None:
    assert [starts_a_process(one) for one in (start, by_another, neither)] == [True, True, False]


def test_what_starts_a_process_is_marked(request: pytest.FixtureRequest) -> None:
    assert start() == 0
    assert request.node.get_closest_marker("machine")
