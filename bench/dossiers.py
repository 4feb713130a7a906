"""Loads very many sealed dossiers by COPY, as the owner: what opening them one by one would have left.

Every person has data keys of their own, every fact is sealed under them, and each is found by blind index
and name token; a test reads them back through the door. Dossiers come in chunks, each of its own seed, so
that several processes may make them and still make the same people; one connection takes them in, in one
transaction: all of them or none. Must never: load into anything but an empty database of a bench or a test;
no log line tells of it. Read next: `invented.py`, `bulk.py`, hervat/dossiers/actions/opening.py.
"""

import gc
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from multiprocessing import get_context
from time import perf_counter, process_time
from typing import Any, Final
from uuid import UUID

from django.conf import settings

from bench.bulk import copy_in, in_binary, without_indexes
from bench.invented import PER_GUIDE, Invented, guide_code, invent, invent_units
from hervat.config.provision import connect
from hervat.dossiers.queries.cells import place_of
from hervat.dossiers.rules.values import Value, pack
from hervat.dossiers.rules.vocabulary import (
    FIELDS,
    AssignmentState,
    Closing,
    ClosingReason,
    Field,
    Part,
)
from hervat.register.vocabulary import Role
from hervat.vault.queries import keyring, search_keys
from hervat.vault.rules.finding import SearchKeys
from hervat.vault.rules.sealing import DataKey, Domain, seal_all
from hervat.vault.rules.wrapping import Keyring

CHUNK: Final = 20 * PER_GUIDE
SEED: Final = 2599
_BY: Final = ("bench", "")
_ACTOR: Final = "opdracht"

_PART_TABLES: Final = {
    Part.IDENTITY: "dossiers_identity",
    Part.APPOINTMENT: "dossiers_appointment",
    Part.WORK: "dossiers_workfacts",
    Part.BENEFITS: "dossiers_benefitfacts",
}
_OF_ONE: Final = frozenset((Field.NAME, Field.ADDRESS, Field.EMAIL, Field.EMPLOYEE_ID, Field.BSN))
_OF_PERSON: Final = frozenset({Part.IDENTITY, Part.APPOINTMENT})
_VERSION: Final = "number int4, dossier_version int4, recorded_by text, recorded_role text, reason text"


def _columns_of(part: Part) -> str:
    owner = "person_id uuid, made_in uuid" if part in _OF_PERSON else "dossier_id uuid"
    return f"{owner}, {_VERSION}, " + ", ".join(f"{one.value} bytea" for one in FIELDS[part])


# In the order of the references between them; each column with its type, for a binary COPY.
TABLES: Final = {
    "organisation_user": "code uuid, password text, name text, email text",
    "organisation_posting": (
        "id uuid, user_id uuid, role text, below bool, below_reason text, starts_on date, "
        "granted_by_kind text, granted_by text, revoke_reason text"
    ),
    "vault_key": "owner uuid, domain text, epoch int2, wrapped bytea",
    "dossiers_person": "id uuid, employee_index bytea, bsn_index bytea",
    "dossiers_dossier": (
        "id uuid, case_number text, person_id uuid, unit_id uuid, status text, first_sick_on date, "
        "opened_on date, closed_on date, version int4"
    ),
    **{_PART_TABLES[part]: _columns_of(part) for part in Part},
    "dossiers_event": (
        "dossier_id uuid, kind text, reason text, happened_on date, dossier_version int4, "
        "recorded_by text, recorded_role text"
    ),
    "dossiers_assignment": (
        "id uuid, dossier_id uuid, user_code uuid, role text, state text, first_day date, ground text, "
        "proposed_by text, proposed_role text, decided_on date, decided_by text, ended_by text"
    ),
    "dossiers_nametoken": "token int8, unit_id uuid, dossier_id uuid",
}
INDEXED_LATER: Final = tuple(table for table in TABLES if not table.startswith("organisation_"))
_UNIT: Final = "id uuid, kind text, parent_id uuid, abbreviation text, name text"
Row = tuple[Any, ...]
_Chunk = tuple[int, int, date, int]
"""From and up to which number, as they stand on which day, of which seed."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load took: seconds on the clock, and of a core for making and sealing, and for sending."""

    dossiers: int
    seconds: float
    making: float
    sending: float

    @property
    def per_second(self) -> float:
        return self.dossiers / self.seconds


@dataclass(frozen=True, slots=True)
class _Made:
    """A chunk as COPY takes it, by table, and the seconds of a core that making it took."""

    tables: dict[str, bytes]
    seconds: float


@dataclass(slots=True)
class _Rows:
    """The rows of a chunk, by table."""

    of: dict[str, list[Row]] = field(default_factory=lambda: {table: [] for table in TABLES})

    def add(self, table: str, *row: object) -> None:
        self.of[table].append(row)


@dataclass(frozen=True, slots=True)
class _Keys:
    """What wraps the keys of people, and what they are found by."""

    ring: Keyring
    find: SearchKeys


def load_units() -> None:
    """Load the tree of units."""
    rows = [
        (one.id, one.kind.value, one.parent, one.abbreviation, one.abbreviation) for one in invent_units()
    ]
    with connect(settings.DATABASES["owner"]) as owner, owner.transaction():
        copy_in(owner, "organisation_unit", _UNIT, in_binary(_UNIT, rows))


def load_dossiers(count: int, *, on: date, first: int = 0, seed: int = SEED, processes: int = 1) -> Loaded:
    """Load dossiers from number `first` up to `count`, with who guides them, as they stand on a day."""
    began, making, sending = perf_counter(), 0.0, 0.0
    chunks = [(start, min(start + CHUNK, count), on, seed) for start in range(first, count, CHUNK)]
    with (
        connect(settings.DATABASES["owner"]) as owner,
        owner.transaction(),
        without_indexes(owner, INDEXED_LATER),
        _made(chunks, processes) as made,
    ):
        for chunk in made:
            making, worked = making + chunk.seconds, process_time()
            for table, columns in TABLES.items():
                copy_in(owner, table, columns, chunk.tables[table])
            sending += process_time() - worked
    return Loaded(count - first, perf_counter() - began, making, sending)


@contextmanager
def _made(chunks: Sequence[_Chunk], processes: int) -> Iterator[Iterator[_Made]]:
    if processes == 1:
        yield map(_make, chunks)
        return
    # Forked, so that the settings and their keys are there.
    with get_context("fork").Pool(processes) as pool:
        yield pool.imap_unordered(_make, chunks)


def tidy() -> None:
    """Do what autovacuum does in time: a plan without statistics says nothing."""
    with connect(settings.DATABASES["owner"]) as owner:
        owner.execute(f"VACUUM ANALYZE organisation_unit, {', '.join(TABLES)}")


def invent_chunk(start: int, end: int, on: date, seed: int = SEED) -> list[Invented]:
    """Return the people of a chunk: the same whenever they are asked for, but for their case numbers."""
    chance = random.Random(f"{seed}:{start}")  # noqa: S311 - to measure with, not to hide
    return [invent(number, chance, on) for number in range(start, end)]


def _make(chunk: _Chunk) -> _Made:
    began = process_time()
    with _without_collecting():
        rows = _rows_of(*chunk)
        tables = {table: in_binary(columns, rows.of[table]) for table, columns in TABLES.items()}
    return _Made(tables, process_time() - began)


@contextmanager
def _without_collecting() -> Iterator[None]:
    # A chunk is rows without cycles; looking for them would take a fifth of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _rows_of(start: int, end: int, on: date, seed: int) -> _Rows:
    rows, keys = _Rows(), _Keys(keyring(), search_keys())
    for one in invent_chunk(start, end, on, seed):
        _add(rows, one, keys)
    for number in range(-(-start // PER_GUIDE), -(-end // PER_GUIDE)):
        _add_guide(rows, number, on)
    return rows


def _add_guide(rows: _Rows, number: int, on: date) -> None:
    code = guide_code(number)
    rows.add("organisation_user", code, "!", f"Begeleider {number}", f"g{number}@example.org")
    role = Role.DCR_GUIDE.value
    rows.add("organisation_posting", code, code, role, False, "", date(on.year - 3, 1, 1), _ACTOR, _BY[0], "")


def _add(rows: _Rows, one: Invented, keys: _Keys) -> None:
    (kept, key), (medical, _) = (keys.ring.make(one.person, domain) for domain in Domain)
    rows.add("vault_key", kept.owner, kept.domain.value, kept.epoch, kept.wrapped)
    rows.add("vault_key", medical.owner, medical.domain.value, medical.epoch, medical.wrapped)
    employee, bsn = str(one.facts[Field.EMPLOYEE_ID]), str(one.facts[Field.BSN])
    rows.add("dossiers_person", one.person, keys.find.of_employee_number(employee), keys.find.of_bsn(bsn))
    _add_dossier(rows, one)
    _add_facts(rows, one, key)
    _add_assignment(rows, one)
    for token in _tokens(str(one.facts[Field.NAME]), keys.find):
        rows.add("dossiers_nametoken", token, one.unit, one.dossier)


def _add_dossier(rows: _Rows, one: Invented) -> None:
    version = 2 if one.closed_on else 1
    days = (one.first_sick_on, one.opened_on, one.closed_on)
    rows.add(
        "dossiers_dossier",
        one.dossier,
        one.case_number,
        one.person,
        one.unit,
        one.status.value,
        *days,
        version,
    )
    if one.closed_on:
        why = (Closing.CLOSED.value, ClosingReason.COURSE_ENDED.value, one.closed_on)
        rows.add("dossiers_event", one.dossier, *why, version, *_BY)


def _add_facts(rows: _Rows, one: Invented, key: DataKey) -> None:
    values = [(_packed(stored, value), place_of(stored, one.dossier)) for stored, value in one.facts.items()]
    sealed = dict(zip(one.facts, seal_all(key, values), strict=True))
    for part, fields in FIELDS.items():
        owner = (one.person, one.dossier) if part in _OF_PERSON else (one.dossier,)
        rows.add(_PART_TABLES[part], *owner, 1, 1, *_BY, "", *map(sealed.get, fields))


def _packed(stored: Field, value: Value) -> bytes:
    # Of so many people much is the same, but not what is on somebody's passport or in a contact list.
    return pack(stored, value) if stored in _OF_ONE else _packed_once(stored, value)


_packed_once = lru_cache(maxsize=10_000)(pack)


def _tokens(name: str, find: SearchKeys) -> frozenset[int]:
    return frozenset().union(*(_tokens_of(word, find) for word in name.split()))


@lru_cache(maxsize=20_000)
def _tokens_of(word: str, find: SearchKeys) -> frozenset[int]:
    return find.tokens_of(word)


def _add_assignment(rows: _Rows, one: Invented) -> None:
    state = (AssignmentState.ACCEPTED.value, one.opened_on, "")
    proposed, decided = (*_BY, one.opened_on, str(one.guide)), ""
    assignment = UUID(int=one.dossier.int ^ 1, version=4)
    rows.add(
        "dossiers_assignment",
        assignment,
        one.dossier,
        one.guide,
        Role.DCR_GUIDE.value,
        *state,
        *proposed,
        decided,
    )
