"""Whose a case is, for who oversees: the codes under which the log knows a dossier and its person.

The log has an index by person and none by dossier, and the FG hears of a case by its number. What is told
are two codes that the lines hold as well, and nothing of the dossier; the look in the log that follows is
logged there. Must never: open a dossier, or answer a desk that may not read the log of everybody.
Read next: `../journal/queries/browsing.py`, `../web/oversight/log.py`.
"""

from uuid import UUID

from hervat.dossiers.queries.relation import Whose, whose
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Scope


def trace_case(desk: Permit, case: str | UUID) -> Whose | None:
    """Return whose a case is, by its number or code; None where there is none, or no longer.

    Raises `NotPermitted` for who may read their own lines only.
    """
    if desk.dossier is not None or desk.scope(Item.USER_ACTIVITY) is not Scope.FULL:
        raise NotPermitted("Deze machtiging geeft geen recht op het logboek van anderen.")
    return whose(case)
