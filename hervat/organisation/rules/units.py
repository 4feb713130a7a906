"""Units as a tree: part of Defence → unit → sub-unit, and sub-units in sub-units.

There are some 1,800 of them, so the whole tree is one value in memory. Must never: be kept longer than
the version it was read under (`../queries/standing.py`). Read next: `postings.py`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from hervat.register.vocabulary import Code


class UnitKind(Code):
    """What sort of unit it is; a kind never changes."""

    SERVICE_BRANCH = "defensieonderdeel"
    UNIT = "eenheid"
    SUB_UNIT = "sub-eenheid"


PARENTS: Mapping[UnitKind, frozenset[UnitKind]] = {
    UnitKind.SERVICE_BRANCH: frozenset(),
    UnitKind.UNIT: frozenset({UnitKind.SERVICE_BRANCH}),
    UnitKind.SUB_UNIT: frozenset({UnitKind.UNIT, UnitKind.SUB_UNIT}),
}
"""Under which kinds a kind may stand; a part of Defence stands under nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit. `closed_on` is the first day on which nobody can be posted there any more."""

    id: UUID
    kind: UnitKind
    parent: UUID | None
    abbreviation: str
    name: str
    closed_on: date | None = None

    def is_open(self, on: date) -> bool:
        return self.closed_on is None or on < self.closed_on


@dataclass(frozen=True, slots=True)
class Tree:
    """All units, closed ones too: their dossiers stay."""

    units: Mapping[UUID, Unit]
    children: Mapping[UUID, tuple[UUID, ...]]

    def get(self, unit: UUID | None) -> Unit | None:
        return None if unit is None else self.units.get(unit)

    def abbreviated(self, abbreviation: str) -> Unit | None:
        """Return the unit with this abbreviation, in capitals or not."""
        wanted = abbreviation.casefold()
        return next((unit for unit in self.units.values() if unit.abbreviation.casefold() == wanted), None)

    def above(self, unit: UUID) -> Iterator[UUID]:
        """Yield what a unit stands under, the nearest first; nothing for an unknown one."""
        found = self.units.get(unit)
        while found is not None and found.parent is not None:
            yield found.parent
            found = self.units.get(found.parent)

    def below(self, unit: UUID) -> frozenset[UUID]:
        """Return everything under a unit, at every depth, without itself."""
        found: set[UUID] = set()
        waiting = list(self.children.get(unit, ()))
        while waiting:
            found.add(one := waiting.pop())
            waiting.extend(self.children.get(one, ()))
        return frozenset(found)


def tree_of(units: Iterable[Unit]) -> Tree:
    """Return the units as a tree. That there is no cycle, PostgreSQL sees to."""
    known = {unit.id: unit for unit in units}
    children: dict[UUID, list[UUID]] = defaultdict(list)
    for unit in known.values():
        if unit.parent is not None:
            children[unit.parent].append(unit.id)
    return Tree(
        MappingProxyType(known), MappingProxyType({above: tuple(units) for above, units in children.items()})
    )


def branch_of(unit: UUID, tree: Tree) -> Unit | None:
    """Return the part of Defence that a unit belongs to, or is."""
    above = (tree.get(one) for one in (unit, *tree.above(unit)))
    return next((one for one in above if one and one.kind is UnitKind.SERVICE_BRANCH), None)
