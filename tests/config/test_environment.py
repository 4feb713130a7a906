"""The environment is read whole or refused, and a refusal never repeats a value."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from hervat.config.environment import boolean, database, database_from_url, lines, secret

SECRET = "s3cr3t-Wachtwoord"  # noqa: S105 - made up


def read(url: str) -> dict[str, object]:
    return database_from_url(url, name="HERVAT_DATABASE_URL", label="test")


@pytest.mark.parametrize(("value", "meaning"), [("1", True), ("true", True), ("0", False), ("", False)])
def test_yes_and_no_are_read(monkeypatch: pytest.MonkeyPatch, value: str, meaning: bool) -> None:
    monkeypatch.setenv("HERVAT_DEBUG", value)

    assert boolean("HERVAT_DEBUG", default=False) is meaning


def test_a_word_that_is_neither_yes_nor_no_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HERVAT_DEBUG", "ja")

    with pytest.raises(ImproperlyConfigured, match="HERVAT_DEBUG"):
        boolean("HERVAT_DEBUG", default=False)


def test_a_list_is_read_with_commas_and_new_lines_and_is_never_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HERVAT_ALLOWED_HOSTS", "a.example, b.example\n,c.example")
    assert lines("HERVAT_ALLOWED_HOSTS", default=["x"]) == ["a.example", "b.example", "c.example"]

    monkeypatch.setenv("HERVAT_ALLOWED_HOSTS", " , ")
    assert lines("HERVAT_ALLOWED_HOSTS", default=["x"]) == ["x"]


@pytest.mark.parametrize("value", ["kort", "a" * 60, "wachtwoord" * 4])
def test_a_secret_that_can_be_guessed_is_refused_without_repeating_it(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("HERVAT_SECRET_KEY", value)

    with pytest.raises(ImproperlyConfigured) as refusal:
        secret("HERVAT_SECRET_KEY")
    assert value not in str(refusal.value)


def test_a_long_random_secret_is_taken_and_an_absent_one_stays_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    good = "0123456789abcdef-ghijkl" * 3
    monkeypatch.setenv("HERVAT_SECRET_KEY", good)
    assert secret("HERVAT_SECRET_KEY") == good

    monkeypatch.delenv("HERVAT_SECRET_KEY")
    assert secret("HERVAT_SECRET_KEY") == ""


def test_a_database_on_another_machine_is_verified_unless_the_address_says_otherwise() -> None:
    remote = read(f"postgresql://app:{SECRET}@db.example:5433/hervat")
    lax = read(f"postgresql://app:{SECRET}@db.example/hervat?sslmode=require")
    local = read(f"postgresql://app:{SECRET}@localhost/hervat")

    assert remote["OPTIONS"] == {
        "application_name": "test",
        "client_encoding": "UTF8",
        "connect_timeout": "10",
        "sslmode": "verify-full",
    }
    assert (remote["HOST"], remote["PORT"], remote["NAME"]) == ("db.example", "5433", "hervat")
    assert lax["OPTIONS"]["sslmode"] == "require"  # type: ignore[index]
    assert "sslmode" not in local["OPTIONS"]  # type: ignore[operator]


def test_special_characters_and_a_socket_are_read() -> None:
    settings = read("postgresql://app:p%40ss%2Fword@/her%20vat?host=%2Frun%2Fpg")

    assert settings["PASSWORD"] == "p@ss/word"  # noqa: S105 - made up
    assert (settings["HOST"], settings["NAME"], settings["USER"]) == ("/run/pg", "her vat", "app")


@pytest.mark.parametrize(
    "url",
    [
        f"mysql://app:{SECRET}@db/hervat",
        f"postgresql://app:{SECRET}@db/",
        f"postgresql://:{SECRET}@db/hervat",
        f"postgresql://app:{SECRET}@db:poort/hervat",
        f"postgresql://app:{SECRET}@[db/hervat",
        f"postgresql://app:{SECRET}@db/hervat?options=-csearch_path",
        f"app:{SECRET}",
    ],
)
def test_an_address_that_is_wrong_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        read(url)

    assert "HERVAT_DATABASE_URL" in str(refusal.value)
    assert SECRET not in str(refusal.value)


def test_without_an_address_there_is_no_database_to_fall_back_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HERVAT_DATABASE_URL", raising=False)

    assert database("HERVAT_DATABASE_URL") == {"ENGINE": "django.db.backends.dummy"}
