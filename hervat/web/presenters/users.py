"""Users, postings and units in words, for a functional administrator.

What may not be seen is empty, never a placeholder that looks like a value. Must never: show anything of a
dossier. Read next: `hervat/web/administration/`, docs/organisation.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from hervat.organisation.actions.activations import Paper
from hervat.organisation.queries.lists import Account, Holder
from hervat.organisation.rules.postings import By, Posting, PostingState, last_day
from hervat.organisation.rules.units import Tree, Unit
from hervat.register.cells import Hidden, Outcome, Shown
from hervat.register.vocabulary import ActorKind
from hervat.web.administration.forms import ReasonForm
from hervat.web.login.visitor import role_name
from hervat.web.presenters.log import kind_text, moment_text
from hervat.web.presenters.words import Chip, day_text

T = TypeVar("T")
MOST_CHOICES = 400


class Said(StrEnum):
    """What was done a moment ago; it stands in the address, and says nothing of anybody."""

    CREATED = "gemaakt"
    GRANTED = "geplaatst"
    REVOKED = "ingetrokken"
    APPROVED = "goedgekeurd"
    CLOSED = "gesloten"
    PLACED = "eenheid-toegevoegd"
    UNIT_CLOSED = "eenheid-gesloten"


@dataclass(frozen=True, slots=True)
class Beside:
    """What postings do not hold themselves; `reader` is who looks."""

    tree: Tree
    names: Mapping[UUID, Shown[str] | Outcome | Hidden]
    on: date
    reader: str


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A user."""

    code: str
    name: str
    email: str
    closed: str
    href: str


@dataclass(frozen=True, slots=True)
class PostingRow:
    """A posting; `form` revokes it, and is missing when it is over."""

    code: str
    user: str
    user_href: str
    role: str
    unit: str
    below: str
    period: str
    state: Chip
    granted: str
    approved: str
    revoked: str
    may_approve: bool
    why_not: str
    form: forms.Form | None
    open: bool


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit with what stands under it."""

    code: str
    abbreviation: str
    name: str
    kind: str
    closed: str
    below: "tuple[UnitRow, ...]"


@dataclass(frozen=True, slots=True)
class PaperView:
    """A code to hand over, once."""

    code: str
    until: str
    name: str
    email: str
    href: str


def said_text(given: str) -> str:
    """Return what was done a moment ago, and nothing for what we never say."""
    words = {
        Said.CREATED: _("Het account is gemaakt. Geef nu een plaatsing en een code voor het eerste bezoek."),
        Said.GRANTED: _("De plaatsing is gegeven."),
        Said.REVOKED: _("De plaatsing is ingetrokken."),
        Said.APPROVED: _("De plaatsing is goedgekeurd en geldt nu."),
        Said.CLOSED: _("Het account is gesloten."),
        Said.PLACED: _("De eenheid is toegevoegd."),
        Said.UNIT_CLOSED: _("De eenheid is gesloten."),
    }
    return words[Said(given)] if given in set(Said) else ""


def present_account(account: Account) -> AccountRow:
    """Format a user."""
    closed = shown(account.disabled_on)
    return AccountRow(
        code=str(account.user),
        name=shown(account.name) or str(account.user),
        email=shown(account.email) or "",
        closed=day_text(closed) if closed else "",
        href=reverse("user", args=[account.user]),
    )


def present_postings(
    held: Iterable[Holder], beside: Beside, revoking: ReasonForm | None = None
) -> tuple[PostingRow, ...]:
    """Format postings: what counts or waits first, what is over last. `revoking` was sent and refused."""
    order = tuple(_STATES)
    rows = [
        (order.index(state), _posting(holder, posting, state, beside, revoking))
        for holder in held
        if (posting := shown(holder.posting)) is not None and (state := shown(holder.state)) is not None
    ]
    return tuple(row for _place, row in sorted(rows, key=lambda one: one[0]))


def present_paper(paper: Paper, account: Account) -> PaperView:
    """Format a code that was made a moment ago."""
    row = present_account(account)
    return PaperView(paper.code, moment_text(paper.expires_at), row.name, row.email, row.href)


def present_units(tree: Tree, on: date) -> tuple[UnitRow, ...]:
    """Format the tree, by abbreviation."""
    return _under(tree, [unit for unit in tree.units.values() if unit.parent is None], on)


def unit_choices(tree: Tree, on: date) -> tuple[tuple[str, str], ...]:
    """Return the open units to choose from; none where there are too many for a list."""
    found = [(unit.abbreviation, unit.name) for unit in tree.units.values() if unit.is_open(on)]
    return tuple(sorted(found)) if len(found) <= MOST_CHOICES else ()


def codes_in(held: Iterable[Holder]) -> set[UUID]:
    """Return the codes of the users who granted, approved or revoked."""
    return set(_codes(held))


def shown(cell: Shown[T] | Outcome | Hidden) -> T | None:
    """Return what a cell shows."""
    return cell.value if isinstance(cell, Shown) else None


_STATES = {
    PostingState.PENDING: "warn i-open",
    PostingState.IN_FORCE: "good i-yes",
    PostingState.COMING: "calm i-go",
    PostingState.ENDED: "calm i-lock",
    PostingState.REVOKED: "calm i-no",
}


def posting_chip(state: PostingState) -> Chip:
    """Return how a posting stands."""
    words = {
        PostingState.PENDING: _("wacht op goedkeuring"),
        PostingState.IN_FORCE: _("geldt"),
        PostingState.COMING: _("begint nog"),
        PostingState.ENDED: _("afgelopen"),
        PostingState.REVOKED: _("ingetrokken"),
    }
    return Chip(_STATES[state], words[state])


def _posting(
    holder: Holder, posting: Posting, state: PostingState, beside: Beside, revoking: ReasonForm | None
) -> PostingRow:
    unit = beside.tree.get(posting.unit)
    over = state in {PostingState.ENDED, PostingState.REVOKED}
    sent = revoking is not None and revoking.data.get("plaatsing") == str(posting.id)
    return PostingRow(
        code=str(posting.id),
        user=shown(holder.name) or str(holder.user),
        user_href=reverse("user", args=[holder.user]),
        role=role_name(posting.role),
        unit=f"{unit.abbreviation}, {unit.name}" if unit else "",
        below=posting.below_reason,
        period=period_text(posting),
        state=posting_chip(state),
        granted=_by(posting.granted_by, beside),
        approved=_done(posting.approved_by, posting.approved_on, beside),
        revoked=_done(posting.revoked_by, posting.revoked_on, beside),
        may_approve=state is PostingState.PENDING and not _why_not(posting, beside),
        why_not=_why_not(posting, beside) if state is PostingState.PENDING else "",
        form=None if over else (revoking if sent else _form(posting)),
        open=sent,
    )


def _form(posting: Posting) -> ReasonForm:
    return ReasonForm(initial={"plaatsing": posting.id}, auto_id=f"id_{posting.id}_%s")


def _why_not(posting: Posting, beside: Beside) -> str:
    """Why whoever looks cannot be the second administrator; the rules decide, this only spares a click."""
    if posting.granted_by.code == beside.reader:
        return _("U gaf deze plaatsing zelf; een andere beheerder keurt haar goed.")
    if str(posting.user) == beside.reader:
        return _("Dit is uw eigen plaatsing; een andere beheerder keurt haar goed.")
    if posting.granted_by.kind is not ActorKind.USER:
        return _("Gegeven op de opdrachtregel; daar keurt een ander haar ook goed.")
    return ""


def period_text(posting: Posting) -> str:
    """Return from when until when a posting counts."""
    last = last_day(posting)
    first = day_text(posting.starts_on)
    if last is None:
        return _("vanaf %(first)s") % {"first": first}
    if last < posting.starts_on:
        return _("vanaf %(first)s; heeft nooit gegolden") % {"first": first}
    return _("%(first)s tot en met %(last)s") % {"first": first, "last": day_text(last)}


def _by(by: By, beside: Beside) -> str:
    code = _user(by)
    cell = beside.names.get(code) if code is not None else None
    name = shown(cell) if cell is not None else None
    return name or f"{kind_text(by.kind)} {by.code}"


def _done(by: By | None, on: date | None, beside: Beside) -> str:
    return "" if by is None or on is None else f"{_by(by, beside)}, {day_text(on)}"


def _user(by: By) -> UUID | None:
    try:
        return UUID(by.code) if by.kind is ActorKind.USER else None
    except ValueError:
        return None


def _codes(held: Iterable[Holder]) -> Iterator[UUID]:
    for holder in held:
        posting = shown(holder.posting)
        for by in (posting.granted_by, posting.approved_by, posting.revoked_by) if posting else ():
            code = _user(by) if by else None
            if code is not None:
                yield code


def _under(tree: Tree, units: Iterable[Unit], on: date) -> tuple[UnitRow, ...]:
    return tuple(
        UnitRow(
            code=str(unit.id),
            abbreviation=unit.abbreviation,
            name=unit.name,
            kind=unit.kind,
            closed="" if unit.is_open(on) or unit.closed_on is None else day_text(unit.closed_on),
            below=_under(tree, [tree.units[one] for one in tree.children.get(unit.id, ())], on),
        )
        for unit in sorted(units, key=lambda one: one.abbreviation)
    )
