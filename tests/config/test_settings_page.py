"""docs/settings.md lists every variable that is read, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_NAME = re.compile(r"HERVAT_[A-Z0-9_]*[A-Z0-9]")
_PLACES = ("hervat", "bench", "tests/conftest.py", "tests/prerequisites.py", "tests/run.py", "dev", ".ci/run")


def named_in_code(root: Path) -> set[str]:
    files = [file for place in _PLACES for file in _files(root / place)]
    return {name for file in files for name in _NAME.findall(file.read_text(encoding="utf-8"))}


def listed_in_tables(page: str) -> set[str]:
    return {name for line in page.splitlines() for name in re.findall(r"^\| `(HERVAT_\w+)` \|", line)}


def _files(place: Path) -> list[Path]:
    return [place] if place.is_file() else [*place.rglob("*.py"), *place.rglob("*.yaml")]


def test_every_variable_that_is_read_is_listed_and_no_other() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")

    assert listed_in_tables(page) == named_in_code(ROOT)


def test_a_variable_in_code_is_found_and_a_mention_in_running_text_is_no_listing(tmp_path: Path) -> None:
    (tmp_path / "hervat").mkdir()
    (tmp_path / "hervat" / "x.py").write_text('os.environ["HERVAT_COLOUR"]', encoding="utf-8")

    assert named_in_code(tmp_path) == {"HERVAT_COLOUR"}
    assert listed_in_tables("HERVAT_COLOUR\n| `HERVAT_SHAPE` | round | square |") == {"HERVAT_SHAPE"}
