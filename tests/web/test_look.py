"""The look: one file of tokens, small style sheets, and nothing a strict policy would block."""

import gzip
import re
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "hervat" / "web"
STATIC = WEB / "static" / "hervat"
TOKENS = (STATIC / "tokens.css").read_text(encoding="utf-8")
SHEET = (STATIC / "hervat.css").read_text(encoding="utf-8")
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|color-mix)a?\(|:\s*(?:white|black|red|gr[ae]y)\b", re.I
)


def test_no_colour_stands_outside_the_tokens() -> None:
    assert COLOUR.findall(SHEET) == []
    assert COLOUR.findall(TOKENS)
    assert COLOUR.findall("a { color: #fff; background: rgb(0 0 0); border-color: white }")


def test_every_token_that_is_used_exists_and_every_token_is_used() -> None:
    made = set(re.findall(r"(--[\w-]+):", TOKENS + SHEET))
    used = set(re.findall(r"var\((--[\w-]+)", TOKENS + SHEET))

    assert used - made == set()
    assert made - used == set()


def test_every_symbol_that_is_named_exists_and_is_named() -> None:
    named = set(re.findall(r'url\("icons/([\w-]+)\.svg"\)', SHEET))
    there = {path.stem for path in (STATIC / "icons").glob("*.svg")}

    assert named == there


def test_styles_and_scripts_travel_small() -> None:
    styles = (TOKENS + SHEET).encode()
    script = (WEB / "static" / "vendor" / "htmx" / "htmx-4.0.1.min.js").read_bytes()

    assert len(styles) < 32_000
    assert len(gzip.compress(styles)) + len(gzip.compress(script)) < 25_000


@pytest.mark.parametrize("path", sorted(WEB.rglob("templates/**/*.html")), ids=lambda path: path.name)
def test_a_template_is_short_and_has_no_style_script_or_handler_inside(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert text.count("\n") <= 120
    assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", text) == []
    assert not re.search(r"(?<!data-)hx-(?!config)", text.replace("htmx-", "")), "write data-hx-*"
