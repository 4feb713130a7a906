"""Every room and mouth says what it is for, what it must never do, and where to read next."""

import ast
import re
from pathlib import Path

from .tree import PARTS, REPOSITORY, files, holds_something, plant, syntax

NOTHING_YET = "Nothing is built here yet."
_PARTS_OF_A_HEADER = ("For:", "Must never:", "Read next:")
_PATH = re.compile(r"`([\w./-]+\.(?:md|py|yaml|toml))`")

GOOD_HEADER = '''"""The room: a room for a test.

For: showing what a good header looks like.
Must never: be imported.
Read next: `room.md`.
"""
'''


def incomplete_headers(root: Path) -> list[str]:
    return [fault for part in PARTS for fault in _header_faults(root, part)]


def _header_faults(root: Path, part: str) -> list[str]:
    module = root / "hervat" / part / "__init__.py"
    if not module.is_file():
        return [f"hervat/{part}: there is no such room"]
    header = ast.get_docstring(syntax(module)) or ""
    faults = [f"hervat/{part}: no '{word}'" for word in _PARTS_OF_A_HEADER if word not in header]
    if len([line for line in header.splitlines() if line.strip()]) < 3:
        faults.append(f"hervat/{part}: shorter than three lines")
    return faults + [f"hervat/{part}: {path} is not there" for path in _dead_paths(root, module, header)]


def _dead_paths(root: Path, module: Path, header: str) -> list[str]:
    after = header.partition("Read next:")[2]
    return [p for p in _PATH.findall(after) if not (root / p).exists() and not (module.parent / p).exists()]


def modules_without_header(root: Path) -> list[str]:
    """A module with code and no docstring; an empty `__init__.py` has nothing to say."""
    return [
        str(path.relative_to(root))
        for path in files(root / "hervat", ".py")
        if "migrations" not in path.parts and (tree := syntax(path)).body and ast.get_docstring(tree) is None
    ]


def stale_headers(root: Path) -> list[str]:
    """Rooms that say nothing is built in them and are wrong, or hold nothing and do not say so."""
    return [
        f"hervat/{part}"
        for part in PARTS
        if (module := root / "hervat" / part / "__init__.py").is_file()
        and (NOTHING_YET in module.read_text(encoding="utf-8")) == holds_something(root, part)
    ]


def test_every_room_and_mouth_of_the_design_has_a_whole_header() -> None:
    assert incomplete_headers(REPOSITORY) == []


def test_every_module_opens_with_a_docstring() -> None:
    assert modules_without_header(REPOSITORY) == []


def test_a_header_says_truly_whether_anything_is_built() -> None:
    assert stale_headers(REPOSITORY) == []


def test_a_missing_room_a_thin_header_and_a_dead_path_are_found(tmp_path: Path) -> None:
    plant(tmp_path, "room.md", "")
    for part in PARTS[1:]:
        plant(tmp_path, f"hervat/{part}/__init__.py", GOOD_HEADER)
    plant(tmp_path, "hervat/web/__init__.py", '"""The web."""\n')
    plant(tmp_path, "hervat/api/__init__.py", GOOD_HEADER.replace("room.md", "gone.md"))

    assert incomplete_headers(tmp_path) == [
        f"hervat/{PARTS[0]}: there is no such room",
        "hervat/web: no 'For:'",
        "hervat/web: no 'Must never:'",
        "hervat/web: no 'Read next:'",
        "hervat/web: shorter than three lines",
        "hervat/api: gone.md is not there",
    ]


def test_a_header_that_is_no_longer_true_is_found(tmp_path: Path) -> None:
    empty = GOOD_HEADER.replace("Read next", f"{NOTHING_YET}\nRead next")
    for part in PARTS:
        plant(tmp_path, f"hervat/{part}/__init__.py", empty)
    plant(tmp_path, "hervat/law/__init__.py", GOOD_HEADER)
    plant(tmp_path, "hervat/course/rules.py", '"""Rules."""\n')

    assert stale_headers(tmp_path) == ["hervat/law", "hervat/course"]


def test_code_without_a_docstring_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "hervat/law/__init__.py", "")
    plant(tmp_path, "hervat/law/ages.py", "AGE = 67\n")
    plant(tmp_path, "hervat/law/terms.py", '"""Terms."""\n\nWEEKS = 104\n')

    assert modules_without_header(tmp_path) == ["hervat/law/ages.py"]
