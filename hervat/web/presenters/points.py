"""The page with open points: what the entry or the law leaves open, and who must decide.

Nothing is softened: what is not accepted is shown as open, and what then happens stands beside it.
Read next: `hervat/register/open_points.py`.
"""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from hervat.register.model import Acceptance, OpenPoint
from hervat.register.vocabulary import Meanwhile
from hervat.web.filters import PointsQuery, State, owners
from hervat.web.presenters.words import Chip, certainty_text, day_text, meanwhile_chip
from hervat.web.source import OnShow


@dataclass(frozen=True, slots=True)
class AcceptedView:
    """Who accepted the reading, when and why."""

    by: str
    on: str
    why: str
    demo: bool


@dataclass(frozen=True, slots=True)
class PointView:
    """An open point."""

    code: str
    title: str
    what: str
    where: tuple[str, ...]
    reading: str
    meanwhile: Chip
    meanwhile_text: str
    owner: str
    source: str
    certainty: str
    state: Chip
    accepted: AcceptedView | None
    still_refuses: bool


@dataclass(frozen=True, slots=True)
class Option:
    """A choice in a filter."""

    value: str
    text: str
    selected: bool
    dutch: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class PointsView:
    """The page."""

    points: tuple[PointView, ...]
    total: int
    accepted: int
    open: int
    states: tuple[Option, ...]
    meanwhiles: tuple[Option, ...]
    owners: tuple[Option, ...]
    filtered: bool


@lru_cache(maxsize=64)
def present_points(show: OnShow, query: PointsQuery) -> PointsView:
    """Format the open points these filters leave; what is still open comes first."""
    every = list(show.register.open_points.values())
    shown = sorted(
        (point for point in every if _wanted(show, query, point)), key=lambda point: point.id in show.accepted
    )
    still_open = [point for point in every if point.id not in show.accepted]
    counted = Counter(point.meanwhile for point in still_open)
    return PointsView(
        points=tuple(_point(point, show.accepted.get(point.id)) for point in shown),
        total=len(every),
        accepted=len(every) - len(still_open),
        open=len(still_open),
        states=_states(query),
        meanwhiles=tuple(
            Option(one.value, meanwhile_chip(one).text, one is query.meanwhile, count=counted[one])
            for one in Meanwhile
        ),
        owners=tuple(
            Option(owner, owner, owner == query.owner, dutch=True) for owner in owners(show.register)
        ),
        filtered=query != PointsQuery(),
    )


def _wanted(show: OnShow, query: PointsQuery, point: OpenPoint) -> bool:
    state = State.ACCEPTED if point.id in show.accepted else State.OPEN
    return (
        query.state in {None, state}
        and query.meanwhile in {None, point.meanwhile}
        and query.owner in {None, point.owner}
    )


def _states(query: PointsQuery) -> tuple[Option, ...]:
    words = {State.OPEN: _("nog open"), State.ACCEPTED: _("aanvaard")}
    return tuple(Option(state.value, words[state], state is query.state) for state in State)


def _point(point: OpenPoint, acceptance: Acceptance | None) -> PointView:
    return PointView(
        code=point.id,
        title=point.title,
        what=point.what,
        where=point.where,
        reading=point.reading,
        meanwhile=meanwhile_chip(point.meanwhile),
        meanwhile_text=point.meanwhile_text,
        owner=point.owner,
        source=point.source,
        certainty=certainty_text(point.certainty),
        state=Chip("good i-yes", _("aanvaard")) if acceptance else Chip("warn i-open", _("open")),
        accepted=_accepted(acceptance) if acceptance else None,
        still_refuses=point.refuses_when_accepted,
    )


def _accepted(acceptance: Acceptance) -> AcceptedView:
    return AcceptedView(acceptance.by, day_text(acceptance.on), acceptance.why, acceptance.demo)
