"""Facts for Hypothesis: any course that can be, as facts; and the facts of tests, by name."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

from hypothesis import strategies as st

from hervat.course.rules.folding import FIELDS, Happened
from hervat.course.rules.planning import Plan, Planned
from hervat.course.rules.values import Detail, NewFact, SanctionTerms
from hervat.course.rules.vocabulary import Kind, Method
from hervat.law.vocabulary import LeaveKind, SameCause, SanctionKind

from ..law.situations import leaves, spells

MONDAY = date(2024, 1, 1)


def new(kind: Kind, day: date, detail: Detail | None = None, last_day: date | None = None) -> NewFact:
    """A fact to be recorded."""
    return NewFact(kind, day, last_day, detail)


def sick(day: date) -> NewFact:
    return new(Kind.SICK, day)


def fit(day: date) -> NewFact:
    return new(Kind.RECOVERED, day)


def contact(day: date, how: Method = Method.PHONE) -> NewFact:
    return new(Kind.CONTACT, day, how)


@st.composite
def courses(draw: st.DrawFn) -> tuple[Happened, ...]:
    """The facts of one dossier, in the order of their days, that can be together."""
    around = draw(spells(at_most=4))
    found = [Happened(Kind.SICK, spell.first_sick_day) for spell in around]
    found += [Happened(Kind.RECOVERED, spell.first_fit_day) for spell in around if spell.first_fit_day]
    for leave in draw(leaves(around)):
        found.append(Happened(Kind.LEAVE, leave.first_day, leave.last_day, LeaveKind.MATERNITY))
        if draw(st.booleans()):
            found.append(Happened(Kind.LEAVE_CAUSE, leave.first_day, detail=draw(st.sampled_from(SameCause))))
    first = around[0].first_sick_day
    days = st.integers(0, 900).map(lambda later: first + timedelta(later))
    for kind in draw(st.sets(st.sampled_from(sorted(FIELDS.keys() - {Kind.REPAIR, Kind.FINDING})))):
        found += [Happened(kind, day) for day in draw(st.sets(days, min_size=1, max_size=3))]
    if draw(st.booleans()):
        found.append(Happened(Kind.SANCTION, draw(days), detail=draw(sanctions())))
    found += [Happened(Kind.CONTACT, day, detail=Method.VISIT) for day in draw(st.lists(days, max_size=3))]
    hours = st.sets(st.integers(0, 100), max_size=4)
    for week in draw(hours):
        monday = first + timedelta(7 * week - first.weekday())
        found.append(Happened(Kind.OWN_HOURS, monday, detail=draw(st.integers(0, 160))))
    return tuple(found)


def sanctions() -> st.SearchStrategy[SanctionTerms]:
    return st.builds(SanctionTerms, st.none() | st.integers(1, 52), st.none() | st.sampled_from(SanctionKind))


def as_new(fact: Happened) -> NewFact:
    """The same fact, as somebody records it."""
    return NewFact(fact.kind, fact.happened_on, fact.last_day, fact.detail)


def without_details(facts: tuple[Happened, ...]) -> tuple[Happened, ...]:
    """The same facts, where nothing was opened but the causes of leave."""
    return tuple(one if one.kind is Kind.LEAVE_CAUSE else replace(one, detail=None) for one in facts)


def with_ids(made: Plan) -> tuple[Planned, ...]:
    """What a plan comes to when it was stored."""
    return tuple(one._replace(id=one.id or uuid4()) for one in made.dues)
