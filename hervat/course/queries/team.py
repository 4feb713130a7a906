"""A team: how many of each unit, who is off, and how many stand below whose people one does not reach.

Of whom one reaches: counts by unit, then fifty people along the next day with what the list of courses shows,
the last contact, the signals that began and how hours go. Of what lies below a posting that does not reach
it: numbers, which PostgreSQL gives without small ones. Must never: tell a number of people below otherwise
than by `course_numbers_below()`. Read next: `caseload.py`, `../migrations/0005_numbers_below.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection

from hervat.course.actions.keeping import place_of
from hervat.course.queries.caseload import (
    LARGEST_PAGE,
    CaseRow,
    Filters,
    State,
    page_of,
    seen_of,
    sorts_of,
    views_of,
)
from hervat.course.queries.lists import ALL_STEPS, codes_known, rows_by_id, scoped, signals_known, standings
from hervat.course.queries.reading import cell, knows, why_not
from hervat.course.rules.acting import RESTS_ON
from hervat.course.rules.knowing import DATES
from hervat.course.rules.values import unpack
from hervat.course.rules.vocabulary import Kind, SignalId
from hervat.course.rules.week import last_of_week
from hervat.dossiers.queries.cells import Cell, visible
from hervat.dossiers.queries.chosen import Reach, reach_of, set_aside
from hervat.dossiers.queries.lines import met
from hervat.dossiers.queries.permitted import permitted
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record as record_lines
from hervat.journal.rules.line import Effect, Manner
from hervat.register.cells import Hidden
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Operation
from hervat.vault.queries import keys_for
from hervat.vault.rules.sealing import DataKey, Domain, unseal_text

TREND: Final = timedelta(weeks=12)
SMALLEST_TOLD: Final = 10
"""Below this no number of people below is told; the database leaves it out (migration 0005)."""

_HOURS: Final = (Kind.OWN_HOURS, Kind.ADAPTED_HOURS)
_HOUR_ITEMS: Final = frozenset(kind.item for kind in _HOURS)
_QUIET: Final = SignalId.NO_CONTACT
# Raw SQL: counts of every unit at once, over what the permit lets be known of the steps.
_COUNTS: Final = """
SELECT standing.unit_id, count(*), count(*) FILTER (WHERE standing.recovered_on IS NULL),
    count(*) FILTER (WHERE standing.late_from < %(on)s AND standing.next_due_on < %(on)s),
    count(*) FILTER (WHERE standing.next_due_on BETWEEN %(on)s AND %(until)s), count(quiet.dossier_id)
FROM {source} LEFT JOIN (
    SELECT DISTINCT due.dossier_id FROM course_due AS due
    WHERE {due_within} AND due.kind = 'signaal' AND due.state = 'open' AND due.limit_on <= %(on)s
        AND due.code = %(quiet)s
) AS quiet USING (dossier_id)
WHERE {within} AND standing.dossier_id <> ALL(%(aside)s::uuid[])
GROUP BY standing.unit_id
"""
# Three things of the same few dossiers in one question: hours, the last contact, signals that began.
_BESIDE: Final = """
SELECT dossier_id, id, kind, happened_on, detail FROM course_fact
WHERE dossier_id = ANY(%(page)s) AND replaced_at IS NULL AND kind = ANY(%(hours)s) AND happened_on > %(since)s
UNION ALL
SELECT dossier_id, NULL, kind, max(happened_on), NULL FROM course_fact
WHERE dossier_id = ANY(%(page)s) AND replaced_at IS NULL AND kind = %(contact)s GROUP BY dossier_id, kind
UNION ALL
SELECT dossier_id, NULL, code, due_on, NULL FROM course_due
WHERE dossier_id = ANY(%(page)s) AND kind = 'signaal' AND state = 'open' AND limit_on <= %(on)s
    AND code = ANY(%(signals)s)
"""
_NUMBERS: Final = "SELECT unit, running, NULL, late, this_week, without_contact FROM course_numbers_below()"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCounts:
    """How many courses of a unit run, are of who is not fit again, are late, have a step this week, and are
    without contact.

    Of a unit below nobody counts who is off; and None in a cell means: fewer than `SMALLEST_TOLD`, or it
    would give away another number.
    """

    unit: UUID
    running: Cell[int]
    off: Cell[int]
    late: Cell[int]
    this_week: Cell[int]
    without_contact: Cell[int]


@dataclass(frozen=True, slots=True)
class Trend:
    """Hours of own and adapted work together, in quarters: of the last week known, and before."""

    now: int
    before: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody of the team who is off."""

    case: CaseRow
    last_contact: Cell[date]
    hours: Cell[Trend]
    signals: tuple[SignalId, ...]


@dataclass(frozen=True, slots=True)
class TeamView:
    """Units that are reached, up to fifty people of them, and the numbers of what lies below."""

    units: tuple[UnitCounts, ...]
    members: tuple[Member, ...]
    below: tuple[UnitCounts, ...]


@dataclass(slots=True)
class _Beside:
    """What is told of one dossier beside its row in the list."""

    last_contact: date | None = None
    signals: list[SignalId] = field(default_factory=list)
    sealed: list[tuple[UUID, Kind, date, bytes]] = field(default_factory=list)


def team(permit: Permit) -> TeamView:
    """Return the team of a posting, and log whom it showed; numbers of nobody in particular add no line.

    Raises `NotPermitted` for a permit that is of no posting.
    """
    if not permit.units and not permit.numbers_below:
        raise NotPermitted("Een team hoort bij een plaatsing op een eenheid.")
    act = act_of(permit, Operation.LIST_CASELOAD, Effect.READ)
    with permitted(permit):
        reach = reach_of(permit) if permit.units else None
        units = _counts(permit, reach) if reach else ()
        members = _members(permit, reach) if reach and sorts_of(permit) else ()
        below = _below(permit) if permit.numbers_below else ()
        seen = _seen(permit)
        rows = [one.case.row for one in members]
        record_lines(act, [met(row.person, row.dossier, seen, Manner.LISTED) for row in rows])
    return TeamView(units, members, below)


def _seen(permit: Permit) -> frozenset[Item]:
    shown = (Item.NAME_AND_ADDRESS, Item.CASE_NUMBER, Item.UNIT, Item.CONTACT_MOMENT, *_HOUR_ITEMS)
    return seen_of(permit) | visible(permit, shown)


def _counts(permit: Permit, reach: Reach) -> tuple[UnitCounts, ...]:
    source, within, values = standings(permit, reach)
    due_within, _ = scoped(reach, table="due")
    asked: dict[str, Any] = {
        "on": permit.on,
        "until": last_of_week(permit.on),
        "quiet": _QUIET.value,
        "aside": set_aside(permit),
        "scope": list(reach.units),
    }
    statement = _COUNTS.format(source=source, within=within, due_within=due_within.replace("%s", "%(scope)s"))
    with connection.cursor() as cursor:
        cursor.execute(statement, asked | values)
        hidden = None if codes_known(permit) else why_not(permit, ALL_STEPS)
        return tuple(_told(permit, row, hidden) for row in cursor.fetchall())


def _below(permit: Permit) -> tuple[UnitCounts, ...]:
    """The numbers below: of steps only to who may know of every step, for they are counted over all."""
    hidden = why_not(permit, ALL_STEPS)
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS)
        return tuple(_told(permit, row, hidden) for row in cursor.fetchall())


def _told(permit: Permit, row: Sequence[Any], hidden: Hidden | None = None) -> UnitCounts:
    unit, running, off, late, soon, quiet = row
    return UnitCounts(
        unit=unit,
        running=cell(permit, [Item.CASE_NUMBER], running),
        off=cell(permit, [DATES], off),
        late=hidden or cell(permit, [DATES], late),
        this_week=hidden or cell(permit, [DATES], soon),
        without_contact=cell(permit, RESTS_ON[_QUIET], quiet),
    )


def _members(permit: Permit, reach: Reach) -> tuple[Member, ...]:
    sort = sorts_of(permit)[0]
    found = page_of(permit, reach, Filters(state=State.OFF), sort, None, LARGEST_PAGE + reach.own)
    rows, _ = rows_by_id(permit, [one[0] for one in found])
    page = [one for one in found if one[0] in rows][:LARGEST_PAGE]
    beside = _beside(permit, [one[0] for one in page])
    persons = {rows[dossier].person for dossier, one in beside.items() if one.sealed}
    keys = keys_for(persons, Domain.ORDINARY) if persons else {}
    return tuple(
        _member(permit, case, beside.get(case.row.dossier, _Beside()), keys.get(case.row.person))
        for case in views_of(permit, page, rows)
    )


def _beside(permit: Permit, page: list[UUID]) -> Mapping[UUID, _Beside]:
    """Return what is told beside each row; of what the permit hides nothing is fetched."""
    hours = [kind.value for kind in _HOURS] if knows(permit, *_HOUR_ITEMS) else []
    asked: dict[str, Any] = {
        "page": page,
        "hours": hours,
        "since": permit.on - TREND,
        "contact": Kind.CONTACT.value if knows(permit, Kind.CONTACT.item) else "",
        "signals": list(signals_known(permit)),
        "on": permit.on,
    }
    found: dict[UUID, _Beside] = {}
    with connection.cursor() as cursor:
        cursor.execute(_BESIDE, asked)
        for dossier, id, what, day, sealed in cursor.fetchall():
            one = found.setdefault(dossier, _Beside())
            if what == Kind.CONTACT.value:
                one.last_contact = day
            elif sealed is not None:
                one.sealed.append((id, Kind(what), day, bytes(sealed)))
            elif what in set(SignalId):
                one.signals.append(SignalId(what))
    return found


def _member(permit: Permit, case: CaseRow, beside: _Beside, key: DataKey | None) -> Member:
    return Member(
        case=case,
        last_contact=cell(permit, [Kind.CONTACT.item], beside.last_contact),
        hours=cell(permit, _HOUR_ITEMS, _trend(beside.sealed, key)),
        signals=tuple(sorted(beside.signals)),
    )


def _trend(sealed: Sequence[tuple[UUID, Kind, date, bytes]], key: DataKey | None) -> Trend | None:
    """Own and adapted work together, of the last week that is known and of the first of twelve weeks."""
    if key is None:
        return None
    by_week: dict[date, int] = {}
    for id, kind, monday, column in sealed:
        detail = unpack(kind, unseal_text(key, column, place_of(id)))
        by_week[monday] = by_week.get(monday, 0) + (detail if isinstance(detail, int) else 0)
    weeks = sorted(by_week)
    if not weeks:
        return None
    return Trend(by_week[weeks[-1]], by_week[weeks[0]] if len(weeks) > 1 else None)
