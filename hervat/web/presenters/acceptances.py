"""The open points as the FG keeps them: what is still open and refuses comes first, then what was accepted.

Read next: `points.py` (the same points for everybody), `hervat/web/oversight/points.py`.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from hervat.register import in_force
from hervat.register.model import OpenPoint, OpenPointId
from hervat.register.vocabulary import Meanwhile
from hervat.web.filters import PointsQuery
from hervat.web.presenters.points import PointView, present_points
from hervat.web.presenters.words import Chip, day_text, meanwhile_chip
from hervat.web.source import OnShow

_ORDER = tuple(Meanwhile)


@dataclass(frozen=True, slots=True)
class EarlierView:
    """An acceptance that was withdrawn: who gave it, and from which day until which it counted."""

    by: str
    on: str
    withdrawn_on: str
    why: str
    version: int


@dataclass(frozen=True, slots=True)
class PointOnDesk:
    """An open point, and what the FG can do with it; `version` is of the reading that is accepted."""

    point: PointView
    version: int
    accepted_version: int | None
    in_file: bool
    earlier: tuple[EarlierView, ...] = ()


@dataclass(frozen=True, slots=True)
class AcceptancesView:
    """The page: how many, how many of them still refuse, keep or ask, and all of them."""

    total: int
    open: int
    counts: tuple[tuple[Chip, int], ...]
    points: tuple[PointOnDesk, ...]


def present_acceptances(show: OnShow) -> AcceptancesView:
    """Format every open point: refusing and not accepted first."""
    points = show.register.open_points
    shown = [_on_desk(show, point) for point in present_points(show, PointsQuery()).points]
    shown.sort(key=lambda one: _place(points[OpenPointId(one.point.code)], accepted=bool(one.point.accepted)))
    still_open = [point for point in points.values() if point.id not in show.accepted]
    counted = Counter(point.meanwhile for point in still_open)
    return AcceptancesView(
        total=len(points),
        open=len(still_open),
        counts=tuple((meanwhile_chip(one), counted[one]) for one in _ORDER),
        points=tuple(shown),
    )


def present_point(show: OnShow, code: OpenPointId) -> PointOnDesk:
    """Format one open point."""
    every = present_points(show, PointsQuery()).points
    on_desk = _on_desk(show, next(point for point in every if point.code == code))
    return replace(on_desk, earlier=tuple(_earlier(code)))


def _earlier(code: OpenPointId) -> Iterator[EarlierView]:
    """What was withdrawn, the last first."""
    for one in reversed(in_force.acceptances()):
        if one.open_point == code and one.withdrawn_on is not None:
            yield EarlierView(one.by, day_text(one.on), day_text(one.withdrawn_on), one.why, one.version)


def _on_desk(show: OnShow, point: PointView) -> PointOnDesk:
    acceptance = show.accepted.get(OpenPointId(point.code))
    return PointOnDesk(
        point=point,
        version=show.register.version.number,
        accepted_version=acceptance.version if acceptance else None,
        in_file=acceptance is not None and not acceptance.demo,
    )


def _place(point: OpenPoint, *, accepted: bool) -> tuple[bool, int, str]:
    return accepted, _ORDER.index(point.meanwhile), point.title
