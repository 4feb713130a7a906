"""What was recorded of one field, when, by which role and why, the newest first.

A version in which the field did not change is left out: unchanged columns are carried over as they are, so
their bytes are equal. Who recorded it is an item about users, and mostly not visible here.
Must never: open a version whose item the permit does not hold. Read next: `../actions/correcting.py`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from hervat.dossiers.models import Appointment, BenefitFacts, Dossier, Identity, WorkFacts
from hervat.dossiers.queries.cells import Cell, FactCell, Opener, readable, refusal, visible
from hervat.dossiers.queries.lines import record_of_dossier
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.rules.vocabulary import CorrectionReason, Field, Part
from hervat.journal.actions.acting import act_of
from hervat.journal.rules.line import Effect
from hervat.register.cells import Hidden
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Operation, Role
from hervat.vault.queries import keys_for
from hervat.vault.rules.sealing import Domain

TABLES: Final[Mapping[Part, Any]] = {
    Part.IDENTITY: Identity,
    Part.APPOINTMENT: Appointment,
    Part.WORK: WorkFacts,
    Part.BENEFITS: BenefitFacts,
}
_COLUMNS: Final = ("number", "recorded_at", "recorded_by", "recorded_role", "reason", "replaced_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One value of a field: since when it stood there, and until when; None for the one that stands now."""

    number: int
    recorded_at: datetime
    recorded_role: Role | None
    recorded_by: Cell[str]
    reason: CorrectionReason | None
    replaced_at: datetime | None
    value: FactCell


@dataclass(frozen=True, slots=True)
class History:
    """The values of one field, or why they are not visible."""

    facts: tuple[Fact, ...]
    hidden: Hidden | None


def history(permit: Permit, field: Field) -> History:
    """Return what was recorded of a field, and log it. Raises `NotPermitted` without a dossier."""
    if permit.dossier is None:
        raise NotPermitted("Deze machtiging gaat niet over een dossier.")
    why_not = refusal(permit, field.item)
    if why_not is not None:
        return History((), why_not)
    act = act_of(permit, Operation.READ_DOSSIER, Effect.READ)
    with permitted(permit):
        dossier = Dossier.objects.get(id=permit.dossier)
        versions = TABLES[field.part].objects.filter(**owner_of(dossier, field.part)).order_by("number")
        rows = list(_changes(versions.values(*_COLUMNS, field.value), field))
        opener = Opener(permit, keys_for([dossier.person_id], Domain.ORDINARY))
        facts = tuple(_fact(opener, dossier, field, row) for row in reversed(rows))
        record_of_dossier(act, dossier.person_id, dossier.id, visible(permit, [field.item]))
    return History(facts, None)


def owner_of(dossier: Dossier, part: Part) -> dict[str, Any]:
    """Return of whom the rows of a part are: of the person, or of this dossier."""
    if part in {Part.IDENTITY, Part.APPOINTMENT}:
        return {"person": dossier.person_id}
    return {"dossier": dossier.id}


def _changes(rows: Iterable[dict[str, Any]], field: Field) -> Iterator[dict[str, Any]]:
    """Rows in which the field changed; each lasts until the next change."""
    kept: dict[str, Any] | None = None
    for row in rows:
        sealed = row[field.value]
        if kept is not None and _bytes(kept[field.value]) == _bytes(sealed):
            kept["replaced_at"] = row["replaced_at"]
            continue
        if kept is not None:
            yield kept
        kept = dict(row) if kept is not None or sealed is not None else None
    if kept is not None:
        yield kept


def _bytes(sealed: bytes | memoryview | None) -> bytes | None:
    return None if sealed is None else bytes(sealed)


def _fact(opener: Opener, dossier: Dossier, field: Field, row: Mapping[str, Any]) -> Fact:
    return Fact(
        number=row["number"],
        recorded_at=row["recorded_at"],
        recorded_role=Role(row["recorded_role"]) if row["recorded_role"] else None,
        recorded_by=readable(opener.permit, Item.USER_ACTIVITY, row["recorded_by"]),
        reason=CorrectionReason(row["reason"]) if row["reason"] else None,
        replaced_at=row["replaced_at"],
        value=opener.fact(dossier.person_id, dossier.id, field, row[field.value]),
    )
