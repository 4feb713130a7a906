"""Reading and writing what is due in one dossier or many, and how each stands: one statement each way.

Only what differs is written. What people said of a row (a reason, who did it) stays with it whatever is
planned over it. Must never: run outside `permitted`, or remove what was due; it lapses.
Read next: `../rules/planning.py`, `following.py`.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from hervat.course.rules.planning import Key, Planned
from hervat.course.rules.standing import Stands
from hervat.course.rules.vocabulary import DueKind, DueState
from hervat.journal.queries.prepared import ask, ask_anew, ids
from hervat.register.vocabulary import Role

# Raw SQL: one parameter for any number of rows, in the columns of the table itself.
_READ: Final = """
SELECT dossier_id, kind, code, nth_case, occurrence, role, also_role, due_on, opens_on, legal_limit, state,
    done_on, done_late_days, fact_id, id, reason_code <> ''
FROM course_due WHERE {of}
"""
# Planned for good, a list of unknown length would read the whole table; so many are planned anew.
_OF_ONE: Final = _READ.format(of="dossier_id = %s::uuid")
_OF_MANY: Final = _READ.format(of="dossier_id = ANY(%s::uuid[])")
_INSERT: Final = """
INSERT INTO course_due (id, dossier_id, unit_id, kind, code, nth_case, occurrence, role, also_role, due_on,
    opens_on, legal_limit, state, done_on, done_by, done_late_days, fact_id, reason_missing, reason_code,
    explanation, reason_by, reason_on, made_by)
SELECT id, dossier_id, unit_id, kind, code, nth_case, occurrence, role, also_role, due_on,
    opens_on, legal_limit, state, done_on, done_by, done_late_days, fact_id, reason_missing, reason_code,
    explanation, reason_by, reason_on, ''
FROM json_populate_recordset(NULL::course_due, %s::json) RETURNING id
"""
# Not one INSERT … ON CONFLICT: a row is held to its constraints before what was said of it is found again.
_UPDATE: Final = """
UPDATE course_due AS due SET
    role = made.role, also_role = made.also_role, due_on = made.due_on, opens_on = made.opens_on,
    legal_limit = made.legal_limit, state = made.state, done_on = made.done_on,
    done_late_days = made.done_late_days, fact_id = made.fact_id, reason_missing = made.reason_missing,
    done_by = CASE WHEN made.state <> 'gedaan' THEN ''
        WHEN due.state = 'gedaan' AND due.fact_id IS NOT DISTINCT FROM made.fact_id THEN due.done_by
        ELSE made.done_by END,
    reason_code = coalesce(nullif(made.reason_code, ''), due.reason_code),
    explanation = coalesce(made.explanation, due.explanation),
    reason_by = coalesce(nullif(made.reason_by, ''), due.reason_by),
    reason_on = coalesce(made.reason_on, due.reason_on)
FROM json_populate_recordset(NULL::course_due, %s::json) AS made
WHERE due.id = made.id AND due.dossier_id = made.dossier_id RETURNING due.id
"""
_STAND: Final = """
INSERT INTO course_standing (dossier_id, unit_id, first_sick_on, counted_from, recovered_on, turns_on,
    wait_ends_on, next_due_on, next_code, next_role, late_from)
SELECT dossier_id, unit_id, first_sick_on, counted_from, recovered_on, turns_on,
    wait_ends_on, next_due_on, next_code, next_role, late_from
FROM json_populate_recordset(NULL::course_standing, %s::json)
ON CONFLICT (dossier_id) DO UPDATE SET
    unit_id = excluded.unit_id, first_sick_on = excluded.first_sick_on,
    counted_from = excluded.counted_from, recovered_on = excluded.recovered_on,
    turns_on = excluded.turns_on, wait_ends_on = excluded.wait_ends_on,
    next_due_on = excluded.next_due_on, next_code = excluded.next_code, next_role = excluded.next_role,
    late_from = excluded.late_from
WHERE (course_standing.*) IS DISTINCT FROM (excluded.*)
RETURNING dossier_id
"""
# An enum asked for a member by its value takes three times as long.
_KIND: Final = {one.value: one for one in DueKind}
_STATE: Final = {one.value: one for one in DueState}
_ROLE: Final = {one.value: one for one in Role}
_FORGET: Final = "DELETE FROM course_standing WHERE dossier_id = %s RETURNING dossier_id"


@dataclass(frozen=True, slots=True)
class Of:
    """Of which dossier a row is, and in which unit that is."""

    dossier: UUID
    unit: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody said of something due: why, sealed for its row."""

    code: str
    explanation: bytes
    by: str
    on: date


def place_of_reason(due: UUID) -> str:
    """Return where the explanation of a due is sealed for."""
    return f"course.due.explanation:{due}"


def place_of_title(due: UUID) -> str:
    """Return where the title of an own task is sealed for."""
    return f"course.due.title:{due}"


def read_dues(dossiers: Collection[UUID]) -> dict[UUID, list[Planned]]:
    """Return all that is or was due in dossiers."""
    found: dict[UUID, list[Planned]] = {dossier: [] for dossier in dossiers}
    one_only = len(found) == 1
    rows = ask(_OF_ONE, list(dossiers)) if one_only else ask_anew(_OF_MANY, [ids(dossiers)])
    for dossier, *columns in rows:
        found[dossier].append(_planned(columns))
    return found


def with_ids(dues: Iterable[Planned]) -> list[tuple[Planned, UUID]]:
    """Return each with the id of its row, or that of the row it will get."""
    return [(one, one.id or uuid4()) for one in dues]


def write_dues(
    rows: Iterable[tuple[Of, Planned, UUID]], *, by: str, said: Mapping[UUID, Said] | None = None
) -> None:
    """Write what is due as it is to stand; `said` is why, by the id of the row."""
    new: list[dict[str, Any]] = []
    stood: list[dict[str, Any]] = []
    for of, due, id in rows:
        (new if due.id is None else stood).append(_row(of, due, id, by, (said or {}).get(id)))
    for statement, made in ((_INSERT, new), (_UPDATE, stood)):
        if made:
            ask(statement, [json.dumps(made)])


def write_standings(standings: Sequence[tuple[Of, Stands]]) -> None:
    """Write how dossiers stand."""
    rows = [_standing(of, stands) for of, stands in standings]
    ask(_STAND, [json.dumps(rows)])


def forget_standing(dossier: UUID) -> None:
    """Take a dossier out of the lists of open ones."""
    ask(_FORGET, [dossier])


def _planned(columns: Sequence[Any]) -> Planned:
    kind, code, nth_case, occurrence, role, also_role, due_on, opens_on, limit, state, *done = columns
    done_on, late_days, fact, id, has_reason = done
    return Planned(
        key=Key(_KIND[kind], code, nth_case, occurrence),
        role=_ROLE[role],
        also_role=_ROLE[also_role] if also_role else None,
        due_on=due_on,
        opens_on=opens_on,
        legal_limit=limit,
        state=_STATE[state],
        done_on=done_on,
        late_days=late_days,
        fact=fact,
        id=id,
        has_reason=has_reason,
    )


def _row(of: Of, due: Planned, id: UUID, by: str, said: Said | None) -> dict[str, Any]:
    key = due.key
    return {
        "id": id.hex,
        "dossier_id": of.dossier.hex,
        "unit_id": of.unit.hex,
        "kind": key.kind,
        "code": key.code,
        "nth_case": key.nth_case,
        "occurrence": key.occurrence,
        "role": due.role,
        "also_role": due.also_role or "",
        "due_on": due.due_on.isoformat(),
        "opens_on": _day(due.opens_on),
        "legal_limit": _day(due.legal_limit),
        "state": due.state,
        "done_on": _day(due.done_on),
        "done_by": by if due.state is DueState.DONE else "",
        "done_late_days": due.late_days,
        "fact_id": due.fact.hex if due.fact else None,
        "reason_missing": due.reason_missing and said is None,
        "reason_code": said.code if said else "",
        "explanation": rf"\x{said.explanation.hex()}" if said else None,
        "reason_by": said.by if said else "",
        "reason_on": _day(said.on) if said else None,
    }


def _standing(of: Of, stands: Stands) -> dict[str, Any]:
    return {
        "dossier_id": of.dossier.hex,
        "unit_id": of.unit.hex,
        "first_sick_on": stands.first_sick_on.isoformat(),
        "counted_from": _day(stands.counted_from),
        "recovered_on": _day(stands.recovered_on),
        "turns_on": _day(stands.turns_on),
        "wait_ends_on": stands.wait_ends_on.isoformat(),
        "next_due_on": stands.next_due_on.isoformat(),
        "next_code": stands.next_code,
        "next_role": stands.next_role or "",
        "late_from": _day(stands.late_from),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
