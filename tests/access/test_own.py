"""The own dossier is found without naming it, nobody else's is; who works there is told where it is shown."""

from hervat.access.own import OwnCase, who_works_here
from hervat.access.own import own_case as find
from hervat.access.refusals import Refusal
from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.rules.case_number import show_case_number
from hervat.journal.models import Line
from hervat.organisation.models import User
from hervat.register.vocabulary import Authority, Item, Operation, Role, Scope
from tests.cast import COMMANDER, OTHER_COMMANDER, SANNE, TODAY
from tests.dossiers.files import permit_for
from tests.web.cast import account

from .test_door import asks


def test_who_is_ill_comes_to_the_own_dossier_as_re_integrant_and_to_no_other(
    sanne: Opened, own_case: Opened
) -> None:
    asked = asks(SANNE.code, role=Role.RE_INTEGRANT)
    found = find(asked)
    assert isinstance(found, OwnCase)
    permit = found.permit
    assert (permit.dossier, permit.authority, found.others) == (sanne.dossier, Authority.OWN, 0)
    assert permit.scope(Item.SICKNESS_ABSENCE) is Scope.OWN

    commander = find(asks(OTHER_COMMANDER, role=Role.RE_INTEGRANT))
    assert isinstance(commander, OwnCase)
    assert (commander.permit.dossier, commander.permit.role) == (own_case.dossier, Role.RE_INTEGRANT)
    assert find(asks(COMMANDER, role=Role.RE_INTEGRANT)) is None
    before = Line.objects.count()
    other = find(asked, show_case_number(own_case.case_number))
    assert isinstance(other, Refusal)
    assert other.is_not_found
    assert Line.objects.count() == before + 1


def test_a_closed_account_has_no_dossier_of_its_own(sanne: Opened) -> None:
    account(SANNE)
    asked = asks(SANNE.code, role=Role.RE_INTEGRANT)
    assert isinstance(find(asked), OwnCase)
    User.objects.filter(code=SANNE.code).update(disabled_on=TODAY)

    assert find(asked) is None
    assert isinstance(find(asked, show_case_number(sanne.case_number)), Refusal)


def test_who_works_there_is_for_the_purpose_of_users_and_of_the_same_dossier(sanne: Opened) -> None:
    permit = permit_for(sanne, COMMANDER)
    beside = who_works_here(asks(COMMANDER, operation=Operation.REFER), permit)

    assert beside
    assert (beside.dossier, beside.purpose) == (sanne.dossier, "toegang-regelen")
    assert beside.scope(Item.USER_ASSIGNMENT) is Scope.FULL
    assert beside.scope(Item.SICKNESS_ABSENCE) is None
