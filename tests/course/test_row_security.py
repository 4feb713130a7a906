"""The tables of the course are reached by a permit only, and a fact stays as it was recorded."""

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from hervat.config.postgres import APPLICATION
from hervat.course.models import Due, Fact, Standing
from hervat.dossiers.queries.permitted import permitted
from hervat.register.permit import Permit

from ..cast import JAN, LABOUR_EXPERT, SANNE
from ..dossiers.conftest import Connect
from ..dossiers.files import assigned_permit, feed, own_permit, permit_for
from .files import begun, weeks_ago

TABLES = (Fact, Due, Standing)


def seen(permit: Permit) -> set[object]:
    """The dossiers of which a permit reaches rows, by plain queries without a condition."""
    with permitted(permit):
        return {row for table in TABLES for row in table.objects.values_list("dossier", flat=True)}


@pytest.mark.usefixtures("room")
def test_each_kind_of_permit_reaches_the_rows_of_its_own_dossiers() -> None:
    sanne, jan = begun(weeks_ago(3)), begun(weeks_ago(3), sick=JAN)

    assert seen(permit_for(sanne)) == seen(feed(SANNE.unit.id)) == seen(own_permit(SANNE)) == {sanne.dossier}
    assert seen(feed(SANNE.unit.id, JAN.unit.id)) == {sanne.dossier, jan.dossier}
    assert seen(assigned_permit(LABOUR_EXPERT)) == set()
    assert [table.objects.count() for table in TABLES] == [0, 0, 0]


@pytest.mark.usefixtures("room")
def test_no_row_is_written_outside_a_permit() -> None:
    sanne, jan = begun(weeks_ago(3)), begun(weeks_ago(3), sick=JAN)
    with permitted(permit_for(jan)):
        due = Due.objects.filter(code="action_plan").get()
        fact = Fact.objects.get()
    due.pk, fact.pk, due.occurrence = SANNE.code, SANNE.code, 7
    for row in (due, fact):
        with (
            pytest.raises(DatabaseError, match="row-level security"),
            transaction.atomic(),
            permitted(permit_for(sanne)),
        ):
            row.save(force_insert=True)
    with permitted(permit_for(sanne)):
        assert Due.objects.filter(dossier=jan.dossier).update(state="vervallen") == 0


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE course_fact SET happened_on = '2020-01-01'",
        "UPDATE course_fact SET recorded_by = 'iemand'",
        "UPDATE course_fact SET reason = 'vergissing'",
        "DELETE FROM course_fact",
        "DELETE FROM course_due",
        "UPDATE course_due SET title = NULL",
        "TRUNCATE course_standing",
        "ALTER TABLE course_fact DISABLE ROW LEVEL SECURITY",
    ],
)
def test_what_was_recorded_stays_as_it_was(statement: str) -> None:
    opened = begun(weeks_ago(3))
    with (
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        permitted(permit_for(opened)),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_without_a_permit_another_connection_reaches_nothing(connect: Connect) -> None:
    begun(weeks_ago(3))
    application = connect(APPLICATION)

    for table in ("fact", "due", "standing"):
        assert application.execute(f"SELECT count(*) FROM course_{table}").fetchone() == (0,)  # noqa: S608
    with pytest.raises(psycopg.Error, match="row-level security"):
        application.execute("COPY course_due FROM STDIN")
