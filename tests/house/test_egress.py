"""No page loads anything from another host: everything is served from here.

A link that a reader follows (`<a href>`) is no egress: it opens nothing until it is clicked.
"""

import re
from pathlib import Path

import pytest

from .tree import REPOSITORY, files, plant

_OTHER_HOST = r"(?:(?:https?|wss?):)?//[\w\[{]"
_LOADING_TAG = re.compile(
    rf"""<(?!a\b)[a-z][\w-]*\b[^>]*\s
    (?:src|srcset|href|xlink:href|data|action|formaction|poster|ping|manifest|content|[\w-]*hx-\w+)
    \s*=\s*["']?[^"'>]*?{_OTHER_HOST}""",
    re.IGNORECASE | re.VERBOSE,
)
_STYLE = re.compile(rf"""(?:url\(\s*["']?|@import\s+["']){_OTHER_HOST}""", re.IGNORECASE)
_SCRIPT = re.compile(rf"""["'`]{_OTHER_HOST}""", re.IGNORECASE)
# The names of vocabularies look like addresses; nothing is loaded from them.
_NAMESPACE = re.compile(r"""http://www\.w3\.org/[\w/#-]+""")


def loads_from_elsewhere(root: Path) -> list[str]:
    """Templates, style sheets, scripts and drawings that name another host to load from."""
    found = []
    for path in files(root / "hervat", ".html", ".css", ".js", ".svg", ".webmanifest"):
        text = _NAMESPACE.sub("", path.read_text(encoding="utf-8"))
        patterns = (_SCRIPT,) if path.suffix in {".js", ".webmanifest"} else (_LOADING_TAG, _STYLE)
        for match in (m for pattern in patterns for m in pattern.finditer(text)):
            found.append(f"{path.relative_to(root)}:{text.count(chr(10), 0, match.start()) + 1}")
    return found


def test_no_page_loads_anything_from_another_host() -> None:
    assert loads_from_elsewhere(REPOSITORY) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.html", '<script src="https://example.org/x.js"></script>'),
        ("page.html", '<link\n  rel="stylesheet" href="//example.org/x.css">'),
        ("page.html", '<img alt="" srcset="a.png 1x, https://example.org/b.png 2x">'),
        ("page.html", '<form method="post" action="https://example.org/">'),
        ("page.html", '<div data-hx-get="https://example.org/x">'),
        ("page.html", '<meta http-equiv="refresh" content="0; url=https://example.org/">'),
        ("page.html", '<script src="//{{ host }}/x.js"></script>'),
        ("look.css", "@import 'https://example.org/x.css';"),
        ("look.css", "a { background: url(http://example.org/x.png) }"),
        ("more.js", 'fetch("https://example.org/x")'),
        ("more.js", "new WebSocket('wss://example.org')"),
        ("icon.svg", '<image href="https://example.org/x.png"/>'),
    ],
)
def test_something_loaded_from_elsewhere_is_found(tmp_path: Path, name: str, text: str) -> None:
    plant(tmp_path, f"hervat/web/static/{name}", text)

    assert len(loads_from_elsewhere(tmp_path)) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.html", '<p class="x"><a class="y" href="https://wetten.overheid.nl/">de wet</a></p>'),
        ("page.html", '<link rel="stylesheet" href="{% static \'look.css\' %}">'),
        ("page.html", '<img src="/static/x.png" alt="">'),
        ("icon.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>'),
        ("look.css", "a { background: url('x.png') } /* see https://example.org */"),
        ("more.js", "// see https://example.org\nfetch('/register/')"),
        ("vendor/htmx.js", 'fetch("https://example.org/x")'),
    ],
)
def test_a_link_and_our_own_files_are_allowed(tmp_path: Path, name: str, text: str) -> None:
    plant(tmp_path, f"hervat/web/static/{name}", text)

    assert loads_from_elsewhere(tmp_path) == []
