"""Heads in folders: every one, in order, once; caught up after whatever went wrong."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from hervat.journal.actions import seal as sealing
from hervat.journal.actions.checkpoints import FolderError, newest_note
from hervat.journal.actions.refusals import SealError
from hervat.journal.queries.findings import Kind
from hervat.journal.queries.heads import heads
from hervat.journal.rules.notes import new_key, split_notes

from .sealing import NOW, kinds, seal_now, verified, write

FILE = "heads-2026-11.txt"


def _notes(folder: Path) -> list[str]:
    return [note for file in sorted(folder.glob("heads-*.txt")) for note in split_notes(file.read_text())]


def _seal_some(*folders: Path, times: int = 3, at: datetime = NOW) -> None:
    for _ in range(times):
        write()
        seal_now(*folders, at=at)


def test_a_folder_gets_every_head_and_the_newest_apart(journal: None, tmp_path: Path) -> None:
    _seal_some(tmp_path)
    assert _notes(tmp_path) == [head.note for head in heads()]
    assert (tmp_path / "checkpoint").read_text() == heads()[-1].note == newest_note(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["checkpoint", FILE]
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) & 0o444 == 0o444


def test_every_month_has_a_file(journal: None, tmp_path: Path) -> None:
    for month in (10, 11, 12):
        _seal_some(tmp_path, times=1, at=datetime(2026, month, 1, tzinfo=UTC))
    assert [file.name for file in sorted(tmp_path.glob("heads*"))] == [
        f"heads-2026-{month}.txt" for month in (10, 11, 12)
    ]
    # A clock that went back: the order of the files stays that of the log.
    _seal_some(tmp_path, times=1)
    assert len(split_notes((tmp_path / "heads-2026-12.txt").read_text())) == 2
    assert _notes(tmp_path) == [head.note for head in heads()]


def test_what_is_in_a_file_stays_as_it_is(journal: None, tmp_path: Path) -> None:
    _seal_some(tmp_path)
    before = (tmp_path / FILE).read_bytes()
    _seal_some(tmp_path)
    assert (tmp_path / FILE).read_bytes().startswith(before)
    assert len((tmp_path / FILE).read_bytes()) > len(before)


def test_heads_that_did_not_reach_a_folder_follow_later(journal: None, tmp_path: Path) -> None:
    """As after a crash between the commit and the writing."""
    _seal_some(tmp_path)
    _seal_some()
    assert len(_notes(tmp_path)) == 3
    seal_now(tmp_path)
    assert _notes(tmp_path) == [head.note for head in heads()]


def test_half_a_note_of_a_crash_is_passed_over_and_written_again(journal: None, tmp_path: Path) -> None:
    _seal_some(tmp_path)
    whole = (tmp_path / FILE).read_text()
    last = heads()[-1].note
    for cut in (len(last) // 3, last.index("\n\n") + 1, last.index("\n\n") + 20):
        (tmp_path / FILE).write_text(whole.removesuffix(f"{last}\n") + last[:cut])
        seal_now(tmp_path)
        assert (tmp_path / FILE).read_text().endswith(f"\n\n{last}\n")
        assert verified(tmp_path).good
        assert verified(tmp_path).checkpoints == 3


def test_a_folder_that_is_gone_stops_no_seal_and_is_told(journal: None, tmp_path: Path) -> None:
    good, gone = tmp_path / "good", tmp_path / "gone"
    good.mkdir()
    write()
    sealed = seal_now(gone, good)
    assert sealed.lines == 1
    (problem,) = sealed.unwritten
    assert isinstance(problem, FolderError)
    assert str(gone) in str(problem)
    assert "alsnog" in str(problem)
    assert len(_notes(good)) == 1
    gone.mkdir()
    assert seal_now(gone, good).unwritten == ()
    assert _notes(gone) == _notes(good)


def test_a_folder_that_cannot_be_written_is_caught_up_later(journal: None, tmp_path: Path) -> None:
    _seal_some(tmp_path)
    (tmp_path / FILE).rename(tmp_path / "kept")
    (tmp_path / FILE).mkdir()
    write()
    assert len(seal_now(tmp_path).unwritten) == 1
    (tmp_path / FILE).rmdir()
    (tmp_path / "kept").rename(tmp_path / FILE)
    assert seal_now(tmp_path).unwritten == ()
    assert _notes(tmp_path) == [head.note for head in heads()]


def test_a_new_folder_gets_everything(journal: None, tmp_path: Path) -> None:
    _seal_some()
    seal_now(tmp_path)
    assert _notes(tmp_path) == [head.note for head in heads()]


def test_the_newest_is_found_at_the_end_of_a_long_file(journal: None, tmp_path: Path) -> None:
    _seal_some(tmp_path)
    notes = [head.note for head in heads()]
    (tmp_path / FILE).write_text("".join(f"{note}\n" for note in [notes[0]] * 800 + notes))
    assert newest_note(tmp_path) == notes[-1]
    _seal_some(tmp_path, times=1)
    assert split_notes((tmp_path / FILE).read_text())[-2:] == [notes[-1], heads()[-1].note]


def test_a_checkpoint_of_another_key_in_a_folder_stops_the_sealer(journal: None, tmp_path: Path) -> None:
    other = sealing.Signer.parse(new_key("logboek.test"))
    forged = sealing.sign(sealing.Checkpoint("logboek.test", 9, bytes(32)), other)
    (tmp_path / "checkpoint").write_text(forged)
    write()
    with pytest.raises(SealError, match="niet te vertrouwen"):
        seal_now(tmp_path)
    (tmp_path / "checkpoint").unlink()
    assert seal_now(tmp_path).lines == 1


def test_a_head_that_was_removed_from_the_middle_is_missed_by_a_folder(
    journal: None, tmp_path: Path, superuser: psycopg.Connection
) -> None:
    _seal_some(tmp_path)
    assert verified(tmp_path).good
    superuser.execute("DELETE FROM journal_head WHERE size = 2")
    assert verified().good
    assert kinds(verified(tmp_path)) == {Kind.HEAD_MISSING}
