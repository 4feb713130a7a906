"""The door's question: who is this user to this case today? It opens nothing and logs nothing."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from hervat.dossiers.actions.assigning import (
    accept_assignment,
    end_assignment,
    propose_assignment,
    reject_assignment,
)
from hervat.dossiers.actions.closing import (
    ClosingFault,
    ClosingRefused,
    close_dossier,
    date_notice,
    reopen_dossier,
)
from hervat.dossiers.actions.opening import AlreadyOpen, Opened
from hervat.dossiers.actions.recording import StaleDossier
from hervat.dossiers.models import Assignment, Event
from hervat.dossiers.queries.overview import overview
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.queries.relation import Relation, person_of, relation
from hervat.dossiers.rules.assignments import AssignmentFault, AssignmentRefused, Proposal
from hervat.dossiers.rules.case_number import make_case_number, show_case_number
from hervat.dossiers.rules.vocabulary import CaseGround, ClosingReason, Status
from hervat.register.cells import Shown
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item

from ..cast import (
    COMMANDER,
    JAN,
    LABOUR_EXPERT,
    LEGAL_ADVISER,
    OTHER_BRIGADE,
    PO_ADVISER,
    SANNE,
    TODAY,
    Player,
)
from ..permits import allowing
from .files import OPENED, open_for, permit_for
from .journal import last_act, lines

DAY = timedelta(1)
EXPERT = Proposal(user=LABOUR_EXPERT.code, role=LABOUR_EXPERT.role, first_day=TODAY, last_day=TODAY + DAY)
LAWYER = Proposal(
    user=LEGAL_ADVISER.code,
    role=LEGAL_ADVISER.role,
    first_day=TODAY,
    last_day=TODAY + DAY,
    ground=CaseGround.OBJECTION,
    why="Bezwaar tegen de loonsanctie.",
)


def reader(opened: Opened, player: Player) -> Permit:
    """A permit of somebody who sees who works here, and assigns nobody."""
    return permit_for(opened, player, writes=allowing(set(Item) - {Item.USER_ASSIGNMENT}))


def asked(user: UUID, number: str, on: object = TODAY) -> Relation:
    found = relation(user, number, on)  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.mark.usefixtures("room")
def test_the_question_knows_the_own_case_from_anothers_and_no_case_from_a_wrong_number() -> None:
    sanne = open_for(SANNE)
    before = len(lines())

    own, other = asked(SANNE.code, sanne.case_number), asked(JAN.code, sanne.case_number)

    assert (own.is_own, other.is_own) == (True, False)
    assert (own.dossier, own.person, own.unit) == (sanne.dossier, sanne.person, SANNE.unit.id)
    assert (own.status, own.closed_on, own.assignments, own.proposals) == (Status.OPEN, None, (), ())
    assert asked(SANNE.code, show_case_number(sanne.case_number).lower()) == own
    assert relation(SANNE.code, make_case_number(), TODAY) is None
    assert relation(SANNE.code, "'; SELECT 1 --", TODAY) is None
    assert len(lines()) == before


@pytest.mark.usefixtures("room")
def test_an_assignment_counts_from_its_acceptance_through_its_last_day() -> None:
    sanne = open_for(SANNE)
    user, number = LABOUR_EXPERT.code, sanne.case_number
    assignment = propose_assignment(permit=permit_for(sanne), proposal=EXPERT)

    waiting = asked(user, number)
    assert (waiting.assignments, [one.id for one in waiting.proposals]) == ((), [assignment])
    accept_assignment(permit=permit_for(sanne, LABOUR_EXPERT), assignment=assignment)

    found = [
        len(asked(user, number, day).assignments)
        for day in (TODAY - DAY, TODAY, TODAY + DAY, TODAY + 2 * DAY)
    ]
    assert found == [0, 1, 1, 0]
    assert asked(PO_ADVISER.code, number).assignments == ()
    assert asked(user, number).proposals == ()


@pytest.mark.usefixtures("room")
def test_ending_works_at_once_and_earlier_days_can_still_be_explained() -> None:
    sanne = open_for(SANNE)
    assignment = propose_assignment(permit=permit_for(sanne), proposal=replace(EXPERT, last_day=None))
    accept_assignment(permit=permit_for(sanne, LABOUR_EXPERT), assignment=assignment)
    tomorrow = TODAY + DAY

    end_assignment(permit=permit_for(sanne, on=tomorrow), assignment=assignment)

    found = [len(asked(LABOUR_EXPERT.code, sanne.case_number, day).assignments) for day in (TODAY, tomorrow)]
    assert found == [1, 0]


@pytest.mark.usefixtures("room")
def test_who_works_by_case_is_assigned_with_a_ground_and_its_reason_stands_sealed() -> None:
    sanne = open_for(SANNE)

    with pytest.raises(AssignmentRefused) as refused:
        propose_assignment(permit=permit_for(sanne), proposal=replace(LAWYER, ground=None))
    assert refused.value.fault is AssignmentFault.NEEDS_GROUND

    assignment = propose_assignment(permit=permit_for(sanne), proposal=LAWYER)
    accept_assignment(permit=permit_for(sanne, LEGAL_ADVISER), assignment=assignment)
    (counted,) = asked(LEGAL_ADVISER.code, sanne.case_number).assignments
    assert counted.ground is CaseGround.OBJECTION
    with permitted(permit_for(sanne)):
        row = Assignment.objects.get(id=assignment)
    assert b"loonsanctie" not in bytes(row.why or b"")
    assert row.proposed_by == str(PO_ADVISER.code)


@pytest.mark.usefixtures("room")
def test_only_the_proposed_decides_and_only_the_employers_side_proposes_and_never_oneself() -> None:
    sanne, jan = open_for(SANNE), open_for(JAN)
    assignment = propose_assignment(permit=permit_for(sanne), proposal=EXPERT)
    myself = replace(EXPERT, user=COMMANDER.code)

    for refused in (
        lambda: accept_assignment(permit=permit_for(sanne, PO_ADVISER), assignment=assignment),
        lambda: reject_assignment(permit=permit_for(sanne, PO_ADVISER), assignment=assignment),
        lambda: accept_assignment(permit=permit_for(jan, LABOUR_EXPERT), assignment=assignment),
        lambda: end_assignment(permit=reader(sanne, LEGAL_ADVISER), assignment=assignment),
        lambda: propose_assignment(permit=reader(sanne, LABOUR_EXPERT), proposal=LAWYER),
        lambda: propose_assignment(permit=permit_for(sanne, COMMANDER), proposal=myself),
        lambda: propose_assignment(permit=permit_for(sanne, writes=allowing({Item.BSN})), proposal=LAWYER),
    ):
        with pytest.raises(NotPermitted):
            refused()

    reject_assignment(permit=permit_for(sanne, LABOUR_EXPERT), assignment=assignment)
    assert last_act()[0]["operation"] == "begeleiding-overdragen"


@pytest.mark.usefixtures("room")
def test_a_state_follows_only_its_own_and_the_same_assignment_runs_once() -> None:
    sanne = open_for(SANNE)
    mine = permit_for(sanne, LABOUR_EXPERT)
    assignment = propose_assignment(permit=permit_for(sanne), proposal=EXPERT)

    with pytest.raises(AssignmentRefused) as twice:
        propose_assignment(permit=permit_for(sanne), proposal=EXPERT)
    assert twice.value.fault is AssignmentFault.RUNS
    with pytest.raises(AssignmentRefused):
        end_assignment(permit=mine, assignment=assignment)
    reject_assignment(permit=mine, assignment=assignment)
    for step in (accept_assignment, reject_assignment, end_assignment):
        with pytest.raises(AssignmentRefused) as late:
            step(permit=mine, assignment=assignment)
        assert late.value.fault is AssignmentFault.STATE
    propose_assignment(permit=permit_for(sanne), proposal=EXPERT)


@pytest.mark.usefixtures("room")
def test_closing_and_opening_again_have_a_day_a_reason_and_a_row_that_stays() -> None:
    sanne = open_for(SANNE)
    permit = permit_for(sanne)

    version = close_dossier(permit=permit, expected_version=1, on=TODAY, reason=ClosingReason.COURSE_ENDED)
    closed = asked(SANNE.code, sanne.case_number)
    version = reopen_dossier(
        permit=permit, expected_version=version, on=TODAY + DAY, reason=ClosingReason.SICK_AGAIN
    )

    assert (closed.status, closed.closed_on, version) == (Status.CLOSED, TODAY, 3)
    assert asked(SANNE.code, sanne.case_number).status is Status.OPEN
    with permitted(permit):
        events = list(Event.objects.order_by("id").values_list("kind", "reason", "recorded_by"))
    assert events == [
        ("gesloten", "traject-beeindigd", str(PO_ADVISER.code)),
        ("heropend", "opnieuw-uitgevallen", str(PO_ADVISER.code)),
    ]
    assert last_act()[1][0]["items"] == ["casenummer"]


@pytest.mark.usefixtures("room")
def test_a_closing_that_cannot_be_says_why_and_changes_nothing() -> None:
    sanne = open_for(SANNE)
    permit, ended = permit_for(sanne), ClosingReason.COURSE_ENDED
    again = ClosingReason.OBJECTION

    for fault, step, on, reason in (
        (ClosingFault.WRONG_REASON, close_dossier, TODAY, again),
        (ClosingFault.WRONG_REASON, reopen_dossier, TODAY, ended),
        (ClosingFault.OPEN, reopen_dossier, TODAY, again),
        (ClosingFault.TOO_EARLY, close_dossier, OPENED - DAY, ended),
    ):
        with pytest.raises(ClosingRefused) as refused, transaction.atomic():
            step(permit=permit, expected_version=1, on=on, reason=reason)
        assert refused.value.fault is fault
    with pytest.raises(StaleDossier), transaction.atomic():
        close_dossier(permit=permit, expected_version=7, on=TODAY, reason=ended)
    readers = permit_for(sanne, writes=allowing(frozenset(Item) - {Item.SICKNESS_ABSENCE}))
    with pytest.raises(NotPermitted):
        close_dossier(permit=readers, expected_version=1, on=TODAY, reason=ended)

    assert close_dossier(permit=permit, expected_version=1, on=TODAY, reason=ended) == 2


@pytest.mark.usefixtures("room")
def test_a_closed_dossier_does_not_open_again_beside_another() -> None:
    first = open_for(SANNE)
    permit = permit_for(first)
    close_dossier(permit=permit, expected_version=1, on=TODAY, reason=ClosingReason.COURSE_ENDED)
    second = open_for(SANNE, unit=OTHER_BRIGADE.id)

    with pytest.raises(AlreadyOpen), transaction.atomic():
        reopen_dossier(permit=permit, expected_version=2, on=TODAY, reason=ClosingReason.SICK_AGAIN)

    assert (first.person, first.dossier) == (second.person, asked(SANNE.code, first.case_number).dossier)
    assert first.case_number != second.case_number
    assert overview(permit_for(second)).dossier == second.dossier


@pytest.mark.usefixtures("room")
def test_the_notice_to_the_re_integrant_is_dated() -> None:
    sanne = open_for(SANNE)

    assert date_notice(permit=permit_for(sanne), expected_version=1, on=TODAY) == 2

    assert overview(permit_for(sanne)).informed_on == Shown(TODAY)


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"state": "aanvaard"}, "state_is_whole"),
        ({"ended_on": TODAY, "ended_by": "x"}, "state_is_whole"),
        ({"last_day": TODAY - DAY}, "ends_after_its_start"),
        ({"ground": "bezwaar-of-beroep"}, "ground_has_reason_and_end"),
        ({"ground": "bezwaar-of-beroep", "last_day": TODAY, "why": b"leesbaar"}, "ground_has_reason_and_end"),
        ({"role": "jurist-jdv"}, "by_case_has_a_ground"),
    ],
)
def test_the_table_refuses_an_assignment_that_does_not_fit(
    changes: dict[str, object], constraint: str
) -> None:
    sanne = open_for(SANNE)
    row = {
        "dossier_id": sanne.dossier,
        "user_code": LABOUR_EXPERT.code,
        "role": "arbeidsdeskundige",
        "first_day": TODAY,
        "proposed_by": "x",
        "proposed_role": "x",
    }
    with pytest.raises(IntegrityError, match=constraint), permitted(permit_for(sanne)):
        Assignment.objects.create(**row | changes)


@pytest.mark.usefixtures("room")
def test_whose_account_it_is_is_told_of_who_has_a_dossier_open_or_closed_and_of_nobody_else() -> None:
    opened = open_for(SANNE)
    open_for(JAN)
    before = len(lines())

    assert person_of(SANNE.code) == opened.person
    assert person_of(JAN.code) not in {None, opened.person}
    assert person_of(PO_ADVISER.code) is None
    close_dossier(permit=permit_for(opened), expected_version=1, on=TODAY, reason=ClosingReason.COURSE_ENDED)
    assert person_of(SANNE.code) == opened.person
    assert len(lines()) == before + 2  # of the closing
