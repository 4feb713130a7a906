"""What happens to an invented person, as messages: mostly nothing, sometimes a sickness, seldom a long one.

Lengths and shares are chosen to be believable, not measured. One person's messages stand in their own order.
Must never: say why somebody is sick. Read next: `demo_feed.py`, docs/personnel-feed.md.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

from hervat.access.cast import UNITS
from hervat.cli.demo_feed_people import Invented
from hervat.dossiers.rules.vocabulary import Sex
from hervat.exchange.rules.members import LeaveWord
from hervat.exchange.rules.vocabulary import MessageKind

Message = dict[str, Any]
_SPACE: Final = UUID("b6d1f3a0-9c42-4f57-8e1b-7a3c5d2e9f10")
_DAY: Final = timedelta(days=1)
_HISTORY: Final = 800
_LENGTHS: Final = ((0.45, 3, 14), (0.25, 15, 60), (0.18, 61, 300), (0.12, 301, 730))
"""How likely a sickness lasts from so many to so many days."""


def number_of(seed: int, person: int, what: str) -> str:
    """Return the number of a message: the same for the same seed."""
    return str(uuid5(_SPACE, f"{seed}/{person}/{what}"))


def units_message(seed: int, on: date) -> Message:
    """Return the tree of units of the demo."""
    units = [
        {"abbreviation": one.abbreviation, "name": one.name, "kind": one.kind.value, "above": one.parent}
        for one in UNITS
    ]
    sent = _moment(on - timedelta(days=_HISTORY + 1), 6)
    return {
        "id": number_of(seed, -1, "units"),
        "kind": "eenheden",
        "sent_at": sent,
        "facts": {"units": units},
    }


def course_of(who: Invented, chance: random.Random, on: date) -> list[Message]:
    """Return all that is sent about somebody up to a day, in order."""
    return list(_sent(_Teller(who, chance, on)))


class _Teller:
    """Makes the messages about one person, each later than the one before."""

    def __init__(self, who: Invented, chance: random.Random, on: date) -> None:
        self.who, self.chance, self.on = who, chance, on
        self.told = 0
        self.last: str = ""

    def tell(self, kind: MessageKind, day: date, facts: Message, name: str = "") -> Message:
        """Make a message that is sent on a day or, one in twenty, days later; never before the one before."""
        late = self.chance.randint(2, 9) if self.chance.random() < 0.05 else 0
        self.told += 1
        sent = _moment(min(day + late * _DAY, self.on), 7 + self.told % 10)
        self.last = max(sent, self.last)
        said = (
            facts
            if kind is MessageKind.CORRECTION
            else {"employee_number": self.who.employee_number, **facts}
        )
        number = number_of(self.who.seed, self.who.number, name or f"{self.told}")
        return {"id": number, "kind": kind.value, "sent_at": self.last, "facts": said}

    def is_(self, likely: float) -> bool:
        return self.chance.random() < likely


def _sent(teller: _Teller) -> Iterator[Message]:
    chance, day = teller.chance, teller.on - timedelta(days=teller.chance.randrange(20, _HISTORY))
    if teller.is_(0.5):
        yield from _loose(teller, day - 10 * _DAY)
    if teller.is_(0.35):
        return
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        fit: date | None = None
        for message, until in _sickness(teller, day):
            fit = until
            yield message
        if fit is None or fit >= teller.on:
            return
        day = fit + chance.choice((chance.randint(3, 27), chance.randint(28, 120))) * _DAY
        if day >= teller.on:
            return


def _sickness(teller: _Teller, first: date) -> Iterator[tuple[Message, date | None]]:
    """Yield the messages of one sickness, each with the first fit day once that is known."""
    chance, on = teller.chance, teller.on
    until = first + _length(chance) * _DAY
    kind = MessageKind.SICK if teller.told < 2 or teller.is_(0.5) else MessageKind.RELAPSE
    report = teller.tell(kind, first, _report(teller.who, first))
    yield report, None
    if teller.is_(0.04):
        right = _report(teller.who, first - _DAY)
        facts = {"corrects": report["id"], "kind": kind.value, "facts": right | _number(teller.who)}
        yield teller.tell(MessageKind.CORRECTION, first + _DAY, facts), None
    for message in _meanwhile(teller, first, min(until, on)):
        yield message, None
    if until >= on:
        return
    fit = teller.tell(MessageKind.RECOVERY, until, {"first_fit_on": str(until)})
    yield fit, until
    if teller.is_(0.03) and until + _DAY < on:
        right = {"first_fit_on": str(until + _DAY), **_number(teller.who)}
        facts = {"corrects": fit["id"], "kind": "herstel", "facts": right}
        yield teller.tell(MessageKind.CORRECTION, until + _DAY, facts), until + _DAY


def _meanwhile(teller: _Teller, first: date, until: date) -> Iterator[Message]:
    """Yield what comes while somebody is sick: percentages, leave, new facts, another unit."""
    chance, day, absent = teller.chance, first, 100
    while (day := day + chance.randint(14, 60) * _DAY) < until:
        if absent > 20 and teller.is_(0.6):
            absent = max(10, absent - chance.choice((10, 20, 25, 40)))
            facts: Message = {"since": str(day), "percentage": absent}
            yield teller.tell(MessageKind.PERCENTAGE, day, facts)
        elif teller.is_(0.3):
            yield from _loose(teller, day)
        elif teller.is_(0.12) and (until - day).days > 120:
            facts, day = _leave(teller, day)
            yield teller.tell(MessageKind.LEAVE, day - _DAY, facts)
        elif teller.is_(0.1):
            ends = day + chance.randint(60, 500) * _DAY
            yield teller.tell(MessageKind.END, day, {"ends_on": str(ends)})


def _leave(teller: _Teller, day: date) -> tuple[Message, date]:
    """Return leave from a day on, and the day after it."""
    if teller.who.sex is Sex.WOMAN and teller.is_(0.6):
        word, days = LeaveWord.MATERNITY, 112
    else:
        word, days = teller.chance.choice((LeaveWord.ADOPTION, LeaveWord.OTHER)), 28
    last = day + (days - 1) * _DAY
    return {"first_day": str(day), "last_day": str(last), "leave": word.value}, last + _DAY


def _loose(teller: _Teller, day: date) -> Iterator[Message]:
    if teller.is_(0.6):
        phone = f"+31 6 {teller.chance.randrange(1000):08d}"
        yield teller.tell(MessageKind.PERSON, day, {"person": {"phone": phone}})
    else:
        job = {"job_description": f"{teller.who.job} (waarnemend)"}
        yield teller.tell(MessageKind.APPOINTMENT, day, {"appointment": job})


def _report(who: Invented, first: date) -> Message:
    return {
        "first_sick_on": str(first),
        "percentage": 100,
        "person": {
            "name": who.name,
            "address": {
                "street": f"Nergensstraat {who.number + 1}",
                "postcode": "0000 ZZ",
                "town": "Nergenshuizen",
            },
            "birth_date": str(who.born),
            "sex": who.sex.value,
            "email": f"{who.employee_number.lower()}@demo.hervat.invalid",
            "phone": "+31 6 00000000",
            "bsn": who.bsn,
            "payroll_tax_number": "000000000L01",
        },
        "appointment": {
            "unit": who.unit,
            "service_branch": who.branch.value,
            "job_description": who.job,
            "duties": f"Werkt als {who.job.lower()} bij {who.unit}.",
        },
    }


def _number(who: Invented) -> Message:
    return {"employee_number": who.employee_number}


def _length(chance: random.Random) -> int:
    drawn = chance.random()
    for likely, shortest, longest in _LENGTHS:
        if drawn < likely:
            return chance.randint(shortest, longest)
        drawn -= likely
    return _LENGTHS[-1][2]


def _moment(day: date, hour: int) -> str:
    return datetime.combine(day, time(hour), UTC).isoformat().replace("+00:00", "Z")
