"""Planning many dossiers again: after a change of the law, and where a leave began or ended today.

In batches, each a transaction of its own with its lines, so that who stops halfway goes on from there; a
dossier that somebody is changing at that moment is passed over, because that change plans it. Must never:
ask a person for a reason, or change a fact. Read next: `following.py` (one dossier), `dues.py`.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection

from hervat.course.actions.dues import Of, read_dues, with_ids, write_dues, write_standings
from hervat.course.actions.keeping import MEDICAL, facts_of_many
from hervat.course.rules.folding import Happened, fold
from hervat.course.rules.planning import Plan, Planned, plan
from hervat.course.rules.standing import standing_of
from hervat.dossiers.actions.changing import Changing, hold_batch, move_first_sick_day
from hervat.dossiers.queries.lines import met
from hervat.dossiers.queries.permitted import permitted
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record as record_lines
from hervat.journal.rules.acts import Met
from hervat.journal.rules.line import Effect, Manner
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item, Operation, Use

BATCH: Final = 250
_ITEMS: Final = frozenset({Item.SICKNESS_ABSENCE})
_TURNING: Final = """
SELECT dossier_id FROM course_standing WHERE turns_on <= %s AND unit_id = ANY(%s) ORDER BY dossier_id
"""


@dataclass(frozen=True, slots=True)
class Replanned:
    """How far it came: dossiers done so far, and of how many a date moved or something opened or lapsed."""

    done: int
    changed: int


def replan(*, permit: Permit, batch: int = BATCH) -> Generator[Replanned, None, None]:
    """Plan every open dossier in the units of a job's permit again, telling after each batch how far it is.

    Raises `NotPermitted` for a permit without units or that does not know when somebody is absent.
    """
    permit.demand(Item.SICKNESS_ABSENCE, use=Use.READ)
    done, changed, after = 0, 0, UUID(int=0)
    while True:
        held, of_batch = _replan(permit, batch, after=after)
        if not held:
            return
        done, changed, after = done + len(held), changed + of_batch, held[-1].dossier
        yield Replanned(done, changed)


def replan_turning(*, permit: Permit, batch: int = BATCH) -> Generator[Replanned, None, None]:
    """Plan those dossiers again whose counting turns today or before: a leave began or ended."""
    permit.demand(Item.SICKNESS_ABSENCE, use=Use.READ)
    with permitted(permit), connection.cursor() as cursor:
        cursor.execute(_TURNING, [permit.on, list(permit.units)])
        turning = [row[0] for row in cursor.fetchall()]
    done, changed = 0, 0
    for start in range(0, len(turning), batch):
        held, of_batch = _replan(permit, batch, only=turning[start : start + batch])
        done, changed = done + len(held), changed + of_batch
        yield Replanned(done, changed)


def _replan(
    permit: Permit, batch: int, *, after: UUID | None = None, only: Sequence[UUID] | None = None
) -> tuple[list[Changing], int]:
    act = act_of(permit, Operation.KEEP_DOSSIER, Effect.UPDATE)
    with permitted(permit):
        held = hold_batch(permit, batch, after=after, only=only)
        if not held:
            return [], 0
        facts = facts_of_many(held)
        stood = read_dues([one.dossier for one in held])
        plans = [(one, _planned(one, facts.of(one), stood[one.dossier], permit.on)) for one in held]
        write_dues(_rows(plans), by=permit.actor)
        write_standings([(_of(one), standing_of(made, on=permit.on)) for one, made in plans])
        record_lines(act, _met(held, facts.opened_medical))
    return held, sum(1 for _, made in plans if made.write)


def _planned(one: Changing, facts: Sequence[Happened], stood: list[Planned], on: date) -> Plan:
    folded = fold(facts, otherwise_sick_since=one.first_sick_on)
    move_first_sick_day(one, folded.since)
    return plan(folded, facts, stood, on=on)


def _rows(plans: Sequence[tuple[Changing, Plan]]) -> list[tuple[Of, Planned, UUID]]:
    return [(_of(one), due, id) for one, made in plans for due, id in with_ids(made.write)]


def _of(one: Changing) -> Of:
    return Of(one.dossier, one.unit)


def _met(held: Sequence[Changing], opened_medical: frozenset[UUID]) -> list[Met]:
    return [
        met(
            one.person,
            one.dossier,
            _ITEMS | (MEDICAL if one.dossier in opened_medical else frozenset()),
            Manner.COMPUTED,
        )
        for one in held
    ]
