"""Who works on a dossier, and what somebody was proposed for: in which role, how it stands, since when.

Who sees what of others is the item "toewijzing" of the entry on users: in full, or role and unit of who works
there now; with nothing of it, one's own alone. Names are for who assigns, and for who the dossier is about
where the organisation chose so. The explanation that was sealed with a ground stays sealed here.
Must never: give the code of another user. Read next: `../actions/assigning.py`, `../../access/door.py`.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hervat.dossiers.models import Assignment, Dossier
from hervat.dossiers.queries.cells import Cell, readable, visible
from hervat.dossiers.queries.lines import met
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.rules.assignments import Assigned, counts_on
from hervat.dossiers.rules.vocabulary import AssignmentState, CaseGround
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.queries.prepared import ask
from hervat.journal.rules.acts import Met
from hervat.journal.rules.line import Effect, Manner
from hervat.organisation.queries.colleagues import Holding, Worker, workers_at, workers_of
from hervat.organisation.rules.postings import day_of
from hervat.register.cells import Hidden, Outcome, Shown, hidden
from hervat.register.decisions import Allowed
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Operation, Role, Scope

_HERE = """
SELECT dossier.person_id, dossier.unit_id, {columns}
FROM dossiers_dossier AS dossier LEFT JOIN dossiers_assignment AS own ON own.dossier_id = dossier.id
WHERE dossier.id = %s ORDER BY own.first_day, own.proposed_at
"""
_ENDED = frozenset({AssignmentState.ACCEPTED, AssignmentState.ENDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How an assignment went: who proposed it in which role, since when, and until when."""

    state: AssignmentState
    first_day: date
    last_day: date | None
    ended_on: date | None
    decided_on: date | None
    ground: CaseGround | None
    proposed_on: date
    proposed_role: Role | None
    proposed_by_me: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentView:
    """An assignment as it stands; `mine` when it is that of whoever asks."""

    id: UUID
    role: Role
    unit: UUID | None
    name: Shown[str] | Outcome | Hidden
    course: Shown[Course] | Outcome | Hidden
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Involved:
    """Somebody who works on a dossier today: in which role, for which unit, by assignment or by posting.

    `since` is a cell too: who sees no more than role and unit does not see since when.
    """

    role: Role
    unit: UUID | None
    name: Shown[str] | Outcome | Hidden
    since: Shown[date] | Outcome | Hidden
    assigned: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class Here:
    """A dossier with every assignment of it, for who must know several things of them at once."""

    dossier: UUID
    person: UUID
    unit: UUID
    rows: tuple[Assignment, ...]

    def was_asked(self, role: Role) -> bool:
        """Whether anybody was ever proposed in a role, whatever became of it."""
        return any(row.role == role.value for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    """Something that waits for the answer of whoever asks."""

    id: UUID
    case_number: Cell[str]
    unit: Cell[UUID]
    role: Role
    course: Course


def assignments(permit: Permit, *, by_name: bool = False) -> tuple[AssignmentView, ...]:
    """Return the assignments of the permit's dossier that it shows, the newest first, and log it.

    `by_name` is whether the organisation tells a re-integrant names. Raises `NotPermitted` without a dossier.
    """
    act = act_of(permit, Operation.REFER, Effect.READ)
    with permitted(permit):
        dossier = _dossier(permit)
        found = Assignment.objects.filter(dossier=dossier).order_by("-first_day", "-proposed_at")
        rows = [row for row in found if _is_mine(permit, row) or _is_seen(permit, row)]
        workers, people = workers_of(permit, [_holding(row) for row in rows], by_name=by_name)
        here = met(dossier.person_id, dossier.id, {Item.USER_ASSIGNMENT})
        record(act, [here, *people])
    return tuple(_view(permit, row, workers.get(_holding(row))) for row in rows)


def involved(permit: Permit, *, by_name: bool = False) -> tuple[Involved, ...]:
    """Return who works on the permit's dossier today, by posting first, and log it.

    Nothing where the register shows nothing of it. Raises `NotPermitted` without a dossier.
    """
    act = act_of(permit, Operation.REFER, Effect.READ)
    with permitted(permit):
        found = here(_named(permit))
        people, shown = people_of(permit, found, by_name=by_name)
        record(act, [met(found.person, found.dossier, {Item.USER_ASSIGNMENT}), *shown])
    return people


def here(dossier: UUID) -> Here:
    """Return a dossier with its assignments, in one question; runs inside `permitted`."""
    names = [field.attname for field in Assignment._meta.concrete_fields]
    found = ask(_HERE.format(columns=", ".join(f"own.{name}" for name in names)), [dossier])
    rows = (dict(zip(names, row[2:], strict=True)) for row in found if row[2] is not None)
    return Here(dossier, found[0][0], found[0][1], tuple(Assignment(**row) for row in rows))


def people_of(permit: Permit, found: Here, *, by_name: bool) -> tuple[tuple[Involved, ...], list[Met]]:
    """Return who works on a dossier, and each of them for the log; runs inside `permitted`."""
    assigned = {_holding(row): row for row in found.rows if _counts(row, permit.on)}
    workers: dict[Holding, Worker] = {}
    people: list[Met] = []
    if permit.scope(Item.USER_ASSIGNMENT) is not None:
        workers, people = workers_at(permit, found.unit, assigned, by_name=by_name)
    involved = tuple(
        Involved(
            role=role,
            unit=worker.unit,
            name=worker.name,
            since=_since(permit, worker, assigned.get((user, role))),
            assigned=(user, role) in assigned,
            mine=str(user) == permit.actor,
        )
        for (user, role), worker in workers.items()
    )
    return involved, people


def _since(permit: Permit, worker: Worker, row: Assignment | None) -> Shown[date] | Outcome | Hidden:
    decision = permit.decision(Item.USER_ASSIGNMENT)
    if not isinstance(decision, Allowed):
        return hidden(decision)
    day = worker.posted_from or (row.first_day if row else None)
    return Shown(day) if decision.scope is Scope.FULL and day else Outcome(None)


def proposals(permit: Permit) -> tuple[ProposalView, ...]:
    """Return what whoever asks was proposed for in the role of the permit, the oldest first, and log it."""
    act = act_of(permit, Operation.REFER, Effect.READ)
    items = visible(permit, [Item.CASE_NUMBER, Item.UNIT])
    with permitted(permit):
        rows = list(
            Assignment.objects.select_related("dossier")
            .filter(dossier__in=permit.dossiers, user_code=permit.actor, role=permit.role)
            .filter(state=AssignmentState.PROPOSED.value)
            .order_by("proposed_at", "id")
        )
        record(act, [met(row.dossier.person_id, row.dossier_id, items, Manner.LISTED) for row in rows])
    return tuple(_proposal(permit, row) for row in rows)


def _named(permit: Permit) -> UUID:
    if permit.dossier is None:
        raise NotPermitted("Deze machtiging gaat niet over een dossier.")
    return permit.dossier


def _dossier(permit: Permit) -> Dossier:
    found: Dossier = Dossier.objects.get(id=_named(permit))
    return found


def _holding(row: Assignment) -> Holding:
    return row.user_code, Role(row.role)


def _is_mine(permit: Permit, row: Assignment) -> bool:
    return str(row.user_code) == permit.actor


def _is_seen(permit: Permit, row: Assignment) -> bool:
    """Whether an assignment of another is seen at all: each in full, or those who work here now."""
    scope = permit.scope(Item.USER_ASSIGNMENT)
    return scope is Scope.FULL or (scope is Scope.OUTCOME and _counts(row, permit.on))


def _counts(row: Assignment, on: date) -> bool:
    state = AssignmentState(row.state)
    return counts_on(
        Assigned(
            id=row.id,
            role=Role(row.role),
            state=state,
            first_day=row.first_day,
            last_day=row.last_day,
            ground=CaseGround(row.ground) if row.ground else None,
            accepted_on=row.decided_on if state in _ENDED else None,
            ended_on=row.ended_on,
        ),
        on,
    )


def _view(permit: Permit, row: Assignment, worker: Worker | None) -> AssignmentView:
    mine = _is_mine(permit, row)
    return AssignmentView(
        id=row.id,
        role=Role(row.role),
        unit=worker.unit if worker else None,
        name=worker.name if worker else Outcome(None),
        course=Shown(_course(permit, row)) if mine else _seen(permit, _course(permit, row)),
        mine=mine,
    )


def _seen(permit: Permit, course: Course) -> Shown[Course] | Outcome | Hidden:
    decision = permit.decision(Item.USER_ASSIGNMENT)
    if not isinstance(decision, Allowed):
        return hidden(decision)
    return Shown(course) if decision.scope is Scope.FULL else Outcome(course.state.value)


def _course(permit: Permit, row: Assignment) -> Course:
    return Course(
        state=AssignmentState(row.state),
        first_day=row.first_day,
        last_day=row.last_day,
        ended_on=row.ended_on,
        decided_on=row.decided_on,
        ground=CaseGround(row.ground) if row.ground else None,
        proposed_on=day_of(row.proposed_at),
        proposed_role=Role(row.proposed_role) if row.proposed_role in set(Role) else None,
        proposed_by_me=row.proposed_by == permit.actor,
    )


def _proposal(permit: Permit, row: Assignment) -> ProposalView:
    return ProposalView(
        id=row.id,
        case_number=readable(permit, Item.CASE_NUMBER, row.dossier.case_number),
        unit=readable(permit, Item.UNIT, row.dossier.unit_id),
        role=Role(row.role),
        course=_course(permit, row),
    )
