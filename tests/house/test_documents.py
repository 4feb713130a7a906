"""The base documents are whole and say the same as the code: licence, publiccode, records, status."""

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from .tree import PARTS, REPOSITORY, holds_something, plant

# The English text as the European Commission publishes it, with a newline at the end.
EUPL_1_2 = "57fb42fbcd0b037ce528ed8f72f1ec095d67bc6825ecf1448ff39be1fe68a4b4"
RECORDS = "docs/decisions"


def test_the_licence_is_the_whole_text_of_the_eupl() -> None:
    licence = (REPOSITORY / "LICENSE").read_bytes()

    assert hashlib.sha256(licence).hexdigest() == EUPL_1_2


# --- publiccode.yml: what the standard (0.7) asks ------------------------------------------------

_MANDATORY = (
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "developmentStatus",
    "softwareType",
    "description",
    "legal",
    "maintenance",
    "localisation",
)


def publiccode_faults(card: dict[str, Any]) -> list[str]:
    faults = [f"{key} is missing" for key in _MANDATORY if key not in card]
    for language, text in card.get("description", {}).items():
        faults += [f"{language}: {fault}" for fault in _description_faults(text)]
    if "license" not in card.get("legal", {}):
        faults.append("legal/license is missing")
    if "localisationReady" not in card.get("localisation", {}):
        faults.append("localisation/localisationReady is missing")
    return faults + _maintenance_faults(card.get("maintenance", {}))


def _description_faults(text: dict[str, Any]) -> list[str]:
    faults = []
    if len(text.get("shortDescription", "")) not in range(1, 151):
        faults.append("shortDescription is not 1 to 150 characters")
    if len(text.get("longDescription", "")) not in range(150, 10_001):
        faults.append("longDescription is not 150 to 10,000 characters")
    return faults + ([] if text.get("features") else ["features are missing"])


def _maintenance_faults(maintenance: dict[str, Any]) -> list[str]:
    kind = maintenance.get("type")
    if kind not in {"internal", "contract", "community", "none"}:
        return ["maintenance/type is unknown"]
    wanted = {"internal": "contacts", "community": "contacts", "contract": "contractors"}.get(kind)
    return [] if wanted is None or maintenance.get(wanted) else [f"maintenance/{wanted} is missing"]


def card() -> dict[str, Any]:
    text = (REPOSITORY / "publiccode.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = YAML(typ="safe").load(text)
    return loaded


def test_the_publiccode_card_is_what_the_standard_asks() -> None:
    assert publiccode_faults(card()) == []
    assert card()["legal"]["license"] == project()["project"]["license"]


@pytest.mark.parametrize(
    ("part", "value", "fault"),
    [
        ("maintenance", {"type": "internal"}, "maintenance/contacts is missing"),
        ("maintenance", {"type": "whenever"}, "maintenance/type is unknown"),
        ("legal", {}, "legal/license is missing"),
    ],
)
def test_a_fault_in_the_publiccode_card_is_found(part: str, value: dict[str, str], fault: str) -> None:
    assert publiccode_faults(card() | {part: value}) == [fault]


def test_a_description_that_is_too_long_is_found() -> None:
    texts = card()["description"]
    texts["nl"]["shortDescription"] = "x" * 151

    assert publiccode_faults(card() | {"description": texts}) == [
        "nl: shortDescription is not 1 to 150 characters"
    ]


# --- decision records ----------------------------------------------------------------------------

_SECTIONS = ("Status: ", "## Context", "## Decision", "## Consequences", "## Alternatives")


def record_faults(root: Path) -> list[str]:
    """Records that miss a section, a number in order, or a line in the index."""
    records = sorted((root / RECORDS).glob("[0-9]*.md"))
    index = (root / RECORDS / "README.md").read_text(encoding="utf-8")
    faults = []
    for number, record in enumerate(records, 1):
        text = record.read_text(encoding="utf-8")
        if not record.name.startswith(f"{number:04}-") or not text.startswith(f"# {number:04} "):
            faults.append(f"{record.name}: not number {number:04}")
        faults += [f"{record.name}: no '{part.strip()}'" for part in _SECTIONS if f"\n{part}" not in text]
        if f"]({record.name})" not in index:
            faults.append(f"{record.name}: not in the index")
    return faults


def test_every_decision_record_is_whole_numbered_and_in_the_index() -> None:
    assert record_faults(REPOSITORY) == []


def test_a_record_that_is_not_whole_is_found(tmp_path: Path) -> None:
    whole = "\n\n".join(("", *_SECTIONS, ""))
    plant(tmp_path, f"{RECORDS}/README.md", "[0001](0001-one.md) [0003](0003-three.md)")
    plant(tmp_path, f"{RECORDS}/0001-one.md", f"# 0001 One{whole}")
    plant(tmp_path, f"{RECORDS}/0003-three.md", f"# 0003 Three{whole.replace('## Alternatives', '')}")
    plant(tmp_path, f"{RECORDS}/0003-tree.md", f"# 0003 Tree{whole}")

    assert record_faults(tmp_path) == [
        "0003-three.md: not number 0002",
        "0003-three.md: no '## Alternatives'",
        "0003-tree.md: not in the index",
    ]


# --- documents against code ----------------------------------------------------------------------


def project() -> dict[str, Any]:
    return tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))


def undocumented(declared: list[str], record: str) -> set[str]:
    """The difference, both ways, between declared dependencies and the first column of the record."""
    names = {re.split(r"[<>=!~;\s]", requirement, maxsplit=1)[0] for requirement in declared}
    rows = re.findall(r"^\| ([a-z][\w\[\], -]*) \|", record, re.MULTILINE)
    return names ^ {name.strip() for row in rows for name in row.split(",")}


def test_every_dependency_has_its_reason_and_every_reason_its_dependency() -> None:
    record = (REPOSITORY / RECORDS / "0004-dependencies.md").read_text(encoding="utf-8")
    declared = project()["project"]["dependencies"] + project()["dependency-groups"]["dev"]

    assert undocumented(declared, record) == set()


def test_a_dependency_without_a_reason_is_found_and_a_reason_without_one_too() -> None:
    record = "| Package | Why |\n|---|---|\n| django | because |\n| left-pad | because |\n"

    assert undocumented(["django>=5.2,<5.3", "psycopg[binary]>=3"], record) == {"psycopg[binary]", "left-pad"}


def untrue_states(root: Path, page: str) -> list[str]:
    """Parts of the house that the page calls built or designed, wrongly or not at all."""
    stated = dict(re.findall(r"^\| `(\w+)/` \| (built|designed) \|", page, re.MULTILINE))
    true = {part: "built" if holds_something(root, part) else "designed" for part in PARTS}
    return [part for part in PARTS if stated.get(part) != true[part]]


def test_the_architecture_says_truly_what_is_built() -> None:
    page = (REPOSITORY / "docs/architecture.md").read_text(encoding="utf-8")

    assert untrue_states(REPOSITORY, page) == []


def test_a_part_that_is_called_built_and_is_not_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "hervat/law/ages.py", "")
    page = "".join(f"| `{part}/` | designed | |\n" for part in PARTS if part != "jobs")

    assert untrue_states(tmp_path, page) == ["law", "jobs"]
    assert untrue_states(tmp_path, page.replace("`law/` | designed", "`law/` | built")) == ["jobs"]
