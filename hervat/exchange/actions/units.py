"""Brings the tree of units: places what is new, moves what stands elsewhere, closes what is closed.

Through the actions of the organisation, so the same is refused that an administrator is refused. A name is
taken over when a unit is placed, and kept after that. Must never: post anybody, or open a unit again.
Read next: `applying.py`, `../../organisation/actions/units.py`.
"""

from uuid import UUID

from hervat.exchange.rules.faults import FaultCode, Faulty
from hervat.exchange.rules.members import TreeFacts, UnitFacts
from hervat.exchange.rules.vocabulary import Outcome
from hervat.organisation.actions.units import close_unit, move_unit, place_unit
from hervat.organisation.queries.standing import unit_tree
from hervat.organisation.rules.refusals import Refusal
from hervat.register.permit import Permit


def bring_tree(*, permit: Permit, tree: TreeFacts) -> Outcome:
    """Bring units, each after the one above it. Raises `Faulty` for one that cannot be as it is said."""
    changed = [_bring(permit, unit) for unit in tree.units]
    closed = [_close(permit, unit) for unit in reversed(tree.units) if unit.closed]
    return Outcome.RECORDED if any(changed) or any(closed) else Outcome.UNCHANGED


def _bring(permit: Permit, said: UnitFacts) -> bool:
    known = unit_tree().abbreviated(said.abbreviation)
    parent = _above(said)
    if known is None:
        _done(
            place_unit(
                permit=permit,
                kind=said.kind,
                abbreviation=said.abbreviation,
                name=said.name,
                parent=parent,
            )
        )
        return True
    if known.kind is not said.kind:
        raise Faulty(FaultCode.UNIT_REFUSED, "units.kind")
    if known.parent == parent or parent is None:
        return False
    _done(move_unit(permit=permit, unit=known.id, parent=parent))
    return True


def _above(said: UnitFacts) -> UUID | None:
    if said.above is None:
        return None
    found = unit_tree().abbreviated(said.above)
    if found is None:
        raise Faulty(FaultCode.UNIT_UNKNOWN, "units.above")
    return found.id


def _close(permit: Permit, said: UnitFacts) -> bool:
    known = unit_tree().abbreviated(said.abbreviation)
    if known is None or known.closed_on is not None:
        return False
    _done(close_unit(permit=permit, unit=known.id))
    return True


def _done(answer: object) -> None:
    if isinstance(answer, Refusal):
        raise Faulty(FaultCode.UNIT_REFUSED, "units")
