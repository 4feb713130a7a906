"""Deputies: who may be named, until when, how it ends, what PostgreSQL refuses, and what each sees of it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from hervat.dossiers.rules.assignments import NEVER_ASSIGNED, ONLY_BY_CASE
from hervat.organisation import models
from hervat.organisation.actions.deputies import end_deputy, name_deputy
from hervat.organisation.actions.postings import revoke
from hervat.organisation.actions.users import disable_user
from hervat.organisation.queries.deputies import deputies
from hervat.organisation.queries.standing import standing_on
from hervat.organisation.rules.deputies import DEPUTISED, DeputyReason, DeputyState, latest_end
from hervat.organisation.rules.postings import POSTED
from hervat.organisation.rules.refusals import Refusal, WhyNot
from hervat.register.cells import Shown
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Authority, Item, Role, Scope
from tests.permits import allowing

from .asking import refused_by
from .conftest import TODAY, Lines, Post, Units, administering, done

DAY = timedelta(days=1)
WEEK = TODAY + 6 * DAY
_ACCOUNT = (Item.USER_DEPUTY,)


def own(user: UUID, **changes: Any) -> Permit:
    """The permit of somebody for their own account, whatever their role."""
    own_only = allowing(_ACCOUNT, Scope.OWN)
    fields = {"role": Role.COMMANDER, "authority": Authority.OWN, "reads": own_only, "writes": own_only}
    return administering(user, **(fields | changes))


def name(permit: Permit, posting: UUID, who: UUID | str, **changes: Any) -> UUID | Refusal:
    fields: dict[str, Any] = {
        "starts_on": TODAY,
        "ends_on": WEEK,
        "reason": DeputyReason.ABSENCE,
    }
    return name_deputy(permit=permit, posting=posting, who=str(who), **(fields | changes))


def why(answer: object) -> WhyNot | None:
    return answer.why if isinstance(answer, Refusal) else None


@pytest.fixture
def posting(anna: UUID, bert: UUID, units: Units, post: Post) -> UUID:
    """Anna commands the battalion; Bert commands another, so that he may act for her."""
    post(bert, Role.COMMANDER, units.other)
    return post(anna, Role.COMMANDER, units.battalion)


# --- naming --------------------------------------------------------------------------------------


def test_a_deputy_counts_from_the_first_through_the_last_day_and_both_are_in_the_log(
    anna: UUID, bert: UUID, posting: UUID, lines: Lines
) -> None:
    lines()
    made = done(name(own(anna), posting, " BERT@defensie.example ", starts_on=TODAY + DAY))

    counted = [
        [one.id for one in standing_on(bert, TODAY + n * DAY).deputised] == [posting] for n in range(8)
    ]
    assert counted == [False, *[True] * 6, False]
    assert standing_on(anna, TODAY + DAY).deputised == ()
    parent, *both = lines()
    assert (parent["operation"], parent["effect"], parent["actor"]) == ("gebruikers-beheren", "C", str(anna))
    assert {(one["subject"], one["object_kind"], one["object_id"]) for one in both} == {
        (anna, "waarneming", made),
        (bert, "waarneming", made),
    }


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, None),
        ({"starts_on": TODAY - DAY}, WhyNot.IN_THE_PAST),
        ({"ends_on": TODAY}, None),
        ({"ends_on": TODAY - DAY}, WhyNot.ENDS_BEFORE_START),
        ({"ends_on": latest_end(TODAY, 13)}, None),
        ({"ends_on": latest_end(TODAY, 13) + DAY}, WhyNot.DEPUTY_TOO_LONG),
        ({"who": "anna@defensie.example"}, WhyNot.DEPUTY_ONESELF),
        ({"who": "niemand@defensie.example"}, WhyNot.DEPUTY_WITHOUT_ROLE),
        ({"who": uuid4()}, WhyNot.DEPUTY_WITHOUT_ROLE),
        ({"who": "b\0ert"}, WhyNot.DEPUTY_WITHOUT_ROLE),
        ({"posting": uuid4()}, WhyNot.POSTING_UNKNOWN),
    ],
)
def test_what_cannot_be_named_is_not_and_the_log_says_why(
    anna: UUID, bert: UUID, posting: UUID, lines: Lines, changes: dict[str, Any], expected: WhyNot | None
) -> None:
    lines()

    assert why(name(own(anna), **({"posting": posting, "who": bert} | changes))) is expected
    assert {line["reason"] for line in lines()} == {expected.value if expected else None}
    assert models.Deputy.objects.count() == (1 if expected is None else 0)


def test_the_bound_is_a_setting_and_never_more_than_half_a_year(
    anna: UUID, bert: UUID, posting: UUID
) -> None:
    with override_settings(DEPUTY_WEEKS=2):
        assert (
            why(name(own(anna), posting, bert, ends_on=latest_end(TODAY, 2) + DAY)) is WhyNot.DEPUTY_TOO_LONG
        )
        assert why(name(own(anna), posting, bert, ends_on=latest_end(TODAY, 2))) is None
    with override_settings(DEPUTY_WEEKS=99):
        later = {"starts_on": TODAY + 30 * DAY}
        too_long = latest_end(TODAY + 30 * DAY, 26) + DAY
        assert why(name(own(anna), posting, bert, ends_on=too_long, **later)) is WhyNot.DEPUTY_TOO_LONG


def test_who_does_not_hold_the_role_that_day_cannot_be_named(
    anna: UUID, bert: UUID, units: Units, post: Post
) -> None:
    hers = post(anna, Role.COMMANDER, units.battalion)
    assert why(name(own(anna), hers, bert)) is WhyNot.DEPUTY_WITHOUT_ROLE

    post(bert, Role.PO_ADVISER, units.battalion)
    assert why(name(own(anna), hers, bert)) is WhyNot.DEPUTY_WITHOUT_ROLE

    post(bert, Role.COMMANDER, units.other, starts_on=TODAY + DAY)
    assert why(name(own(anna), hers, bert)) is WhyNot.DEPUTY_WITHOUT_ROLE
    assert why(name(own(anna), hers, bert, starts_on=TODAY + DAY)) is None


def test_a_doctors_deputy_was_approved_by_a_second_administrator(anna: UUID, bert: UUID, post: Post) -> None:
    approved = {"approved_on": TODAY, "approved_by": "cli:tweede", "approved_by_kind": "gebruiker"}
    hers, his = post(anna, Role.EGB_PHYSICIAN), post(bert, Role.EGB_PHYSICIAN)
    models.Posting.objects.filter(pk=hers).update(**approved)
    assert why(name(own(anna), hers, bert)) is WhyNot.DEPUTY_WITHOUT_ROLE

    models.Posting.objects.filter(pk=his).update(**approved)
    assert why(name(own(anna), hers, bert)) is None


def test_a_role_without_dossiers_of_its_own_or_only_by_case_has_no_deputies(
    anna: UUID, bert: UUID, post: Post
) -> None:
    assert POSTED - (NEVER_ASSIGNED - {Role.COMMANDER}) - ONLY_BY_CASE == DEPUTISED
    for role, expected in ((Role.LEGAL_ADVISER, WhyNot.NOT_DEPUTISED), (Role.LABOUR_EXPERT, None)):
        hers, _ = post(anna, role), post(bert, role)
        assert why(name(own(anna), hers, bert)) is expected


def test_a_period_outside_the_posting_is_refused(anna: UUID, bert: UUID, units: Units, post: Post) -> None:
    post(bert, Role.COMMANDER, units.other)
    hers = post(anna, Role.COMMANDER, units.battalion, starts_on=TODAY + DAY, ends_on=TODAY + 3 * DAY)
    later = {"starts_on": TODAY + DAY}

    assert why(name(own(anna), hers, bert, ends_on=TODAY + 3 * DAY)) is WhyNot.DEPUTY_OUTSIDE_POSTING
    assert why(name(own(anna), hers, bert, ends_on=TODAY + 4 * DAY, **later)) is WhyNot.DEPUTY_OUTSIDE_POSTING
    assert why(name(own(anna), hers, bert, ends_on=TODAY + 3 * DAY, **later)) is None


def test_only_whose_posting_it_is_or_an_administrator_names_a_deputy(
    anna: UUID, bert: UUID, posting: UUID, units: Units, post: Post
) -> None:
    assert why(name(own(bert), posting, bert)) is WhyNot.POSTING_UNKNOWN
    done(name(own(anna), posting, bert))
    # Whoever deputises passes nothing on.
    assert why(name(own(bert), posting, anna)) is WhyNot.POSTING_UNKNOWN
    with pytest.raises(NotPermitted):
        name(own(anna, writes=allowing(())), posting, bert)
    assert why(name(administering(), posting, bert, starts_on=WEEK + DAY, ends_on=WEEK + DAY)) is None


def test_the_same_deputy_is_not_there_twice_on_a_day(anna: UUID, bert: UUID, posting: UUID) -> None:
    made = done(name(own(anna), posting, bert))

    assert why(name(own(anna), posting, bert, starts_on=WEEK)) is WhyNot.DEPUTED_ALREADY
    after = {"starts_on": WEEK + DAY, "ends_on": WEEK + DAY}
    assert why(name(own(anna), posting, bert, **after)) is None
    assert end_deputy(permit=own(anna), deputation=made) is None
    assert why(name(own(anna), posting, bert)) is None


# --- ending --------------------------------------------------------------------------------------


def test_an_end_works_at_once_and_says_who_ended_it(anna: UUID, bert: UUID, posting: UUID) -> None:
    for permit, reason in (
        (own(anna), "teruggenomen"),
        (own(bert), "teruggegeven"),
        (administering(), "door-beheer"),
    ):
        made = done(name(own(anna), posting, bert))
        assert standing_on(bert, TODAY).deputised != ()

        assert why(end_deputy(permit=own(uuid4()), deputation=made)) is WhyNot.DEPUTY_UNKNOWN
        assert end_deputy(permit=permit, deputation=made) is None

        assert standing_on(bert, TODAY).deputised == ()
        assert models.Deputy.objects.get(pk=made).revoke_reason == reason
        assert why(end_deputy(permit=permit, deputation=made)) is WhyNot.DEPUTY_OVER


def test_it_ends_with_the_posting_with_the_role_and_with_either_account(
    anna: UUID, bert: UUID, units: Units, post: Post
) -> None:
    his, hers = post(bert, Role.COMMANDER, units.other), post(anna, Role.COMMANDER, units.battalion)
    done(name(own(anna), hers, bert))
    takes_away = (
        lambda: revoke(permit=administering(), posting=hers, reason="Andere functie."),
        lambda: revoke(permit=administering(), posting=his, reason="Andere functie."),
        lambda: disable_user(permit=administering(), user=anna),
        lambda: disable_user(permit=administering(), user=bert),
    )
    for take_away in takes_away:
        with transaction.atomic():
            assert standing_on(bert, TODAY).deputised != ()
            assert take_away() is None
            assert standing_on(bert, TODAY).deputised == ()
            transaction.set_rollback(True)


# --- who sees it ---------------------------------------------------------------------------------


def test_both_see_it_with_the_others_name_and_nobody_else_does(
    anna: UUID, bert: UUID, posting: UUID, lines: Lines
) -> None:
    done(name(own(anna), posting, bert))
    lines()

    for user, by_me in ((anna, False), (bert, True)):
        (row,) = deputies(permit=own(user), on=TODAY)
        names = (row.principal_name, row.deputy_name)
        assert names == (Shown("Anna de Vries"), Shown("Bert Jansen"))
        assert (row.by_me, row.state) == (by_me, Shown(DeputyState.IN_FORCE))
        assert {line["subject"] for line in lines()} == {None, anna, bert}
    assert deputies(permit=own(uuid4()), on=TODAY) == ()
    assert len(deputies(permit=administering(), on=TODAY, user=anna)) == 1
    with pytest.raises(NotPermitted):
        deputies(permit=own(anna, reads=allowing(())), on=TODAY)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (TODAY, DeputyState.COMING),
        (TODAY + DAY, DeputyState.IN_FORCE),
        (WEEK, DeputyState.IN_FORCE),
        (WEEK + DAY, DeputyState.ENDED),
    ],
)
def test_how_it_stands_follows_the_day(
    anna: UUID, bert: UUID, posting: UUID, on: date, expected: DeputyState
) -> None:
    done(name(own(anna), posting, bert, starts_on=TODAY + DAY))

    assert [row.state for row in deputies(permit=own(anna), on=on)] == [Shown(expected)]


def test_it_waits_while_the_deputy_does_not_hold_the_role(
    anna: UUID, bert: UUID, units: Units, post: Post
) -> None:
    his, hers = post(bert, Role.COMMANDER, units.other), post(anna, Role.COMMANDER, units.battalion)
    made = done(name(own(anna), hers, bert))
    revoke(permit=administering(), posting=his, reason="Andere functie.")

    assert [row.state for row in deputies(permit=own(anna), on=TODAY)] == [Shown(DeputyState.WAITING)]
    assert end_deputy(permit=own(anna), deputation=made) is None
    assert [row.state for row in deputies(permit=own(anna), on=TODAY)] == [Shown(DeputyState.REVOKED)]


# --- PostgreSQL ----------------------------------------------------------------------------------


def row(posting: UUID, principal: UUID, deputy: UUID, **changes: Any) -> str:
    """The constraint that refuses a row; one that is made is rolled back again."""
    values = {
        "posting_id": posting,
        "principal_id": principal,
        "deputy_id": deputy,
        "starts_on": TODAY,
        "ends_on": WEEK,
        "reason": "afwezig",
        "named_by_kind": "gebruiker",
        "named_by": str(principal),
    } | changes
    with transaction.atomic():
        answer = refused_by(lambda: models.Deputy.objects.create(**values))
        transaction.set_rollback(True)
    return answer


def test_postgresql_refuses_what_cannot_be(anna: UUID, bert: UUID, posting: UUID) -> None:
    ended = {"revoked_on": TODAY, "revoked_by": "x", "revoked_by_kind": "gebruiker"}

    assert row(posting, anna, bert) == ""
    assert row(posting, anna, anna) == "deputy_is_somebody_else"
    assert row(posting, anna, bert, reason="ziek") == "deputy_has_a_reason"
    assert row(posting, anna, bert, ends_on=TODAY - DAY) == "deputy_has_an_end_soon"
    assert row(posting, anna, bert, ends_on=latest_end(TODAY, 26)) == ""
    assert row(posting, anna, bert, ends_on=latest_end(TODAY, 26) + DAY) == "deputy_has_an_end_soon"
    assert row(posting, anna, bert, **ended) == "deputy_revocation_is_whole"
    assert row(posting, anna, bert, **ended, revoke_reason="teruggenomen") == ""
    with pytest.raises(DatabaseError, match="deputy_in_the_principals_posting"), transaction.atomic():
        models.Deputy.objects.create(
            posting_id=posting,
            principal_id=bert,
            deputy_id=anna,
            starts_on=TODAY,
            ends_on=WEEK,
            reason="afwezig",
            named_by_kind="gebruiker",
            named_by="x",
        )
    done(name(own(anna), posting, bert))
    assert row(posting, anna, bert, starts_on=WEEK) == "deputy_not_twice_at_once"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE organisation_deputy SET ends_on = ends_on + 1",
        "UPDATE organisation_deputy SET deputy_id = principal_id",
        "DELETE FROM organisation_deputy",
        "TRUNCATE organisation_deputy",
    ],
)
def test_the_application_cannot_rewrite_what_was_named(
    anna: UUID, bert: UUID, posting: UUID, statement: str
) -> None:
    done(name(own(anna), posting, bert))

    with connection.cursor() as cursor:
        cursor.execute("UPDATE organisation_deputy SET revoked_on = NULL")
        with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
            cursor.execute(statement)
