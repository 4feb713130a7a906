"""A hand-over in words: when a posting ends and whether somebody follows, then each dossier in a few lines.

Must never: name a successor or a colleague. Read next: `hervat.web.work.handing`, `team.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hervat.course.queries.handing import MOST, Handed, HandOver
from hervat.organisation.rules.postings import UNIT_ROLES
from hervat.organisation.rules.succession import Succession, ends_soon
from hervat.organisation.rules.units import Tree
from hervat.register.cells import Shown
from hervat.web.presenters.caseload import CaseTable, CaseView, Option, present_courses, role_options
from hervat.web.presenters.caseload_page import colleague_options
from hervat.web.presenters.difference import due_name
from hervat.web.presenters.facts import role_name, unit_name
from hervat.web.presenters.words import Chip, day_text
from hervat.web.work.looking import Looking


@dataclass(frozen=True, slots=True)
class PostingView:
    """A posting and what becomes of it; `warns` when units are left without anybody in the role."""

    unit: str
    ends: str
    chip: Chip
    text: str
    advice: str
    warns: bool


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task that a colleague made for the role."""

    title: str
    day: str


@dataclass(frozen=True, slots=True)
class HandedView:
    """A dossier that is handed over: the row of the list of courses, and what a successor must know."""

    case: CaseView
    late: str
    no_reason: tuple[str, ...]
    last_contact: str
    tasks: tuple[TaskView, ...]
    working: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverPage:
    """The page. `by_assignment` is for roles whose dossiers come one by one.

    `fit` are those of who is fit again and of which nothing is open: they only wait to be closed.
    """

    role: str
    role_code: str
    roles: tuple[Option, ...]
    colleagues: tuple[Option, ...]
    instead_of: str
    last_day: str
    on: str
    count: str
    by_assignment: bool
    postings: tuple[PostingView, ...]
    table: CaseTable
    rows: tuple[HandedView, ...]
    fit: tuple[HandedView, ...]
    more: str


def present_hand_over(seen: Looking, found: HandOver, follows: Iterable[Succession]) -> HandOverPage:
    """Format a hand-over."""
    permit, tree = seen.permit, seen.tree
    table = present_courses(permit, [one.case for one in found.rows], tree)
    handed = [_handed(case, one) for case, one in zip(table.rows, found.rows, strict=True)]
    many = ngettext("%(count)s dossier", "%(count)s dossiers", len(found.rows)) % {"count": len(found.rows)}
    more = _("Dit zijn de eerste %(most)s. De rest staat in de caseload.") % {"most": MOST}
    return HandOverPage(
        role=role_name(permit.role),
        role_code=permit.role.value if permit.role else "",
        roles=role_options(seen.roles, permit.role),
        colleagues=colleague_options(seen),
        instead_of=seen.instead_of,
        last_day=day_text(seen.last_day) if seen.last_day else "",
        on=day_text(permit.on),
        count=many,
        by_assignment=permit.role not in UNIT_ROLES,
        postings=tuple(_posting(one, tree, permit.on) for one in follows),
        table=table,
        rows=tuple(one for one in handed if not _only_waits(one)),
        fit=tuple(one for one in handed if _only_waits(one)),
        more=more if found.more else "",
    )


def _posting(one: Succession, tree: Tree, on: date) -> PostingView:
    unit = unit_name(one.posting.unit, tree) if one.posting.unit else ""
    ends = _("tot en met %(day)s") % {"day": day_text(one.ends_on)} if one.ends_on else _("zonder einde")
    if one.ends_on is None:
        text = _("Deze plaatsing heeft geen laatste dag. Krijgt zij die, dan staat hier of iemand volgt.")
        return PostingView(unit, ends, Chip("calm i-go", _("loopt door")), text, "", warns=False)
    if one.posting.unit is None:
        text = _("Wie na u komt, moet per dossier worden voorgesteld. Tot dan heeft het niemand in uw rol.")
        return PostingView(unit, ends, _soon(one, on), text, "", warns=False)
    if one.is_whole:
        text = _("Vanaf de dag erna heeft iemand anders deze rol in elke eenheid van uw plaatsing.")
        return PostingView(unit, ends, Chip("good i-yes", _("opgevolgd")), text, _unnamed(), warns=False)
    return PostingView(
        unit, ends, Chip("bad i-alert", _("geen opvolger")), _left(one, tree), _ask(), warns=True
    )


def _soon(one: Succession, on: date) -> Chip:
    soon = ends_soon(one.posting, on)
    return Chip("warn i-soon", _("eindigt binnenkort")) if soon else Chip("calm i-later", _("eindigt"))


def _left(one: Succession, tree: Tree) -> str:
    names = ", ".join(sorted(unit_name(unit, tree) for unit in one.left))
    text = _("Vanaf de dag erna heeft niemand deze rol in: %(units)s.") % {"units": names}
    if one.from_day is None:
        return text
    return f"{text} " + _("Vanaf %(day)s wel weer.") % {"day": day_text(one.from_day)}


def _ask() -> str:
    return _(
        "Deze mensen hebben dan geen aanspreekpunt en wettelijke termijnen lopen door. Vraag de functioneel "
        "beheerder nu wie u opvolgt, en zeg het de P&O-adviseur."
    )


def _unnamed() -> str:
    return _("Wie dat is staat hier niet: een plaatsing van een ander ziet alleen wie toegang regelt.")


def _only_waits(one: HandedView) -> bool:
    fit = one.case.week is not None and bool(one.case.week.text) and one.case.step is None
    return fit and not (one.late or one.no_reason or one.tasks)


def _handed(case: CaseView, one: Handed) -> HandedView:
    late = one.case.late.value if isinstance(one.case.late, Shown) else None
    reasons = one.no_reason.value if isinstance(one.no_reason, Shown) else None
    tasks = one.tasks.value if isinstance(one.tasks, Shown) else None
    contact = one.last_contact.value if isinstance(one.last_contact, Shown) else None
    words = ngettext("%(count)s stap te laat", "%(count)s stappen te laat", late or 0) % {"count": late}
    return HandedView(
        case=case,
        late=words if late else "",
        no_reason=tuple(due_name(code) for code in reasons or ()),
        last_contact=day_text(contact) if contact else "",
        tasks=tuple(TaskView(task.title, day_text(task.due_on)) for task in tasks or ()),
        working=", ".join(dict.fromkeys(role_name(role) for role in one.working)),
    )
