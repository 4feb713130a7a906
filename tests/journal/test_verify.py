"""Verifying and proving a good log: what is counted, what is read, and what has no proof."""

from pathlib import Path

import psycopg
import pytest

from hervat.journal.queries.heads import heads
from hervat.journal.queries.proofs import (
    BrokenLineError,
    NotSealedError,
    UnknownHeadError,
    UnknownLineError,
    consistency,
    prove,
)
from hervat.journal.queries.verify import verify
from hervat.journal.rules.proofs import read_proof

from .sealing import SIGNER, copy_line, seal_now, unguarded, verified, write


def test_an_empty_log_is_good(journal: None) -> None:
    report = verified()
    assert report.good
    assert (report.size, report.heads, report.lines, report.unsealed, report.rest) == (0, 0, 0, 0, "")


def test_everything_is_counted(journal: None, tmp_path: Path) -> None:
    for count in (1, 255, 300, 4):
        write(count)
        seal_now(tmp_path)
    write(7)
    report = verified(tmp_path)
    assert report.good
    assert (report.size, report.heads, report.lines, report.unsealed) == (560, 4, 560, 7)
    assert report.checkpoints == 4


def test_lines_that_wait_are_no_finding_before_the_first_seal(journal: None) -> None:
    write(3)
    assert (verified().good, verified().unsealed) == (True, 3)


def test_progress_ends_at_the_number_of_leaves(journal: None) -> None:
    write(700)
    seal_now()
    told: list[tuple[int, int]] = []
    verify(
        verifiers=[SIGNER.verifier], checkpoints=[], progress=lambda done, total: told.append((done, total))
    )
    assert told[-1] == (700, 700)


def test_a_sealer_at_work_does_not_disturb(journal: None, application: psycopg.Connection) -> None:
    write(600)
    seal_now()
    sealed = []

    def meanwhile(done: int, total: int) -> None:
        if not sealed:
            copy_line(application)
            sealed.append(seal_now())

    report = verify(verifiers=[SIGNER.verifier], checkpoints=[], progress=meanwhile)
    assert (report.good, report.lines) == (True, 600)
    assert verified().lines == 601


def test_every_line_and_every_pair_of_heads_has_a_proof(journal: None) -> None:
    for count in (1, 2, 253, 1, 130):
        write(count)
        seal_now()
    for line in (1, 2, 255, 256, 257, 258, 387):
        proof = read_proof(prove(line).to_json())
        assert proof.check([SIGNER.verifier]).good
    sizes = [head.size for head in heads()]
    for old in sizes:
        for new in (size for size in sizes if size >= old):
            assert read_proof(consistency(old, new).to_json()).check([SIGNER.verifier]).good


def test_what_has_no_proof_says_why(journal: None, superuser: psycopg.Connection) -> None:
    write(3)
    with pytest.raises(NotSealedError, match="nog niet verzegeld"):
        prove(1)
    seal_now()
    write()
    assert prove(3).check([SIGNER.verifier]).good
    for line, why in ((4, NotSealedError), (99, UnknownLineError)):
        with pytest.raises(why):
            prove(line)
    with unguarded(superuser):
        superuser.execute("UPDATE journal_line SET actor = 'iemand-anders' WHERE id = 1")
        superuser.execute("DELETE FROM journal_line WHERE id = 2")
    for line in (1, 2):
        with pytest.raises(BrokenLineError, match="hervat journal verify"):
            prove(line)


def test_a_size_without_a_head_says_so(journal: None) -> None:
    write(3)
    seal_now()
    write(2)
    seal_now()
    assert consistency(3, 5).check([SIGNER.verifier]).good
    for old, new in ((4, 5), (3, 9), (5, 3)):
        with pytest.raises(UnknownHeadError):
            consistency(old, new)


def test_a_proof_reads_few_tiles_and_no_other_line(journal: None, application: psycopg.Connection) -> None:
    write(600)
    seal_now()
    assert len(prove(300).to_json()) < 4096
    assert len(prove(300).proof) == 10
