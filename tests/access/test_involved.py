"""Who works on a dossier: by posting and by assignment, in role and unit, by name for who may assign."""

from datetime import timedelta

import pytest

from hervat.access import door
from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.queries.assignments import Involved, assignments, involved
from hervat.journal.models import Line
from hervat.register.cells import Outcome, Shown
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item, Operation, Role
from tests.cast import BRIGADE, COMMANDER, COMPANY, DCR_GUIDE, LABOUR_EXPERT, PO_ADVISER, SANNE, TODAY
from tests.dossiers.files import permit_for
from tests.permits import allowing

from .test_door import asks, assign, referring, replace_unit


def roles(people: tuple[Involved, ...]) -> set[tuple[Role, bool]]:
    return {(one.role, one.assigned) for one in people}


def of(player: object, opened: Opened) -> Permit:
    return referring(asks(player, operation=Operation.REFER), opened)  # type: ignore[arg-type]


def test_who_assigns_sees_names_and_who_works_along_sees_role_and_unit(sanne: Opened) -> None:
    adviser = replace_unit(PO_ADVISER)
    assign(sanne, LABOUR_EXPERT)
    assign(sanne, DCR_GUIDE)

    known, beside = involved(of(adviser, sanne)), involved(of(LABOUR_EXPERT, sanne))

    assert (Role.PO_ADVISER, False) in roles(known)
    assert {(Role.LABOUR_EXPERT, True), (Role.DCR_GUIDE, True)} <= roles(known)
    assert roles(known) == roles(beside)
    names = {one.role: one.name for one in known}
    assert names[Role.DCR_GUIDE] == Shown(DCR_GUIDE.name)
    assert {one.name for one in beside} == {Outcome(None)}
    assert [one.role for one in beside if one.mine] == [Role.LABOUR_EXPERT]
    assert {one.unit for one in beside if one.role is Role.PO_ADVISER} <= {COMPANY.id, BRIGADE.id}
    met = Line.objects.filter(actor=str(LABOUR_EXPERT.code), subject=DCR_GUIDE.code).latest("id")
    assert (met.items, met.purpose) == (["gebruiker-toewijzing"], "toegang-regelen")


def test_the_re_integrant_sees_names_only_where_the_organisation_chose_so(sanne: Opened) -> None:
    assign(sanne, LABOUR_EXPERT)
    permit = of(SANNE.code, sanne)

    assert {one.name for one in involved(permit)} == {Outcome(None)}
    assert Shown(LABOUR_EXPERT.name) in {one.name for one in involved(permit, by_name=True)}
    beside = of(LABOUR_EXPERT, sanne)
    assert Shown(LABOUR_EXPERT.name) not in {one.name for one in involved(beside, by_name=True)}


@pytest.mark.usefixtures("room")
def test_an_assignment_of_another_is_seen_while_it_runs_and_nothing_without_the_item(sanne: Opened) -> None:
    assign(sanne, LABOUR_EXPERT)
    assign(sanne, DCR_GUIDE, last_day=TODAY)
    seen = permit_for(sanne, COMMANDER, reads=allowing((), outcome={Item.USER_ASSIGNMENT}))
    later = permit_for(
        sanne, COMMANDER, reads=allowing((), outcome={Item.USER_ASSIGNMENT}), on=TODAY + timedelta(days=1)
    )
    nothing = permit_for(sanne, COMMANDER, reads=allowing({Item.CASE_NUMBER}))

    assert {one.role for one in assignments(seen)} == {Role.LABOUR_EXPERT, Role.DCR_GUIDE}
    assert {one.role for one in assignments(later)} == {Role.LABOUR_EXPERT}
    assert assignments(nothing) == ()
    assert involved(nothing) == ()
    assert isinstance(door.about_users(asks(LABOUR_EXPERT, operation=Operation.REFER), later), Permit)
