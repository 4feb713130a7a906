"""The dossiers of a demo: a dozen people, opened and recorded through the actions that log it."""

from datetime import UTC, datetime

import pytest

from hervat.access import cast, door
from hervat.access.asking import Asked
from hervat.access.choosing import purposes_for
from hervat.cli.demo_dossiers import PEOPLE
from hervat.cli.demo_filling import fill_units
from hervat.cli.demo_people import fill_demo
from hervat.dossiers.queries.caseload import caseload
from hervat.journal.actions.append import begin
from hervat.journal.models import Line
from hervat.organisation.queries.accounts import code_of
from hervat.organisation.rules.postings import day_of
from hervat.register.permit import Permit
from hervat.register.vocabulary import Operation, Role, Source
from tests.dossiers.conftest import keys  # noqa: F401 - a fixture


@pytest.fixture
def filled(db: None, keys: None) -> None:  # noqa: F811
    fill_demo()


def listed(who: cast.Character, role: Role) -> int:
    user, on = code_of(who.email), day_of(datetime.now(UTC))
    assert user is not None
    asked = Asked(
        user=user,
        operation=Operation.LIST_CASELOAD,
        purpose=purposes_for(role, Operation.LIST_CASELOAD, on)[0].id,
        on=on,
        source=Source.WEB,
        trace=begin(),
        role=role,
        demo=True,
    )
    permit = door.caseload(asked)
    assert isinstance(permit, Permit), permit
    return len(caseload(permit).rows)


def test_everybody_of_the_cast_has_something_to_see_and_only_their_own(filled: None) -> None:
    found = {
        (who.key, role): listed(who, role)
        for who, role in (
            (cast.COMMANDER, Role.COMMANDER),
            (cast.UNIT_ADMIN_NCO, Role.UNIT_ADMIN_NCO),
            (cast.SICK_COMMANDER, Role.COMMANDER),
            (cast.SICK_COMMANDER, Role.RE_INTEGRANT),
            (cast.RE_INTEGRANT, Role.RE_INTEGRANT),
            (cast.LABOUR_EXPERT, Role.LABOUR_EXPERT),
            (cast.LEGAL_ADVISER, Role.LEGAL_ADVISER),
            (cast.INSURANCE_PHYSICIAN, Role.INSURANCE_PHYSICIAN),
        )
    }

    assert found == {
        ("daan.verhoeven", Role.COMMANDER): 6,
        ("kees.brouwer", Role.UNIT_ADMIN_NCO): 4,
        ("bram.de.wit", Role.COMMANDER): 3,
        ("bram.de.wit", Role.RE_INTEGRANT): 1,
        ("sanne.yildiz", Role.RE_INTEGRANT): 1,
        ("ravi.ramdin", Role.LABOUR_EXPERT): 1,
        ("olivier.smit", Role.LEGAL_ADVISER): 1,
        ("pim.hendriks", Role.INSURANCE_PHYSICIAN): 1,
    }


def test_each_dossier_was_opened_by_the_feed_and_told_of(filled: None) -> None:
    opened = Line.objects.filter(operation="ziekmelding-verwerken", parent_span_id__isnull=False)

    assert opened.values("dossier").distinct().count() == 13
    assert {line.actor for line in opened} == {"p-en-o-berichten"}


def test_who_is_ill_and_of_the_cast_has_an_account_and_nobody_shares_a_number() -> None:
    numbers = [number for ill in PEOPLE for number in (ill.bsn, ill.number)]

    assert {ill.key for ill in PEOPLE if ill.key} == {cast.RE_INTEGRANT.key, cast.SICK_COMMANDER.key}
    assert len(set(numbers)) == 2 * len(PEOPLE)


def test_filling_again_changes_nothing(filled: None) -> None:
    before = Line.objects.count()

    fill_demo()

    assert Line.objects.count() == before


def test_the_units_are_filled_through_messages_and_once_only(filled: None) -> None:
    on = day_of(datetime.now(UTC))
    before = listed(cast.COMMANDER, Role.COMMANDER)

    fill_units(on, sick=8, fit=4)
    opened = Line.objects.filter(operation="ziekmelding-verwerken", actor_kind="taak", subject=None).count()
    there = listed(cast.COMMANDER, Role.COMMANDER)
    fill_units(on, sick=8, fit=4)

    assert opened > 7
    assert there > before
    assert listed(cast.COMMANDER, Role.COMMANDER) == there
    assert Line.objects.filter(operation="plan-en-evaluatie-afspreken", effect="C").exists()
