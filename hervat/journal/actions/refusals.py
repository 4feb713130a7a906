"""What the sealer refuses: a folder that knows more than the database, and a head that does not fit its tree.

Against whoever changes the database these are the last look before something is signed. Must never: be
passed over by itself; a person finds out first. Read next: `seal.py`, `../queries/verify.py`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hervat.journal.actions.checkpoints import FolderError, newest_note
from hervat.journal.queries.heads import HeadView, subtrees_of
from hervat.journal.rules.notes import Checkpoint, NoteError, Verifier, open_checkpoint
from hervat.journal.rules.tree import TreeError, root_at

_HAS_NOTE = "SELECT EXISTS (SELECT FROM public.journal_head WHERE size = %s AND note = %s)"


class SealError(Exception):
    """The sealer stops; the text says in Dutch why and what to do."""


class FolderAheadError(SealError):
    """A folder knows a log that the database does not: a backup was put back, or the log was rewritten."""


class BrokenTreeError(SealError):
    """What the database says of the last head does not fit: sealing on would hide it."""


class BusyError(SealError):
    """Somebody writes lines and does not stop."""


def notes_in(folders: Sequence[Path]) -> list[str]:
    """Return the newest note of each folder; one that cannot be read is told of when it is written."""
    notes = []
    for folder in folders:
        try:
            notes.append(newest_note(folder))
        except FolderError:
            continue
    return list(dict.fromkeys(note for note in notes if note))


def lost_with(
    cursor: Any, last: HeadView | None, note: str, verifiers: Sequence[Verifier]
) -> Checkpoint | None:  # fmt: skip
    """Return what a folder knows and the database does not: a later log, or another one."""
    if last is not None and last.note == note:
        return None
    try:
        known = open_checkpoint(note, verifiers)
    except NoteError as error:
        raise SealError(f"Het nieuwste controlepunt in een map is niet te vertrouwen. {error}") from None
    if last is None or known.size > last.size:
        return known
    cursor.execute(_HAS_NOTE, [known.size, note])
    in_log = cursor.fetchone()[0] or root_at(known.size, subtrees_of(cursor)) == known.root
    return None if in_log else known


def refuse_broken(cursor: Any, last: HeadView | None, verifiers: Sequence[Verifier]) -> None:
    """Stop where the last head is not ours, or its tiles do not give its root: never sign a changed log."""
    if last is None:
        return
    try:
        signed = open_checkpoint(last.note, verifiers)
        root = root_at(last.size, subtrees_of(cursor))
    except (NoteError, TreeError) as error:
        raise _broken(str(error)) from None
    if not signed.root == root == last.root or signed.size != last.size:
        raise _broken("De boom geeft niet de wortel die is ondertekend.")


def _broken(why: str) -> BrokenTreeError:
    return BrokenTreeError(
        f"Het laatste hoofd van het logboek past niet bij de database. {why} Verzegel niet verder: laat het "
        "logboek nagaan met hervat journal verify en zoek uit wie de database heeft gewijzigd."
    )
