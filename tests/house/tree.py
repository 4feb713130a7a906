"""What the rules read: the files of a repository, be it ours or a planted one.

Generated, vendored and ignored files do not count. Read next: `test_rooms.py`.
"""

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]

PURE_ROOMS = ("law", "register")
APPS = (
    "journal",
    "organisation",
    "vault",
    "dossiers",
    "documents",
    "course",
    "exchange",
    "survey",
    "indicators",
    "retention",
    "rights",
)
DOOR = "access"
MOUTHS = ("web", "api", "cli", "jobs")
PARTS = (*PURE_ROOMS, *APPS, DOOR, *MOUTHS, "config")

_PASSED_OVER = {"__pycache__", "node_modules", "staticfiles", "vendor", "results"}


def files(root: Path, *suffixes: str) -> Iterator[Path]:
    """Every file under `root` with one of these suffixes, hidden folders and generated files apart."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(f for f in folders if f not in _PASSED_OVER and _is_ours(f))
        for name in sorted(names):
            if name.endswith(suffixes):
                yield Path(folder) / name


def _is_ours(folder: str) -> bool:
    return not folder.startswith(".") or folder == ".ci"


def holds_something(root: Path, part: str) -> bool:
    """Whether a room or mouth has more than its header."""
    return any(path.name != "__init__.py" for path in files(root / "hervat" / part, ""))


def syntax(path: Path) -> ast.Module:
    """The syntax of a file; many rules ask for the same one, which must not be changed."""
    return _parsed(path.read_text(encoding="utf-8"), str(path))


@cache
def nodes(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Everything in the syntax of a file, or of a part of it: walked once, however many rules ask."""
    return tuple(ast.walk(tree))


@cache
def _parsed(text: str, filename: str) -> ast.Module:
    return ast.parse(text, filename=filename)


def called(call: ast.Call) -> str:
    """The name of what is called, without what stands before it."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def plant(root: Path, path: str, text: str) -> Path:
    """Write one file of a planted repository and return it."""
    planted = root / path
    planted.parent.mkdir(parents=True, exist_ok=True)
    planted.write_text(text, encoding="utf-8")
    return planted
