"""`hervat journal client`: a secret is shown once, who may not read is refused, an ended one is out."""

import argparse
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.conf import settings

from hervat.cli.journal_clients import add_client_commands
from hervat.cli.parser import Parser
from hervat.journal.queries.clients import digest_of, list_clients
from tests.journal.conftest import journal
from tests.register.copies import FERRY

from .conftest import Answer, On

Run = Callable[..., Answer]
__all__ = ["journal"]


@pytest.fixture
def client(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `hervat journal client …`; return its exit code and what it wrote."""

    def run(*arguments: str) -> Answer:
        parser = Parser(prog="hervat journal")
        add_client_commands(parser.add_subparsers())
        try:
            chosen: argparse.Namespace = parser.parse_args(["client", *arguments])
            code = chosen.run(chosen)
        except SystemExit as left:
            code = int(left.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.mark.usefixtures("journal")
def test_a_system_is_added_listed_and_ended(client: Run) -> None:
    code, out, _ = client("add", "Toezicht FG", "--role", "fg")
    (added,) = list_clients()
    secret = out.splitlines()[1].removeprefix("Geheim: ")

    assert code == 0
    assert out.startswith(f"Nummer: {added.id}\nGeheim: ")
    assert added.secret_digest == digest_of(secret)

    code, out, _ = client("list")
    assert (code, out.count("\n")) == (0, 1)
    assert out.startswith(f"{added.id}  fg  Toezicht FG  (sinds ")
    assert secret not in out

    assert client("end", str(added.id))[0] == 0
    assert "beëindigd op" in client("list")[1]
    assert client("end", str(added.id))[0] == 1
    assert client("end", str(uuid4()))[2].startswith("hervat journal: Dit systeem is er niet")


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize(
    ("role", "why"),
    [
        ("commandant", "ziet in het logboek alleen over uzelf"),
        ("functioneel-beheerder", "houdt geen toezicht"),
    ],
)
def test_a_role_that_may_not_read_the_log_is_refused_with_the_reason(
    client: Run, role: str, why: str
) -> None:
    code, out, err = client("add", "Iets", "--role", role)

    assert (code, out) == (1, "")
    assert err.startswith("hervat journal: ")
    assert why in err
    assert list_clients() == ()
    assert "Geen enkel systeem" in client("list")[1]


@pytest.mark.usefixtures("journal")
def test_another_employer_lets_another_role_oversee(client: Run, on: On) -> None:
    on(FERRY)

    assert client("add", "Toezicht", "--role", "fg")[0] == 1
    assert client("add", "Archief", "--role", "archivaris")[0] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "Toezicht"),
        ("add", "Toezicht", "--role", "koning"),
        ("add", "", "--role", "fg"),
        ("add", "twee\nregels", "--role", "fg"),
        ("add", "x" * 101, "--role", "fg"),
        ("end", "123456782"),
        (),
    ],
)
def test_wrong_usage_is_one_line_in_dutch(client: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = client(*arguments)

    assert (code, out) == (2, "")
    assert err.splitlines()[0].startswith("gebruik: ")


def test_without_the_owners_database_it_says_which_variable_to_set(
    client: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    none = {"ENGINE": "django.db.backends.dummy"}
    monkeypatch.setitem(settings.DATABASES, "owner", none)

    for arguments in (("add", "X", "--role", "fg"), ("list",), ("end", str(uuid4()))):
        code, out, err = client(*arguments)
        assert (code, out) == (1, "")
        assert "HERVAT_OWNER_DATABASE_URL" in err
