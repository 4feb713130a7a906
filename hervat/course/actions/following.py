"""What follows from a change of the facts: what is due is planned again, and the dossier stands otherwise.

A person who completes a step late says why, in the same change; a job cannot be asked, so there the reason is
missing until somebody gives it. Must never: change the status of a dossier, or ask whom a date concerns for
more than a reason. Read next: `dues.py`, `../rules/planning.py`, `../rules/reasons.py`.
"""

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from hervat.course.actions.dues import (
    Of,
    Said,
    place_of_reason,
    read_dues,
    with_ids,
    write_dues,
    write_standings,
)
from hervat.course.actions.keeping import Kept, key_of
from hervat.course.rules.acting import items_of
from hervat.course.rules.difference import Difference, Motive
from hervat.course.rules.folding import Happened, fold
from hervat.course.rules.planning import Plan, Planned, plan
from hervat.course.rules.reasons import ReasonMissing, demand_good
from hervat.course.rules.standing import standing_of
from hervat.course.rules.vocabulary import Kind
from hervat.dossiers.actions.changing import Changing, move_first_sick_day, note_report
from hervat.dossiers.queries.cells import refusal
from hervat.register.permit import Permit
from hervat.register.vocabulary import ActorKind, Item
from hervat.vault.rules.sealing import Domain, seal

_DATES: Final = Item.SICKNESS_ABSENCE


def follow(
    permit: Permit,
    changing: Changing,
    kept: Kept,
    added: Sequence[Happened] = (),
    reason: Motive | None = None,
) -> Difference:
    """Let everything that follows from the facts follow, and return what that changed.

    Raises `CourseFault` for facts that cannot be, `ReasonMissing` and `ReasonFault`.
    """
    folded = fold(kept.facts, otherwise_sick_since=changing.first_sick_on)
    move_first_sick_day(changing, folded.since)
    if any(one.kind is Kind.SICK for one in kept.facts):
        note_report(changing)
    made = plan(folded, kept.facts, read_dues([changing.dossier])[changing.dossier], on=permit.on)
    of = Of(changing.dossier, changing.unit)
    write = with_ids(made.write)
    said = _said(permit, changing, write, {one.id for one in added}, reason)
    write_dues([(of, one, id) for one, id in write], by=permit.actor, said=said)
    write_standings([(of, standing_of(made, on=permit.on))])
    return _told(permit, changing.version, made, added)


def said_of(permit: Permit, changing: Changing, due: UUID, reason: Motive) -> Said:
    """Return why, sealed for one row. Raises `ReasonFault` and `KeyGone`."""
    demand_good(reason)
    key = key_of(changing, Domain.ORDINARY)
    sealed = seal(key, reason.explanation.strip(), place_of_reason(due))
    return Said(code=reason.code.value, explanation=sealed, by=permit.actor, on=permit.on)


def _said(
    permit: Permit,
    changing: Changing,
    write: Iterable[tuple[Planned, UUID]],
    added: set[UUID | None],
    reason: Motive | None,
) -> dict[UUID, Said]:
    done = [(one, id) for one, id in write if one.fact is not None and one.fact in added]
    if reason is not None:
        return {id: said_of(permit, changing, id, reason) for _, id in done}
    late = tuple(one.key.code for one, _ in done if one.reason_missing)
    if late and permit.actor_kind is ActorKind.USER:
        raise ReasonMissing(late)
    return {}


def _told(permit: Permit, version: int, made: Plan, added: Sequence[Happened]) -> Difference:
    """What changed, as far as whoever made the change may know it."""
    dates = refusal(permit, _DATES) is None

    def known(codes: Iterable[str]) -> tuple[str, ...]:
        return tuple(code for code in codes if _is_known(permit, code))

    return Difference(
        version=version,
        facts=tuple(one.id for one in added if one.id is not None),
        moved=tuple(one for one in made.moved if dates and not _hides(permit, one.code)),
        done=known(made.done),
        opened=known(made.opened),
        lapsed=known(made.lapsed),
    )


def _is_known(permit: Permit, code: str) -> bool:
    return all(refusal(permit, item) is None for item in items_of(code))


def _hides(permit: Permit, code: str) -> bool:
    """Whether a day tells of something that may not be seen; that of a step tells of absence only."""
    items = items_of(code) - {Item.GATEKEEPER_EMPLOYER, Item.WIA}
    return not all(refusal(permit, item) is None for item in items)
