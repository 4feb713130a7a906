"""Who gets in to which dossier, for what; and that every refusal is told of in the log."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from hervat.access import door
from hervat.access.asking import Asked
from hervat.access.choosing import how_many_proposals
from hervat.access.jobs import PERSONNEL_FEED
from hervat.access.refusals import Refusal, Why
from hervat.dossiers.actions.assigning import accept_assignment, end_assignment, propose_assignment
from hervat.dossiers.actions.closing import TO_REOPEN, close_dossier, reopen_dossier
from hervat.dossiers.actions.correcting import record_work_facts
from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.queries.assignments import proposals
from hervat.dossiers.queries.caseload import caseload
from hervat.dossiers.queries.overview import overview
from hervat.dossiers.rules.assignments import Proposal
from hervat.dossiers.rules.values import Conflict
from hervat.dossiers.rules.vocabulary import CaseGround, ClosingReason, CorrectionReason, Field
from hervat.journal.actions.append import begin
from hervat.journal.models import Line
from hervat.organisation.models import Posting, User
from hervat.register.model import PurposeId
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Authority, Item, Operation, Role, Scope, Source, Use
from tests.access.conftest import post
from tests.cast import (
    ADMINISTRATOR,
    AUDITOR,
    BRIGADE,
    COMMANDER,
    COMPANY,
    DCR_GUIDE,
    LABOUR_EXPERT,
    LEGAL_ADVISER,
    OTHER_COMMANDER,
    PO_ADVISER,
    PRIVACY_OFFICER,
    RECORDS_MANAGER,
    SANNE,
    SICK_COMMANDER,
    TODAY,
    Player,
)
from tests.dossiers.files import list_permit

DUTY = PurposeId("wettelijke-plicht")
ACCOUNT = PurposeId("verantwoorden")
DAY = timedelta(days=1)


def asks(who: Player | UUID, **changes: Any) -> Asked:
    fields: dict[str, Any] = {
        "user": who.code if isinstance(who, Player) else who,
        "operation": Operation.READ_DOSSIER,
        "purpose": DUTY,
        "on": TODAY,
        "source": Source.WEB,
        "trace": begin(),
        "demo": True,
    }
    return Asked(**(fields | changes))


def let_in(answer: Permit | Refusal) -> Permit:
    assert isinstance(answer, Permit), answer
    return answer


def kept_out(answer: Permit | Refusal) -> Why:
    assert isinstance(answer, Refusal), answer
    return answer.why


def lines(**wanted: Any) -> list[Line]:
    return list(Line.objects.filter(**wanted).order_by("id"))


def assign(opened: Opened, player: Player, **changes: Any) -> UUID:
    """Propose and accept, as the P&O adviser and the player do."""
    proposer = replace_unit(PO_ADVISER)
    permit = referring(asks(proposer, operation=Operation.REFER), opened)
    proposal = Proposal(user=player.code, role=player.role, first_day=TODAY, **changes)
    made = propose_assignment(permit=permit, proposal=proposal)
    answering = asks(player, operation=Operation.REFER)
    answered = let_in(door.answer(answering, opened.case_number))
    accept_assignment(permit=let_in(door.about_users(answering, answered)), assignment=made)
    return made


def referring(asked: Asked, opened: Opened) -> Permit:
    """The permit for who works on a dossier."""
    return let_in(door.about_users(asked, let_in(door.enter(asked, opened.case_number))))


def replace_unit(player: Player) -> Player:
    """The same person, posted to the company of the sick sergeant as well."""
    moved = replace(player, unit=COMPANY)
    if not Posting.objects.filter(user_id=player.code, unit_id=COMPANY.id).exists():
        post(moved)
    return moved


def revoke(player: Player) -> None:
    Posting.objects.filter(user_id=player.code).update(
        revoked_on=TODAY, revoked_by="cli:beheer", revoked_by_kind="opdracht", revoke_reason="Andere functie."
    )


# --- one dossier ---------------------------------------------------------------------------------


def test_a_commander_gets_in_for_the_own_unit_and_another_finds_nothing(sanne: Opened) -> None:
    commander = replace_unit(COMMANDER)

    permit = let_in(door.enter(asks(commander), sanne.case_number))
    refused = door.enter(asks(OTHER_COMMANDER), sanne.case_number)

    assert (permit.role, permit.authority, permit.unit) == (Role.COMMANDER, Authority.POSTING, COMPANY.id)
    assert (permit.dossier, permit.subject) == (sanne.dossier, sanne.person)
    assert overview(permit).dossier == sanne.dossier
    assert isinstance(refused, Refusal)
    assert refused.is_not_found


def test_a_sub_unit_is_reached_only_with_below(sanne: Opened) -> None:
    assert kept_out(door.enter(asks(COMMANDER), sanne.case_number)) is Why.NO_RELATION

    revoke(COMMANDER)
    post(COMMANDER, below=True, first_day=TODAY)

    assert let_in(door.enter(asks(COMMANDER), sanne.case_number)).unit == BRIGADE.id


def test_what_is_not_there_and_what_is_not_ones_business_are_answered_alike(sanne: Opened) -> None:
    unknown = door.enter(asks(OTHER_COMMANDER), "BESTAATNIET1")
    not_ones_business = door.enter(asks(OTHER_COMMANDER), sanne.case_number)

    assert isinstance(unknown, Refusal)
    assert isinstance(not_ones_business, Refusal)
    assert unknown.reason == not_ones_business.reason
    assert unknown.is_not_found
    assert not_ones_business.is_not_found


def test_every_refusal_is_in_the_log_and_nothing_of_what_was_typed(sanne: Opened) -> None:
    before = len(lines(outcome="geweigerd"))

    door.enter(asks(OTHER_COMMANDER), sanne.case_number)
    door.enter(asks(OTHER_COMMANDER), "999990019")

    refused = lines(outcome="geweigerd")[before:]
    assert [(line.reason, line.subject) for line in refused] == [
        ("geen-relatie", None),
        ("geen-relatie", sanne.person),
        ("zaak-onbekend", None),
    ]
    assert {line.actor for line in refused} == {str(OTHER_COMMANDER.code)}
    assert "999990019" not in str([vars(line) for line in refused])


def test_a_posting_counts_on_its_last_day_and_not_the_day_after(sanne: Opened) -> None:
    post(replace(OTHER_COMMANDER, unit=COMPANY), last_day=TODAY)

    let_in(door.enter(asks(OTHER_COMMANDER), sanne.case_number))
    assert kept_out(door.enter(asks(OTHER_COMMANDER, on=TODAY + DAY), sanne.case_number)) is Why.NO_RELATION


def test_whoever_is_disabled_gets_in_nowhere(sanne: Opened) -> None:
    commander = replace_unit(COMMANDER)
    let_in(door.enter(asks(commander), sanne.case_number))

    User.objects.filter(code=commander.code).update(disabled_on=TODAY)

    assert kept_out(door.enter(asks(commander), sanne.case_number)) is Why.NO_RELATION


@pytest.mark.parametrize("player", [PRIVACY_OFFICER, RECORDS_MANAGER, ADMINISTRATOR, AUDITOR])
def test_who_oversees_or_administers_reaches_no_dossier(sanne: Opened, player: Player) -> None:
    assert kept_out(door.enter(asks(player), sanne.case_number)) is Why.NO_RELATION
    listing = let_in(door.caseload(asks(player, operation=Operation.LIST_CASELOAD)))
    assert (listing.authority, caseload(listing).rows) == (Authority.OWN, ())


def test_a_sick_commander_reaches_the_own_dossier_only_as_re_integrant(own_case: Opened) -> None:
    permit = let_in(door.enter(asks(SICK_COMMANDER.code), own_case.case_number))
    as_commander = asks(SICK_COMMANDER.code, role=Role.COMMANDER)

    assert (permit.role, permit.authority) == (Role.RE_INTEGRANT, Authority.OWN)
    assert kept_out(door.enter(as_commander, own_case.case_number)) is Why.NOT_AS_THIS_ROLE


# --- assignments ---------------------------------------------------------------------------------


def test_access_begins_with_acceptance_and_ends_with_the_end(sanne: Opened) -> None:
    assert kept_out(door.enter(asks(DCR_GUIDE), sanne.case_number)) is Why.NO_RELATION

    made = assign(sanne, DCR_GUIDE)
    permit = let_in(door.enter(asks(DCR_GUIDE), sanne.case_number))
    assert permit.authority is Authority.ASSIGNMENT

    ending = referring(asks(DCR_GUIDE, operation=Operation.REFER), sanne)
    end_assignment(permit=ending, assignment=made)
    assert kept_out(door.enter(asks(DCR_GUIDE), sanne.case_number)) is Why.NO_RELATION


def test_an_assignment_is_worth_nothing_without_the_role(sanne: Opened) -> None:
    assign(sanne, DCR_GUIDE)
    let_in(door.enter(asks(DCR_GUIDE), sanne.case_number))

    revoke(DCR_GUIDE)

    assert kept_out(door.enter(asks(DCR_GUIDE), sanne.case_number)) is Why.NO_RELATION


def test_what_is_case_by_case_needs_a_case(sanne: Opened) -> None:
    assign(sanne, DCR_GUIDE)
    permit = let_in(door.enter(asks(DCR_GUIDE), sanne.case_number))
    assert permit.scope(Item.BSN) is None
    assert permit.scope(Item.NAME_AND_ADDRESS) is not None

    assign(
        sanne,
        LEGAL_ADVISER,
        last_day=TODAY + 30 * DAY,
        ground=next(iter(CaseGround)),
        why="Bezwaar tegen de loonsanctie.",
    )
    lawyer = let_in(door.enter(asks(LEGAL_ADVISER), sanne.case_number))
    assert lawyer.authority is Authority.CASE
    assert lawyer.scope(Item.NAME_AND_ADDRESS) is not None


def test_who_is_proposed_sees_the_number_and_can_answer_and_nothing_more(sanne: Opened) -> None:
    proposer = replace_unit(PO_ADVISER)
    permit = referring(asks(proposer, operation=Operation.REFER), sanne)
    propose_assignment(
        permit=permit, proposal=Proposal(user=DCR_GUIDE.code, role=Role.DCR_GUIDE, first_day=TODAY)
    )

    answering = let_in(door.answer(asks(DCR_GUIDE, operation=Operation.REFER), sanne.case_number))

    assert answering.items() <= {Item.CASE_NUMBER, Item.UNIT}
    assert answering.items(Use.WRITE) == frozenset()
    nobody = asks(OTHER_COMMANDER, operation=Operation.REFER)
    assert kept_out(door.answer(nobody, sanne.case_number)) is Why.NO_RELATION


def test_about_users_the_same_person_has_another_purpose_and_nothing_of_the_dossier(sanne: Opened) -> None:
    adviser = replace_unit(PO_ADVISER)
    asked = asks(adviser, operation=Operation.REFER)
    entered = let_in(door.enter(asked, sanne.case_number))

    permit = let_in(door.about_users(asked, entered))

    assert (permit.dossier, permit.actor, permit.role) == (entered.dossier, entered.actor, entered.role)
    assert (permit.purpose, permit.operations) == ("toegang-regelen", {Operation.REFER})
    assert permit.items() == permit.items(Use.WRITE) == {Item.USER_ASSIGNMENT}
    assign(sanne, LABOUR_EXPERT)
    beside = referring(asks(LABOUR_EXPERT, operation=Operation.REFER), sanne)
    assert beside.scope(Item.USER_ASSIGNMENT) is Scope.OUTCOME
    assert beside.items(Use.WRITE) == frozenset()
    with pytest.raises(NotPermitted):
        door.about_users(asked, list_permit(COMPANY.id))


def test_the_list_of_proposals_reaches_what_waits_for_an_answer_and_no_more(sanne: Opened) -> None:
    permit = referring(asks(replace_unit(PO_ADVISER), operation=Operation.REFER), sanne)
    guide = Proposal(user=DCR_GUIDE.code, role=Role.DCR_GUIDE, first_day=TODAY)
    made = propose_assignment(permit=permit, proposal=guide)
    for_a_role_not_held = replace(guide, user=LABOUR_EXPERT.code)
    propose_assignment(permit=permit, proposal=for_a_role_not_held)
    asked = asks(DCR_GUIDE, operation=Operation.REFER)

    (waiting,) = door.proposals(asked)

    assert (waiting.dossiers, waiting.dossier) == ({sanne.dossier}, None)
    assert waiting.items() == {Item.CASE_NUMBER, Item.UNIT}
    assert waiting.items(Use.WRITE) == frozenset()
    assert [row.id for row in proposals(waiting)] == [made]
    assert how_many_proposals(DCR_GUIDE.code, TODAY) == 1
    for other in (LABOUR_EXPERT, COMMANDER):
        assert door.proposals(asks(other, operation=Operation.REFER)) == ()
        assert how_many_proposals(other.code, TODAY) == 0

    answering = let_in(door.about_users(asked, let_in(door.answer(asked, sanne.case_number))))
    accept_assignment(permit=answering, assignment=made)
    assert door.proposals(asked) == ()


# --- purposes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"purpose": PurposeId("bestaat-niet")}, Why.NO_SUCH_PURPOSE),
        ({"operation": Operation.COMPUTE_FIGURES}, Why.NOT_FOR_THIS_PURPOSE),
        ({"purpose": PurposeId("uitstroom"), "operation": Operation.PLACE}, Why.ROLE_NOT_FOR_PURPOSE),
        ({"role": Role.EGB_PHYSICIAN}, Why.NOT_AS_THIS_ROLE),
    ],
)
def test_another_purpose_or_role_is_forbidden_with_its_reason(
    sanne: Opened, changes: dict[str, Any], why: Why
) -> None:
    commander = replace_unit(COMMANDER)
    let_in(door.enter(asks(commander), sanne.case_number))

    refused = door.enter(asks(commander, **changes), sanne.case_number)

    assert kept_out(refused) is why
    assert isinstance(refused, Refusal)
    assert not refused.is_not_found
    assert len(refused.reason.text) > 20


def test_nothing_is_decided_before_somebody_accepts_the_reading(sanne: Opened) -> None:
    commander = replace_unit(COMMANDER)

    refused = door.enter(asks(commander, demo=False), sanne.case_number)

    assert kept_out(refused) is Why.NOTHING_ALLOWED


# --- closed dossiers -----------------------------------------------------------------------------


def test_after_closing_only_the_re_integrant_reads_on(sanne: Opened) -> None:
    adviser = replace_unit(PO_ADVISER)
    keeping = asks(adviser, operation=Operation.KEEP_DOSSIER)
    closing = let_in(door.enter(keeping, sanne.case_number))
    version = close_dossier(permit=closing, expected_version=1, on=TODAY, reason=ClosingReason.COURSE_ENDED)

    assert kept_out(door.enter(asks(adviser), sanne.case_number)) is Why.CLOSED
    own = let_in(door.enter(asks(SANNE.code), sanne.case_number))
    assert own.items() != frozenset()
    assert own.items(Use.WRITE) == frozenset()

    again = let_in(door.reopen(keeping, sanne.case_number))
    assert again.items(Use.WRITE) == {Item.SICKNESS_ABSENCE}
    assert again.items() <= {Item.CASE_NUMBER, Item.UNIT}
    reopen_dossier(permit=again, expected_version=version, on=TODAY, reason=min(TO_REOPEN))
    let_in(door.enter(asks(adviser), sanne.case_number))


# --- lists, desks, jobs --------------------------------------------------------------------------


def test_a_list_holds_the_own_units_and_no_others(sanne: Opened, own_case: Opened) -> None:
    listing = asks(COMMANDER, operation=Operation.LIST_CASELOAD)
    assert caseload(let_in(door.caseload(listing))).rows == ()  # in the brigade is only his own
    company = asks(replace_unit(COMMANDER), operation=Operation.LIST_CASELOAD)
    assert [row.dossier for row in caseload(let_in(door.caseload(company))).rows] == [sanne.dossier]

    other = asks(OTHER_COMMANDER, operation=Operation.LIST_CASELOAD)
    assert caseload(let_in(door.caseload(other))).rows == ()


def test_the_own_list_is_of_oneself(sanne: Opened, own_case: Opened) -> None:
    listing = asks(SANNE.code, operation=Operation.LIST_CASELOAD)

    assert [row.dossier for row in caseload(let_in(door.caseload(listing))).rows] == [sanne.dossier]


def test_only_who_oversees_gets_to_the_log_and_only_an_administrator_to_users(sanne: Opened) -> None:
    overseeing = {"operation": Operation.OVERSEE, "purpose": door.desk_purpose(Operation.OVERSEE, TODAY)}
    administering = {
        "operation": Operation.ADMINISTER_USERS,
        "purpose": door.desk_purpose(Operation.ADMINISTER_USERS, TODAY),
    }

    assert let_in(door.oversee(asks(PRIVACY_OFFICER, **overseeing))).scope(Item.USER_ACTIVITY) is not None
    assert let_in(door.administer(asks(ADMINISTRATOR, **administering))).scope(Item.USER_POSTING) is not None
    for player in (COMMANDER, ADMINISTRATOR):
        assert kept_out(door.oversee(asks(player, **overseeing))) is Why.NOT_AS_THIS_ROLE
    for player in (COMMANDER, PRIVACY_OFFICER):
        assert kept_out(door.administer(asks(player, **administering))) is Why.NOT_AS_THIS_ROLE


def test_somebody_gets_to_their_own_readers_whatever_is_asked_and_who_has_no_file_does_not(
    sanne: Opened,
) -> None:
    rights = {
        "operation": Operation.EXERCISE_RIGHTS,
        "purpose": door.desk_purpose(Operation.EXERCISE_RIGHTS, TODAY),
    }

    permit = let_in(door.own_log(asks(SANNE.code, **rights)))
    assert (permit.subject, permit.dossier) == (sanne.person, None)
    assert kept_out(door.own_log(asks(COMMANDER, **rights))) is Why.NO_RELATION


def test_the_personnel_feed_writes_what_comes_from_there_and_nothing_of_a_doctor(sanne: Opened) -> None:
    permit = door.for_job(
        PERSONNEL_FEED, DUTY, on=TODAY, trace=begin(), units=frozenset({COMPANY.id}), demo=True
    )

    permit.demand(Item.NAME_AND_ADDRESS, Item.UNIT, Item.SICKNESS_ABSENCE, use=Use.WRITE)
    for item in (Item.MEDICAL_DETAIL, Item.MILITARY_MEDICAL_EXAM, Item.WORK_CONFLICT):
        assert permit.scope(item) is None
        assert permit.scope(item, Use.WRITE) is None
    waiting = door.for_job(PERSONNEL_FEED, DUTY, on=TODAY, trace=begin())
    assert waiting.items(Use.WRITE) == frozenset()


def test_a_permit_is_for_what_the_register_does_for_its_purpose_and_for_no_more(sanne: Opened) -> None:
    adviser = replace_unit(PO_ADVISER)
    duty = let_in(door.enter(asks(adviser), sanne.case_number))
    welfare = let_in(door.enter(asks(adviser, purpose=PurposeId("welzijn")), sanne.case_number))
    version = overview(welfare).version
    changes, reason = {Field.WORK_CONFLICT: Conflict.MEDIATION}, CorrectionReason.MISTAKE

    assert {Operation.READ_DOSSIER, Operation.KEEP_DOSSIER} <= duty.operations
    assert Operation.ADMINISTER_USERS not in duty.operations
    assert Operation.KEEP_DOSSIER not in welfare.operations
    assert welfare.scope(Item.WORK_CONFLICT, Use.WRITE) is not None
    before = len(lines())
    with pytest.raises(NotPermitted):
        record_work_facts(permit=welfare, expected_version=version, changes=changes, reason=reason)
    assert len(lines()) == before
    after = record_work_facts(permit=duty, expected_version=version, changes=changes, reason=reason)
    assert after == version + 1


def test_who_was_let_in_to_answer_or_to_open_again_does_nothing_else_there(sanne: Opened) -> None:
    adviser = replace_unit(PO_ADVISER)
    permit = referring(asks(adviser, operation=Operation.REFER), sanne)
    propose_assignment(
        permit=permit, proposal=Proposal(user=DCR_GUIDE.code, role=DCR_GUIDE.role, first_day=TODAY)
    )

    answering = let_in(door.answer(asks(DCR_GUIDE, operation=Operation.REFER), sanne.case_number))

    assert answering.operations == {Operation.REFER, Operation.READ_DOSSIER}
    with pytest.raises(NotPermitted):
        caseload(answering)


def test_a_job_is_for_its_own_operations_and_a_command_for_the_one_it_asked() -> None:
    feed = door.for_job(PERSONNEL_FEED, DUTY, on=TODAY, trace=begin(), units=frozenset({COMPANY.id}))
    command = door.for_command(Operation.OVERSEE, on=TODAY, trace=begin())

    assert feed.operations == {Operation.REPORT_SICKNESS, Operation.KEEP_DOSSIER}
    assert command.operations == {Operation.OVERSEE}
    with pytest.raises(NotPermitted):
        caseload(feed)


def test_a_job_without_a_purpose_is_not_let_in() -> None:
    with pytest.raises(door.NoPurpose):
        door.for_job(PERSONNEL_FEED, PurposeId("welzijn"), on=TODAY, trace=begin())


def test_an_unknown_user_is_nobody(sanne: Opened) -> None:
    assert kept_out(door.enter(asks(uuid4()), sanne.case_number)) is Why.NO_RELATION
