"""Who wrote on an older version of a dossier: what was recorded in its course meanwhile.

Must never: name a kind of fact that the permit hides, or say what a fact says.
Read next: `recording.py`, `../../dossiers/actions/recording.py` (the same for its facts).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from hervat.course.rules.vocabulary import Kind
from hervat.dossiers.actions.recording import StaleDossier
from hervat.dossiers.queries.cells import refusal
from hervat.journal.queries.prepared import ask
from hervat.register.permit import Permit
from hervat.register.vocabulary import Role

_SINCE: Final = """
SELECT kind, recorded_role, recorded_at FROM course_fact
WHERE dossier_id = %s::uuid AND dossier_version > %s::int ORDER BY recorded_at, kind
"""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact that somebody else recorded, replaced or withdrew; `kind` is None where it may not be known."""

    kind: Kind | None
    role: Role | None
    at: datetime


class StaleCourse(StaleDossier):
    """Somebody else changed the dossier since it was read; `facts` is what they recorded in its course."""

    def __init__(self, stale: StaleDossier, facts: tuple[Recorded, ...]) -> None:
        super().__init__(stale.version, stale.changes)
        self.facts = facts


def recorded_since(permit: Permit, dossier: UUID, version: int) -> tuple[Recorded, ...]:
    """Return what was recorded in a course after a version; runs inside `permitted`."""
    return tuple(
        Recorded(_known(permit, Kind(kind)), Role(role) if role else None, at)
        for kind, role, at in ask(_SINCE, [dossier, version])
    )


def _known(permit: Permit, kind: Kind) -> Kind | None:
    return kind if refusal(permit, kind.item) is None else None
