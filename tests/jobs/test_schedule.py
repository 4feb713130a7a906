"""What runs when: each job by one name, at a moment that comes, as a role, and told of in docs/jobs.md."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hervat.access import jobs as permitted
from hervat.access.jobs import Job
from hervat.jobs.permits import permit_of
from hervat.jobs.running import standings
from hervat.jobs.schedule import JOBS, RunsAs, names_for
from hervat.organisation.rules.postings import AMSTERDAM
from hervat.register.permit import NotPermitted
from hervat.register.vocabulary import ActorKind, Authority, Operation, Source, Use

from ..house.tree import REPOSITORY

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
ABOUT_USERS = [
    one
    for one in vars(permitted).values()
    if isinstance(one, Job) and one.operations <= {Operation.LOG_IN, Operation.OVERSEE}
]


@pytest.mark.django_db
def test_every_job_is_due_again_within_a_week() -> None:
    now = datetime.now(UTC)

    found = {one.job.name: one.next_at for one in standings()}

    assert set(found) == set(JOBS)
    assert found.pop("herplannen") is None
    assert found["dagelijks-bericht"].astimezone(AMSTERDAM).hour >= 7
    assert all(0 < (moment - now).total_seconds() <= 7 * 24 * 3600 for moment in found.values())


def test_every_job_runs_as_one_role_and_the_owners_are_few() -> None:
    assert {*names_for(RunsAs.APPLICATION), *names_for(RunsAs.OWNER)} == set(JOBS)
    assert names_for(RunsAs.OWNER) == ("logmaanden",)


def test_every_job_stands_in_the_documentation_and_no_other_does() -> None:
    text = Path(REPOSITORY / "docs/jobs.md").read_text(encoding="utf-8")

    assert set(re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE)) == set(JOBS)


@pytest.mark.parametrize("job", ABOUT_USERS, ids=lambda job: job.name)
def test_a_job_comes_in_as_itself_and_for_its_own_work_only(job: Job) -> None:
    permit = permit_of(job, AT)

    assert (permit.actor_kind, permit.actor, permit.role) == (ActorKind.JOB, job.name, None)
    assert (permit.authority, permit.source) == (Authority.CREDENTIALS, Source.JOB)
    assert permit.items(Use.WRITE) == job.writes
    assert permit.items(Use.READ) == job.reads
    with pytest.raises(NotPermitted):
        permit.demand_operation(Operation.DESTROY)
