"""Closing a dossier and opening it again: what a person decides, and what then is or is not due.

The decision and its reason are those of the dossiers; here what was due lapses with it, or is planned again
from the facts. Must never: hand on anything but what the person said; a date or a signal closes nothing.
Read next: `../../dossiers/actions/closing.py`, `following.py`.
"""

from datetime import date
from typing import Final

from django.db import connection

from hervat.course.actions.dues import forget_standing
from hervat.course.actions.following import follow
from hervat.course.actions.keeping import facts_of
from hervat.dossiers.actions.changing import changed
from hervat.dossiers.actions.closing import close_dossier, reopen_dossier
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.rules.vocabulary import ClosingReason
from hervat.register.permit import Permit

_LAPSE: Final = "UPDATE course_due SET state = 'vervallen' WHERE dossier_id = %s AND state = 'open'"


def close(*, permit: Permit, expected_version: int, on: date, reason: ClosingReason) -> int:
    """Close a dossier on a day; return its version. What was due lapses. Raises as `close_dossier` does."""
    with permitted(permit):
        version = close_dossier(permit=permit, expected_version=expected_version, on=on, reason=reason)
        dossier = changed(permit).dossier
        with connection.cursor() as cursor:
            cursor.execute(_LAPSE, [dossier])
        forget_standing(dossier)
    return version


def reopen(*, permit: Permit, expected_version: int, on: date, reason: ClosingReason) -> int:
    """Open a closed dossier again; return its version. What must happen is planned again.

    Raises as `reopen_dossier` does.
    """
    with permitted(permit):
        version = reopen_dossier(permit=permit, expected_version=expected_version, on=on, reason=reason)
        changing = changed(permit)
        follow(permit, changing, facts_of(changing))
    return version
