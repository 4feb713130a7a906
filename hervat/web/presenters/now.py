"""What to do now, in rows: whose it is, what, by when, who we wait for, and where to say that it is done.

Must never: show what a cell hides, or call something late that waits for somebody else to be done by then.
Read next: `urgency.py`, `hervat.web.work.now`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hervat.course.queries.due import DueList, DueRow, Part
from hervat.course.rules.acting import ACTING
from hervat.course.rules.vocabulary import DueKind, SignalId
from hervat.dossiers.rules.case_number import show_case_number
from hervat.dossiers.rules.vocabulary import Field
from hervat.law.vocabulary import StepId
from hervat.organisation.rules.postings import Posting, last_day
from hervat.organisation.rules.units import Tree
from hervat.register.cells import Shown
from hervat.register.permit import Permit
from hervat.register.vocabulary import Scope, Use
from hervat.web.presenters.awaiting import AwaitingView, present_awaiting
from hervat.web.presenters.caseload import Option, role_options
from hervat.web.presenters.caseload_page import colleague_options
from hervat.web.presenters.difference import due_name
from hervat.web.presenters.facts import Said, role_name, say, unit_name
from hervat.web.presenters.help import help_href
from hervat.web.presenters.urgency import Urgency, When, since, urgency_chip, urgency_of, when
from hervat.web.presenters.words import Chip, Link, day_text
from hervat.web.work.looking import Looking


@dataclass(frozen=True, slots=True, kw_only=True)
class NowRow:
    """Something to do. `act` leads to where it is done; `help_href` to what it is."""

    name: Said
    number: str
    href: str
    unit: Said
    what: str
    dutch: bool
    chip: Chip
    when: When | None
    who: str
    act: Link | None
    help_href: str


@dataclass(frozen=True, slots=True)
class NowPart:
    """One heading with its rows; `more` says that there are others than are shown."""

    code: str
    title: str
    rows: tuple[NowRow, ...]
    count: int
    more: str
    nothing: str


@dataclass(frozen=True, slots=True)
class Stead:
    """A colleague for whom somebody stands in, until when, and where what must be done for them stands."""

    name: str
    last_day: str
    href: str


@dataclass(frozen=True, slots=True)
class Ending:
    """An own posting in its last days, and where it is handed over."""

    unit: str
    last_day: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NowView:
    """The page."""

    role: str
    role_code: str
    roles: tuple[Option, ...]
    colleagues: tuple[Option, ...]
    instead_of: str
    last_day: str
    stands_in: tuple[Stead, ...]
    ending: tuple[Ending, ...]
    sentence: str
    calm: bool
    parts: tuple[NowPart, ...]
    awaiting: tuple[AwaitingView, ...]


def present_now(seen: Looking, found: DueList, *, ending: Iterable[Posting] = ()) -> NowView:
    """Format what must be done, for oneself or in the stead of a colleague."""
    permit, units = seen.permit, seen.tree
    late, week = found.late, found.this_week
    texts = (
        ("te-laat", _("Te laat"), late, _("Er is niets te laat.")),
        ("deze-week", _("Deze week"), week, _("Deze week hoeft u niets te doen.")),
        ("wacht", _("Wacht op een ander"), found.waiting, _("U wacht op niemand.")),
    )
    return NowView(
        role=role_name(permit.role),
        role_code=permit.role.value if permit.role else "",
        roles=role_options(seen.roles, permit.role),
        colleagues=colleague_options(seen),
        instead_of=seen.instead_of,
        last_day=day_text(seen.last_day) if seen.last_day else "",
        stands_in=_stands_in(seen),
        ending=tuple(_ending(one, seen) for one in ending),
        sentence=_sentence(late.count + week.count, late.count, whose=seen.instead_of),
        calm=not late.count and not week.count and not found.awaiting,
        awaiting=present_awaiting(permit, found.awaiting, units),
        parts=tuple(
            NowPart(
                code, title, _rows(permit, part, units, code == "wacht"), part.count, _more(part), nothing
            )
            for code, title, part, nothing in texts
        ),
    )


def _ending(posting: Posting, seen: Looking) -> Ending:
    ends_on, unit = last_day(posting), posting.unit
    href = f"{reverse('hand-over')}?{urlencode({'rol': posting.role.value})}"
    return Ending(unit_name(unit, seen.tree) if unit else "", day_text(ends_on) if ends_on else "", href)


def _stands_in(seen: Looking) -> tuple[Stead, ...]:
    """For whom somebody stands in, on the page with their own work."""
    if seen.permit.principal is not None:
        return ()
    return tuple(
        Stead(
            name=name,
            last_day=day_text(seen.until[one]) if one in seen.until else "",
            href=f"?{urlencode({'namens': str(one)})}",
        )
        for one, name in seen.colleagues.items()
    )


def _sentence(tasks: int, late: int, *, whose: str) -> str:
    if not tasks and whose:
        return _("Namens %(name)s is er niets te laat, en deze week niets te doen.") % {"name": whose}
    if not tasks:
        return _("U bent bij: er is niets te laat en deze week hoeft u niets te doen.")
    if whose:
        many = ngettext(
            "Namens %(name)s heeft u %(count)s taak", "Namens %(name)s heeft u %(count)s taken", tasks
        )
        many = many % {"count": tasks, "name": whose}
    else:
        many = ngettext("U heeft %(count)s taak", "U heeft %(count)s taken", tasks) % {"count": tasks}
    if not late:
        return _("%(tasks)s. Er is niets te laat.") % {"tasks": many}
    return _("%(tasks)s, waarvan %(late)s te laat.") % {"tasks": many, "late": late}


def _more(part: Part) -> str:
    rest = part.count - len(part.rows)
    return ngettext("en nog %(count)s", "en nog %(count)s", rest) % {"count": rest} if rest > 0 else ""


def _rows(permit: Permit, part: Part, units: Tree, waiting: bool) -> tuple[NowRow, ...]:
    return tuple(present_row(permit, one, units, waiting=waiting) for one in part.rows)


def present_row(permit: Permit, one: DueRow, units: Tree, *, waiting: bool = False) -> NowRow:
    """Format something that must be done."""
    cell = one.row.case_number
    number = show_case_number(cell.value) if isinstance(cell, Shown) and cell.value else ""
    due_on = one.due_on.value if isinstance(one.due_on, Shown) else None
    return NowRow(
        name=say(one.row.facts.get(Field.NAME)),
        number=number,
        href=reverse("dossier", args=[number]) if number else "",
        unit=say(one.row.unit, units),
        what=_what(one),
        dutch=one.code in set(StepId),
        chip=urgency_chip(_urgency(one, permit.on, waiting)),
        when=_when(one, due_on, permit.on) if due_on else None,
        who=_who(permit, one) if waiting else "",
        act=_act(permit, one, number) if number and not waiting else None,
        help_href=help_href(StepId(one.code)) if one.code in set(StepId) else "",
    )


def _what(one: DueRow) -> str:
    if one.kind is DueKind.OWN:
        title = one.title.value if isinstance(one.title, Shown) else None
        return title or _("Eigen taak: u mag niet zien waarover")
    return due_name(one.code)


def _when(one: DueRow, due_on: date, on: date) -> When:
    """A signal has a day since when it is there; only what must be done is due."""
    return since(due_on) if one.kind is DueKind.SIGNAL else when(due_on, on)


def _urgency(one: DueRow, on: date, waiting: bool) -> Urgency:
    if waiting:
        return Urgency.WAITING
    if one.reason_missing:
        return Urgency.NO_REASON
    if one.kind is DueKind.SIGNAL:
        return Urgency.SIGNAL
    if one.late:
        return Urgency.LATE
    due_on = one.due_on.value if isinstance(one.due_on, Shown) else None
    # A limit of the law may lie after the day: what has passed that day is not late yet.
    return urgency_of(max(due_on, on), on) if due_on else Urgency.THIS_WEEK


def _who(permit: Permit, one: DueRow) -> str:
    names = [role_name(one.role), *([role_name(one.also)] if one.also else [])]
    return _("%(who)s is aan zet") % {"who": _(" en ").join(names)}


def _act(permit: Permit, one: DueRow, number: str) -> Link | None:
    """Where this is done: the reason that is missing, the step, the own task, or what answers the signal."""
    if one.reason_missing:
        return Link(_("Geef de reden"), reverse("dossier-reason", args=[number, one.id]))
    if one.kind is DueKind.OWN:
        return Link(_("Rond af"), reverse("dossier-task-done", args=[number, one.id]))
    if one.code == SignalId.NO_CONTACT:
        return Link(_("Leg contact vast"), reverse("dossier-record", args=[number, "contact"]))
    if one.code == SignalId.NO_DCR:
        return Link(_("Stel voor"), reverse("dossier-proposal", args=[number]))
    if one.code == SignalId.PLAN_WITHOUT_EVALUATION:
        return Link(_("Leg evaluatie vast"), reverse("dossier-record", args=[number, "evaluatie"]))
    if one.code not in set(StepId):
        return None
    kind = ACTING[StepId(one.code)].done_by[0]
    if permit.scope(kind.item, Use.WRITE) not in {Scope.FULL, Scope.CASE}:
        return None
    return Link(_("Leg vast"), reverse("dossier-record", args=[number, kind.value]))
