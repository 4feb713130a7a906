"""Who calls whom in `hervat/`, read from the source: which functions a function can reach.

Every name that a function uses and that is a function of ours counts as a call, also where it is only handed
on; so what is said to be unreachable is, and what is said to be reachable may not be. A method belongs to its
class. Must never: import what it reads. Read next: `test_permits.py`.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .tree import REPOSITORY, files, nodes, syntax

Name = tuple[str, str]
"""A module with dots, and a function or class in it."""


@dataclass(frozen=True)
class Function:
    """A function at the top of a module."""

    module: str
    path: str
    node: ast.FunctionDef

    @property
    def name(self) -> Name:
        return self.module, self.node.name

    @property
    def where(self) -> str:
        return f"{self.path}:{self.node.name}"

    def takes_a_permit(self, *, by_keyword: bool = False) -> bool:
        """Whether it has a parameter of the type `Permit`, under that name."""
        given = self.node.args
        all_of_them = given.kwonlyargs if by_keyword else (*given.args, *given.kwonlyargs)
        return any(_is_a_permit(one) for one in all_of_them)


class House:
    """Every module under `hervat/` of a repository, and what each function uses."""

    def __init__(self, root: Path) -> None:
        self.modules = {_module(root, path): syntax(path) for path in files(root / "hervat", ".py")}
        self._paths = {_module(root, path): path.relative_to(root).as_posix() for path in files(root, ".py")}
        self._imports = {
            module: tuple(_imported(tree, self.modules)) for module, tree in self.modules.items()
        }
        self._uses: dict[Name, set[Name]] = {}
        self._nodes: dict[Name, ast.AST] = {}
        for module, tree in self.modules.items():
            known = dict(self._imports[module]) | {one: (module, one) for one in _defined(tree)}
            for node in tree.body:
                if isinstance(node, ast.FunctionDef | ast.ClassDef):
                    self._uses[module, node.name] = set(_used(node, known))
                    self._nodes[module, node.name] = node

    def functions(self, *rooms: str, kind: str) -> Iterator[Function]:
        """The public functions of the queries or the actions of rooms."""
        for module, tree in self.modules.items():
            parts = module.split(".")
            if len(parts) < 3 or parts[1] not in rooms or parts[2] != kind:
                continue
            for node in tree.body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield Function(module, self._paths[module], node)

    def names(self) -> Iterator[Name]:
        """Every function and class at the top of a module."""
        return iter(self._uses)

    def reached_from(self, *names: Name, within: str = "") -> set[Name]:
        """Every function and class of ours that can be reached from these, and these themselves.

        `within` is the one module whose functions are followed; without it all are.
        """
        reached: set[Name] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting += self._uses.get(name, ()) if name[0].startswith(within) else ()
        return reached

    def imported_from(self, *modules: str) -> set[str]:
        """Every module of ours that is imported by these, or by what they import."""
        reached: set[str] = set()
        waiting = list(modules)
        while waiting:
            module = waiting.pop()
            if module in self._imports and module not in reached:
                reached.add(module)
                waiting += {found for _, (found, _) in self._imports[module]}
        return reached - set(modules)

    def calls_in(self, name: Name) -> Iterator[ast.Call]:
        """Every call in a function or class, in the order of the source."""
        calls = (node for node in nodes(self._nodes[name]) if isinstance(node, ast.Call))
        return iter(sorted(calls, key=lambda call: (call.lineno, call.col_offset)))

    def users_of(self, name: Name) -> set[Name]:
        """Every function and class that uses a name directly."""
        return {one for one, used in self._uses.items() if name in used}


@cache
def our_house() -> House:
    """This repository, read once for every rule that asks who calls whom."""
    return House(REPOSITORY)


def _module(root: Path, path: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _defined(tree: ast.Module) -> Iterator[str]:
    return (node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef))


def _imported(tree: ast.Module, modules: Iterable[str]) -> Iterator[tuple[str, Name]]:
    """What a name in a module stands for; a module stands for itself, with no function."""
    for node in nodes(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found = (whole, "") if whole in modules else (node.module, alias.name)
                yield alias.asname or alias.name, found


def _used(node: ast.AST, known: dict[str, Name]) -> Iterator[Name]:
    for one in nodes(node):
        if isinstance(one, ast.Name) and one.id in known:
            yield known[one.id]
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id in known:
            module, inside = known[one.value.id]
            if not inside:
                yield module, one.attr


def _is_a_permit(argument: ast.arg) -> bool:
    typed = argument.annotation is not None and "Permit" in ast.unparse(argument.annotation)
    return argument.arg == "permit" and typed
