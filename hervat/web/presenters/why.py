"""Why one role may or may not use one item: the reason, and the decision for each purpose.

Everything here is what the register decides; nothing is left out because it is awkward.
Read next: `hervat/register/decisions.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from hervat.register.decisions import Allowed, Decision, Gap
from hervat.register.model import OpenPoint, PurposeId, Reason, Register
from hervat.register.vocabulary import Item, Role, Use
from hervat.web.filters import MatrixQuery
from hervat.web.presenters.access import access, address, purposes_of, reason_for
from hervat.web.presenters.words import (
    Chip,
    Link,
    basis_text,
    certainty_text,
    class_text,
    decision_chip,
)
from hervat.web.source import OnShow


@dataclass(frozen=True, slots=True)
class Note:
    """A reason as people read it: the sentence, where it comes from, how sure it is."""

    text: str
    source: str
    certainty: str


@dataclass(frozen=True, slots=True)
class PurposeLine:
    """What the register decides for one purpose, and why; `point` when an open point decides."""

    name: str
    read: Chip
    write: Chip
    text: str
    point: Link | None


@dataclass(frozen=True, slots=True)
class PointLine:
    """An open point that touches this decision, and whether it was accepted."""

    link: Link
    accepted: bool


@dataclass(frozen=True, slots=True)
class Why:
    """The answer to "why do I (not) see this?"."""

    role: str
    item: str
    chip: Chip
    waits: bool
    note: Note
    phrase: str
    item_class: str
    purposes: tuple[PurposeLine, ...]
    points: tuple[PointLine, ...]
    role_href: str
    item_href: str
    close_href: str


def present_why(show: OnShow, query: MatrixQuery, role: Role, item: Item) -> Why:
    """Format the reason for one cell."""
    register = show.register
    reading = register.reading.items[item]
    found = access(show, query, role, item)
    purposes = purposes_of(register, query, item)
    return Why(
        role=register.reading.roles[role].name,
        item=reading.name,
        chip=found.chip,
        waits=found.waits_for is not None,
        note=note(reason_for(register, role, item)),
        phrase=reading.phrase,
        item_class=class_text(reading.item_class),
        purposes=_alike(purpose_line(show, role, item, purpose) for purpose in purposes),
        points=_points(show, role, item, purposes),
        role_href=address(query, role=role, item=None),
        item_href=address(query, role=None, item=item),
        close_href=address(query, role=None, item=None, anchor=f"#{item}"),
    )


def note(reason: Reason) -> Note:
    """Format a reason."""
    return Note(reason.text, reason.source, certainty_text(reason.certainty))


def purpose_line(show: OnShow, role: Role, item: Item, purpose: PurposeId) -> PurposeLine:
    """Format what is decided for one purpose; a refusal to read explains more than one to write."""
    read = show.decisions.decide(role, item, Use.READ, purpose, show.on)
    write = show.decisions.decide(role, item, Use.WRITE, purpose, show.on)
    text, point = explain(show.register, write if isinstance(write, Allowed) else read)
    return PurposeLine(
        name=show.register.reading.purposes[purpose].name,
        read=decision_chip(read),
        write=decision_chip(write),
        text=text,
        point=point,
    )


def _alike(lines: Iterable[PurposeLine]) -> tuple[PurposeLine, ...]:
    """Join purposes for which the same is decided for the same reason."""
    found: dict[PurposeLine, list[str]] = {}
    for line in lines:
        found.setdefault(replace(line, name=""), []).append(line.name)
    if len(found) == 1 and len(next(iter(found.values()))) > 1:
        return tuple(replace(line, name=_("Alle doelen van dit gegeven")) for line in found)
    return tuple(replace(line, name=" · ".join(names)) for line, names in found.items())


def explain(register: Register, decision: Decision) -> tuple[str, Link | None]:
    """Return what a decision rests on: its ground, its reason, or the open point it waits for."""
    if isinstance(decision, Allowed):
        parts = (ground_of(register, decision.ground.purpose), decision.ground.extra)
        return ". ".join(part for part in parts if part), None
    if isinstance(decision, Gap):
        return decision.open_point.meanwhile_text, point_link(decision.open_point)
    return decision.reason.text, None


def point_link(point: OpenPoint) -> Link:
    """Return the way to an open point."""
    return Link(point.title, f"/register/open-points/#{point.id}", dutch=True)


def ground_of(register: Register, purpose: PurposeId) -> str:
    """Return the ground of a purpose, as the entry names it."""
    phrase = register.purpose(purpose)
    return f"{basis_text(phrase.basis)}: {'; '.join(phrase.named)}"


def _points(show: OnShow, role: Role, item: Item, purposes: tuple[PurposeId, ...]) -> tuple[PointLine, ...]:
    found = {
        point.id: point
        for purpose in purposes
        for use in Use
        for point in show.decisions.blocking(role, item, use, purpose, show.on)
    }
    return tuple(PointLine(point_link(point), code in show.accepted) for code, point in found.items())
