"""Every query of a room is called, and adds its lines: a parent and one for each person it showed.

A query that is not in the table fails, so that a new one cannot go without. That each action adds its own is
for `test_mouths.py`, `test_decisions.py` and the tests of each room.
Read next: `tests/house/test_permits.py`.
"""

import json
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from hervat.access import door
from hervat.access.feed import Feed
from hervat.access.jobs import DIGEST
from hervat.access.refusals import Refusal
from hervat.course.actions.recording import record
from hervat.course.queries import caseload as courses
from hervat.course.queries.continuing import continues
from hervat.course.queries.course import course, course_and_people
from hervat.course.queries.due import due_list
from hervat.course.queries.handing import hand_over
from hervat.course.queries.reported import reported
from hervat.course.queries.story import story
from hervat.course.queries.taking import take_along
from hervat.course.queries.team import team
from hervat.course.queries.whatif import what_if
from hervat.course.queries.work import work_list
from hervat.course.rules.reporting import Report
from hervat.course.rules.values import NewFact
from hervat.course.rules.vocabulary import Kind
from hervat.dossiers.actions.changing import Changing
from hervat.dossiers.queries.assignments import assignments, involved, proposals
from hervat.dossiers.queries.caseload import caseload
from hervat.dossiers.queries.history import history
from hervat.dossiers.queries.overview import overview
from hervat.dossiers.queries.search import find, search
from hervat.dossiers.rules.vocabulary import Field, Status
from hervat.exchange.actions.receive import receive
from hervat.exchange.queries.quarantine import open_quarantined, quarantine
from hervat.journal.models import Line
from hervat.organisation.queries import lists
from hervat.organisation.queries.colleagues import colleagues
from hervat.organisation.queries.deputies import deputies
from hervat.organisation.queries.names import names_of_readers
from hervat.organisation.queries.preferences import own_preferences
from hervat.organisation.queries.readers import digest_readers, reader
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item, Operation, Role, Source

from ..cast import BRIGADE, TODAY
from ..dossiers.files import FIRST_SICK, OPENED, feed, own_permit
from ..exchange.sending import sick
from ..house.graph import our_house
from ..house.test_permits import entrances
from .asking import TRACE, asks
from .rule import Relation
from .world import World

NUMBER = Field.EMPLOYEE_ID
Read = Callable[[Permit, World], Any]
OF_A_DOSSIER: dict[str, Read] = {
    "dossiers/queries/overview.py:overview": lambda permit, _: overview(permit),
    "dossiers/queries/history.py:history": lambda permit, _: history(permit, Field.NAME),
    "course/queries/course.py:course": lambda permit, _: course(permit),
    "course/queries/course.py:course_and_people": lambda permit, _: course_and_people(permit, None),
    "course/queries/story.py:story": lambda permit, _: story(permit),
    "course/queries/whatif.py:what_if": lambda permit, _: what_if(permit, [NewFact(Kind.RECOVERED, TODAY)]),
    "course/queries/continuing.py:continues": lambda permit, world: continues(
        permit, _of_world(world), date(2027, 3, 1)
    ),
}
OF_USERS_HERE: dict[str, Read] = {
    "dossiers/queries/assignments.py:assignments": lambda permit, _: assignments(permit),
    "dossiers/queries/assignments.py:involved": lambda permit, _: involved(permit),
    "organisation/queries/colleagues.py:colleagues": lambda permit, _: colleagues(
        permit=permit, role=Role.LABOUR_EXPERT
    ),
}
OF_PROPOSALS: dict[str, Read] = {
    "dossiers/queries/assignments.py:proposals": lambda permit, _: proposals(permit),
}
OF_A_LIST: dict[str, Read] = {
    "dossiers/queries/caseload.py:caseload": lambda permit, _: caseload(permit),
    "course/queries/caseload.py:caseload": lambda permit, _: courses.caseload(permit),
    "course/queries/taking.py:take_along": lambda permit, _: take_along(
        permit, filters=courses.Filters(), sort=courses.Sort.NEXT_DUE
    ),
    "course/queries/team.py:team": lambda permit, _: team(permit),
    "course/queries/handing.py:hand_over": lambda permit, _: hand_over(permit),
    "course/queries/due.py:due_list": lambda permit, _: due_list(permit, date(2027, 3, 1)),
    "course/queries/reported.py:reported": lambda permit, world: reported(permit, _report(world)),
    "dossiers/queries/search.py:search": lambda permit, _: search(permit, "zieke zwaluw"),
    "dossiers/queries/search.py:find": lambda permit, world: find(
        permit, item=Item.EMPLOYEE_ID, number=str(world.pair.person.facts[NUMBER])
    ),
}
OF_ASSIGNED: dict[str, Read] = {
    "course/queries/work.py:work_list": lambda permit, _: work_list(permit),
}
OF_INCOMING: dict[str, Read] = {
    "exchange/queries/quarantine.py:quarantine": lambda permit, _: quarantine(permit),
    "exchange/queries/quarantine.py:open_quarantined": lambda permit, _: open_quarantined(
        permit, UUID(bad_message()["id"])
    ),
}
OF_NOBODY = {
    "course/queries/caseload.py:counters",
    "course/queries/due.py:due_counts",
    "organisation/queries/succession.py:successions",
}
"""Counts, and shows nobody: the parent line alone says who counted (tests/course/test_lists.py)."""
OF_USERS: dict[str, Read] = {
    "postings_of": lambda permit, world: lists.postings_of(permit=permit, user=_somebody(world), on=TODAY),
    "holders": lambda permit, _: lists.holders(permit=permit, on=TODAY, role=Role.AUDITOR),
    "users": lambda permit, _: lists.users(permit=permit),
    "search_users": lambda permit, world: lists.search_users(permit=permit, text=str(_somebody(world))),
    "account_of": lambda permit, world: lists.account_of(permit=permit, user=_somebody(world)),
    "names_of": lambda permit, world: lists.names_of(permit=permit, users=[_somebody(world)]),
    "waiting": lambda permit, _: lists.waiting(permit=permit, on=TODAY),
    "find_user": lambda permit, world: lists.find_user(permit=permit, who=str(_somebody(world))),
}
OF_USERS |= {"deputies": lambda permit, world: deputies(permit=permit, on=TODAY, user=_somebody(world))}
OF_USERS |= {"own_preferences": lambda permit, _: own_preferences(permit=permit)}
OF_ONESELF: dict[str, Read] = {
    "names.py:names_of_readers": lambda permit, world: names_of_readers(
        permit=permit, readers=[_somebody(world)]
    ),
}


OF_THE_DIGEST: dict[str, Read] = {
    "readers.py:digest_readers": lambda permit, _: digest_readers(permit=permit, on=TODAY),
    "readers.py:reader": lambda permit, world: reader(permit=permit, user=_somebody(world), on=TODAY),
}
_FILE = {"deputies": "deputies", "own_preferences": "preferences"}


def _somebody(world: World) -> Any:
    return world.users[Role.AUDITOR, Relation.OWN_UNIT]


def _report(world: World) -> Report:
    facts = world.pair.person.facts
    return Report(
        employee_number=str(facts[NUMBER]), name=str(facts[Field.NAME]), first_sick_on=date(2027, 3, 1)
    )


def _of_world(world: World) -> Changing:
    return Changing(
        dossier=world.pair.open.dossier,
        person=world.pair.open.person,
        unit=BRIGADE.id,
        version=1,
        status=Status.OPEN,
        first_sick_on=FIRST_SICK,
        opened_on=OPENED,
    )


def _begin(world: World) -> None:
    """Record the sick report of the open dossier, so that it stands in the lists of courses."""
    report = [NewFact(Kind.SICK, FIRST_SICK)]
    record(
        permit=feed(world.pair.person.unit.id),
        expected_version=None,
        facts=report,
        dossier=world.pair.open.dossier,
    )


def bad_message() -> dict[str, Any]:
    """A message that is set apart, of no unit."""
    return sick(appointment={})


def _incoming(world: World) -> Permit | Refusal:
    feed = Feed(on=TODAY, source=Source.JOB, demo=True)
    receive(admits=feed, text=json.dumps(bad_message()))
    adviser = world.users[Role.PO_ADVISER, Relation.OWN_UNIT]
    return door.incoming(asks(adviser, operation=Operation.REPORT_SICKNESS))


def _permit(world: World, kind: dict[str, Read]) -> Permit:
    if kind is OF_ONESELF:
        return own_permit(world.pair.person)
    if kind is OF_PROPOSALS:
        guide = world.users[Role.DCR_GUIDE, Relation.PROPOSED]
        return door.proposals(asks(guide, operation=Operation.REFER))[0]
    if kind is OF_ASSIGNED:
        physician = world.users[Role.EGB_PHYSICIAN, Relation.ASSIGNED]
        answer = door.caseload(asks(physician, operation=Operation.LIST_CASELOAD))
        assert isinstance(answer, Permit)
        return answer
    if kind is OF_THE_DIGEST:
        purpose = door.desk_purpose(Operation.ADMINISTER_USERS, TODAY)
        return door.for_job(DIGEST, purpose, on=TODAY, trace=TRACE)
    commander = world.users[Role.COMMANDER, Relation.OWN_UNIT]
    if kind is OF_USERS_HERE:
        asked = asks(commander, operation=Operation.REFER)
        entered = door.enter(asked, world.pair.open.case_number)
        assert isinstance(entered, Permit)
        about = door.about_users(asked, entered)
        assert isinstance(about, Permit)
        return about
    administrator = world.users[Role.ADMINISTRATOR, Relation.OWN_UNIT]
    desk, users = door.desk_purpose(Operation.ADMINISTER_USERS, TODAY), Operation.ADMINISTER_USERS
    answer = (
        door.enter(asks(commander), world.pair.open.case_number)
        if kind is OF_A_DOSSIER
        else door.caseload(asks(commander, operation=Operation.LIST_CASELOAD))
        if kind is OF_A_LIST
        else _incoming(world)
        if kind is OF_INCOMING
        else door.administer(asks(administrator, desk, operation=users))
    )
    assert isinstance(answer, Permit)
    return answer


def test_the_tables_name_every_query_of_every_room() -> None:
    named = {
        f"hervat/{where}" for where in (*OF_A_DOSSIER, *OF_A_LIST, *OF_ASSIGNED, *OF_INCOMING, *OF_NOBODY)
    }
    named |= {f"hervat/{where}" for where in (*OF_ASSIGNED, *OF_USERS_HERE, *OF_PROPOSALS)}
    named |= {f"hervat/organisation/queries/{_FILE.get(name, 'lists')}.py:{name}" for name in OF_USERS}
    named |= {f"hervat/organisation/queries/{where}" for where in (*OF_ONESELF, *OF_THE_DIGEST)}

    assert {one.where for one in entrances(our_house(), "queries")} == named


@pytest.mark.parametrize(
    "kind",
    [
        *(OF_A_DOSSIER, OF_USERS_HERE, OF_A_LIST, OF_ASSIGNED, OF_PROPOSALS, OF_INCOMING, OF_USERS),
        *(OF_ONESELF, OF_THE_DIGEST),
    ],
    ids=[
        *("dossier", "colleagues", "list", "assigned", "proposals", "incoming", "users"),
        *("oneself", "digest"),
    ],
)
def test_each_query_adds_a_parent_and_a_line_for_each_person(world: World, kind: dict[str, Read]) -> None:
    if kind in (OF_A_LIST, OF_ASSIGNED):
        _begin(world)
    for where, read in kind.items():
        permit = _permit(world, kind)
        before = Line.objects.order_by("-id").values_list("id", flat=True)[0]

        read(permit, world)

        parent, *children = Line.objects.filter(id__gt=before).order_by("id")
        assert parent.parent_span_id is None, where
        assert all(bytes(line.parent_span_id) == bytes(parent.span_id) for line in children), where
        assert {line.actor for line in (parent, *children)} == {permit.actor}, where
        assert {line.purpose for line in (parent, *children)} == {permit.purpose}, where
        assert children, where
        subjects = [(line.subject, line.object_id) for line in children]
        assert len(subjects) == len(set(subjects)), where
