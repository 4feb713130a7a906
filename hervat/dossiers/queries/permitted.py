"""How a permit reaches PostgreSQL: for the length of one transaction, and of this block.

Every query and action of this room, and of the rooms above it, runs inside `permitted(permit)`; outside it
the tables are empty. It costs two short statements: one asks which transaction this is, one sets the
signed setting; in a block that reaches the same it costs none. Must never: set anything that
outlives the transaction, or reach more than the permit.
Read next: `../rules/scope.py`, `../migrations/0002_row_security.py`, docs/security.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID
from weakref import WeakKeyDictionary

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from hervat.dossiers.rules.scope import DoorKey, Moment, Scope, door_key, scope_of, signed
from hervat.journal.queries.prepared import ask
from hervat.register.permit import Permit

# Raw SQL: neither the transaction nor a setting is a table. The earlier setting comes back at the end of
# a block inside a block; without a transaction around it, the end of the transaction clears it.
_WHICH = """
SELECT pg_backend_pid(),
    (extract(epoch FROM transaction_timestamp()) * 1000000)::bigint,
    coalesce(current_setting('hervat.permit', true), ''), current_setting('plan_cache_mode')
"""
_OF_PERSON = "SELECT dossiers_of_person(%s)"
_SET = "SELECT set_config('hervat.permit', %s, true), set_config('plan_cache_mode', %s, true)"
# Of a prepared statement, and inside dossiers_scope(): the plan of the first time, for whatever values.
ONE_PLAN = "force_generic_plan"
HOLDS_FOR = 600 * 1_000_000


@dataclass(frozen=True, slots=True)
class _Reached:
    """What a block reaches, in which transaction, and the setting that says so."""

    scope: Scope
    process: int
    started: int
    setting: str


# The blocks that are open on a connection, the innermost last: while one is, so is its transaction.
_reached: WeakKeyDictionary[BaseDatabaseWrapper, list[_Reached]] = WeakKeyDictionary()


@contextmanager
def permitted(permit: Permit, *, persons: frozenset[UUID] = frozenset()) -> Iterator[None]:
    """Open a transaction that reaches what the permit reaches; `persons` are those it is making."""
    with reaching(scope_of(permit, persons=persons)):
        yield


@contextmanager
def permitted_person(permit: Permit) -> Iterator[None]:
    """Open a transaction that reaches the person a permit is about, with every dossier of theirs."""
    persons = frozenset({permit.subject} if permit.subject else ())
    with reaching(scope_of(permit, persons=persons)):
        with connection.cursor() as cursor:
            cursor.execute(_OF_PERSON, [permit.subject])
            (dossiers,) = cursor.fetchone()
        with reaching(Scope(dossiers=frozenset(dossiers), persons=persons)):
            yield


@contextmanager
def together() -> Iterator[None]:
    """Open a transaction that reaches nothing itself: the blocks in it need not ask which one it is."""
    with reaching(Scope()):
        yield


@contextmanager
def reaching(scope: Scope) -> Iterator[None]:
    """Open a transaction that reaches a scope. Only this module and the door's question call this.

    In another such block it costs one statement each way, and none where that one reaches the same. There
    it is no savepoint either: what is raised through it ends all of the transaction.
    """
    key = _key(settings.DOOR_KEY)
    around = _reached.setdefault(connections[DEFAULT_DB_ALIAS], [])
    inside = connection.in_atomic_block
    with transaction.atomic(savepoint=not around), _entered(scope, key, around) as before:
        yield
        if inside and before is not None and not connection.needs_rollback:
            ask(_SET, before)


@contextmanager
def _entered(scope: Scope, key: DoorKey, around: list[_Reached]) -> Iterator[tuple[str, str] | None]:
    """Set the scope for the block; gives what was set before, or None where it is set already."""
    if around and around[-1].scope == scope:
        yield None
        return
    if around:
        last = around[-1]
        process, started, before = last.process, last.started, (last.setting, ONE_PLAN)
    else:
        ((process, started, *found),) = ask(_WHICH)
        before = (found[0], found[1])
    setting = signed(scope, Moment(process, started, started + HOLDS_FOR), key)
    ask(_SET, (setting, ONE_PLAN))
    around.append(_Reached(scope, process, started, setting))
    try:
        yield before
    finally:
        around.pop()


@lru_cache(maxsize=2)
def _key(raw: bytes) -> DoorKey:
    if not raw:
        raise ImproperlyConfigured(
            "De sleutel van de deur ontbreekt, dus geen dossier is te bereiken. "
            "Zet HERVAT_DOOR_KEY; zie docs/settings.md."
        )
    return door_key(raw)
