"""Reads a YAML or JSON file of the register strictly, and remembers where everything stands.

A value that is not of the asked kind is refused with file, line and what to do: a phrase that YAML
made a number or a boolean would change the entry without anybody noticing. Nothing is ever
converted silently. Read next: `loading.py`.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.constructor import ConstructorError, DuplicateKeyError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, ScalarString
from ruamel.yaml.timestamp import TimeStamp

Member = TypeVar("Member", bound=StrEnum)

AMBIGUOUS = frozenset({"yes", "no", "on", "off", "y", "n", "ja", "nee"})
"""Plain words that one YAML reader takes for a boolean and the next for text."""


WRITE_A_DAY = "Schrijf jaar-maand-dag, zonder aanhalingstekens."
NO_YAML, LOOK_AT_SIGNS = "dit is geen geldige YAML.", "Kijk naar inspringing en leestekens."

LONGEST = 1_000_000
"""The most characters a file may have: some ten times the largest there is."""


class RegisterError(ValueError):
    """The register does not load. The text names file, line and what to do, in Dutch."""

    def __init__(self, where: str, problem: str, remedy: str) -> None:
        super().__init__(f"{where}: {problem} {remedy}")


class Node:
    """A mapping or list of a file, with the line of each of its values.

    Every reader raises `RegisterError`; none returns a default for what is missing.
    """

    def __init__(self, value: object, name: str, line: int) -> None:
        self._value = value
        self._name = name
        self._line = line

    @property
    def where(self) -> str:
        return f"{self._name}, regel {self._line}"

    def fail(self, problem: str, remedy: str) -> RegisterError:
        return RegisterError(self.where, problem, remedy)

    def plain(self) -> object:
        """Return the value as plain dicts, lists, strings and booleans, for a digest."""
        return _plain(self._value)

    def only(self, *keys: str) -> "Node":
        """Refuse a mapping that has a key other than these."""
        for key in self._mapping():
            if key not in keys:
                raise self._child(key).fail(
                    f"de sleutel '{key}' is onbekend.", f"Gebruik een van: {', '.join(keys)}."
                )
        return self

    def has(self, key: str) -> bool:
        return key in self._mapping()

    def codes(self) -> list[str]:
        """Return the keys of a mapping, in their order."""
        return [self._text_of(key, self) for key in self._mapping()]

    def get(self, key: str) -> "Node":
        if key not in self._mapping():
            raise self.fail(f"'{key}' ontbreekt.", "Vul het aan; leeg laten mag niet.")
        return self._child(key)

    def text(self, key: str) -> str:
        """Return a text that is not empty."""
        child = self.get(key)
        found = self._text_of(child._value, child)
        if not found.strip():
            raise child.fail(f"'{key}' is leeg.", "Vul de tekst in.")
        return found

    def boolean(self, key: str) -> bool:
        child = self.get(key)
        if not isinstance(child._value, bool):
            raise child.fail(f"'{key}' is geen waar of onwaar.", "Schrijf precies true of false.")
        return child._value

    def whole(self, key: str) -> int:
        child = self.get(key)
        if not isinstance(child._value, int) or isinstance(child._value, bool):
            raise child.fail(f"'{key}' is geen geheel getal.", "Schrijf een getal, zonder aanhalingstekens.")
        return child._value

    def day(self, key: str) -> date:
        """Return a date, written as 2026-11-01."""
        child = self.get(key)
        if isinstance(child._value, datetime) or not isinstance(child._value, date):
            raise child.fail(f"'{key}' is geen datum.", WRITE_A_DAY)
        return child._value

    def member(self, kind: type[Member], key: str) -> Member:
        child = self.get(key)
        return child.as_member(kind)

    def as_text(self) -> str:
        return self._text_of(self._value, self)

    def as_member(self, kind: type[Member]) -> Member:
        """Return the member of a closed set that this text is the code of."""
        found = self.as_text()
        try:
            return kind(found)
        except ValueError:
            codes = ", ".join(kind)
            raise self.fail(f"'{found}' is onbekend.", f"Gebruik een van: {codes}.") from None

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(child.as_text() for child in self.get(key))

    def members(self, kind: type[Member], key: str) -> tuple[Member, ...]:
        return tuple(child.as_member(kind) for child in self.get(key))

    def __iter__(self) -> Iterator["Node"]:
        """Iterate over a list; a mapping or a single value is refused."""
        if not isinstance(self._value, list):
            raise self.fail(
                "hier hoort een lijst.", "Begin elk element op een nieuwe regel met een streepje."
            )
        for index, value in enumerate(self._value):
            yield Node(value, self._name, self._line_of(index))

    def _mapping(self) -> dict[str, object]:
        if not isinstance(self._value, dict):
            raise self.fail("hier horen sleutels met waarden.", "Schrijf ze als 'sleutel: waarde'.")
        return self._value

    def _child(self, key: str) -> "Node":
        return Node(self._mapping()[key], self._name, self._line_of(key))

    def _line_of(self, key: str | int) -> int:
        # ruamel keeps the place of each value by key or index, counted from nought
        places = getattr(self._value, "lc", None)
        data = getattr(places, "data", None) or {}
        return int(data[key][0]) + 1 if key in data else self._line

    @staticmethod
    def _text_of(value: object, node: "Node") -> str:
        if not isinstance(value, str):
            raise node.fail(
                f"hier hoort tekst en YAML leest '{value}' als {type(value).__name__}.",
                "Zet de tekst tussen aanhalingstekens.",
            )
        if value.lower() in AMBIGUOUS and not isinstance(value, ScalarString):
            raise node.fail(
                f"'{value}' kan als tekst en als waar of onwaar worden gelezen.",
                "Zet het tussen aanhalingstekens, of schrijf true of false.",
            )
        return str(value)


def read_document(path: Path) -> Node:
    """Read a YAML 1.2 file.

    Raises `RegisterError` when the file cannot be read, is not valid YAML or holds a key twice.
    """
    text = _text_in(path)
    try:
        value = _value_in(text)
    except DuplicateKeyError as error:
        raise _at(path, error, "een sleutel staat er twee keer.", "Laat er een staan.") from None
    except _NoDateError as error:
        raise _at(path, error, "dit is geen datum die bestaat.", WRITE_A_DAY) from None
    except MarkedYAMLError as error:
        raise _at(path, error, NO_YAML, LOOK_AT_SIGNS) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise RegisterError(f"{path.name}, regel {line}", NO_YAML, LOOK_AT_SIGNS) from None
    except RecursionError:
        raise RegisterError(
            path.name, "het bestand is te diep genest.", "Een register is enkele lagen diep."
        ) from None
    return Node(value, path.name, 1)


def read_archive(path: Path) -> Node:
    """Read the JSON of a released version, in which every text stands in quotes.

    Raises `RegisterError`. JSON and not YAML: a hundred times as fast, and no text is folded.
    """
    text = _text_in(path)
    try:
        return Node(_quoted(json.loads(text)), path.name, 1)
    except (json.JSONDecodeError, RecursionError):
        raise RegisterError(
            f"versions/{path.name}", "dit is geen geldige JSON.", "Zet het oorspronkelijke bestand terug."
        ) from None


def _quoted(value: object) -> object:
    if isinstance(value, dict):
        return {key: _quoted(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_quoted(item) for item in value]
    return DoubleQuotedScalarString(value) if isinstance(value, str) else value


def _text_in(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        raise RegisterError(
            str(path), "het bestand is niet te lezen.", "Controleer pad en rechten."
        ) from None
    except UnicodeDecodeError:
        raise RegisterError(str(path), "het bestand is geen UTF-8.", "Sla het op als UTF-8.") from None
    if len(text) > LONGEST:
        raise RegisterError(
            path.name, "het bestand is te groot.", f"Een register past in {LONGEST:,} tekens."
        )
    return text


class _NoDateError(ConstructorError):
    """A plain value in the form of a date that no calendar has."""


class _Constructor(RoundTripConstructor):
    def construct_yaml_timestamp(self, node: ScalarNode, values: Any = None) -> date | datetime | TimeStamp:
        try:
            return super().construct_yaml_timestamp(node, values)
        except ValueError:
            raise _NoDateError(problem="no date", problem_mark=node.start_mark) from None


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", _Constructor.construct_yaml_timestamp)


@lru_cache(maxsize=16)
def _value_in(text: str) -> object:
    """Read a text once: it takes some tenths of a second, and a file is often read again unchanged.

    What it returns is shared: a `Node` only looks at it.
    """
    reader = YAML(typ="rt")
    reader.Constructor = _Constructor
    reader.preserve_quotes = True
    return reader.load(text)


def _at(path: Path, error: MarkedYAMLError, problem: str, remedy: str) -> RegisterError:
    line = error.problem_mark.line + 1 if error.problem_mark else 1
    return RegisterError(f"{path.name}, regel {line}", problem, remedy)


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, str | date) else value
