"""The keys in the environment are read whole or refused in one line, which never repeats a value."""

import os
import runpy
import secrets
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from hervat.cli.demo import set_environment
from hervat.config.environment import key, keys

SETTINGS = str(Path(__file__).parents[2] / "hervat" / "config" / "settings.py")
ORDINARY, MEDICAL, INDEX = "HERVAT_KEYS_ORDINARY", "HERVAT_KEYS_MEDICAL", "HERVAT_INDEX_KEY"
ONE, OTHER = secrets.token_urlsafe(32), secrets.token_urlsafe(32)


def settings(monkeypatch: pytest.MonkeyPatch, **variables: str) -> dict[str, Any]:
    for name in [name for name in os.environ if name.startswith("HERVAT_")]:
        monkeypatch.delenv(name)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(SETTINGS)


def test_several_epochs_are_read_apart_by_commas_or_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ORDINARY, f"1:{ONE}, 12:{OTHER}=")
    read = keys(ORDINARY)
    monkeypatch.setenv(ORDINARY, f"1:{ONE}\n12:{OTHER}\n")

    assert keys(ORDINARY) == read
    assert sorted(read) == [1, 12]
    assert all(len(raw) == 32 for raw in read.values())
    assert read[1] != read[12]


@pytest.mark.parametrize(
    "value",
    [
        ONE,
        f"0:{ONE}",
        f"-1:{ONE}",
        f"eerste:{ONE}",
        f"1:{ONE},1:{OTHER}",
        f"1:{ONE[:-1]}",
        f"1:{ONE}a",
        f"1:{ONE[:20]} {ONE[20:]}",
        f"1:{ONE[:-1]}é",
        f"1:{'A' * 43}",
        "1:",
        "1",
    ],
)
def test_a_value_that_cannot_be_used_is_refused_unsaid(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    settings(monkeypatch, HERVAT_KEYS_ORDINARY=f"1:{ONE}")
    with pytest.raises(ImproperlyConfigured) as refusal:
        settings(monkeypatch, HERVAT_KEYS_ORDINARY=value)

    said = str(refusal.value)
    assert said.startswith(f"{ORDINARY} is niet bruikbaar: ")
    assert "\n" not in said
    assert ONE[:12] not in said


def test_the_search_key_is_one_key_without_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(INDEX, f" {ONE}\n")
    assert len(key(INDEX)) == 32

    monkeypatch.setenv(INDEX, f"1:{ONE}")
    with pytest.raises(ImproperlyConfigured, match=INDEX):
        key(INDEX)


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({ORDINARY: f"1:{ONE}", MEDICAL: f"1:{ONE}"}, f"{ORDINARY} en {MEDICAL}"),
        ({MEDICAL: f"1:{ONE}", INDEX: ONE}, f"{MEDICAL} en {INDEX}"),
        ({ORDINARY: f"1:{ONE},2:{ONE}"}, ORDINARY),
    ],
)
def test_one_key_for_two_uses_is_refused(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], named: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match="Dezelfde sleutel") as refusal:
        settings(monkeypatch, **variables)

    assert named in str(refusal.value)
    assert ONE not in str(refusal.value)


def test_without_keys_the_settings_load(monkeypatch: pytest.MonkeyPatch) -> None:
    read = settings(monkeypatch)

    assert (read["KEYS_ORDINARY"], read["KEYS_MEDICAL"], read["INDEX_KEY"]) == ({}, {}, b"")


def test_a_demo_makes_its_own_keys_once_and_keeps_those_it_is_given(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "environ", {**os.environ, ORDINARY: f"7:{ONE}"})
    for name in (MEDICAL, INDEX):
        os.environ.pop(name, None)
    set_environment(tmp_path)
    first = {name: os.environ.pop(name) for name in (MEDICAL, INDEX)}
    set_environment(tmp_path)

    assert keys(ORDINARY).keys() == {7}
    assert {name: os.environ[name] for name in first} == first
    assert (len(keys(MEDICAL)[1]), len(key(INDEX))) == (32, 32)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("key*")} == {0o600}
