"""A message that was set apart, with some members put right; and which item of the register a member is.

Members go by the path by which faults name them ('person.bsn', 'first_sick_on'); those of a correction are
those of what it corrects. Must never: add a member that no message has. Read next: `reading.py`,
`../actions/quarantine.py`, `../queries/quarantine.py`.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from hervat.exchange.rules.members import ITEM
from hervat.exchange.rules.schema import schema
from hervat.register.vocabulary import Item

OF_THE_MESSAGE = frozenset({"kind", "sent_at"})
_OF_UNITS = "UnitFacts"


def put_right(kept: str, changes: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a message with these members put right; None for what is no message at all.

    >>> put_right('{"facts":{"first_sick_on":"x"}}', {"first_sick_on": "2026-11-20"})
    {'facts': {'first_sick_on': '2026-11-20'}}
    """
    try:
        said = json.loads(kept)
    except ValueError:
        return None
    if not isinstance(said, dict):
        return None
    for path, value in changes.items():
        _put(said, path, value)
    return said


def members_of(kept: str) -> Iterator[tuple[str, str]]:
    """Yield each member of a message by its path, with what it says as text."""
    try:
        said = json.loads(kept)
    except ValueError:
        return
    if isinstance(said, dict):
        yield from ((name, _shown(said[name])) for name in ("kind", "sent_at") if name in said)
        yield from _leaves(_facts_of(said), "")


@cache
def item_of(path: str) -> Item | None:
    """Return the item that a member is, or None for one that is about nobody.

    >>> item_of("person.address.town"), item_of("units.0.name")
    (<Item.NAME_AND_ADDRESS: 'naw-gegevens'>, None)
    """
    if path.startswith("units"):
        return None
    return _items().get(path.rpartition(".")[2])


@cache
def _items() -> Mapping[str, Item]:
    return {
        name: Item(part[ITEM])
        for title, definition in schema()["$defs"].items()
        if title != _OF_UNITS
        for name, part in definition.get("properties", {}).items()
        if ITEM in part
    }


def _put(said: dict[str, Any], path: str, value: Any) -> None:
    if path in OF_THE_MESSAGE:
        said[path] = value
        return
    *above, last = path.split(".")
    node: Any = _facts_of(said)
    for step in above:
        node = _below(node, step)
    if not isinstance(node, dict):
        return
    if value is None:
        node.pop(last, None)
    else:
        node[last] = value


def _below(node: Any, step: str) -> Any:
    """Return the part of a message at a step; of a list only what is there, of the rest also a new part."""
    if isinstance(node, list):
        return node[int(step)] if step.isdecimal() and int(step) < len(node) else None
    if not isinstance(node, dict):
        return None
    inner = node.get(step)
    if not isinstance(inner, dict | list):
        inner = node[step] = {}
    return inner


def _facts_of(said: dict[str, Any]) -> dict[str, Any]:
    """Return the facts of a message; those of a correction are inside it."""
    facts = said.get("facts")
    if not isinstance(facts, dict):
        facts = said["facts"] = {}
    inner = facts.get("facts")
    return inner if isinstance(inner, dict) else facts


def _leaves(node: Any, path: str) -> Iterator[tuple[str, str]]:
    parts = node.items() if isinstance(node, dict) else enumerate(node)
    for step, part in parts:
        here = f"{path}.{step}" if path else str(step)
        if isinstance(part, dict | list):
            yield from _leaves(part, here)
        else:
            yield here, _shown(part)


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
