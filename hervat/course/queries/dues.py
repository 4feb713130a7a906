"""What is due in one dossier, as one reader may know it: steps, own tasks, and why one was late.

Whoever may not know whether a step was done sees it once, with its day: how often it was done would tell.
Must never: show the text of a reason or a task to who may not see its item. Read next: `course.py`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from hervat.course.actions.dues import place_of_reason, place_of_title
from hervat.course.models import Due
from hervat.course.queries.reading import cell, knows
from hervat.course.rules.acting import items_of
from hervat.course.rules.knowing import DATES
from hervat.course.rules.vocabulary import DueKind, DueState, LateReason
from hervat.dossiers.queries.cells import Cell, readable
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item, Role
from hervat.vault.queries import keys_for
from hervat.vault.rules.sealing import DataKey, Domain, unseal_text

_SHOWN: Final = (DueState.OPEN, DueState.DONE, DueState.SKIPPED)


@dataclass(frozen=True, slots=True)
class ReasonView:
    """Why a step was late, skipped or done otherwise, and when that was said."""

    code: LateReason
    explanation: str | None
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DueView:
    """Something that is or was due. `title` is that of an own task; a step has its name from the law."""

    id: UUID
    kind: DueKind
    code: str
    occurrence: int
    role: Role
    also: Role | None
    due_on: Cell[date]
    legal_limit: Cell[date]
    state: Cell[DueState]
    done_on: Cell[date]
    done_by: Cell[str]
    late_days: Cell[int]
    reason: Cell[ReasonView]
    reason_missing: Cell[bool]
    title: Cell[str]


def dues_of(
    permit: Permit, dossier: UUID, person: UUID, *, key: DataKey | None = None
) -> tuple[DueView, ...]:
    """Return what is and was due in a dossier, signals apart; runs inside `permitted`."""
    found = Due.objects.filter(dossier_id=dossier, state__in=_SHOWN).exclude(kind=DueKind.SIGNAL.value)
    rows = list(_may_be_listed(permit, list(found.order_by("due_on", "code", "occurrence"))))
    sealed = any(knows(permit, *items_of(row.code)) and (row.title or row.explanation) for row in rows)
    if sealed and key is None:
        key = keys_for([person], Domain.ORDINARY).get(person)
    return tuple(_view(permit, row, key) for row in rows)


def _may_be_listed(permit: Permit, rows: list[Due]) -> Iterator[Due]:
    last: Mapping[str, tuple[int, int]] = {
        row.code: max((one.nth_case, one.occurrence) for one in rows if one.code == row.code) for row in rows
    }
    for row in rows:
        if knows(permit, *items_of(row.code)) or (
            row.kind != DueKind.OWN and last[row.code] == (row.nth_case, row.occurrence)
        ):
            yield row


def _view(permit: Permit, row: Due, key: DataKey | None) -> DueView:
    items = items_of(row.code)
    state, known = DueState(row.state), knows(permit, *items)
    done = state is DueState.DONE

    def told(value: Any) -> Cell[Any]:
        return cell(permit, items, value)

    return DueView(
        id=row.id,
        kind=DueKind(row.kind),
        code=row.code,
        occurrence=row.occurrence,
        role=Role(row.role),
        also=Role(row.also_role) if row.also_role else None,
        due_on=cell(permit, [DATES], row.due_on),
        legal_limit=cell(permit, [DATES], row.legal_limit),
        state=told(state if known or done else None),
        done_on=told(row.done_on),
        done_by=readable(permit, Item.USER_ACTIVITY, row.done_by or None),
        late_days=told(row.done_late_days or None),
        reason=told(_reason(row, key) if known else None),
        reason_missing=told(row.reason_missing or None),
        title=told(unseal_text(key, row.title, place_of_title(row.id)) if row.title and key else None),
    )


def _reason(row: Due, key: DataKey | None) -> ReasonView | None:
    if not row.reason_code or row.reason_on is None:
        return None
    sealed = row.explanation
    text = unseal_text(key, sealed, place_of_reason(row.id)) if sealed and key else None
    return ReasonView(LateReason(row.reason_code), text, row.reason_on)
