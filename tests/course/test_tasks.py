"""Done late, skipped or done otherwise: there is a reason, or giving it is a task. Own tasks stand beside."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from hervat.course.actions.recording import record, replace
from hervat.course.actions.tasks import (
    TaskFault,
    TaskRefused,
    add_own_task,
    finish_own_task,
    give_reason,
    skip,
)
from hervat.course.models import Due, Fact
from hervat.course.rules.difference import Motive
from hervat.course.rules.reasons import ReasonFault, ReasonMissing
from hervat.course.rules.vocabulary import DueState, Kind, LateReason
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.rules.vocabulary import CorrectionReason
from hervat.law.vocabulary import StepId
from hervat.register.permit import NotPermitted
from hervat.register.vocabulary import Item, Role

from ..cast import COMMANDER, JAN, LABOUR_EXPERT, SANNE, TODAY
from ..dossiers.files import feed, own_permit, permit_for
from ..dossiers.journal import last_act, lines
from ..permits import allowing
from .files import WHY, begun, due_of, standing_of, weeks_ago
from .happenings import new

PLAN = StepId.ACTION_PLAN.value
pytestmark = pytest.mark.usefixtures("room")


def test_a_person_who_completes_a_step_late_says_why_and_in_time_nobody_asks() -> None:
    permit = permit_for(begun(weeks_ago(10)), COMMANDER)
    late = [new(Kind.PLAN, TODAY)]

    with pytest.raises(ReasonMissing) as missing, transaction.atomic():
        record(permit=permit, expected_version=2, facts=late)
    assert missing.value.codes == (PLAN,)
    done = record(permit=permit, expected_version=2, facts=late, reason=WHY)

    assert done.done == (PLAN,)
    row = due_of(permit, PLAN)
    assert (row.state, row.done_on, row.reason_code) == (DueState.DONE, TODAY, WHY.code)
    assert row.done_late_days == (TODAY - row.legal_limit).days > 0
    assert (row.done_by, row.reason_by, row.reason_on) == (permit.actor, permit.actor, TODAY)
    assert b"zeven weken" not in bytes(row.explanation)
    in_time = permit_for(begun(weeks_ago(2), sick=JAN), COMMANDER)
    assert record(permit=in_time, expected_version=2, facts=late).done == (PLAN,)


def test_what_a_message_brings_late_waits_for_a_reason_that_is_given_once() -> None:
    opened = begun(weeks_ago(10))
    record(
        permit=feed(SANNE.unit.id),
        expected_version=None,
        facts=[new(Kind.PLAN, TODAY)],
        dossier=opened.dossier,
    )
    permit = permit_for(opened, COMMANDER)
    row = due_of(permit, PLAN)
    assert (row.state, row.reason_missing) == (DueState.DONE, True)

    give_reason(permit=permit, due=row.id, reason=WHY)

    told = due_of(permit, PLAN)
    assert (told.reason_missing, told.reason_code, told.done_by) == (False, WHY.code, "personeelsbericht")
    assert last_act()[1][0]["items"] == [Item.GATEKEEPER_EMPLOYER]
    with pytest.raises(TaskRefused) as twice, transaction.atomic():
        give_reason(permit=permit, due=row.id, reason=WHY)
    assert twice.value.fault is TaskFault.HAS_REASON


def test_a_correction_that_makes_a_step_late_makes_the_reason_missing() -> None:
    opened = begun(weeks_ago(8), new(Kind.PLAN, TODAY))
    permit = permit_for(opened)
    assert due_of(permit, PLAN).reason_missing is False
    with permitted(permit):
        (report,) = Fact.objects.filter(kind="ziek")

    moved = replace(
        permit=permit,
        expected_version=2,
        fact=report.id,
        by=new(Kind.SICK, weeks_ago(12)),
        why=CorrectionReason.MISTAKE,
    )

    assert {one.days for one in moved.moved if one.code != "geen-contact"} == {-28}
    assert due_of(permit, PLAN).reason_missing is True


def test_a_step_is_skipped_with_a_reason_and_what_follows_is_another() -> None:
    permit = permit_for(begun(weeks_ago(3)), COMMANDER)
    before = standing_of(permit)
    analysis = due_of(permit, StepId.PROBLEM_ANALYSIS)
    assert before is not None
    assert before.next_code == StepId.PROBLEM_ANALYSIS

    skip(permit=permit, expected_version=2, due=analysis.id, reason=WHY)

    row, after = due_of(permit, StepId.PROBLEM_ANALYSIS), standing_of(permit)
    assert (row.state, row.reason_code) == (DueState.SKIPPED, WHY.code)
    assert after is not None
    assert after.next_code == PLAN
    with pytest.raises(TaskRefused) as again, transaction.atomic():
        skip(permit=permit, expected_version=3, due=analysis.id, reason=WHY)
    assert again.value.fault is TaskFault.NOT_OPEN


def test_a_skipped_step_keeps_its_reason_when_its_day_moves() -> None:
    permit = permit_for(begun(weeks_ago(3)))
    was = due_of(permit, PLAN)
    skip(permit=permit, expected_version=2, due=was.id, reason=WHY)
    with permitted(permit):
        (report,) = Fact.objects.filter(kind="ziek")

    replace(
        permit=permit,
        expected_version=3,
        fact=report.id,
        by=new(Kind.SICK, weeks_ago(4)),
        why=CorrectionReason.MISTAKE,
    )

    now = due_of(permit, PLAN)
    assert (now.state, now.reason_code) == (DueState.SKIPPED, WHY.code)
    assert now.explanation is not None
    assert now.due_on == was.due_on - timedelta(weeks=1)


def test_an_explanation_explains() -> None:
    permit = permit_for(begun(weeks_ago(3)), COMMANDER)
    due = due_of(permit, PLAN).id
    for text in ("te laat", " " * 20, "x" * 1001):
        with pytest.raises(ReasonFault), transaction.atomic():
            skip(permit=permit, expected_version=2, due=due, reason=Motive(LateReason.FORGOTTEN, text))
    assert due_of(permit, PLAN).state == DueState.OPEN


def test_who_may_not_write_the_item_of_a_step_skips_nothing_of_it() -> None:
    opened = begun(weeks_ago(3))
    wia = frozenset(Item) - {Item.WIA}
    commander = permit_for(opened, COMMANDER, writes=allowing(wia))
    application, plan = (due_of(commander, code).id for code in (StepId.WIA_APPLICATION, PLAN))
    before = len(lines())

    own = own_permit(SANNE, dossier=opened.dossier, writes=allowing((), own=frozenset(Item)))

    for permit, due in ((commander, application), (own, plan)):
        with pytest.raises(NotPermitted), transaction.atomic():
            skip(permit=permit, expected_version=2, due=due, reason=WHY)

    assert len(lines()) == before
    assert skip(permit=commander, expected_version=2, due=plan, reason=WHY).version == 3


def test_an_own_task_is_made_for_a_role_and_finished_by_it() -> None:
    opened = begun(weeks_ago(3))
    permit = permit_for(opened, COMMANDER)
    soon = TODAY + timedelta(2)
    task = add_own_task(permit=permit, role=Role.LABOUR_EXPERT, due_on=soon, title="Werkplek bekijken")
    row = due_of(permit, "eigen")
    assert (row.id, row.role, row.due_on) == (task, "arbeidsdeskundige", soon)
    assert b"Werkplek" not in bytes(row.title)
    stand = standing_of(permit)
    assert stand is not None
    assert (stand.next_code, stand.next_due_on) == ("eigen", soon)

    reader = allowing(frozenset(Item) - {Item.GATEKEEPER_EMPLOYER})
    expert = permit_for(opened, LABOUR_EXPERT, writes=reader)
    stranger = permit_for(opened, LABOUR_EXPERT, role=Role.ROBIDUS, actor="iemand", writes=reader)
    with pytest.raises(NotPermitted), transaction.atomic():
        finish_own_task(permit=stranger, due=task)
    finish_own_task(permit=expert, due=task)

    done = due_of(permit, "eigen")
    assert (done.state, done.done_on, done.done_by) == (DueState.DONE, TODAY, expert.actor)
    with pytest.raises(TaskRefused), transaction.atomic():
        finish_own_task(permit=expert, due=due_of(permit, PLAN).id)


def test_an_own_task_is_for_somebody_who_may_read_it_and_says_what_it_is() -> None:
    permit = permit_for(begun(weeks_ago(3)), COMMANDER)
    elsewhere = permit_for(begun(weeks_ago(3), sick=JAN), COMMANDER)
    for role, title, fault in (
        (Role.UNIT_ADMIN_NCO, "Bellen", TaskFault.ROLE),
        (Role.COMMANDER, "  x ", TaskFault.TITLE),
        (Role.COMMANDER, "twee\nregels", TaskFault.TITLE),
    ):
        with pytest.raises(TaskRefused) as refused:
            add_own_task(permit=permit, role=role, due_on=TODAY, title=title)
        assert refused.value.fault is fault
    with pytest.raises(TaskRefused, match="hoort niet bij dit dossier"), transaction.atomic():
        give_reason(permit=elsewhere, due=due_of(permit, PLAN).id, reason=WHY)


def test_the_tables_keep_no_skip_without_a_reason_and_no_done_without_a_day() -> None:
    permit = permit_for(begun(date(2026, 11, 2)), COMMANDER)
    for columns in (
        {"state": "overgeslagen"},
        {"state": "gedaan"},
        {"reason_missing": True},
        {"reason_code": "vergeten"},
        {"done_on": TODAY},
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), permitted(permit):
            Due.objects.filter(code=PLAN).update(**columns)
