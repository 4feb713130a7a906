"""What some tests need from the machine: a Chromium, a Java. Found, or said how to get.

Where they are missing the tests skip visibly; with CI=true they fail, because there a
skipped check is a check nobody made.
"""

import os
import shutil
import sys
from pathlib import Path

import pytest

GET_CHROMIUM = (
    "Geen Chromium gevonden. Debian: apt install chromium; macOS: brew install --cask chromium; "
    "of wijs er een aan met HERVAT_CHROMIUM."
)
GET_JAVA = "Geen Java gevonden. Debian: apt install default-jre-headless; macOS: brew install openjdk."
_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_CHROMIUM_PATHS = (
    "/usr/bin/chromium",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find_chromium() -> str | None:
    """Return the path of a Chromium, or None. One that is named and absent is an error."""
    named = os.environ.get("HERVAT_CHROMIUM")
    if named:
        if not Path(named).is_file():
            raise FileNotFoundError(f"HERVAT_CHROMIUM wijst naar {named}, maar daar staat geen programma.")
        return named
    on_path = (found for name in _CHROMIUMS if (found := shutil.which(name)))
    in_place = (path for path in _CHROMIUM_PATHS if Path(path).is_file())
    return next(on_path, None) or next(in_place, None)


def find_java() -> str | None:
    """Return the path of a Java that starts, or None: macOS has a `java` that only asks to install one."""
    java = shutil.which("java")
    if java == "/usr/bin/java" and sys.platform == "darwin" and not os.environ.get("JAVA_HOME"):
        return None
    return java


def need(found: str | None, how_to_get: str) -> str:
    """Return what was found; otherwise fail in CI and skip elsewhere, saying how to get it."""
    if found is not None:
        return found
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(how_to_get, pytrace=False)
    pytest.skip(how_to_get)
