"""A first load: dossiers that ran before Hervat did, row by row or, for thousands of them, by the bulk road.

A row opens a dossier with its plan, its keys and its lines in the log, whole or not at all. Of somebody who
has an open dossier a row is left out, so a file may be given twice. By the bulk road hundreds go in one
transaction, in one statement a table; where one of them cannot, those rows go one by one. Must never: load
what a message may not say, or a dossier without a plan and a line.
Read next: `../rules/sheet.py`, `../../dossiers/actions/loading.py`, `../../course/actions/loading.py`.
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

from django.db import IntegrityError

from hervat.course.actions.loading import NewCourse, load_courses
from hervat.course.actions.opening import open_course
from hervat.course.rules.values import NewFact
from hervat.course.rules.vocabulary import Kind
from hervat.dossiers.actions.loading import load_dossiers
from hervat.dossiers.actions.opening import NewDossier
from hervat.dossiers.queries.permitted import together
from hervat.dossiers.rules.vocabulary import Field, Status
from hervat.exchange.actions.judging import demand_items, judged, place_named
from hervat.exchange.rules.admitting import Admits
from hervat.exchange.rules.facts import appointment_of, identity_of, known, new_facts
from hervat.exchange.rules.faults import Faulty
from hervat.exchange.rules.sheet import ColumnFault, GoodRow, column_of
from hervat.exchange.rules.vocabulary import Outcome

CHUNK: Final = 500
Loaded = Outcome | tuple[ColumnFault, ...]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A row with its unit, and what is to be recorded beside that somebody fell ill."""

    row: GoodRow
    unit: UUID
    facts: tuple[NewFact, ...]


def load_row(*, admits: Admits, row: GoodRow) -> Loaded:
    """Open the dossier of one row; return what became of it, or what is wrong with it."""
    try:
        with together(), judged():
            found = admits.person(row.facts.employee_number)
            if found is not None and found.latest.status is Status.OPEN:
                return Outcome.DUPLICATE
            one = _prepared(row, place_named(row.facts.appointment.unit, admits.on))
            permit = admits.openings(frozenset({one.unit}))
            demand_items(permit, row.facts)
            open_course(permit=permit, new=_dossier(admits, one), facts=one.facts)
    except Faulty as error:
        return _faults(error)
    return Outcome.OPENED


def load_rows(*, admits: Admits, rows: Sequence[GoodRow]) -> list[Loaded]:
    """Open the dossiers of many rows by the bulk road; return for each what became of it.

    What cannot go that way (somebody who is known already, a row that is faulty) goes one by one.
    """
    try:
        with together(), _without_collecting():
            _load(admits, rows)
    except (IntegrityError, Faulty):
        return [load_row(admits=admits, row=row) for row in rows]
    return [Outcome.OPENED for _ in rows]


def _load(admits: Admits, rows: Sequence[GoodRow]) -> None:
    with judged():
        named = {row.facts.appointment.unit for row in rows}
        units = {unit: place_named(unit, admits.on) for unit in named}
        prepared = [_prepared(row, units[row.facts.appointment.unit]) for row in rows]
        permit = admits.openings(frozenset(units.values()))
        for row in rows:
            demand_items(permit, row.facts)
        opened = load_dossiers(permit=permit, new=[_dossier(admits, one) for one in prepared])
        courses = [
            NewCourse(
                dossier=made.dossier,
                person=made.person,
                unit=one.unit,
                facts=(NewFact(Kind.SICK, one.row.facts.first_sick_on), *one.facts),
            )
            for made, one in zip(opened, prepared, strict=True)
        ]
        load_courses(permit=permit, courses=courses)


@contextmanager
def _without_collecting() -> Iterator[None]:
    # Some hundred rows are many objects without cycles; looking for those would take a fifth of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _prepared(row: GoodRow, unit: UUID) -> _Prepared:
    _, *others = new_facts(row.facts, uuid4())
    if row.first_fit_on is not None:
        others.append(NewFact(Kind.RECOVERED, row.first_fit_on))
    return _Prepared(row, unit, tuple(others))


def _dossier(admits: Admits, one: _Prepared) -> NewDossier:
    facts, opened = one.row.facts, one.row.opened_on
    return NewDossier(
        unit=one.unit,
        first_sick_on=facts.first_sick_on,
        opened_on=opened or min(admits.on, facts.first_sick_on + timedelta(days=1)),
        identity=known(identity_of(facts.person)) | {Field.EMPLOYEE_ID: facts.employee_number},
        appointment=known(appointment_of(facts.appointment)),
        informed_on=admits.on,
    )


def _faults(error: Faulty) -> tuple[ColumnFault, ...]:
    fault = error.fault
    columns = [column_of(member) for member in fault.members] or ["werknemersnummer"]
    return tuple(ColumnFault(column, fault.in_general) for column in columns)
