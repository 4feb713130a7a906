"""A parser of arguments that speaks Dutch; everything else is argparse.

Wrong arguments: the usage and one line on stderr, exit 2. Must never repeat a value that
may be somebody's data further than the line it was typed on. Read next: `main.py`.
"""

import argparse
import re
import sys
from collections.abc import Callable
from typing import Any, NoReturn

WRONG_USAGE = 2
_IN_DUTCH: tuple[tuple[str, str], ...] = (
    (r"unrecognized arguments: (.*)", r"onbekend: \1"),
    (r"the following arguments are required: (.*)", r"hier ontbreekt: \1"),
    (r"argument (.+?): expected (?:one|at least one) argument", r"bij \1 hoort een waarde"),
    (r"argument (.+?): expected (\d+) arguments", r"bij \1 horen \2 waarden"),
    (r"argument (.+?): invalid int value: (.*)", r"\1: \2 is geen geheel getal"),
    (r"argument (.+?): invalid choice: (.*?) \(choose from (.*)\)", r"\1: \2 kan niet; kies uit \3"),
    (r"argument (.+?): not allowed with argument (.*)", r"\1 en \2 gaan niet samen"),
    (r"one of the arguments (.*) is required", r"geef een van: \1"),
    (r"argument (.+?): ignored explicit argument (.*)", r"bij \1 hoort geen waarde"),
    (r"argument (.+?): (.*)", r"\1: \2"),
)


class Parser(argparse.ArgumentParser):
    """A parser whose usage, headings and errors are in Dutch, and that knows no abbreviations."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**(options | {"add_help": False, "allow_abbrev": False}))
        self._positionals.title = "argumenten"
        self._optionals.title = "opties"
        self.add_argument("-h", "--help", action="help", help="toon deze uitleg")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "gebruik: ", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "gebruik: ", 1)

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(WRONG_USAGE, f"{self.prog}: {in_dutch(message)}\n")


def in_dutch(message: str) -> str:
    """Translate a message of argparse; one that is not known stays as it is."""
    for pattern, dutch in _IN_DUTCH:
        if re.fullmatch(pattern, message, re.DOTALL):
            return re.sub(pattern, dutch, message, flags=re.DOTALL)
    return message


def in_range(lowest: int, highest: int) -> Callable[[str], int]:
    """Return an argument type: a whole number between two others."""

    def number(value: str) -> int:
        if not re.fullmatch(r"\d{1,9}", value) or not lowest <= int(value) <= highest:
            raise argparse.ArgumentTypeError(f"geef een geheel getal van {lowest} tot en met {highest}")
        return int(value)

    return number
