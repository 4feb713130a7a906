"""What the queue keeps: codes and moments, for thirty days, and nothing the application could rewrite."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from hervat.jobs.queue import KEPT, Last, Outcome, forget_before, last_runs

USER = "00000000-0000-4000-8000-000000000001"


def put(args: dict[str, Any], *, name: str = "opruimen", status: str = "todo") -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)"
            " VALUES (%s, %s, %s, 'todo') RETURNING id",
            [name, name, json.dumps(args)],
        )
        (made,) = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, made])
    return int(made)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fine", "wrong"),
    [
        ({}, {"naam": "Sanne"}),
        ({"timestamp": 1}, {"timestamp": "Sanne"}),
        ({"user": USER}, {"user": "sanne@defensie.example"}),
        ({"user": USER, "on": "2026-11-23"}, {"user": USER, "on": "ziek sinds maandag"}),
        ({"timestamp": 1}, {"timestamp": 1, "dossier": USER}),
    ],
)
def test_a_row_names_a_moment_a_user_and_a_day_and_nothing_else(
    fine: dict[str, Any], wrong: dict[str, Any]
) -> None:
    assert put(fine) > 0
    with pytest.raises(DatabaseError, match="job_names_no_person"), transaction.atomic():
        put(wrong)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE procrastinate_events SET at = now()",
        "DELETE FROM procrastinate_events",
        "TRUNCATE procrastinate_jobs CASCADE",
        "ALTER TABLE procrastinate_jobs DROP CONSTRAINT job_names_no_person",
        "CREATE TABLE procrastinate_more (x int)",
    ],
)
def test_the_application_works_with_the_queue_and_rewrites_no_history(statement: str) -> None:
    made = put({})
    with connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
            cursor.execute(statement)
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [made])
        cursor.execute("SELECT count(*) FROM procrastinate_events WHERE job_id = %s", [made])
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_a_finished_row_goes_after_thirty_days_and_what_waits_stays() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    day = timedelta(days=1)
    old, kept = put({}, status="succeeded"), put({}, status="failed")
    waiting = put({}, name="logmaanden")
    now = datetime.now(UTC)

    assert forget_before(now + KEPT - day) == 0
    assert forget_before(now + KEPT + day) == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procrastinate_jobs")
        assert cursor.fetchall() == [(waiting,)]
    assert {old, kept} & {waiting} == set()


@pytest.mark.django_db
def test_the_newest_run_is_told_and_what_failed_is_counted() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    put({}, status="failed")
    put({}, status="failed")
    put({}, status="succeeded")

    (found,) = last_runs().values()

    assert (found.outcome, found.failed, found.retried) == (Outcome.DONE, 2, 0)
    assert found.at is not None
    assert last_runs().get("logmaanden", Last()) == Last()
