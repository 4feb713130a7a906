"""A room has four files with fixed meanings and never a fifth kind; the house has no unknown rooms."""

from pathlib import Path

from .tree import APPS, PARTS, REPOSITORY, files, plant

ROOM_FILES = {"__init__.py", "models.py", "rules.py", "actions.py", "queries.py"}
# A large room splits one of these into a folder of the same name and meaning.
ROOM_FOLDERS = {"rules", "actions", "queries", "migrations"}


def fifth_kinds(root: Path) -> list[str]:
    """Files in a room other than its four, its header and its migrations."""
    return [
        str(path.relative_to(root))
        for room in APPS
        for path in files(root / "hervat" / room, "")
        if path.relative_to(root / "hervat" / room).parts[0] not in ROOM_FILES | ROOM_FOLDERS
    ]


def unknown_rooms(root: Path) -> list[str]:
    modules = files(root / "hervat", ".py")
    packages = {path.relative_to(root / "hervat").parts[0] for path in modules}
    return sorted(packages - {*PARTS, "__init__.py", "__main__.py"})


def test_a_room_has_only_its_four_files() -> None:
    assert fifth_kinds(REPOSITORY) == []


def test_the_house_has_no_room_that_the_design_does_not_draw() -> None:
    assert unknown_rooms(REPOSITORY) == []


def test_a_fifth_kind_of_file_is_found(tmp_path: Path) -> None:
    for name in ("__init__", "models", "rules", "actions", "queries", "migrations/0001_first", "signals"):
        plant(tmp_path, f"hervat/course/{name}.py", "")
    for name in ("rules/clock", "queries/overview", "models/people"):
        plant(tmp_path, f"hervat/journal/{name}.py", "")
    plant(tmp_path, "hervat/register/loading.py", "")
    plant(tmp_path, "hervat/web/views.py", "")

    assert fifth_kinds(tmp_path) == ["hervat/journal/models/people.py", "hervat/course/signals.py"]


def test_an_unknown_room_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "hervat/law/__init__.py", "")
    plant(tmp_path, "hervat/utils/__init__.py", "")

    assert unknown_rooms(tmp_path) == ["utils"]
