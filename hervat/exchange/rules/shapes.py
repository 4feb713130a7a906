"""Which form a member of a message has, for who puts it right: a line of text, a day, a number, a choice.

Read from the schema that senders get, so a form offers what a message may say and nothing else.
Must never: decide whether a value will do; the message itself is read anew. Read next: `putting_right.py`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Final

from hervat.exchange.rules.putting_right import OF_THE_MESSAGE
from hervat.exchange.rules.schema import schema
from hervat.exchange.rules.vocabulary import MessageKind

_DAY: Final = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})", re.ASCII)
_UNITS: Final = "units"
_UNIT_FACTS: Final = "UnitFacts"
_YES: Final = frozenset({"ja", "true"})
_NO: Final = frozenset({"nee", "false"})
_LONG: Final = 1_000


class Form(Enum):
    """How a member is filled in."""

    LINE = "regel"
    TEXT = "tekst"
    DAY = "dag"
    NUMBER = "getal"
    YES_NO = "ja of nee"
    CHOICE = "keuze"


@dataclass(frozen=True, slots=True)
class Shape:
    """How a member is filled in, and from which codes it is chosen."""

    form: Form = Form.LINE
    codes: tuple[str, ...] = ()


def shape_of(path: str) -> Shape:
    """Return how a member is filled in, by its path.

    >>> shape_of("person.birth_date").form, shape_of("person.sex").codes
    (<Form.DAY: 'dag'>, ('man', 'vrouw', 'x'))
    """
    if path == "kind":
        return Shape(Form.CHOICE, tuple(one.value for one in MessageKind))
    if path in OF_THE_MESSAGE:
        return Shape()
    of_units = path.partition(".")[0] == _UNITS
    return _shapes(of_units).get(path.rpartition(".")[2], Shape())


def typed(path: str, text: str) -> Any:
    """Return what somebody typed as a message says it; what is none is left as it was typed.

    >>> typed("first_sick_on", "5-10-2026"), typed("percentage", "50"), typed("percentage", "half")
    ('2026-10-05', 50, 'half')
    """
    match shape_of(path).form:
        case Form.DAY:
            return _day(text)
        case Form.NUMBER if text.isascii() and text.isdecimal() and len(text) < 10:
            return int(text)
        case Form.YES_NO if text.casefold() in _YES | _NO:
            return text.casefold() in _YES
        case _:
            return text


def day_typed(text: str) -> str:
    """Return a day of a message as somebody types one; what is none is left as it was.

    >>> day_typed("2026-10-05"), day_typed("2026-02-30")
    ('5-10-2026', '2026-02-30')
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day}-{day.month}-{day.year}"


def _day(text: str) -> str:
    found = _DAY.fullmatch(text)
    if found is None:
        return text
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return text


@cache
def _shapes(of_units: bool) -> Mapping[str, Shape]:
    definitions = schema()["$defs"]
    return {
        name: _shape(part, definitions)
        for title, definition in definitions.items()
        if (title == _UNIT_FACTS) is of_units
        for name, part in definition.get("properties", {}).items()
    }


def _shape(part: Mapping[str, Any], definitions: Mapping[str, Any]) -> Shape:
    said = next((one for one in part.get("anyOf", ()) if one.get("type") != "null"), part)
    named = definitions.get(str(said.get("$ref", "")).rpartition("/")[2], {})
    if "enum" in named:
        return Shape(Form.CHOICE, tuple(named["enum"]))
    if said.get("format") == "date":
        return Shape(Form.DAY)
    kinds = {"integer": Form.NUMBER, "boolean": Form.YES_NO}
    plain = Form.TEXT if said.get("maxLength", 0) > _LONG else Form.LINE
    return Shape(kinds.get(str(said.get("type")), plain))
