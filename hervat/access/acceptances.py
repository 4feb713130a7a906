"""Accept the reading of an open point, or withdraw that: the FG lays it down, and it is logged.

The line commits before the file takes its place, so nothing ever counts without a line; when the file cannot
take its place after all, a second line says so. Must never: let an auditor accept, or a decision count from a
day before today. Read next: `hervat/register/acceptance_file.py`, docs/register.md.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID, uuid5

from django.db import transaction

from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.rules.acts import Met
from hervat.journal.rules.line import Effect, Outcome
from hervat.register.acceptance_file import Change, NotChanged, accepting, withdrawing
from hervat.register.model import Acceptance, OpenPointId
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Operation, Role

OPEN_POINT = "open-punt"
_POINTS = UUID("0b5f2f0a-6f0e-4c53-9d0c-2d4d7a3c5e21")
_NOT_WRITTEN = "bestand-niet-gewijzigd"


def object_of(point: OpenPointId) -> UUID:
    """Return the code under which the log knows an open point."""
    return uuid5(_POINTS, point)


def may_accept(permit: Permit) -> bool:
    """Return whether a permit is of somebody who may lay down that a reading was accepted."""
    return permit.role is Role.PRIVACY_OFFICER


def accept(*, permit: Permit, point: OpenPointId, version: int, by: str, why: str) -> str | None:
    """Let the reading of an open point count from today; return why not, when nothing changed."""
    acceptance = Acceptance(open_point=point, version=version, by=by, on=permit.on, why=why, demo=False)
    return _change(permit, point, lambda: accepting(acceptance))


def withdraw(*, permit: Permit, point: OpenPointId) -> str | None:
    """Let the reading of an open point count no longer from today; return why not, when nothing changed."""
    return _change(permit, point, lambda: withdrawing(point, permit.on))


def _change(
    permit: Permit, point: OpenPointId, prepare: Callable[[], AbstractContextManager[Change]]
) -> str | None:
    if not may_accept(permit):
        _log(permit, point, Outcome.REFUSED, "niet-in-deze-rol")
        raise NotPermitted("Alleen de FG legt vast dat een lezing is aanvaard.")
    try:
        with prepare() as change:
            _log(permit, point, Outcome.DONE)
            change.put_in_place()
    except NotChanged as error:
        _log(permit, point, Outcome.FAILED, _NOT_WRITTEN)
        return str(error)
    return None


def _log(permit: Permit, point: OpenPointId, outcome: Outcome, reason: str | None = None) -> None:
    met = Met(object_kind=OPEN_POINT, object_id=object_of(point))
    with transaction.atomic():
        record(act_of(permit, Operation.OVERSEE, Effect.UPDATE), [met], outcome=outcome, reason=reason)
