"""A module stops at 400 lines and a function at 45; beyond that it splits."""

import ast
from pathlib import Path

from .tree import REPOSITORY, files, nodes, plant, syntax

MODULE_STOPS_AT = 400
FUNCTION_STOPS_AT = 45
# "path::function": the reason why it may be longer. Aim: none.
EXCEPTIONS: dict[str, str] = {}


def long_modules(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root)} ({lines} lines)"
        for path in _code(root)
        if (lines := path.read_text(encoding="utf-8").count("\n")) > MODULE_STOPS_AT
    ]


def long_functions(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root)}::{node.name}"
        for path in _code(root)
        for node in nodes(syntax(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > FUNCTION_STOPS_AT
    ]


def _code(root: Path) -> list[Path]:
    folders = (root / "hervat", root / "bench")
    return [path for folder in folders for path in files(folder, ".py") if "migrations" not in path.parts]


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    assert long_modules(REPOSITORY) == []


def test_no_function_is_longer_than_it_may_be() -> None:
    assert set(long_functions(REPOSITORY)) == set(EXCEPTIONS)


def test_every_exception_says_why() -> None:
    assert [name for name, reason in EXCEPTIONS.items() if len(reason) < 20] == []


def test_a_long_module_and_a_long_function_are_found(tmp_path: Path) -> None:
    plant(tmp_path, "hervat/law/just.py", "# a line\n" * MODULE_STOPS_AT)
    plant(tmp_path, "hervat/law/long.py", "# a line\n" * (MODULE_STOPS_AT + 1))
    plant(tmp_path, "bench/just.py", "def just() -> None:\n" + "    pass\n" * (FUNCTION_STOPS_AT - 1))
    plant(tmp_path, "bench/long.py", "def long() -> None:\n" + "    pass\n" * FUNCTION_STOPS_AT)

    assert long_modules(tmp_path) == ["hervat/law/long.py (401 lines)"]
    assert long_functions(tmp_path) == ["bench/long.py::long"]
