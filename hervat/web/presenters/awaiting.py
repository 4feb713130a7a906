"""Dossiers in which nobody recorded yet that somebody fell ill: who it is, and where that is recorded.

Must never: say since when somebody is ill; nobody recorded it. Read next: `now.py`, `caseload_page.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from hervat.course.rules.vocabulary import Kind
from hervat.dossiers.queries.rows import Row
from hervat.dossiers.rules.case_number import show_case_number
from hervat.dossiers.rules.vocabulary import Field
from hervat.organisation.rules.units import Tree
from hervat.register.cells import Shown
from hervat.register.permit import Permit
from hervat.web.presenters.facts import Said, say
from hervat.web.presenters.kinds import may_record
from hervat.web.presenters.words import Link


@dataclass(frozen=True, slots=True)
class AwaitingView:
    """A dossier that waits for its sick report."""

    name: Said
    number: str
    unit: Said
    act: Link


def present_awaiting(permit: Permit, rows: Iterable[Row], tree: Tree) -> tuple[AwaitingView, ...]:
    """Format the dossiers that wait; one whose number may not be seen leads nowhere and is left out."""
    return tuple(_one(permit, row, tree) for row in rows if isinstance(row.case_number, Shown))


def _one(permit: Permit, row: Row, tree: Tree) -> AwaitingView:
    assert isinstance(row.case_number, Shown)  # noqa: S101 - the others were left out
    number, kind = show_case_number(str(row.case_number.value)), Kind.SICK.value
    role = f"?{urlencode({'rol': permit.role.value})}" if permit.role else ""
    if may_record(permit, kind):
        act = Link(_("Leg de ziekmelding vast"), reverse("dossier-record", args=[number, kind]) + role)
    else:
        act = Link(_("Bekijk het dossier"), reverse("dossier", args=[number]) + role)
    return AwaitingView(say(row.facts.get(Field.NAME)), number, say(row.unit, tree), act)
