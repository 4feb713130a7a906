"""What a change did, in words: which dates moved and by how much, what is done, what is new.

Kept in the sealed session until the dossier shows it once. Must never: say more than the difference, which
holds only what its maker may know. Read next: `../../course/rules/difference.py`.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hervat.course.rules.difference import Difference, Moved
from hervat.course.rules.vocabulary import SignalId
from hervat.law.catalogue import step_rules
from hervat.law.vocabulary import StepId
from hervat.web.presenters.spoken import once_per_language
from hervat.web.presenters.words import day_text

_KEPT: Final = "hervat_verschil"


@dataclass(frozen=True, slots=True)
class MovedView:
    """A date that moved."""

    name: str
    was: str
    now: str
    by: str
    later: bool


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """What a change did, and to what it was."""

    title: str
    moved: tuple[MovedView, ...]
    done: tuple[str, ...]
    opened: tuple[str, ...]
    lapsed: tuple[str, ...]


def present_difference(title: str, difference: Difference) -> DifferenceView:
    """Format what a change did."""
    return DifferenceView(
        title=title,
        moved=present_moved(difference.moved),
        done=_names(difference.done),
        opened=_names(difference.opened),
        lapsed=_names(difference.lapsed),
    )


def present_moved(moved: tuple[Moved, ...]) -> tuple[MovedView, ...]:
    """Format dates that move or moved, the first due first."""
    return tuple(
        MovedView(due_name(one.code), day_text(one.was), day_text(one.now), by_text(one.days), one.days > 0)
        for one in sorted(moved, key=lambda one: one.now)
    )


@once_per_language
def due_name(code: str) -> str:
    """Return how something that is due is called, always Dutch for a step of the law."""
    if code in set(StepId):
        return step_rules()[StepId(code)].name
    signals = {
        SignalId.NO_CONTACT: _("Zes weken geen contact vastgelegd"),
        SignalId.HOURS_NOT_GROWING: _("De uren groeien niet"),
        SignalId.NO_DCR: _("Overdracht aan het DCR is nog niet voorgesteld"),
        SignalId.APPOINTMENT_ENDS_FIRST: _("De aanstelling eindigt voor de wachttijd"),
        SignalId.PLAN_WITHOUT_EVALUATION: _("Een plan zonder evaluatie"),
    }
    return signals[SignalId(code)] if code in set(SignalId) else _("Eigen taak")


def by_text(days: int) -> str:
    """Return how far a date moved."""
    if days > 0:
        return ngettext("%(count)s dag later", "%(count)s dagen later", days) % {"count": days}
    return ngettext("%(count)s dag eerder", "%(count)s dagen eerder", -days) % {"count": -days}


def keep_difference(request: HttpRequest, case: str, view: DifferenceView) -> None:
    """Keep what a change did until the page of its dossier shows it."""
    request.session[_KEPT] = {"case": case, "view": _plain(view)}


def take_difference(request: HttpRequest, case: str) -> DifferenceView | None:
    """Return what the last change did to this dossier, once."""
    kept = request.session.get(_KEPT)
    if not kept or kept["case"] != case:
        return None
    del request.session[_KEPT]
    view = kept["view"]
    moved = tuple(MovedView(*one) for one in view["moved"])
    names = (tuple(view[part]) for part in ("done", "opened", "lapsed"))
    return DifferenceView(view["title"], moved, *names)


def _plain(view: DifferenceView) -> dict[str, Any]:
    moved = [[one.name, one.was, one.now, one.by, one.later] for one in view.moved]
    return {
        "title": view.title,
        "moved": moved,
        "done": list(view.done),
        "opened": list(view.opened),
        "lapsed": list(view.lapsed),
    }


def _names(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(due_name(code) for code in codes))
