"""Reads a YAML file of the law strictly: a value of another kind is refused with file and line.

Small and its own, because the law stands below the register and knows nothing of it. Must never
convert a value silently: a number that YAML made of a text would change the law without a sound.
Read next: `parameters.py`, `step_rules.py`.
"""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from hervat.law.errors import SheetError

HOME = Path(__file__).parent
Member = TypeVar("Member", bound=StrEnum)
Kind = TypeVar("Kind")


class Row:
    """A mapping of a file, with its place. Every reader raises `SheetError`; none has a default."""

    def __init__(self, values: Any, file: str, line: int) -> None:
        self._values = values
        self._file = file
        self._line = line
        if not isinstance(values, dict):
            raise self.fail("hier horen sleutels met waarden", "Schrijf ze als 'sleutel: waarde'.")

    def fail(self, problem: str, remedy: str) -> SheetError:
        return SheetError(f"{self._file}, regel {self._line}: {problem}.", remedy)

    def only(self, *keys: str) -> "Row":
        """Refuse a key other than these."""
        for key in self._values:
            if key not in keys:
                raise self.fail(f"de sleutel '{key}' is onbekend", f"Gebruik een van: {', '.join(keys)}.")
        return self

    def has(self, key: str) -> bool:
        return key in self._values

    def text(self, key: str) -> str:
        found = self._of_kind(key, str, "tekst")
        if not found.strip():
            raise self.fail(f"'{key}' is leeg", "Vul de tekst in.")
        return found

    def whole(self, key: str) -> int:
        found = self._of_kind(key, int, "geheel getal")
        if isinstance(found, bool):
            raise self.fail(f"'{key}' is geen geheel getal", "Schrijf een getal.")
        return found

    def day(self, key: str) -> date:
        found = self._of_kind(key, date, "datum")
        if isinstance(found, datetime):
            raise self.fail(f"'{key}' is een tijdstip", "Schrijf jaar-maand-dag, zonder tijd.")
        return found

    def member(self, kind: type[Member], key: str) -> Member:
        found = self.text(key)
        try:
            return kind(found)
        except ValueError:
            raise self.fail(f"'{found}' is onbekend", f"Gebruik een van: {', '.join(kind)}.") from None

    def row(self, key: str) -> "Row":
        return Row(self._get(key), self._file, self._line_of(self._values, key))

    def rows(self, key: str) -> tuple["Row", ...]:
        found = self._of_kind(key, list, "lijst")
        return tuple(Row(one, self._file, self._line_of(found, index)) for index, one in enumerate(found))

    def named(self) -> Iterator[tuple[str, "Row"]]:
        """Return each key with the mapping under it, in the order of the file."""
        return ((str(key), self.row(key)) for key in self._values)

    def _get(self, key: str) -> Any:
        if key not in self._values:
            raise self.fail(f"'{key}' ontbreekt", "Vul het aan; leeg laten mag niet.")
        return self._values[key]

    def _of_kind(self, key: str, kind: type[Kind], dutch: str) -> Kind:
        found = self._get(key)
        if not isinstance(found, kind):
            raise self.fail(f"'{key}' is geen {dutch}", f"Schrijf hier een {dutch}.")
        return found

    def _line_of(self, holder: Any, key: str | int) -> int:
        # ruamel keeps the place of each value by key or index, counted from nought
        data = getattr(getattr(holder, "lc", None), "data", None) or {}
        return int(data[key][0]) + 1 if key in data else self._line


@cache
def read_sheet(path: Path) -> Row:
    """Read one file. Raises `SheetError` when it is not whole."""
    try:
        values = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except OSError:
        raise SheetError(
            f"{path.name}: het bestand is niet te lezen.", "Installeer Hervat opnieuw."
        ) from None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SheetError(
            f"{path.name}, regel {line}: dit is geen geldige YAML.", "Kijk naar inspringing en leestekens."
        ) from None
    return Row(values, path.name, 1)
