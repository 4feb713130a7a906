"""Acting for a colleague: by their posting or their assignments, never to the own dossier of either."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from hervat.access import door
from hervat.access.refusals import Refusal, Why
from hervat.dossiers.actions.closing import close_dossier
from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.queries.caseload import caseload
from hervat.dossiers.queries.overview import overview
from hervat.dossiers.rules.vocabulary import CaseGround, ClosingReason
from hervat.organisation.models import Deputy, Posting
from hervat.register.vocabulary import Authority, Item, Operation, Role, Scope, Use
from tests.access.test_door import ACCOUNT, asks, assign, kept_out, let_in, lines, post, replace_unit, revoke
from tests.cast import (
    ADMINISTRATOR,
    BRIGADE,
    COMMANDER,
    COMPANY,
    DCR_GUIDE,
    LEGAL_ADVISER,
    OTHER_BRIGADE,
    OTHER_COMMANDER,
    PO_ADVISER,
    SANNE,
    TODAY,
    Player,
)

DAY = timedelta(days=1)
OTHER_GUIDE = replace(DCR_GUIDE, code=UUID(int=0x81, version=4))


def deputise(principal: Player, deputy: Player, **changes: object) -> Deputy:
    """Let somebody act for a colleague through tomorrow, in the newest posting of the role."""
    posting = Posting.objects.filter(user=principal.code, role=principal.role.value).latest("granted_at")
    fields = {
        "posting": posting,
        "principal_id": principal.code,
        "deputy_id": deputy.code,
        "starts_on": TODAY,
        "ends_on": TODAY + DAY,
        "reason": "afwezig",
        "named_by_kind": "gebruiker",
        "named_by": str(principal.code),
    }
    return Deputy.objects.create(**(fields | changes))


def test_a_deputy_comes_by_the_colleagues_posting_and_the_log_says_so(sanne: Opened) -> None:
    commander = replace_unit(COMMANDER)
    assert kept_out(door.enter(asks(OTHER_COMMANDER), sanne.case_number)) is Why.NO_RELATION

    deputise(commander, OTHER_COMMANDER)
    permit = let_in(door.enter(asks(OTHER_COMMANDER), sanne.case_number))

    assert (permit.role, permit.authority, permit.unit) == (Role.COMMANDER, Authority.DEPUTY, COMPANY.id)
    assert (permit.principal, permit.actor) == (commander.code, str(OTHER_COMMANDER.code))
    assert overview(permit).dossier == sanne.dossier
    parent, child = lines(actor=str(OTHER_COMMANDER.code), outcome="gelukt")
    assert {(one.authority, one.unit) for one in (parent, child)} == {("waarneming", COMPANY.id)}
    own = let_in(door.enter(asks(commander), sanne.case_number))
    assert permit.reads == own.reads
    assert own.principal is None


def test_it_begins_ends_and_is_revoked_by_the_day(sanne: Opened) -> None:
    commander = replace_unit(COMMANDER)
    deputy = deputise(commander, OTHER_COMMANDER, starts_on=TODAY + DAY, ends_on=TODAY + 2 * DAY)

    def on(days: int) -> bool:
        answer = door.enter(asks(OTHER_COMMANDER, on=TODAY + days * DAY), sanne.case_number)
        return not isinstance(answer, Refusal)

    assert [on(days) for days in range(4)] == [False, True, True, False]
    Deputy.objects.filter(pk=deputy.pk).update(
        revoked_on=TODAY + 2 * DAY, revoked_by="x", revoked_by_kind="opdracht", revoke_reason="door-beheer"
    )
    assert [on(days) for days in range(4)] == [False, True, False, False]


def test_a_deputy_without_the_role_comes_nowhere(sanne: Opened) -> None:
    commander = replace_unit(COMMANDER)
    deputise(commander, PO_ADVISER)
    assert kept_out(door.enter(asks(PO_ADVISER), sanne.case_number)) is Why.NO_RELATION

    deputise(commander, OTHER_COMMANDER)
    let_in(door.enter(asks(OTHER_COMMANDER), sanne.case_number))
    revoke(OTHER_COMMANDER)
    assert kept_out(door.enter(asks(OTHER_COMMANDER), sanne.case_number)) is Why.NO_RELATION


def test_nobody_reaches_the_own_dossier_of_a_sick_principal_through_that_principal(own_case: Opened) -> None:
    """The commander of the other brigade is ill, and his own dossier lies in his own unit."""
    deputise(OTHER_COMMANDER, COMMANDER)
    listing = asks(COMMANDER, operation=Operation.LIST_CASELOAD, instead_of=OTHER_COMMANDER.code)

    assert kept_out(door.enter(asks(COMMANDER), own_case.case_number)) is Why.NO_RELATION
    assert caseload(let_in(door.caseload(listing))).rows == ()
    # A posting of one's own does reach it.
    post(replace(COMMANDER, unit=OTHER_BRIGADE), first_day=TODAY)
    permit = let_in(door.enter(asks(COMMANDER), own_case.case_number))
    assert permit.authority is Authority.POSTING


def test_who_is_ill_comes_to_the_own_dossier_as_re_integrant_also_as_a_deputy(own_case: Opened) -> None:
    post(replace(COMMANDER, unit=OTHER_BRIGADE), first_day=TODAY)
    revoke(OTHER_COMMANDER)
    post(replace(OTHER_COMMANDER, unit=BRIGADE), first_day=TODAY)
    deputise(replace(COMMANDER, unit=OTHER_BRIGADE), OTHER_COMMANDER)

    permit = let_in(door.enter(asks(OTHER_COMMANDER), own_case.case_number))
    listing = asks(OTHER_COMMANDER, operation=Operation.LIST_CASELOAD, instead_of=COMMANDER.code)

    assert (permit.role, permit.authority) == (Role.RE_INTEGRANT, Authority.OWN)
    assert caseload(let_in(door.caseload(listing))).rows == ()


def test_an_assignment_is_passed_on_to_who_holds_the_same_role(sanne: Opened) -> None:
    assign(sanne, DCR_GUIDE)
    post(OTHER_GUIDE)
    listing = asks(OTHER_GUIDE, operation=Operation.LIST_CASELOAD, instead_of=DCR_GUIDE.code)
    assert kept_out(door.enter(asks(OTHER_GUIDE), sanne.case_number)) is Why.NO_RELATION
    assert kept_out(door.caseload(listing)) is Why.NOT_AS_THIS_ROLE

    deputise(DCR_GUIDE, OTHER_GUIDE)

    permit = let_in(door.enter(asks(OTHER_GUIDE), sanne.case_number))
    assert (permit.role, permit.authority, permit.principal) == (
        Role.DCR_GUIDE,
        Authority.DEPUTY,
        DCR_GUIDE.code,
    )
    assert [row.dossier for row in caseload(let_in(door.caseload(listing))).rows] == [sanne.dossier]
    own = asks(OTHER_GUIDE, operation=Operation.LIST_CASELOAD)
    assert caseload(let_in(door.caseload(own))).rows == ()


def test_what_is_seen_case_by_case_is_not_passed_on(sanne: Opened) -> None:
    ground = {"ground": CaseGround.OBJECTION, "why": "Er is bezwaar.", "last_day": TODAY + DAY}
    assign(sanne, LEGAL_ADVISER, **ground)
    other = replace(LEGAL_ADVISER, code=UUID(int=0x82, version=4))
    post(other)
    let_in(door.enter(asks(LEGAL_ADVISER), sanne.case_number))

    deputise(LEGAL_ADVISER, other)

    assert kept_out(door.enter(asks(other), sanne.case_number)) is Why.NO_RELATION


def test_a_list_is_ones_own_or_that_of_one_colleague_and_never_both(sanne: Opened) -> None:
    deputise(replace_unit(COMMANDER), OTHER_COMMANDER)
    asked = asks(OTHER_COMMANDER, operation=Operation.LIST_CASELOAD)

    mine = let_in(door.caseload(asked))
    his = let_in(door.caseload(replace(asked, instead_of=COMMANDER.code)))

    assert (mine.authority, mine.units) == (Authority.POSTING, {OTHER_BRIGADE.id})
    assert (his.authority, his.units) == (Authority.DEPUTY, {COMPANY.id})
    assert [row.dossier for row in caseload(his).rows] == [sanne.dossier]
    assert {one.authority for one in lines(actor=str(OTHER_COMMANDER.code), outcome="gelukt")} == {
        "waarneming"
    }
    assert kept_out(door.caseload(replace(asked, instead_of=PO_ADVISER.code))) is Why.NOT_AS_THIS_ROLE


def test_ones_own_way_comes_first_and_the_other_can_be_asked_for(sanne: Opened) -> None:
    commander = replace_unit(COMMANDER)
    second = replace(OTHER_COMMANDER, unit=COMPANY)
    post(second, first_day=TODAY)
    deputise(commander, second)

    asked = asks(second)
    assert let_in(door.enter(asked, sanne.case_number)).authority is Authority.POSTING
    instead = let_in(door.enter(replace(asked, instead_of=commander.code), sanne.case_number))
    assert instead.authority is Authority.DEPUTY
    other = replace(asked, instead_of=PO_ADVISER.code)
    assert kept_out(door.enter(other, sanne.case_number)) is Why.NOT_AS_THIS_ROLE


def test_a_closed_dossier_is_closed_to_a_deputy_who_may_open_it_again(sanne: Opened) -> None:
    adviser = replace_unit(PO_ADVISER)
    deputy = replace(PO_ADVISER, code=UUID(int=0x83, version=4), unit=OTHER_BRIGADE)
    post(deputy)
    deputise(adviser, deputy)
    keeping = asks(deputy, operation=Operation.KEEP_DOSSIER)
    permit = let_in(door.enter(keeping, sanne.case_number))

    close_dossier(permit=permit, expected_version=1, on=TODAY, reason=ClosingReason.COURSE_ENDED)

    assert kept_out(door.enter(keeping, sanne.case_number)) is Why.CLOSED
    assert let_in(door.reopen(keeping, sanne.case_number)).authority is Authority.DEPUTY


# --- one's own account ---------------------------------------------------------------------------


def test_ones_own_account_is_all_that_this_way_gives_also_to_an_administrator(sanne: Opened) -> None:
    for player in (ADMINISTRATOR, COMMANDER):
        asked = asks(player, operation=Operation.ADMINISTER_USERS, purpose="toegang-regelen")
        permit = let_in(door.own_account(asked))

        assert (permit.role, permit.authority) == (player.role, Authority.OWN)
        assert permit.scope(Item.USER_DEPUTY, Use.WRITE) is Scope.OWN
        assert permit.scope(Item.USER_CONTACT, Use.WRITE) is Scope.OWN
        assert {permit.scope(item, use) for item in Item for use in Use} <= {None, Scope.OWN, Scope.OUTCOME}
    nobody = asks(SANNE.code, operation=Operation.ADMINISTER_USERS, purpose="toegang-regelen")
    without_postings = let_in(door.own_account(nobody))
    assert without_postings.scope(Item.USER_POSTING, Use.WRITE) is None
    assert ACCOUNT not in without_postings.purpose
