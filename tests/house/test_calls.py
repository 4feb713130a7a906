"""Calls that belong in one place: a Permit is made at the door, only the command line prints."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

from .tree import REPOSITORY, called, files, nodes, plant, syntax


def permits_made_elsewhere(root: Path) -> list[str]:
    """Making, renaming or copying a Permit anywhere but at the door."""
    return _lines(root, _makes_a_permit, allowed=("access/door.py",))


def permits_widened(root: Path) -> list[str]:
    """Where the door copies a permit otherwise than in `_limited`, or with more than fewer items in it."""
    return [
        f"{function.name}:{node.lineno}"
        for function in syntax(root / "hervat/access/door.py").body
        if isinstance(function, ast.FunctionDef)
        for node in nodes(function)
        if isinstance(node, ast.Call) and _copies_a_permit(node) and not _narrows(function, node)
    ]


def _narrows(function: ast.FunctionDef, copy: ast.Call) -> bool:
    """Whether each part that is replaced is what `only` leaves of that same part."""
    kept = {key.arg: ast.unparse(key.value) for key in copy.keywords}
    return function.name == "_limited" and kept == {
        "operations": "permit.operations & {asked.operation, Operation.READ_DOSSIER}",
        "reads": "only(permit.reads, reads)",
        "writes": "only(permit.writes, writes)",
    }


def prints_elsewhere(root: Path) -> list[str]:
    return _lines(root, _prints, allowed=("cli/",))


def _lines(root: Path, breaks: Callable[[ast.AST], bool], allowed: tuple[str, ...]) -> list[str]:
    return [
        f"hervat/{place}:{line}"
        for path in files(root / "hervat", ".py")
        if not (place := path.relative_to(root / "hervat").as_posix()).startswith(allowed)
        for line in _breaking_lines(path, breaks)
    ]


def _breaking_lines(path: Path, breaks: Callable[[ast.AST], bool]) -> Iterator[int]:
    return (getattr(node, "lineno", 0) for node in nodes(syntax(path)) if breaks(node))


def _makes_a_permit(node: ast.AST) -> bool:
    if isinstance(node, ast.alias):
        return node.name == "Permit" and node.asname is not None
    if not isinstance(node, ast.Call):
        return False
    return called(node) == "Permit" or _copies_a_permit(node)


def _copies_a_permit(call: ast.Call) -> bool:
    if called(call) not in {"replace", "copy", "deepcopy", "__new__"}:
        return False
    return bool(call.args) and "permit" in ast.unparse(call.args[0]).lower()


def _prints(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"


def test_a_permit_is_made_only_at_the_door() -> None:
    assert permits_made_elsewhere(REPOSITORY) == []


def test_the_door_copies_a_permit_only_to_take_something_off() -> None:
    assert permits_widened(REPOSITORY) == []


def test_a_copy_with_more_in_it_is_found(tmp_path: Path) -> None:
    plant(
        tmp_path,
        "hervat/access/door.py",
        "def _limited(permit, asked, reads, writes):\n"
        "    return replace(\n"
        "        permit,\n"
        "        operations=permit.operations & {asked.operation, Operation.READ_DOSSIER},\n"
        "        reads=only(permit.reads, reads),\n"
        "        writes=only(permit.writes, writes),\n"
        "    )\n"
        "def widen(permit):\n"
        "    return replace(permit, actor='iedereen')\n",
    )
    assert permits_widened(tmp_path) == ["widen:9"]

    plant(
        tmp_path,
        "hervat/access/door.py",
        "def _limited(permit, reads, writes):\n    return replace(permit, reads=reads)\n",
    )
    assert permits_widened(tmp_path) == ["_limited:2"]


def test_only_the_command_line_prints() -> None:
    assert prints_elsewhere(REPOSITORY) == []


def test_a_permit_made_elsewhere_is_found_however_it_is_made(tmp_path: Path) -> None:
    for place in ("access/door.py", "course/actions.py"):
        plant(
            tmp_path,
            f"hervat/{place}",
            "from hervat.register import Permit as Pass, model\n"
            "permit = Permit(actor=1)\n"
            "permit = model.Permit(actor=1)\n"
            "permit = replace(permit, actor=2)\n"
            "permit = object.__new__(Permit)\n"
            "text = replace(text, 'a', 'b')\n"
            "def read(permit: Permit) -> None: ...\n",
        )

    assert permits_made_elsewhere(tmp_path) == [f"hervat/course/actions.py:{n}" for n in (1, 2, 3, 4, 5)]


def test_a_print_outside_the_command_line_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "hervat/cli/show.py", "print('ja')\n")
    plant(tmp_path, "hervat/law/show.py", "# print('nee')\nprint('nee')\n")

    assert prints_elsewhere(tmp_path) == ["hervat/law/show.py:2"]
