"""The glossary knows every term of the register's closed sets: one Dutch term, one term in code."""

import re
from enum import StrEnum

import pytest

from hervat.register import vocabulary

from .tree import REPOSITORY


def closed_sets() -> list[type[StrEnum]]:
    """The sets that have members: their common base has none."""
    sets = vars(vocabulary).values()
    return [s for s in sets if isinstance(s, type) and issubclass(s, StrEnum) and len(s) > 0]


def terms_missing_from(glossary: str, closed_set: type[StrEnum]) -> list[str]:
    """Members that the glossary names neither alone nor as `Set.MEMBER`."""
    named = set(re.findall(r"`(?:\w+\.)?([A-Z0-9_]+)`", glossary))
    return [member.name for member in closed_set if member.name not in named]


@pytest.mark.parametrize("closed_set", closed_sets(), ids=lambda s: s.__name__)
def test_every_member_of_a_closed_set_stands_in_the_glossary(closed_set: type[StrEnum]) -> None:
    glossary = (REPOSITORY / "docs/glossary.md").read_text(encoding="utf-8")

    assert terms_missing_from(glossary, closed_set) == []
    assert f"`{closed_set.__name__}`" in glossary


def test_a_member_without_a_line_is_found() -> None:
    class Colour(StrEnum):
        RED = "rood"
        BLUE = "blauw"
        GREEN = "groen"

    assert terms_missing_from("| rood | `RED` | | blauw | `Colour.BLUE` |", Colour) == ["GREEN"]
