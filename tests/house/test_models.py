"""A room's tables are its own: no other room asks its models, and no other SQL names its tables."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from .tree import APPS, REPOSITORY, called, files, nodes, plant, syntax

_MODELS = re.compile(r"hervat\.(\w+)\.models")
_SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|COPY|FROM|JOIN|TRUNCATE|ALTER|GRANT|LOCK)\b")
CROWD = "crowd_"
"""The loader of a demo and of the benches: as the owner, what every room would have left, and in no other."""
_BY_NAME = {"get_model", "get_user_model"}


def models_elsewhere(root: Path) -> list[str]:
    """Where the models of a room are imported, or fetched by name, outside it."""
    return [
        f"{path.relative_to(root)}:{line}"
        for path in files(root / "hervat", ".py")
        for room, line in _rooms_imported(syntax(path))
        if room != path.relative_to(root / "hervat").parts[0]
    ]


def tables_elsewhere(root: Path) -> list[str]:
    """Where SQL names a table of another room. Migrations give rights and may name what they stand on."""
    return [
        f"{path.relative_to(root)}:{line}: {table}"
        for path in files(root / "hervat", ".py")
        if "migrations" not in path.parts and not path.name.startswith(CROWD)
        for room, table, line in _tables_named(syntax(path))
        if room != path.relative_to(root / "hervat").parts[0]
    ]


def _rooms_imported(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in nodes(tree):
        for module in _modules(node):
            if found := _MODELS.fullmatch(module):
                yield found[1], getattr(node, "lineno", 0)
        if isinstance(node, ast.Call) and called(node) in _BY_NAME:
            yield "by name", node.lineno


def _modules(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names if alias.name == "models")


def _tables_named(tree: ast.Module) -> Iterator[tuple[str, str, int]]:
    for node in nodes(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if not _SQL.search(node.value):
            continue
        for room in APPS:
            for table in re.findall(rf"\b{room}_\w+", node.value):
                yield room, table, node.lineno


def test_the_models_of_a_room_are_imported_nowhere_else() -> None:
    assert models_elsewhere(REPOSITORY) == []


def test_sql_names_the_tables_of_its_own_room_only() -> None:
    assert tables_elsewhere(REPOSITORY) == []


def test_a_model_in_another_room_is_found_however_it_is_fetched(tmp_path: Path) -> None:
    ways = (
        "from hervat.dossiers.models import Dossier\n"
        "from hervat.dossiers import models\n"
        "import hervat.dossiers.models\n"
        "from hervat.dossiers.rules import values\n"
        "user = get_user_model()\n"
        "model = apps.get_model('dossiers', 'Dossier')\n"
    )
    plant(tmp_path, "hervat/dossiers/queries/own.py", ways.splitlines()[0])
    plant(tmp_path, "hervat/course/queries.py", ways)

    assert models_elsewhere(tmp_path) == [f"hervat/course/queries.py:{line}" for line in (1, 2, 3, 5, 6)]


def test_a_table_of_another_room_in_sql_is_found_and_a_word_is_not(tmp_path: Path) -> None:
    sql = '"""dossiers_scope is told of here."""\nONE = "SELECT 1 FROM dossiers_dossier"\n'
    plant(tmp_path, "hervat/dossiers/queries/rows.py", sql)
    plant(tmp_path, "hervat/course/queries.py", f"{sql}TWO = 'LOCK vault_key'\n")

    assert tables_elsewhere(tmp_path) == [
        "hervat/course/queries.py:2: dossiers_dossier",
        "hervat/course/queries.py:3: vault_key",
    ]
