"""Opening hundreds of dossiers at once, of people who are not known yet: one statement a table.

What `opening.py` does for one, with the same rows in the end: keys, indexes, sealed facts, name tokens and a
line in the log of each. Row-level security holds here as everywhere. Must never: be used for somebody who may
be known already; the database refuses that, and with it the whole load.
Read next: `opening.py`, `../../exchange/actions/loading.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID, uuid4

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
from hervat.journal.queries.prepared import ask, ids
from hervat.journal.rules.line import Effect
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item, Operation, Use
from hervat.vault.actions import make_new_keys
from hervat.vault.queries import search_keys
from hervat.vault.rules.sealing import DataKey, seal_all

# Raw SQL: a column is one array, so a statement has the same few parameters for any number of rows. What is
# not known is sent as empty and not as NULL: so the types, and so the prepared statement, are the same.
_PERSONS: Final = """
INSERT INTO dossiers_person (id, employee_index, bsn_index)
SELECT id, employee, nullif(bsn, '')
FROM unnest(%s::uuid[], %s::bytea[], %s::bytea[]) AS row (id, employee, bsn)
"""
_DOSSIERS: Final = """
INSERT INTO dossiers_dossier (id, case_number, person_id, unit_id, first_sick_on, opened_on, informed_on,
    status, version)
SELECT id, case_number, person, unit, first_sick_on, opened_on, nullif(informed_on, '')::date, %s, 1
FROM unnest(%s::uuid[], %s::text[], %s::uuid[], %s::uuid[], %s::date[], %s::date[], %s::text[])
    AS row (id, case_number, person, unit, first_sick_on, opened_on, informed_on)
"""
_TOKENS: Final = """
INSERT INTO dossiers_nametoken (token, unit_id, dossier_id)
SELECT token, unit, dossier FROM unnest(%s::bigint[], %s::uuid[], %s::uuid[]) AS row (token, unit, dossier)
"""
_FACTS: Final = """
INSERT INTO {table} (person_id, made_in, {columns}, number, dossier_version, recorded_by, recorded_role,
    reason)
SELECT person, dossier, {known}, 1, 1, %s, %s, ''
FROM unnest(%s::uuid[], %s::uuid[], {arrays}) AS row (person, dossier, {columns})
"""
_TABLES: Final = {Part.IDENTITY: "dossiers_identity", Part.APPOINTMENT: "dossiers_appointment"}
_WRITTEN: Final = (Item.UNIT, Item.SICKNESS_ABSENCE)


def _statement(part: Part) -> str:
    names = [field.value for field in FIELDS[part]]
    return _FACTS.format(
        table=_TABLES[part],
        columns=", ".join(names),
        known=", ".join(f"nullif({name}, '')" for name in names),
        arrays=", ".join("%s::bytea[]" for _ in names),
    )


_STATEMENTS: Final = {part: _statement(part) for part in _TABLES}


def load_dossiers(*, permit: Permit, new: Sequence[NewDossier]) -> list[Opened]:
    """Open dossiers of new people, and return them in the same order.

    Raises `NotPermitted`, `ValueFault`, and `IntegrityError` when one of these people is known.
    """
    permit.demand(*_WRITTEN, use=Use.WRITE)
    demand_write(permit, {field for one in new for field in (*one.identity, *one.appointment)})
    act = act_of(permit, Operation.REPORT_SICKNESS, Effect.CREATE)
    opened = [Opened(uuid4(), uuid4(), make_case_number()) for _ in new]
    persons = [one.person for one in opened]
    with permitted(permit, persons=frozenset(persons)):
        keys = make_new_keys(persons)
        ask(_PERSONS, _of_persons(opened, new))
        ask(_DOSSIERS, _of_dossiers(opened, new))
        for part in _TABLES:
            _load_facts(permit, part, opened, new, keys)
        ask(_TOKENS, _tokens(opened, new))
        pairs = zip(opened, new, strict=True)
        record(act, [met(one.person, one.dossier, _items(said)) for one, said in pairs])
    return opened


def _of_persons(opened: Sequence[Opened], new: Sequence[NewDossier]) -> list[Any]:
    find = search_keys()
    numbers = [find.of_employee_number(str(one.identity[Field.EMPLOYEE_ID])) for one in new]
    bsns = [find.of_bsn(str(bsn)) if (bsn := one.identity.get(Field.BSN)) else b"" for one in new]
    return [ids(one.person for one in opened), numbers, bsns]


def _of_dossiers(opened: Sequence[Opened], new: Sequence[NewDossier]) -> list[Any]:
    return [
        Status.OPEN.value,
        ids(one.dossier for one in opened),
        [one.case_number for one in opened],
        ids(one.person for one in opened),
        ids(one.unit for one in new),
        [one.first_sick_on for one in new],
        [one.opened_on for one in new],
        [one.informed_on.isoformat() if one.informed_on else "" for one in new],
    ]


def _load_facts(
    permit: Permit,
    part: Part,
    opened: Sequence[Opened],
    new: Sequence[NewDossier],
    keys: Mapping[UUID, DataKey],
) -> None:
    said = [one.identity if part is Part.IDENTITY else one.appointment for one in new]
    rows = [(one, facts) for one, facts in zip(opened, said, strict=True) if facts]
    if not rows:
        return
    sealed = [_sealed(keys[one.person], one.dossier, facts) for one, facts in rows]
    columns = [[row.get(field, b"") for row in sealed] for field in FIELDS[part]]
    owners = ids(one.person for one, _ in rows), ids(one.dossier for one, _ in rows)
    role = permit.role.value if permit.role else ""
    ask(_STATEMENTS[part], [permit.actor, role, *owners, *columns])


def _sealed(key: DataKey, dossier: UUID, facts: Mapping[Field, Value]) -> dict[Field, bytes]:
    packed = [(pack(field, value), place_of(field, dossier)) for field, value in facts.items()]
    return dict(zip(facts, seal_all(key, packed), strict=True))


def _tokens(opened: Sequence[Opened], new: Sequence[NewDossier]) -> list[Any]:
    find, rows = search_keys(), list[tuple[int, UUID, UUID]]()
    for one, said in zip(opened, new, strict=True):
        name = said.identity.get(Field.NAME)
        rows += [(token, said.unit, one.dossier) for token in find.tokens_of(str(name)) if name]
    tokens = "{" + ",".join(str(token) for token, *_ in rows) + "}"
    return [tokens, ids(unit for _, unit, _ in rows), ids(dossier for *_, dossier in rows)]


def _items(said: NewDossier) -> Iterable[Item]:
    return {*(field.item for field in (*said.identity, *said.appointment)), *_WRITTEN, Item.CASE_NUMBER}
