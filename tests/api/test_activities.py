"""From a register to processing activities: what is said, and what is left out because nobody knows it."""

from datetime import date

import pytest

from hervat.api.activities import Activity, activities, describe_activity, describe_version, open_points
from hervat.api.dpv import BASES, OF_USERS, OPTIONS, data_subject
from hervat.api.entities import entities
from hervat.api.schemas import ProcessingActivity, ProcessingActivityVersion
from hervat.register.identifiers import activity_id, organisation_id, recipient_id, recipients_id
from hervat.register.model import PurposeId
from hervat.register.vocabulary import Item, LegalBasis, Operation, Role

from .registers import ACCESS, FIGURES, FIRST, GUIDING, VERSIONS

BEFORE, DURING, AFTER = date(2026, 10, 31), date(2026, 12, 31), date(2027, 1, 1)


def of(purpose: PurposeId, reference: str = "X1") -> list[Activity]:
    return activities(VERSIONS)[activity_id(reference, purpose)]


def activity(purpose: PurposeId, today: date) -> ProcessingActivity:
    return describe_activity(VERSIONS, of(purpose), today)


def version(purpose: PurposeId, reference: str = "X1") -> ProcessingActivityVersion:
    return describe_version(of(purpose, reference)[0])


def test_there_is_one_activity_for_each_purpose_of_each_entry_the_dropped_one_last() -> None:
    purposes = [versions[0].purpose.id for versions in activities(VERSIONS).values()]

    assert purposes == [GUIDING, ACCESS, FIGURES]


@pytest.mark.parametrize(
    ("purpose", "today", "active", "latest"),
    [
        (GUIDING, BEFORE, False, 2),
        (GUIDING, DURING, True, 1),
        (GUIDING, AFTER, True, 2),
        (FIGURES, DURING, True, 1),
        (FIGURES, AFTER, False, 1),
    ],
)
def test_an_activity_is_active_while_the_register_of_today_has_it(
    purpose: PurposeId, today: date, active: bool, latest: int
) -> None:
    described = activity(purpose, today)

    assert (described.active, described.latest_version) == (active, latest)


def test_a_dropped_activity_keeps_its_versions() -> None:
    assert activity(FIGURES, AFTER).hervat.versions == [1]
    assert activity(GUIDING, AFTER).hervat.versions == [1, 2]


def test_a_version_holds_from_midnight_in_amsterdam() -> None:
    described = version(GUIDING)

    assert described.valid_from.isoformat() == "2026-11-01T00:00:00+01:00"
    assert described.hervat.valid_from_date == date(2026, 11, 1)


def test_every_item_is_named_and_a_phrase_nobody_has_read_stands_as_it_is() -> None:
    categories = version(GUIDING).personal_data.categories

    assert categories == ["NAW-gegevens", "Werkgeversdeel", "Medisch deel", "Lievelingskleur"]


def test_an_item_the_entry_does_not_name_is_no_category() -> None:
    assert "Rang" not in version(GUIDING).personal_data.categories
    assert "rang-ontbreekt" in [point.id for point in open_points(of(GUIDING)[0])]


def test_the_longest_term_is_the_retention_period_and_all_terms_are_listed() -> None:
    described = version(GUIDING)
    terms = {term.id: term.duration for term in described.hervat.retention}

    assert described.personal_data.retention_period == "P12Y"
    assert terms == {"6-maanden": "P6M", "12-jaar": "P12Y", "ooit": None}


def test_without_terms_there_is_no_retention_period() -> None:
    assert version(ACCESS, "X-GEBRUIKERS").personal_data.retention_period is None


def test_employees_and_users_are_told_apart() -> None:
    assert version(GUIDING).data_subjects == ["Employee"]
    assert version(ACCESS, "X-GEBRUIKERS").data_subjects == ["User"]


def test_a_purpose_without_a_reading_says_only_what_the_entry_says() -> None:
    described = version(ACCESS, "X-GEBRUIKERS")

    assert (described.name, described.purpose) == ("Toegang regelen.", "Toegang regelen.")
    assert (described.processing_options, described.hervat.objection) == ([], None)


def test_all_recipients_stand_behind_the_one_place_of_the_standard() -> None:
    described = version(GUIDING)
    assert described.recipients is not None
    together = entities(VERSIONS)[described.recipients.entity_id]

    assert together.name == "Leidinggevenden; HR-adviseurs"
    assert together.hervat.members == [one.entity_id for one in described.hervat.recipients]
    assert described.recipients.legal_role is None


def test_an_entry_without_recipients_has_none() -> None:
    described = version(ACCESS, "X-GEBRUIKERS")

    assert (described.recipients, described.hervat.recipients) == (None, [])


@pytest.mark.parametrize(
    ("purpose", "reference", "touching"),
    [
        (GUIDING, "X1", ["medisch", "rang-ontbreekt", "uwv-vergeten", "twaalf-jaar", "aanleverplicht"]),
        (
            FIGURES,
            "X1",
            [
                "geen-grond-voor-cijfers",
                "medisch",
                "rang-ontbreekt",
                "rol-van-hr",
                "uwv-vergeten",
                "twaalf-jaar",
                "grond-zonder-artikel",
                "aanleverplicht",
            ],
        ),
        (ACCESS, "X-GEBRUIKERS", []),
    ],
)
def test_an_activity_names_the_open_points_that_touch_it_and_no_other(
    purpose: PurposeId, reference: str, touching: list[str]
) -> None:
    described = version(purpose, reference)

    assert [link.id for link in described.hervat.open_points] == touching
    assert all(link.url == f"/register/open-points/#{link.id}" for link in described.hervat.open_points)


def test_an_organisation_that_two_entries_name_is_one_entity() -> None:
    found = entities(VERSIONS)
    organisation = found[organisation_id("Gemeente Voorbeeld")]

    assert organisation.hervat.references == ["X1", "X-GEBRUIKERS"]
    assert organisation.hervat.kind == "verwerkingsverantwoordelijke"
    assert len(found) == 4


def test_a_recipient_has_no_type_because_the_entry_gives_none() -> None:
    found = entities(VERSIONS)

    assert found[recipient_id("X1", Role.COMMANDER)].type is None
    assert found[organisation_id("Gemeente Voorbeeld")].type == "Organisation"
    assert recipients_id("X-GEBRUIKERS") not in found


def test_every_ground_and_operation_has_a_word_of_the_standard() -> None:
    assert set(BASES) == set(LegalBasis)
    assert set(OPTIONS) == set(Operation)
    assert all(BASES.values())
    assert all(OPTIONS.values())


def test_a_public_task_is_both_words_of_the_standard() -> None:
    assert version(GUIDING).legal_basis == ["PublicInterest", "OfficialAuthorityOfController"]
    assert version(FIGURES).legal_basis == ["LegitimateInterest"]


def test_exactly_the_items_of_users_are_of_users() -> None:
    by_code = {item for item in Item if item.value.startswith(("enquete-", "gebruiker-"))}

    assert by_code == OF_USERS
    assert {data_subject(item) for item in OF_USERS} == {"User"}


def test_options_stand_once_in_the_order_of_the_standard() -> None:
    assert version(GUIDING).processing_options == ["Disclose", "Use"]


def test_a_register_in_one_version_has_that_version_only() -> None:
    assert {len(versions) for versions in activities((FIRST,)).values()} == {1}
