"""Loads a crowd of dossiers by COPY, as the owner, on several processes.

Each chunk is a transaction and a seed of its own, so that any process makes the same people; whoever is
stopped goes on with what is not there yet. Meanwhile the tables have no indexes.
Must never: load into anything but the database of a demo, a bench or a test, or beside who uses it.
Read next: `crowd_rows.py`, `crowd_copying.py`, `demo_load.py`.
"""

import gc
import random
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from multiprocessing import get_context
from time import perf_counter, process_time
from typing import Any, Final
from uuid import UUID

import psycopg
from django.conf import settings

from hervat.cli import crowd_rows as rows
from hervat.cli.crowd_copying import copy_in, in_binary, without_indexes
from hervat.cli.crowd_inventing import (
    PER_GUIDE,
    UNITS,
    Invented,
    dossier_id,
    invent,
    invent_units,
)
from hervat.config.provision import connect

CHUNK: Final = 20 * PER_GUIDE
SEED: Final = 2599
_UNIT: Final = "id uuid, kind text, parent_id uuid, abbreviation text, name text"
_ROOTS: Final = "SELECT lower(abbreviation), id FROM organisation_unit WHERE parent_id IS NULL"
_PLACED: Final = "SELECT id FROM organisation_unit"
_OTHERS: Final = """
WITH RECURSIVE below (root, id) AS (
    SELECT id, id FROM organisation_unit WHERE parent_id IS NULL
    UNION ALL
    SELECT below.root, unit.id FROM organisation_unit AS unit JOIN below ON unit.parent_id = below.id
) SELECT lower(root.abbreviation), below.id FROM below
JOIN organisation_unit AS root ON root.id = below.root WHERE below.id <> root.id ORDER BY below.id
"""
_THERE: Final = "SELECT id FROM dossiers_dossier WHERE id = ANY(%s)"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load took: seconds on the clock, and of a core for making and sealing, and for sending.

    `indexing` is how long making the indexes took, on the clock.
    """

    dossiers: int
    seconds: float
    making: float
    sending: float
    indexing: float

    @property
    def per_second(self) -> float:
        return self.dossiers / self.seconds


@dataclass(frozen=True, slots=True)
class Chunk:
    """From and up to which number, as they stand on which day, of which seed; with their course or not."""

    start: int
    end: int
    on: date
    seed: int = SEED
    with_course: bool = False
    units: tuple[tuple[UUID, ...], ...] = ()
    done: int = 0
    """How many of them are there already."""


@dataclass(frozen=True, slots=True)
class Done:
    """A chunk that was loaded: how many dossiers, and the seconds of a core that it took."""

    dossiers: int
    making: float
    sending: float


def load_units() -> None:
    """Load the tree of units, under the parts of Defence that are there already."""
    with connect(settings.DATABASES["owner"]) as owner, owner.transaction():
        roots = {str(short): id for short, id in owner.execute(_ROOTS)}
        placed = {id for (id,) in owner.execute(_PLACED)}
        instead: dict[UUID | None, UUID] = {
            one.id: roots[one.abbreviation.lower()]
            for one in invent_units()
            if one.parent is None and one.abbreviation.lower() in roots
        }
        new = [
            (one.id, one.kind.value, instead.get(one.parent, one.parent), one.abbreviation, one.name)
            for one in invent_units()
            if one.id not in placed and one.id not in instead
        ]
        copy_in(owner, "organisation_unit", _UNIT, in_binary(_UNIT, new))


def load_dossiers(
    count: int, *, on: date, seed: int = SEED, processes: int = 1, with_course: bool = False
) -> Loaded:
    """Load the dossiers up to this number that are not there yet, with who guides them."""
    began = perf_counter()
    chunks = to_load(count, on=on, seed=seed, with_course=with_course)
    with connect(settings.DATABASES["owner"]) as owner:
        with without_indexes(owner, rows.INDEXED_LATER):
            done = list(loaded(chunks, processes))
            copied = perf_counter()
        indexed = perf_counter()
    return Loaded(
        sum(one.dossiers for one in done),
        indexed - began,
        sum(one.making for one in done),
        sum(one.sending for one in done),
        indexed - copied,
    )


def to_load(count: int, *, on: date, seed: int = SEED, with_course: bool = False) -> list[Chunk]:
    """Return the chunks up to this number that are not whole."""
    with connect(settings.DATABASES["owner"]) as owner:
        units = _units(owner)
        starts = range(0, count, CHUNK)
        last = {start: dossier_id(min(start + CHUNK, count) - 1, seed) for start in starts}
        first = {start: dossier_id(start, seed) for start in starts}
        there = _there(owner, [*last.values(), *first.values()])
        return [
            Chunk(
                start,
                min(start + CHUNK, count),
                on,
                seed,
                with_course,
                units,
                _count(owner, start, seed) if first[start] in there else 0,
            )
            for start in starts
            if last[start] not in there
        ]


def loaded(
    chunks: Sequence[Chunk], processes: int, *, stopped: Callable[[], bool] = lambda: False
) -> Iterator[Done]:
    """Load chunks, and yield each when it is there, until somebody stops it."""
    if processes == 1:
        for chunk in chunks:
            if stopped():
                return
            yield _load(chunk)
        return
    # Forked, so that the settings and their keys are there.
    with get_context("fork").Pool(processes, initializer=_begin) as pool:
        for done in pool.imap_unordered(_load, chunks):
            yield done
            if stopped():
                return


def _begin() -> None:
    """What a process does first: a signal is for who started it, and a connection is of one process."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    _connection.cache_clear()


def tidy() -> None:
    """Do what autovacuum does in time: a plan without statistics says nothing."""
    with connect(settings.DATABASES["owner"]) as owner:
        owner.execute(f"VACUUM ANALYZE organisation_unit, {', '.join(rows.TABLES)}")


def invent_chunk(
    start: int, end: int, on: date, seed: int = SEED, units: Sequence[Sequence[UUID]] = UNITS
) -> list[Invented]:
    """Return the people of a chunk: the same whenever they are asked for, but for their case numbers."""
    chance = random.Random(f"{seed}:{start}")  # noqa: S311 - to measure with, not to hide
    return [invent(number, chance, on, seed, units) for number in range(start, end)]


def _load(chunk: Chunk) -> Done:
    began = process_time()
    with _without_collecting():
        made = _rows_of(chunk).for_copy()
        ready = process_time()
        owner = _connection()
        with owner.transaction():
            for table, data in made.items():
                copy_in(owner, table, rows.TABLES[table], data)
    return Done(chunk.end - chunk.start - chunk.done, ready - began, process_time() - ready)


@lru_cache(maxsize=1)
def _connection() -> psycopg.Connection:
    """The connection of this process."""
    owner = connect(settings.DATABASES["owner"])
    # What a crash takes is loaded again.
    owner.execute("SET synchronous_commit = off")
    return owner


def _rows_of(chunk: Chunk) -> rows.Rows:
    made, keys = rows.Rows(), rows.Keys.of_settings()
    first = chunk.start + chunk.done
    for one in invent_chunk(chunk.start, chunk.end, chunk.on, chunk.seed, chunk.units)[chunk.done :]:
        rows.add(made, one, keys, chunk.on, with_course=chunk.with_course)
    for number in range(-(-first // PER_GUIDE), -(-chunk.end // PER_GUIDE)):
        rows.add_guide(made, number, chunk.on)
    return made


def _units(owner: psycopg.Connection) -> tuple[tuple[UUID, ...], ...]:
    """Return the units of each part of Defence: those of the crowd, and those that were there."""
    own = {id for branch in UNITS for id in branch}
    others: dict[str, list[UUID]] = {}
    for short, id in owner.execute(_OTHERS):
        if id not in own:
            others.setdefault(short, []).append(id)
    shorts = [one.abbreviation.lower() for one in invent_units() if one.parent is None]
    return tuple((*branch, *others.get(short, ())) for short, branch in zip(shorts, UNITS, strict=True))


def _there(owner: psycopg.Connection, ids: list[Any]) -> frozenset[UUID]:
    return frozenset(id for (id,) in owner.execute(_THERE, [ids]))


def _count(owner: psycopg.Connection, start: int, seed: int) -> int:
    return len(_there(owner, [dossier_id(number, seed) for number in range(start, start + CHUNK)]))


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
