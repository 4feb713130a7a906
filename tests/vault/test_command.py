"""`hervat vault`: the state of the keys, wrapping them anew and a new key; one Dutch line when it cannot."""

import os
import re
import secrets
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from hervat.access.machine import account_code, account_of_this_process
from hervat.cli.main import main
from hervat.cli.vault import _SETTINGS
from hervat.config.environment import keys
from hervat.journal.models import Line
from hervat.vault.actions import make_keys
from hervat.vault.rules.sealing import Domain
from hervat.vault.rules.wrapping import SETTINGS

from .conftest import Environment

HERVAT = Path(sys.executable).parent / "hervat"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["vault", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def run_apart(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("HERVAT_")}
    return subprocess.run(  # noqa: S603
        [HERVAT, "vault", *arguments], env=bare | variables, capture_output=True, text=True, check=False
    )


def test_the_command_knows_every_domain_and_its_variable() -> None:
    assert {str(domain): SETTINGS[domain] for domain in Domain} == _SETTINGS


def test_a_new_key_has_the_next_number_and_can_be_used_as_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HERVAT_KEYS_ORDINARY", raising=False)
    first = run(capsys, "new-key", "gewoon")[1].strip()
    monkeypatch.setenv("HERVAT_KEYS_ORDINARY", first)
    second = run(capsys, "new-key", "gewoon")[1].strip()
    monkeypatch.setenv("HERVAT_KEYS_ORDINARY", f"{first},{second}")

    assert keys("HERVAT_KEYS_ORDINARY").keys() == {1, 2}
    for use in ((), ("zoeken",)):
        code, out, err = run(capsys, "new-key", *use)
        assert (code, err) == (0, "")
        assert re.fullmatch(r"[\w-]{43}\n", out)


def test_the_state_says_what_is_in_use_what_must_stay_and_what_may_go(
    vault: Environment, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        make_keys(uuid4())
    vault.next_epoch(Domain.MEDICAL)
    code, out, _ = run(capsys, "status")

    assert code == 0
    assert [line.split()[:3] for line in out.splitlines()] == [
        ["gewoon", "1", "3"],
        ["medisch", "1", "3"],
        ["medisch", "2", "0"],
    ]
    assert re.findall("in gebruik|nog nodig|mag uit", out) == ["in gebruik", "nog nodig", "in gebruik"]

    code, out, err = run(capsys, "rotate", "medisch", "--batch", "2")
    assert (code, out) == (0, "medisch: 3 sleutels opnieuw ingepakt.\n")
    assert err.splitlines() == ["medisch: 66% (2 van 3)", "medisch: 100% (3 van 3)"]
    assert re.findall("in gebruik|nog nodig|mag uit HERVAT_KEYS_MEDICAL", run(capsys, "status")[1]) == [
        "in gebruik",
        "mag uit HERVAT_KEYS_MEDICAL",
        "in gebruik",
    ]
    assert {(line.actor_kind, line.actor) for line in Line.objects.all()} == {
        ("opdracht", account_code(account_of_this_process()))
    }


def test_a_missing_epoch_is_said_and_fails(vault: Environment, capsys: pytest.CaptureFixture[str]) -> None:
    make_keys(uuid4())
    assert run(capsys, "status")[0] == 0
    vault.next_epoch(Domain.MEDICAL)
    vault.forget(Domain.MEDICAL, 1)
    code, out, _ = run(capsys, "status")
    assert code == 1
    assert "ontbreekt in HERVAT_KEYS_MEDICAL" in out

    code, out, err = run(capsys, "rotate")
    assert (code, out) == (1, "gewoon: 0 sleutels opnieuw ingepakt.\n")
    assert err.startswith("hervat vault: Sleutel 1 voor het domein 'medisch' ontbreekt")
    assert len(err.splitlines()) == 1


def test_what_the_environment_lacks_is_one_line_that_repeats_nothing() -> None:
    key = secrets.token_urlsafe(32)
    nowhere = "postgresql://app@127.0.0.1:1/hervat"
    answers = [
        (run_apart("status"), "HERVAT_DATABASE_URL"),
        (run_apart("status", HERVAT_DATABASE_URL=nowhere), "de database antwoordt niet"),
        (run_apart("rotate", HERVAT_KEYS_ORDINARY=f"x:{key}"), "HERVAT_KEYS_ORDINARY is niet bruikbaar"),
        (run_apart("new-key", "gewoon", HERVAT_KEYS_ORDINARY=key), "HERVAT_KEYS_ORDINARY is niet bruikbaar"),
    ]
    for answer, said in answers:
        assert (answer.returncode, answer.stdout) == (1, "")
        assert len(answer.stderr.splitlines()) == 1
        assert said in answer.stderr
        assert key not in answer.stderr
    assert run_apart("new-key").returncode == 0
