"""Lets people fall ill in every unit of a demo, by messages, and lets who works there record what was done.

Part by part, and in it case by case: what is over is closed before somebody falls ill again. What was done
before is left alone, so it can be done again. Must never: write past an action.
Read next: `demo_population.py`, `demo_staff.py`, `demo_living.py`.
"""

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from hervat.access.door import caseload as list_of
from hervat.access.feed import Feed
from hervat.cli.demo_feed_course import Message, course_of, units_message
from hervat.cli.demo_feed_people import Invented, invent
from hervat.cli.demo_living import asked, let_in, live
from hervat.cli.demo_staff import Team, make_teams
from hervat.course.rules.faults import CourseFault
from hervat.course.rules.reasons import ReasonMissing
from hervat.dossiers.actions.recording import StaleDossier
from hervat.dossiers.queries.caseload import caseload
from hervat.dossiers.queries.rows import Row
from hervat.dossiers.rules.vocabulary import Field
from hervat.exchange.actions.receive import receive
from hervat.exchange.rules.vocabulary import MessageKind
from hervat.register.cells import Shown
from hervat.register.vocabulary import Operation, Role, Source

SICK: Final = 270
FIT: Final = 60
_SEED: Final = 20
_LATELY: Final = timedelta(days=100)
_MOST: Final = 5_000
_PHASE: Final = timedelta(weeks=10)
_OF_A_PHASE: Final = 38
"""Most are ill for a short time; so that later phases are seen too, not more of each are taken."""
_FALLS_ILL: Final = frozenset({MessageKind.SICK.value, MessageKind.RELAPSE.value})
_NEW_CASE: Final = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class _Course:
    """Somebody, and what is sent about them: a row of messages for each case."""

    who: Invented
    cases: tuple[tuple[Message, ...], ...]


def fill_units(on: date, *, sick: int = SICK, fit: int = FIT) -> None:
    """Bring what a personnel system would send, and record what was done about it."""
    feed = Feed(on=on, source=Source.COMMAND_LINE, demo=True)
    _send(feed, [units_message(_SEED, on)])
    people = list(_chosen(on, sick, fit))
    for team in make_teams(on):
        _fill(team, feed, [one for one in people if one.who.unit in team.units])


def _fill(team: Team, feed: Feed, people: Sequence[_Course]) -> None:
    lived: set[UUID] = set()
    for number in range(max((len(one.cases) for one in people), default=1)):
        for one in people:
            if number < len(one.cases):
                _send(feed, one.cases[number])
        _live(team, feed.on, lived)


def _send(feed: Feed, messages: Sequence[Message]) -> None:
    for message in messages:
        receive(admits=feed, text=json.dumps(message, ensure_ascii=False))


def _live(team: Team, on: date, lived: set[UUID]) -> None:
    for row in list(_rows(team.adviser, on)):
        case, number = row.case_number, row.facts[Field.EMPLOYEE_ID]
        if row.dossier in lived or not isinstance(case, Shown) or not isinstance(number, Shown):
            continue
        lived.add(row.dossier)
        hands = team.hands(_commander(team, row))
        with suppress(CourseFault, ReasonMissing, StaleDossier):
            live(str(case.value), hands, on, seed=f"{_SEED} {number.value}")


def _commander(team: Team, row: Row) -> UUID | None:
    unit = row.unit.value if isinstance(row.unit, Shown) else None
    return team.commanders.get(unit) if isinstance(unit, UUID) else None


def _rows(adviser: UUID, on: date) -> Iterator[Row]:
    permit = let_in(list_of(asked(adviser, Role.PO_ADVISER, Operation.LIST_CASELOAD, on)))
    fields = (Field.EMPLOYEE_ID,)
    page = caseload(permit, fields=fields)
    yield from page.rows
    while page.after is not None:
        page = caseload(permit, fields=fields, after=page.after)
        yield from page.rows


def _chosen(on: date, sick: int, fit: int) -> Iterator[_Course]:
    """Yield people of the feed who are ill, of every phase, and some who were until lately."""
    ill: Counter[int] = Counter()
    for number in range(_MOST):
        who = invent(number, _SEED)
        messages = course_of(who, random.Random(f"{_SEED}:{number}"), on)  # noqa: S311 - to invent with
        last = next((one for one in reversed(messages) if _turns(one)), None)
        if last is None:
            continue
        if last["kind"] in _FALLS_ILL:
            phase = (on - _day(last)) // _PHASE
            wanted = ill[phase] < _OF_A_PHASE and ill.total() < sick
            ill[phase] += wanted
        else:
            wanted = fit > 0 and _day(last) > on - _LATELY
            fit -= wanted
        if wanted:
            yield _Course(who, tuple(_cases(messages)))
        if ill.total() == sick and fit == 0:
            return


def _cases(messages: Sequence[Message]) -> Iterator[tuple[Message, ...]]:
    """Yield the messages of each case: four weeks fit, and the next sickness is another."""
    case: list[Message] = []
    fit: date | None = None
    for one in messages:
        if one["kind"] in _FALLS_ILL and fit is not None and _day(one) >= fit + _NEW_CASE:
            yield tuple(case)
            case = []
        case.append(one)
        if _turns(one):
            fit = None if one["kind"] in _FALLS_ILL else _day(one)
    yield tuple(case)


def _turns(message: Message) -> bool:
    return message["kind"] in _FALLS_ILL or message["kind"] == MessageKind.RECOVERY.value


def _day(message: Message) -> date:
    facts = message["facts"]
    return date.fromisoformat(facts.get("first_fit_on") or facts["first_sick_on"])
