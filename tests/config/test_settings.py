"""The settings as another process sees them: what is refused, what is on unless it is a demo."""

import logging
import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from hervat.config.environment import refuse_to_serve_without
from hervat.config.logs import FramesOnly

SETTINGS = str(Path(__file__).parents[2] / "hervat" / "config" / "settings.py")
SECRET = "0123456789abcdef-ghijkl" * 3


def settings(monkeypatch: pytest.MonkeyPatch, **variables: str) -> dict[str, Any]:
    """Read the settings afresh, with these variables and no others."""
    for name in [name for name in os.environ if name.startswith("HERVAT_")]:
        monkeypatch.delenv(name)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(SETTINGS)


def test_the_settings_load_without_a_database_or_a_secret_and_are_strict(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = settings(monkeypatch)

    secure = ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE")
    assert [name for name in secure if read[name] is not True] == []
    assert read["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert read["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert (read["DEBUG"], read["SECRET_KEY"]) == (False, "")
    assert "SECURE_PROXY_SSL_HEADER" not in read


def test_a_proxy_is_believed_only_when_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    read = settings(monkeypatch, HERVAT_BEHIND_PROXY="1")

    assert read["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.mark.parametrize("name", ["HERVAT_PLAIN_HTTP", "HERVAT_DEBUG"])
def test_without_tls_or_with_errors_shown_is_for_this_machine_only(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    settings(monkeypatch, HERVAT_ALLOWED_HOSTS="hervat.example")
    settings(monkeypatch, **{name: "1"})
    with pytest.raises(ImproperlyConfigured, match=name):
        settings(monkeypatch, HERVAT_ALLOWED_HOSTS="hervat.example", **{name: "1"})


def test_plain_http_turns_off_what_would_lock_a_browser_out(monkeypatch: pytest.MonkeyPatch) -> None:
    read = settings(monkeypatch, HERVAT_PLAIN_HTTP="1")

    assert (read["SECURE_SSL_REDIRECT"], read["SECURE_HSTS_SECONDS"]) == (False, 0)
    assert read["SESSION_COOKIE_SECURE"] is False


def test_every_name_at_once_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"mag niet \* zijn"):
        settings(monkeypatch, HERVAT_ALLOWED_HOSTS="hervat.example,*")


def test_serving_wants_both_a_secret_and_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    both = {"HERVAT_SECRET_KEY": SECRET, "HERVAT_DATABASE_URL": "postgresql://app@localhost/hervat"}
    settings(monkeypatch, **both)
    refuse_to_serve_without(*both)
    for missing in both:
        monkeypatch.delenv(missing)
        with pytest.raises(ImproperlyConfigured, match=missing):
            refuse_to_serve_without(*both)
        monkeypatch.setenv(missing, both[missing])


def test_the_application_for_gunicorn_does_not_load_without_them() -> None:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("HERVAT_")}
    answer = subprocess.run(
        [sys.executable, "-c", "import hervat.config.wsgi"],
        env=bare | {"HERVAT_DATABASE_URL": "postgresql://app@localhost/hervat"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == 1
    assert "HERVAT_SECRET_KEY" in answer.stderr.splitlines()[-1]


def test_the_log_of_an_error_says_where_and_never_what() -> None:
    said = "Anna de Vries"
    try:
        int(said)
    except ValueError:
        record = logging.LogRecord("hervat", logging.ERROR, __file__, 1, "Fout", (), sys.exc_info())
    written = FramesOnly().format(record)

    assert "Fout" in written
    assert "ValueError" in written
    assert f'File "{__file__}"' in written
    assert "Anna" not in written
