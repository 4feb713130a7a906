"""The organisations and recipients that the versions of a register name, as entities of the standard.

A recipient is a group of functionaries and not a legal person, and the register holds no addresses: what
it does not say is absent. It must never list a person. Read next: `schemas.py`, docs/api.md.
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from hervat.api.dpv import EntityType
from hervat.api.schemas import Entity, EntityExtension
from hervat.register.identifiers import organisation_id, recipient_id, recipients_id
from hervat.register.model import Entry, Recipient, Register


def entities(versions: Sequence[Register]) -> dict[UUID, Entity]:
    """Return every entity there is or was, as the newest version that names it prints it."""
    found: dict[UUID, Entity] = {}
    for register in versions:
        in_version: dict[UUID, Entity] = {}
        for entry in register.entries:
            for entity in _of_entry(entry):
                in_version[entity.id] = _merged(in_version.get(entity.id), entity)
        found |= in_version
    return found


def _of_entry(entry: Entry) -> Iterator[Entity]:
    # An organisation that is also the controller keeps one id, and is then called the controller
    for name in (*entry.organisations, *entry.controllers):
        kind = "verwerkingsverantwoordelijke" if name in entry.controllers else "organisatie"
        yield _organisation(name, kind, entry.reference)
    for recipient in entry.recipients:
        yield _recipient(recipient, entry.reference)
    if entry.recipients:
        yield _together(entry)


def _organisation(name: str, kind: str, reference: str) -> Entity:
    return Entity(
        id=organisation_id(name),
        type=EntityType.ORGANISATION,
        name=name,
        hervat=EntityExtension(kind=kind, references=[reference]),
    )


def _recipient(recipient: Recipient, reference: str) -> Entity:
    return Entity(
        id=recipient_id(reference, recipient.role),
        name=recipient.phrase,
        hervat=EntityExtension(kind="ontvanger", references=[reference]),
    )


def _together(entry: Entry) -> Entity:
    """The recipients as one entity, so that who reads only the standard's property misses nobody."""
    return Entity(
        id=recipients_id(entry.reference),
        name="; ".join(recipient.phrase for recipient in entry.recipients),
        hervat=EntityExtension(
            kind="ontvangers",
            references=[entry.reference],
            members=[recipient_id(entry.reference, recipient.role) for recipient in entry.recipients],
        ),
    )


def _merged(before: Entity | None, entity: Entity) -> Entity:
    """An organisation that two entries name belongs to both."""
    if before is None:
        return entity
    references = list(dict.fromkeys([*before.hervat.references, *entity.hervat.references]))
    kinds = {before.hervat.kind, entity.hervat.kind}
    kind = "verwerkingsverantwoordelijke" if "verwerkingsverantwoordelijke" in kinds else entity.hervat.kind
    extension = entity.hervat.model_copy(update={"references": references, "kind": kind})
    return entity.model_copy(update={"hervat": extension})
