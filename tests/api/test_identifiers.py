"""The ids of the API never change: log lines refer to them. So they stand here as they are."""

from uuid import UUID

import pytest

from hervat.register.identifiers import (
    activity_id,
    activity_uri,
    organisation_id,
    recipient_id,
    recipients_id,
)
from hervat.register.model import PurposeId
from hervat.register.vocabulary import Role

ACTIVITIES = {
    "uitstroom": "df09f661-f564-598d-b46c-a0ab8eb86ce5",
    "loonsancties": "1c564588-74a0-5ddb-884f-2e06f82e8796",
    "welzijn": "aeb9dffc-9924-5d3f-9d9c-a8b40a1d4dab",
    "publiek-privaat": "2d321eea-e9ce-51ba-b645-c82d4415739e",
    "wettelijke-plicht": "fd8be6df-eb16-53a2-ac70-f747fa57f196",
    "enquete": "ca3da732-973d-529f-93f6-4a8e0605e030",
}


@pytest.mark.parametrize(("purpose", "identifier"), ACTIVITIES.items())
def test_the_id_of_each_purpose_of_d2599_is_what_it_always_was(purpose: str, identifier: str) -> None:
    assert activity_id("D2599", PurposeId(purpose)) == UUID(identifier)


def test_the_ids_of_entities_are_what_they_always_were() -> None:
    assert str(organisation_id("Ministerie van Defensie")) == "c6a2d7fd-d51a-5897-a0df-6e937f11655c"
    assert str(recipient_id("D2599", Role.COMMANDER)) == "b828540a-ebe3-5af9-84b7-cd1807e83779"
    assert str(recipients_id("D2599")) == "d55e7971-622b-55e4-95f8-94c513132562"


def test_the_same_purpose_in_another_entry_is_another_activity() -> None:
    assert activity_id("D2599", PurposeId("welzijn")) != activity_id("D2600", PurposeId("welzijn"))


def test_a_log_line_names_one_version_of_an_activity() -> None:
    root = "https://example.org/api/register/v1"
    activity = f"{root}/processing_activities/{ACTIVITIES['welzijn']}"

    assert activity_uri(root, "D2599", PurposeId("welzijn"), 3) == f"{activity}/versions/3"
    assert activity_uri(root, "D2599", PurposeId("welzijn")) == activity
