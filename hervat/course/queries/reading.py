"""The rows of one course under a permit: facts with the details that may be seen, and what is due.

What dates need is read whole, what is shown is narrowed by the permit; the two are kept apart in `Known`.
Must never: hand a fact to a view whose item the permit does not hold. Read next: `course.py`, `whatif.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db import connection

from hervat.course.actions.keeping import domain_of, place_of
from hervat.course.rules.folding import Happened, fold
from hervat.course.rules.values import Detail, unpack
from hervat.course.rules.vocabulary import Kind
from hervat.dossiers.queries.cells import Cell, Reading, refusal
from hervat.dossiers.queries.chosen import first_sick_day_of
from hervat.law.facts import Situation
from hervat.register.cells import Hidden, Shown
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item, Role, Scope
from hervat.vault.queries import keys_for
from hervat.vault.rules.sealing import DataKey, Domain, unseal_text

T = TypeVar("T")

# Raw SQL: the whole course in one statement, what was replaced too where that is asked.
_FACTS: Final = """
SELECT id, kind, happened_on, last_day, detail, recorded_at, recorded_role, reason, replaces_id, withdraws,
    replaced_at
FROM course_fact WHERE dossier_id = %s AND (%s OR replaced_at IS NULL)
ORDER BY happened_on, recorded_at, id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """A fact as it stands: `id` is what a correction names."""

    id: UUID
    kind: Kind
    happened_on: date
    last_day: date | None
    detail: Detail | None
    recorded_at: datetime
    recorded_role: Role | None


@dataclass(frozen=True, slots=True)
class Stored:
    """A row of the facts, with its detail where that was opened."""

    view: FactView
    reason: str
    replaces: UUID | None
    withdraws: bool
    replaced_at: datetime | None

    @property
    def happened(self) -> Happened:
        """The fact as dates are counted with."""
        view = self.view
        return Happened(view.kind, view.happened_on, view.last_day, view.detail, view.id)


@dataclass(frozen=True, slots=True)
class Known:
    """The rows of a course, and whether a medical detail was opened only to count with."""

    rows: tuple[Stored, ...]
    worked_with_medical: bool

    @property
    def facts(self) -> tuple[Happened, ...]:
        """What happened, as far as it stands."""
        return tuple(row.happened for row in self.rows if row.replaced_at is None)


def read_facts(
    permit: Permit, dossier: UUID, person: UUID, *, replaced: bool = False, key: DataKey | None = None
) -> Known:
    """Return the facts of a dossier, with each detail that is shown or counted with; inside `permitted`.

    `key` is the ordinary key of the person, where it was fetched already.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, [dossier, replaced])
        rows = cursor.fetchall()
    opened = [row for row in rows if row[4] is not None and _is_opened(permit, Kind(row[1]))]
    domains = {domain_of(Kind(row[1])) for row in opened}
    have = {Domain.ORDINARY: key} if key else {}
    keys = {domain: have.get(domain) or keys_for([person], domain).get(person) for domain in sorted(domains)}
    ids = {row[0] for row in opened}
    medical = Domain.MEDICAL in domains and not knows(permit, Item.GATEKEEPER_MEDICAL)
    return Known(tuple(_stored(row, keys if row[0] in ids else {}) for row in rows), medical)


def _is_opened(permit: Permit, kind: Kind) -> bool:
    return kind is Kind.LEAVE_CAUSE or knows(permit, kind.item)


def _stored(row: Sequence[Any], keys: Mapping[Domain, DataKey | None]) -> Stored:
    id, kind, happened_on, last_day, sealed, recorded_at, role, reason, replaces, withdraws, replaced_at = row
    key = keys.get(domain_of(Kind(kind)))
    detail = unpack(Kind(kind), unseal_text(key, sealed, place_of(id))) if sealed and key else None
    view = FactView(
        id=id,
        kind=Kind(kind),
        happened_on=happened_on,
        last_day=last_day,
        detail=detail,
        recorded_at=recorded_at,
        recorded_role=Role(role) if role else None,
    )
    return Stored(view, reason, replaces, withdraws, replaced_at)


def knows(permit: Permit, *items: Item) -> bool:
    """Whether a permit shows these items, and not only their outcome."""
    return all(refusal(permit, item) is None and permit.scope(item) is not Scope.OUTCOME for item in items)


def why_not(permit: Permit, items: Iterable[Item]) -> Hidden | None:
    """Return why something that tells of these items may not be seen, or None."""
    return next((found for item in sorted(items) if (found := refusal(permit, item)) is not None), None)


def cell(permit: Permit, items: Iterable[Item], value: T | None) -> Cell[T]:
    """Return a cell of what tells of several items; an outcome of one of them makes an outcome of it."""
    items = sorted(items)
    hidden = why_not(permit, items)
    if hidden is not None:
        return hidden
    outcome = next((item for item in items if permit.scope(item) is Scope.OUTCOME), None)
    if outcome is None:
        return Shown(value)
    return Reading.under(permit, outcome).of_column(value)


def situation_of(dossier: UUID, known: Known) -> Situation:
    """Return the situation that the facts of a dossier make; without a report, since it was opened."""
    reported = any(one.kind is Kind.SICK for one in known.facts)
    since = None if reported else first_sick_day_of(dossier)
    return fold(known.facts, otherwise_sick_since=since).situation
