"""Recording and correcting facts: a new version with a reason; what was there before stays.

Each action writes fields of one part. `expected_version` is the version of the dossier that the writer saw.
Must never: overwrite a fact, or accept a field of another part. Read next: `recording.py`.
"""

from collections.abc import Collection

from hervat.dossiers.actions.recording import Changes, demand_write, lock, write
from hervat.dossiers.queries.lines import record_of_dossier
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.rules.vocabulary import FIELDS, CorrectionReason, Field, Part
from hervat.journal.actions.acting import act_of
from hervat.journal.rules.line import Effect
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Operation
from hervat.vault.queries import keys_for
from hervat.vault.rules.sealing import Domain


class KeyGone(Exception):  # noqa: N818 - it names the situation
    """The key of the person was destroyed: nothing more can be recorded about them."""

    def __init__(self) -> None:
        super().__init__("De gegevens van deze persoon zijn vernietigd. Er kan niets meer worden vastgelegd.")


def correct_identity(
    *, permit: Permit, expected_version: int, changes: Changes, reason: CorrectionReason | None
) -> int:
    """Record who somebody is; return the version of the dossier after it."""
    return _record(permit, expected_version, Part.IDENTITY, changes, reason)


def correct_appointment(
    *, permit: Permit, expected_version: int, changes: Changes, reason: CorrectionReason | None
) -> int:
    """Record what somebody was appointed to; return the version of the dossier after it."""
    return _record(permit, expected_version, Part.APPOINTMENT, changes, reason)


def record_work_facts(
    *, permit: Permit, expected_version: int, changes: Changes, reason: CorrectionReason | None = None
) -> int:
    """Record how it stands with work; return the version of the dossier after it."""
    return _record(permit, expected_version, Part.WORK, changes, reason)


def record_benefit_facts(
    *, permit: Permit, expected_version: int, changes: Changes, reason: CorrectionReason | None = None
) -> int:
    """Record the Sickness Act, the WIA, a sanction or the WGA; return the version of the dossier after it."""
    return _record(permit, expected_version, Part.BENEFITS, changes, reason)


def _record(
    permit: Permit, expected_version: int, part: Part, changes: Changes, reason: CorrectionReason | None
) -> int:
    _refuse_others(part, changes)
    demand_write(permit, changes)
    act = act_of(permit, Operation.KEEP_DOSSIER, Effect.UPDATE)
    with permitted(permit):
        dossier = lock(permit, expected_version)
        key = keys_for([dossier.person_id], Domain.ORDINARY).get(dossier.person_id)
        if key is None:
            raise KeyGone
        dossier.version += 1
        written = write(permit, dossier, key, part, changes, reason)
        if written:
            dossier.save(update_fields=["version"])
        record_of_dossier(act, dossier.person_id, dossier.id, {field.item for field in changes})
    return dossier.version if written else expected_version


def _refuse_others(part: Part, changes: Collection[Field]) -> None:
    if not changes or not set(changes) <= set(FIELDS[part]):
        raise NotPermitted(f"Hier worden alleen velden van het deel '{part}' vastgelegd, en ten minste een.")
