"""`hervat journal` on a database: from sealing to a proof that somebody else checks, and back."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from pytest_django.fixtures import Settings

from hervat.cli.main import main
from hervat.config.postgres import APPLICATION, OWNER, Cluster
from hervat.journal.queries.heads import heads
from hervat.journal.rules.notes import Signer, new_key, split_notes
from hervat.register.vocabulary import Operation

from .examples import SUBJECT
from .sealing import unguarded, write

Answer = tuple[int, str, str]
Hervat = Callable[..., Answer]
PRIVATE = new_key("logboek.test")
KEY = str(Signer.parse(PRIVATE).verifier)
HERVAT = Path(sys.executable).parent / "hervat"
_OVERSEEN = (
    "SELECT subject, actor, source, items FROM journal_line WHERE operation = %s AND subject IS NOT NULL"
)


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """The sealer's key and one folder for checkpoints, in the settings."""
    folder = tmp_path / "controlepunten"
    folder.mkdir()
    settings.JOURNAL_SIGNER = Signer.parse(PRIVATE)
    settings.JOURNAL_PUBLIC_KEYS = (Signer.parse(PRIVATE).verifier,)
    settings.JOURNAL_CHECKPOINTS = (folder,)
    return folder


@pytest.fixture
def hervat(journal: None, folder: Path, capsys: pytest.CaptureFixture[str]) -> Hervat:
    def run(*arguments: str) -> Answer:
        code = main(["journal", *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_what_is_sealed_verifies_and_a_line_is_proved_to_somebody_else(
    hervat: Hervat, tmp_path: Path
) -> None:
    write(12)
    assert hervat("seal") == (0, "Verzegeld: 12 regels; het logboek heeft er 12.\n", "")
    code, out, _ = hervat("verify")
    assert (code, "12 bladen onder 1 hoofd, met 12 regels" in out) == (0, True)
    assert "Vergeleken met 1 controlepunt van elders" in out
    assert out.endswith("Alles klopt.\n")

    proof = tmp_path / "bewijs.json"
    assert hervat("prove", "7", "--output", str(proof))[0] == 0
    code, out, _ = hervat("check", str(proof), "--key", KEY)
    assert (code, out.startswith("Bewezen: deze logregel is blad 6 van de 12")) == (0, True)
    proof.write_text(proof.read_text().replace('"dossier-inzien"', '"vernietigen"'))
    assert hervat("check", str(proof), "--key", KEY)[0] == 1


def test_a_proof_is_a_read_with_a_line_of_its_own(hervat: Hervat, application: psycopg.Connection) -> None:
    write(2)
    hervat("seal")
    assert application.execute(_OVERSEEN, [Operation.OVERSEE]).fetchall() == []
    code, out, _ = hervat("prove", "1")

    assert (code, str(SUBJECT) in out) == (0, True)
    seen = application.execute(_OVERSEEN, [Operation.OVERSEE]).fetchall()
    assert [(row[0], row[2]) for row in seen] == [(SUBJECT, "cli")]
    assert len(seen[0][3]) == 1


def test_growth_is_proved_between_two_heads(hervat: Hervat, tmp_path: Path) -> None:
    for count in (5, 300):
        write(count)
        hervat("seal")
    proof = tmp_path / "groei.json"
    assert hervat("consistency", "5", "305", "--output", str(proof))[0] == 0

    code, out, _ = hervat("check", str(proof), "--key", KEY)
    assert (code, out.startswith("Bewezen: de eerste 5 bladen")) == (0, True)
    assert hervat("consistency", "5", "304")[:2] == (1, "")
    other = str(Signer.parse(new_key("logboek.test")).verifier)
    assert hervat("check", str(proof), "--key", other)[0] == 1


def test_heads_are_shown_and_their_notes_can_be_kept(hervat: Hervat) -> None:
    assert "nog niets verzegeld" in hervat("heads")[1]
    for _ in range(22):
        write()
        hervat("seal")
    _, out, _ = hervat("heads")
    assert len(out.splitlines()) == 21
    assert "De laatste 20 van 22" in out
    assert len(hervat("heads", "--all")[1].splitlines()) == 22
    notes = hervat("heads", "--all", "--notes")[1]
    assert split_notes(notes) == [head.note for head in heads()]


@pytest.mark.parametrize("asked", ["99", "3"])
def test_what_cannot_be_proved_is_one_line(hervat: Hervat, asked: str) -> None:
    write(2)
    hervat("seal")
    write()
    code, out, err = hervat("prove", asked)

    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert "verzegel" in err if asked == "3" else "Er is geen regel" in err


def test_an_edit_is_found_and_named(hervat: Hervat, superuser: psycopg.Connection) -> None:
    write(3)
    hervat("seal")
    assert hervat("verify")[0] == 0
    with unguarded(superuser) as owned:
        owned.execute("UPDATE journal_line SET reason = 'te-laat' WHERE id = 2")
    code, out, _ = hervat("verify")

    assert code == 1
    assert "Er is iets mis:" in out
    assert "egel 2" in out
    assert hervat("prove", "2")[0] == 1
    assert hervat("prove", "3")[0] == 0


def test_a_rewritten_log_is_found_by_a_checkpoint_kept_elsewhere(
    hervat: Hervat, folder: Path, superuser: psycopg.Connection
) -> None:
    write(3)
    hervat("seal")
    kept = folder.parent / "elders.txt"
    kept.write_bytes((folder / "checkpoint").read_bytes())
    with unguarded(superuser) as owned:
        owned.execute("TRUNCATE journal_line, journal_tile, journal_head")
    for file in folder.iterdir():
        file.unlink()
    write(3)
    hervat("seal")

    assert hervat("verify")[0] == 0
    code, out, _ = hervat("verify", "--checkpoint", str(kept))
    assert (code, "herschreven" in out) == (1, True)
    assert hervat("verify", "--checkpoint", str(folder), "--checkpoint", str(kept))[0] == 1


def test_verifying_wants_a_key_and_the_checkpoints_that_were_named(
    hervat: Hervat, settings: Settings, tmp_path: Path
) -> None:
    write()
    hervat("seal")
    code, _, err = hervat("verify", "--checkpoint", str(tmp_path / "weg"))
    assert (code, "geen controlepunten" in err) == (1, True)
    settings.JOURNAL_CHECKPOINTS = settings.JOURNAL_PUBLIC_KEYS = ()
    assert hervat("verify")[0] == 2
    code, out, _ = hervat("verify", "--key", KEY)
    assert (code, "met geen controlepunt vergeleken" in out) == (0, True)


def test_sealing_wants_a_key_and_tells_of_a_folder_that_fails(
    hervat: Hervat, settings: Settings, folder: Path
) -> None:
    write()
    settings.JOURNAL_CHECKPOINTS = (folder, folder / "weg")
    code, out, err = hervat("seal")
    assert (code, out) == (1, "Verzegeld: 1 regel; het logboek heeft er 1.\n")
    assert f"{folder / 'weg'}" in err
    settings.JOURNAL_SIGNER = None
    assert "HERVAT_JOURNAL_KEY" in hervat("seal")[2]


def test_a_role_that_may_not_seal_is_named_and_does_not(
    journal: None, folder: Path, postgres: Cluster, tmp_path: Path
) -> None:
    write()
    bare = {name: value for name, value in os.environ.items() if not name.startswith("HERVAT_")}
    named = {"HERVAT_OWNER_DATABASE_URL": postgres.url(APPLICATION, "hervat"), "HERVAT_JOURNAL_KEY": PRIVATE}
    answer = subprocess.run(  # noqa: S603
        [HERVAT, "journal", "seal"], env=bare | named, capture_output=True, text=True, check=False
    )

    assert (answer.returncode, answer.stdout, len(answer.stderr.splitlines())) == (1, "", 1)
    assert "de rol in HERVAT_OWNER_DATABASE_URL mag dit niet" in answer.stderr
    assert heads() == []


def test_a_month_is_kept_while_its_term_is_open_or_not_past(hervat: Hervat) -> None:
    write()
    hervat("seal")
    code, out, err = hervat("redact", "--month", f"{datetime.now(UTC):%Y-%m}", "--dry-run")

    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert "blijven" in err


def test_the_sealer_goes_on_until_it_is_stopped(
    journal: None, application: psycopg.Connection, postgres: Cluster, tmp_path: Path
) -> None:
    write(3)
    bare = {name: value for name, value in os.environ.items() if not name.startswith("HERVAT_")}
    named = {
        "HERVAT_DATABASE_URL": postgres.url(APPLICATION, "hervat"),
        "HERVAT_OWNER_DATABASE_URL": postgres.url(OWNER, "hervat"),
        "HERVAT_JOURNAL_KEY": PRIVATE,
        "HERVAT_CHECKPOINTS": str(tmp_path),
    }
    sealer = subprocess.Popen(  # noqa: S603
        [HERVAT, "journal", "seal", "--follow"],
        env=bare | named,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        assert any(_pause(application) for _ in range(150))
    finally:
        sealer.send_signal(signal.SIGTERM)
        said, _ = sealer.communicate(timeout=20)
    assert (sealer.returncode, said) == (0, b"")
    assert (tmp_path / "checkpoint").read_text().split("\n")[1] == "3"


def _pause(application: psycopg.Connection) -> bool:
    time.sleep(0.1)
    return application.execute("SELECT EXISTS (SELECT FROM journal_head)").fetchone() == (True,)
