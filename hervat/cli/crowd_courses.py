"""The course of a dossier of a crowd: its facts, what is due, and how it stands, as rows for a COPY.

What happened is that of `demo_course.py`, made once for everybody who is ill for as many days; only ids and
what is sealed differ, under the key of each. Must never: leave out a table that a page reads.
Read next: `crowd_rows.py`, `demo_course.py`, `../course/actions/loading.py`.
"""

import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Final
from uuid import UUID

from hervat.cli.crowd_copying import NULL, as_bytes, as_id, fields
from hervat.cli.crowd_inventing import Invented
from hervat.cli.demo_course import Told, habits_of, recorder_of, story
from hervat.course.actions.dues import place_of_reason
from hervat.course.actions.keeping import place_of
from hervat.course.rules.folding import Happened, fold
from hervat.course.rules.planning import Planned, plan
from hervat.course.rules.standing import Stands, standing_of
from hervat.course.rules.values import NewFact, pack
from hervat.course.rules.vocabulary import DueState, Kind, Road, SignalId
from hervat.dossiers.rules.vocabulary import Status
from hervat.vault.rules.sealing import DataKey, seal_all

_OWN_OF_FACT: Final = "id uuid, dossier_id uuid, detail bytea"
_REST_OF_FACT: Final = (
    "kind text, happened_on date, last_day date, source text, recorded_by text, recorded_role text, "
    "dossier_version int4, reason text, withdraws bool"
)
_OWN_OF_DUE: Final = "id uuid, dossier_id uuid, unit_id uuid, fact_id uuid, explanation bytea"
_REST_OF_DUE: Final = (
    "kind text, code text, nth_case int2, occurrence int2, role text, also_role text, due_on date, "
    "opens_on date, legal_limit date, state text, done_on date, done_by text, done_late_days int4, "
    "reason_missing bool, reason_code text, reason_by text, reason_on date, made_by text"
)
_OWN_OF_STANDING: Final = "dossier_id uuid, unit_id uuid"
_REST_OF_STANDING: Final = (
    "first_sick_on date, counted_from date, recovered_on date, turns_on date, wait_ends_on date, "
    "next_due_on date, next_code text, next_role text, late_from date"
)
TABLES: Final = {
    "course_fact": f"{_OWN_OF_FACT}, {_REST_OF_FACT}",
    "course_due": f"{_OWN_OF_DUE}, {_REST_OF_DUE}",
    "course_standing": f"{_OWN_OF_STANDING}, {_REST_OF_STANDING}",
}
_BY: Final = "lading"
_VARIANTS: Final = 2
_KEPT_OF: Final = {Kind.CONTACT: 4, Kind.OWN_HOURS: 4, Kind.ADAPTED_HOURS: 4, Kind.CAPACITY: 1}
"""Of what recurs weekly only the last few: enough for a page, at a tenth of the room."""
_ID: Final = b"\0\0\0\x10"
"""The length of an id, which stands before it."""


@dataclass(frozen=True, slots=True)
class _Fact:
    """A fact of everybody whose course this is: what is sealed, and its other columns as they are sent."""

    detail: bytes | None
    rest: bytes


@dataclass(frozen=True, slots=True)
class _Due:
    """Something due in such a course: by which of the facts it was done, and why it was late."""

    fact: int | None
    why: bytes | None
    rest: bytes


@dataclass(frozen=True, slots=True)
class _Course:
    """The course of everybody who is ill as many days."""

    facts: tuple[_Fact, ...]
    dues: tuple[_Due, ...]
    standing: bytes = field(repr=False)


def add(rows: dict[str, list[bytes]], one: Invented, key: DataKey, on: date) -> None:
    """Add the course of somebody to the rows of each table."""
    made = _course(
        (on - one.first_sick_on).days, one.number % _VARIANTS if one.number % 20 else 0, _fit_on(one, on), on
    )
    dossier, unit = as_id(one.dossier), as_id(one.unit)
    drawn = os.urandom(16 * (len(made.facts) + len(made.dues)))
    ids = [_ID + drawn[at : at + 16] for at in range(0, len(drawn), 16)]
    of_dues = ids[len(made.facts) :]
    sealed = iter(seal_all(key, [*_to_seal(made, ids, of_dues)]))
    rows["course_fact"] += [
        id + dossier + (NULL if fact.detail is None else as_bytes(next(sealed))) + fact.rest
        for id, fact in zip(ids, made.facts, strict=False)
    ]
    rows["course_due"] += [
        id
        + dossier
        + unit
        + (NULL if due.fact is None else ids[due.fact])
        + (NULL if due.why is None else as_bytes(next(sealed)))
        + due.rest
        for id, due in zip(of_dues, made.dues, strict=True)
    ]
    if one.status is Status.OPEN:
        rows["course_standing"].append(dossier + unit + made.standing)


def _to_seal(
    made: _Course, of_facts: Sequence[bytes], of_dues: Sequence[bytes]
) -> Iterator[tuple[bytes, str]]:
    for id, fact in zip(of_facts, made.facts, strict=False):
        if fact.detail is not None:
            yield fact.detail, place_of(UUID(bytes=id[4:]))
    for id, due in zip(of_dues, made.dues, strict=True):
        if due.why is not None:
            yield due.why, place_of_reason(UUID(bytes=id[4:]))


def _fit_on(one: Invented, on: date) -> date | None:
    """Whoever's dossier is closed was fit some weeks before; a few others are fit since shortly."""
    ago = 33 if one.status is Status.CLOSED else 9 if one.number % 20 == 0 else None
    fit = on - timedelta(days=ago) if ago else None
    return fit if fit and fit > one.first_sick_on else None


@lru_cache(maxsize=20_000)
def _course(days: int, variant: int, fit: date | None, on: date) -> _Course:
    chance = random.Random(f"{days} {variant}")  # noqa: S311 - to invent with, not to hide
    sick = [Happened(Kind.SICK, on - timedelta(days=days))]
    if fit is not None:
        sick.append(Happened(Kind.RECOVERED, fit))
    told = [
        *(Told(NewFact(one.kind, one.happened_on)) for one in sick),
        *_last_of(story(sick, on, habits_of(chance), chance)),
    ]
    facts = [
        Happened(one.fact.kind, one.fact.happened_on, one.fact.last_day, one.fact.detail, UUID(int=number))
        for number, one in enumerate(told)
    ]
    made = plan(fold(facts), facts, (), on=on)
    dues = [_answered(one, on) if one.key.code == SignalId.NO_DCR else one for one in made.dues]
    return _Course(
        facts=tuple(_fact(one) for one in told),
        dues=tuple(_due(one, told) for one in dues),
        standing=_standing(standing_of(made, on=on)),
    )


def _answered(signal: Planned, on: date) -> Planned:
    """Somebody of DCR guides them all."""
    return signal._replace(state=DueState.DONE, done_on=on)


def _last_of(told: Sequence[Told]) -> Iterator[Told]:
    left = dict(_KEPT_OF)
    kept: list[Told] = []
    for one in reversed(told):
        kind = one.fact.kind
        if kind in left:
            left[kind] -= 1
        if left.get(kind, 0) >= 0:
            kept.append(one)
    return reversed(kept)


def _fact(one: Told) -> _Fact:
    fact = one.fact
    detail = None if fact.detail is None else pack(fact.detail).encode()
    road = Road.FEED if fact.kind in {Kind.SICK, Kind.RECOVERED} else Road.PERSON
    role = recorder_of(fact.kind).value if road is Road.PERSON else ""
    values = (fact.kind.value, fact.happened_on, fact.last_day, road.value, _BY, role, 1, "", False)
    return _Fact(detail, fields(_REST_OF_FACT, values))


def _due(due: Planned, told: Sequence[Told]) -> _Due:
    done = due.state is DueState.DONE
    number = due.fact.int if due.fact is not None else None
    why = told[number].why if number is not None and due.late_days else None
    values = (
        due.key.kind.value,
        due.key.code,
        due.key.nth_case,
        due.key.occurrence,
        due.role.value,
        due.also_role.value if due.also_role else "",
        due.due_on,
        due.opens_on,
        due.legal_limit,
        due.state.value,
        due.done_on,
        _BY if done else "",
        due.late_days,
        due.reason_missing and why is None,
        why.code.value if why else "",
        _BY if why else "",
        due.done_on if why else None,
        "",
    )
    return _Due(number, why.explanation.encode() if why else None, fields(_REST_OF_DUE, values))


def _standing(stands: Stands) -> bytes:
    values = (
        stands.first_sick_on,
        stands.counted_from,
        stands.recovered_on,
        stands.turns_on,
        stands.wait_ends_on,
        stands.next_due_on,
        stands.next_code,
        stands.next_role.value if stands.next_role else "",
        stands.late_from,
    )
    return fields(_REST_OF_STANDING, values)
