"""What PostgreSQL itself refuses, tried one by one; beside each refusal stands what it allows."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from hervat.organisation import models

from .asking import refused_by
from .conftest import ADMINISTRATOR, SECOND, TODAY, Units

ONE_DAY = timedelta(days=1)
DOCTOR = {"role": "arts-egb"}
APPROVED = {"approved_by_kind": "gebruiker", "approved_by": str(SECOND), "approved_on": TODAY}
REVOKED = {
    "revoked_by_kind": "gebruiker",
    "revoked_by": str(SECOND),
    "revoked_on": TODAY,
    "revoke_reason": "Andere functie.",
}


def posting(user: UUID, **changes: Any) -> dict[str, Any]:
    return {
        "user_id": user,
        "role": "arbeidsdeskundige",
        "starts_on": TODAY,
        "granted_by_kind": "gebruiker",
        "granted_by": str(ADMINISTRATOR),
    } | changes


def tried(values: dict[str, Any]) -> str:
    """The constraint that refuses a posting; one that is made is rolled back again."""
    with transaction.atomic():
        answer = refused_by(lambda: models.Posting.objects.create(**values))
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize(
    ("fine", "wrong", "constraint"),
    [
        ({"role": "fg"}, {"role": "re-integrant"}, "posting_role_is_posted"),
        ({"role": "fg"}, {"role": "koning"}, "posting_role_is_posted"),
        ({"ends_on": TODAY}, {"ends_on": TODAY - ONE_DAY}, "posting_ends_after_its_start"),
        (DOCTOR, {"approved_by": str(SECOND)}, "posting_approved_by_a_second"),
        (DOCTOR | APPROVED, APPROVED, "posting_approved_by_a_second"),
        (
            DOCTOR | APPROVED,
            DOCTOR | APPROVED | {"approved_by": str(ADMINISTRATOR)},
            "posting_approved_by_a_second",
        ),
        (
            DOCTOR | APPROVED,
            DOCTOR | APPROVED | {"approved_by_kind": "opdracht"},
            "posting_approved_by_a_second",
        ),
        (
            DOCTOR | APPROVED,
            DOCTOR | APPROVED | {"approved_by_kind": None},
            "posting_approved_by_a_second",
        ),
        (DOCTOR | APPROVED, DOCTOR | APPROVED | {"approved_on": None}, "posting_approved_by_a_second"),
        (REVOKED, REVOKED | {"revoke_reason": ""}, "posting_revocation_is_whole"),
        (REVOKED, REVOKED | {"revoked_by": None}, "posting_revocation_is_whole"),
        (REVOKED, REVOKED | {"revoked_by_kind": None}, "posting_revocation_is_whole"),
        ({}, {"revoked_on": TODAY}, "posting_revocation_is_whole"),
        ({}, {"revoke_reason": "Zomaar."}, "posting_revocation_is_whole"),
    ],
)
def test_a_posting_that_cannot_be_is_refused(
    anna: UUID, fine: dict[str, Any], wrong: dict[str, Any], constraint: str
) -> None:
    assert (tried(posting(anna, **fine)), tried(posting(anna, **wrong))) == ("", constraint)


@pytest.mark.parametrize("role", ["commandant", "po-adviseur", "oobb"])
def test_these_roles_have_a_unit_and_no_other_has(anna: UUID, units: Units, role: str) -> None:
    assert tried(posting(anna, role=role, unit_id=units.battalion)) == ""
    assert tried(posting(anna, role=role)) == "posting_unit_belongs_to_role"
    assert tried(posting(anna, unit_id=units.battalion)) == "posting_unit_belongs_to_role"
    assert tried(posting(anna)) == ""


def test_below_has_a_reason_and_a_reason_belongs_to_below(anna: UUID, units: Units) -> None:
    commander = {"role": "commandant", "unit_id": units.battalion}

    assert tried(posting(anna, **commander, below=True, below_reason="Waarneming.")) == ""
    assert tried(posting(anna, **commander, below=True)) == "posting_below_has_a_reason"
    assert tried(posting(anna, **commander, below_reason="Waarneming.")) == "posting_below_has_a_reason"
    assert tried(posting(anna, below=True, below_reason="Waarneming.")) == "posting_below_has_a_reason"


def test_nobody_grants_to_themselves_and_nobody_approves_their_own(anna: UUID) -> None:
    assert tried(posting(anna, granted_by=str(anna))) == "posting_not_to_oneself"
    assert tried(posting(anna, granted_by="cli:beheer", granted_by_kind="opdracht")) == ""
    own = posting(anna, **(DOCTOR | APPROVED | {"approved_by": str(anna)}))
    assert tried(own) == "posting_approved_by_a_second"


def test_the_same_posting_is_not_there_twice_on_a_day(anna: UUID, bert: UUID, units: Units) -> None:
    there = {"role": "commandant", "unit_id": units.battalion}
    models.Posting.objects.create(**posting(anna, **there, ends_on=TODAY + 9 * ONE_DAY))
    models.Posting.objects.create(**posting(anna))

    assert tried(posting(anna, **there, starts_on=TODAY + 9 * ONE_DAY)) == "posting_not_twice_at_once"
    assert tried(posting(anna, **there, starts_on=TODAY + 10 * ONE_DAY)) == ""
    assert tried(posting(anna, role="commandant", unit_id=units.other)) == ""
    assert tried(posting(bert, **there)) == ""
    assert tried(posting(anna, ends_on=TODAY + ONE_DAY)) == "posting_not_twice_at_once"
    assert tried(posting(anna, role="fg")) == ""


def test_after_a_revocation_there_is_room_again_from_that_day_on(anna: UUID) -> None:
    models.Posting.objects.create(**posting(anna, **(REVOKED | {"revoked_on": TODAY + 5 * ONE_DAY})))

    assert tried(posting(anna, starts_on=TODAY + 4 * ONE_DAY)) == "posting_not_twice_at_once"
    assert tried(posting(anna, starts_on=TODAY + 5 * ONE_DAY)) == ""


def test_a_posting_that_was_revoked_before_it_began_takes_no_room(anna: UUID) -> None:
    later = {"starts_on": TODAY + 5 * ONE_DAY}
    models.Posting.objects.create(**posting(anna, **(REVOKED | later)))

    assert tried(posting(anna, **later)) == ""


# --- users ---------------------------------------------------------------------------------------


def user(**changes: Any) -> str:
    values = {"name": "Cor", "email": "cor@defensie.example", "password": "!"} | changes
    return refused_by(lambda: models.User.objects.create(**values))


def test_an_address_is_unique_in_small_letters_and_a_name_is_not_empty(anna: UUID) -> None:
    assert user(email="ANNA@defensie.example") == "user_email_in_small_letters"
    assert user(email="anna@defensie.example").startswith("organisation_user_email")
    assert user(name="") == "user_has_a_name"
    assert user() == ""


def test_the_code_of_a_user_never_changes(anna: UUID) -> None:
    found = models.User.objects.filter(pk=anna)

    assert refused_by(lambda: found.update(code=uuid4())) == "user_code_stays"
    assert refused_by(lambda: found.update(name="Anna Bakker")) == ""


# --- rights of the application -------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE organisation_posting SET ends_on = NULL",
        "UPDATE organisation_posting SET role = 'fg'",
        "UPDATE organisation_posting SET granted_by = 'iemand'",
        "DELETE FROM organisation_posting",
        "DELETE FROM organisation_user",
        "DELETE FROM organisation_unit",
        "DELETE FROM organisation_tree",
        "INSERT INTO organisation_tree DEFAULT VALUES",
        "TRUNCATE organisation_posting",
        "ALTER TABLE organisation_unit DISABLE TRIGGER ALL",
    ],
)
def test_the_application_cannot_rewrite_what_was_granted(anna: UUID, statement: str) -> None:
    models.Posting.objects.create(**posting(anna))
    allowed = "UPDATE organisation_posting SET revoked_on = NULL"

    with connection.cursor() as cursor:
        cursor.execute(allowed)
        with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
            cursor.execute(statement)
    assert models.Posting.objects.get().starts_on == date(2026, 11, 23)
