"""What is due lapses with a dossier and comes back with it; DCR is asked, and the signal goes."""

import pytest

from hervat.course.actions.closing import close, reopen
from hervat.course.actions.recording import record
from hervat.course.actions.referring import propose
from hervat.course.rules.faults import CourseFault, Fault
from hervat.course.rules.vocabulary import DueState, SignalId
from hervat.dossiers.actions.recording import StaleDossier
from hervat.dossiers.queries.overview import overview
from hervat.dossiers.rules.assignments import Proposal
from hervat.dossiers.rules.vocabulary import ClosingReason, Status
from hervat.law.vocabulary import StepId
from hervat.register.cells import Shown
from hervat.register.vocabulary import Role

from ..cast import COMMANDER, DCR_GUIDE, LABOUR_EXPERT, TODAY
from ..dossiers.files import permit_for
from .files import begun, due_of, dues_of, standing_of, weeks_ago
from .happenings import contact, fit

ENDED, AGAIN = ClosingReason.COURSE_ENDED, ClosingReason.SICK_AGAIN
pytestmark = pytest.mark.usefixtures("room")


def test_what_was_due_lapses_with_the_dossier_and_comes_back_with_it() -> None:
    permit = permit_for(begun(weeks_ago(3)))
    before = {one.code for one in dues_of(permit, state="open")}

    version = close(permit=permit, expected_version=2, on=TODAY, reason=ENDED)

    assert dues_of(permit, state="open") == []
    assert standing_of(permit) is None
    with pytest.raises(CourseFault) as closed:
        record(permit=permit, expected_version=version, facts=[contact(TODAY)])
    assert closed.value.fault is Fault.CLOSED
    assert reopen(permit=permit, expected_version=version, on=TODAY, reason=AGAIN) == version + 1
    assert {one.code for one in dues_of(permit, state="open")} == before
    assert standing_of(permit) is not None
    assert overview(permit).status == Shown(Status.OPEN)


def test_a_stale_closing_closes_nothing_and_lapses_nothing() -> None:
    permit = permit_for(begun(weeks_ago(3)))
    with pytest.raises(StaleDossier):
        close(permit=permit, expected_version=1, on=TODAY, reason=ENDED)

    assert dues_of(permit, state="open")
    assert standing_of(permit) is not None


def test_recovery_closes_nothing() -> None:
    permit = permit_for(begun(weeks_ago(3)))

    record(permit=permit, expected_version=2, facts=[fit(TODAY)])

    assert overview(permit).status == Shown(Status.OPEN)
    stand = standing_of(permit)
    assert stand is not None
    assert (stand.recovered_on, stand.counted_from, stand.next_code) == (TODAY, None, "")
    assert due_of(permit, StepId.ACTION_PLAN).state == DueState.LAPSED


def test_proposing_dcr_answers_the_signal_and_proposing_another_does_not() -> None:
    permit = permit_for(begun(weeks_ago(50)), COMMANDER)
    no_dcr = SignalId.NO_DCR.value
    propose(
        permit=permit, proposal=Proposal(user=LABOUR_EXPERT.code, role=Role.LABOUR_EXPERT, first_day=TODAY)
    )
    assert due_of(permit, no_dcr).state == DueState.OPEN

    propose(permit=permit, proposal=Proposal(user=DCR_GUIDE.code, role=Role.DCR_GUIDE, first_day=TODAY))

    assert due_of(permit, no_dcr).state == DueState.DONE
    record(permit=permit, expected_version=2, facts=[contact(TODAY)])
    assert due_of(permit, no_dcr).state == DueState.DONE
