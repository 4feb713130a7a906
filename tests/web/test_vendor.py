"""Files of others are exactly as published, each with its licence and its source."""

import hashlib
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "hervat" / "web" / "static" / "vendor"
LISTED = tomllib.loads((ROOT / "vendor.toml").read_text(encoding="utf-8"))["file"]


def faults(listed: list[dict[str, str]], root: Path) -> list[str]:
    """Return the listed files that are missing or changed."""
    return [
        file["path"]
        for file in listed
        if not (root / file["path"]).is_file()
        or hashlib.sha256((root / file["path"]).read_bytes()).hexdigest() != file["sha256"]
    ]


def test_every_vendored_file_is_as_it_was_published() -> None:
    assert faults(LISTED, ROOT) == []


def test_a_changed_or_missing_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("changed", encoding="utf-8")
    listed = [{"path": "a.js", "sha256": "0" * 64}, {"path": "b.js", "sha256": "0" * 64}]

    assert faults(listed, tmp_path) == ["a.js", "b.js"]


def test_no_vendored_file_is_unlisted() -> None:
    there = {path.relative_to(ROOT).as_posix() for path in VENDOR.rglob("*") if path.is_file()}

    assert there == {file["path"] for file in LISTED}


def test_each_has_a_name_a_version_a_licence_and_a_source() -> None:
    for file in LISTED:
        assert {"path", "name", "version", "licence", "source", "sha256"} == set(file)
        assert all(file.values()), file
        assert "://" not in file["source"], "name the package, not a host"


def test_the_licence_of_each_package_stands_beside_it() -> None:
    for folder in VENDOR.iterdir():
        assert [path for path in folder.iterdir() if path.name.startswith("LICENSE")], folder
