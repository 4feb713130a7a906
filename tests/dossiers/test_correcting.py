"""A fact is replaced by another with a reason; what stood there stays, and a stale writer is told."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from hervat.dossiers.actions.correcting import (
    KeyGone,
    correct_appointment,
    correct_identity,
    record_benefit_facts,
    record_work_facts,
)
from hervat.dossiers.actions.recording import ReasonNeeded, StaleDossier
from hervat.dossiers.models import WorkFacts
from hervat.dossiers.queries.history import history
from hervat.dossiers.queries.overview import overview
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.queries.search import find, search
from hervat.dossiers.rules.values import Address, Placement, SicknessAct, ValueFault
from hervat.dossiers.rules.vocabulary import (
    Conflict,
    CorrectionReason,
    Field,
    Outcome,
    SafetyNet,
)
from hervat.register.cells import Hidden, Shown
from hervat.register.permit import NotPermitted
from hervat.register.vocabulary import Authority, Item
from hervat.vault.actions import destroy_keys

from ..cast import COMMANDER, PO_ADVISER, SANNE, TODAY
from ..permits import allowing
from .files import list_permit, open_for, permit_for
from .journal import last_act, lines

MISTAKE = CorrectionReason.MISTAKE
REPORTED: Any = {Field.WORK_CONFLICT: Conflict.REPORTED}
SETTLED: Any = {Field.WORK_CONFLICT: Conflict.SETTLED}
GOOD: Any = {Field.WORK_RELATION: "Goed."}


@pytest.mark.usefixtures("room")
def test_a_correction_is_a_new_version_with_a_reason_and_the_old_one_stays() -> None:
    opened = open_for()
    permit = permit_for(opened)

    assert record_work_facts(permit=permit, expected_version=1, changes=REPORTED) == 2
    with pytest.raises(ReasonNeeded):
        record_work_facts(permit=permit, expected_version=2, changes=SETTLED)
    assert record_work_facts(permit=permit, expected_version=2, changes=SETTLED, reason=MISTAKE) == 3

    now, before = history(permit, Field.WORK_CONFLICT).facts
    assert (now.value, now.reason, now.replaced_at) == (Shown(Conflict.SETTLED), MISTAKE, None)
    assert (before.value, before.reason) == (Shown(Conflict.REPORTED), None)
    assert before.replaced_at is not None
    assert now.recorded_role is PO_ADVISER.role
    assert overview(permit).facts[Field.WORK_CONFLICT] == Shown(Conflict.SETTLED)


@pytest.mark.usefixtures("room")
def test_what_did_not_change_is_carried_over_unopened_and_has_no_history_of_its_own() -> None:
    opened = open_for()
    permit = permit_for(opened)
    record_work_facts(permit=permit, expected_version=1, changes=REPORTED)
    relation_only = allowing({Item.WORK_RELATION})
    other = permit_for(opened, COMMANDER, reads=relation_only, writes=relation_only)

    record_work_facts(permit=other, expected_version=2, changes=GOOD, reason=CorrectionReason.CHANGED)

    assert len(history(permit, Field.WORK_CONFLICT).facts) == 1
    assert len(history(permit, Field.WORK_RELATION).facts) == 1
    assert history(other, Field.WORK_CONFLICT).facts == ()
    assert isinstance(history(other, Field.WORK_CONFLICT).hidden, Hidden)
    with permitted(permit):
        first, second = (bytes(row.work_conflict) for row in WorkFacts.objects.order_by("number"))
    assert first == second


@pytest.mark.usefixtures("room")
def test_who_writes_on_an_older_version_is_told_what_changed_as_far_as_it_may_be_known() -> None:
    opened = open_for()
    permit = permit_for(opened)
    record_work_facts(permit=permit, expected_version=1, changes=REPORTED)
    blind = permit_for(opened, COMMANDER, reads=allowing({Item.WORK_RELATION}))

    for late, known in ((permit, Field.WORK_CONFLICT), (blind, None)):
        with pytest.raises(StaleDossier, match="Iemand anders") as stale, transaction.atomic():
            record_work_facts(permit=late, expected_version=1, changes=GOOD, reason=MISTAKE)
        assert stale.value.version == 2
        (change,) = stale.value.changes
        assert (change.field, change.role) == (known, PO_ADVISER.role)
        assert "gemeld" not in repr(stale.value.changes)
    assert overview(permit).facts[Field.WORK_RELATION] == Shown(None)


@pytest.mark.usefixtures("room")
def test_writing_what_stands_there_already_changes_nothing_and_is_still_logged() -> None:
    opened = open_for()
    permit = permit_for(opened)
    record_work_facts(permit=permit, expected_version=1, changes=REPORTED)
    before = len(lines())

    assert record_work_facts(permit=permit, expected_version=2, changes=REPORTED) == 2

    assert len(lines()) == before + 2
    assert overview(permit).version == 2


@pytest.mark.usefixtures("room")
def test_what_may_not_be_written_is_not_written_and_a_part_takes_only_its_own_fields() -> None:
    opened = open_for()
    permit = permit_for(opened)
    no_conflict = permit_for(opened, writes=allowing(frozenset(Item) - {Item.WORK_CONFLICT}))
    own_only = permit_for(opened, writes=allowing((), own=frozenset(Item)))
    before = len(lines())

    for refused, changes in (
        (no_conflict, REPORTED),
        (own_only, REPORTED),
        (permit, {}),
        (permit, {Field.WIA: None}),
    ):
        with pytest.raises(NotPermitted):
            record_work_facts(permit=refused, expected_version=1, changes=changes)

    assert len(lines()) == before
    own = permit_for(opened, authority=Authority.OWN, writes=allowing((), own=frozenset(Item)))
    with pytest.raises(NotPermitted, match="om verbetering"):
        record_work_facts(permit=own, expected_version=1, changes=REPORTED)
    said: Any = {Field.REACHABILITY_NOTE: "Liefst bellen."}
    assert record_work_facts(permit=own, expected_version=1, changes=said) == 2


@pytest.mark.usefixtures("room")
def test_somebody_changes_their_own_address_and_not_their_own_name() -> None:
    opened = open_for()
    own = permit_for(opened, authority=Authority.OWN, writes=allowing((), own={Item.NAME_AND_ADDRESS}))
    reason = CorrectionReason.SOURCE_CHANGED
    name: Any = {Field.NAME: "Iemand Anders"}
    address: Any = {Field.ADDRESS: Address("Dorpsstraat 1", "1234 AB", "Ons Dorp")}

    with pytest.raises(NotPermitted, match="om verbetering"):
        correct_identity(permit=own, expected_version=1, changes=name | address, reason=reason)
    assert correct_identity(permit=own, expected_version=1, changes=address, reason=reason) == 2


@pytest.mark.usefixtures("room")
def test_a_fact_behind_an_open_point_is_kept_only_where_the_permit_says_so() -> None:
    opened = open_for()
    outcome: Any = {Field.OUTCOME: Placement(Outcome.OWN_WORK, TODAY)}
    closed_point = permit_for(opened, writes=allowing(frozenset(Item) - {Item.OUTCOME}))

    with pytest.raises(NotPermitted, match="uitkomst-en-plaatsing"):
        record_work_facts(permit=closed_point, expected_version=1, changes=outcome)
    assert record_work_facts(permit=permit_for(opened), expected_version=1, changes=outcome) == 2


@pytest.mark.usefixtures("room")
def test_another_name_or_number_is_found_from_then_on_and_the_old_one_no_longer() -> None:
    opened = open_for()
    listed = list_permit(SANNE.unit.id)
    changes: Any = {Field.NAME: "Sanne de Vries", Field.BSN: "999990044", Field.EMPLOYEE_ID: "W200000"}

    correct_identity(permit=permit_for(opened), expected_version=1, changes=changes, reason=MISTAKE)

    assert [len(search(listed, text)) for text in ("yil", "vries", "sanne")] == [0, 1, 1]
    assert [len(find(listed, item=Item.BSN, number=n)) for n in ("999990019", "999990044")] == [0, 1]
    numbers = ("W100001", "W200000")
    assert [len(find(listed, item=Item.EMPLOYEE_ID, number=n)) for n in numbers] == [0, 1]


@pytest.mark.usefixtures("room")
def test_the_other_parts_are_recorded_the_same_way_and_logged_by_item() -> None:
    opened = open_for()
    permit = permit_for(opened)
    job: Any = {Field.JOB_DESCRIPTION: "Pelotonscommandant"}
    benefits: Any = {Field.SICKNESS_ACT: SicknessAct(SafetyNet.DOES_NOT_HOLD)}

    correct_appointment(permit=permit, expected_version=1, changes=job, reason=CorrectionReason.CHANGED)
    record_benefit_facts(permit=permit, expected_version=2, changes=benefits)

    parent, (child,) = last_act()
    assert (parent["operation"], parent["effect"]) == ("dossier-bijhouden", "U")
    assert child["items"] == ["ziektewetgegevens"]
    facts = overview(permit).facts
    assert facts[Field.JOB_DESCRIPTION] == Shown("Pelotonscommandant")
    assert facts[Field.SERVICE_BRANCH] != Shown(None)
    assert facts[Field.SICKNESS_ACT] == Shown(SicknessAct(SafetyNet.DOES_NOT_HOLD))


@pytest.mark.usefixtures("room")
def test_a_value_that_cannot_be_kept_changes_nothing_at_all() -> None:
    opened = open_for()
    changes: Any = {Field.PHONE: "+31 6 11111111", Field.BSN: "123456789"}

    with pytest.raises(ValueFault) as fault, transaction.atomic():
        correct_identity(permit=permit_for(opened), expected_version=1, changes=changes, reason=MISTAKE)

    assert fault.value.field is Field.BSN
    assert overview(permit_for(opened)).facts[Field.PHONE] == Shown(SANNE.facts[Field.PHONE])


@pytest.mark.usefixtures("room")
def test_after_the_keys_are_gone_nothing_is_recorded_about_a_person() -> None:
    opened = open_for()
    destroy_keys(permit_for(opened), opened.person)

    with pytest.raises(KeyGone), transaction.atomic():
        record_work_facts(permit=permit_for(opened), expected_version=1, changes=REPORTED)


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"number": 1}, "number_is_unique"),
        ({"number": 2, "reason": "vergissing"}, "one_is_current"),
        ({"number": 2, "replaced_at": "2026-11-23T12:00:00Z"}, "correction_has_a_reason"),
        (
            {"number": 2, "reason": "vergissing", "replaced_at": "2026-11-23T12:00Z", "wia": b"leesbaar"},
            "is_sealed",
        ),
    ],
)
def test_the_table_refuses_a_version_that_does_not_fit(changes: dict[str, Any], constraint: str) -> None:
    from hervat.dossiers.models import BenefitFacts

    opened = open_for()
    permit = permit_for(opened)
    benefits: Any = {Field.SICKNESS_ACT: SicknessAct(SafetyNet.HOLDS)}
    record_benefit_facts(permit=permit, expected_version=1, changes=benefits)
    row = {"dossier_id": opened.dossier, "dossier_version": 2, "recorded_by": "x", "recorded_role": "x"}

    with pytest.raises(IntegrityError, match=constraint), permitted(permit):
        BenefitFacts.objects.create(**row | changes)
