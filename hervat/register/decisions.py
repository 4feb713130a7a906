"""decide(): may this role use this item for this purpose on this day?

Pure and total: for every combination there is exactly one answer, and whatever the register does not
say is not allowed. The order is fixed. First what the matrix, the purposes and the use refuse; then
the open points that touch the decision and that nobody has accepted; only then is it allowed.
Nothing here knows who a user is or which dossier it is about: that is the door's (`access/`).
Read next: `reading.yaml` (the matrix), `open_points.yaml`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hervat.register.history import History
from hervat.register.model import (
    Acceptance,
    ItemReading,
    OpenPoint,
    OpenPointId,
    PurposeId,
    PurposeReading,
    Reason,
    Register,
)
from hervat.register.open_points import MATRIX, accepted_on
from hervat.register.vocabulary import (
    Cell,
    Certainty,
    Item,
    ItemClass,
    LegalBasis,
    Meanwhile,
    Role,
    Scope,
    Use,
)


@dataclass(frozen=True, slots=True)
class Ground:
    """On what an allowed use rests: AVG art. 6(1), and for special items and the BSN what comes on top."""

    purpose: PurposeId
    basis: LegalBasis
    names: tuple[str, ...]
    extra: str


@dataclass(frozen=True, slots=True)
class Allowed:
    """The register allows this use, to this extent."""

    scope: Scope
    ground: Ground


@dataclass(frozen=True, slots=True)
class Refused:
    """The register, as we read it, does not allow this use."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Gap:
    """The register does not say; as long as nobody accepts the open point it is not allowed."""

    open_point: OpenPoint


Decision = Allowed | Refused | Gap

READ_SCOPE: Mapping[Cell, Scope] = {
    Cell.READ: Scope.FULL,
    Cell.WRITE: Scope.FULL,
    Cell.OWN: Scope.OWN,
    Cell.CASE: Scope.CASE,
    Cell.OUTCOME: Scope.OUTCOME,
}
WRITE_SCOPE: Mapping[Cell, Scope] = {Cell.WRITE: Scope.FULL, Cell.OWN: Scope.OWN}
SCOPES: Mapping[Use, Mapping[Cell, Scope]] = {Use.READ: READ_SCOPE, Use.WRITE: WRITE_SCOPE}

ITEMS: tuple[Item, ...] = tuple(Item)
PLACE: Mapping[Item, int] = {item: place for place, item in enumerate(ITEMS)}

Projection = tuple[Decision, ...]
"""The decisions on every item for one role, use and purpose, in the order of `ITEMS`."""


class Decisions:
    """The register compiled: each projection is computed once and kept.

    `acceptances` are those of the deployment; the ones of another version of a reading do not count.
    """

    def __init__(self, history: History, acceptances: Sequence[Acceptance]) -> None:
        self._history = history
        self._acceptances = tuple(acceptances)
        self._steps = sorted({day for one in acceptances for day in (one.on, one.withdrawn_on) if day})
        self._kept: dict[tuple[int, int, Role, Use, PurposeId], Projection] = {}

    def decide(self, role: Role, item: Item, use: Use, purpose: PurposeId, on: date) -> Decision:
        """Decide on one item. Raises `BeforeFirstVersion` for a day before the register began."""
        return self.project(role, use, purpose, on)[PLACE[item]]

    def project(self, role: Role, use: Use, purpose: PurposeId, on: date) -> Projection:
        """Decide on every item at once, as a whole dossier needs it."""
        register = self._history.on(on)
        # Decisions change only on the first day of a version, and where an acceptance begins or ends
        step = sum(day <= on for day in self._steps)
        key = (register.version.number, step, role, use, purpose)
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        compiled = self._compile(register, role, use, purpose, on)
        if purpose in register.reading.purposes:  # an unknown one is answered, never kept
            self._kept[key] = compiled
        return compiled

    def accepted(self, on: date) -> dict[OpenPointId, Acceptance]:
        """Return the acceptances that count on a day: given, and for the reading that holds then."""
        register = self._history.on(on)
        return {
            point: acceptance
            for point, acceptance in accepted_on(self._valid(register), on).items()
            if point in register.open_points
        }

    def blocking(
        self, role: Role, item: Item, use: Use, purpose: PurposeId, on: date
    ) -> tuple[OpenPoint, ...]:
        """Return every open point that touches this decision, accepted or not."""
        register = self._history.on(on)
        return _touching(register, role, item, use, purpose)

    def when_all_accepted(self, role: Role, item: Item, use: Use, purpose: PurposeId, on: date) -> Decision:
        """Decide as if every open point were accepted: what our reading comes down to."""
        register = self._history.on(on)
        return _decide(register, frozenset(register.open_points), role, item, use, purpose)

    def _compile(self, register: Register, role: Role, use: Use, purpose: PurposeId, on: date) -> Projection:
        accepted = frozenset(self.accepted(on))
        return tuple(_decide(register, accepted, role, item, use, purpose) for item in ITEMS)

    def _valid(self, register: Register) -> Iterable[Acceptance]:
        for acceptance in self._acceptances:
            then = self._history.version(acceptance.version)
            if _reads_the_same(acceptance.open_point, then, register):
                yield acceptance


def _reads_the_same(point: OpenPointId, then: Register, now: Register) -> bool:
    """Whether what was accepted then is what is asked now; who accepts a matrix accepts its cells."""
    if then is now:
        return point in now.open_points
    read = then.open_points.get(point)
    if read is None or read != now.open_points.get(point):
        return False
    return MATRIX not in read.elements or _matrix(then) == _matrix(now)


def _matrix(register: Register) -> object:
    items = register.reading.items.values()
    cells = {
        one.item: (one.cells, one.own, one.item_class, register.group(one.item).purposes) for one in items
    }
    return cells, {one.id: one.roles for one in register.reading.purposes.values()}


def _decide(
    register: Register,
    accepted: frozenset[OpenPointId],
    role: Role,
    item: Item,
    use: Use,
    purpose: PurposeId,
) -> Decision:
    reading = register.reading.items.get(item)
    if reading is None:
        return Refused(_unnamed(register, item))
    if purpose not in register.reading.purposes:
        return Refused(_unknown_purpose(register))
    outsider = _outsider(register, accepted, role, reading, use, purpose)
    if outsider is not None:
        return outsider
    reason = _refusal(register, role, reading, use, purpose)
    if reason is not None:
        return Refused(reason)
    for point in _touching(register, role, item, use, purpose):
        if point.id not in accepted:
            return Gap(point)
        if point.refuses_when_accepted:
            return Refused(Reason(point.reading, point.source, point.certainty))
    return Allowed(SCOPES[use][reading.cells[role]], _ground(register, reading, purpose))


def _outsider(
    register: Register,
    accepted: frozenset[OpenPointId],
    role: Role,
    reading: ItemReading,
    use: Use,
    purpose: PurposeId,
) -> Decision | None:
    """Somebody the entry does not name, and whom it forgot: a gap, not a verdict."""
    if reading.cells.get(role, Cell.NOTHING) is not Cell.NOTHING:
        return None
    if any(recipient.role is role for recipient in register.entry_of(reading.item).recipients):
        return None
    for point in register.open_points.values():
        if point.blocks is None or role not in point.blocks.roles:
            continue
        if point.id not in accepted and _touches(point, role, reading, use, purpose):
            return Gap(point)
    return None


def _refusal(
    register: Register, role: Role, reading: ItemReading, use: Use, purpose: PurposeId
) -> Reason | None:
    """Return why the matrix, the purpose or the use refuses; each condition on its own line."""
    if role not in register.reading.roles:
        return _no_role(register)
    cell = reading.cells.get(role, Cell.NOTHING)
    if cell is Cell.NOTHING:
        # A role that only the other entry names has no reason in this row
        return reading.reasons.get(role, register.reading.roles[role].why_not)
    if purpose not in register.group(reading.item).purposes:
        return _not_for(register, register.reading.purposes[purpose], reading)
    if role not in register.reading.purposes[purpose].roles:
        return _not_by(register, register.reading.purposes[purpose], role)
    if cell not in SCOPES[use]:
        return _read_only(register, reading, role, cell)
    if use is Use.WRITE and cell is Cell.OWN and reading.own and not reading.own.written:
        return reading.own.reason
    return None


def _touching(
    register: Register, role: Role, item: Item, use: Use, purpose: PurposeId
) -> tuple[OpenPoint, ...]:
    reading = register.reading.items.get(item)
    if reading is None:
        return ()
    return tuple(
        point
        for point in register.open_points.values()
        if point.meanwhile is Meanwhile.REFUSE and _touches(point, role, reading, use, purpose)
    )


def _touches(point: OpenPoint, role: Role, reading: ItemReading, use: Use, purpose: PurposeId) -> bool:
    blocks = point.blocks
    if blocks is None:
        return False
    return (
        (not blocks.roles or role in blocks.roles)
        and (not blocks.items or reading.item in blocks.items)
        and (not blocks.classes or reading.item_class in blocks.classes)
        and (not blocks.purposes or purpose in blocks.purposes)
        and (not blocks.uses or use in blocks.uses)
    )


def _ground(register: Register, reading: ItemReading, purpose: PurposeId) -> Ground:
    phrase = register.purpose(purpose)
    means = register.reading.purposes[purpose]
    extra = {
        ItemClass.ORDINARY: "",
        ItemClass.BSN: means.bsn_ground,
        ItemClass.SPECIAL: means.special_ground,
        ItemClass.MEDICAL: means.special_ground,
    }[reading.item_class]
    return Ground(purpose=purpose, basis=phrase.basis, names=phrase.named, extra=extra)


def _unnamed(register: Register, item: Item) -> Reason:
    return Reason(
        f"Het register {register.entry.reference} noemt het gegeven '{item}' niet; wat er niet in staat "
        "wordt niet bewaard en niet getoond.",
        _own_page(register),
        Certainty.HIGH,
    )


def _unknown_purpose(register: Register) -> Reason:
    names = ", ".join(register.reading.purposes)
    return Reason(
        f"Dit doel staat niet in het register. De doelen zijn: {names}.", _own_page(register), Certainty.HIGH
    )


def _no_role(register: Register) -> Reason:
    return Reason("Het register kent deze rol niet.", _own_page(register), Certainty.HIGH)


def _not_for(register: Register, purpose: PurposeReading, reading: ItemReading) -> Reason:
    return Reason(
        f"'{reading.name}' wordt niet bewaard voor het doel '{purpose.name}'.",
        _own_page(register),
        Certainty.HIGH,
    )


def _not_by(register: Register, purpose: PurposeReading, role: Role) -> Reason:
    name = register.reading.roles[role].name
    return Reason(
        f"De rol '{name}' werkt niet voor het doel '{purpose.name}': {purpose.reason.text}",
        purpose.reason.source,
        purpose.reason.certainty,
    )


def _read_only(register: Register, reading: ItemReading, role: Role, cell: Cell) -> Reason:
    name = register.reading.roles[role].name
    reason = reading.reasons[role]
    return Reason(
        f"De rol '{name}' mag '{reading.name}' lezen ({cell}), maar niet vastleggen of wijzigen.",
        reason.source,
        reason.certainty,
    )


def _own_page(register: Register) -> str:
    return f"register {register.entry.reference}, versie {register.version.number}"
