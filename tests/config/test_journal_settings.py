"""The keys and folders of the journal: refused at start-up when unusable, and never repeated."""

import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from hervat.config.environment import refuse_to_serve_with
from hervat.config.serving import _NOT_FOR_THE_SERVER
from hervat.journal.rules.notes import Signer, new_key

SETTINGS = str(Path(__file__).parents[2] / "hervat" / "config" / "settings.py")
PRIVATE, OLDER = new_key("logboek.example"), new_key("logboek.example")
PUBLIC, OLD = (str(Signer.parse(key).verifier) for key in (PRIVATE, OLDER))


def settings(monkeypatch: pytest.MonkeyPatch, **variables: str) -> dict[str, Any]:
    for name in [name for name in os.environ if name.startswith("HERVAT_")]:
        monkeypatch.delenv(name)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(SETTINGS)


def test_without_keys_everything_else_works(monkeypatch: pytest.MonkeyPatch) -> None:
    read = settings(monkeypatch)

    assert (read["JOURNAL_SIGNER"], read["JOURNAL_PUBLIC_KEYS"], read["JOURNAL_CHECKPOINTS"]) == (
        None,
        (),
        (),
    )


def test_the_public_key_follows_from_the_private_one_and_is_the_newest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = settings(
        monkeypatch, HERVAT_JOURNAL_KEY=PRIVATE, HERVAT_JOURNAL_PUBLIC_KEYS=f"{PUBLIC}\n{OLD},{OLD}"
    )

    assert [str(key) for key in read["JOURNAL_PUBLIC_KEYS"]] == [OLD, PUBLIC]
    assert str(read["JOURNAL_SIGNER"].verifier) == PUBLIC
    only = settings(monkeypatch, HERVAT_JOURNAL_PUBLIC_KEYS=PUBLIC)
    assert (only["JOURNAL_SIGNER"], [str(key) for key in only["JOURNAL_PUBLIC_KEYS"]]) == (None, [PUBLIC])


def test_folders_are_whole_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    read = settings(monkeypatch, HERVAT_CHECKPOINTS="/mnt/een,/mnt/twee\n/mnt/een")

    assert read["JOURNAL_CHECKPOINTS"] == (Path("/mnt/een"), Path("/mnt/twee"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HERVAT_JOURNAL_KEY", PUBLIC),
        ("HERVAT_JOURNAL_KEY", PRIVATE[:-2] + "AA"),
        ("HERVAT_JOURNAL_PUBLIC_KEYS", PRIVATE),
        ("HERVAT_JOURNAL_PUBLIC_KEYS", f"{PUBLIC},{OLD[:-2]}AA"),
        ("HERVAT_CHECKPOINTS", "/mnt/een,mnt-zonder-streep"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line_that_does_not_repeat_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"^{name} is niet bruikbaar") as refused:
        settings(monkeypatch, **{name: value})

    said = str(refused.value)
    assert "\n" not in said
    assert not any(part in said for part in (value, value[-12:], "mnt-zonder"))


def test_the_process_that_serves_does_not_start_with_the_private_key(monkeypatch: pytest.MonkeyPatch) -> None:
    settings(monkeypatch, HERVAT_JOURNAL_PUBLIC_KEYS=PUBLIC)
    refuse_to_serve_with("HERVAT_JOURNAL_KEY")
    monkeypatch.setenv("HERVAT_DATABASE_URL", "postgresql://app@localhost/hervat")
    monkeypatch.setenv("HERVAT_SECRET_KEY", "a1b2c3d4e5f6g7" * 4)
    monkeypatch.setenv("HERVAT_JOURNAL_KEY", PRIVATE)
    answer = subprocess.run(
        [sys.executable, "-c", "import hervat.config.wsgi"], capture_output=True, text=True, check=False
    )

    assert answer.returncode == 1
    assert "HERVAT_JOURNAL_KEY" in answer.stderr.splitlines()[-1]
    assert PRIVATE[-20:] not in answer.stderr
    assert "HERVAT_JOURNAL_KEY" in _NOT_FOR_THE_SERVER
