"""Every relative link in every Markdown file leads somewhere, headings included."""

import re
from pathlib import Path

from .tree import REPOSITORY, files, plant

_LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_NAMED_LINK = re.compile(r"^\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)", re.MULTILINE)
_CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)
_ELSEWHERE = re.compile(r"^[a-z][a-z0-9+.-]*:|^//", re.IGNORECASE)
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


def dead_links(root: Path) -> list[str]:
    return [
        f"{page.relative_to(root)}: {target}"
        for page in files(root, ".md")
        for target in _targets(page)
        if not _leads_somewhere(page, target)
    ]


def _targets(page: Path) -> list[str]:
    text = _CODE.sub("", page.read_text(encoding="utf-8"))
    targets = _LINK.findall(text) + _NAMED_LINK.findall(text)
    return [target for target in targets if not _ELSEWHERE.match(target)]


def _leads_somewhere(page: Path, target: str) -> bool:
    path, _, heading = target.partition("#")
    there = page.parent / path if path else page
    if not there.exists():
        return False
    return not heading or there.suffix != ".md" or heading in _anchors(there)


def _anchors(page: Path) -> set[str]:
    """The anchors that forges give to headings: lower case, words joined, marks dropped."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h).strip().lower().replace(" ", "-") for h in _HEADING.findall(text)}


def test_every_relative_link_leads_somewhere() -> None:
    assert dead_links(REPOSITORY) == []


def test_a_dead_link_is_found_and_a_good_one_is_not(tmp_path: Path) -> None:
    plant(tmp_path, "docs/there.md", "# A heading, with marks\n")
    plant(
        tmp_path,
        "README.md",
        "[a](docs/there.md) [b](docs/there.md#a-heading-with-marks) [c](https://example.org/) [d](docs)\n"
        "```\n[e](in/code.md)\n```\n`[f](in/code.md)`\n"
        "[g](docs/gone.md) ![h](docs/gone.png)\n[i](docs/there.md#gone)\n[j]: docs/named.md\n",
    )

    assert dead_links(tmp_path) == [
        "README.md: docs/gone.md",
        "README.md: docs/gone.png",
        "README.md: docs/there.md#gone",
        "README.md: docs/named.md",
    ]
