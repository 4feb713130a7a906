"""What happened in a dossier, as sentences: what, on which day, recorded when and in which role, and why.

Must never: name who recorded something, or tell of a kind that is hidden more than that it is.
Read next: `../../course/queries/story.py`, `said.py`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from hervat.course.queries.reading import FactView
from hervat.course.queries.story import Event, StoryView, Told
from hervat.course.rules.values import SanctionTerms
from hervat.course.rules.vocabulary import Form
from hervat.law.vocabulary import LeaveKind, SameCause
from hervat.register.cells import Hidden
from hervat.register.permit import Permit
from hervat.web.presenters.facts import role_name, word
from hervat.web.presenters.kinds import HOURS, code_of, may_record
from hervat.web.presenters.said import CAUSES, LEAVES, method_text
from hervat.web.presenters.words import day_text


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing that happened, and when and by which role it was recorded."""

    text: str
    recorded: str
    why: str
    mended: bool
    fact: str
    may_mend: bool


@dataclass(frozen=True, slots=True)
class StoryPage:
    """The page; `hidden` are the kinds that may not be told of, with the reason."""

    sentences: tuple[Sentence, ...]
    hours: tuple[Sentence, ...]
    hidden: tuple[tuple[str, str], ...]


def present_story(permit: Permit, found: StoryView) -> StoryPage:
    """Format what happened, the newest first."""
    hidden: dict[str, list[str]] = {}
    for kind, cell in found.hidden:
        reason = cell.reason.text if isinstance(cell, Hidden) else _("alleen de uitkomst is zichtbaar")
        hidden.setdefault(reason, []).append(kind.rule.name)
    events = sorted(found.events, key=lambda event: (event.at, event.on or date.min), reverse=True)
    of_hours = [event for event in events if _is_of_hours(event)]
    return StoryPage(
        sentences=tuple(_sentence(permit, event) for event in events if event not in of_hours),
        hours=tuple(_sentence(permit, event) for event in of_hours),
        hidden=tuple((", ".join(names), reason) for reason, names in hidden.items()),
    )


def _is_of_hours(event: Event) -> bool:
    """Hours come every week, and would drown the rest; what was corrected in them does not."""
    return event.told is Told.RECORDED and event.fact is not None and code_of(event.fact.kind) == HOURS


def _sentence(permit: Permit, event: Event) -> Sentence:
    at = date_format(localtime(event.at), "j b Y, H:i")
    who = role_name(event.role)
    standing = event.fact if event.told in {Told.RECORDED, Told.CORRECTED} else None
    return Sentence(
        text=_text(event),
        recorded=_("vastgelegd op %(at)s door %(who)s") % {"at": at, "who": who},
        why=word(event.why.value) if event.why else "",
        mended=event.told in {Told.CORRECTED, Told.WITHDRAWN},
        fact=str(standing.id) if standing else "",
        may_mend=standing is not None and may_record(permit, code_of(standing.kind)),
    )


def _text(event: Event) -> str:
    if event.told is Told.WITHDRAWN and event.was is not None:
        return _("Ingetrokken: %(what)s") % {"what": fact_text(event.was)}
    if event.told is Told.CORRECTED and event.fact is not None and event.was is not None:
        words = {"now": fact_text(event.fact), "was": fact_text(event.was)}
        return _("Verbeterd: %(now)s (er stond: %(was)s)") % words
    if event.fact is not None:
        return fact_text(event.fact)
    day = {"day": day_text(event.on) if event.on else "", "role": role_name(event.of_role)}
    return {
        Told.CLOSED: _("Het dossier is gesloten per %(day)s"),
        Told.REOPENED: _("Het dossier is heropend per %(day)s"),
        Told.PROPOSED: _("%(role)s is voorgesteld voor dit dossier"),
        Told.ACCEPTED: _("%(role)s heeft de begeleiding aanvaard"),
        Told.REJECTED: _("%(role)s heeft de begeleiding afgewezen"),
        Told.ENDED: _("De begeleiding door %(role)s is geëindigd"),
    }.get(event.told, "") % day


def fact_text(fact: FactView) -> str:
    """Return a fact in words: what, on which day, and what it says beside that."""
    text = f"{fact.kind.rule.name}, {_days(fact)}"
    detail = _detail(fact)
    return f"{text}: {detail}" if detail else text


def _days(fact: FactView) -> str:
    first = day_text(fact.happened_on)
    if fact.kind.rule.form is Form.QUARTERS:
        return _("week van %(day)s") % {"day": first}
    if fact.last_day is None:
        return first
    return _("%(first)s tot en met %(last)s") % {"first": first, "last": day_text(fact.last_day)}


def _detail(fact: FactView) -> str:
    detail = fact.detail
    match fact.kind.rule.form:
        case Form.QUARTERS if isinstance(detail, int):
            return _("%(hours)s uur") % {"hours": f"{Decimal(detail) / 4:g}".replace(".", ",")}
        case Form.PERCENTAGE if isinstance(detail, int):
            return _("%(part)s procent afwezig") % {"part": detail}
        case Form.METHOD:
            return method_text(detail)
        case Form.LEAVE if isinstance(detail, LeaveKind):
            return str(LEAVES[detail])
        case Form.CAUSE if isinstance(detail, SameCause):
            return str(CAUSES[detail])
        case Form.SANCTION if isinstance(detail, SanctionTerms) and detail.weeks:
            return _("%(weeks)s weken") % {"weeks": detail.weeks}
    return ""
