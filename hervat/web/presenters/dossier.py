"""A dossier as one permit shows it: what may be seen, in parts; and what may not, by reason.

Closed items stand together under their reason, so that they explain and do not drown the page.
Must never: show what is not in a cell. Read next: `facts.py`, `explained.py`, `../dossiers/views.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from hervat.access.choosing import purposes_for
from hervat.dossiers.queries.history import History
from hervat.dossiers.queries.rows import Row
from hervat.dossiers.rules.case_number import read_case_number, show_case_number
from hervat.dossiers.rules.vocabulary import FIELDS, SAID_BY_ONESELF, Field, Part, Status
from hervat.register import in_force
from hervat.register.cells import Hidden, Shown, hidden
from hervat.register.decisions import Allowed
from hervat.register.model import Reason
from hervat.register.permit import Permit
from hervat.register.vocabulary import Authority, Item, Operation, Role, Scope, Use
from hervat.web.presenters.caseload import Option
from hervat.web.presenters.facts import (
    Said,
    authority_text,
    field_name,
    items_of_re_integrants,
    part_title,
    role_name,
    say,
    word,
)
from hervat.web.presenters.words import Chip, certainty_text, day_text


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field that may be seen. `history_href` only where there is something to look back on."""

    name: str
    said: Said
    why_href: str
    history_href: str


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of the dossier; `edit_href` where this permit may record something in it."""

    code: str
    title: str
    fields: tuple[FieldView, ...]
    edit_href: str


@dataclass(frozen=True, slots=True)
class ClosedItem:
    """An item that is not visible, and where that is explained."""

    name: str
    why_href: str


@dataclass(frozen=True, slots=True)
class ClosedGroup:
    """Items that are not visible for the same reason."""

    text: str
    source: str
    certainty: str
    waits: bool
    items: tuple[ClosedItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierView:
    """The page."""

    number: str
    name: Said
    where: tuple[str, ...]
    state: Chip
    role: str
    authority: str
    purpose: str
    purposes: tuple[Option, ...]
    roles: tuple[Option, ...]
    query: str
    parts: tuple[PartView, ...]
    closed: tuple[ClosedGroup, ...]
    closed_count: int
    close_href: str
    assignments_href: str
    own: bool


def present_dossier(permit: Permit, row: Row, roles: Iterable[Role] = ()) -> DossierView:
    """Format a dossier under a permit."""
    number = number_of(row)
    query = _query(permit)
    keeps = may_keep(permit)
    closed = _closed(permit, number, query)
    return DossierView(
        number=number,
        name=say(row.facts[Field.NAME]),
        where=_where(row),
        state=_state(row),
        role=role_name(permit.role),
        authority=authority_text(permit.authority),
        purpose=purpose_name(permit),
        purposes=_purposes(permit),
        roles=tuple(Option(one.value, role_name(one), one is permit.role) for one in roles),
        query=query,
        parts=tuple(part for part in _parts(permit, row, number, query, keeps) if part.fields),
        closed=closed,
        closed_count=sum(len(group.items) for group in closed),
        close_href=reverse("dossier-close", args=[number]) if keeps and may_close(permit) else "",
        assignments_href=_assignments_href(permit, number),
        own=permit.authority is Authority.OWN,
    )


def _where(row: Row) -> tuple[str, ...]:
    """The part of Defence, the unit and the job, as far as they may be seen."""
    cells = (row.facts[Field.SERVICE_BRANCH], row.unit, row.facts[Field.JOB_DESCRIPTION])
    return tuple(line for cell in cells for line in say(cell).lines[:1])


def number_of(row: Row) -> str:
    """Return the case number as people read it, or nothing where it may not be seen."""
    return show_case_number(row.case_number.value) if _has(row.case_number) else ""  # type: ignore[union-attr, arg-type]


def shown_number(case: str) -> str:
    """Return a case number of an address as people read it."""
    number = read_case_number(case)
    return show_case_number(number) if number else case


def purpose_name(permit: Permit) -> str:
    """Return how the register calls the purpose of a permit."""
    return in_force.history().on(permit.on).reading.purposes[permit.purpose].name


def may_keep(permit: Permit) -> bool:
    """Whether something may be recorded for the purpose of a permit."""
    reading = in_force.history().on(permit.on).reading.purposes[permit.purpose]
    return Operation.KEEP_DOSSIER in reading.operations


def may_close(permit: Permit) -> bool:
    """Whether this permit may close a dossier: nobody closes their own."""
    own = permit.authority is Authority.OWN
    return not own and permit.scope(Item.SICKNESS_ABSENCE, Use.WRITE) is Scope.FULL


def writable(permit: Permit, part: Part) -> tuple[Field, ...]:
    """Return the fields of a part that a permit may record."""
    own = permit.authority is Authority.OWN
    wanted = {Scope.OWN} if own else {Scope.FULL}
    fields = [field for field in FIELDS[part] if field in SAID_BY_ONESELF or not own]
    return tuple(field for field in fields if permit.scope(field.item, Use.WRITE) in wanted)


def _has(cell: object) -> bool:
    return isinstance(cell, Shown) and cell.value is not None


def _state(row: Row) -> Chip:
    if isinstance(row.status, Shown) and row.status.value is Status.CLOSED:
        return Chip("calm i-lock", _("gesloten"))
    return Chip("good i-yes", _("loopt"))


def _query(permit: Permit) -> str:
    """The choices that a link on the page takes along."""
    return urlencode({"rol": permit.role.value if permit.role else "", "doel": permit.purpose})


def _purposes(permit: Permit) -> tuple[Option, ...]:
    if permit.role is None:
        return ()
    return tuple(
        Option(purpose.id, purpose.name, purpose.id == permit.purpose)
        for purpose in purposes_for(permit.role, Operation.READ_DOSSIER, permit.on)
    )


def _assignments_href(permit: Permit, number: str) -> str:
    reading = in_force.history().on(permit.on).reading.purposes[permit.purpose]
    if Operation.REFER not in reading.operations or not number:
        return ""
    return reverse("dossier-assignments", args=[number])


def _parts(permit: Permit, row: Row, number: str, query: str, keeps: bool) -> Iterable[PartView]:
    yield PartView("dossier", _("Het dossier"), _of_dossier(permit, row, number, query), "")
    for part in Part:
        fields = tuple(
            FieldView(
                field_name(field),
                said,
                _why_href(number, field.item, query),
                f"{reverse('dossier-history', args=[number, field.value])}?{query}",
            )
            for field in FIELDS[part]
            if not (said := say(row.facts[field])).hidden
        )
        edit = keeps and bool(writable(permit, part))
        yield PartView(
            part.value,
            part_title(part),
            fields,
            reverse("dossier-correct", args=[number, part.value]) if edit else "",
        )


def _of_dossier(permit: Permit, row: Row, number: str, query: str) -> tuple[FieldView, ...]:
    rows = (
        (_("Casenummer"), Said((number,)) if number else say(row.case_number), Item.CASE_NUMBER),
        (_("Eenheid"), say(row.unit), Item.UNIT),
        (_("Eerste ziektedag"), say(row.first_sick_on), Item.SICKNESS_ABSENCE),
        (_("Dossier geopend op"), say(row.opened_on), Item.CASE_NUMBER),
        (_("Dossier gesloten op"), say(row.closed_on), Item.CASE_NUMBER),
        (_("Informatie over privacy gegeven op"), say(row.informed_on), Item.CASE_NUMBER),
    )
    return tuple(
        FieldView(name, said, _why_href(number, item, query), "")
        for name, said, item in rows
        if not said.hidden
    )


def _closed(permit: Permit, number: str, query: str) -> tuple[ClosedGroup, ...]:
    """The items of a re-integrant that this permit does not show, together by reason."""
    register = in_force.history().on(permit.on)
    found: dict[Reason, list[ClosedItem]] = {}
    for reading in items_of_re_integrants(register):
        decision = permit.decision(reading.item)
        if not isinstance(decision, Allowed):
            item = ClosedItem(reading.name, _why_href(number, reading.item, query))
            found.setdefault(hidden(decision).reason, []).append(item)
    return tuple(
        ClosedGroup(
            reason.text,
            reason.source,
            certainty_text(reason.certainty),
            reason.text.startswith("Nog niet beslist"),
            tuple(items),
        )
        for reason, items in found.items()
    )


def _why_href(number: str, item: Item, query: str) -> str:
    return f"{reverse('dossier-why', args=[number, item.value])}?{query}" if number else ""


@dataclass(frozen=True, slots=True)
class FactView:
    """What stood in a field, from when until when, in which role it was recorded, and why."""

    said: Said
    since: str
    until: str
    role: str
    reason: str


@dataclass(frozen=True, slots=True)
class HistoryView:
    """The history of one field."""

    number: str
    name: str
    facts: tuple[FactView, ...]
    hidden: str
    source: str


def present_history(number: str, field: Field, found: History) -> HistoryView:
    """Format what was recorded of a field."""
    facts = tuple(
        FactView(
            say(fact.value),
            day_text(fact.recorded_at.date()),
            day_text(fact.replaced_at.date()) if fact.replaced_at else "",
            role_name(fact.recorded_role),
            word(fact.reason.value) if fact.reason else "",
        )
        for fact in found.facts
    )
    why = found.hidden.reason if isinstance(found.hidden, Hidden) else None
    return HistoryView(number, field_name(field), facts, why.text if why else "", why.source if why else "")
