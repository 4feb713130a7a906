"""One role with all items, or one item with all roles: a list that also reads well on a phone.

With a purpose chosen it says what the register decides for that purpose on that day; without one,
what our reading gives, over all purposes. Read next: `access.py`, `why.py`.
"""

from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache

from hervat.register.decisions import Allowed
from hervat.register.model import OpenPoint, PurposeId
from hervat.register.vocabulary import Item, Role, Use
from hervat.web.filters import Columns, MatrixQuery, Rows
from hervat.web.presenters.access import Access, access, address, columns_of, reason_for
from hervat.web.presenters.matrix import items_of
from hervat.web.presenters.why import Note, PurposeLine, ground_of, note, point_link, purpose_line
from hervat.web.presenters.words import Chip, Link, class_chip, class_text
from hervat.web.source import OnShow


@dataclass(frozen=True, slots=True)
class LineView:
    """A role or item with what holds for it. `decided` only when a purpose was chosen."""

    name: str
    href: str
    why_href: str
    tag: Chip | None
    chip: Chip
    waits: bool
    note: Note
    waits_for: Link | None
    decided: PurposeLine | None


@dataclass(frozen=True, slots=True)
class LinesView:
    """The list, what it is about, and how often each state occurs."""

    title: str
    recipient: str
    phrase: str
    about: str
    lines: tuple[LineView, ...]
    counts: tuple[tuple[Chip, int], ...]
    purpose: str
    ground: str
    close_href: str


@lru_cache(maxsize=128)
def present_role(show: OnShow, query: MatrixQuery, role: Role) -> LinesView:
    """Format what one role may do with every item."""
    reading = show.register.reading
    every = MatrixQuery(item_class=query.item_class, purpose=query.purpose, columns=Columns.ALL)
    pairs = [(item, access(show, query, role, item)) for item in items_of(show.register, every)]
    shown = [(item, found) for item, found in pairs if query.rows is Rows.ALL or _something(found)]
    return LinesView(
        title=reading.roles[role].name,
        recipient=_recipient(show, role),
        phrase="",
        about="",
        lines=tuple(_line(show, query, role, item, found, of_item=True) for item, found in shown),
        counts=_counts([found for _item, found in pairs]),
        purpose=reading.purposes[query.purpose].name if query.purpose else "",
        ground=ground_of(show.register, query.purpose) if query.purpose else "",
        close_href=address(query, role=None, item=None),
    )


@lru_cache(maxsize=128)
def present_item(show: OnShow, query: MatrixQuery, item: Item) -> LinesView:
    """Format what every role may do with one item."""
    reading = show.register.reading
    pairs = [(role, access(show, query, role, item)) for role in columns_of(show.register, Columns.ALL)]
    shown = [(role, found) for role, found in pairs if query.rows is Rows.ALL or _something(found)]
    return LinesView(
        title=reading.items[item].name,
        recipient="",
        phrase=reading.items[item].phrase,
        about=class_text(reading.items[item].item_class),
        lines=tuple(_line(show, query, role, item, found, of_item=False) for role, found in shown),
        counts=_counts([found for _role, found in pairs]),
        purpose=reading.purposes[query.purpose].name if query.purpose else "",
        ground=ground_of(show.register, query.purpose) if query.purpose else "",
        close_href=address(query, role=None, item=None),
    )


def _line(
    show: OnShow, query: MatrixQuery, role: Role, item: Item, found: Access, *, of_item: bool
) -> LineView:
    reading = show.register.reading
    return LineView(
        name=reading.items[item].name if of_item else reading.roles[role].name,
        href=address(query, role=None if of_item else role, item=item if of_item else None),
        why_href=address(query, role=role, item=item, anchor="#waarom"),
        tag=class_chip(reading.items[item].item_class) if of_item else None,
        chip=found.chip,
        waits=found.waits_for is not None,
        note=note(reason_for(show.register, role, item)),
        waits_for=_link(found.waits_for),
        decided=_decided(show, role, item, query.purpose) if query.purpose else None,
    )


def _decided(show: OnShow, role: Role, item: Item, purpose: PurposeId) -> PurposeLine:
    """What is decided, with the reason of the reading: the ground is the same on every line."""
    line = purpose_line(show, role, item, purpose)
    decision = show.decisions.decide(role, item, Use.READ, purpose, show.on)
    if not isinstance(decision, Allowed):
        return line
    parts = (reason_for(show.register, role, item).text, decision.ground.extra)
    return replace(line, text=" ".join(part for part in parts if part))


def _link(point: OpenPoint | None) -> Link | None:
    return point_link(point) if point else None


def _recipient(show: OnShow, role: Role) -> str:
    phrases = (one.phrase for one in show.register.entry.recipients if one.role is role)
    return next(phrases, "")


def _counts(found: list[Access]) -> tuple[tuple[Chip, int], ...]:
    return tuple(Counter(one.chip for one in found if one.allowed).most_common())


def _something(found: Access) -> bool:
    return found.allowed or found.waits_for is not None
