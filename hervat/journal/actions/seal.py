"""Seals what has certainly committed: leaves in the tree, and a signed head over them.

Runs as the owner of the database, one at a time. A line is sealed once its transaction id is below that of
every transaction that still runs: ids are given before the commit, so the order of ids alone skips lines.
Must never: seal a line twice or pass one over; go on by itself where a folder knows a later log than the
database. Read next: `leaves.py`, `checkpoints.py`, docs/journal.md.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg
from django.db import OperationalError, connections, transaction

from hervat.journal.actions.checkpoints import FolderError, write_checkpoints
from hervat.journal.actions.leaves import Leaf, place
from hervat.journal.actions.refusals import (
    BusyError,
    FolderAheadError,
    SealError,
    lost_with,
    notes_in,
    refuse_broken,
)
from hervat.journal.queries.heads import HERE, HeadView, newest_head, plain_cursor, streamed
from hervat.journal.rules.canonical import leaf_sql
from hervat.journal.rules.notes import (
    Checkpoint,
    Signer,
    Verifier,
    restored,
    sealed,
    sign,
)
from hervat.journal.rules.tree import EMPTY_ROOT

SEALING = 0x6865_7276_6174_0001
"""The advisory lock of the sealer: "hervat", 1."""

MOVED = "moved"
"""The extension of the first head in another cluster of PostgreSQL."""

PATIENCE = "SET LOCAL lock_timeout = '5s'"
"""Everybody who writes to the log waits behind a sealer that waits for a writer."""

BATCH = 16_384
MONTHS_AHEAD = 12
EVERY = timedelta(seconds=60)
ENOUGH = 1_000
_POLL = 1.0
_REASON = re.compile(r"[^\x00-\x1f\x7f]{1,200}")
_NO_CLUSTER = 0

# Raw SQL: what may be sealed is decided by PostgreSQL's own snapshot, which the ORM does not know.
_BEGIN = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED"
_LOCK = "SELECT pg_advisory_xact_lock(%s)"
_CLUSTER = "SELECT system_identifier FROM pg_control_system()"
_OPEN_MONTHS = "SELECT public.journal_open_months(%s)"
_UNSEALED = "(l.xid, l.id) > (%s::text::xid8, %s::bigint) AND l.id > %s"
_LEAF = f"l.id, l.xid::text, l.logged_at, {leaf_sql('l')}"
_READY = f"""
SELECT {_LEAF} FROM public.journal_line AS l
WHERE l.xid < pg_snapshot_xmin(pg_current_snapshot()) AND {_UNSEALED}
ORDER BY l.xid, l.id LIMIT %s
"""  # noqa: S608
_COUNT_READY = f"""
SELECT count(*) FROM (
    SELECT FROM public.journal_line AS l
    WHERE l.xid < pg_snapshot_xmin(pg_current_snapshot()) AND {_UNSEALED} LIMIT %s
) AS ready
"""  # noqa: S608
_WAITING = f"""
SELECT count(*), min(l.logged_at) FROM public.journal_line AS l
WHERE l.xid >= pg_snapshot_xmin(pg_current_snapshot()) AND {_UNSEALED}
"""  # noqa: S608
_FROM_THE_FUTURE = """
SELECT EXISTS (SELECT FROM public.journal_line WHERE xid >= pg_snapshot_xmax(pg_current_snapshot()))
"""
_WAIT_FOR_WRITERS = "LOCK TABLE public.journal_line IN SHARE MODE"
_NEW_MARK = """
SELECT pg_snapshot_xmin(pg_current_snapshot())::text, greatest(
    (SELECT max(id) FROM public.journal_line),
    (SELECT max(upper(span)) - 1 FROM public.journal_tile WHERE level = 0), 0)
"""
_PAST_IDS = """
SELECT setval(ids.name, %(floor)s)
FROM (SELECT pg_get_serial_sequence('public.journal_line', 'id')::regclass AS name) AS ids
WHERE coalesce(pg_sequence_last_value(ids.name), 0) < %(floor)s
"""
_IN_NO_TILE = f"""
SELECT {_LEAF} FROM public.journal_line AS l
WHERE NOT EXISTS (
    SELECT FROM (SELECT unnest(lines) AS id FROM public.journal_tile WHERE level = 0) AS named
    WHERE named.id = l.id)
ORDER BY l.id
"""  # noqa: S608
_WRITE_HEAD = """
INSERT INTO public.journal_head (size, root, note, sealed_at, cluster, floor, upto_xid, upto_id)
VALUES (%s, %s, %s, %s, %s, %s, %s::text::xid8, %s) RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a run did: its heads, how many lines, and what is left.

    `waiting` lines have committed and wait for an older transaction that still runs, since `oldest`.
    `lost` are the checkpoints that a restore was owned up to for. `unwritten` says which folders failed.
    """

    heads: tuple[HeadView, ...]
    lines: int
    size: int
    waiting: int
    oldest: datetime | None
    lost: tuple[Checkpoint, ...]
    unwritten: tuple[FolderError, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """What stays the same in one run."""

    signer: Signer
    verifiers: tuple[Verifier, ...]
    at: datetime
    after_restore: str | None


@dataclass(frozen=True, slots=True)
class _Mark:
    """How far the sealer came, in one cluster; see `Head` in `models.py`."""

    cluster: int
    floor: int
    upto_xid: int
    upto_id: int


@dataclass(frozen=True, slots=True)
class _Turn:
    """What one transaction of the sealer did."""

    heads: tuple[HeadView, ...] = ()
    lines: int = 0
    lost: tuple[Checkpoint, ...] = ()
    more: bool = False


def seal(
    *,
    signer: Signer,
    folders: Sequence[Path],
    after_restore: str | None = None,
    at: datetime,
    verifiers: Sequence[Verifier] = (),
) -> Sealed:
    """Seal everything that can be sealed, and write the heads to the folders.

    `verifiers` are the public keys of before, where the key was changed. `after_restore` says why a folder
    is ahead of the database. Raises `SealError`. A folder that fails does not undo what was sealed.
    """
    if after_restore is not None and not _REASON.fullmatch(after_restore):
        raise SealError("De reden van het terugzetten is leeg, te lang of heeft meer dan een regel.")

    run = _Run(signer, (signer.verifier, *verifiers), at, after_restore)
    _open_months()
    turns = list(_turns(run, notes_in(folders)))
    size, waiting, oldest = _left()
    return Sealed(
        heads=tuple(head for turn in turns for head in turn.heads),
        lines=sum(turn.lines for turn in turns),
        size=size,
        waiting=waiting,
        oldest=oldest,
        lost=tuple(lost for turn in turns for lost in turn.lost),
        unwritten=write_checkpoints(folders),
    )


def follow(
    *,
    signer: Signer,
    folders: Sequence[Path],
    after_restore: str | None = None,
    verifiers: Sequence[Verifier] = (),
    now: Callable[[], datetime],
    wait: Callable[[float], bool],
    report: Callable[[Sealed | SealError], None],
) -> None:
    """Seal every minute and at a thousand lines, until `wait(seconds)` says to stop.

    A busy or absent database is told to `report` and tried again; what needs a person is raised.
    """
    last: datetime | None = None
    while True:
        moment = now()
        try:
            if last is None or moment - last >= EVERY or _ready() >= ENOUGH:
                last = moment
                report(
                    seal(
                        signer=signer,
                        folders=folders,
                        after_restore=after_restore,
                        at=moment,
                        verifiers=verifiers,
                    )
                )
                after_restore = None
        except BusyError as error:
            report(error)
        except (OperationalError, psycopg.OperationalError):
            connections["owner"].close()
            report(SealError("De database antwoordt niet. Het verzegelen gaat verder zodra zij er weer is."))
        if wait(_POLL):
            return


def _turns(run: _Run, notes: Sequence[str]) -> Iterator[_Turn]:
    while True:
        turn = _take_turn(run, notes)
        yield turn
        if not turn.more:
            return
        notes = ()


def _take_turn(run: _Run, notes: Sequence[str]) -> _Turn:
    """Seal once, in one transaction: of two sealers the second waits, and then finds less to do."""
    with transaction.atomic(using="owner", durable=True), plain_cursor("owner") as cursor:
        for statement in (_BEGIN, HERE):
            cursor.execute(statement)
        cursor.execute(_LOCK, [SEALING])
        last = newest_head(cursor)
        refuse_broken(cursor, last, run.verifiers)
        lost = [one for note in notes if (one := lost_with(cursor, last, note, run.verifiers))]
        if lost:
            return _own_up(cursor, run, last, lost)
        if _has_moved(cursor, last):
            return _seal_after_move(cursor, run, last)
        return _seal_ready(cursor, run, last)


def _seal_ready(cursor: Any, run: _Run, last: HeadView | None) -> _Turn:
    """Seal the next lines in the order of (transaction id, id)."""
    mark = _mark_of(cursor, last)
    cursor.execute(_READY, [mark.upto_xid, mark.upto_id, mark.floor, BATCH], binary=True)
    leaves = _leaves(cursor.fetchall())
    if not leaves:
        return _Turn()
    upto = replace(mark, upto_xid=int(leaves[-1].xid), upto_id=leaves[-1].id)
    head = _grow(cursor, run, last.size if last else 0, leaves, upto)
    return _Turn((head,), len(leaves), more=len(leaves) == BATCH)


def _seal_after_move(cursor: Any, run: _Run, last: HeadView | None) -> _Turn:
    """Seal whatever is in no tile, once, while nobody writes: here transaction ids began again.

    Whoever writes afterwards gets an id above the floor, and has a transaction id from the new mark on.
    """
    _keep_writers_out(cursor)
    cursor.execute(_NEW_MARK)
    xid, floor = cursor.fetchone()
    cursor.execute(_PAST_IDS, {"floor": floor})
    mark = _Mark(_cluster(cursor), floor, int(xid), 0)
    made: list[HeadView] = []
    size, count = last.size if last else 0, 0
    rows = streamed("owner", _IN_NO_TILE, at_once=BATCH)
    while leaves := _leaves(islice(rows, BATCH)):
        made.append(_grow(cursor, run, size, leaves, mark, *([] if made else [MOVED])))
        size, count = size + len(leaves), count + len(leaves)
    if not made:
        root = last.root if last else EMPTY_ROOT
        made.append(_write_head(cursor, run, Checkpoint(run.signer.name, size, root, (MOVED,)), mark))
    return _Turn(tuple(made), count, more=True)


def _own_up(cursor: Any, run: _Run, last: HeadView | None, lost: Sequence[Checkpoint]) -> _Turn:
    """Sign what came back and what did not: a head of that size, that names every later one that is lost."""
    size, root = (last.size, last.root) if last else (0, EMPTY_ROOT)
    if run.after_restore is None:
        raise FolderAheadError(
            f"Een map met controlepunten kent het logboek met {lost[0].size} regels, en de database heeft er "
            f"{size} of andere. Er is een oudere back-up teruggezet, of het logboek is herschreven. Zoek dat "
            "uit. Was het een back-up, verzegel dan met --after-restore en de reden; het verlies blijft "
            "zichtbaar."
        )
    owned = (restored(size, one.size, one.root) for one in lost)
    checkpoint = Checkpoint(run.signer.name, size, root, (*owned, f"reason {run.after_restore}"))
    mark = _mark_of(cursor, last) if last else _Mark(_NO_CLUSTER, 0, 0, 0)
    return _Turn((_write_head(cursor, run, checkpoint, mark),), lost=tuple(lost), more=True)


def _grow(
    cursor: Any, run: _Run, size: int, leaves: Sequence[Leaf], mark: _Mark, *extensions: str
) -> HeadView:  # fmt: skip
    root = place(cursor, size, leaves)
    return _write_head(
        cursor, run, Checkpoint(run.signer.name, size + len(leaves), root, extensions), mark
    )  # fmt: skip


def _write_head(cursor: Any, run: _Run, checkpoint: Checkpoint, mark: _Mark) -> HeadView:
    signed = replace(checkpoint, extensions=(sealed(run.at), *checkpoint.extensions))
    note = sign(signed, run.signer)
    size, root = checkpoint.size, checkpoint.root
    values = (run.at, mark.cluster, mark.floor, mark.upto_xid, mark.upto_id)
    cursor.execute(_WRITE_HEAD, [size, root, note, *values])
    return HeadView(cursor.fetchone()[0], size, root, note, *values)


def _mark_of(cursor: Any, last: HeadView | None) -> _Mark:
    if last is None:
        return _Mark(_cluster(cursor), 0, 0, 0)
    return _Mark(last.cluster, last.floor, last.upto_xid, last.upto_id)


def _leaves(rows: Iterable[tuple[Any, ...]]) -> list[Leaf]:
    leaves = list(map(Leaf._make, rows))
    without = next((leaf.id for leaf in leaves if leaf.hash is None), None)
    if without is not None:
        raise SealError(
            f"Regel {without} bevat een teken dat niet in een regel kan, en is dus buiten het programma om "
            "gemaakt of gewijzigd. Zoek uit door wie; verzegel haar niet."
        )
    return leaves


def _has_moved(cursor: Any, last: HeadView | None) -> bool:
    """Whether transaction ids began again; before the first head only the lines themselves can tell."""
    if last is not None:
        return last.cluster != _cluster(cursor)
    cursor.execute(_FROM_THE_FUTURE)
    return bool(cursor.fetchone()[0])


def _cluster(cursor: Any) -> int:
    cursor.execute(_CLUSTER)
    found: int = cursor.fetchone()[0]
    return found


def _keep_writers_out(cursor: Any) -> None:
    try:
        cursor.execute(PATIENCE)
        cursor.execute(_WAIT_FOR_WRITERS)
    except psycopg.errors.LockNotAvailable:
        raise BusyError(
            "Na een verhuizing van de database wacht het verzegelen een keer tot niemand regels schrijft, en "
            "er loopt al langer een transactie die schrijft. Probeer het opnieuw, of beëindig die transactie."
        ) from None


def _open_months() -> None:
    """Open the months ahead. Somebody may be in the way for a while: there is a year to spare."""
    try:
        with transaction.atomic(using="owner"), plain_cursor("owner") as cursor:
            cursor.execute("SET LOCAL lock_timeout = '200ms'")
            cursor.execute(_OPEN_MONTHS, [MONTHS_AHEAD])
    except psycopg.errors.LockNotAvailable:
        return


def _ready() -> int:
    """Return how many lines can be sealed, counting no further than is enough."""
    with transaction.atomic(using="owner"), plain_cursor("owner") as cursor:
        cursor.execute(HERE)
        last = newest_head(cursor)
        mark = [last.upto_xid, last.upto_id, last.floor] if last else [0, 0, 0]
        cursor.execute(_COUNT_READY, [*mark, ENOUGH])
        found: int = (cursor.fetchone() or (0,))[0]
    return found


def _left() -> tuple[int, int, datetime | None]:
    """Return the size of the tree, and how many lines wait for an older transaction, since when."""
    with transaction.atomic(using="owner"), plain_cursor("owner") as cursor:
        cursor.execute(HERE)
        last = newest_head(cursor)
        mark = [last.upto_xid, last.upto_id, last.floor] if last else [0, 0, 0]
        cursor.execute(_WAITING, mark)
        waiting, oldest = cursor.fetchone() or (0, None)
    return last.size if last else 0, waiting, oldest
