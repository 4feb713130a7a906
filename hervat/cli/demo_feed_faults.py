"""Spoils a message of a feed: one of every kind of fault, under a number of its own.

So what is spoilt stands beside what was meant, and the rest of a feed goes on as it would. Must never: be
told from a real fault by anything but what is wrong with it. Read next: `demo_feed.py`,
`../exchange/rules/faults.py`.
"""

import json
import random
from collections.abc import Callable
from typing import Any, Final

Message = dict[str, Any]


def spoil(line: str, chance: random.Random, number: str) -> str:
    """Return a line that cannot be taken in, made of a good one."""
    message: Message = json.loads(line)
    message["id"] = number
    if chance.random() < 0.1:
        return json.dumps(message, ensure_ascii=False)[: -chance.randint(2, 20)]
    chance.choice(_WAYS)(message, chance)
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def _unknown_kind(message: Message, _: random.Random) -> None:
    message["kind"] = "loonstrook"


def _medical(message: Message, _: random.Random) -> None:
    message["facts"]["diagnose"] = "een verzonnen aandoening"


def _unknown_item(message: Message, _: random.Random) -> None:
    message["facts"]["hobby"] = "postzegels"


def _missing(message: Message, chance: random.Random) -> None:
    facts = message["facts"]
    facts.pop(chance.choice(sorted(facts)))


def _no_date(message: Message, _: random.Random) -> None:
    message["sent_at"] = "gisteren"


def _wrong_value(message: Message, _: random.Random) -> None:
    message["facts"]["employee_number"] = "?"


def _wrong_unit(message: Message, _: random.Random) -> None:
    appointment = message["facts"].get("appointment")
    if isinstance(appointment, dict):
        appointment["unit"] = "Bestaat-niet"
    else:
        _wrong_value(message, _)


def _withdraw_unknown(message: Message, chance: random.Random) -> None:
    facts = message["facts"].get("facts", message["facts"])
    number = facts.get("employee_number", "W1")
    unknown = f"00000000-0000-4000-8000-{chance.randrange(10**12):012d}"
    message["kind"], message["facts"] = "intrekking", {"employee_number": number, "withdraws": unknown}


_WAYS: Final[tuple[Callable[[Message, random.Random], None], ...]] = (
    _unknown_kind,
    _medical,
    _unknown_item,
    _missing,
    _no_date,
    _wrong_value,
    _wrong_unit,
    _withdraw_unknown,
)
