"""Every command stands in the permission table: by which right it does what it does. Another one fails."""

import argparse
from collections.abc import Iterator
from enum import Enum

from hervat.cli.main import _parser
from hervat.cli.parser import Parser


class Right(Enum):
    """By what a command may do what it does."""

    NOBODYS_DATA = "touches no data of anybody: the register, the law, keys, a proof in a file"
    ADMINISTRATOR = "asks the door for users and postings, as an administrator, and is in the log"
    READS_THE_LOG = "reads the log and its proofs, with the rights of the database account that is given"
    OWNER = "needs the account that owns the database, and is in the log where it changes anything"
    KEYS = "works on wrapped keys with the keys of the environment, and is in the log where it changes one"
    FEED = "asks the door message by message, as the personnel system, and is in the log"
    QUEUE = "runs jobs, each with a permit of its own and in the log; the owner's only with that account"
    OWN_DEMO = "has a database of its own, with nobody's data in it"


COMMANDS = {
    "access approve": Right.ADMINISTRATOR,
    "access deputy end": Right.ADMINISTRATOR,
    "access deputy list": Right.ADMINISTRATOR,
    "access deputy name": Right.ADMINISTRATOR,
    "access grant": Right.ADMINISTRATOR,
    "access list": Right.ADMINISTRATOR,
    "access revoke": Right.ADMINISTRATOR,
    "access why": Right.ADMINISTRATOR,
    "demo": Right.OWN_DEMO,
    "demo feed": Right.NOBODYS_DATA,
    "demo load": Right.OWN_DEMO,
    "import client add": Right.OWNER,
    "import client end": Right.OWNER,
    "import client list": Right.OWNER,
    "import dossiers": Right.FEED,
    "import expire": Right.FEED,
    "import messages": Right.FEED,
    "jobs list": Right.QUEUE,
    "jobs once": Right.QUEUE,
    "jobs run": Right.QUEUE,
    "journal check": Right.NOBODYS_DATA,
    "journal client add": Right.OWNER,
    "journal client end": Right.OWNER,
    "journal client list": Right.OWNER,
    "journal consistency": Right.READS_THE_LOG,
    "journal heads": Right.READS_THE_LOG,
    "journal key": Right.NOBODYS_DATA,
    "journal new-key": Right.NOBODYS_DATA,
    "journal prove": Right.READS_THE_LOG,
    "journal redact": Right.OWNER,
    "journal seal": Right.OWNER,
    "journal verify": Right.READS_THE_LOG,
    "migrate": Right.OWNER,
    "register check": Right.NOBODYS_DATA,
    "register matrix": Right.NOBODYS_DATA,
    "register release": Right.NOBODYS_DATA,
    "register show": Right.NOBODYS_DATA,
    "register why": Right.NOBODYS_DATA,
    "timeline": Right.NOBODYS_DATA,
    "user activate": Right.ADMINISTRATOR,
    "user create": Right.ADMINISTRATOR,
    "user disable": Right.ADMINISTRATOR,
    "user list": Right.ADMINISTRATOR,
    "vault new-key": Right.NOBODYS_DATA,
    "vault rotate": Right.KEYS,
    "vault status": Right.KEYS,
}


def commands_of(parser: argparse.ArgumentParser, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Every command that can be typed, with the words before it."""
    below = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    if not below or parser.get_default("run") is not None:
        yield " ".join(path)
    for choices in below:
        for name, found in choices.choices.items():
            yield from commands_of(found, (*path, name))


def test_every_command_stands_in_the_table_with_its_right() -> None:
    assert set(commands_of(_parser())) == set(COMMANDS)


def test_a_command_that_is_not_in_the_table_is_found() -> None:
    parser = Parser(prog="hervat")
    verbs = parser.add_subparsers().add_parser("dossier").add_subparsers()
    verbs.add_parser("export")

    assert set(commands_of(parser)) - set(COMMANDS) == {"dossier export"}
