"""What administrators do: each writes, each is logged, and each refusal stands beside what is allowed."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user, get_user_model
from django.http import HttpRequest
from django.test import Client

from hervat.organisation import models
from hervat.organisation.actions.postings import approve, grant, revoke
from hervat.organisation.actions.units import close_unit, move_unit, place_unit
from hervat.organisation.actions.users import create_first_administrator, create_user, disable_user
from hervat.organisation.queries.standing import roles_on, unit_tree
from hervat.organisation.rules.postings import reached_units
from hervat.organisation.rules.refusals import SENTENCES, Refusal, WhyNot
from hervat.organisation.rules.units import UnitKind
from hervat.register.permit import NotPermitted
from hervat.register.vocabulary import ActorKind, Item, Role
from tests.permits import allowing

from .asking import registered
from .conftest import ADMINISTRATOR, SECOND, TODAY, Lines, Post, Units, administering, done

ONE_DAY = timedelta(days=1)
SECOND_ADMINISTRATOR = administering(SECOND)


def why(answer: object) -> WhyNot | None:
    return answer.why if isinstance(answer, Refusal) else None


# --- granting ------------------------------------------------------------------------------------


def test_a_grant_counts_from_its_first_day_and_is_logged_of_the_user(
    anna: UUID, units: Units, lines: Lines
) -> None:
    lines()
    posting = done(
        grant(
            permit=administering(),
            user=anna,
            role=Role.COMMANDER,
            unit=units.battalion,
            starts_on=TODAY + ONE_DAY,
        )
    )

    assert roles_on(anna, TODAY) == ()
    assert [one.unit for one in roles_on(anna, TODAY + ONE_DAY)] == [units.battalion]
    parent, child = lines()
    assert (parent["operation"], parent["effect"], parent["outcome"]) == ("gebruikers-beheren", "C", "gelukt")
    assert (parent["actor"], parent["subject"], parent["items"]) == (str(ADMINISTRATOR), None, [])
    assert (child["subject"], child["subject_kind"]) == (anna, "gebruiker")
    assert (child["object_kind"], child["object_id"]) == ("plaatsing", posting)
    assert child["items"] == ["gebruiker-plaatsing"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, None),
        ({"role": Role.RE_INTEGRANT}, WhyNot.NEVER_POSTED),
        ({"role": Role.RESPONDENT}, WhyNot.NEVER_POSTED),
        ({"starts_on": TODAY - ONE_DAY}, WhyNot.IN_THE_PAST),
        ({"starts_on": TODAY + ONE_DAY}, None),
        ({"ends_on": TODAY - ONE_DAY}, WhyNot.ENDS_BEFORE_START),
        ({"ends_on": TODAY}, None),
        ({"role": Role.COMMANDER}, WhyNot.UNIT_MISSING),
        ({"role": Role.COMMANDER, "unit": uuid4()}, WhyNot.UNIT_UNKNOWN),
        ({"unit": "battalion"}, WhyNot.UNIT_NOT_FITTING),
        ({"role": Role.COMMANDER, "unit": "battalion"}, None),
        ({"role": Role.COMMANDER, "unit": "battalion", "below": True}, WhyNot.BELOW_WITHOUT_REASON),
        ({"role": Role.COMMANDER, "unit": "battalion", "below_reason": "Zo"}, WhyNot.TEXT_NOT_FITTING),
        (
            {"role": Role.COMMANDER, "unit": "battalion", "below": True, "below_reason": "a\nb"},
            WhyNot.TEXT_NOT_FITTING,
        ),
        ({"role": Role.COMMANDER, "unit": "battalion", "below": True, "below_reason": "Waarneming"}, None),
        ({"below": True, "below_reason": "Waarneming"}, WhyNot.BELOW_WITHOUT_UNIT),
        ({"user": uuid4()}, WhyNot.USER_UNKNOWN),
    ],
)
def test_what_cannot_be_granted_is_not_and_the_log_says_why(
    anna: UUID, units: Units, lines: Lines, changes: dict[str, Any], expected: WhyNot | None
) -> None:
    asked: dict[str, Any] = {"user": anna, "role": Role.LABOUR_EXPERT, "starts_on": TODAY} | changes
    if isinstance(asked.get("unit"), str):
        asked["unit"] = getattr(units, asked["unit"])
    lines()

    assert why(grant(permit=administering(), **asked)) is expected
    logged = lines()
    assert {line["outcome"] for line in logged} == ({"gelukt"} if expected is None else {"geweigerd"})
    assert {line["reason"] for line in logged} == ({None} if expected is None else {expected.value})
    assert models.Posting.objects.count() == (1 if expected is None else 0)


def test_nobody_grants_to_themselves_and_another_may(anna: UUID, bert: UUID) -> None:
    fields: dict[str, Any] = {"user": anna, "role": Role.AUDITOR, "starts_on": TODAY}

    assert why(grant(permit=administering(anna), **fields)) is WhyNot.OWN_GRANT
    assert why(grant(permit=administering(bert), **fields)) is None


def test_the_same_posting_twice_is_refused_and_after_a_revocation_it_is_not(anna: UUID, post: Post) -> None:
    posting = post(anna)
    fields: dict[str, Any] = {"user": anna, "role": Role.LABOUR_EXPERT, "starts_on": TODAY}

    assert why(grant(permit=administering(), **fields)) is WhyNot.POSTED_ALREADY
    assert revoke(permit=administering(), posting=posting, reason="Vergissing") is None
    assert why(grant(permit=administering(), **fields)) is None


def test_one_posting_after_another_is_no_overlap(anna: UUID, post: Post) -> None:
    post(anna, ends_on=TODAY + 5 * ONE_DAY)
    fields: dict[str, Any] = {"permit": administering(), "user": anna, "role": Role.LABOUR_EXPERT}

    assert why(grant(**fields, starts_on=TODAY + 5 * ONE_DAY)) is WhyNot.POSTED_ALREADY
    done(grant(**fields, starts_on=TODAY + 10 * ONE_DAY))
    assert (
        why(grant(**fields, starts_on=TODAY + 6 * ONE_DAY, ends_on=TODAY + 10 * ONE_DAY))
        is WhyNot.POSTED_ALREADY
    )
    done(grant(**fields, starts_on=TODAY + 6 * ONE_DAY, ends_on=TODAY + 9 * ONE_DAY))


# --- approving -----------------------------------------------------------------------------------


def test_a_doctor_counts_after_a_second_administrator_and_nobody_else_waits(anna: UUID, post: Post) -> None:
    posting = post(anna, Role.EGB_PHYSICIAN)
    post(anna, Role.LABOUR_EXPERT)
    assert {one.role for one in roles_on(anna, TODAY)} == {Role.LABOUR_EXPERT}

    assert why(approve(permit=administering(), posting=posting)) is WhyNot.NOT_A_SECOND_PERSON
    assert why(approve(permit=administering(anna), posting=posting)) is WhyNot.OWN_APPROVAL
    machine = administering("cli:beheer", actor_kind=ActorKind.COMMAND)
    assert why(approve(permit=machine, posting=posting)) is WhyNot.OTHER_SIDE
    assert {one.role for one in roles_on(anna, TODAY)} == {Role.LABOUR_EXPERT}

    assert approve(permit=SECOND_ADMINISTRATOR, posting=posting) is None
    assert {one.role for one in roles_on(anna, TODAY)} == {Role.LABOUR_EXPERT, Role.EGB_PHYSICIAN}
    assert why(approve(permit=SECOND_ADMINISTRATOR, posting=posting)) is WhyNot.APPROVED_ALREADY


def test_what_needs_no_approval_or_is_over_is_not_approved(anna: UUID, post: Post) -> None:
    other, over, fine = post(anna), post(anna, Role.EGB_PHYSICIAN), post(anna, Role.INSURANCE_PHYSICIAN)
    assert revoke(permit=administering(), posting=over, reason="Vergissing") is None

    assert why(approve(permit=SECOND_ADMINISTRATOR, posting=other)) is WhyNot.NO_APPROVAL_NEEDED
    assert why(approve(permit=SECOND_ADMINISTRATOR, posting=over)) is WhyNot.POSTING_OVER
    assert why(approve(permit=SECOND_ADMINISTRATOR, posting=uuid4())) is WhyNot.POSTING_UNKNOWN
    assert why(approve(permit=SECOND_ADMINISTRATOR, posting=fine)) is None


# --- revoking ------------------------------------------------------------------------------------


def test_a_revocation_works_at_once_and_leaves_what_was_granted(anna: UUID, post: Post, lines: Lines) -> None:
    posting = post(anna, ends_on=TODAY + 30 * ONE_DAY)
    before = models.Posting.objects.get(pk=posting)
    lines()

    assert revoke(permit=SECOND_ADMINISTRATOR, posting=posting, reason="Andere functie") is None

    assert roles_on(anna, TODAY) == ()
    after = models.Posting.objects.get(pk=posting)
    assert (after.starts_on, after.ends_on, after.granted_by) == (
        before.starts_on,
        before.ends_on,
        before.granted_by,
    )
    assert (after.revoked_on, after.revoked_by) == (TODAY, str(SECOND))
    assert [line["effect"] for line in lines()] == ["U", "U"]


def test_a_planned_end_may_come_earlier_and_not_later_and_nothing_is_revoked_backwards(
    anna: UUID, post: Post
) -> None:
    posting = post(anna)
    fields: dict[str, Any] = {"permit": administering(), "posting": posting, "reason": "Vertrek"}

    assert why(revoke(**fields, from_on=TODAY - ONE_DAY)) is WhyNot.IN_THE_PAST
    assert revoke(**fields, from_on=TODAY + 9 * ONE_DAY) is None
    assert why(revoke(**fields, from_on=TODAY + 9 * ONE_DAY)) is WhyNot.POSTING_OVER
    assert len(roles_on(anna, TODAY + 8 * ONE_DAY)) == 1
    assert roles_on(anna, TODAY + 9 * ONE_DAY) == ()
    assert revoke(**fields, from_on=TODAY + ONE_DAY) is None
    assert (len(roles_on(anna, TODAY)), len(roles_on(anna, TODAY + ONE_DAY))) == (1, 0)


def test_a_revocation_has_a_reason_and_a_posting(anna: UUID, post: Post) -> None:
    posting = post(anna, ends_on=TODAY)
    fields: dict[str, Any] = {"permit": administering(), "posting": posting}

    assert why(revoke(**fields, reason=" ")) is WhyNot.REASON_MISSING
    assert why(revoke(**fields, reason="x" * 201)) is WhyNot.TEXT_NOT_FITTING
    assert why(revoke(**fields, reason="Weg", from_on=TODAY + ONE_DAY)) is WhyNot.POSTING_OVER
    unknown = revoke(permit=administering(), posting=uuid4(), reason="Weg")
    assert why(unknown) is WhyNot.POSTING_UNKNOWN
    assert revoke(**fields, reason="Weg") is None


# --- users ---------------------------------------------------------------------------------------


def test_a_user_is_found_however_the_address_is_typed_and_cannot_log_in_yet(lines: Lines) -> None:
    made = done(create_user(permit=administering(), name=" Cor ", email=" Cor@Defensie.Example "))

    found = get_user_model().objects.get_by_natural_key("COR@defensie.example")
    assert (found.pk, found.name, found.email) == (made, "Cor", "cor@defensie.example")
    assert (found.has_usable_password(), found.is_active) == (False, True)
    assert str(found) == str(made)
    _, child = lines()
    assert (child["subject"], child["items"]) == (made, ["gebruiker-contact", "gebruiker-naam"])


@pytest.mark.parametrize(
    ("name", "email", "expected"),
    [
        ("Cor", "cor@defensie.example", None),
        ("Cor", "ANNA@defensie.example", WhyNot.EMAIL_TAKEN),
        ("Cor", "cor", WhyNot.EMAIL_WRONG),
        ("  ", "cor@defensie.example", WhyNot.TEXT_NOT_FITTING),
        ("x" * 201, "cor@defensie.example", WhyNot.TEXT_NOT_FITTING),
    ],
)
def test_a_user_needs_a_name_and_an_address_of_their_own(
    anna: UUID, lines: Lines, name: str, email: str, expected: WhyNot | None
) -> None:
    lines()

    assert why(create_user(permit=administering(), name=name, email=email)) is expected
    assert {line["reason"] for line in lines()} == {expected.value if expected else None}


def test_disabling_works_at_once_and_ends_every_posting(
    anna: UUID, bert: UUID, post: Post, lines: Lines
) -> None:
    counts, waits, comes = (
        post(anna),
        post(anna, Role.EGB_PHYSICIAN),
        post(anna, Role.AUDITOR, starts_on=TODAY + ONE_DAY),
    )
    past = post(
        anna,
        Role.MANAGEMENT,
        permit=administering(on=TODAY - ONE_DAY),
        starts_on=TODAY - ONE_DAY,
        ends_on=TODAY - ONE_DAY,
    )
    post(bert)
    lines()

    assert disable_user(permit=administering(), user=anna) is None

    assert roles_on(anna, TODAY) == roles_on(anna, TODAY + ONE_DAY) == ()
    assert [one.role for one in roles_on(anna, TODAY - ONE_DAY)] == [Role.MANAGEMENT]
    assert len(roles_on(bert, TODAY)) == 1
    assert {line["object_id"] for line in lines() if line["object_id"]} == {counts, waits, comes}
    assert models.Posting.objects.get(pk=past).revoked_on is None
    assert not get_user_model().objects.get(pk=anna).is_active


def test_who_is_disabled_is_not_disabled_again_and_not_posted(anna: UUID, bert: UUID) -> None:
    assert disable_user(permit=administering(), user=anna) is None

    assert why(disable_user(permit=administering(), user=anna)) is WhyNot.USER_DISABLED
    assert why(disable_user(permit=administering(), user=uuid4())) is WhyNot.USER_UNKNOWN
    fields: dict[str, Any] = {"permit": administering(), "role": Role.AUDITOR, "starts_on": TODAY}
    assert why(grant(user=anna, **fields)) is WhyNot.USER_DISABLED
    assert why(grant(user=bert, **fields)) is None


def test_an_open_session_of_somebody_disabled_is_nobodys(anna: UUID, bert: UUID) -> None:
    sessions = {}
    for user in (anna, bert):
        sessions[user] = Client().session
        sessions[user][SESSION_KEY] = str(user)
        sessions[user][BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        sessions[user][HASH_SESSION_KEY] = models.User.objects.get(pk=user).get_session_auth_hash()

    def known(user: UUID) -> bool:
        request = HttpRequest()
        request.session = sessions[user]
        return get_user(request).is_authenticated

    assert (known(anna), known(bert)) == (True, True)
    assert disable_user(permit=administering(), user=anna) is None
    assert (known(anna), known(bert)) == (False, True)


def test_the_first_administrator_is_made_once(lines: Lines) -> None:
    machine = administering("cli:beheer", actor_kind=ActorKind.COMMAND)
    first = done(create_first_administrator(permit=machine, name="Eva", email="eva@defensie.example"))

    assert [one.role for one in roles_on(first, TODAY)] == [Role.ADMINISTRATOR]
    again = create_first_administrator(permit=machine, name="Ute", email="ute@defensie.example")
    assert why(again) is WhyNot.NOT_THE_FIRST
    assert models.User.objects.count() == 1
    assert [line["outcome"] for line in lines()] == ["gelukt"] * 4 + ["geweigerd"]


# --- units ---------------------------------------------------------------------------------------


def test_a_move_changes_at_once_whom_a_posting_reaches(
    anna: UUID, units: Units, post: Post, lines: Lines
) -> None:
    post(anna, Role.COMMANDER, units.battalion, below=True, below_reason="Waarneming")
    (posting,) = roles_on(anna, TODAY)
    assert units.platoon in reached_units(posting, unit_tree(), TODAY)
    lines()

    assert move_unit(permit=administering(), unit=units.company, parent=units.other) is None

    assert reached_units(posting, unit_tree(), TODAY) == {units.battalion}
    _, child = lines()
    assert (child["object_kind"], child["object_id"], child["subject"]) == ("eenheid", units.company, None)


@pytest.mark.parametrize(
    ("unit", "parent", "expected"),
    [
        ("company", "other", None),
        ("company", "platoon", WhyNot.UNIT_UNDER_ITSELF),
        ("company", "company", WhyNot.UNIT_UNDER_ITSELF),
        ("company", "army", WhyNot.PARENT_NOT_FITTING),
        ("battalion", "air", None),
        ("battalion", "other", WhyNot.PARENT_NOT_FITTING),
        ("air", "army", WhyNot.PARENT_NOT_FITTING),
    ],
)
def test_a_unit_moves_only_to_where_its_kind_can_stand(
    units: Units, unit: str, parent: str, expected: WhyNot | None
) -> None:
    answer = move_unit(permit=administering(), unit=getattr(units, unit), parent=getattr(units, parent))

    assert why(answer) is expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, None),
        ({"abbreviation": "42bat"}, WhyNot.ABBREVIATION_TAKEN),
        ({"abbreviation": " "}, WhyNot.TEXT_NOT_FITTING),
        ({"abbreviation": "x" * 41}, WhyNot.TEXT_NOT_FITTING),
        ({"name": ""}, WhyNot.TEXT_NOT_FITTING),
        ({"kind": UnitKind.SUB_UNIT}, WhyNot.PARENT_NOT_FITTING),
        ({"parent": None}, WhyNot.PARENT_NOT_FITTING),
        ({"parent": uuid4()}, WhyNot.UNIT_UNKNOWN),
    ],
)
def test_a_unit_is_placed_with_a_name_and_in_its_place(
    units: Units, changes: dict[str, Any], expected: WhyNot | None
) -> None:
    fields: dict[str, Any] = {
        "kind": UnitKind.UNIT,
        "abbreviation": "13BAT",
        "name": "Een bataljon",
        "parent": units.army,
    }

    assert why(place_unit(permit=administering(), **(fields | changes))) is expected


def test_a_unit_is_closed_when_nobody_is_there_and_then_takes_nobody(
    anna: UUID, bert: UUID, units: Units, post: Post
) -> None:
    posting = post(anna, Role.COMMANDER, units.platoon)
    close = {"permit": administering(), "unit": units.platoon}

    assert why(close_unit(permit=administering(), unit=units.company)) is WhyNot.UNIT_IN_USE
    assert why(close_unit(**close)) is WhyNot.UNIT_IN_USE  # type: ignore[arg-type]
    assert revoke(permit=administering(), posting=posting, reason="Opgeheven") is None
    assert close_unit(permit=administering(), unit=units.platoon) is None
    assert why(close_unit(permit=administering(), unit=units.platoon)) is WhyNot.UNIT_CLOSED
    assert why(close_unit(permit=administering(), unit=uuid4())) is WhyNot.UNIT_UNKNOWN

    fields: dict[str, Any] = {"permit": administering(), "role": Role.COMMANDER, "starts_on": TODAY}
    assert why(grant(user=bert, unit=units.platoon, **fields)) is WhyNot.UNIT_CLOSED
    assert why(grant(user=bert, unit=units.company, **fields)) is None


# --- the permit ----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", sorted(Role))
def test_only_an_administrator_writes_though_everybody_may_write_their_own_account(
    anna: UUID, units: Units, post: Post, role: Role
) -> None:
    posting = post(anna, Role.AUDITOR)
    permit = registered(role)
    attempts = (
        lambda: create_user(permit=permit, name="Cor", email="cor@defensie.example"),
        lambda: create_first_administrator(permit=permit, name="Cor", email="cor2@defensie.example"),
        lambda: grant(permit=permit, user=anna, role=Role.LABOUR_EXPERT, starts_on=TODAY),
        lambda: approve(permit=permit, posting=posting),
        lambda: move_unit(permit=permit, unit=units.company, parent=units.other),
        lambda: close_unit(permit=permit, unit=units.air),
        lambda: place_unit(permit=permit, kind=UnitKind.SERVICE_BRANCH, abbreviation="KMAR", name="KMar"),
        lambda: revoke(permit=permit, posting=posting, reason="Weg"),
        lambda: disable_user(permit=permit, user=anna),
    )
    for attempt in attempts:
        if role is Role.ADMINISTRATOR:
            attempt()
        else:
            with pytest.raises(NotPermitted):
                attempt()

    assert get_user_model().objects.get(pk=anna).is_active == (role is not Role.ADMINISTRATOR)


def test_a_permit_without_the_item_writes_nothing(anna: UUID) -> None:
    without = administering(writes=allowing({Item.USER_NAME, Item.USER_CONTACT}))

    with pytest.raises(NotPermitted):
        grant(permit=without, user=anna, role=Role.AUDITOR, starts_on=TODAY)
    done(create_user(permit=without, name="Cor", email="cor@defensie.example"))


def test_every_refusal_has_a_sentence_that_says_what_to_do() -> None:
    assert set(SENTENCES) == set(WhyNot)
    for sentence in SENTENCES.values():
        assert sentence.count(".") >= 2
        assert sentence.endswith(".")
