"""`hervat demo feed`: what a personnel system might send about invented people, the same for the same seed.

For trying the import, for benches and tests: sickness of every length, percentages, relapses within and
beyond four weeks, leave, corrections, messages that come twice or late, and with --bad of every kind of fault
beside the good ones. Must never: name somebody who exists (the BSNs begin with 9999, the addresses lead
nowhere), or need a database. Read next: `demo_feed_people.py`, `demo_feed_course.py`, `demo_feed_faults.py`.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from hervat.cli.demo_feed_course import Message, course_of, number_of, units_message
from hervat.cli.demo_feed_faults import spoil
from hervat.cli.demo_feed_people import invent
from hervat.cli.parser import in_range

_TWICE: Final = 0.03
_MOST_PEOPLE: Final = 80_000
_FIRST: Final = 5_000
"""The people of a feed by command are others than those of the demo itself, so it can be taken in there."""


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = verbs.add_parser("feed", help="verzin berichten van een personeelssysteem, als JSON Lines")
    parser.add_argument(
        "--people", type=in_range(1, _MOST_PEOPLE), required=True, metavar="N", help="over hoeveel mensen"
    )
    parser.add_argument(
        "--seed", type=in_range(0, 999_999_999), default=1, metavar="S", help="dezelfde geeft hetzelfde (1)"
    )
    parser.add_argument(
        "--bad", type=in_range(0, 100), default=0, metavar="PERCENTAGE", help="hoeveel er niet kloppen (0)"
    )
    parser.add_argument("--on", type=_day, metavar="DATUM", help="de laatste dag (vandaag)")
    parser.set_defaults(run=_run)


def lines(people: int, seed: int, on: date, bad: int = 0, *, first: int = 0) -> Iterator[str]:
    """Yield the lines of a feed up to a day: each person's own in order, all of them in the order sent.

    `first` is the number of the first person: who follow another feed are others.
    """
    chance = random.Random(f"hervat feed {seed}")  # noqa: S311 - to invent with, not to hide
    yield _line(units_message(seed, on))
    sent: list[tuple[str, int, int, Message]] = []
    for number in range(first, first + people):
        own = course_of(invent(number, seed), random.Random(f"{seed}:{number}"), on)  # noqa: S311
        sent += [(message["sent_at"], number, place, message) for place, message in enumerate(own)]
    sent.sort(key=lambda one: one[:3])
    for _, number, place, message in sent:
        line = _line(message)
        if _is(chance, bad / 100):
            yield spoil(line, chance, number_of(seed, number, f"bad {place}"))
        yield line
        if _is(chance, _TWICE):
            yield line


def _is(chance: random.Random, likely: float) -> bool:
    return chance.random() < likely


def _line(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def _run(arguments: argparse.Namespace) -> int:
    from hervat.cli.administering import today

    on = arguments.on or today()
    for line in lines(arguments.people, arguments.seed, on, arguments.bad, first=_FIRST):
        sys.stdout.write(f"{line}\n")
    return 0


def _day(given: str) -> date:
    from hervat.cli.administering import day

    return day(given)
