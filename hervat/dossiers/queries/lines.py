"""The log lines of this room: what a permit did, to whom, and which items it met.

Every query and action calls `record` in its own transaction; an act is made of the permit, so a line says
what the door decided. Must never: name an item that the view did not give, or a value.
Read next: `../../journal/actions/append.py`, docs/journal.md.
"""

from collections.abc import Iterable
from uuid import UUID

from hervat.journal.actions.append import record
from hervat.journal.rules.acts import Act, Met
from hervat.journal.rules.line import Manner, SubjectKind
from hervat.register.vocabulary import Item


def met(person: UUID, dossier: UUID, items: Iterable[Item], manner: Manner = Manner.OPENED) -> Met:
    """Return what an act met of one dossier."""
    return Met(
        subject=person,
        subject_kind=SubjectKind.RE_INTEGRANT,
        dossier=dossier,
        items=frozenset(items),
        manner=manner,
    )


def record_of_dossier(act: Act, person: UUID, dossier: UUID, items: Iterable[Item]) -> None:
    """Write the lines of an act on one dossier, in the transaction that is open."""
    record(act, [met(person, dossier, items)])
