"""What-if: two timelines beside each other, and what moved between them, with the reasons that are new.

Read next: `hervat/law/compare.py`, `terms.py`.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hervat.law.compare import Difference, compare
from hervat.law.timeline import Timeline
from hervat.law.vocabulary import Status
from hervat.law.why import explain
from hervat.web.presenters.terms import CaseView, present_case
from hervat.web.presenters.terms_drawing import Drawing, draw_tall, last_day
from hervat.web.presenters.words import Chip, day_text


@dataclass(frozen=True, slots=True)
class Moved:
    """A date that differs, and by how much."""

    name: str
    before: str
    after: str
    moved: Chip
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompareView:
    """Both timelines, and the difference."""

    before: CaseView
    after: CaseView
    before_drawing: Drawing
    after_drawing: Drawing
    moved: tuple[Moved, ...]


def present_comparison(before: Timeline, after: Timeline) -> CompareView:
    """Format two timelines beside each other."""
    now, then = present_case(before), present_case(after)
    until = max(last_day(now), last_day(then))
    return CompareView(
        before=now,
        after=then,
        before_drawing=draw_tall(now, "nu", until),
        after_drawing=draw_tall(then, "dan", until),
        moved=tuple(_moved(one) for one in compare(before, after)),
    )


def _moved(one: Difference) -> Moved:
    return Moved(
        name=one.name,
        before=day_text(one.before) if one.before else "–",
        after=day_text(one.after) if one.after else "–",
        moved=_chip(one),
        because=tuple(explain(one.because)),
    )


def _chip(one: Difference) -> Chip:
    if one.before is None:
        return Chip("calm i-now", _("komt erbij"))
    if one.after is None:
        return Chip("calm i-none", _("vervalt"))
    if one.days == 0:
        if one.status_after is Status.NOT_APPLICABLE:
            return Chip("calm i-none", _("niet meer aan de orde"))
        return Chip("calm i-now", _("andere stand"))
    words = (
        ngettext("%(count)s dag later", "%(count)s dagen later", one.days)
        if one.days > 0
        else ngettext("%(count)s dag eerder", "%(count)s dagen eerder", -one.days)
    )
    return Chip("warn i-later-day" if one.days > 0 else "read i-sooner-day", words % {"count": abs(one.days)})
