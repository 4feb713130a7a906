"""The strings of the interface, collected without GNU gettext.

`python -m tests.web.catalogue` adds what is missing to the English catalogue, drops what is no longer
used, and compiles it; the tests hold the committed files to the same collection.
"""

import ast
import re
from pathlib import Path

import polib
from django.utils.translation.template import templatize

WEB = Path(__file__).resolve().parents[2] / "hervat" / "web"
PO = WEB / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
LITERAL = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
# What `templatize` makes of a translation tag
ASKED = re.compile(rf"\bn?gettext\({LITERAL}(?:, {LITERAL})?")
Message = tuple[str, str]
"""A string with its plural; the plural is empty where there is none."""


def strings_in_python(source: str) -> set[Message]:
    """Return the literal arguments of `_()` and `ngettext()`."""
    found: set[Message] = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        literals = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        texts = [text for text in literals if isinstance(text, str)]
        if node.func.id in {"_", "gettext"} and texts:
            found.add((texts[0], ""))
        if node.func.id == "ngettext" and len(texts) == 2:
            found.add((texts[0], texts[1]))
    return found


def strings_in_template(source: str) -> set[Message]:
    """Return what the translation tags of a template ask for."""
    found: set[Message] = set()
    for one, many in ASKED.findall(templatize(source)):
        found.add((ast.literal_eval(one), ast.literal_eval(many) if many else ""))
    return found


def strings_in_use() -> set[Message]:
    """Return every string of the interface."""
    found: set[Message] = set()
    for path in WEB.rglob("*.py"):
        found |= strings_in_python(path.read_text(encoding="utf-8"))
    for path in WEB.rglob("templates/**/*.html"):
        found |= strings_in_template(path.read_text(encoding="utf-8"))
    return found


def message(entry: polib.POEntry) -> Message:
    return entry.msgid, entry.msgid_plural


def update() -> None:
    """Bring the catalogue up to date; new strings come in untranslated, and the tests then name them."""
    catalogue = polib.pofile(str(PO), wrapwidth=110) if PO.exists() else polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    used = strings_in_use()
    kept = {message(entry): entry for entry in catalogue if message(entry) in used}
    catalogue.clear()
    for one in sorted(used):
        catalogue.append(kept.get(one) or _untranslated(one))
    catalogue.save(str(PO))
    catalogue.save_as_mofile(str(MO))


def _untranslated(one: Message) -> polib.POEntry:
    if one[1]:
        return polib.POEntry(msgid=one[0], msgid_plural=one[1], msgstr_plural={0: "", 1: ""})
    return polib.POEntry(msgid=one[0], msgstr="")


if __name__ == "__main__":
    update()
