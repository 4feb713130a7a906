"""What a change would do is what it does, and asking changes nothing."""

from datetime import date, timedelta

import pytest

from hervat.course.actions.closing import close, reopen
from hervat.course.actions.recording import record, replace
from hervat.course.models import Fact
from hervat.course.queries.story import Told, story
from hervat.course.queries.whatif import what_if
from hervat.course.rules.faults import CourseFault
from hervat.course.rules.vocabulary import Kind, Method
from hervat.dossiers.actions.assigning import propose_assignment
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.rules.assignments import Proposal
from hervat.dossiers.rules.vocabulary import ClosingReason, CorrectionReason
from hervat.law.vocabulary import StepId
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Role

from ..cast import COMMANDER, DCR_GUIDE, PO_ADVISER, SANNE, TODAY
from ..dossiers.files import list_permit, permit_for
from ..dossiers.journal import last_act
from ..permits import allowing
from .files import begun, dues_of, weeks_ago
from .happenings import contact, fit, new, sick

EVERYTHING = frozenset(Item)
pytestmark = pytest.mark.usefixtures("room")


def report(permit: Permit) -> Fact:
    with permitted(permit):
        return Fact.objects.get(kind="ziek", replaced_at=None)


def test_what_if_tells_every_day_that_moves_and_keeps_nothing() -> None:
    permit = permit_for(begun(weeks_ago(10)))
    first = report(permit)
    earlier = sick(weeks_ago(11))
    before = [(one.code, one.due_on) for one in dues_of(permit)]

    told = what_if(permit, [earlier], instead_of=first.id)

    assert {one.days for one in told.moved} == {-7}
    assert {"first_sick_day", "action_plan", "waiting_period_end", "pay_end"} <= {
        one.code for one in told.moved
    }
    assert told.version == 2
    assert [(one.code, one.due_on) for one in dues_of(permit)] == before
    assert last_act()[0]["effect"] == "R"
    done = replace(permit=permit, expected_version=2, fact=first.id, by=earlier, why=CorrectionReason.MISTAKE)
    steps = {one.code: one.now for one in told.moved}
    assert {one.code: one.now for one in done.moved if one.code in steps}.items() <= steps.items()


def test_what_if_tells_what_lapses_and_what_cannot_be() -> None:
    permit = permit_for(begun(weeks_ago(10)))

    recovered = what_if(permit, [fit(TODAY)])
    assert StepId.WEEK_42_NOTIFICATION in recovered.lapsed
    with pytest.raises(CourseFault, match="al ziek"):
        what_if(permit, [sick(TODAY)])
    with pytest.raises(CourseFault, match="dezelfde soort"):
        what_if(permit, [fit(TODAY)], instead_of=report(permit).id)
    with pytest.raises(CourseFault, match="toekomst"):
        what_if(permit, [new(Kind.PLAN, date(2026, 12, 25))])


def test_what_if_is_for_who_may_see_days_and_the_fact() -> None:
    opened = begun(weeks_ago(10))
    for missing in (Item.SICKNESS_ABSENCE, Item.CONTACT_MOMENT):
        blind = permit_for(opened, COMMANDER, reads=allowing(EVERYTHING - {missing}))
        with pytest.raises(NotPermitted):
            what_if(blind, [contact(TODAY)])
    with pytest.raises(NotPermitted):
        what_if(list_permit(SANNE.unit.id), [contact(TODAY)])
    assert what_if(permit_for(opened, COMMANDER), [contact(TODAY)]).moved == ()


def test_the_story_tells_what_was_recorded_corrected_and_withdrawn_and_why() -> None:
    opened = begun(weeks_ago(10))
    permit = permit_for(opened, PO_ADVISER)
    first = report(permit)
    mistake = CorrectionReason.MISTAKE
    replace(permit=permit, expected_version=2, fact=first.id, by=sick(weeks_ago(11)), why=mistake)
    record(permit=permit, expected_version=3, facts=[contact(weeks_ago(2), Method.VISIT)])
    with permitted(permit):
        visit = Fact.objects.get(kind="contact")
    replace(permit=permit, expected_version=4, fact=visit.id, by=None, why=mistake)
    propose_assignment(
        permit=permit, proposal=Proposal(user=DCR_GUIDE.code, role=Role.DCR_GUIDE, first_day=TODAY)
    )
    version = close(permit=permit, expected_version=5, on=TODAY, reason=ClosingReason.COURSE_ENDED)
    reopen(permit=permit, expected_version=version, on=TODAY, reason=ClosingReason.CLOSED_BY_MISTAKE)

    events = story(permit).events

    told = {one.told: one for one in events}
    assert told[Told.CORRECTED].fact.happened_on == weeks_ago(11)
    assert told[Told.CORRECTED].was.happened_on == weeks_ago(10)
    assert told[Told.CORRECTED].why is mistake
    assert told[Told.WITHDRAWN].was.detail is Method.VISIT
    assert told[Told.WITHDRAWN].fact is None
    assert told[Told.PROPOSED].of_role is Role.DCR_GUIDE
    assert told[Told.REOPENED].why is ClosingReason.CLOSED_BY_MISTAKE
    assert [one.at for one in events] == sorted((one.at for one in events), reverse=True)
    assert {one.role for one in events if one.told is Told.CORRECTED} == {Role.PO_ADVISER}


def test_the_story_tells_nothing_of_what_may_not_be_known() -> None:
    opened = begun(weeks_ago(10), contact(weeks_ago(2), Method.VISIT))
    blind = permit_for(opened, reads=allowing(EVERYTHING - {Item.CONTACT_MOMENT}))

    told = story(blind)

    assert {one.fact.kind for one in told.events if one.fact} == {Kind.SICK}
    assert [kind for kind, _ in told.hidden] == [Kind.CONTACT]
    assert Item.CONTACT_MOMENT not in last_act()[1][0]["items"]
    assert TODAY - timedelta(weeks=2) not in {one.on for one in told.events}
