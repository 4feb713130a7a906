"""The work list in rows: what is asked, in whose dossier, by when, and where it is done.

Must never: call a statement late; it wants a new look. Read next: `now.py`, `urgency.py`,
`hervat.web.work.work_list`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hervat.course.queries.work import ReviewRow, WorkList
from hervat.course.rules.vocabulary import Kind
from hervat.dossiers.queries.assignments import ProposalView
from hervat.dossiers.rules.case_number import show_case_number
from hervat.dossiers.rules.vocabulary import Field
from hervat.organisation.rules.units import Tree
from hervat.register.cells import Shown
from hervat.register.permit import Permit
from hervat.register.vocabulary import Scope, Use
from hervat.web.presenters.assignments import Waiting, present_proposals
from hervat.web.presenters.caseload import Option, role_options
from hervat.web.presenters.caseload_page import colleague_options
from hervat.web.presenters.facts import role_name, say
from hervat.web.presenters.now import NowRow, present_row
from hervat.web.presenters.urgency import Urgency, urgency_chip, urgency_of, when
from hervat.web.presenters.words import Link, day_text
from hervat.web.work.looking import Looking

_WRITES = frozenset({Scope.FULL, Scope.CASE})


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkListView:
    """The page. `hidden` is why nothing of what is asked may be told in this role."""

    role: str
    role_code: str
    roles: tuple[Option, ...]
    colleagues: tuple[Option, ...]
    instead_of: str
    sentence: str
    until: str
    proposals: tuple[Waiting, ...]
    rows: tuple[NowRow, ...]
    more: str
    hidden: str


def present_work_list(seen: Looking, found: WorkList, proposed: Iterable[ProposalView]) -> WorkListView:
    """Format the work list, what comes first on top."""
    permit, waiting = seen.permit, present_proposals(proposed, seen.tree)
    dated = [(_day_of(one.due_on, permit.on), present_row(permit, one, seen.tree)) for one in found.dues.rows]
    dated += [(one.look_again_on, _review(permit, one, seen.tree)) for one in found.reviews]
    rows = tuple(row for _day, row in sorted(dated, key=lambda one: one[0]))
    rest = found.dues.count - len(found.dues.rows)
    return WorkListView(
        role=role_name(permit.role),
        role_code=permit.role.value if permit.role else "",
        roles=role_options(seen.roles, permit.role),
        colleagues=colleague_options(seen),
        instead_of=seen.instead_of,
        sentence=_sentence(len(waiting), len(rows) + max(rest, 0), _late(found)),
        until=day_text(found.until),
        proposals=waiting,
        rows=rows,
        more=ngettext("en nog %(count)s", "en nog %(count)s", rest) % {"count": rest} if rest > 0 else "",
        hidden=found.hidden.reason.text if found.hidden else "",
    )


def _day_of(cell: object, on: date) -> date:
    return cell.value if isinstance(cell, Shown) and cell.value else on


def _late(found: WorkList) -> int:
    return sum(1 for one in found.dues.rows if one.late)


def _review(permit: Permit, one: ReviewRow, units: Tree) -> NowRow:
    cell = one.row.case_number
    number = show_case_number(cell.value) if isinstance(cell, Shown) and cell.value else ""
    writes = permit.scope(Kind.CAPACITY.item, Use.WRITE) in _WRITES
    urgency = urgency_of(max(one.look_again_on, permit.on), permit.on) if writes else Urgency.WAITING
    seen = when(one.look_again_on, permit.on)
    passed = one.look_again_on < permit.on
    return NowRow(
        name=say(one.row.facts.get(Field.NAME)),
        number=number,
        href=reverse("dossier", args=[number]) if number else "",
        unit=say(one.row.unit, units),
        what=_("Belastbaarheid opnieuw bekijken"),
        dutch=False,
        chip=urgency_chip(Urgency.SIGNAL if passed and writes else urgency),
        when=replace(seen, away=_("die dag is voorbij"), late=False) if passed else seen,
        who=_("laatst bekeken op %(day)s") % {"day": day_text(one.given_on)},
        act=_again(number) if number and writes else None,
        help_href="",
    )


def _again(number: str) -> Link:
    return Link(_("Leg vast"), reverse("dossier-record", args=[number, Kind.CAPACITY.value]))


def _sentence(proposed: int, asked: int, late: int) -> str:
    if not proposed and not asked:
        return _("Er wordt nu niets van u gevraagd.")
    parts = []
    if proposed:
        words = ngettext(
            "%(count)s voorstel wacht op uw antwoord",
            "%(count)s voorstellen wachten op uw antwoord",
            proposed,
        )
        parts.append(words % {"count": proposed})
    if asked:
        many = ngettext("er is %(count)s ding te doen", "er zijn %(count)s dingen te doen", asked)
        parts.append(many % {"count": asked})
    if late:
        parts.append(_("waarvan %(late)s te laat") % {"late": late})
    text = ", ".join(parts)
    return f"{text[0].upper()}{text[1:]}."
