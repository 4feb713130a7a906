"""The shared cache: JSON only, nothing planted is run, and what still counts stays."""

import base64
import os
import pickle
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from hervat.config.cache import JsonCache

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty(db: None) -> None:
    cache.clear()


class Planted:
    """What runs a command as soon as it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return (os.mkdir, (str(self.mark),))


def plant(key: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO hervat_cache VALUES (%s, %s, now() + interval '1 day')", [cache.make_key(key), value]
        )


def kept() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM hervat_cache ORDER BY cache_key")
        return [value for (value,) in cursor.fetchall()]


def test_a_planted_pickle_is_not_run_and_counts_as_not_there(tmp_path: Path) -> None:
    pickled = pickle.dumps(Planted(tmp_path / "run"))
    for key, value in (("whole", base64.b64encode(pickled).decode()), ("half", "geen json {")):
        plant(key, value)

    assert cache.get_many(["whole", "half"]) == {}
    assert cache.get("whole", 3) == 3
    assert not (tmp_path / "run").exists()
    pickle.loads(pickled)  # noqa: S301 - it would have run
    assert (tmp_path / "run").exists()


@pytest.mark.parametrize("value", [None, True, 3, 1.5, "ë", [1, [2.5, "x"]], {"a": [None]}, []])
def test_what_json_holds_comes_back_as_it_was_and_is_kept_as_json(value: object) -> None:
    cache.set("key", value)

    assert cache.get("key", "nothing") == value
    assert b"\x80" not in kept()[0].encode()


@pytest.mark.parametrize(
    "value", [object(), b"x", {1, 2}, (1, 2), [(1, 2)], {1: "x"}, float("nan"), [float("inf")], {"a": b"x"}]
)
def test_what_json_cannot_hold_is_refused_and_nothing_is_kept(value: object) -> None:
    with pytest.raises(TypeError):
        cache.set("key", value)
    with pytest.raises(TypeError):
        cache.add("key", value)
    assert kept() == []


def test_the_first_to_add_is_told_so_until_the_time_is_over() -> None:
    with time_machine.travel("2026-11-23T12:00:00Z", tick=False) as clock:
        assert cache.add("key", 1, timeout=60)
        assert not cache.add("key", 2, timeout=60)
        assert cache.get("key") == 1
        assert cache.touch("key", timeout=120)
        clock.shift(90)
        assert cache.get("key") == 1
        clock.shift(40)
        assert cache.get("key") is None
        assert not cache.touch("key", timeout=120)
        assert cache.add("key", 3, timeout=60)
        cache.set("key", 4)
        assert cache.get("key") == 4


def test_what_still_counts_stays_however_many_there_are_and_what_expired_goes() -> None:
    with time_machine.travel("2026-11-23T12:00:00Z", tick=False) as clock:
        cache.set("early", [1], timeout=60)
        for number in range(400):
            cache.add(f"{number}", number, timeout=600)
        cache.set("for ever".replace(" ", "-"), 1, timeout=None)
        assert cache.get("early") == [1]
        assert len(kept()) == 402
        clock.shift(3600)
        for _sweep in range(5):
            cache.set("late", 1)
        assert kept() == ["1", "1"]


def test_keys_are_removed_one_by_one_and_all_together() -> None:
    cache.set_many({"a": 1, "b": 2, "c": 3})

    assert cache.delete("a")
    assert not cache.delete("a")
    assert cache.has_key("b")
    cache.delete_many(["b"])
    assert cache.get_many(["a", "b", "c"]) == {"c": 3}
    assert cache.incr("c") == 4
    cache.clear()
    assert kept() == []


def test_the_settings_name_this_cache_and_no_other() -> None:
    names = [one["BACKEND"] for one in settings.CACHES.values()]

    assert names == [f"{JsonCache.__module__}.{JsonCache.__qualname__}"]
