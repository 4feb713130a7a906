"""What happened to the people of a demo since they fell ill: advice, plan, evaluations, hours and contact.

Recorded by who does it in the cast, with the days they were done on; somebody is behind on something, so that
everybody has something to do. Must never: say anything medical, or record past an action.
Read next: `demo_dossiers.py`.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from hervat.course.actions.recording import record
from hervat.course.rules.values import NewFact
from hervat.course.rules.vocabulary import Kind, Method
from hervat.register.permit import Permit
from hervat.register.vocabulary import Scope, Use

ADVISED: Final = 38
AGREED: Final = 50
EVALUATED_EVERY: Final = 40
REPORTED: Final = 294
LOOKED_BACK: Final = 350
SECOND_TRACK: Final = 385
WEEKS_OF_HOURS: Final = 12
FULL_WEEK: Final = 38 * 4


def facts_of(first: date, on: date, *, behind: int) -> tuple[NewFact, ...]:
    """Return what happened up to some days ago; `behind` is since how many days nobody recorded a step."""
    until = on - timedelta(days=behind)
    found = [*_steps(first, until), *_hours(first, on), *_contacts(first, until)]
    return tuple(one for one in found if one.happened_on <= on)


def record_course(permit: Permit, version: int, facts: tuple[NewFact, ...]) -> int:
    """Record what the permit may write of these facts; return the version of the dossier after it."""
    mine = [one for one in facts if permit.scope(one.kind.item, Use.WRITE) is Scope.FULL]
    if not mine:
        return version
    return record(permit=permit, expected_version=version, facts=mine).version


def _steps(first: date, until: date) -> Iterator[NewFact]:
    days = (until - first).days
    if days >= ADVISED:
        yield NewFact(Kind.OPINION, first + timedelta(days=ADVISED))
    if days >= AGREED:
        yield NewFact(Kind.PLAN, first + timedelta(days=AGREED))
    for day in range(AGREED + EVALUATED_EVERY, days + 1, EVALUATED_EVERY):
        yield NewFact(Kind.EVALUATION, first + timedelta(days=day))
    if days >= REPORTED:
        yield NewFact(Kind.WEEK_42, first + timedelta(days=REPORTED))
    if days >= LOOKED_BACK:
        yield NewFact(Kind.FIRST_YEAR, first + timedelta(days=LOOKED_BACK))
    if days >= SECOND_TRACK:
        yield NewFact(Kind.SECOND_TRACK, first + timedelta(days=SECOND_TRACK))


def _hours(first: date, on: date) -> Iterator[NewFact]:
    """Two weeks of own work more every month, at first in adapted work."""
    begun = first - timedelta(days=first.weekday()) + timedelta(weeks=6)
    monday = max(begun, on - timedelta(days=on.weekday(), weeks=WEEKS_OF_HOURS))
    week = (monday - begun).days // 7
    while monday <= on:
        own, adapted = min(week * 3, FULL_WEEK * 3 // 4), max(0, 48 - week)
        yield NewFact(Kind.OWN_HOURS, monday, detail=own)
        yield NewFact(Kind.ADAPTED_HOURS, monday, detail=adapted)
        monday, week = monday + timedelta(weeks=1), week + 1


def _contacts(first: date, until: date) -> Iterator[NewFact]:
    methods = (Method.PHONE, Method.VISIT, Method.CONVERSATION)
    for number, day in enumerate(range(3, (until - first).days, 17)):
        yield NewFact(Kind.CONTACT, first + timedelta(days=day), detail=methods[number % len(methods)])
