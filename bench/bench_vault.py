"""What sealing costs: one value, one key, a page of fifty people with ten sealed fields, and rotation.

The page is fetched as readable text, with keys joined in SQL, with keys from one second query (as the vault
does it) and with keys one by one, in turns within one run, so that the ratios hold where the milliseconds
do not. On an embedded PostgreSQL of its own, as the application's role.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from statistics import median
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

from bench.own_database import own_database

PEOPLE = 20_000
PAGE = 50
FIELDS = tuple(f"field_{n}" for n in range(10))
TEXT = "Mag niet tillen boven schouderhoogte. " * 5
NAME = "Anne-Marie Yıldız-van den Berg"
ROUNDS = 60
MANY = 20_000

_TABLES = f"""
CREATE TABLE bench_sealed (owner uuid PRIMARY KEY, {", ".join(f"{name} bytea" for name in FIELDS)});
CREATE TABLE bench_plain (owner uuid PRIMARY KEY, {", ".join(f"{name} text" for name in FIELDS)});
"""
_SEALED = f"SELECT owner, {', '.join(FIELDS)} FROM bench_sealed WHERE owner = ANY(%s)"  # noqa: S608
_PLAIN = f"SELECT owner, {', '.join(FIELDS)} FROM bench_plain WHERE owner = ANY(%s)"  # noqa: S608
_JOINED = f"""
SELECT owner, {", ".join(FIELDS)}, epoch, wrapped
FROM bench_sealed JOIN vault_key USING (owner) WHERE domain = 'medisch' AND owner = ANY(%s)
"""  # noqa: S608


def run() -> dict[str, object]:
    with own_database(durable=False):
        people = _load()
        return {**_values(), **_names(), **_keys(), **_pages(people), **_rotation()}


def _load() -> list[UUID]:
    """People with a medical key and ten sealed fields, by COPY; the same fields readable beside them."""
    from django.db import connection, connections

    from hervat.vault.queries import keyring
    from hervat.vault.rules.sealing import Domain, seal

    with connections["owner"].cursor() as owner:
        owner.execute(_TABLES)
    ring, people = keyring(), [uuid4() for _ in range(PEOPLE)]
    made = [ring.make(person, Domain.MEDICAL) for person in people]
    with connection.cursor() as cursor:
        _copy(
            cursor,
            "vault_key (owner, domain, epoch, wrapped)",
            ((k.owner, str(k.domain), k.epoch, k.wrapped) for k, _ in made),
        )
        sealed = ((key.owner, *(seal(key, TEXT, name) for name in FIELDS)) for _, key in made)
        _copy(cursor, "bench_sealed", sealed)
        _copy(cursor, "bench_plain", ((person, *(TEXT for _ in FIELDS)) for person in people))
    with connections["owner"].cursor() as owner:
        owner.execute("VACUUM ANALYZE vault_key, bench_sealed, bench_plain")
    return people


def _copy(cursor: Any, table: str, rows: Iterator[tuple[object, ...]]) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _values() -> dict[str, object]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from hervat.vault.rules.sealing import DataKey, Domain, seal, unseal_text

    key = DataKey(uuid4(), Domain.MEDICAL, AESGCM(os.urandom(32)))
    sealed, bare, nonce = seal(key, TEXT, "field"), AESGCM(os.urandom(32)), os.urandom(12)
    return {
        "value_bytes": len(TEXT),
        "seal_us": _us(lambda: seal(key, TEXT, "field")),
        "open_us": _us(lambda: unseal_text(key, sealed, "field")),
        "bare_encrypt_us": _us(lambda: bare.encrypt(nonce, TEXT.encode(), b"field")),
    }


def _names() -> dict[str, object]:
    from hervat.vault.queries import search_keys

    keys = search_keys()
    return {
        "tokens_of_a_name": len(keys.tokens_of(NAME)),
        "tokens_of_a_name_us": _us(lambda: keys.tokens_of(NAME)),
        "query_tokens_us": _us(lambda: keys.query_tokens("van den berg yil")),
        "index_of_bsn_us": _us(lambda: keys.of_bsn("111222333")),
    }


def _keys() -> dict[str, object]:
    from hervat.vault.queries import keyring
    from hervat.vault.rules.sealing import Domain

    ring, person = keyring(), uuid4()
    kept, _ = ring.make(person, Domain.MEDICAL)
    return {
        "make_key_us": _us(lambda: ring.make(person, Domain.MEDICAL)),
        "unwrap_key_us": _us(lambda: ring.unwrap(kept)),
        "rewrap_key_us": _us(lambda: ring.rewrap(kept)),
    }


def _pages(people: list[UUID]) -> dict[str, object]:
    ways: dict[str, Callable[[list[UUID]], int]] = {
        "plain": _page_plain,
        "keys_joined": _page_joined,
        "keys_second_query": _page_second_query,
        "keys_one_by_one": _page_one_by_one,
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for round_ in range(ROUNDS):
        page = people[round_ * PAGE : (round_ + 1) * PAGE]
        for name, way in ways.items():
            began = perf_counter()
            if way(page) != PAGE * len(FIELDS) * len(TEXT):
                raise AssertionError(name)
            taken[name].append((perf_counter() - began) * 1000)
    return {f"page_{name}_ms_p50": median(times) for name, times in taken.items()}


def _page_plain(page: list[UUID]) -> int:
    return sum(len(value) for _, *values in _fetch(_PLAIN, page) for value in values)


def _page_joined(page: list[UUID]) -> int:
    from hervat.vault.queries import keyring
    from hervat.vault.rules.sealing import Domain
    from hervat.vault.rules.wrapping import Wrapped

    ring, length = keyring(), 0
    for owner, *values, epoch, wrapped in _fetch(_JOINED, page):
        key = ring.unwrap(Wrapped(owner, Domain.MEDICAL, epoch, bytes(wrapped)))
        length += _opened(key, values)
    return length


def _page_second_query(page: list[UUID]) -> int:
    from hervat.vault.queries import keys_for
    from hervat.vault.rules.sealing import Domain

    rows = _fetch(_SEALED, page)
    keys = keys_for([owner for owner, *_ in rows], Domain.MEDICAL)
    return sum(_opened(keys[owner], values) for owner, *values in rows)


def _page_one_by_one(page: list[UUID]) -> int:
    from hervat.vault.queries import keys_for
    from hervat.vault.rules.sealing import Domain

    rows = _fetch(_SEALED, page)
    return sum(_opened(keys_for([owner], Domain.MEDICAL)[owner], values) for owner, *values in rows)


def _opened(key: Any, values: list[memoryview]) -> int:
    from hervat.vault.rules.sealing import unseal_text

    return sum(len(unseal_text(key, value, name)) for name, value in zip(FIELDS, values, strict=True))


def _fetch(query: str, page: list[UUID]) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        rows: list[tuple[Any, ...]] = cursor.execute(query, [page]).fetchall()
    return rows


def _rotation() -> dict[str, object]:
    from django.conf import settings

    from hervat.journal.rules.line import Actor
    from hervat.register import in_force
    from hervat.register.vocabulary import ActorKind
    from hervat.vault.actions import rotate
    from hervat.vault.rules.sealing import Domain

    settings.KEYS_MEDICAL = settings.KEYS_MEDICAL | {2: os.urandom(32)}
    actor, now = Actor(kind=ActorKind.COMMAND, code="bench"), datetime.now(UTC)
    began = perf_counter()
    done = 0
    for state in rotate(Domain.MEDICAL, actor=actor, register=in_force.history().on(now.date()), now=now):
        done = state.done
    return {"rotated_keys_per_second": round(done / (perf_counter() - began))}


def _us(work: Callable[[], object]) -> float:
    """Microseconds of one call, the best of five runs."""
    return min(_once(work) for _ in range(5)) / MANY * 5 * 1e6


def _once(work: Callable[[], object]) -> float:
    began = perf_counter()
    for _ in range(MANY // 5):
        work()
    return perf_counter() - began
