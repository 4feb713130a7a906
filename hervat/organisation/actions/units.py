"""Place a unit in the tree, move it, close it. A move changes at once whom a posting "and below" reaches.

Must never: remove a unit, or close one where somebody is still posted. Read next: `../rules/units.py`,
`../migrations/0002_guards.py` (the tree without cycles).
"""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from hervat.journal.rules.line import Effect
from hervat.organisation import models
from hervat.organisation.actions.recording import administered, demand_in_full, of_unit, refused
from hervat.organisation.queries.standing import unit_tree
from hervat.organisation.rules.granting import fits, why_not_place
from hervat.organisation.rules.refusals import Refusal, WhyNot
from hervat.organisation.rules.units import UnitKind
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item

LONGEST_ABBREVIATION = 40


@transaction.atomic
def place_unit(
    *, permit: Permit, kind: UnitKind, abbreviation: str, name: str, parent: UUID | None = None
) -> UUID | Refusal:
    """Add a unit to the tree; return its code, or why not."""
    demand_in_full(permit, Item.USER_POSTING)
    refusal = why_not_place(kind, parent, unit_tree()) or _why_not_named(abbreviation, name)
    made = refusal or _make(kind, abbreviation.strip(), name.strip(), parent)
    if isinstance(made, Refusal):
        return refused(permit, Effect.CREATE, [], made)
    administered(permit, Effect.CREATE, [of_unit(made)])
    return made


@transaction.atomic
def move_unit(*, permit: Permit, unit: UUID, parent: UUID) -> Refusal | None:
    """Put a unit, with everything under it, under another one. Return why not."""
    demand_in_full(permit, Item.USER_POSTING)
    models.Unit.objects.select_for_update().filter(pk=unit).first()
    refusal = _why_not_move(unit, parent)
    if refusal is not None:
        return refused(permit, Effect.UPDATE, [of_unit(unit)], refusal)
    models.Unit.objects.filter(pk=unit).update(parent=parent)
    administered(permit, Effect.UPDATE, [of_unit(unit)])
    return None


@transaction.atomic
def close_unit(*, permit: Permit, unit: UUID) -> Refusal | None:
    """Close a unit from today on; its dossiers stay where they are. Return why not."""
    demand_in_full(permit, Item.USER_POSTING)
    found = models.Unit.objects.select_for_update().filter(pk=unit).first()
    refusal = _why_not_close(permit, found)
    if refusal is not None:
        return refused(permit, Effect.UPDATE, [of_unit(unit)], refusal)
    models.Unit.objects.filter(pk=unit).update(closed_on=permit.on)
    administered(permit, Effect.UPDATE, [of_unit(unit)])
    return None


def _why_not_named(abbreviation: str, name: str) -> Refusal | None:
    if not fits(name) or not fits(abbreviation) or len(abbreviation) > LONGEST_ABBREVIATION:
        return Refusal(WhyNot.TEXT_NOT_FITTING)
    return None


def _make(kind: UnitKind, abbreviation: str, name: str, parent: UUID | None) -> UUID | Refusal:
    try:
        with transaction.atomic():
            unit = models.Unit.objects.create(
                kind=kind.value, abbreviation=abbreviation, name=name, parent_id=parent
            )
    except IntegrityError:
        return Refusal(WhyNot.ABBREVIATION_TAKEN)
    return unit.id


def _why_not_move(unit: UUID, parent: UUID) -> Refusal | None:
    tree = unit_tree()
    found = tree.get(unit)
    if found is None:
        return Refusal(WhyNot.UNIT_UNKNOWN)
    if parent == unit or parent in tree.below(unit):
        return Refusal(WhyNot.UNIT_UNDER_ITSELF)
    return why_not_place(found.kind, parent, tree)


def _why_not_close(permit: Permit, unit: models.Unit | None) -> Refusal | None:
    if unit is None:
        return Refusal(WhyNot.UNIT_UNKNOWN)
    if unit.closed_on is not None:
        return Refusal(WhyNot.UNIT_CLOSED)
    lasting = Q(ends_on=None) | Q(ends_on__gte=permit.on)
    not_revoked = Q(revoked_on=None) | Q(revoked_on__gt=permit.on)
    if models.Posting.objects.filter(lasting, not_revoked, unit=unit).exists():
        return Refusal(WhyNot.UNIT_IN_USE)
    if models.Unit.objects.filter(parent=unit, closed_on=None).exists():
        return Refusal(WhyNot.UNIT_IN_USE)
    return None
