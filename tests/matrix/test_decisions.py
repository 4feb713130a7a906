"""A decision is somebody's: a row that decides names who and why, and no job, command or rule decides.

What the law computes reaches no action at all, so no date of it can become a status, a posting or an
assignment; that signals will not either, holds as soon as there are any. Read next: `tests/house/graph.py`.
"""

import ast
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection

from hervat.access import door
from hervat.access.jobs import PERSONNEL_FEED, Job
from hervat.dossiers.actions.assigning import (
    accept_assignment,
    end_assignment,
    propose_assignment,
    reject_assignment,
)
from hervat.dossiers.actions.closing import close_dossier
from hervat.dossiers.models import Assignment, Event
from hervat.dossiers.queries.overview import overview
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.rules.assignments import Proposal
from hervat.dossiers.rules.vocabulary import ClosingReason
from hervat.organisation.actions.deputies import end_deputy, name_deputy
from hervat.organisation.actions.postings import approve, grant, revoke
from hervat.organisation.actions.users import create_user, disable_user
from hervat.organisation.rules.deputies import DeputyReason
from hervat.register.model import PurposeId
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Operation, Role

from ..cast import TODAY
from ..dossiers.journal import lines
from ..house.graph import House, our_house
from ..house.tree import nodes, plant
from .asking import TRACE, asks
from .rule import DONE_FOR, Relation
from .world import World

DECIDING = {
    "hervat.dossiers.actions.assigning": {
        "propose_assignment",
        "accept_assignment",
        "reject_assignment",
        "end_assignment",
    },
    "hervat.dossiers.actions.closing": {"close_dossier", "reopen_dossier"},
    "hervat.organisation.actions.postings": {"grant", "approve", "revoke"},
    "hervat.organisation.actions.deputies": {"name_deputy", "end_deputy"},
    "hervat.organisation.actions.users": {"create_first_administrator", "disable_user"},
}
"""The actions that decide on a status, a posting or an assignment."""
READS_POSTINGS = {("hervat.organisation.actions.units", "close_unit")}
"""Asks whether anybody is posted there still, and writes no posting."""
COMPUTED = ("hervat.law", "hervat.indicators", "hervat.jobs")
"""Where values are computed, or work is done without anybody: no decision may be reached from here."""
HANDS_ON = {
    "hervat.course.actions.closing": {"close", "reopen"},
    "hervat.course.actions.referring": {"propose"},
}
"""Where the course hands on what a person decided, because something is due or not with it. It knows what is
computed, so nothing else of it may reach a decision, and these hand on what they were given."""
WORDS_OF_THE_LAW = {"hervat.law.vocabulary"}
"""The one part of the law that rooms below the course may know: the words that a person fills in."""


# --- what is computed decides nothing ------------------------------------------------------------


def decisions_reached_from_what_is_computed(house: House) -> list[str]:
    return sorted(
        f"{module}.{name} can reach {decided[1]}"
        for module, name in house.names()
        if module.startswith(COMPUTED)
        for decided in house.reached_from((module, name))
        if decided[1] in DECIDING.get(decided[0], ())
    )


def law_known_to_who_decides(house: House) -> list[str]:
    """What of the law or the figures is imported, step by step, by an action that decides, or the door."""
    known = house.imported_from(*DECIDING, "hervat.access.door")
    return sorted(
        one for one in known - WORDS_OF_THE_LAW if one.startswith(("hervat.law.", "hervat.indicators."))
    )


def test_nothing_that_is_computed_reaches_a_decision() -> None:
    assert decisions_reached_from_what_is_computed(our_house()) == []


def decisions_reached_from_the_course(house: House) -> list[str]:
    """Functions of the course that can reach a decision, without those that hand one on."""
    handing = {(module, name) for module, names in HANDS_ON.items() for name in names}
    return sorted(
        f"{module}.{name} can reach {decided[1]}"
        for module, name in set(house.names()) - handing
        if module.startswith("hervat.course.")
        for decided in house.reached_from((module, name))
        if decided[1] in DECIDING.get(decided[0], ())
    )


def computed_and_handed_on(house: House) -> list[str]:
    """Where a function that hands a decision on gives it anything but what it was itself given."""
    decisions = {name for names in DECIDING.values() for name in names}
    return sorted(
        f"{one.where} gives {ast.unparse(key.value)}"
        for one in house.functions("course", kind="actions")
        if one.node.name in HANDS_ON.get(one.module, ())
        for call in nodes(one.node)
        if isinstance(call, ast.Call) and ast.unparse(call.func) in decisions
        for key in call.keywords
        if ast.unparse(key.value) not in {given.arg for given in one.node.args.kwonlyargs}
    )


def test_nothing_that_the_course_computes_reaches_a_decision() -> None:
    assert decisions_reached_from_the_course(our_house()) == []
    assert computed_and_handed_on(our_house()) == []


def test_a_date_of_the_course_on_its_way_to_a_decision_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "hervat/dossiers/actions/closing.py", "def close_dossier(*, permit, on): ...\n")
    closing = "from hervat.dossiers.actions.closing import close_dossier\n"
    good = f"{closing}def close(*, permit, on): close_dossier(permit=permit, on=on)\n"
    plant(tmp_path, "hervat/course/actions/closing.py", good)
    house = House(tmp_path)
    assert decisions_reached_from_the_course(house) == computed_and_handed_on(house) == []

    plant(tmp_path, "hervat/course/actions/closing.py", good.replace("on=on)", "on=plan.recovered_on)"))
    plant(
        tmp_path,
        "hervat/course/actions/recording.py",
        "from hervat.course.actions.closing import close\ndef record(*, permit): close(permit=permit)\n",
    )

    house = House(tmp_path)
    assert decisions_reached_from_the_course(house) == [
        "hervat.course.actions.recording.record can reach close_dossier"
    ]
    assert computed_and_handed_on(house) == ["hervat/course/actions/closing.py:close gives plan.recovered_on"]


def test_who_decides_knows_nothing_that_is_computed() -> None:
    assert law_known_to_who_decides(our_house()) == []


def test_the_list_of_decisions_is_whole() -> None:
    house = our_house()
    tables = {
        ("hervat.dossiers.models", "Assignment"),
        ("hervat.dossiers.models", "Event"),
        ("hervat.organisation.models", "Posting"),
        ("hervat.organisation.models", "Deputy"),
    }
    writing = {
        (function.module, function.node.name)
        for function in house.functions("dossiers", "organisation", kind="actions")
        if tables & house.reached_from(function.name, within=function.module)
        and function.takes_a_permit(by_keyword=True)
    }

    assert writing - READS_POSTINGS == {
        (module, name) for module, names in DECIDING.items() for name in names
    }


def test_a_computed_value_on_its_way_to_a_decision_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "hervat/dossiers/actions/closing.py", "def close_dossier(*, permit): ...\n")
    plant(tmp_path, "hervat/law/timeline.py", "def timeline(case): ...\n")
    plant(tmp_path, "hervat/jobs/__init__.py", "")
    house = House(tmp_path)
    assert decisions_reached_from_what_is_computed(house) == law_known_to_who_decides(house) == []

    by_the_way = (
        "from hervat.dossiers.actions import closing\ndef end(case): closing.close_dossier(permit=1)\n"
    )
    plant(tmp_path, "hervat/course/actions.py", by_the_way)
    plant(
        tmp_path, "hervat/jobs/nightly.py", "from hervat.course.actions import end\ndef run(): map(end, [])\n"
    )
    plant(tmp_path, "hervat/dossiers/rules/due.py", "from hervat.law.timeline import timeline\n")
    plant(
        tmp_path,
        "hervat/dossiers/actions/closing.py",
        "from hervat.dossiers.rules.due import timeline\ndef close_dossier(*, permit): timeline(1)\n",
    )

    house = House(tmp_path)
    assert decisions_reached_from_what_is_computed(house) == [
        "hervat.jobs.nightly.run can reach close_dossier"
    ]
    assert law_known_to_who_decides(house) == ["hervat.law.timeline"]


# --- a job decides nothing -----------------------------------------------------------------------

EVERYTHING = frozenset(Item)


def a_job(dossier: UUID | None, purpose: str = "wettelijke-plicht") -> Permit:
    """A permit as the door gives it to a job that asks for everything there is."""
    job = Job("alles", frozenset(DONE_FOR[purpose]), EVERYTHING, EVERYTHING)
    return door.for_job(job, PurposeId(purpose), on=TODAY, trace=TRACE, dossier=dossier, demo=True)


def test_a_job_cannot_close_assign_or_grant_and_a_person_can(world: World) -> None:
    opened = world.pair.open.dossier
    proposal = Proposal(user=uuid4(), role=Role.DCR_GUIDE, first_day=TODAY)
    user = world.users[Role.AUDITOR, Relation.NOTHING]
    tried: tuple[Callable[[Permit], object], ...] = (
        lambda permit: close_dossier(
            permit=permit, expected_version=1, on=TODAY, reason=ClosingReason.COURSE_ENDED
        ),
        lambda permit: propose_assignment(permit=permit, proposal=proposal),
        lambda permit: accept_assignment(permit=permit, assignment=an_assignment(world, "voorgesteld")),
        lambda permit: reject_assignment(permit=permit, assignment=an_assignment(world, "voorgesteld")),
        lambda permit: end_assignment(permit=permit, assignment=an_assignment(world, "aanvaard")),
        lambda permit: grant(permit=permit, user=user, role=Role.AUDITOR, starts_on=TODAY),
        lambda permit: approve(permit=permit, posting=uuid4()),
        lambda permit: revoke(permit=permit, posting=uuid4(), reason="Zomaar."),
        lambda permit: name_deputy(
            permit=permit,
            posting=uuid4(),
            who=str(user),
            starts_on=TODAY,
            ends_on=TODAY,
            reason=DeputyReason.ABSENCE,
        ),
        lambda permit: end_deputy(permit=permit, deputation=uuid4()),
        lambda permit: disable_user(permit=permit, user=user),
        lambda permit: create_user(permit=permit, name="Iemand", email="iemand@example.org"),
    )
    before = len(lines())
    for act in tried:
        for permit in (a_job(opened), a_job(None)):
            with pytest.raises(NotPermitted):
                act(permit)
    assert len(lines()) == before

    closing = asks(world.users[Role.PO_ADVISER, Relation.OWN_UNIT], operation=Operation.KEEP_DOSSIER)
    permit = door.enter(closing, world.pair.open.case_number)
    assert isinstance(permit, Permit)
    version, why = overview(permit).version, ClosingReason.COURSE_ENDED
    assert close_dossier(permit=permit, expected_version=version, on=TODAY, reason=why) == version + 1


def an_assignment(world: World, state: str) -> UUID:
    """An assignment of the open dossier in this state, whoever's it is."""
    with permitted(a_job(world.pair.open.dossier)):
        found = Assignment.objects.filter(dossier=world.pair.open.dossier, state=state).first()
    assert found is not None
    return found.id


def test_the_personnel_feed_brings_facts_and_its_name_stands_with_them(world: World) -> None:
    permit = door.for_job(
        PERSONNEL_FEED, PurposeId("wettelijke-plicht"), on=TODAY, trace=TRACE, dossier=world.pair.open.dossier
    )

    assert (permit.role, permit.actor) == (None, "p-en-o-berichten")
    with pytest.raises(NotPermitted):
        close_dossier(permit=permit, expected_version=1, on=TODAY, reason=ClosingReason.COURSE_ENDED)


# --- every decision has a human and a reason -----------------------------------------------------

WHO_AND_WHY = {
    "organisation_posting": {"granted_by", "granted_by_kind", "starts_on"},
    "organisation_deputy": {"named_by", "named_by_kind", "reason", "starts_on", "ends_on"},
    "dossiers_assignment": {"proposed_by", "proposed_role", "decided_by", "ended_by", "user_code"},
    "dossiers_event": {"recorded_by", "recorded_role", "reason", "kind", "happened_on"},
    "dossiers_workfacts": {"recorded_by", "recorded_role", "reason"},
    "dossiers_benefitfacts": {"recorded_by", "recorded_role", "reason"},
    "dossiers_identity": {"recorded_by", "recorded_role", "reason"},
    "dossiers_appointment": {"recorded_by", "recorded_role", "reason"},
}
"""Who and why in each row that decides or replaces: never NULL."""
WHOLE = {
    "posting_not_to_oneself",
    "posting_approved_by_a_second",
    "posting_revocation_is_whole",
    "posting_below_has_a_reason",
    "deputy_is_somebody_else",
    "deputy_has_a_reason",
    "deputy_has_an_end_soon",
    "deputy_revocation_is_whole",
    "assignment_state_is_whole",
    "assignment_ground_has_reason_and_end",
    "assignment_by_case_has_a_ground",
    "event_says_what_and_why",
}
"""The constraints by which a decision without its who or its why cannot be kept; each is tried elsewhere."""


def test_a_row_that_decides_has_a_column_for_who_and_why_that_cannot_be_empty(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND is_nullable = 'NO'"
        )
        filled = set(cursor.fetchall())
        cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'c'")
        constraints = {name for (name,) in cursor.fetchall()}

    assert {(table, column) for table, columns in WHO_AND_WHY.items() for column in columns} - filled == set()
    assert WHOLE - constraints == set()


def test_every_decision_of_the_world_names_who_and_why(world: World) -> None:
    with permitted(a_job(world.pair.closed.dossier)):
        (event,) = Event.objects.filter(dossier=world.pair.closed.dossier)

    assert (event.kind, event.reason, event.recorded_role) == ("gesloten", "traject-beeindigd", "po-adviseur")
    assert UUID(event.recorded_by)
    assert event.happened_on <= TODAY
