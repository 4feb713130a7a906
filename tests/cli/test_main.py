"""The command speaks Dutch, refuses what it does not know with exit 2, and starts without Django."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hervat.cli.main import main
from hervat.cli.parser import in_dutch

HERVAT = Path(sys.executable).parent / "hervat"


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    said = capsys.readouterr()
    assert stop.value.code == 2
    assert said.out == ""
    return said.err


def test_alone_it_prints_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert capsys.readouterr().err.startswith("gebruik: hervat")


def test_what_it_does_not_know_is_answered_with_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert "'wegwezen' kan niet; kies uit" in refused(capsys, "wegwezen")
    assert "onbekend: --poort" in refused(capsys, "demo", "--poort")
    assert "bij --port hoort een waarde" in refused(capsys, "demo", "--port")
    assert "geef een geheel getal van 0 tot en met 65535" in refused(capsys, "demo", "--port", "8000x")
    assert refused(capsys, "migrate", "nu").startswith("gebruik: hervat")


def test_an_option_is_not_guessed_from_its_beginning(capsys: pytest.CaptureFixture[str]) -> None:
    assert "onbekend: --por" in refused(capsys, "demo", "--por=1")


def test_help_is_dutch_and_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["demo", "--help"])

    said = capsys.readouterr().out
    assert stop.value.code == 0
    assert "opties:" in said
    assert "usage" not in said


def test_a_message_that_is_not_known_stays_as_it_is() -> None:
    assert in_dutch("something new") == "something new"
    assert in_dutch("one of the arguments a b is required") == "geef een van: a b"


def test_migrating_without_addresses_is_one_line() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HERVAT_")}
    answer = subprocess.run(  # noqa: S603
        [HERVAT, "migrate"], env=environment, capture_output=True, text=True, check=False
    )

    assert answer.returncode == 1
    assert len(answer.stderr.splitlines()) == 1
    assert "HERVAT_OWNER_DATABASE_URL" in answer.stderr


def test_the_command_line_is_read_without_django() -> None:
    code = "import sys, hervat.cli.main as m\nm._parser()\nsys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603


def test_a_command_for_users_starts_without_anything_that_is_ready(tmp_path: Path) -> None:
    """In a process of its own: here Django is ready already, and an import too early would not show."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("HERVAT_", "DJANGO_"))}
    run = "import sys; from hervat.cli.main import main; sys.exit(main(sys.argv[1:]))"
    for command in (["access", "list"], ["user", "list"], ["jobs", "list"]):
        answer = subprocess.run(  # noqa: S603
            [sys.executable, "-c", run, *command], env=bare, capture_output=True, text=True, check=False
        )
        assert (answer.returncode, answer.stdout) == (1, "")
        assert "HERVAT_DATABASE_URL" in answer.stderr
        assert len(answer.stderr.splitlines()) == 1, answer.stderr
