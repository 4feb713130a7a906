"""One's own account in words: postings, deputies, and how one hears of one's work.

Must never: show more of a colleague than the name and what the two share. Read next: `../account/views.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from hervat.organisation.queries.deputies import DeputyRow
from hervat.organisation.queries.lists import Account, Holder
from hervat.organisation.queries.preferences import Preferences
from hervat.organisation.rules.deputies import DEPUTISED, Deputation, DeputyReason, DeputyState
from hervat.organisation.rules.postings import UNIT_ROLES, Posting, PostingState
from hervat.organisation.rules.units import Tree
from hervat.web.login.visitor import ASSIGNED, role_name
from hervat.web.presenters.users import period_text, posting_chip, shown
from hervat.web.presenters.words import Chip, day_text

_NOW = frozenset({PostingState.IN_FORCE, PostingState.COMING, PostingState.PENDING})
_OVER = frozenset({DeputyState.ENDED, DeputyState.REVOKED})
_CHIPS = {
    DeputyState.IN_FORCE: "good i-yes",
    DeputyState.COMING: "calm i-go",
    DeputyState.WAITING: "warn i-open",
    DeputyState.ENDED: "calm i-lock",
    DeputyState.REVOKED: "calm i-no",
}


class AccountDone(StrEnum):
    """What was done a moment ago; it stands in the address, and says nothing of anybody."""

    KEPT = "bewaard"
    NAMED = "waarneming-vastgelegd"
    ENDED = "waarneming-beeindigd"
    OVER = "waarneming-voorbij"


@dataclass(frozen=True, slots=True)
class OwnPosting:
    """A posting as its owner sees it."""

    role: str
    unit: str
    below: str
    period: str
    state: Chip
    hand_over: str


@dataclass(frozen=True, slots=True)
class DeputyView:
    """Somebody who acts for somebody; `may_end` while it is not over."""

    code: str
    name: str
    role: str
    unit: str
    period: str
    reason: str
    state: Chip
    may_end: bool


@dataclass(frozen=True, slots=True)
class DeputiesView:
    """Who acts for me, for whom I act, and what is over."""

    for_me: tuple[DeputyView, ...]
    by_me: tuple[DeputyView, ...]
    past: tuple[DeputyView, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """How somebody hears of their work."""

    wants_digest: bool
    language: str


@dataclass(frozen=True, slots=True)
class AccountView:
    """One's own account. `chosen` is missing for who keeps no address here, such as an auditor."""

    email: str
    code: str
    postings: tuple[OwnPosting, ...]
    deputies: DeputiesView
    chosen: Chosen | None


def done_text(given: str) -> str:
    """Return what was done a moment ago, and nothing for what we never say."""
    words = {
        AccountDone.KEPT: _("Uw keuze is bewaard."),
        AccountDone.NAMED: _("De waarneming is vastgelegd. Uw collega ziet haar op de eigen pagina."),
        AccountDone.ENDED: _("De waarneming is beëindigd en geldt vanaf nu niet meer."),
        AccountDone.OVER: _("Deze waarneming was al voorbij."),
    }
    return words[AccountDone(given)] if given in set(AccountDone) else ""


def present_own_account(
    account: Account | None,
    postings: Iterable[Holder],
    preferences: Preferences | None,
    rows: Iterable[DeputyRow],
    tree: Tree,
) -> AccountView:
    """Format one's own account; of the postings those that count or will."""
    return AccountView(
        email=(shown(account.email) or "") if account else "",
        code=str(account.user) if account else "",
        postings=tuple(_posting(posting, state, tree) for posting, state in _current(postings)),
        deputies=present_deputies(rows, tree),
        chosen=_chosen(preferences) if preferences else None,
    )


def present_deputies(rows: Iterable[DeputyRow], tree: Tree) -> DeputiesView:
    """Format who acts for whom."""
    found = [(row, view) for row in rows if (view := _deputy(row, tree)) is not None]
    open_ones = [(row, view) for row, view in found if view.may_end]
    return DeputiesView(
        for_me=tuple(view for row, view in open_ones if not row.by_me),
        by_me=tuple(view for row, view in open_ones if row.by_me),
        past=tuple(view for _row, view in found if not view.may_end),
    )


def deputy_choices(postings: Iterable[Holder], tree: Tree) -> list[tuple[str, str]]:
    """Return the postings in which somebody may name a deputy."""
    found = [posting for posting, _state in _current(postings) if posting.role in DEPUTISED]
    return [(str(one.id), ", ".join(filter(None, (role_name(one.role), _unit(one, tree))))) for one in found]


def _chosen(preferences: Preferences) -> Chosen:
    return Chosen(shown(preferences.wants_digest) or False, shown(preferences.language) or "nl")


def _current(postings: Iterable[Holder]) -> list[tuple[Posting, PostingState]]:
    return [
        (posting, state)
        for holder in postings
        if (posting := shown(holder.posting)) is not None and (state := shown(holder.state)) in _NOW
    ]


def _posting(posting: Posting, state: PostingState, tree: Tree) -> OwnPosting:
    return OwnPosting(
        role=role_name(posting.role),
        unit=_unit(posting, tree),
        below=posting.below_reason,
        period=period_text(posting),
        state=posting_chip(state),
        hand_over=_hand_over(posting, state),
    )


def _hand_over(posting: Posting, state: PostingState) -> str:
    """Where a posting that counts is handed over, for roles that have dossiers."""
    if state is not PostingState.IN_FORCE or posting.role not in UNIT_ROLES | ASSIGNED:
        return ""
    return f"{reverse('hand-over')}?{urlencode({'rol': posting.role.value})}"


def _deputy(row: DeputyRow, tree: Tree) -> DeputyView | None:
    deputation, state = shown(row.deputation), shown(row.state)
    if deputation is None or state is None:
        return None
    return DeputyView(
        code=str(deputation.id),
        name=shown(row.principal_name if row.by_me else row.deputy_name) or "",
        role=role_name(deputation.posting.role),
        unit=_unit(deputation.posting, tree),
        period=_("%(first)s tot en met %(last)s")
        % {"first": day_text(deputation.starts_on), "last": day_text(deputation.ends_on)},
        reason=_reason(deputation),
        state=Chip(_CHIPS[state], _state(state)),
        may_end=state not in _OVER,
    )


def _unit(posting: Posting, tree: Tree) -> str:
    unit = tree.get(posting.unit)
    return f"{unit.abbreviation}, {unit.name}" if unit else ""


def _reason(deputation: Deputation) -> str:
    return {
        DeputyReason.ABSENCE: _("niet aanwezig"),
        DeputyReason.DEPLOYMENT: _("inzet of oefening"),
        DeputyReason.COURSE: _("opleiding"),
        DeputyReason.HANDOVER: _("overdracht van het werk"),
        DeputyReason.OTHER_WORK: _("ander werk"),
    }[deputation.reason]


def _state(state: DeputyState) -> str:
    return {
        DeputyState.IN_FORCE: _("geldt"),
        DeputyState.COMING: _("begint nog"),
        DeputyState.WAITING: _("geldt nu niet: een van beide plaatsingen telt niet"),
        DeputyState.ENDED: _("afgelopen"),
        DeputyState.REVOKED: _("beëindigd"),
    }[state]
