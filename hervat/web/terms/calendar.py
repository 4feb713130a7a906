"""A calendar file with the days still to come, to take along.

An event says which term ends and where that stands, and nothing about anybody: calendars are shared, and
synchronised to telephones. Must never: say who it is about, or that somebody is sick.
Read next: `views.py`, `../presenters/terms_words.py` (the names).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils.crypto import salted_hmac
from icalendar import Calendar, Event

from hervat.law.milestones import Milestone
from hervat.law.parameters import Article
from hervat.law.steps import Step
from hervat.law.timeline import Timeline
from hervat.law.vocabulary import StepId
from hervat.law.words import long_date
from hervat.web.presenters.terms import DONE
from hervat.web.presenters.terms_words import SHORT

MEDIA_TYPE = "text/calendar; charset=utf-8"
FILE_NAME = "termijnen.ics"


def calendar_file(found: Timeline, now: datetime) -> bytes:
    """Return the days of a timeline that are still to come, as a calendar file."""
    calendar = Calendar()
    calendar.add("prodid", "-//Hervat//Termijnen//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for event in _events(found, now):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(found: Timeline, now: datetime) -> Iterator[Event]:
    case, first = found.latest, found.latest.first_sick_day
    for step in case.steps:
        if step.due_on >= found.on and step.status not in DONE:
            yield _event(step.id, step.due_on, step.article, _window(step), first, now)
    for stone in case.milestones:
        if stone.last_day >= found.on and stone.id is not StepId.SICK_REPORT:
            yield _event(stone.id, stone.last_day, stone.article, _after(stone), first, now)


def _event(step: StepId, day: date, article: Article, more: str, first: date, now: datetime) -> Event:
    event = Event()
    event.add("uid", _uid(step, first))
    event.add("dtstamp", now)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(1))
    event.add("summary", f"Termijn: {_inside_a_sentence(SHORT[step])}")
    event.add("description", "\n".join(part for part in (more, article.text, article.link) if part))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _inside_a_sentence(name: str) -> str:
    return name[0].lower() + name[1:] if name[1].islower() else name


def _uid(step: StepId, first_sick_day: date) -> str:
    """Return an id that stays the same when a date moves, and from which nothing can be read.

    Keyed: there are few days to guess, so a plain digest would give the first sick day away.
    """
    told = salted_hmac("hervat.web.terms.calendar", f"{step.value} {first_sick_day.isoformat()}")
    return f"{told.hexdigest()[:32]}@hervat"


def _window(step: Step) -> str:
    if step.opens_on is None:
        return ""
    return f"Kan vanaf {long_date(step.opens_on)}; dit is de uiterste dag."


def _after(stone: Milestone) -> str:
    return f"Dit is de laatste dag; de eerste dag erna is {long_date(stone.first_day_after)}."
