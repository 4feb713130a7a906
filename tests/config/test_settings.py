"""The settings as another process sees them: what is refused, what is on unless it is a demo."""

import json
import os
import subprocess
import sys

import pytest

SECRET = "0123456789abcdef-ghijkl" * 3
_SHOW = """
import json, django
from django.conf import settings
django.setup()
names = ["SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
         "LANGUAGE_COOKIE_SECURE", "ALLOWED_HOSTS", "DEBUG"]
print(json.dumps({name: getattr(settings, name) for name in names}))
"""
_SERVE = "import hervat.config.wsgi"


def run(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("HERVAT_")} | variables
    environment["DJANGO_SETTINGS_MODULE"] = "hervat.config.settings"
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )


def test_the_settings_load_without_a_database_or_a_secret_and_are_strict() -> None:
    shown = json.loads(run(_SHOW).stdout)

    assert shown == {
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 63072000,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "LANGUAGE_COOKIE_SECURE": True,
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
        "DEBUG": False,
    }


def test_plain_http_is_for_this_machine_only() -> None:
    here = run(_SHOW, HERVAT_PLAIN_HTTP="1")
    elsewhere = run(_SHOW, HERVAT_PLAIN_HTTP="1", HERVAT_ALLOWED_HOSTS="hervat.example")

    assert json.loads(here.stdout)["SECURE_SSL_REDIRECT"] is False
    assert json.loads(here.stdout)["SECURE_HSTS_SECONDS"] == 0
    assert elsewhere.returncode != 0
    assert "HERVAT_PLAIN_HTTP" in elsewhere.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("HERVAT_DEBUG", "1"), ("HERVAT_ALLOWED_HOSTS", "hervat.example,*")]
)
def test_what_would_open_the_site_to_others_is_refused(name: str, value: str) -> None:
    site = run(_SHOW, HERVAT_ALLOWED_HOSTS="hervat.example")
    refused = run(_SHOW, **({"HERVAT_ALLOWED_HOSTS": "hervat.example"} | {name: value}))

    assert site.returncode == 0
    assert refused.returncode != 0
    assert "ImproperlyConfigured" in refused.stderr


def test_serving_without_a_secret_or_a_database_is_refused() -> None:
    url = "postgresql://app@localhost/hervat"

    served = run(_SERVE, HERVAT_SECRET_KEY=SECRET, HERVAT_DATABASE_URL=url)
    without_secret = run(_SERVE, HERVAT_DATABASE_URL=url)
    without_database = run(_SERVE, HERVAT_SECRET_KEY=SECRET)

    assert served.returncode == 0, served.stderr
    assert "HERVAT_SECRET_KEY" in without_secret.stderr.splitlines()[-1]
    assert "HERVAT_DATABASE_URL" in without_database.stderr.splitlines()[-1]


def test_the_log_of_an_error_says_where_and_never_what() -> None:
    logged = run(
        "import django, logging; django.setup()\n"
        "try:\n    int('Anna de Vries')\n"
        "except ValueError:\n    logging.getLogger('django.request').exception('Fout')\n"
    )

    assert "Fout" in logged.stderr
    assert "ValueError" in logged.stderr
    assert 'File "<string>", line 3' in logged.stderr
    assert "Anna" not in logged.stderr
