"""A fact is recorded once and never changed; a correction is a new row with a reason, and dates follow."""

from datetime import date

import pytest
from django.db import connection, transaction

from hervat.course.actions.recording import record, replace
from hervat.course.actions.stale import StaleCourse
from hervat.course.models import Fact
from hervat.course.rules.faults import CourseFault, Fault
from hervat.course.rules.values import NewFact
from hervat.course.rules.vocabulary import Kind, Method
from hervat.dossiers.actions.recording import StaleDossier
from hervat.dossiers.queries.overview import overview
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.rules.vocabulary import CorrectionReason
from hervat.law.vocabulary import LeaveKind, SameCause
from hervat.register.cells import Shown
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Authority, Item, Operation

from ..cast import EGB_PHYSICIAN, JAN, SANNE, TODAY
from ..dossiers.files import FIRST_SICK, feed, open_for, own_permit, permit_for
from ..dossiers.journal import last_act, lines
from ..permits import allowing
from .happenings import contact, fit, new, sick

MISTAKE = CorrectionReason.MISTAKE
MAY_NOT_BE_KNOWN = b"telefoon"
pytestmark = pytest.mark.usefixtures("room")


def rows(permit: Permit) -> list[Fact]:
    with permitted(permit):
        return list(Fact.objects.order_by("recorded_at", "happened_on"))


def test_a_fact_is_kept_with_who_recorded_it_and_its_detail_is_sealed() -> None:
    permit = permit_for(open_for())

    difference = record(permit=permit, expected_version=1, facts=[contact(date(2026, 11, 2))])

    (row,) = rows(permit)
    assert (difference.version, difference.facts) == (2, (row.id,))
    assert (row.kind, row.happened_on, row.dossier_version) == ("contact", date(2026, 11, 2), 2)
    assert (row.recorded_by, row.recorded_role, row.source) == (permit.actor, "po-adviseur", "mens")
    assert MAY_NOT_BE_KNOWN not in bytes(row.detail)
    assert overview(permit).version == 2


def test_each_act_says_which_items_and_for_which_operation() -> None:
    opened = open_for()
    permit = permit_for(opened)
    facts = [contact(date(2026, 11, 2)), new(Kind.PLAN, date(2026, 11, 3))]

    record(permit=permit, expected_version=1, facts=facts)

    parent, (child,) = last_act()
    assert (parent["operation"], parent["effect"]) == (Operation.AGREE_PLAN, "C")
    assert child["items"] == [Item.GATEKEEPER_EMPLOYER]
    contacts = [line for line in lines() if line["operation"] == Operation.KEEP_CONTACT]
    assert contacts[-1]["items"] == [Item.CONTACT_MOMENT]


def test_correcting_the_first_sick_day_moves_the_dossier_and_what_stood_stays() -> None:
    opened = open_for()
    permit = permit_for(opened)
    first = record(permit=permit, expected_version=1, facts=[sick(FIRST_SICK)])
    (was,) = rows(permit)

    replace(
        permit=permit, expected_version=first.version, fact=was.id, by=sick(date(2026, 9, 28)), why=MISTAKE
    )

    old, now = rows(permit)
    assert (old.happened_on, old.replaced_at is not None) == (FIRST_SICK, True)
    assert (now.happened_on, now.replaces_id, now.reason) == (date(2026, 9, 28), was.id, MISTAKE)
    assert overview(permit).first_sick_on == Shown(date(2026, 9, 28))


def test_what_is_withdrawn_stands_for_nothing_and_says_who_and_why() -> None:
    permit = permit_for(open_for())
    record(permit=permit, expected_version=1, facts=[sick(FIRST_SICK), fit(date(2026, 11, 9))])
    (recovered,) = (row for row in rows(permit) if row.kind == Kind.RECOVERED)

    replace(permit=permit, expected_version=2, fact=recovered.id, by=None, why=MISTAKE)

    withdrawal = rows(permit)[-1]
    assert (withdrawal.withdraws, withdrawal.reason, withdrawal.detail) == (True, MISTAKE, None)
    assert withdrawal.replaced_at is not None
    # Fit no longer, so nobody can fall ill again, and the same day can be recorded once more.
    with pytest.raises(CourseFault, match="al ziek"), transaction.atomic():
        record(permit=permit, expected_version=3, facts=[sick(date(2026, 11, 16))])
    record(permit=permit, expected_version=3, facts=[fit(date(2026, 11, 9))])


def test_a_message_finds_the_fact_it_brought_also_after_a_correction() -> None:
    opened = open_for()
    permit = feed(SANNE.unit.id)
    first, second = bytes(32), bytes([1]) * 32
    facts = [NewFact(Kind.SICK, FIRST_SICK, message_key=first)]
    record(permit=permit, expected_version=None, facts=facts, dossier=opened.dossier)
    better = NewFact(Kind.SICK, date(2026, 10, 6), message_key=second)

    for by in (better, sick(date(2026, 10, 7))):
        replace(
            permit=permit,
            expected_version=None,
            fact=first,
            by=by,
            why=CorrectionReason.SOURCE_CHANGED,
            dossier=opened.dossier,
        )

    assert [row.happened_on.day for row in rows(permit)] == [5, 6, 7]
    assert {row.source for row in rows(permit)} == {"personeelssysteem"}
    again = [NewFact(Kind.RECOVERED, date(2026, 10, 20), message_key=first)]
    with pytest.raises(CourseFault, match="al verwerkt"), transaction.atomic():
        record(permit=permit, expected_version=None, facts=again, dossier=opened.dossier)


def test_a_job_comes_after_whoever_was_first_and_a_person_says_which_version_they_saw() -> None:
    opened = open_for()
    permit = permit_for(opened)
    record(
        permit=feed(SANNE.unit.id), expected_version=None, facts=[sick(FIRST_SICK)], dossier=opened.dossier
    )

    blind = permit_for(opened, reads=allowing(frozenset(Item) - {Item.SICKNESS_ABSENCE}))
    for late, known in ((permit, Kind.SICK), (blind, None)):
        with pytest.raises(StaleDossier, match="Iemand anders") as stale, transaction.atomic():
            record(permit=late, expected_version=1, facts=[contact(TODAY)])
        assert isinstance(stale.value, StaleCourse)
        assert stale.value.version == 2
        assert [(one.kind, one.role) for one in stale.value.facts] == [(known, None)]
    with pytest.raises(NotPermitted, match="welke versie"):
        record(permit=permit, expected_version=None, facts=[contact(TODAY)])
    assert record(permit=permit, expected_version=2, facts=[contact(TODAY)]).version == 3


def test_a_permit_reaches_its_own_dossier_and_units_only() -> None:
    sanne, jan = open_for(), open_for(JAN)
    asked = [
        (permit_for(sanne), jan.dossier, 1),
        (feed(SANNE.unit.id), jan.dossier, None),
        (feed(SANNE.unit.id), None, None),
    ]
    for permit, dossier, version in asked:
        with pytest.raises(NotPermitted), transaction.atomic():
            record(permit=permit, expected_version=version, facts=[sick(FIRST_SICK)], dossier=dossier)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM course_fact")
        assert cursor.fetchone() == (0,)


def test_what_may_not_be_written_is_not_and_nothing_is_logged() -> None:
    opened = open_for()
    no_contact = permit_for(opened, writes=allowing(frozenset(Item) - {Item.CONTACT_MOMENT}))
    own_only = permit_for(opened, writes=allowing((), own=frozenset(Item)))
    own = own_permit(SANNE, dossier=opened.dossier, writes=allowing((), own=frozenset(Item)))
    before = len(lines())

    for permit in (no_contact, own_only, own):
        with pytest.raises(NotPermitted):
            record(permit=permit, expected_version=1, facts=[contact(TODAY)])

    assert len(lines()) == before
    assert own.authority is Authority.OWN
    assert record(permit=permit_for(opened), expected_version=1, facts=[contact(TODAY)]).version == 2


def test_what_is_wrong_by_itself_is_said_before_anything_is_locked() -> None:
    permit = permit_for(open_for())
    ahead = date(2026, 12, 25)
    for fact, fault in (
        (contact(ahead), Fault.AHEAD),
        (new(Kind.LEAVE, TODAY, LeaveKind.MATERNITY), Fault.NO_LAST_DAY),
        (new(Kind.PLAN, TODAY, last_day=TODAY), Fault.LAST_DAY),
        (new(Kind.CAPACITY, TODAY, last_day=FIRST_SICK), Fault.ENDS_FIRST),
        (new(Kind.OWN_HOURS, date(2026, 11, 18), 40), Fault.NOT_MONDAY),
        (new(Kind.OWN_HOURS, date(2026, 11, 16), -1), Fault.DETAIL),
        (new(Kind.PERCENTAGE, TODAY, 101), Fault.DETAIL),
        (new(Kind.PLAN, TODAY, Method.VISIT), Fault.DETAIL),
    ):
        with pytest.raises(CourseFault) as refused:
            record(permit=permit, expected_version=1, facts=[fact])
        assert refused.value.fault is fault
    with pytest.raises(CourseFault, match="niets ingevuld"):
        record(permit=permit, expected_version=1, facts=[])
    on_leave = new(Kind.LEAVE, ahead, LeaveKind.MATERNITY, date(2027, 3, 1))
    assert record(permit=permit, expected_version=1, facts=[on_leave]).version == 2


def test_the_cause_of_a_leave_is_of_the_doctor_and_is_counted_with_without_being_shown() -> None:
    opened = open_for()
    leave = new(Kind.LEAVE, date(2026, 11, 2), LeaveKind.MATERNITY, date(2026, 11, 15))
    record(permit=permit_for(opened), expected_version=1, facts=[leave])
    cause = new(Kind.LEAVE_CAUSE, date(2026, 11, 2), SameCause.YES)
    employer = permit_for(opened, writes=allowing(frozenset(Item) - {Item.GATEKEEPER_MEDICAL}))
    with pytest.raises(NotPermitted):
        record(permit=employer, expected_version=2, facts=[cause])
    record(permit=permit_for(opened, EGB_PHYSICIAN), expected_version=2, facts=[cause])

    record(permit=employer, expected_version=3, facts=[contact(TODAY)])

    _, (seen, worked_with) = last_act()
    assert (seen["items"], seen["manner"]) == ([Item.CONTACT_MOMENT], "geopend")
    assert (worked_with["items"], worked_with["manner"]) == ([Item.GATEKEEPER_MEDICAL], "verwerkt")
