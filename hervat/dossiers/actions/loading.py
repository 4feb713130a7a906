"""Opening hundreds of dossiers at once, of people who are not known yet: one statement a table.

What `opening.py` does for one, with the same rows in the end: keys, indexes, sealed facts, name tokens and a
line in the log of each. Row-level security holds here as everywhere. Must never: be used for somebody who may
be known already; the database refuses that, and with it the whole load.
Read next: `opening.py`, `../../exchange/actions/loading.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID, uuid4

import psycopg
from django.db import connection

from hervat.dossiers.actions.opening import NewDossier, Opened
from hervat.dossiers.actions.recording import demand_write
from hervat.dossiers.queries.cells import place_of
from hervat.dossiers.queries.lines import met
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.rules.case_number import make_case_number
from hervat.dossiers.rules.values import Value, pack
from hervat.dossiers.rules.vocabulary import FIELDS, Field, Part, Status
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.rules.line import Effect
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item, Operation, Use
from hervat.vault.actions import make_new_keys
from hervat.vault.queries import search_keys
from hervat.vault.rules.sealing import DataKey, seal_all

# Raw SQL: a column is one array, so a statement has the same few parameters for any number of rows; in
# binary (%b), which takes a fifth of the time of writing bytes as text.
_PERSONS: Final = """
INSERT INTO dossiers_person (id, employee_index, bsn_index)
SELECT * FROM unnest(%b::uuid[], %b::bytea[], %b::bytea[])
"""
_DOSSIERS: Final = """
INSERT INTO dossiers_dossier (id, case_number, person_id, unit_id, first_sick_on, opened_on, informed_on,
    status, version)
SELECT *, %s, 1
FROM unnest(%b::uuid[], %b::text[], %b::uuid[], %b::uuid[], %b::date[], %b::date[], %b::date[])
"""
_TOKENS: Final = """
INSERT INTO dossiers_nametoken (token, unit_id, dossier_id)
SELECT * FROM unnest(%b::bigint[], %b::uuid[], %b::uuid[])
"""
_FACTS: Final = """
INSERT INTO {table} (person_id, made_in, {columns}, number, dossier_version, recorded_by, recorded_role,
    reason)
SELECT *, 1, 1, %s, %s, '' FROM unnest(%b::uuid[], %b::uuid[], {arrays})
"""
_TABLES: Final = {Part.IDENTITY: "dossiers_identity", Part.APPOINTMENT: "dossiers_appointment"}
_WRITTEN: Final = (Item.UNIT, Item.SICKNESS_ABSENCE)


def load_dossiers(*, permit: Permit, new: Sequence[NewDossier]) -> list[Opened]:
    """Open dossiers of new people, and return them in the same order.

    Raises `NotPermitted`, `ValueFault`, and `IntegrityError` when one of these people is known.
    """
    permit.demand(*_WRITTEN, use=Use.WRITE)
    demand_write(permit, {field for one in new for field in (*one.identity, *one.appointment)})
    act = act_of(permit, Operation.REPORT_SICKNESS, Effect.CREATE)
    opened = [Opened(uuid4(), uuid4(), make_case_number()) for _ in new]
    persons = [one.person for one in opened]
    with permitted(permit, persons=frozenset(persons)), connection.wrap_database_errors:
        keys = make_new_keys(persons)
        with psycopg.Cursor(connection.connection) as cursor:
            cursor.execute(_PERSONS, _of_persons(opened, new))
            cursor.execute(_DOSSIERS, _of_dossiers(opened, new))
            for part in _TABLES:
                _load_facts(cursor, permit, part, opened, new, keys)
            cursor.execute(_TOKENS, _tokens(opened, new))
        record(
            act, [met(one.person, one.dossier, _items(said)) for one, said in zip(opened, new, strict=True)]
        )
    return opened


def _of_persons(opened: Sequence[Opened], new: Sequence[NewDossier]) -> list[Any]:
    find = search_keys()
    numbers = [find.of_employee_number(str(one.identity[Field.EMPLOYEE_ID])) for one in new]
    bsns = [find.of_bsn(str(bsn)) if (bsn := one.identity.get(Field.BSN)) else None for one in new]
    return [[one.person for one in opened], numbers, bsns]


def _of_dossiers(opened: Sequence[Opened], new: Sequence[NewDossier]) -> list[Any]:
    return [
        Status.OPEN.value,
        [one.dossier for one in opened],
        [one.case_number for one in opened],
        [one.person for one in opened],
        [one.unit for one in new],
        [one.first_sick_on for one in new],
        [one.opened_on for one in new],
        [one.informed_on for one in new],
    ]


def _load_facts(
    cursor: psycopg.Cursor[Any],
    permit: Permit,
    part: Part,
    opened: Sequence[Opened],
    new: Sequence[NewDossier],
    keys: Mapping[UUID, DataKey],
) -> None:
    said = [one.identity if part is Part.IDENTITY else one.appointment for one in new]
    rows = [(one, facts) for one, facts in zip(opened, said, strict=True) if facts]
    sealed = [_sealed(keys[one.person], one.dossier, facts) for one, facts in rows]
    names = [field.value for field in FIELDS[part]]
    statement = _FACTS.format(
        table=_TABLES[part], columns=", ".join(names), arrays=", ".join("%b::bytea[]" for _ in names)
    )
    columns = [[row.get(field) for row in sealed] for field in FIELDS[part]]
    role = permit.role.value if permit.role else ""
    owners = [one.person for one, _ in rows], [one.dossier for one, _ in rows]
    cursor.execute(statement, [permit.actor, role, *owners, *columns])


def _sealed(key: DataKey, dossier: UUID, facts: Mapping[Field, Value]) -> dict[Field, bytes]:
    packed = [(pack(field, value), place_of(field, dossier)) for field, value in facts.items()]
    return dict(zip(facts, seal_all(key, packed), strict=True))


def _tokens(opened: Sequence[Opened], new: Sequence[NewDossier]) -> list[list[Any]]:
    find, rows = search_keys(), list[tuple[int, UUID, UUID]]()
    for one, said in zip(opened, new, strict=True):
        name = said.identity.get(Field.NAME)
        rows += [(token, said.unit, one.dossier) for token in find.tokens_of(str(name)) if name]
    return [list(column) for column in zip(*rows, strict=True)] or [[], [], []]


def _items(said: NewDossier) -> Iterable[Item]:
    return {*(field.item for field in (*said.identity, *said.appointment)), *_WRITTEN, Item.CASE_NUMBER}
