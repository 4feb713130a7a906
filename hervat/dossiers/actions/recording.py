"""Writing versions: what every action on facts has in common.

The row of the dossier is locked first, so two writers come one after the other; who wrote on an older
version gets `StaleDossier`. A new version carries over what did not change, unopened, and the old one gets
its end. Must never: write a field whose item the permit may not write. Read next: `correcting.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models.functions import Now

from hervat.dossiers.models import Dossier, NameToken, Person
from hervat.dossiers.queries.cells import place_of, refusal
from hervat.dossiers.queries.history import TABLES, owner_of
from hervat.dossiers.rules.values import Value, pack, unpack
from hervat.dossiers.rules.vocabulary import FIELDS, SAID_BY_ONESELF, CorrectionReason, Field, Part
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Authority, Role, Scope, Use
from hervat.vault.queries import search_keys
from hervat.vault.rules.sealing import DataKey, seal, unseal

Changes = Mapping[Field, Value | None]


@dataclass(frozen=True, slots=True)
class Changed:
    """What somebody else changed: the field, unless it may not be known, in which role and when."""

    field: Field | None
    role: Role | None
    at: datetime


class StaleDossier(Exception):  # noqa: N818 - it names the situation
    """Somebody else changed the dossier since it was read; `version` is how it stands now."""

    def __init__(self, version: int, changes: tuple[Changed, ...]) -> None:
        super().__init__(
            "Iemand anders heeft dit dossier intussen gewijzigd. Er is niets bewaard. "
            "Bekijk wat er is veranderd en vul opnieuw in wat nog nodig is."
        )
        self.version = version
        self.changes = changes


class ReasonNeeded(ValueError):  # noqa: N818 - it names the situation
    """A fact that was recorded before is replaced only with a reason."""

    def __init__(self) -> None:
        super().__init__(
            "Hier was al iets vastgelegd. Kies waarom het wordt vervangen; wat er stond blijft bewaard."
        )


def lock(permit: Permit, expected_version: int) -> Dossier:
    """Return the dossier of a permit, locked. Raises `StaleDossier` and `NotPermitted`."""
    if permit.dossier is None:
        raise NotPermitted("Deze machtiging gaat niet over een dossier.")
    dossier = Dossier.objects.select_for_update().filter(id=permit.dossier).first()
    if dossier is None:
        raise NotPermitted("Het dossier van deze machtiging is er niet.")
    if dossier.version != expected_version:
        raise StaleDossier(dossier.version, _changed_since(permit, dossier, expected_version))
    return dossier


def write(
    permit: Permit,
    dossier: Dossier,
    key: DataKey,
    part: Part,
    changes: Changes,
    reason: CorrectionReason | None,
) -> frozenset[Field]:
    """Write a new version of a part for what differs, and return what did; runs inside `permitted`.

    Raises `ReasonNeeded`, and `ValueFault` for what a field cannot hold.
    """
    demand_write(permit, changes)
    owner = owner_of(dossier, part)
    table = TABLES[part]
    current = table.objects.filter(**owner, replaced_at=None).first()
    sealed = _differing(key, dossier, current, changes)
    if not sealed:
        return frozenset()
    if current is not None and reason is None:
        raise ReasonNeeded
    carried = {field.value: getattr(current, field.value) for field in FIELDS[part]} if current else {}
    if current is not None:
        table.objects.filter(id=current.id).update(replaced_at=Now())
    made_in = {"made_in": dossier.id} if "person" in owner else {}
    table.objects.create(
        **{f"{name}_id": value for name, value in owner.items()},
        **made_in,
        **carried | {field.value: column for field, column in sealed.items()},
        **_by(permit),
        number=current.number + 1 if current else 1,
        dossier_version=dossier.version,
        reason=reason.value if current and reason else "",
    )
    _keep_findable(dossier, {field: changes[field] for field in sealed})
    return frozenset(sealed)


def demand_write(permit: Permit, fields: Iterable[Field]) -> None:
    """Raise `NotPermitted` unless every field may be written, and by this way in."""
    fields = frozenset(fields)
    items = sorted({field.item for field in fields})
    permit.demand(*items, use=Use.WRITE)
    if permit.authority is not Authority.OWN and Scope.OWN in {permit.scope(i, Use.WRITE) for i in items}:
        raise NotPermitted("Deze machtiging laat alleen schrijven over uzelf.")
    if permit.authority is Authority.OWN and not SAID_BY_ONESELF.issuperset(fields):
        raise NotPermitted(
            "Dit gegeven komt niet van uzelf. Klopt het niet, vraag dan uw P&O-adviseur om verbetering."
        )


def keep_name_tokens(dossier: Dossier, name: str | None) -> None:
    """Replace the tokens by which the name in a dossier is found."""
    NameToken.objects.filter(dossier=dossier).delete()
    tokens = search_keys().tokens_of(name) if name else frozenset()
    NameToken.objects.bulk_create(
        NameToken(token=token, unit_id=dossier.unit_id, dossier=dossier) for token in sorted(tokens)
    )


def _by(permit: Permit) -> dict[str, str]:
    return {"recorded_by": permit.actor, "recorded_role": permit.role.value if permit.role else ""}


def _differing(key: DataKey, dossier: Dossier, current: Any, changes: Changes) -> dict[Field, bytes | None]:
    """Seal what differs from what stands there now; what is the same is left alone."""
    sealed: dict[Field, bytes | None] = {}
    for field, value in changes.items():
        place = place_of(field, dossier.id)
        column = getattr(current, field.value, None)
        before = None if column is None else unpack(field, unseal(key, column, place))
        packed = None if value is None else pack(field, value)
        if before != value:
            sealed[field] = None if packed is None else seal(key, packed, place)
    return sealed


def _keep_findable(dossier: Dossier, changes: Changes) -> None:
    """Keep the blind indexes and the name tokens in step with what was written."""
    person = Person.objects.filter(id=dossier.person_id)
    if Field.BSN in changes:
        number = changes[Field.BSN]
        person.update(bsn_index=None if number is None else search_keys().of_bsn(str(number)))
    if changes.get(Field.EMPLOYEE_ID) is not None:
        person.update(employee_index=search_keys().of_employee_number(str(changes[Field.EMPLOYEE_ID])))
    if Field.NAME in changes:
        for one in Dossier.objects.filter(person=dossier.person_id):
            keep_name_tokens(one, None if changes[Field.NAME] is None else str(changes[Field.NAME]))


def _changed_since(permit: Permit, dossier: Dossier, version: int) -> tuple[Changed, ...]:
    return tuple(change for part in Part for change in _changed_in(permit, dossier, part, version))


def _changed_in(permit: Permit, dossier: Dossier, part: Part, version: int) -> list[Changed]:
    names = [field.value for field in FIELDS[part]]
    rows = TABLES[part].objects.filter(**owner_of(dossier, part)).order_by("number")
    found: set[Changed] = set()
    before: dict[str, Any] = {}
    for row in rows.values("dossier_version", "recorded_role", "recorded_at", *names):
        if row["dossier_version"] > version:
            fields = [Field(name) for name in names if _differ(row.get(name), before.get(name))]
            role = Role(row["recorded_role"]) if row["recorded_role"] else None
            found |= {Changed(_known(permit, field), role, row["recorded_at"]) for field in fields}
        before = row
    return sorted(found, key=lambda change: (change.at, change.field or ""))


def _differ(one: bytes | memoryview | None, other: bytes | memoryview | None) -> bool:
    return (None if one is None else bytes(one)) != (None if other is None else bytes(other))


def _known(permit: Permit, field: Field) -> Field | None:
    return field if refusal(permit, field.item) is None else None
