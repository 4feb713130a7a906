"""Planning again: after a change of the law all courses, each night those whose counting turns."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hervat.course.actions.recording import record
from hervat.course.models import Due
from hervat.course.rules.vocabulary import Kind
from hervat.dossiers.queries.permitted import permitted
from hervat.jobs.replanning import plan_all, plan_turning
from hervat.journal.models import Line
from hervat.law.vocabulary import LeaveKind

from ..cast import JAN, SANNE, TODAY
from ..course.conftest import keys, room  # noqa: F401 - fixtures
from ..course.files import begun, dues_of, weeks_ago
from ..course.happenings import new
from ..dossiers.files import feed, permit_for

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("room")


def a_demo() -> bool:
    return True


@pytest.fixture(autouse=True)
def accepted(settings: Any) -> None:
    """Without an acceptance of the matrix a job may not know when somebody is absent."""
    settings.DEMO_DATABASE = "tests.jobs.test_replanning.a_demo"


def test_every_open_course_is_planned_as_it_was_and_each_is_a_line() -> None:
    opened = [begun(weeks_ago(10)), begun(weeks_ago(3), sick=JAN)]
    permits = [permit_for(one) for one in opened]
    before = [[(due.code, due.due_on) for due in dues_of(permit)] for permit in permits]
    with permitted(permits[0]):
        Due.objects.filter(dossier=opened[0].dossier, code="action_plan").update(due_on=TODAY + 99 * DAY)
    last = Line.objects.order_by("-id").values_list("id", flat=True)[0]

    assert plan_all(NOON) == 2

    assert [[(due.code, due.due_on) for due in dues_of(permit)] for permit in permits] == before
    lines = Line.objects.filter(id__gt=last, parent_span_id__isnull=False)
    assert {line.dossier for line in lines} == {one.dossier for one in opened}
    assert {(line.actor, line.source, line.manner) for line in lines} == {("herplannen", "jobs", "verwerkt")}


def test_only_whose_counting_turns_are_planned_at_night() -> None:
    leave = new(Kind.LEAVE, TODAY + DAY, LeaveKind.OTHER, TODAY + 3 * DAY)
    turning = begun(weeks_ago(10))
    begun(weeks_ago(3), sick=JAN)
    record(permit=feed(SANNE.unit.id), expected_version=None, facts=[leave], dossier=turning.dossier)

    assert [plan_turning(NOON + days * DAY) for days in range(2)] == [0, 1]


def test_while_nobody_accepted_the_matrix_nothing_is_planned(settings: Any) -> None:
    begun(weeks_ago(10))
    settings.DEMO_DATABASE = "hervat.config.demo.is_demo"

    assert plan_all(NOON) == plan_turning(NOON) == 0
