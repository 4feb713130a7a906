"""A team: counts of units that are reached, who is off, and below them numbers of which none is small."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction

from hervat.course.models import Standing
from hervat.course.queries.team import Trend, UnitCounts, team
from hervat.course.rules.vocabulary import Kind, SignalId
from hervat.dossiers.queries.permitted import permitted, reaching
from hervat.dossiers.rules.scope import Scope
from hervat.dossiers.rules.vocabulary import Field
from hervat.register.cells import Hidden, Shown
from hervat.register.permit import NotPermitted
from hervat.register.vocabulary import Item, Role

from ..cast import ARMY, BRIGADE, COMPANY, JAN, OTHER_BRIGADE, SANNE, TODAY
from ..dossiers.files import assigned_permit, list_permit
from ..dossiers.journal import last_act
from ..permits import allowing
from .files import begun, weeks_ago
from .happenings import contact, new

pytestmark = pytest.mark.usefixtures("room")
EVERYTHING = frozenset(Item)
_NUMBERS = "SELECT unit, running, late, this_week, without_contact FROM course_numbers_below()"


def values(counts: UnitCounts) -> list[object]:
    cells = (counts.running, counts.late, counts.this_week, counts.without_contact)
    return [cell.value if isinstance(cell, Shown) else cell for cell in cells]


def fill(unit: UUID, *, late: int = 0, soon: int = 0, rest: int = 0) -> None:
    """Open so many dossiers in a unit that are late, have a step this week, and have none yet."""
    identity = {key: value for key, value in JAN.facts.items() if key is not Field.BSN}
    for number in range(late + soon + rest):
        code = f"9{unit.int % 1000:04}{number:03}"
        whose = dict(identity) | {Field.EMPLOYEE_ID: code}
        opened = begun(weeks_ago(3), contact(TODAY), unit=unit, identity=whose, user_code=None)
        days = -9 if number < late else 3 if number < late + soon else 30
        day = TODAY + timedelta(days=days)
        with permitted(list_permit(unit)):
            Standing.objects.filter(dossier=opened.dossier).update(next_due_on=day, late_from=day)


def below(*posted: UUID, reached: tuple[UUID, ...] = (), **changes: object) -> dict[UUID, list[object]]:
    permit = list_permit(*reached, numbers_below=frozenset(posted), **changes)
    return {one.unit: values(one) for one in team(permit).below}


def test_each_unit_is_counted_and_who_is_off_is_told_with_hours_contact_and_signals() -> None:
    monday = weeks_ago(2)
    hours = [new(Kind.ADAPTED_HOURS, weeks_ago(6), 32), new(Kind.OWN_HOURS, monday, 16)]
    begun(weeks_ago(10), contact(weeks_ago(7)), *hours, new(Kind.ADAPTED_HOURS, monday, 32))
    begun(weeks_ago(3), contact(TODAY), sick=JAN)
    found = team(list_permit(SANNE.unit.id, JAN.unit.id))

    assert {one.unit: values(one)[0] for one in found.units} == {SANNE.unit.id: 1, JAN.unit.id: 1}
    (sanne,) = (one for one in found.units if one.unit == SANNE.unit.id)
    assert values(sanne) == [1, 1, 0, 1]
    off = {one.case.row.facts[Field.NAME].value: one for one in found.members}
    assert off[SANNE.name].hours == Shown(Trend(48, 32))
    assert off[SANNE.name].last_contact == Shown(weeks_ago(7))
    assert SignalId.NO_CONTACT in off[SANNE.name].signals
    assert (off[JAN.name].hours, off[JAN.name].signals) == (Shown(None), ())
    assert len(last_act()[1]) == 2


def test_what_a_permit_hides_is_told_of_nobody() -> None:
    begun(weeks_ago(10), contact(weeks_ago(7)))
    reads = allowing(EVERYTHING - {Item.CONTACT_MOMENT, Item.OWN_WORK_HOURS})
    (one,) = team(list_permit(SANNE.unit.id, reads=reads)).members
    (counted,) = team(list_permit(SANNE.unit.id, reads=reads)).units

    assert isinstance(one.last_contact, Hidden)
    assert isinstance(one.hours, Hidden)
    assert isinstance(counted.without_contact, Hidden)
    assert SignalId.NO_CONTACT not in one.signals
    with pytest.raises(NotPermitted):
        team(assigned_permit())


def test_below_a_posting_a_number_is_told_from_ten_and_a_smaller_one_never() -> None:
    fill(COMPANY.id, late=10, rest=9)
    assert below(BRIGADE.id) == {COMPANY.id: [19, None, None, None]}, "nine are not late"
    fill_one_more = begun(weeks_ago(3), contact(TODAY), unit=COMPANY.id)

    assert fill_one_more
    assert below(BRIGADE.id) == {COMPANY.id: [20, 10, None, None]}
    assert below(ARMY.id) == {BRIGADE.id: [20, 10, None, None], OTHER_BRIGADE.id: [None] * 4}
    assert below(ARMY.id, BRIGADE.id, reached=(BRIGADE.id,)) == {
        OTHER_BRIGADE.id: [None] * 4,
        COMPANY.id: [20, 10, None, None],
    }, "each is counted once, under the nearest posting"
    assert below(BRIGADE.id, reached=(BRIGADE.id, COMPANY.id)) == {}, "those are people"


def test_of_two_parts_of_a_whole_the_second_is_kept_where_it_gives_the_rest_away() -> None:
    fill(COMPANY.id, late=10, soon=10, rest=3)
    assert below(BRIGADE.id) == {COMPANY.id: [23, 10, None, None]}
    fill(OTHER_BRIGADE.id, late=10, soon=10, rest=10)

    assert below(ARMY.id)[OTHER_BRIGADE.id] == [30, 10, 10, None]
    steps = allowing(EVERYTHING - {Item.WIA})
    told = below(ARMY.id, reads=steps, role=Role.UNIT_ADMIN_NCO)[OTHER_BRIGADE.id]
    assert told[0] == 30
    assert all(isinstance(one, Hidden) for one in told[1:3]), "counted over steps one may not know of"


def test_no_sql_gets_a_number_without_a_permit_or_of_another_unit_or_day() -> None:
    fill(COMPANY.id, late=10, rest=10)
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS)
        assert cursor.fetchall() == []
        with permitted(list_permit(BRIGADE.id)):
            cursor.execute(_NUMBERS)
            assert cursor.fetchall() == []
        with permitted(list_permit(numbers_below=frozenset({OTHER_BRIGADE.id}))):
            cursor.execute(_NUMBERS)
            assert cursor.fetchall() == []
            cursor.execute("SELECT current_setting('hervat.permit')")
            said = cursor.fetchone()[0].replace(str(OTHER_BRIGADE.id), str(BRIGADE.id))
            cursor.execute("SELECT set_config('hervat.permit', %s, true)", [said])
            cursor.execute(_NUMBERS)
            assert cursor.fetchall() == [], "what was changed is not signed"
        with permitted(list_permit(numbers_below=frozenset({BRIGADE.id}))):
            cursor.execute(_NUMBERS)
            assert cursor.fetchall() == [(COMPANY.id, 20, 10, None, None)]
            cursor.execute("SELECT count(*) FROM course_standing")
            assert cursor.fetchone() == (0,), "numbers, and no row"
    with transaction.atomic(), reaching(Scope()), connection.cursor() as cursor:
        cursor.execute(_NUMBERS)
        assert cursor.fetchall() == []
