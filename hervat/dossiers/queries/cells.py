"""Sealed columns become cells: only what the permit allows is opened, the rest says why not.

What is allowed only as an outcome gives a code; what is allowed only about oneself or case by case needs a
permit of that kind. Where a person's key is gone nothing opens, and the cell says so.
Must never: open a field whose item the permit does not hold. Read next: `../rules/values.py`,
`hervat/register/cells.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar
from uuid import UUID

from hervat.dossiers.rules.values import Value, outcome_of, unpack
from hervat.dossiers.rules.vocabulary import FIELDS, Field, Part
from hervat.register.cells import Hidden, Outcome, Shown, hidden
from hervat.register.decisions import Allowed
from hervat.register.model import Reason
from hervat.register.permit import Permit
from hervat.register.vocabulary import Authority, Certainty, Item, Scope
from hervat.vault.rules.sealing import DataKey, unseal

T = TypeVar("T")
Cell = Shown[T] | Outcome | Hidden
FactCell = Shown[Value] | Outcome | Hidden

_ONLY_OWN: Final = Hidden(
    Reason("Dit gegeven is er in deze rol alleen over uzelf.", "de matrix", Certainty.HIGH)
)
_ONLY_BY_CASE: Final = Hidden(
    Reason(
        "Dit gegeven is er in deze rol alleen per geval: met een toewijzing die een grond en een "
        "laatste dag noemt.",
        "de matrix",
        Certainty.HIGH,
    )
)
_DESTROYED: Final = Hidden(
    Reason(
        "De sleutel van deze gegevens is vernietigd; zij zijn er niet meer.", "vernietiging", Certainty.HIGH
    )
)
_NEEDS: Final = {
    Scope.OWN: (Authority.OWN, _ONLY_OWN),
    Scope.CASE: (Authority.CASE, _ONLY_BY_CASE),
}


def refusal(permit: Permit, item: Item) -> Hidden | None:
    """Return why an item is not visible under a permit, or None when it is, in any form."""
    decision = permit.decision(item)
    if not isinstance(decision, Allowed):
        return hidden(decision)
    needs = _NEEDS.get(decision.scope)
    if needs is not None and permit.authority is not needs[0]:
        return needs[1]
    return None


def visible(permit: Permit, items: Iterable[Item]) -> frozenset[Item]:
    """Return the items that a permit makes visible in any form: what a log line names."""
    return frozenset(item for item in items if refusal(permit, item) is None)


def readable(permit: Permit, item: Item, value: T | None) -> Cell[T]:
    """Return the cell of a value that stands in a readable column."""
    return Reading.under(permit, item).of_column(value)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a permit makes of every value of one item: decided once for all the rows of a page."""

    why_not: Hidden | None
    outcome_only: bool

    @classmethod
    def under(cls, permit: Permit, item: Item) -> "Reading":
        """Return how an item is read under a permit."""
        return cls(refusal(permit, item), permit.scope(item) is Scope.OUTCOME)

    def of_column(self, value: T | None) -> Cell[T]:
        """Return the cell of a value that stands in a readable column."""
        if self.why_not is not None:
            return self.why_not
        if self.outcome_only:
            return Outcome("vastgelegd" if value is not None else None)
        return Shown(value)


@dataclass(frozen=True, slots=True)
class Opener:
    """Opens the sealed columns of many rows under one permit, with the keys that were fetched for them."""

    permit: Permit
    keys: Mapping[UUID, DataKey]
    _readings: dict[Field, Reading] = field(default_factory=dict, init=False, repr=False, compare=False)

    def facts(
        self, person: UUID, dossier: UUID, sealed: Mapping[Field, bytes | memoryview | None]
    ) -> dict[Field, FactCell]:
        """Return the cells of one person's columns."""
        key = self.keys.get(person)
        return {field: self._cell(key, dossier, field, column) for field, column in sealed.items()}

    def fact(self, person: UUID, dossier: UUID, field: Field, sealed: bytes | memoryview | None) -> FactCell:
        """Return the cell of one column; a column that may not be seen is not opened."""
        return self._cell(self.keys.get(person), dossier, field, sealed)

    def _cell(
        self, key: DataKey | None, dossier: UUID, field: Field, sealed: bytes | memoryview | None
    ) -> FactCell:
        reading = self._readings.get(field) or self._decide(field)
        return reading.why_not or self._opened(reading, key, dossier, field, sealed)

    def _opened(
        self,
        reading: Reading,
        key: DataKey | None,
        dossier: UUID,
        field: Field,
        sealed: bytes | memoryview | None,
    ) -> FactCell:
        if key is None:
            return _DESTROYED
        value = None if sealed is None else unpack(field, unseal(key, sealed, place_of(field, dossier)))
        return Outcome(outcome_of(field, value)) if reading.outcome_only else Shown(value)

    def _decide(self, field: Field) -> Reading:
        reading = self._readings[field] = Reading.under(self.permit, field.item)
        return reading


def place_of(field: Field, dossier: UUID) -> str:
    """Return where a value is sealed for: of a person there is one identity, but there may be more dossiers.

    Not the number of the version: a correction carries what did not change over as it is, unopened.
    """
    return _OF_PERSON.get(field) or f"dossiers.{field.value}:{dossier}"


_OF_PERSON: Final = {
    field: f"dossiers.{field.value}" for field in (*FIELDS[Part.IDENTITY], *FIELDS[Part.APPOINTMENT])
}
