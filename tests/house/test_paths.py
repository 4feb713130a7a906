"""No file carries the path of somebody's machine: it would be wrong on every other one."""

import re
from pathlib import Path

import pytest

from .tree import REPOSITORY, files, plant

_TEXT = (
    ".py",
    ".md",
    ".yaml",
    ".yml",
    ".toml",
    ".html",
    ".css",
    ".js",
    ".json",
    ".txt",
    ".sh",
    ".po",
    "dev",
    "run",
)
# Someone's home, and the usual places of a build machine; joined here so that this file does not match.
_PLACES = ("home/", "Users/", "root/", "work/", "workspace/", "builds/", "farm/")
_MACHINE_PATH = re.compile(rf"(?<![\w.~}}/])/(?:{'|'.join(_PLACES)})\w|\b[A-Z]:\\\\?Users\\")


def machine_paths(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root)}:{number}"
        for path in files(root, *_TEXT)
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if _MACHINE_PATH.search(line)
    ]


def test_no_file_carries_the_path_of_a_machine() -> None:
    assert machine_paths(REPOSITORY) == []


@pytest.mark.parametrize("place", ["home/anna", "Users/anna", "work/main", "root/x"])
def test_the_path_of_a_machine_is_found(tmp_path: Path, place: str) -> None:
    plant(tmp_path, "docs/tour.md", f"See `/{place}/file.txt`.\n")
    plant(tmp_path, "docs/fine.md", f"See https://example.org/{place}/, ~/{place} and ./{place}.\n")

    assert machine_paths(tmp_path) == ["docs/tour.md:1"]
