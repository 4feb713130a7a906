"""Dossiers that a room above chose by its own tables: how far a permit reaches, and their rows, in any order.

What stands in a list of another room is sorted and cut off there; who a row is about stands here. Must never:
give a dossier outside the permit, whatever ids were chosen. Read next: `rows.py`, `../../course/queries/`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from hervat.dossiers.models import Assignment, Dossier, Event
from hervat.dossiers.queries.caseload import FEW_UNITS, LARGEST_PAGE
from hervat.dossiers.queries.rows import Found, not_own, rows_of, within
from hervat.dossiers.rules.vocabulary import AssignmentState, Closing, ClosingReason, Field
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Role

_COUNTING = (AssignmentState.ACCEPTED.value, AssignmentState.ENDED.value)
_REACHED = "SELECT dossier.id FROM dossiers_dossier AS dossier WHERE {within}"
_ASIDE = """
SELECT dossier.id FROM dossiers_dossier AS dossier WHERE dossier.unit_id = ANY(%s) AND NOT ({others})
"""
_CHOSEN = "SELECT dossier.* FROM dossiers_dossier AS dossier WHERE dossier.id = ANY(%s) AND {within}"
# Those without a course are walked along an index of theirs: next to none, whatever the number of dossiers.
_AND_AWAITING = f"""
{_CHOSEN}
UNION (
    SELECT dossier.* FROM dossiers_dossier AS dossier
    WHERE {{within}} AND dossier.status = 'open' AND dossier.awaits_report
    ORDER BY dossier.opened_on, dossier.id LIMIT %s
)
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a list goes: units, or dossiers that were named one by one; `own` rows may fall out of it."""

    units: tuple[UUID, ...] = ()
    dossiers: tuple[UUID, ...] = ()
    own: int = 0

    @property
    def few_units(self) -> bool:
        """Whether each unit is walked along its own index."""
        return len(self.units) <= FEW_UNITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A dossier was closed or opened again: on which day, why, in which role, and when that was recorded."""

    kind: Closing
    reason: ClosingReason
    happened_on: date
    recorded_at: datetime
    role: Role | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guided:
    """Somebody was proposed in a role, or accepted, rejected or ended: when that was."""

    role: Role
    state: AssignmentState
    at: datetime


def reach_of(permit: Permit) -> Reach:
    """Return how far the list of a permit goes; runs inside `permitted`.

    Raises `NotPermitted` for a permit for one dossier.
    """
    if permit.dossier is not None:
        raise NotPermitted("Deze machtiging gaat over een dossier en geeft geen lijst.")
    if permit.units:
        return Reach(units=tuple(sorted(permit.units)), own=len(not_own(permit)[1]))
    condition, values = within(permit)
    with connection.cursor() as cursor:
        cursor.execute(_REACHED.format(within=condition), values)
        return Reach(dossiers=tuple(row[0] for row in cursor.fetchall()))


def chosen(
    permit: Permit, dossiers: Collection[UUID], fields: Collection[Field], *, awaiting: bool = False
) -> Found:
    """Return the rows of these dossiers, as far as the permit reaches them; runs inside `permitted`.

    `awaiting` asks as well for up to fifty in which nobody recorded yet that somebody fell ill: for who may
    know of absence only.
    """
    if not dossiers and not awaiting:
        return Found((), frozenset(), ())
    condition, values = within(permit)
    if not awaiting:
        return rows_of(permit, _CHOSEN.format(within=condition), [list(dossiers), *values], fields)
    params = [list(dossiers), *values, *values, LARGEST_PAGE]
    return rows_of(permit, _AND_AWAITING.format(within=condition), params, fields)


def set_aside(permit: Permit) -> list[UUID]:
    """Return the dossiers in a list's units that are one's own, or that of whose stead one acts in.

    For who only counts: a list leaves them out by itself. Runs inside `permitted`.
    """
    others, whose = not_own(permit)
    if not permit.units or not whose:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_ASIDE.format(others=others), [list(permit.units), *whose])
        return [row[0] for row in cursor.fetchall()]


def first_sick_day_of(dossier: UUID) -> date:
    """Return the first sick day a dossier stands with; runs inside `permitted`."""
    day: date = Dossier.objects.values_list("first_sick_on", flat=True).get(id=dossier)
    return day


def closings_of(dossier: UUID) -> list[Closed]:
    """Return when a dossier was closed and opened again; runs inside `permitted`."""
    return [
        Closed(
            kind=Closing(row.kind),
            reason=ClosingReason(row.reason),
            happened_on=row.happened_on,
            recorded_at=row.recorded_at,
            role=Role(row.recorded_role) if row.recorded_role else None,
        )
        for row in Event.objects.filter(dossier=dossier)
    ]


def guided(dossier: UUID) -> list[Guided]:
    """Return what became of each assignment, without whose it is; runs inside `permitted`."""
    found: list[Guided] = []
    for row in Assignment.objects.filter(dossier=dossier):
        role, state = Role(row.role), AssignmentState(row.state)
        found.append(Guided(role=role, state=AssignmentState.PROPOSED, at=row.proposed_at))
        if row.decided_at is not None:
            refused = state is AssignmentState.REJECTED
            became = AssignmentState.REJECTED if refused else AssignmentState.ACCEPTED
            found.append(Guided(role=role, state=became, at=row.decided_at))
        if row.ended_at is not None:
            found.append(Guided(role=role, state=AssignmentState.ENDED, at=row.ended_at))
    return found


def working_on(dossiers: Collection[UUID], on: date) -> dict[UUID, tuple[Role, ...]]:
    """Return in which roles somebody works on each dossier by assignment, without whose it is.

    Runs inside `permitted`.
    """
    counting = Q(state__in=_COUNTING, decided_on__lte=on, first_day__lte=on)
    lasting = (Q(last_day=None) | Q(last_day__gte=on)) & (Q(ended_on=None) | Q(ended_on__gt=on))
    found = Assignment.objects.filter(counting & lasting, dossier__in=dossiers).order_by("first_day", "role")
    working: dict[UUID, list[Role]] = {}
    for dossier, role in found.values_list("dossier", "role"):
        working.setdefault(dossier, []).append(Role(role))
    return {dossier: tuple(roles) for dossier, roles in working.items()}
