"""What is handed over with a posting: every dossier of it, with what a successor must know on the first day.

All of them up to a bound, for it is put on paper. What somebody made as a task belongs to their role and
stays with it. Must never: name who else works on a dossier; in which role is enough to ask.
Read next: `caseload.py`, `team.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection

from hervat.course.actions.dues import place_of_title
from hervat.course.queries.caseload import CaseRow, Filters, page_of, seen_of, sorts_of, views_of
from hervat.course.queries.lists import codes_known, rows_by_id
from hervat.course.queries.reading import cell, knows
from hervat.course.rules.vocabulary import Kind
from hervat.dossiers.queries.cells import Cell, visible
from hervat.dossiers.queries.chosen import reach_of, working_on
from hervat.dossiers.queries.lines import met
from hervat.dossiers.queries.permitted import permitted
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record as record_lines
from hervat.journal.rules.line import Effect, Manner
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Operation, Role
from hervat.vault.queries import keys_for
from hervat.vault.rules.sealing import DataKey, Domain, unseal_text

MOST: Final = 250
"""More than this is no paper that anybody reads; the caseload has the rest."""

_OWN: Final = Item.GATEKEEPER_EMPLOYER
# Three things of the same dossiers in one question: the last contact, reasons that are missing, own tasks.
_BESIDE: Final = """
SELECT dossier_id, NULL::uuid, kind, max(happened_on), NULL::bytea FROM course_fact
WHERE dossier_id = ANY(%(page)s) AND replaced_at IS NULL AND kind = %(contact)s GROUP BY dossier_id, kind
UNION ALL
SELECT dossier_id, id, 'reden', due_on, code::bytea FROM course_due
WHERE dossier_id = ANY(%(page)s) AND reason_missing AND code = ANY(%(codes)s)
UNION ALL
SELECT dossier_id, id, 'eigen', due_on, title FROM course_due
WHERE dossier_id = ANY(%(page)s) AND kind = 'eigen' AND state = 'open' AND role = %(role)s AND %(tasks)s
ORDER BY 4
"""


@dataclass(frozen=True, slots=True)
class OwnTask:
    """A task that a colleague made for the role, by when."""

    title: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A dossier that is handed over. `no_reason` are steps that were late without a reason given."""

    case: CaseRow
    last_contact: Cell[date]
    no_reason: Cell[tuple[str, ...]]
    tasks: Cell[tuple[OwnTask, ...]]
    working: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class HandOver:
    """Every dossier of a posting, up to `MOST`, and whether there are more."""

    rows: tuple[Handed, ...]
    more: bool


@dataclass(slots=True)
class _Beside:
    """What is told of one dossier beside its row in the list."""

    last_contact: date | None = None
    no_reason: list[str] = field(default_factory=list)
    tasks: list[tuple[UUID, date, bytes]] = field(default_factory=list)


def hand_over(permit: Permit) -> HandOver:
    """Return what is handed over with the list of a permit, and log whom it showed.

    Raises `NotPermitted` for a permit without a list, or in which nothing can be sorted by.
    """
    sorts = sorts_of(permit)
    if permit.role is None or not sorts:
        raise NotPermitted("Met deze rol is er geen lijst om over te dragen.")
    act = act_of(permit, Operation.LIST_CASELOAD, Effect.READ)
    with permitted(permit):
        reach = reach_of(permit)
        found = page_of(permit, reach, Filters(), sorts[0], None, MOST + 1 + reach.own)
        rows, items = rows_by_id(permit, [one[0] for one in found])
        there = [one for one in found if one[0] in rows]
        page = there[:MOST]
        views = views_of(permit, page, rows)
        handed = _handed(permit, views)
        seen = items | seen_of(permit) | visible(permit, [Item.CONTACT_MOMENT, _OWN])
        record_lines(act, [met(one.row.person, one.row.dossier, seen, Manner.LISTED) for one in views])
    return HandOver(handed, len(there) > MOST)


def _handed(permit: Permit, views: tuple[CaseRow, ...]) -> tuple[Handed, ...]:
    dossiers = [one.row.dossier for one in views]
    beside, working = _beside(permit, dossiers), working_on(dossiers, permit.on)
    persons = {one.row.person for one in views if beside.get(one.row.dossier, _Beside()).tasks}
    keys = keys_for(persons, Domain.ORDINARY) if persons else {}
    return tuple(
        _one(
            permit,
            case,
            beside.get(case.row.dossier, _Beside()),
            working.get(case.row.dossier, ()),
            keys.get(case.row.person),
        )
        for case in views
    )


def _one(
    permit: Permit, case: CaseRow, beside: _Beside, working: tuple[Role, ...], key: DataKey | None
) -> Handed:
    tasks = tuple(
        OwnTask(unseal_text(key, sealed, place_of_title(id)), due_on)
        for id, due_on, sealed in beside.tasks
        if key is not None
    )
    return Handed(
        case=case,
        last_contact=cell(permit, [Kind.CONTACT.item], beside.last_contact),
        no_reason=cell(permit, [_OWN], tuple(beside.no_reason)),
        tasks=cell(permit, [_OWN], tasks),
        working=working,
    )


def _beside(permit: Permit, page: list[UUID]) -> Mapping[UUID, _Beside]:
    """Return what is told beside each row; of what the permit hides nothing is fetched."""
    asked: dict[str, Any] = {
        "page": page,
        "contact": Kind.CONTACT.value if knows(permit, Kind.CONTACT.item) else "",
        "codes": list(codes_known(permit)) if knows(permit, _OWN) else [],
        "role": permit.role.value if permit.role else "",
        "tasks": knows(permit, _OWN),
    }
    found: dict[UUID, _Beside] = {}
    with connection.cursor() as cursor:
        cursor.execute(_BESIDE, asked)
        for dossier, id, what, day, text in cursor.fetchall():
            one = found.setdefault(dossier, _Beside())
            if what == Kind.CONTACT.value:
                one.last_contact = day
            elif what == "reden":
                one.no_reason.append(bytes(text).decode())
            else:
                one.tasks.append((id, day, bytes(text)))
    return found
