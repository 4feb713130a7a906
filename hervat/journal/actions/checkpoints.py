"""Checkpoints to folders outside the power of whoever owns the database.

A folder has a file for every month, `heads-2026-11.txt`, to which signed heads are added and which never
gets shorter, and `checkpoint`, the newest head alone. What did not reach a folder is added the next time.
Must never: change or remove what is in a folder; against a rewritten log there is nothing else.
Read next: `seal.py`, docs/journal.md.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.db import transaction

from hervat.journal.queries.heads import HERE, notes_of, plain_cursor, streamed

WRITING = 0x6865_7276_6174_0002
"""The advisory lock of who writes to the folders: "hervat", 2."""

_TAIL = 64 * 1024
_SIZE = re.compile(r"\d{1,18}", re.ASCII)
_MONTHS = "heads-????-??.txt"

_LOCK = "SELECT pg_advisory_xact_lock(%s)"
_KNOWN = "SELECT max(id) FROM public.journal_head WHERE size = %s AND note = %s"
_AFTER = "SELECT sealed_at, note FROM public.journal_head WHERE id > %s ORDER BY id"


class FolderError(Exception):
    """A folder for checkpoints that cannot be read or written; the text says which and what to do."""

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(
            f"De map {folder} voor controlepunten is niet te gebruiken ({error.strerror or 'onbekend'}). "
            "Wat is verzegeld blijft verzegeld. Herstel de map, of koppel haar aan; de volgende keer worden "
            "de ontbrekende controlepunten alsnog geschreven."
        )
        self.folder = folder


@dataclass(frozen=True, slots=True)
class _Known:
    """Until where a folder has the heads of the database."""

    number: int
    newest: str | None


def newest_note(folder: Path) -> str | None:
    """Return the checkpoint that was written last, or None for an empty folder. Raises `FolderError`."""
    try:
        return next(_backwards(folder), None)
    except OSError as error:
        raise FolderError(folder, error) from None


def write_checkpoints(folders: Sequence[Path]) -> tuple[FolderError, ...]:
    """Write to each folder the heads that it does not have; return what went wrong, folder by folder."""
    wrong = []
    for folder in folders:
        try:
            _catch_up(folder)
        except OSError as error:
            wrong.append(FolderError(folder, error))
    return tuple(wrong)


def _catch_up(folder: Path) -> None:
    """Add the missing heads, under a lock: two sealers would write the same ones twice."""
    with transaction.atomic(using="owner"):
        with plain_cursor("owner") as cursor:
            cursor.execute(HERE)
            cursor.execute(_LOCK, [WRITING])
            known = _known(folder, lambda note: _number_of(cursor, note))
        rows = streamed("owner", _AFTER, [known.number])
        newest = _add(folder, rows) or known.newest
        if newest is not None and _read(folder / "checkpoint") != newest:
            _replace(folder / "checkpoint", newest)


def _known(folder: Path, number_of: Callable[[str], int | None]) -> _Known:
    """Walk back to a head that the database has; a later one was lost with a restore."""
    for note in _backwards(folder):
        number = number_of(note)
        if number is not None:
            return _Known(number, note)
    return _Known(0, None)


def _number_of(cursor: Any, note: str) -> int | None:
    """Return the number of the head with this note; by its size, for there may be very many heads."""
    size = note.split("\n")[1] if note.count("\n") else ""
    if not _SIZE.fullmatch(size):
        return None
    cursor.execute(_KNOWN, [int(size), note])
    found: int | None = cursor.fetchone()[0]
    return found


def _backwards(folder: Path) -> Iterator[str]:
    """Yield the notes of a folder, the last one first."""
    months = sorted(folder.glob(_MONTHS), reverse=True)
    if not folder.is_dir():
        raise FileNotFoundError(2, "de map bestaat niet")
    if not months:
        alone = _read(folder / "checkpoint")
        yield from [alone] if alone else []
    for month in months:
        yield from _backwards_in(month)


def _backwards_in(month: Path) -> Iterator[str]:
    """Yield the notes of a file, from its end: usually the last few are all that is asked for."""
    size = month.stat().st_size
    with month.open("rb") as file:
        file.seek(max(0, size - _TAIL))
        tail = _whole(file.read())
        last = tail if size <= _TAIL else tail[1:]  # the first one may be half a note
        yield from reversed(last)
        if size > _TAIL:
            file.seek(0)
            notes = _whole(file.read())
            yield from reversed(notes[: len(notes) - len(last)])


def _whole(content: bytes) -> list[str]:
    """Return the notes that were written to the end; a crash may have left half of the last."""
    notes = notes_of(content.decode(errors="replace"))
    return notes if content.endswith(b"\n\n") else notes[:-1]


def _add(folder: Path, rows: Iterable[tuple[datetime, str]]) -> str | None:
    """Add heads to the files of their months; return the last one."""
    newest = None
    for name, heads in groupby(_with_files(folder, rows), key=itemgetter(0)):
        made = not (folder / name).exists()
        with (folder / name).open("ab") as file:
            file.write(_gap(folder / name))
            for _, newest in heads:
                file.write(f"{newest}\n".encode())
            file.flush()
            os.fsync(file.fileno())
        if made:
            _keep_names(folder)
    return newest


def _with_files(folder: Path, rows: Iterable[tuple[datetime, str]]) -> Iterator[tuple[str, str]]:
    """Never an older file than the last: the order in the files is that in the log."""
    name = max((path.name for path in folder.glob(_MONTHS)), default="")
    for sealed_at, note in rows:
        name = max(name, f"heads-{sealed_at.astimezone(UTC):%Y-%m}.txt")
        yield name, note


def _gap(month: Path) -> bytes:
    """What keeps the next note apart from half a note that a crash left."""
    size = month.stat().st_size
    with month.open("rb") as file:
        file.seek(max(0, size - 2))
        return b"" if file.read() in (b"", b"\n\n") else b"\n\n"


def _replace(path: Path, note: str) -> None:
    """Whoever reads the newest checkpoint sees the old one or the new one, never half of it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            file.write(note.encode())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    _keep_names(path.parent)


def _keep_names(folder: Path) -> None:
    entry = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(entry)
    finally:
        os.close(entry)


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else None
