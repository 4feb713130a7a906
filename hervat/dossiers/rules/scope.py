"""What a transaction may reach, and the signature by which PostgreSQL believes it.

The setting `hervat.permit` says which dossiers, units or assignments a transaction may see. Any SQL can
set it, so it is signed with a key that SQL cannot read, over the server process and the start of the
transaction: copied into another transaction it says nothing. `dossiers_scope()` checks it.
Must never: be made from anything but a permit or the door's question.
Read next: `../queries/permitted.py`, `../migrations/0002_row_security.py`, docs/security.md.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from uuid import UUID

from hervat.register.permit import Permit
from hervat.register.vocabulary import Authority, Role

BLOCK = 64
# A deputy has the units of the posting, or else the assignments of whose posting it is.
_BY_ASSIGNMENT = frozenset({Authority.ASSIGNMENT, Authority.CASE, Authority.DEPUTY})
_WORD = re.compile(r"[A-Za-z0-9_.:-]*", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignee:
    """The dossiers that are assigned to one user in one role, on one day."""

    user: str
    role: Role
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What may be reached: the union of what is named; nothing named reaches nothing.

    `persons` are people who need no dossier to be reached: those being made. `own` is the account of a
    re-integrant. `case` is the door's question about one case number. `numbers` reach no row at all.
    """

    dossiers: frozenset[UUID] = frozenset()
    units: frozenset[UUID] = frozenset()
    persons: frozenset[UUID] = frozenset()
    assignee: Assignee | None = None
    own: str = ""
    case: str = ""
    numbers: "Numbers | None" = None


@dataclass(frozen=True, slots=True)
class Numbers:
    """The units of what stands under which numbers may be told, and the day they are counted on.

    The day is signed too: numbers of two days would tell by their difference.
    """

    units: frozenset[UUID]
    on: date


@dataclass(frozen=True, slots=True)
class Moment:
    """The transaction a signature holds in: its server process, its start, and until when it holds."""

    process: int
    started: int
    expires: int


@dataclass(frozen=True, slots=True)
class DoorKey:
    """The key of the signature, as HMAC (RFC 2104) uses it: once with each pad."""

    inner: bytes = field(repr=False)
    outer: bytes = field(repr=False)


def scope_of(permit: Permit, *, persons: frozenset[UUID] = frozenset()) -> Scope:
    """Return what a permit may reach: its dossiers, or else its units, assignments or own dossiers."""
    numbers = Numbers(permit.numbers_below, permit.on) if permit.numbers_below else None
    if permit.dossier is not None:
        return Scope(dossiers=frozenset({permit.dossier}), persons=persons)
    if permit.dossiers:
        return Scope(dossiers=permit.dossiers)
    if permit.units:
        return Scope(units=permit.units, persons=persons, numbers=numbers)
    if permit.authority is Authority.OWN:
        return Scope(own=permit.actor)
    if permit.role is not None and (permit.authority in _BY_ASSIGNMENT or permit.principal is not None):
        whose = str(permit.principal) if permit.principal else permit.actor
        return Scope(assignee=Assignee(user=whose, role=permit.role, on=permit.on), numbers=numbers)
    return Scope(persons=persons, numbers=numbers)


def door_key(raw: bytes) -> DoorKey:
    """Return the key of the signature, of the 32 bytes that the environment gives."""
    key = sha256(b"hervat door\x00" + raw).digest().ljust(BLOCK, b"\x00")
    return DoorKey(bytes(byte ^ 0x36 for byte in key), bytes(byte ^ 0x5C for byte in key))


def signed(scope: Scope, moment: Moment, key: DoorKey) -> str:
    """Return the setting for one transaction: what it may reach, and the signature under it."""
    said = _said(scope, moment)
    inner = sha256(key.inner + said.encode()).digest()
    return f"{said}|{sha256(key.outer + inner).hexdigest()}"


def _said(scope: Scope, moment: Moment) -> str:
    assignee = scope.assignee
    who = (assignee.user, assignee.role.value, assignee.on.isoformat()) if assignee else ("", "", "")
    words = (*who, scope.own, scope.case)
    counted = scope.numbers
    if not all(_WORD.fullmatch(word) for word in words):
        raise ValueError("Een code in de machtiging heeft niet de vorm van een code.")
    return "|".join(
        (
            "1",
            str(moment.process),
            str(moment.started),
            str(moment.expires),
            *(_ids(ids) for ids in (scope.dossiers, scope.units, scope.persons)),
            *words,
            *((_ids(counted.units), counted.on.isoformat()) if counted else ("", "")),
        )
    )


def _ids(ids: frozenset[UUID]) -> str:
    return ",".join(sorted(str(one) for one in ids))
