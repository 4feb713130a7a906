"""Lists of courses: sorted and chosen by what is shown only, and logged for whom they showed."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hervat.course.actions.closing import close
from hervat.course.actions.recording import record
from hervat.course.actions.tasks import add_own_task
from hervat.course.queries.caseload import Filters, Sort, State, caseload, counters, sorts_of
from hervat.course.queries.due import due_list
from hervat.course.rules.vocabulary import Kind, SignalId
from hervat.dossiers.rules.vocabulary import ClosingReason, Field
from hervat.law.vocabulary import LeaveKind, StepId
from hervat.register.cells import Hidden, Shown
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Role

from ..cast import COMMANDER, JAN, PO_ADVISER, SANNE, SICK_COMMANDER, TODAY, UNIT_ADMIN_NCO
from ..dossiers.files import assigned_permit, feed, list_permit, permit_for
from ..dossiers.journal import last_act
from ..permits import a_permit, allowing
from .files import begun, weeks_ago
from .happenings import contact, fit, new

EVERYTHING = frozenset(Item)
UNITS = (SANNE.unit.id, JAN.unit.id)
pytestmark = pytest.mark.usefixtures("room")


@pytest.fixture
def three() -> dict[str, UUID]:
    """Somebody three weeks ill, somebody ten weeks without a plan, and somebody who is fit again."""
    return {
        "sanne": begun(weeks_ago(3)).dossier,
        "jan": begun(weeks_ago(10), contact(weeks_ago(1)), sick=JAN).dossier,
        "bram": begun(weeks_ago(30), fit(weeks_ago(28)), sick=SICK_COMMANDER).dossier,
    }


def found(permit: Permit, **asked: object) -> list[UUID]:
    return [one.row.dossier for one in caseload(permit, **asked).rows]


def test_a_list_is_sorted_by_the_next_day_or_the_first_sick_day(three: dict[str, UUID]) -> None:
    permit = list_permit(*UNITS)
    sanne, jan, bram = (three[name] for name in ("sanne", "jan", "bram"))

    assert found(permit, sort=Sort.NEXT_DUE) == [jan, sanne, bram]
    assert found(permit, sort=Sort.FIRST_SICK) == [sanne, jan, bram]
    first = caseload(permit, sort=Sort.NEXT_DUE, page_size=2)
    assert [one.row.dossier for one in first.rows] == [jan, sanne]
    assert found(permit, sort=Sort.NEXT_DUE, after=first.after) == [bram]
    assert caseload(permit, sort=Sort.NEXT_DUE, page_size=3).after is None


def test_a_row_says_which_week_it_is_and_what_comes_next(three: dict[str, UUID]) -> None:
    rows = {one.row.dossier: one for one in caseload(list_permit(*UNITS)).rows}
    sanne, jan, bram = (rows[three[name]] for name in ("sanne", "jan", "bram"))

    assert (sanne.week, jan.week, bram.week) == (Shown(4), Shown(11), Shown(None))
    assert sanne.row.facts[Field.NAME] == Shown(SANNE.name)
    assert sanne.next.value.code == StepId.PROBLEM_ANALYSIS
    assert sanne.next.value.role is Role.EGB_PHYSICIAN
    assert (sanne.late, jan.late, bram.late) == (Shown(0), Shown(2), Shown(0))
    assert (bram.recovered_on, bram.next) == (Shown(weeks_ago(28)), Shown(None))


def test_filters_choose_by_what_they_say(three: dict[str, UUID]) -> None:
    permit = list_permit(*UNITS)
    sanne, jan, bram = (three[name] for name in ("sanne", "jan", "bram"))
    for filters, expected in (
        (Filters(late=True), [jan]),
        (Filters(this_week=True), []),
        (Filters(state=State.SICK), [sanne, jan]),
        (Filters(state=State.RECOVERED), [bram]),
        (Filters(from_week=4, to_week=4), [sanne]),
        (Filters(from_week=5), [jan]),
        (Filters(to_week=10), [sanne]),
        (Filters(to_week=11), [sanne, jan]),
        (Filters(step=StepId.PROBLEM_ANALYSIS.value), [sanne, jan]),
        (Filters(role=Role.PO_ADVISER), []),
        (Filters(units=frozenset({SANNE.unit.id})), [sanne]),
        (Filters(units=frozenset({UUID(int=7)})), []),
    ):
        assert found(permit, filters=filters) == expected, filters
    leave = new(Kind.LEAVE, TODAY, LeaveKind.OTHER, TODAY)
    record(permit=feed(SANNE.unit.id), expected_version=None, facts=[leave], dossier=sanne)
    assert found(permit, filters=Filters(state=State.PAUSED)) == [sanne]


def test_nothing_is_sorted_or_chosen_by_what_is_hidden(three: dict[str, UUID]) -> None:
    oobb = list_permit(
        *UNITS, player=UNIT_ADMIN_NCO, reads=allowing(EVERYTHING - {Item.GATEKEEPER_EMPLOYER, Item.WIA})
    )
    blind = list_permit(*UNITS, reads=allowing(EVERYTHING - {Item.SICKNESS_ABSENCE}))

    assert sorts_of(oobb) == (Sort.FIRST_SICK,)
    assert sorts_of(blind) == ()
    for filters in (Filters(late=True), Filters(step="action_plan"), Filters(role=Role.COMMANDER)):
        with pytest.raises(NotPermitted):
            caseload(oobb, filters=filters)
    for asked in ({"sort": Sort.NEXT_DUE}, {"sort": Sort.FIRST_SICK, "filters": Filters(from_week=2)}):
        with pytest.raises(NotPermitted):
            caseload(blind, **asked)
    row = caseload(oobb, filters=Filters(state=State.SICK)).rows[0]
    assert isinstance(row.next, Hidden)
    assert isinstance(row.late, Hidden)
    assert row.week == Shown(4)
    assert isinstance(counters(oobb).late, Hidden)
    assert counters(oobb).recovered == Shown(1)


def test_what_comes_next_is_of_the_steps_one_may_know(three: dict[str, UUID]) -> None:
    permit = adviser(three["sanne"])
    record(permit=permit, expected_version=2, facts=[new(Kind.OPINION, weeks_ago(1))])
    wia_only = list_permit(*UNITS, reads=allowing(EVERYTHING - {Item.GATEKEEPER_EMPLOYER}))

    (row,) = (one for one in caseload(wia_only).rows if one.row.dossier == three["sanne"])

    assert row.next.value.code == StepId.UWV_NOTICE


def test_who_may_not_know_of_every_step_sorts_and_chooses_by_those_they_may(three: dict[str, UUID]) -> None:
    sanne, jan, bram = (three[name] for name in ("sanne", "jan", "bram"))
    commander = list_permit(*UNITS, reads=allowing(EVERYTHING - {Item.WIA}))
    wia_only = list_permit(*UNITS, reads=allowing(EVERYTHING - {Item.GATEKEEPER_EMPLOYER}))

    assert sorts_of(commander) == sorts_of(wia_only) == (Sort.NEXT_DUE, Sort.FIRST_SICK)
    assert found(commander, sort=Sort.NEXT_DUE) == [jan, sanne, bram]
    assert found(commander, filters=Filters(late=True)) == [jan]
    assert found(wia_only, filters=Filters(late=True)) == []
    assert set(found(wia_only, filters=Filters(step="uwv_notice"))) == {sanne, jan}
    with pytest.raises(NotPermitted):
        caseload(wia_only, filters=Filters(step="action_plan"))
    assert (counters(commander).late, counters(wia_only).late) == (Shown(1), Shown(0))
    one = caseload(commander, sort=Sort.NEXT_DUE, page_size=1)
    assert found(commander, sort=Sort.NEXT_DUE, after=one.after) == [sanne, bram]


def adviser(dossier: UUID) -> Permit:
    """The permit of the P&O adviser for a dossier."""
    return a_permit(actor=str(PO_ADVISER.code), role=Role.PO_ADVISER, dossier=dossier)


def test_counters_count_what_stands_how_and_the_log_says_that_it_was_counted(three: dict[str, UUID]) -> None:
    counted = counters(list_permit(*UNITS))

    assert (counted.running, counted.late, counted.this_week, counted.recovered) == (
        *(Shown(3), Shown(1), Shown(0), Shown(1)),
    )
    assert counters(list_permit(SANNE.unit.id)).running == Shown(1)
    assert last_act()[1] == []


def test_a_list_shows_and_logs_nobody_outside_it_and_never_oneself(three: dict[str, UUID]) -> None:
    assert found(list_permit(SANNE.unit.id)) == [three["sanne"]]
    assert {line["dossier"] for line in last_act()[1]} == {three["sanne"]}
    himself = list_permit(*UNITS, actor=str(SICK_COMMANDER.code))
    assert three["bram"] not in found(himself, page_size=2)
    assert found(assigned_permit()) == []
    assert three["bram"] not in {one.row.dossier for one in due_list(himself, TODAY).late.rows}


def test_a_closed_dossier_is_in_no_list(three: dict[str, UUID]) -> None:
    permit = adviser(three["jan"])
    close(permit=permit, expected_version=2, on=TODAY, reason=ClosingReason.COURSE_ENDED)

    assert three["jan"] not in found(list_permit(*UNITS))
    assert due_list(list_permit(JAN.unit.id), TODAY).late.rows == ()


def test_what_must_be_done_is_late_or_this_week_or_waits_for_somebody_else(three: dict[str, UUID]) -> None:
    task = TODAY + timedelta(3)
    add_own_task(permit=adviser(three["sanne"]), role=Role.COMMANDER, due_on=task, title="Werkplek bekijken")

    due = due_list(list_permit(*UNITS), TODAY)

    assert [(one.code, one.row.dossier) for one in due.late.rows] == [("action_plan", three["jan"])]
    (own,) = due.this_week.rows
    assert (own.code, own.title, own.due_on) == ("eigen", Shown("Werkplek bekijken"), Shown(task))
    assert [one.code for one in due.waiting.rows] == [StepId.PROBLEM_ANALYSIS]
    assert (due.late.count, due.this_week.count, due.waiting.count) == (1, 1, 1)
    physician = due_list(list_permit(*UNITS, role=Role.EGB_PHYSICIAN), TODAY)
    assert [one.code for one in physician.late.rows] == [StepId.PROBLEM_ANALYSIS]


def test_a_signal_is_told_from_the_day_it_begins_and_a_missing_reason_is_something_to_do() -> None:
    opened = begun(weeks_ago(5))
    permit = list_permit(SANNE.unit.id)
    begins = TODAY + timedelta(7)
    assert SignalId.NO_CONTACT.value not in codes(permit, TODAY)
    assert SignalId.NO_CONTACT.value in codes(permit, begins)
    blind = list_permit(SANNE.unit.id, reads=allowing(EVERYTHING - {Item.CONTACT_MOMENT}))
    assert SignalId.NO_CONTACT.value not in codes(blind, begins)

    late = begun(weeks_ago(10), new(Kind.PLAN, TODAY), sick=JAN)
    due = due_list(list_permit(JAN.unit.id), TODAY)
    assert [(one.code, one.reason_missing, one.late) for one in due.late.rows] == [
        ("action_plan", True, True)
    ]
    assert [(one.code, one.late) for one in due.this_week.rows] == [(SignalId.NO_CONTACT.value, False)]
    assert opened.dossier != late.dossier


def codes(permit: Permit, on: object) -> set[str]:
    due = due_list(permit, on)  # type: ignore[arg-type]
    return {one.code for part in (due.late, due.this_week, due.waiting) for one in part.rows}


def test_who_may_not_know_whether_a_step_was_done_is_not_told_that_it_is_late(three: dict[str, UUID]) -> None:
    oobb = list_permit(
        *UNITS, player=UNIT_ADMIN_NCO, reads=allowing(EVERYTHING - {Item.GATEKEEPER_EMPLOYER, Item.WIA})
    )
    assert codes(oobb, TODAY) == set()
    assert "action_plan" in codes(list_permit(*UNITS, player=COMMANDER), TODAY)
    with pytest.raises(NotPermitted):
        due_list(list_permit(*UNITS, reads=allowing(EVERYTHING - {Item.SICKNESS_ABSENCE})), TODAY)
    with pytest.raises(NotPermitted):
        due_list(permit_for(begun(weeks_ago(4), unit=UNITS[0], **_somebody())), TODAY)


def _somebody() -> dict[str, object]:
    identity = dict(JAN.facts) | {Field.EMPLOYEE_ID: "99999901", Field.BSN: None}
    identity.pop(Field.BSN)
    return {"identity": identity, "user_code": None}


def test_a_page_costs_as_many_statements_for_one_row_as_for_three(three: dict[str, UUID]) -> None:
    counted = []
    for units in ((JAN.unit.id,), UNITS):
        for ask in (lambda permit: caseload(permit), lambda permit: due_list(permit, TODAY)):
            with CaptureQueriesContext(connection) as asked:
                ask(list_permit(*units))
            counted.append(len(asked))
    assert counted[:2] == counted[2:]
    assert max(counted) <= 11
