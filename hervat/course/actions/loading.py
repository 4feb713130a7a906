"""Recording the first facts of hundreds of dossiers at once, and planning what must happen in each.

What `recording.py` does for one, in one statement a table, for dossiers that have no facts yet. Must never:
be used for a dossier in which something was recorded, or leave one without its plan.
Read next: `recording.py`, `following.py`, `../../exchange/actions/loading.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Final
from uuid import UUID, uuid4

from hervat.course.actions.dues import Of, write_standings
from hervat.course.actions.keeping import place_of, road_of
from hervat.course.rules.folding import Happened, fold
from hervat.course.rules.planning import Planned, plan
from hervat.course.rules.standing import Stands, standing_of
from hervat.course.rules.values import NewFact, demand_good, pack
from hervat.course.rules.vocabulary import DueState
from hervat.dossiers.queries.permitted import permitted
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.queries.prepared import ask, ids
from hervat.journal.rules.acts import Met
from hervat.journal.rules.line import Effect, SubjectKind
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Operation, Use
from hervat.vault.queries import keys_for
from hervat.vault.rules.sealing import DataKey, Domain, seal

# Raw SQL: a column is one array, so a statement has the same few parameters for any number of rows. What is
# not known is sent as empty and not as NULL: so the types, and so the prepared statement, are the same.
_FACTS: Final = """
INSERT INTO course_fact (id, dossier_id, kind, happened_on, last_day, detail, source, recorded_by,
    recorded_role, dossier_version, reason, withdraws, message_key)
SELECT id, dossier, kind, happened_on, nullif(last_day, '')::date, nullif(detail, ''), %s, %s, %s, 1, '',
    false, nullif(message_key, '')
FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::date[], %s::text[], %s::bytea[], %s::bytea[])
    AS row (id, dossier, kind, happened_on, last_day, detail, message_key)
"""
_DUES: Final = """
INSERT INTO course_due (dossier_id, unit_id, kind, code, nth_case, occurrence, role, also_role, due_on,
    opens_on, legal_limit, state, id, done_by, done_late_days, reason_missing, reason_code, reason_by,
    made_by)
SELECT dossier, unit, kind, code, nth_case, occurrence, role, also_role, due_on, nullif(opens_on, '')::date,
    nullif(legal_limit, '')::date, state, gen_random_uuid(), '', 0, false, '', '', ''
FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::smallint[], %s::smallint[], %s::text[],
    %s::text[], %s::date[], %s::text[], %s::text[], %s::text[])
    AS row (dossier, unit, kind, code, nth_case, occurrence, role, also_role, due_on, opens_on, legal_limit,
        state)
"""
_ABSENCE: Final = frozenset({Item.SICKNESS_ABSENCE})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCourse:
    """What is known of a dossier that was opened a moment ago: since when somebody is sick, and the like."""

    dossier: UUID
    person: UUID
    unit: UUID
    facts: tuple[NewFact, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Planned:
    """What must happen in a course, as rows without their dossier, and how it stands."""

    rows: tuple[tuple[Any, ...], ...]
    stands: Stands


def load_courses(*, permit: Permit, courses: Sequence[NewCourse]) -> None:
    """Record the first facts of dossiers, and plan what must happen.

    Facts of sickness only: nothing that completes a step comes this way. Raises `CourseFault`,
    `NotPermitted`, and `IntegrityError` for a message that came before.
    """
    permit.demand(*_ABSENCE, use=Use.WRITE)
    if not {fact.kind.item for one in courses for fact in one.facts} <= _ABSENCE:
        raise NotPermitted("Een eerste lading brengt alleen wanneer iemand ziek was.")
    for one in courses:
        demand_good(one.facts, permit.on)
    act = act_of(permit, Operation.REPORT_SICKNESS, Effect.CREATE)
    with permitted(permit):
        keys = keys_for([one.person for one in courses], Domain.ORDINARY)
        rows = [(one, fact, uuid4()) for one in courses for fact in one.facts]
        _write_facts(permit, rows, keys)
        _write_plans(permit, courses)
        record(act, [_met(one) for one in courses])


def _write_facts(
    permit: Permit, rows: Sequence[tuple[NewCourse, NewFact, UUID]], keys: Mapping[UUID, DataKey]
) -> None:
    details = [
        b"" if fact.detail is None else seal(keys[one.person], pack(fact.detail), place_of(id))
        for one, fact, id in rows
    ]
    columns: list[Any] = [
        ids(id for *_, id in rows),
        ids(one.dossier for one, *_ in rows),
        [fact.kind.value for _, fact, _ in rows],
        [fact.happened_on for _, fact, _ in rows],
        [_said(fact.last_day) for _, fact, _ in rows],
        details,
        [fact.message_key or b"" for _, fact, _ in rows],
    ]
    role = permit.role.value if permit.role else ""
    ask(_FACTS, [road_of(permit).value, permit.actor, role, *columns])


def _write_plans(permit: Permit, courses: Sequence[NewCourse]) -> None:
    plans = [(Of(one.dossier, one.unit), _planned(_happened(one), permit.on)) for one in courses]
    rows = [(of.dossier, of.unit, *due) for of, made in plans for due in made.rows]
    if rows:  # of who is all fit again nothing is due
        dossiers, units, *columns = zip(*rows, strict=True)
        ask(_DUES, [ids(dossiers), ids(units), *map(list, columns)])
    write_standings([(of, made.stands) for of, made in plans])


def _happened(one: NewCourse) -> tuple[Happened, ...]:
    return tuple(Happened(fact.kind, fact.happened_on, fact.last_day, fact.detail) for fact in one.facts)


@lru_cache(maxsize=4096)
def _planned(facts: tuple[Happened, ...], on: date) -> _Planned:
    """Return what must happen, for everybody of whom the same is known: many fell ill on the same day."""
    made = plan(fold(facts), facts, (), on=on)
    return _Planned(tuple(_row(due) for due in made.write), standing_of(made, on=on))


def _row(due: Planned) -> tuple[Any, ...]:
    # What completes a step comes by another road, so nothing is done yet.
    assert due.state is not DueState.DONE  # noqa: S101 - a fault in the code above, never of a user
    return (
        due.key.kind.value,
        due.key.code,
        due.key.nth_case,
        due.key.occurrence,
        due.role.value,
        due.also_role.value if due.also_role else "",
        due.due_on,
        _said(due.opens_on),
        _said(due.legal_limit),
        due.state.value,
    )


def _said(day: date | None) -> str:
    return day.isoformat() if day else ""


def _met(one: NewCourse) -> Met:
    return Met(subject=one.person, subject_kind=SubjectKind.RE_INTEGRANT, dossier=one.dossier, items=_ABSENCE)
