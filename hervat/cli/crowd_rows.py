"""The rows of one dossier of a crowd: what opening it and working on it would have left, in every table.

Every person has data keys of their own, every fact is sealed under them, and each is found by blind index
and name token; a test reads them back through the door. Must never: be put in any database but that of a
bench or a demo; no log line tells of it.
Read next: `crowd_inventing.py`, `crowd_courses.py`, `crowd_loading.py`, `../dossiers/actions/opening.py`.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final
from uuid import UUID

from hervat.cli import crowd_courses as courses
from hervat.cli.crowd_copying import as_bytes, as_id, as_number, fields, whole
from hervat.cli.crowd_inventing import Invented, guide_code
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

_BY: Final = ("lading", "")
_ACTOR: Final = "opdracht"

_PART_TABLES: Final = {
    Part.IDENTITY: "dossiers_identity",
    Part.APPOINTMENT: "dossiers_appointment",
    Part.WORK: "dossiers_workfacts",
    Part.BENEFITS: "dossiers_benefitfacts",
}
_OF_ONE: Final = frozenset((Field.NAME, Field.EMAIL, Field.EMPLOYEE_ID, Field.BSN))
_OF_PERSON: Final = frozenset({Part.IDENTITY, Part.APPOINTMENT})
_VERSION: Final = "number int4, dossier_version int4, recorded_by text, recorded_role text, reason text"


_FIRST_VERSION: Final = fields(_VERSION, (1, 1, *_BY, ""))


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
    **courses.TABLES,
}
INDEXED_LATER: Final = tuple(table for table in TABLES if not table.startswith("organisation_"))


@dataclass(frozen=True, slots=True)
class Keys:
    """What wraps the keys of people, and what they are found by."""

    ring: Keyring
    find: SearchKeys

    @classmethod
    def of_settings(cls) -> "Keys":
        """Return the keys of this process."""
        return cls(keyring(), search_keys())


@dataclass(slots=True)
class Rows:
    """The rows of some dossiers, by table, each as it stands in a binary COPY."""

    of: dict[str, list[bytes]] = field(default_factory=lambda: {table: [] for table in TABLES})

    def add(self, table: str, *row: object) -> None:
        self.of[table].append(fields(TABLES[table], row))

    def for_copy(self) -> dict[str, bytes]:
        """Return what is sent, by table; a table without rows is not there."""
        return {table: whole(TABLES[table], rows) for table, rows in self.of.items() if rows}


def add_guide(rows: Rows, number: int, on: date) -> None:
    code = guide_code(number)
    rows.add("organisation_user", code, "!", f"Begeleider {number}", f"g{number}@demo.hervat.invalid")
    role = Role.DCR_GUIDE.value
    rows.add("organisation_posting", code, code, role, False, "", date(on.year - 3, 1, 1), _ACTOR, _BY[0], "")


def add(rows: Rows, one: Invented, keys: Keys, on: date, *, with_course: bool) -> None:
    (kept, key), (medical, _) = (keys.ring.make(one.person, domain) for domain in Domain)
    rows.add("vault_key", kept.owner, kept.domain.value, kept.epoch, kept.wrapped)
    rows.add("vault_key", medical.owner, medical.domain.value, medical.epoch, medical.wrapped)
    employee, bsn = str(one.facts[Field.EMPLOYEE_ID]), str(one.facts[Field.BSN])
    rows.add("dossiers_person", one.person, keys.find.of_employee_number(employee), keys.find.of_bsn(bsn))
    _add_dossier(rows, one)
    _add_facts(rows, one, key)
    _add_assignment(rows, one)
    of_name = as_id(one.unit) + as_id(one.dossier)
    tokens = _tokens(str(one.facts[Field.NAME]), keys.find)
    rows.of["dossiers_nametoken"] += [as_number(token) + of_name for token in tokens]
    if with_course:
        courses.add(rows.of, one, key, on)


def _add_dossier(rows: Rows, one: Invented) -> None:
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


def _add_facts(rows: Rows, one: Invented, key: DataKey) -> None:
    values = [(_packed(stored, value), place_of(stored, one.dossier)) for stored, value in one.facts.items()]
    sealed = dict(zip(one.facts, seal_all(key, values), strict=True))
    dossier = as_id(one.dossier)
    for part, of_part in FIELDS.items():
        owner = as_id(one.person) + dossier if part in _OF_PERSON else dossier
        row = owner + _FIRST_VERSION + b"".join(as_bytes(sealed.get(stored)) for stored in of_part)
        rows.of[_PART_TABLES[part]].append(row)


def _packed(stored: Field, value: Value) -> bytes:
    # Of so many people much is the same, but not what is on somebody's passport or in a contact list.
    return str(value).encode() if stored in _OF_ONE else _packed_once(stored, value)


_packed_once = lru_cache(maxsize=10_000)(pack)


def _tokens(name: str, find: SearchKeys) -> frozenset[int]:
    return frozenset().union(*(_tokens_of(word, find) for word in name.split()))


@lru_cache(maxsize=20_000)
def _tokens_of(word: str, find: SearchKeys) -> frozenset[int]:
    return find.tokens_of(word)


def _add_assignment(rows: Rows, one: Invented) -> None:
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
