"""Recording what happened, and replacing what turned out otherwise: the one way in for facts.

Under the lock of the dossier a fact is written, the facts are folded anew, and what must happen is planned
again; what that moved comes back. Who records with a job's permit brings what happened elsewhere and sends
no version. Must never: accept a fact whose item the permit may not write, change a fact, or change a status,
a right or pay because of a date. Read next: `keeping.py`, `../rules/folding.py`, docs/course.md.
"""

from collections.abc import Sequence
from uuid import UUID

from hervat.course.actions.following import follow
from hervat.course.actions.keeping import (
    Correcting,
    Kept,
    add,
    demand_write,
    facts_of,
    find,
    met_by,
    replace_row,
)
from hervat.course.actions.stale import StaleCourse, recorded_since
from hervat.course.rules.difference import Difference, Motive
from hervat.course.rules.faults import CourseFault, Fault
from hervat.course.rules.folding import Happened, demand_leave_of
from hervat.course.rules.values import NewFact, demand_good
from hervat.course.rules.vocabulary import Kind
from hervat.dossiers.actions.changing import Changing, change
from hervat.dossiers.actions.recording import StaleDossier
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.rules.vocabulary import CorrectionReason, Status
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record as record_lines
from hervat.journal.rules.acts import Act
from hervat.journal.rules.line import Effect
from hervat.register.permit import Permit
from hervat.register.vocabulary import Operation


def record(
    *,
    permit: Permit,
    expected_version: int | None,
    facts: Sequence[NewFact],
    reason: Motive | None = None,
    dossier: UUID | None = None,
) -> Difference:
    """Record what happened and return what it moved.

    `dossier` is for a permit that names units: the one in them that it is about. `reason` is why a step that
    this completes is late. Raises `CourseFault`, `ReasonMissing`, `StaleDossier`, `NotPermitted`, `KeyGone`.
    """
    new = tuple(facts)
    if not new:
        raise CourseFault(Fault.NOTHING)
    demand_good(new, permit.on)
    demand_write(permit, {one.kind.item for one in new})
    acts = _acts(permit, new, Effect.CREATE)
    with permitted(permit):
        changing = open_for_change(permit, expected_version, dossier)
        kept = facts_of(changing)
        added = add(permit, changing, new)
        demand_leave_of(added, [*kept.facts, *added])
        after = Kept((*kept.facts, *added), kept.opened_medical)
        difference = follow(permit, changing, after, added, reason)
        _tell(acts, changing, after)
    return difference


def replace(
    *,
    permit: Permit,
    expected_version: int | None,
    fact: UUID | bytes,
    by: NewFact | None,
    why: CorrectionReason,
    reason: Motive | None = None,
    dossier: UUID | None = None,
) -> Difference:
    """Replace a fact by another of its kind, or withdraw it (`by` None), and return what that moved.

    `fact` is its id, or the key of the message that brought it. The dossier's first sick day follows.
    Raises as `record` does.
    """
    new = () if by is None else (by,)
    demand_good(new, permit.on)
    demand_write(permit, {one.kind.item for one in new})
    with permitted(permit):
        changing = open_for_change(permit, expected_version, dossier)
        old = find(changing, fact)
        if by is not None and by.kind is not old.kind:
            raise CourseFault(Fault.OTHER_KIND, old.kind)
        demand_write(permit, {old.kind.item})
        acts = _acts(permit, [old], Effect.UPDATE)
        before = facts_of(changing)
        rest = tuple(one for one in before.facts if one.id != old.id)
        added = _put_in_place(permit, changing, old, by, why)
        after = Kept((*rest, *added), before.opened_medical)
        demand_leave_of(added, after.facts)
        difference = follow(permit, changing, after, added, reason)
        _tell(acts, changing, after)
    return difference


def open_for_change(
    permit: Permit, expected_version: int | None, dossier: UUID | None = None, *, adds_only: bool = False
) -> Changing:
    """Lock the dossier and count its version up. Raises `StaleCourse`, and `CourseFault` for a closed one."""
    try:
        changing = change(permit, expected_version, dossier, adds_only=adds_only)
    except StaleDossier as stale:
        assert permit.dossier is not None  # noqa: S101 - only a version that was given can be stale
        assert expected_version is not None  # noqa: S101
        raise StaleCourse(stale, recorded_since(permit, permit.dossier, expected_version)) from None
    if changing.status is not Status.OPEN:
        raise CourseFault(Fault.CLOSED)
    return changing


def _put_in_place(
    permit: Permit, changing: Changing, old: Happened, by: NewFact | None, why: CorrectionReason
) -> tuple[Happened, ...]:
    assert old.id is not None  # noqa: S101 - it came from a row
    replace_row(old.id)
    if by is not None:
        return add(permit, changing, [by], Correcting(old.id, why))
    # What is withdrawn keeps its day and not its detail: the row that withdraws it stands for nothing.
    add(
        permit,
        changing,
        [NewFact(old.kind, old.happened_on, old.last_day)],
        Correcting(old.id, why, withdraws=True),
    )
    return ()


def _acts(permit: Permit, facts: Sequence[NewFact | Happened], effect: Effect) -> dict[Act, set[Kind]]:
    """Begin an act for each operation that the facts are."""
    kinds: dict[Operation, set[Kind]] = {}
    for one in facts:
        kinds.setdefault(one.kind.rule.operation, set()).add(one.kind)
    return {act_of(permit, operation, effect): found for operation, found in kinds.items()}


def _tell(acts: dict[Act, set[Kind]], changing: Changing, kept: Kept) -> None:
    opened = kept.opened_medical
    for act, kinds in acts.items():
        record_lines(act, met_by(changing, {kind.item for kind in kinds}, opened_medical=opened))
        opened = False
