"""The `hervat` command: finds the subcommand and runs it.

Each module of this folder with an `add_to(subparsers)` adds its own commands and sets
`run`. Must never import Django or a room up here: `hervat register` answers at once, and
works without a database. Read next: `demo.py`, `register.py`.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from hervat.cli import access, demo, importing, jobs, journal, migrate, register, timeline, user, vault
from hervat.cli.parser import WRONG_USAGE, Parser

_COMMANDS = (access, demo, importing, jobs, journal, migrate, register, timeline, user, vault)


def main(given: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code: 0 done, 1 failed, 2 wrong usage."""
    parser = _parser()
    arguments = parser.parse_args(given)
    if not hasattr(arguments, "run"):
        parser.print_help(sys.stderr)
        return WRONG_USAGE
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output (`| head`) has had enough; a second error at exit helps nobody.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="hervat", description="Hervat: het verwerkingsregister als programma.")
    subparsers = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT")
    for command in _COMMANDS:
        command.add_to(subparsers)
    return parser
