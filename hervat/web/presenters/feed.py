"""Messages of the personnel system that were set apart, in words: the list, and one of them.

Must never: show a member in another form than its cell, or repeat in a sentence what a message says.
Read next: `../incoming/messages.py`, `../../exchange/queries/quarantine.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hervat.exchange.queries.quarantine import Member, Opened, Waiting, WaitingList
from hervat.exchange.rules.faults import Fault, FaultCode
from hervat.exchange.rules.putting_right import item_of
from hervat.exchange.rules.vocabulary import (
    KEPT_DAYS,
    KIND_NAMES,
    MessageKind,
    Outcome,
    QuarantineState,
)
from hervat.organisation.rules.units import Tree
from hervat.register.cells import Hidden, Shown
from hervat.register.permit import Permit
from hervat.register.vocabulary import Role, Scope
from hervat.web.presenters.facts import word
from hervat.web.presenters.feed_words import CODES, FAULTS, NAMES, TAKEN_IN
from hervat.web.presenters.words import Chip, Link, day_text

_SOON: Final = 7


@dataclass(frozen=True, slots=True)
class Row:
    """A message of the list."""

    href: str
    kind: str
    fault: str
    what_to_do: str
    unit: str
    line: str
    received: str
    age: str
    until: str
    chip: Chip | None


@dataclass(frozen=True, slots=True)
class FeedView:
    """The list of what waits, with how long it is kept."""

    sentence: str
    rows: tuple[Row, ...]
    more: str
    kept: str
    done: str
    colleagues: tuple[Link, ...] = ()
    own: bool = True


@dataclass(frozen=True, slots=True)
class Unseen:
    """A member that is in the message and may not be seen, or not in full."""

    name: str
    why: str
    href: str


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message: what is wrong, about which members, and what of it is not shown."""

    row: Row
    about: str
    unseen: tuple[Unseen, ...]
    kept: str


def present_feed(
    found: WaitingList,
    tree: Tree,
    on: date,
    *,
    destroys: bool,
    done: str,
    whose: UUID | None,
    colleagues: Mapping[UUID, str],
) -> FeedView:
    """Format the list of what waits; `whose` is the colleague whose list it is, `colleagues` are all."""
    shown, total = len(found.rows), found.total
    sentence = ngettext("Er wacht %(count)s bericht.", "Er wachten %(count)s berichten.", total)
    more = _("Dit zijn de %(shown)s oudste. Wat u afhandelt, maakt plaats voor de volgende.") % {
        "shown": shown
    }
    return FeedView(
        sentence=sentence % {"count": total} if total else "",
        rows=tuple(_row(one, tree, on, destroys, whose) for one in found.rows),
        more=more if total > shown else "",
        kept=_kept(destroys),
        done=_done(done),
        colleagues=tuple(Link(name, feed_href(code)) for code, name in colleagues.items() if code != whose),
        own=whose is None,
    )


def present_message(opened: Opened, tree: Tree, on: date, *, destroys: bool) -> MessageView:
    """Format one message."""
    hidden = [one for one in opened.members if not isinstance(one.cell, Shown)]
    return MessageView(
        row=_row(opened.waiting, tree, on, destroys),
        about=_about(opened.fault),
        unseen=tuple(_unseen(one) for one in hidden),
        kept=_kept(destroys),
    )


def feed_href(whose: UUID | None) -> str:
    """Return where the list is: one's own, or that of a colleague whom one stands in for."""
    return reverse("feed") + (f"?namens={whose}" if whose else "")


def lacking(opened: Opened, permit: Permit) -> tuple[str, ...]:
    """Return the members that a message lacks and that may be filled in: their items are seen in full."""
    there = {one.path for one in opened.members}
    missing = opened.fault.members if opened.fault.code in {FaultCode.MISSING, FaultCode.NO_MESSAGE} else ()
    return tuple(
        path
        for path in missing
        if path not in there
        if path in {"kind", "sent_at"} or ((item := item_of(path)) and permit.scope(item) is Scope.FULL)
    )


def member_name(path: str) -> str:
    """Return the label of a member; of a unit, which one of the tree it is."""
    *above, last = path.split(".")
    found = NAMES.get(path) or NAMES.get(last)
    name = str(found) if found else path
    number = next((step for step in above if step.isdecimal()), None)
    return (
        _("%(name)s van eenheid %(number)s") % {"name": name, "number": int(number) + 1} if number else name
    )


def place_of(path: str) -> tuple[int, str]:
    """Return where a member stands among the others, as somebody reads them."""
    known = list(NAMES)
    name = path if path in NAMES else path.rpartition(".")[2]
    number = next((step for step in path.split(".") if step.isdecimal()), "")
    return (int(number or 0) * len(known) + known.index(name) if name in NAMES else len(known) ** 2, path)


def code_name(code: str) -> str:
    """Return a code of a message in words."""
    if code in CODES:
        return str(CODES[code])
    return KIND_NAMES[MessageKind(code)] if code in set(MessageKind) else word(code)


def settled_text(state: QuarantineState | None, *, by_oneself: bool) -> str:
    """Return what became of a message that somebody comes to second."""
    if state is QuarantineState.EXPIRED:
        return _("De termijn ervan is om: wat erin stond is vernietigd.")
    if state is QuarantineState.DISCARDED:
        return _("U wees het zelf af.") if by_oneself else _("Een collega wees het af.")
    if state is QuarantineState.RELEASED:
        taken = _("U nam het zelf op.") if by_oneself else _("Een collega nam het op.")
        return taken + " " + _("Het is een keer verwerkt, niet twee keer.")
    return ""


def _row(one: Waiting, tree: Tree, on: date, destroys: bool, whose: UUID | None = None) -> Row:
    left = (one.expires_on - on).days
    return Row(
        href=reverse("feed-message", args=[one.id]) + (f"?namens={whose}" if whose else ""),
        kind=KIND_NAMES[one.kind] if one.kind else _("soort niet te lezen"),
        fault=str(FAULTS[one.code]),
        what_to_do=Fault(one.code).in_general,
        unit=_unit(one.unit, tree),
        line=_("regel %(line)s") % {"line": one.line} if one.line else "",
        received=day_text(one.received_on),
        age=_age((on - one.received_on).days),
        until=day_text(one.expires_on) if destroys else "",
        chip=_chip(left, (on - one.received_on).days, destroys),
    )


def _chip(left: int, age: int, destroys: bool) -> Chip | None:
    if destroys and left <= _SOON:
        days = ngettext("nog %(count)s dag bewaard", "nog %(count)s dagen bewaard", max(left, 0))
        return Chip("bad i-alert", days % {"count": max(left, 0)})
    return Chip("warn i-soon", _("langer dan een week")) if age > _SOON else None


def _age(days: int) -> str:
    if days <= 0:
        return _("sinds vandaag")
    return ngettext("sinds %(count)s dag", "sinds %(count)s dagen", days) % {"count": days}


def _unit(cell: Any, tree: Tree) -> str:
    if not isinstance(cell, Shown):
        return _("niet zichtbaar")
    if cell.value is None:
        return _("van geen bekende eenheid")
    unit = tree.get(UUID(str(cell.value)))
    return unit.abbreviation if unit else "–"


def _about(fault: Fault) -> str:
    """The members that a fault is about: ours by their label, others by the name that was sent."""
    known = (member_name(name) if _is_ours(name) else f"‘{name}’" for name in fault.members)
    return ", ".join(dict.fromkeys(known))


def _is_ours(path: str) -> bool:
    return path in NAMES or path.rpartition(".")[2] in NAMES


def is_wrong(path: str, fault: Fault) -> bool:
    """Whether a fault is about a member: it names one without the places in a list, or by its last step."""
    plain = ".".join(step for step in path.split(".") if not step.isdecimal())
    return any(plain == name or plain.endswith(f".{name}") for name in fault.members)


def _unseen(member: Member) -> Unseen:
    assert member.item is not None  # noqa: S101 - what is about nobody is shown
    href = f"{reverse('matrix')}?rol={Role.PO_ADVISER}&gegeven={member.item}"
    if isinstance(member.cell, Hidden):
        return Unseen(member_name(member.path), member.cell.reason.text, href)
    return Unseen(member_name(member.path), _("u ziet hiervan alleen de uitkomst"), href)


def _kept(destroys: bool) -> str:
    if destroys:
        return _("Een bericht wacht hier %(days)s dagen. Daarna wordt wat erin staat vernietigd.") % {
            "days": KEPT_DAYS
        }
    return _(
        "Hoe lang een bericht hier mag wachten, is nog niet beslist. Tot die beslissing wordt niets "
        "vernietigd; daarna na %(days)s dagen."
    ) % {"days": KEPT_DAYS}


def _done(code: str) -> str:
    known: Iterable[Outcome] = TAKEN_IN
    return next((str(TAKEN_IN[one]) for one in known if one.value == code), "")
