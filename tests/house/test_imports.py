"""The import contracts hold, and each is seen to fail on a forbidden import."""

import configparser
import os
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from .tree import MOUTHS, PARTS, PURE_ROOMS, REPOSITORY, plant

CONTRACTS = REPOSITORY / ".importlinter"


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    return subprocess.run(  # noqa: S603 - our own command, no input from outside
        [*command, "--no-logo", "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """An empty house with our contracts: the same rooms, nothing in them."""
    shutil.copy(CONTRACTS, tmp_path)
    for part in ("", *PARTS):
        plant(tmp_path, f"hervat/{part}/__init__.py", "")
    plant(tmp_path, "hervat/config/settings.py", "")
    plant(tmp_path, "hervat/course/models.py", "")
    for module in launcher():
        plant(tmp_path, module.replace(".", "/") + ".py", "")
    return tmp_path


def contract(name: str) -> configparser.SectionProxy:
    contracts = configparser.ConfigParser()
    contracts.read(CONTRACTS)
    return contracts[f"importlinter:contract:{name}"]


def launcher() -> list[str]:
    return contract("launcher")["source_modules"].split()


def floors() -> list[list[str]]:
    """The floors of the contract, the top one first, each with its rooms."""
    lines = contract("floors")["layers"].split("\n")
    return [line.replace(" ", "").split("|") for line in lines if line]


def test_the_repository_keeps_every_contract() -> None:
    report = lint_imports(REPOSITORY)

    assert report.returncode == 0, report.stdout
    assert "4 kept, 0 broken" in report.stdout


def test_the_floors_name_every_room_once() -> None:
    assert sorted(room for floor in floors() for room in floor) == sorted(PARTS)


def test_an_empty_house_keeps_every_contract_and_downward_imports_are_allowed(house: Path) -> None:
    for above, below in pairwise(floors()):
        plant(house, f"hervat/{above[0]}/rules.py", f"import hervat.{below[0]}\n")

    assert lint_imports(house).returncode == 0


def test_an_import_upward_or_sideways_fails_on_every_floor(house: Path) -> None:
    upward = [(low, high) for above, below in pairwise(floors()) for low in below for high in above]
    sideways = [step for floor in floors() for step in pairwise(floor)]
    for room, other in upward + sideways:
        with (house / f"hervat/{room}/rules.py").open("a") as rules:
            rules.write(f"import hervat.{other}\n")

    report = lint_imports(house)

    assert report.returncode == 1
    assert missing_from(report.stdout, upward + sideways) == []


def test_a_package_that_no_floor_names_fails(house: Path) -> None:
    plant(house, "hervat/cellar/__init__.py", "")

    report = lint_imports(house)

    assert report.returncode == 1
    assert "hervat.cellar" in report.stdout


def test_the_law_and_the_register_know_no_framework_and_no_database(house: Path) -> None:
    refused = [(room, outside) for room in PURE_ROOMS for outside in ("django", "ninja", "psycopg")]
    for room, outside in refused:
        plant(house, f"hervat/{room}/with_{outside}.py", f"import {outside}\n")

    report = lint_imports(house)

    assert report.returncode == 1
    assert missing_from(report.stdout, refused) == []


def test_a_mouth_may_ask_a_query_but_not_see_a_model(house: Path) -> None:
    plant(house, "hervat/course/queries.py", "import hervat.course.models\n")
    for mouth in MOUTHS:
        plant(house, f"hervat/{mouth}/asks.py", "import hervat.course.queries\n")
    allowed = lint_imports(house)
    for mouth in MOUTHS:
        plant(house, f"hervat/{mouth}/asks.py", "import hervat.course.models\n")
    refused = lint_imports(house)

    assert (allowed.returncode, refused.returncode) == (0, 1)
    assert missing_from(refused.stdout, [(mouth, "course.models") for mouth in MOUTHS]) == []


def test_the_exception_for_the_command_line_names_exactly_the_launcher() -> None:
    exceptions = [line for line in contract("floors")["ignore_imports"].split("\n") if line]

    assert exceptions == [f"hervat.cli.* -> {module}" for module in launcher()]


def test_only_the_command_line_may_start_the_database(house: Path) -> None:
    plant(house, "hervat/cli/demo.py", "import hervat.config.postgres\n")
    allowed = lint_imports(house)
    plant(house, "hervat/cli/matrix.py", "import hervat.config.settings\n")
    plant(house, "hervat/web/views.py", "import hervat.config.postgres\n")
    plant(house, "hervat/course/rules.py", "import hervat.config.postgres\n")
    refused = lint_imports(house)

    assert (allowed.returncode, refused.returncode) == (0, 1)
    assert missing_from(refused.stdout, [(part, "config") for part in ("cli", "web", "course")]) == []
    assert "hervat.cli.demo" not in refused.stdout


def test_what_starts_the_database_knows_no_room(house: Path) -> None:
    for part in PARTS[:-1]:
        with (house / "hervat/config/postgres.py").open("a") as module:
            module.write(f"import hervat.{part}\n")

    report = lint_imports(house)

    assert report.returncode == 1
    assert missing_from(report.stdout, [("config.postgres", part) for part in PARTS[:-1]]) == []


def missing_from(report: str, refused: list[tuple[str, str]]) -> list[str]:
    """The imports that should have been refused and were not."""
    sentences = (
        f"hervat.{room} is not allowed to import {prefix}{other}:"
        for room, other in refused
        for prefix in ("hervat." if other.split(".")[0] in PARTS else "",)
    )
    return [sentence for sentence in sentences if sentence not in report]
