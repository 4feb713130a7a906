"""An HTML page becomes what it tells: per item shown, only the outcome, or hidden with a reason.

Reads what a person would read: the words and the links of the page, never the values behind them.
Read next: `pages.py`.
"""

import re
from collections.abc import Iterable
from html import unescape

from hervat.register import in_force
from hervat.register.vocabulary import Item, Use

from .mouth import Answer, Cell, Entry, Telling

_FIELD = re.compile(r'<dt>.*?</dt>\s*<dd>(.*?)</dd>\s*<dd class="about">(.*?)</dd>', re.DOTALL)
_WHY = re.compile(r"/waarom/([\w-]+)/")
_SHUT = re.compile(r'<p class="names"[^>]*>(.*?)</p>\s*<p><span[^>]*>(.*?)</span>', re.DOTALL)
_CELL = re.compile(r"<t[hd][ >].*?</t[hd]>", re.DOTALL)
_CONTROL = re.compile(r'<(?:input|select|textarea)[^>]* name="([^"]+)"')
_DECISION = re.compile(r'<div class="decision">\s*<p><b>\w+</b>(.*?)</p>\s*<p[^>]*>(.*?)</p>', re.DOTALL)
_WORDS = {
    "ja, volledig": Telling.SHOWN,
    "ja, alleen over uzelf": Telling.SHOWN,
    "ja, per geval": Telling.SHOWN,
    "ja, alleen de uitkomst": Telling.OUTCOME,
}
_HIDDEN = 'class="unseen'
_OUTCOME = "alleen de uitkomst"
NOT_THERE = "Dit dossier is er niet"


def entry_of(answer: Answer) -> Entry:
    """Whether a page let somebody in. Back to log-in is as little as nothing there."""
    if answer.status == 200:
        return Entry.IN
    if answer.status == 403:
        return Entry.REFUSED if len(text_of(answer.text)) > 40 else Entry.NOT_FOUND
    gone = answer.status == 404 or "/inloggen/" in answer.head
    assert gone, (answer.what, answer.status)
    return Entry.NOT_FOUND


def text_of(page: str) -> str:
    """What is said in the main part of a page, without its tags."""
    main = page.partition("<main")[2] or page
    return unescape(re.sub(r"<[^>]+>", " ", main))


def piece(html: str) -> Telling:
    """What a piece of a page tells of the item that stands there."""
    if _HIDDEN in html:
        return Telling.HIDDEN
    return Telling.OUTCOME if _OUTCOME in html else Telling.SHOWN


def merged(said: Iterable[tuple[Cell, Telling]]) -> dict[Cell, Telling]:
    """What was told of each item; an item that is told of in two ways is a fault of its own."""
    found: dict[Cell, Telling] = {}
    for cell, told in said:
        found[cell] = told if found.get(cell, told) is told else Telling.TWO_THINGS
    return found


def fields_on(page: str) -> dict[Cell, Telling]:
    """The fields of a dossier, by the item that their "waarom?" leads to, and the closed items by theirs."""
    said = [
        ((Item(_WHY.search(about)[1]), Use.READ), piece(shown))  # type: ignore[index]
        for shown, about in _FIELD.findall(page)
    ]
    return merged([*said, *(((item, Use.READ), Telling.HIDDEN) for item in closed_on(page))])


def closed_on(page: str) -> dict[Item, str]:
    """The items under "niet zichtbaar voor uw rol", each with the reason that stands there."""
    return {
        Item(code): unescape(reason)
        for listed, reason in _SHUT.findall(page)
        for code in _WHY.findall(listed)
    }


def item_names() -> dict[str, Item]:
    """The items by the name they have on a page."""
    return {one.name: item for item, one in in_force.history().latest.reading.items.items()}


def explained(item: Item, page: str) -> tuple[dict[Cell, Telling], dict[Item, str]]:
    """What an explanation tells of reading and of recording an item, and the reason for reading."""
    found = _DECISION.findall(page)
    tellings = (_WORDS.get(_plain(chip), Telling.HIDDEN) for chip, _ in found)
    said = dict(zip(((item, Use.READ), (item, Use.WRITE)), tellings, strict=False))
    return said, {item: unescape(found[0][1])} if found else {}


def _plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html)).strip()


def cells_of(row: str) -> list[str]:
    """The cells of a row of a table."""
    return _CELL.findall(row)


def controls_on(page: str) -> set[str]:
    """The names of what can be filled in, without what a value consists of."""
    return {name.partition("-")[0] for name in _CONTROL.findall(page)}
