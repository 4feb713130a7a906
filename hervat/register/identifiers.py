"""The ids under which processing activities and entities are known outside: in the API and in log lines.

An id is computed from the codes of the entry, so that it needs no table and is the same in every
deployment of that entry. It must never change: log lines refer to these ids for years, and a namespace,
a code or a form that changes breaks each of them. tests/api/test_identifiers.py holds the literal ids.
Read next: `model.py` (the codes), `hervat/api/register.py` (the addresses).
"""

from uuid import UUID, uuid5

from hervat.register.model import PurposeId
from hervat.register.vocabulary import Role

ACTIVITIES = UUID("8b2d8e3a-a6c6-4c73-b1b7-b88e84fdbbe0")
"""The namespace of processing activities. Never changes."""

ENTITIES = UUID("3f4c3a8e-a211-4d4a-826e-56cf349a6b85")
"""The namespace of organisations and recipients. Never changes."""


def activity_id(reference: str, purpose: PurposeId) -> UUID:
    """Return the id of one purpose of one entry.

    >>> activity_id("D2599", PurposeId("welzijn"))
    UUID('aeb9dffc-9924-5d3f-9d9c-a8b40a1d4dab')
    """
    return uuid5(ACTIVITIES, f"{reference}/{purpose}")


def activity_uri(base: str, reference: str, purpose: PurposeId, version: int | None = None) -> str:
    """Return the address of an activity, or of one version of it, as log lines name it.

    `base` is the root of the register API, without a slash at the end.

    >>> activity_uri("https://example.org/v1", "D2599", PurposeId("welzijn"), 2)
    'https://example.org/v1/processing_activities/aeb9dffc-9924-5d3f-9d9c-a8b40a1d4dab/versions/2'
    """
    activity = f"{base}/processing_activities/{activity_id(reference, purpose)}"
    return activity if version is None else f"{activity}/versions/{version}"


def organisation_id(name: str) -> UUID:
    """Return the id of an organisation or controller: the same in every entry that names it."""
    return uuid5(ENTITIES, f"organisatie/{name}")


def recipient_id(reference: str, role: Role) -> UUID:
    """Return the id of one recipient of one entry; a correction of its phrase keeps the id."""
    return uuid5(ENTITIES, f"ontvanger/{reference}/{role}")


def recipients_id(reference: str) -> UUID:
    """Return the id of all recipients of an entry together."""
    return uuid5(ENTITIES, f"ontvangers/{reference}")
