"""Reading and writing the rows of one dossier inside an action: few statements, whatever changes.

Every message of a feed passes here, so each statement is written out. Of what is sealed only the cause of a
leave is opened, because a date hangs on it; that is told in the log apart, as worked with and not as seen.
Must never: run outside `permitted`, or hand a detail to a mouth. Read next: `recording.py`, `planning.py`.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import IntegrityError

from hervat.course.rules.faults import CourseFault, Fault
from hervat.course.rules.folding import Happened
from hervat.course.rules.values import Detail, NewFact, pack, unpack
from hervat.course.rules.vocabulary import Kind, Road
from hervat.dossiers.actions.changing import Changing
from hervat.dossiers.actions.correcting import KeyGone
from hervat.dossiers.rules.vocabulary import CorrectionReason
from hervat.journal.queries.prepared import ask, ask_anew, ids
from hervat.journal.rules.acts import Met
from hervat.journal.rules.line import Manner, SubjectKind
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import ActorKind, Authority, Item, Scope, Use
from hervat.vault.queries import keys_for
from hervat.vault.rules.sealing import DataKey, Domain, seal, unseal_text

# Raw SQL throughout: the ORM takes longer to write these than PostgreSQL to answer them.
_FACTS: Final = """
SELECT id, kind, happened_on, last_day, CASE WHEN kind = 'verlof-oorzaak' THEN detail END, dossier_id
FROM course_fact WHERE {of} AND replaced_at IS NULL
"""
# Planned for good, a list of unknown length would read the whole table; so many are planned anew.
_OF_ONE: Final = _FACTS.format(of="dossier_id = %s::uuid")
_OF_MANY: Final = _FACTS.format(of="dossier_id = ANY(%s::uuid[])")
_ADD: Final = """
INSERT INTO course_fact (id, dossier_id, kind, happened_on, last_day, detail, source, recorded_by,
    recorded_role, dossier_version, reason, replaces_id, withdraws, replaced_at, message_key)
SELECT id, dossier_id, kind, happened_on, last_day, detail, source, recorded_by,
    recorded_role, dossier_version, reason, replaces_id, withdraws,
    CASE WHEN withdraws THEN statement_timestamp() END, message_key
FROM json_populate_recordset(NULL::course_fact, %s::json) RETURNING id
"""
_REPLACE: Final = """
UPDATE course_fact SET replaced_at = statement_timestamp() WHERE id = %s AND replaced_at IS NULL RETURNING id
"""
_FIND: Final = """
WITH RECURSIVE chain AS (
    SELECT id FROM course_fact
    WHERE dossier_id = %(dossier)s AND (id = %(id)s::uuid OR message_key = %(key)s::bytea)
    UNION ALL SELECT later.id FROM course_fact AS later JOIN chain ON later.replaces_id = chain.id
)
SELECT fact.id, fact.kind, fact.happened_on, fact.last_day, fact.message_key
FROM course_fact AS fact JOIN chain ON chain.id = fact.id WHERE fact.replaced_at IS NULL
"""
MEDICAL: Final = frozenset({Item.GATEKEEPER_MEDICAL})


@dataclass(frozen=True, slots=True)
class Kept:
    """The facts of a dossier that stand, and whether a medical detail was opened to count with."""

    facts: tuple[Happened, ...]
    opened_medical: bool = False


@dataclass(frozen=True, slots=True)
class KeptOfMany:
    """The facts of many dossiers that stand, and in which a medical detail was opened to count with."""

    _facts: Mapping[UUID, Sequence[Happened]]
    opened_medical: frozenset[UUID]

    def of(self, changing: Changing) -> Sequence[Happened]:
        """The facts of one of them."""
        return self._facts[changing.dossier]


@dataclass(frozen=True, slots=True)
class Correcting:
    """What a new row replaces and why; `withdraws` when nothing comes in its place."""

    fact: UUID
    why: CorrectionReason
    withdraws: bool = False


def demand_write(permit: Permit, items: Collection[Item]) -> None:
    """Raise `NotPermitted` unless every item may be written, by somebody else than whom it is about.

    Of the facts of a course nobody is the source about themselves: what the register lets somebody write of
    such an item is their own view of it.
    """
    permit.demand(*sorted(items), use=Use.WRITE)
    if permit.authority is Authority.OWN or Scope.OWN in {permit.scope(item, Use.WRITE) for item in items}:
        raise NotPermitted(
            "Dit legt iemand anders vast. Klopt het niet, vraag dan uw P&O-adviseur om verbetering."
        )


def place_of(fact: UUID) -> str:
    """Return where the detail of a fact is sealed for."""
    return f"course.fact.detail:{fact}"


def domain_of(kind: Kind) -> Domain:
    """Return under which key the detail of a kind is sealed."""
    return Domain.MEDICAL if kind.item is Item.GATEKEEPER_MEDICAL else Domain.ORDINARY


def facts_of(changing: Changing) -> Kept:
    """Return the facts that stand; of the details only the causes of leave."""
    many = facts_of_many([changing])
    return Kept(tuple(many.of(changing)), changing.dossier in many.opened_medical)


def facts_of_many(held: Sequence[Changing]) -> KeptOfMany:
    """Return the facts that stand in many dossiers; of the details only the causes of leave."""
    if len(held) == 1:
        rows = ask(_OF_ONE, [held[0].dossier])
    else:
        rows = ask_anew(_OF_MANY, [ids(one.dossier for one in held)])
    sealed = {row[5] for row in rows if row[4] is not None}
    persons = {one.dossier: one.person for one in held if one.dossier in sealed}
    keys = keys_for(set(persons.values()), Domain.MEDICAL) if persons else {}
    found: dict[UUID, list[Happened]] = {one.dossier: [] for one in held}
    for row in rows:
        found[row[5]].append(_happened(row, keys.get(persons[row[5]]) if row[5] in persons else None))
    return KeptOfMany(found, frozenset(of for of, person in persons.items() if person in keys))


def _happened(row: Sequence[Any], key: DataKey | None) -> Happened:
    fact, kind, happened_on, last_day, sealed, _ = row
    detail: Detail | None = None
    if sealed is not None and key is not None:
        detail = unpack(Kind(kind), unseal_text(key, sealed, place_of(fact)))
    return Happened(Kind(kind), happened_on, last_day, detail, fact)


def add(
    permit: Permit, changing: Changing, facts: Sequence[NewFact], correcting: Correcting | None = None
) -> tuple[Happened, ...]:
    """Add facts and return them as they stand. Raises `CourseFault` for a message that came before."""
    domains = {domain_of(one.kind) for one in facts if one.detail is not None}
    keys = {domain: key_of(changing, domain) for domain in domains}
    rows = [(one, uuid4()) for one in facts]
    try:
        ask(_ADD, [json.dumps([_row(permit, changing, keys, one, id, correcting) for one, id in rows])])
    except IntegrityError as error:
        if "message_key" in str(error):
            raise CourseFault(Fault.KNOWN) from None
        raise
    return tuple(Happened(one.kind, one.happened_on, one.last_day, one.detail, id) for one, id in rows)


def key_of(changing: Changing, domain: Domain) -> DataKey:
    """Return the key of the person a dossier is about. Raises `KeyGone`."""
    key = keys_for([changing.person], domain).get(changing.person)
    if key is None:
        raise KeyGone
    return key


def _row(
    permit: Permit,
    changing: Changing,
    keys: dict[Domain, DataKey],
    fact: NewFact,
    id: UUID,
    correcting: Correcting | None,
) -> dict[str, Any]:
    sealed = None
    if fact.detail is not None:
        sealed = seal(keys[domain_of(fact.kind)], pack(fact.detail), place_of(id))
    return {
        "id": id.hex,
        "dossier_id": changing.dossier.hex,
        "kind": fact.kind,
        "happened_on": fact.happened_on.isoformat(),
        "last_day": fact.last_day.isoformat() if fact.last_day else None,
        "detail": _bytes(sealed),
        "source": road_of(permit),
        "recorded_by": permit.actor,
        "recorded_role": permit.role or "",
        "dossier_version": changing.version,
        "reason": correcting.why if correcting else "",
        "replaces_id": correcting.fact.hex if correcting else None,
        "withdraws": correcting is not None and correcting.withdraws,
        "message_key": _bytes(fact.message_key),
    }


def _bytes(value: bytes | None) -> str | None:
    """Bytes as PostgreSQL reads them out of a text."""
    return None if value is None else rf"\x{value.hex()}"


def road_of(permit: Permit) -> Road:
    """Return by which road a fact comes: a person says it, or a system does."""
    return Road.PERSON if permit.actor_kind is ActorKind.USER else Road.FEED


def find(changing: Changing, fact: UUID | bytes) -> Happened:
    """Return the fact that stands now for one that was named by its id, or by the message that brought it.

    A message that was corrected before is followed to what stands in its place. Raises `CourseFault`.
    """
    key, id = (fact, None) if isinstance(fact, bytes) else (None, fact)
    rows = ask(_FIND, {"dossier": changing.dossier, "id": id, "key": key})
    if not rows or (id is not None and rows[0][0] != id):
        raise CourseFault(Fault.NOT_OF_DOSSIER)
    row = rows[0]
    return Happened(Kind(row[1]), row[2], row[3], None, row[0])


def replace_row(fact: UUID) -> None:
    """Let a fact stand no longer."""
    ask(_REPLACE, [fact])


def met_by(changing: Changing, items: Collection[Item], *, opened_medical: bool) -> list[Met]:
    """Return what an action met: what it recorded, and apart what it only worked with."""
    about: dict[str, Any] = {
        "subject": changing.person,
        "subject_kind": SubjectKind.RE_INTEGRANT,
        "dossier": changing.dossier,
    }
    met = [Met(**about, items=frozenset(items))]
    if opened_medical:
        met.append(Met(**about, items=MEDICAL, manner=Manner.COMPUTED))
    return met
